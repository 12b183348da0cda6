"""What the audits found: on the method page how much of each kind is read right, on a commitment's page what of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from generator.audits import KINDS, wilson
from generator.model import AssessedRegister, AuditState, FactKind, Judged, Judgement
from generator.pages.commitment_page import CommitmentPage
from generator.pages.environment import render
from generator.pages.outline import City
from generator.pages.texts import shorten
from generator.pages.words import PROGRAMMES, Word, word_of

Row = dict[str, Any]

FACTS: dict[FactKind, Word] = {
    "wording": Word("原文", "Wording"),
    "unit": Word("责任单位", "Unit"),
    "leader": Word("分管领导", "Leader"),
    "due": Word("完成期限", "Due date"),
    "target": Word("目标", "Target"),
    "milestone": Word("节点", "Milestone"),
    "allocation": Word("区县分解", "Allocation"),
    "result": Word("实际值", "Result"),
    "tie": Word("数字算给哪个目标", "Tie to a target"),
    "untied": Word("没有算给任何目标的数字", "No tie to a target"),
    "rate": Word("公布完成率", "Published rate"),
    "unassigned": Word("未归入的数字", "Number left out"),
}
JUDGEMENTS: dict[Judgement, Word] = {
    "right": Word("读对", "right", "✓"),
    "wrong": Word("读错", "wrong", "✕"),
    "unclear": Word("看不准", "unclear", "?"),
}


def render_audits(cities: Sequence[City]) -> str:
    """The part of the method page: per kind and register, with what was found wrong and what became of it."""
    registers = [register for city in cities for year in city.years for register in year.registers]
    audited = [(register, register.audit) for register in registers if register.audit]
    states = [state for _, state in audited]
    return render(
        "method_audit.html",
        total=_kind_rows(states),
        registers=[_register_row(register, state) for register, state in audited],
        missing=[_title(register) for register in registers if not register.audit],
        wrong=[row for register, state in audited for row in _judged_rows(register, state, "wrong")],
        unclear=[row for register, state in audited for row in _judged_rows(register, state, "unclear")],
        stale=[row for register, state in audited for row in _stale_rows(register, state)],
    )


def checked_rows(page: CommitmentPage) -> list[Row]:
    """What was judged of one commitment, for its own page: a row for each reading, with its facts by judgement."""
    readings: dict[tuple[date, str], dict[Judgement, list[Judged]]] = {}
    for one in page.item.judged:
        readings.setdefault((one.on, one.reader), {}).setdefault(one.judgement, []).append(one)
    return [
        {
            "on": on.isoformat(),
            "reader": reader,
            "judgements": [
                {"word": JUDGEMENTS[judgement], "facts": _fact_rows(facts)} for judgement, facts in judgements.items()
            ],
        }
        for (on, reader), judgements in readings.items()
    ]


def _fact_rows(facts: Sequence[Judged]) -> list[Row]:
    """The facts by kind with how many there are; one with a note stands alone."""
    counts = Counter((FACTS[one.kind].zh, one.note.rstrip("。")) for one in facts)
    return [{"fact": fact, "note": note, "count": count} for (fact, note), count in counts.items()]


def _kind_rows(states: Sequence[AuditState]) -> list[Row]:
    judged = [one for state in states for one in state.judged]
    rows = []
    for kind in KINDS:
        of_kind = [one for one in judged if one.kind == kind]
        population = sum(state.population.get(kind, 0) for state in states)
        if population:
            rows.append({"word": FACTS[kind], "code": kind, "population": population, **_counts(of_kind)})
    return rows


def _counts(judged: Iterable[Judged]) -> Row:
    given = [one.judgement for one in judged]
    right, wrong = given.count("right"), given.count("wrong")
    interval = wilson(right, right + wrong)
    return {
        "judged": len(given),
        "right": right,
        "wrong": wrong,
        "unclear": given.count("unclear"),
        "share": f"{_percent(right, right + wrong)}%" if interval else "—",
        "interval": f"{interval[0]}–{interval[1]}%" if interval else "—",
    }


def _percent(part: int, whole: int) -> Decimal:
    """A share in percent, to one decimal; 100 only where nothing is missing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_FLOOR)


def _register_row(register: AssessedRegister, state: AuditState) -> Row:
    audit = state.audit
    return {
        "title": _title(register),
        "href": f"../{register.register.place}/{register.register.year}/",
        "seed": audit.seed,
        "reader": audit.reader,
        "on": audit.date.isoformat() if audit.date else "—",
        "open": state.open,
        "stale": len(state.stale),
        "kinds": _kind_rows([state]),
        **_counts(state.judged),
    }


def _title(register: AssessedRegister) -> str:
    one = register.register
    return f"{register.place.zh} {one.year} 年{word_of(PROGRAMMES, one.programme).zh}"


def _judged_rows(register: AssessedRegister, state: AuditState, judgement: Judgement) -> list[Row]:
    return [
        {**_link(register, one.record), "fact": FACTS[one.kind].zh, "note": one.note}
        for one in state.judged
        if one.judgement == judgement
    ]


def _stale_rows(register: AssessedRegister, state: AuditState) -> list[Row]:
    return [
        {
            **_link(register, one.item.record),
            "fact": FACTS[one.item.kind].zh,
            "word": JUDGEMENTS[one.item.judgement] if one.item.judgement else Word("", ""),
            "note": one.item.note,
            "read": shorten(one.item.read, 120),
            "now": shorten(one.now, 120),
        }
        for one in state.stale
    ]


def _link(register: AssessedRegister, record: str) -> Row:
    """The record with the page of its commitment; a number in no record has none."""
    one = register.register
    head = record.partition(".")[0]
    known = {commitment.id for commitment in one.commitments}
    file = head.removeprefix(f"{one.place}-{one.year}-")
    return {"record": record, "href": f"../{one.place}/{one.year}/{file}.html" if head in known else ""}
