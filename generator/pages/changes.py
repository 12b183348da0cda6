"""The page of changes in the data: what is otherwise than before, old and new, and why; newest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec

from generator.model import DataChange, DataRelease
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
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
    year: YearRef | None
    changes: tuple[DataChange, ...]


class YearTitles(msgspec.Struct, frozen=True):
    """Commitment → its title, and the retired ids of a year; ids without place and year, in their order."""

    titles: dict[str, str]
    retired: tuple[str, ...]


def year_to_titles(published: PublishedYear) -> YearTitles:
    """What the page of changes, and the feeds, need of a year."""
    year = published.year
    retired = (one for register in year.registers for one in register.register.retired)
    return YearTitles(
        titles={commitment_file(year, one.commitment): commitment_to_title(one.commitment) for one in year.commitments},
        retired=tuple(identifier.removeprefix(_prefix(year)) for identifier in retired),
    )


TITLES = Summary("titles", YearTitles, year_to_titles)


def render_changes(summaries: Summaries, releases: Sequence[DataRelease], schemas: Sequence[TableSchema]) -> str:
    """The Markdown of ``/changes/``."""
    return render("changes.md", releases=[_release_row(release, summaries, schemas) for release in releases])


def release_to_changed(release: DataRelease, summaries: Summaries) -> list[Changed]:
    """The commitments that a release changed, in the order of the cities, years and commitments; what is gone last.

    Only the years that it touches are read.
    """
    known = _known_pages(release, summaries)
    order = {identifier: index for index, identifier in enumerate(known)}
    ours = sorted((one for one in release.changes if one.commitment), key=lambda one: _place_of(one, order))
    return [
        _changed(identifier, tuple(changes), known.get(identifier))
        for identifier, changes in groupby(ours, key=lambda one: one.commitment)
    ]


def release_to_others(release: DataRelease, summaries: Summaries) -> dict[str, list[DataChange]]:
    """Changes that belong to no commitment (documents, findings about a register) by path of the year; ``""`` if gone.

    Their keys begin with place and year, as all published ids do.
    """
    found: dict[str, list[DataChange]] = {}
    years = {_prefix(year): year for year in summaries.years}
    for change in release.changes:
        if not change.commitment:
            year = _year_of(change.record, years)
            found.setdefault(year.path if year else "", []).append(change)
    return found


def _prefix(year: YearRef | CityYear) -> str:
    """What every published id of a year begins with."""
    return f"{year.place.slug}-{year.year}-"


def _year_of(identifier: str, years: Mapping[str, YearRef]) -> YearRef | None:
    """The year whose place and number an id begins with."""
    ends = (match.end() for match in re.finditer("-", identifier))
    return next((years[identifier[:end]] for end in ends if identifier[:end] in years), None)


def _known_pages(release: DataRelease, summaries: Summaries) -> dict[str, tuple[YearRef, str, str]]:
    """Commitment → its year, title and page, in their order; the retired ids of a year after its commitments."""
    known: dict[str, tuple[YearRef, str, str]] = {}
    years = {_prefix(year): year for year in summaries.years}
    found = (_year_of(change.commitment, years) for change in release.changes if change.commitment)
    touched = {year.path for year in found if year}
    for year, own in summaries.of(TITLES, [year for year in summaries.years if year.path in touched]):
        for file, title in own.titles.items():
            known[f"{_prefix(year)}{file}"] = (year, title, f"{year.path}/{file}.html")
        for file in own.retired:
            identifier = f"{_prefix(year)}{file}"
            known.setdefault(identifier, (year, identifier, f"{year.path}/{file}.html"))
    return known


def _place_of(change: DataChange, order: dict[str, int]) -> tuple[int, str]:
    return order.get(change.commitment, len(order)), change.commitment


def _changed(identifier: str, changes: tuple[DataChange, ...], known: tuple[YearRef, str, str] | None) -> Changed:
    own = next((one for one in changes if one.table == "commitments" and not one.column), None)
    kind = "changed" if own is None else "added" if own.new else "retired"
    year, title, href = known or (None, identifier, "")
    return Changed(identifier, kind, title, href, year, changes)


def _release_row(release: DataRelease, summaries: Summaries, schemas: Sequence[TableSchema]) -> Row:
    changed = release_to_changed(release, summaries)
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


def _group(day: str, year: YearRef | None, items: Sequence[Changed], schemas: Sequence[TableSchema]) -> Row:
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
