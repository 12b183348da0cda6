"""The ledger of silence: commitments and targets of which nothing further was read, city by city, with denominators.

Nothing here is a verdict. The first possible cause is a reading error of ours, the second a text that lost words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from generator.model import AssessedCommitment, AssessedRegister, AssessedTarget, Target
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, programme_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.listparts import LongList, Rendered
from generator.pages.longlists import CUTTING, Cutting, YearPieces, plan_list, read_pieces, rows_to_pieces
from generator.pages.outline import CityYear, has_report
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.texts import commitment_to_title, render_date, render_measure, render_target
from generator.pages.words import PROGRAMMES, Word, word_of

Row = dict[str, Any]

KINDS = {
    "not_mentioned": Word("后来的文件未提及", "Not mentioned later"),
    "not_again": Word("最新的文件未再提及", "Not in the newest report"),
    "lost": Word("进展文字可能缺失", "Progress text may be lost"),
    "unworded": Word("有进展，没有承诺原文", "Progress without the promise"),
    "no_result": Word("没有这一目标的数字", "No number for the target"),
    "shown_only": Word("数字只列出，不作比较", "Figures shown, not compared"),
}
_TARGET_KINDS = ("no_result", "shown_only")


class SilentItem(msgspec.Struct, frozen=True, array_like=True):
    """A commitment or target of which nothing further was read. ``target`` is what it asks for, with the commitment."""

    kind: str
    programme: str
    number: str
    href: str
    title: str
    target: tuple[str, ...]
    as_of: date | None


class LedgerRow(msgspec.Struct, frozen=True):
    """The counts of one programme, each with what it is a part of; 0 of 0 where no document could have spoken."""

    programme: str
    commitments: int
    reported: int
    has_reports: bool
    cells: tuple[tuple[int, int], ...]


class YearSilence(msgspec.Struct, frozen=True):
    """What was not read further of a year, in the order of the documents; ``notes`` are titles and notes of these."""

    items: tuple[SilentItem, ...]
    ledger: tuple[LedgerRow, ...]
    notes: tuple[tuple[str, str], ...]


def year_to_silence(published: PublishedYear) -> YearSilence:
    """What the ledger of silence needs of a year."""
    year = published.year
    return YearSilence(
        items=tuple(silent_items(year)),
        ledger=tuple(_ledger_row(register) for register in year.registers),
        notes=tuple((source.title, source.note) for source in year.sources if source.note),
    )


SILENCE = Summary("silence", YearSilence, year_to_silence)


def render_silence(summaries: Summaries, cutting: Cutting = CUTTING) -> Rendered:
    """``/silence/``, with the further parts of its list."""
    listed = _list_silence(summaries, cutting)
    counts = listed.plan.counts
    filters = [
        text_filter("养老"),
        table_filter("kind", "种类", KINDS, counts),
        place_filter(counts, summaries.years),
        year_filter(counts),
        programme_filter(counts),
    ]
    markdown = render(
        "silence.md",
        filters=filters,
        kinds=KINDS,
        ledger=[_ledger_cells(year, row) for year, found in summaries.of(SILENCE) for row in found.ledger],
        groups=listed.first_groups(),
        rest=listed.rest(filters),
    )
    return Rendered(markdown, listed.files())


def _list_silence(summaries: Summaries, cutting: Cutting) -> LongList:
    years = {_group_id(year): year for year in summaries.years}

    def read(wanted: Sequence[YearRef] | None) -> Iterator[tuple[YearRef, list[Row]]]:
        for year, found in summaries.of(SILENCE, wanted):
            yield year, [item_to_row(item, year) for item in found.items]

    def heading(code: str) -> Row:
        ((year, found),) = summaries.of(SILENCE, [years[code]])
        return _heading(year, found)

    plan = plan_list(read_pieces(summaries, SILENCE_PIECES, read, _order_of, cutting), cutting)
    return LongList(read, _order_of, plan, "未见下文的承诺", "silence", "条", heading=heading)


def _order_of(_: Row) -> str:
    return ""


def year_to_pieces(published: PublishedYear) -> YearPieces:
    """What the list has to know of a year to be cut."""
    year = YearRef(published.year.place, published.year.year)
    return rows_to_pieces([item_to_row(item, year) for item in silent_items(published.year)], _order_of)


SILENCE_PIECES = Summary("silence-pieces", YearPieces, year_to_pieces)


def silent_items(year: CityYear) -> list[SilentItem]:
    """What was not read further of a year, in the order of the documents."""
    return [
        one for register in year.registers for item in register.commitments for one in _items_of(item, register, year)
    ]


def commitment_kind(item: AssessedCommitment, register: AssessedRegister) -> str:
    """In which way a commitment is silent: a code of ``KINDS``, or ``""``.

    A promise that stands in a progress document, with nothing beside it, is not passed over by a later document:
    its progress is missing from the text that we have.
    """
    if not item.commitment.text:
        return "unworded" if has_report(item) else ""
    if item.reported_state == "not_mentioned":
        return "lost" if _is_in_a_report(item, register) else "not_mentioned"
    return "not_again" if any(finding.check == "silence" for finding in item.findings) else ""


def _is_in_a_report(item: AssessedCommitment, register: AssessedRegister) -> bool:
    own = next((one for one in register.register.sources if one.id == item.commitment.source), None)
    return own is not None and own.kind != "plan"


def _items_of(item: AssessedCommitment, register: AssessedRegister, year: CityYear) -> Iterator[SilentItem]:
    kind = commitment_kind(item, register)
    if kind:
        yield _item(item, register, year, kind)
    for target in item.targets:
        if target.reason in _TARGET_KINDS:
            yield _item(item, register, year, target.reason, target)


def _item(
    item: AssessedCommitment,
    register: AssessedRegister,
    year: CityYear,
    kind: str,
    assessed: AssessedTarget | None = None,
) -> SilentItem:
    title = commitment_to_title(item.commitment)
    anchor = f"#{assessed.target.id}" if assessed else ""
    return SilentItem(
        kind=kind,
        programme=register.register.programme,
        number=str(item.commitment.position),
        href=f"{commitment_file(year, item.commitment)}.html{anchor}",
        title=(assessed and render_measure(assessed.target)) or title,
        target=(_asked(assessed.target), title) if assessed else (),
        as_of=item.as_of,
    )


def _asked(target: Target) -> str:
    return f"目标 {render_target(target.comparator, target.value, target.unit)}"


def item_to_row(item: SilentItem, year: YearRef) -> Row:
    """A commitment or target as an item of the list."""
    as_of = [f"进展截至 {render_date(item.as_of)}"] if item.as_of else []
    return {
        "data": {"kind": item.kind, **year_data(year, item.programme)},
        "group": _group_id(year),
        "no": item.number,
        "href": f"../{year.path}/{item.href}",
        "title": item.title,
        "text": "",
        "text_en": "",
        "remarks": [*item.target, word_of(PROGRAMMES, item.programme).zh, *as_of],
        "tone": "plain",
        "word": word_of(KINDS, item.kind).zh,
    }


def _group_id(year: YearRef) -> str:
    return f"{year.place.slug}-{year.year}"


def _heading(year: YearRef, found: YearSilence) -> Row:
    return {
        "id": _group_id(year),
        "zh": f"{year.place.zh} {year.year} 年",
        "en": f"{year.place.en} {year.year}",
        "notes": [f"本站所得文本的情况，《{title}》：{note}" for title, note in found.notes],
        "note_en": "",
    }


def _ledger_cells(year: YearRef, row: LedgerRow) -> Row:
    return {
        "name": f"{year.place.zh} {year.year}",
        "href": f"../{year.path}/",
        "programme": word_of(PROGRAMMES, row.programme),
        "commitments": row.commitments,
        "reported": row.reported,
        "has_reports": row.has_reports,
        "cells": [{"count": count, "of": of} for count, of in row.cells],
    }


def _ledger_row(register: AssessedRegister) -> LedgerRow:
    items = register.commitments
    reported = [item for item in items if has_report(item)]
    promised = [item for item in items if item.commitment.text]
    inside = [item for item in promised if _is_in_a_report(item, register)]
    reports = sum(source.kind != "plan" for source in register.register.sources)
    targets = [target for item in reported for target in item.targets]
    kinds = [commitment_kind(item, register) for item in items]
    parts = {
        "not_mentioned": len(promised) - len(inside) if reports else 0,
        "not_again": sum(bool(item.commitment.text) for item in reported) if reports > 1 else 0,
        "lost": len(inside),
        "unworded": len(reported),
    }
    return LedgerRow(
        programme=register.register.programme,
        commitments=len(items),
        reported=len(reported),
        has_reports=reports > 0,
        cells=(
            *((kinds.count(kind), of) for kind, of in parts.items()),
            *((sum(one.reason == kind for one in targets), len(targets)) for kind in _TARGET_KINDS),
        ),
    )
