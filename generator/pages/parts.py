"""A site in parts: the home, which holds no places and leads to the parts, and what a part says of being one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.lookups import Places
from generator.model import Place, Split, SplitPart
from generator.pages.counts import Counts, add_counts
from generator.pages.environment import render
from generator.pages.home import status_legend, status_mix
from generator.pages.texts import render_date
from generator.pages.words import Word
from generator.parts import PartPlace, PartRecord, PartSums, PartYear, address_to_origin

Row = dict[str, Any]
Records = Mapping[str, PartRecord]

_PAGES = {
    "themes/index.md": ("themes/", Word("主题", "Themes")),
    "measures/index.md": ("measures/", Word("指标", "Measures")),
    "findings.md": ("findings/", Word("核查发现", "Findings")),
    "due.md": ("due/", Word("到期事项", "What is due")),
    "silence.md": ("silence/", Word("未见下文", "Silence ledger")),
    "openness.md": ("openness/", Word("公开程度", "Openness")),
}
"""The pages that each part has of its places: file → address, and its name."""

_SECTIONS = {
    "changes.md": ("changes/", Word("各地区的数据变动", "Changes in the data of regions")),
    "data.md": ("data/", Word("各地区的数据", "Data of regions")),
}
"""The pages that the home has, too, and that end with those of the parts."""


def sums_to_counts(sums: PartSums) -> Counts:
    """The sums of a record as those of the pages. What became of targets that are not met it does not say."""
    return Counts(
        commitments=sums.commitments,
        reported=sums.reported,
        computable=sums.computable,
        statuses=sums.statuses,
        targets=sums.targets,
        computed=sums.targets_computable,
        reached=sums.targets_reached,
        findings=sums.findings,
    )


def render_parts(split: Split, places: Places, records: Records) -> dict[str, str]:
    """The Markdown of the home that is otherwise than that of a site of its own, by its path.

    ``records`` are those of ``read_part_records``; a part without one is listed, and in no sum.
    """
    shared = {file: _render_links(split, places, *page) for file, page in _PAGES.items()}
    moved = {
        f"{folder}/index.md": render("part_moved.md", place=one.place, year=year, href=address)
        for part in split.parts
        if part.place in records
        for one in records[part.place].places
        for folder, year, address in _pages_of(one, part)
    }
    return {"index.md": _render_home(split, places, records), **shared, **moved}


def _pages_of(one: PartPlace, part: SplitPart) -> list[tuple[str, int | None, str]]:
    """The folders of a place and of its years, with where they are now."""
    slug = one.place.slug
    years = [(f"{slug}/{year.year}", year.year, f"{part.address}{slug}/{year.year}/") for year in one.years]
    return [(slug, None, f"{part.address}{slug}/"), *years]


def _render_home(split: Split, places: Places, records: Records) -> str:
    counts = add_counts(sums_to_counts(record.summary) for record in records.values())
    return render(
        "parts_home.md",
        parts=[_part_row(part, places.find(part.place), records.get(part.place)) for part in split.parts],
        forms=" ".join(dict.fromkeys(address_to_origin(part.address) for part in split.parts)),
        counts=counts,
        known=len(records),
        cities=sum(len(record.places) for record in records.values()),
        mix=status_mix(counts),
        legend=status_legend(counts),
    )


def _part_row(part: SplitPart, place: Place, record: PartRecord | None) -> Row:
    counts = sums_to_counts(record.summary) if record else Counts()
    return {
        "zh": place.zh,
        "en": place.en,
        "href": part.address,
        "known": record is not None,
        "count": counts.commitments,
        "mix": status_mix(counts),
        "as_of": render_date(record.as_of) if record and record.as_of else "",
        "places": [_place_row(one, part) for one in record.places] if record else [],
    }


def _place_row(one: PartPlace, part: SplitPart) -> Row:
    return {
        "zh": one.place.zh,
        "href": f"{part.address}{one.place.slug}/",
        "years": [_year_row(year, f"{part.address}{one.place.slug}/{year.year}/") for year in one.years],
    }


def _year_row(year: PartYear, href: str) -> Row:
    return {"year": year.year, "href": href, "count": year.summary.commitments}


def _render_links(split: Split, places: Places, path: str, word: Word) -> str:
    return render("parts_page.md", word=word, links=_links(split.parts, places, path))


def render_sections(split: Split, places: Places) -> dict[str, str]:
    """The ends of pages that the home has, too: what is of places stands at the parts."""
    return {
        file: render("parts_section.md", word=word, links=_links(split.parts, places, path))
        for file, (path, word) in _SECTIONS.items()
    }


def part_note(split: Split, places: Places) -> Row:
    """What a part says on its first page: which places it holds, where the home is, and the other parts."""
    others = [part for part in split.parts if part.place != split.here]
    return {"place": places.find(split.here), "home": split.home, "others": _links(others, places, "")}


def _links(parts: Sequence[SplitPart], places: Places, path: str) -> list[Row]:
    return [{"zh": places.find(part.place).zh, "href": part.address + path} for part in parts]
