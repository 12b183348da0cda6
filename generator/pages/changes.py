"""The page of changes in the data: what is otherwise than before, old and new, and why; newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.model import DataChange, DataRelease
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.outline import City, CityYear
from generator.pages.texts import commitment_to_title, shorten
from generator.pages.words import (
    CHECKS,
    DUE_STATES,
    REASONS,
    RELATIONS,
    REPORTED_STATES,
    SCHEDULE_STATES,
    SEVERITIES,
    STATUSES,
    VERDICTS,
    Word,
    word_of,
)
from generator.schemas import Column, TableSchema, Words

Row = dict[str, Any]
HistoryRow = dict[str, Any]
History = dict[str, list[HistoryRow]]

_WORDS = {
    "check": CHECKS,
    "due_state": DUE_STATES,
    "reason": REASONS,
    "relation": RELATIONS,
    "reported_state": REPORTED_STATES,
    "schedule_reason": REASONS,
    "schedule_state": SCHEDULE_STATES,
    "severity": SEVERITIES,
    "status": STATUSES,
    "verdict": VERDICTS,
}
LONGEST = 80
"""Characters of a cell that are shown; the rest is cut off."""
KINDS = {
    "added": Word("新收入的承诺", "Commitments added"),
    "retired": Word("撤下的承诺", "Commitments retired"),
    "changed": Word("数据有变动的承诺", "Commitments changed"),
    "other": Word("文件等其他变动", "Documents and the rest"),
}


@dataclass(frozen=True)
class Changed:
    """What changed of one commitment in one release.

    One that is gone has its id as its title, and leads to the page that says so; ``year`` is None and ``href`` empty
    where the place and year are gone, too.
    """

    commitment: str
    kind: str
    title: str
    href: str
    year: CityYear | None
    changes: tuple[DataChange, ...]


def render_changes(cities: Sequence[City], releases: Sequence[DataRelease], schemas: Sequence[TableSchema]) -> str:
    """The Markdown of ``/changes/``."""
    return render("changes.md", releases=[_release_row(release, cities, schemas) for release in releases])


def release_to_changed(release: DataRelease, cities: Sequence[City]) -> list[Changed]:
    """The commitments that a release changed, in the order of the cities, years and commitments; what is gone last."""
    known = _known_pages(cities)
    order = {identifier: index for index, identifier in enumerate(known)}
    ours = sorted((one for one in release.changes if one.commitment), key=lambda one: _place_of(one, order))
    return [
        _changed(identifier, tuple(changes), known.get(identifier))
        for identifier, changes in groupby(ours, key=lambda one: one.commitment)
    ]


def release_to_others(release: DataRelease, cities: Sequence[City]) -> dict[str, list[DataChange]]:
    """Changes that belong to no commitment (documents, findings about a register) by path of the year; ``""`` if gone.

    Their keys begin with place and year, as all published ids do.
    """
    found: dict[str, list[DataChange]] = {}
    years = {f"{year.place.slug}-{year.year}-": year.path for city in cities for year in city.years}
    for change in release.changes:
        if not change.commitment:
            path = next((path for start, path in years.items() if change.record.startswith(start)), "")
            found.setdefault(path, []).append(change)
    return found


def _known_pages(cities: Sequence[City]) -> dict[str, tuple[CityYear, str, str]]:
    """Commitment → its year, title and page, in their order; the retired ids of a year after its commitments."""
    known: dict[str, tuple[CityYear, str, str]] = {}
    for year in (year for city in cities for year in city.years):
        for item in year.commitments:
            href = f"{year.path}/{commitment_file(year, item.commitment)}.html"
            known[item.commitment.id] = (year, commitment_to_title(item.commitment), href)
        for identifier in (one for register in year.registers for one in register.register.retired):
            file = identifier.removeprefix(f"{year.place.slug}-{year.year}-")
            known.setdefault(identifier, (year, identifier, f"{year.path}/{file}.html"))
    return known


def _place_of(change: DataChange, order: dict[str, int]) -> tuple[int, str]:
    return order.get(change.commitment, len(order)), change.commitment


def _changed(identifier: str, changes: tuple[DataChange, ...], known: tuple[CityYear, str, str] | None) -> Changed:
    own = next((one for one in changes if one.table == "commitments" and not one.column), None)
    kind = "changed" if own is None else "added" if own.new else "retired"
    year, title, href = known or (None, identifier, "")
    return Changed(identifier, kind, title, href, year, changes)


def _release_row(release: DataRelease, cities: Sequence[City], schemas: Sequence[TableSchema]) -> Row:
    changed = release_to_changed(release, cities)
    others = [one for one in release.changes if not one.commitment]
    counts = Counter(one.kind for one in changed) + Counter(other=len(others))
    day = release.day.isoformat()
    return {
        "day": day,
        "since": release.since.isoformat(),
        "reason": release.reason,
        "kept": bool(release.sha256),
        "rules": release.rules,
        "counts": [{"word": word, "count": counts[code]} for code, word in KINDS.items() if counts[code]],
        "groups": [
            _group(day, year, list(items), schemas) for year, items in groupby(changed, key=lambda one: one.year)
        ],
        "others": [change_to_row(one, schemas) for one in others],
    }


def _group(day: str, year: CityYear | None, items: Sequence[Changed], schemas: Sequence[TableSchema]) -> Row:
    return {
        "name": f"{year.place.zh} {year.year} 年" if year else "已撤下",
        "rows": [
            {
                "title": item.title,
                "anchor": f"d{day}-{item.commitment}",
                "href": f"../{item.href}" if item.href else "",
                "kind": None if item.kind == "changed" else KINDS[item.kind],
                "changes": [change_to_row(one, schemas) for one in item.changes],
            }
            for item in items
        ],
    }


def change_to_row(change: DataChange, schemas: Iterable[TableSchema]) -> Row:
    """One change in words: table and column with their titles, old and new as people read them.

    Records stay when a table or a column goes: what has no title any more is called by its name.
    """
    schema = next((one for one in schemas if one.name == change.table), None)
    column = next((one for one in schema.columns if one.name == change.column), None) if schema else None
    local = change.record.removeprefix(change.commitment).strip("./")
    return {
        "table": schema.title if schema else _unnamed(change.table),
        "column": column.title if column else _unnamed(change.column) if change.column else None,
        "record": local if change.table != "commitments" else "",
        "old": _cell(column, change.old),
        "new": _cell(column, change.new),
    }


def _unnamed(name: str) -> Words:
    return Words(zh=name, en=name)


def _cell(column: Column | None, text: str) -> str:
    """A cell as people read it: a code in the words of the pages, or in those of its list."""
    words = _WORDS.get(column.name) if column else None
    if words and text:
        return word_of(words, text).zh
    labels = {code.value: code.zh for code in column.labels} if column else {}
    return labels.get(text) or shorten(text, LONGEST)


def releases_to_history(releases: Iterable[DataRelease]) -> History:
    """Commitment → the releases that changed it, newest first, for its page."""
    history: History = {}
    for release in releases:
        counts = Counter(change.commitment for change in release.changes if change.commitment)
        for identifier, count in counts.items():
            history.setdefault(identifier, []).append({"day": release.day.isoformat(), "count": count})
    return history
