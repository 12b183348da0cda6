"""The ledger of silence: commitments and targets of which nothing further was read, city by city, with denominators.

Nothing here is a verdict. The first possible cause is a reading error of ours, the second a text that lost words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.model import AssessedCommitment, AssessedRegister, AssessedTarget
from generator.pages.commitment_page import commitment_file
from generator.pages.environment import render
from generator.pages.filters import place_filter, programme_filter, table_filter, text_filter, year_data, year_filter
from generator.pages.outline import City, CityYear, has_report
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


def render_silence(cities: Sequence[City]) -> str:
    """The Markdown of ``/silence/``."""
    years = [year for city in cities for year in city.years]
    rows = {year.path: silence_rows(year) for year in years}
    everything = [row for found in rows.values() for row in found]
    return render(
        "silence.md",
        filters=[
            text_filter("养老"),
            table_filter("kind", "种类", KINDS, everything),
            place_filter(everything, years),
            year_filter(everything),
            programme_filter(everything),
        ],
        kinds=KINDS,
        ledger=[_ledger_row(register, year) for year in years for register in year.registers],
        groups=[_group(year, rows[year.path]) for year in years if rows[year.path]],
        total=len(everything),
    )


def silence_rows(year: CityYear) -> list[Row]:
    """What was not read further of a year, as items of a list, in the order of the documents."""
    return [
        row for register in year.registers for item in register.commitments for row in _item_rows(item, register, year)
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


def _item_rows(item: AssessedCommitment, register: AssessedRegister, year: CityYear) -> Iterator[Row]:
    kind = commitment_kind(item, register)
    if kind:
        yield _row(item, register, year, kind)
    for target in item.targets:
        if target.reason in _TARGET_KINDS:
            yield _row(item, register, year, target.reason, target)


def _row(
    item: AssessedCommitment,
    register: AssessedRegister,
    year: CityYear,
    kind: str,
    assessed: AssessedTarget | None = None,
) -> Row:
    programme = register.register.programme
    title = commitment_to_title(item.commitment)
    remarks = [word_of(PROGRAMMES, programme).zh]
    if assessed:
        target = assessed.target
        remarks = [f"目标 {render_target(target.comparator, target.value, target.unit)}", title, *remarks]
    if item.as_of:
        remarks.append(f"进展截至 {render_date(item.as_of)}")
    anchor = f"#{assessed.target.id}" if assessed else ""
    return {
        "data": {"kind": kind, **year_data(year, programme)},
        "no": str(item.commitment.position),
        "href": f"../{year.path}/{commitment_file(year, item.commitment)}.html{anchor}",
        "title": (assessed and render_measure(assessed.target)) or title,
        "text": "",
        "text_en": "",
        "remarks": remarks,
        "tone": "plain",
        "word": word_of(KINDS, kind).zh,
    }


def _group(year: CityYear, rows: Sequence[Row]) -> Row:
    return {
        "id": f"{year.place.slug}-{year.year}",
        "name": f"{year.place.zh} {year.year} 年",
        "en": f"{year.place.en} {year.year}",
        "href": f"../{year.path}/",
        "notes": [{"title": source.title, "note": source.note} for source in year.sources if source.note],
        "rows": rows,
    }


def _ledger_row(register: AssessedRegister, year: CityYear) -> Row:
    """The counts of one programme, each with what it is a part of; 0 of 0 where no document could have spoken."""
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
    return {
        "name": f"{year.place.zh} {year.year}",
        "href": f"../{year.path}/",
        "programme": word_of(PROGRAMMES, register.register.programme),
        "commitments": len(items),
        "reported": len(reported),
        "has_reports": reports > 0,
        "cells": [
            *({"count": kinds.count(kind), "of": of} for kind, of in parts.items()),
            *({"count": sum(one.reason == kind for one in targets), "of": len(targets)} for kind in _TARGET_KINDS),
        ],
    }
