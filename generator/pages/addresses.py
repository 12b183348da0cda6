"""The addresses of the static JSON API: which kinds there are, and a real example of each.

One rule: the JSON of a folder page ``/x/`` is ``/x/index.json``, that of a file page ``/x/y.html`` is ``/x/y.json``.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from generator.pages.commitment_page import commitment_file
from generator.pages.counts import add_up
from generator.pages.duties import read_duties
from generator.pages.occurrences import MEASURE_TARGETS
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, years_to_cities
from generator.pages.words import Word

TWIN = "index.json"
"""The JSON of a folder page, in that folder."""

DESCRIPTION = "data/openapi.json"
"""The OpenAPI description of all addresses, from the root of the site."""


@dataclass(frozen=True)
class AddressKind:
    """One kind of address. ``pattern`` is from the root of the site, with parameters in braces."""

    code: str
    pattern: str
    what: Word


ADDRESS_KINDS = (
    AddressKind("site", TWIN, Word("所有地区和年份，各处入口", "Every place and year, and where everything is")),
    AddressKind("place", "{place}/" + TWIN, Word("一个地区：各年份", "A place, with its years")),
    AddressKind(
        "year",
        "{place}/{year}/" + TWIN,
        Word(
            "一个地区的一年：合计、承诺清单、来源、核查发现",
            "A year of a place: sums, commitments, sources, findings",
        ),
    ),
    AddressKind(
        "commitment",
        "{place}/{year}/{commitment}.json",
        Word(
            "一条承诺的全部记录：目标、节点、进展、判断、来源、变动",
            "All about a commitment: targets, milestones, reports, answers, sources, changes",
        ),
    ),
    AddressKind("departments", "{place}/departments/" + TWIN, Word("一个地区的责任单位", "The departments of a place")),
    AddressKind(
        "department",
        "{place}/departments/{department_slug}/" + TWIN,
        Word("一个责任单位：牵头和配合的承诺", "A department: what it leads and supports"),
    ),
    AddressKind("measures", "measures/" + TWIN, Word("各地共有的指标", "The measures that places share")),
    AddressKind(
        "measure",
        "measures/{measure_id}/" + TWIN,
        Word("一项指标：各地各年的目标", "A measure: the targets of every place and year"),
    ),
    AddressKind("themes", "themes/" + TWIN, Word("主题", "The themes")),
    AddressKind(
        "theme",
        "themes/{theme_id}/" + TWIN,
        Word("一个主题：各地各年的承诺", "A theme: the commitments of every place and year"),
    ),
    AddressKind(
        "changes",
        "changes/feed.json",
        Word("全部数据变动（JSON Feed）", "All changes in the data (JSON Feed)"),
    ),
    AddressKind(
        "place_changes",
        "{place}/changes.json",
        Word("一个地区的数据变动（JSON Feed）", "Changes in the data of a place (JSON Feed)"),
    ),
    AddressKind(
        "department_changes",
        "{place}/departments/{department_slug}/changes.json",
        Word("一个责任单位的数据变动（JSON Feed）", "Changes in the data of a department (JSON Feed)"),
    ),
)
"""All kinds, in the order in which a reader meets them."""


class YearExamples(msgspec.Struct, frozen=True):
    """What a year has for examples: its first commitment by its file, and measure → how many targets it has."""

    commitment: str
    units: bool


def _year_to_examples(published: PublishedYear) -> YearExamples:
    year = published.year
    return YearExamples(
        commitment=commitment_file(year, year.commitments[0].commitment) if year.commitments else "",
        units=any(item.commitment.responsibilities for item in year.commitments),
    )


EXAMPLES = Summary("examples", YearExamples, _year_to_examples)
"""What each year has for examples of addresses."""


def example_parameters(summaries: Summaries) -> dict[str, str]:
    """Parameter → a value that exists, all of one city where one has them all; what no city has is left out."""
    cities = years_to_cities(summaries.years)
    if not cities:
        return {}
    city = next((one for one in cities if any(has.units for _, has in summaries.of(EXAMPLES, one.years))), cities[0])
    years = list(summaries.of(EXAMPLES, city.years))
    year, examples = next(((one, has) for one, has in years if has.commitment), years[0])
    found = {"place": city.place.slug, "year": str(year.year), "commitment": examples.commitment}
    departments = read_duties(summaries, city).departments
    if departments:
        found["department_slug"] = departments[0].slug
    measures = add_up(targets for _, targets in summaries.of(MEASURE_TARGETS))
    if measures:
        found["measure_id"] = max(measures, key=lambda slug: measures[slug])
    if summaries.catalogue.themes:
        found["theme_id"] = summaries.catalogue.themes[0].slug
    return {name: value for name, value in found.items() if value}


def example_addresses(summaries: Summaries) -> dict[str, str]:
    """Kind → an address of it that exists, from the root of the site; kinds that no city has are left out."""
    values = example_parameters(summaries)
    found = {}
    for kind in ADDRESS_KINDS:
        try:
            found[kind.code] = kind.pattern.format(**values)
        except KeyError:
            continue
    return found
