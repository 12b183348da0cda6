"""The pages of a synthetic corpus as the search reads them, city after city: registers made, assessed and rendered.

Commitments are those that a build would stamp. The other pages are of two kinds that lists of commitments make long:
that of a year, with the wording of each, and that of a unit, with the title of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from generator import yamlfile
from generator.assess import assess_register, load_catalogue, load_reported_words, sort_registers
from generator.bench.corpus import RegisterMaker, city_slug, invent_places, plan_shards
from generator.lookups import Lookups
from generator.model import Measure
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.outline import City, CityYear, registers_to_cities
from generator.search import PageText, Searched, read_page

_SITE = "https://example.org/"


def make_cities(content: Path, commitments: int) -> Iterator[City]:
    """The cities of a corpus of so many commitments, assessed; only one is held at a time."""
    shards = list(plan_shards(commitments))
    places = {place.slug: place for place in invent_places(max(shard.city for shard in shards) + 1)}
    maker = RegisterMaker(Lookups(content), yamlfile.load(content / "lookups" / "measures.yml", tuple[Measure, ...]))
    words, catalogue = load_reported_words(content), load_catalogue(content)
    for city, its in groupby(shards, key=lambda shard: shard.city):
        registers = [maker.register(shard) for shard in its]
        assessed = [assess_register(one, places[city_slug(city)], words, registers) for one in registers]
        yield from registers_to_cities(sort_registers(assessed, catalogue, content))


def year_to_searched(year: CityYear) -> list[Searched]:
    """The pages of a year: its commitments, then its list of them."""
    pages = year_to_pages(year)
    title = f"{year.place.zh} {year.year} 年"
    listed = tuple(text for page in pages for text in (page.title, _squeezed(page)))
    return [*map(_page_to_searched, pages), Searched(f"{year.path}/", PageText(title, (title, *listed)))]


def _page_to_searched(page: CommitmentPage) -> Searched:
    name = f"{page.year.path}/{page.file}.html"
    body = render_commitment(page, f"{_SITE}{name}", "Duixian")
    text = read_page(f"<article><h1>{page.title}</h1><div>{body}</div></article>".encode())
    return Searched(name, text, page.item.status, page.commitment.text)


def city_to_searched(city: City) -> list[Searched]:
    """The pages of a city's units: what each leads or supports."""
    units: dict[str, list[str]] = {}
    for page in (page for year in city.years for page in year_to_pages(year)):
        for unit in page.commitment.responsibilities:
            units.setdefault(unit.department, []).append(page.title)
    return [
        Searched(
            f"{city.place.slug}/departments/unit-{number}/",
            PageText(f"{city.place.zh}{unit}", (f"{city.place.zh}{unit}", *titles)),
        )
        for number, (unit, titles) in enumerate(sorted(units.items()))
    ]


def _squeezed(page: CommitmentPage) -> str:
    return " ".join(page.commitment.text.split())
