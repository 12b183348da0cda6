"""What the audits found: on the method page how much of each kind is read right, on a commitment's page what of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import msgspec

from generator.audits import KINDS, wilson
from generator.model import AssessedRegister, AuditState, FactKind, Judged, Judgement, StaleItem
from generator.pages.commitment_page import CommitmentPage
from generator.pages.environment import render
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
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


class KindCount(msgspec.Struct, frozen=True, array_like=True):
    """Facts of a kind in a register, and how many of the judged ones were read right, wrong, or remain unclear."""

    population: int
    right: int
    wrong: int
    unclear: int


class Remark(msgspec.Struct, frozen=True):
    """A fact that was read wrong, is unclear, or has been read otherwise since. ``page`` is that of its commitment."""

    record: str
    page: str
    kind: FactKind
    judgement: Judgement | None
    note: str
    read: str = ""
    now: str = ""


class RegisterAudit(msgspec.Struct, frozen=True):
    """What an audit found in a register; nothing but its programme where it was not audited yet."""

    programme: str
    audited: bool = False
    seed: str = ""
    reader: str = ""
    on: date | None = None
    open: int = 0
    kinds: dict[FactKind, KindCount] = {}
    judged: tuple[Remark, ...] = ()
    stale: tuple[Remark, ...] = ()


def year_to_audits(published: PublishedYear) -> tuple[RegisterAudit, ...]:
    """What the method page needs of a year, register by register."""
    return tuple(_register_audit(register) for register in published.year.registers)


AUDITS: Summary[tuple[RegisterAudit, ...]] = Summary("audits", tuple[RegisterAudit, ...], year_to_audits)


def _register_audit(register: AssessedRegister) -> RegisterAudit:
    state, programme = register.audit, register.register.programme
    if state is None:
        return RegisterAudit(programme)
    known = {commitment.id for commitment in register.register.commitments}
    return RegisterAudit(
        programme=programme,
        audited=True,
        seed=state.audit.seed,
        reader=state.audit.reader,
        on=state.audit.date,
        open=state.open,
        kinds={kind: _count_kind(state, kind) for kind in KINDS},
        judged=tuple(
            Remark(one.record, _page(register, one.record, known), one.kind, one.judgement, one.note)
            for one in state.judged
            if one.judgement != "right"
        ),
        stale=tuple(_stale(one, _page(register, one.item.record, known)) for one in state.stale),
    )


def _count_kind(state: AuditState, kind: FactKind) -> KindCount:
    given = [one.judgement for one in state.judged if one.kind == kind]
    return KindCount(state.population.get(kind, 0), given.count("right"), given.count("wrong"), given.count("unclear"))


def _stale(one: StaleItem, page: str) -> Remark:
    item = one.item
    return Remark(
        item.record, page, item.kind, item.judgement or None, item.note, shorten(item.read, 120), shorten(one.now, 120)
    )


def _page(register: AssessedRegister, record: str, known: Container[str]) -> str:
    """The page of the record's commitment, from the root of the site; a number in no record has none."""
    one, head = register.register, record.partition(".")[0]
    file = head.removeprefix(f"{one.place}-{one.year}-")
    return f"{one.place}/{one.year}/{file}.html" if head in known else ""


def render_audits(summaries: Summaries) -> str:
    """The part of the method page: per kind and register, with what was found wrong and what became of it."""
    registers = [(year, register) for year, found in summaries.of(AUDITS) for register in found]
    audited = [(year, register) for year, register in registers if register.audited]
    judged = [one for _, register in audited for one in register.judged]
    return render(
        "method_audit.html",
        total=_kind_rows([register for _, register in audited]),
        registers=[_register_row(year, register) for year, register in audited],
        missing=[_title(year, register) for year, register in registers if not register.audited],
        wrong=[_remark_row(one) for one in judged if one.judgement == "wrong"],
        unclear=[_remark_row(one) for one in judged if one.judgement == "unclear"],
        stale=[_stale_row(one) for _, register in audited for one in register.stale],
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


def _kind_rows(registers: Sequence[RegisterAudit]) -> list[Row]:
    rows = []
    for kind in KINDS:
        counts = [register.kinds[kind] for register in registers]
        population = sum(one.population for one in counts)
        if population:
            rows.append({"word": FACTS[kind], "code": kind, "population": population, **_counts(counts)})
    return rows


def _counts(counts: Sequence[KindCount]) -> Row:
    right, wrong, unclear = (sum(getattr(one, name) for one in counts) for name in ("right", "wrong", "unclear"))
    interval = wilson(right, right + wrong)
    return {
        "judged": right + wrong + unclear,
        "right": right,
        "wrong": wrong,
        "unclear": unclear,
        "share": f"{_percent(right, right + wrong)}%" if interval else "—",
        "interval": f"{interval[0]}–{interval[1]}%" if interval else "—",
    }


def _percent(part: int, whole: int) -> Decimal:
    """A share in percent, to one decimal; 100 only where nothing is missing."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_FLOOR)


def _register_row(year: YearRef, register: RegisterAudit) -> Row:
    return {
        "title": _title(year, register),
        "href": f"../{year.path}/",
        "seed": register.seed,
        "reader": register.reader,
        "on": register.on.isoformat() if register.on else "—",
        "open": register.open,
        "stale": len(register.stale),
        "kinds": _kind_rows([register]),
        **_counts(list(register.kinds.values())),
    }


def _title(year: YearRef, register: RegisterAudit) -> str:
    return f"{year.place.zh} {year.year} 年{word_of(PROGRAMMES, register.programme).zh}"


def _remark_row(one: Remark) -> Row:
    href = f"../{one.page}" if one.page else ""
    return {"record": one.record, "href": href, "fact": FACTS[one.kind].zh, "note": one.note}


def _stale_row(one: Remark) -> Row:
    word = JUDGEMENTS[one.judgement] if one.judgement else Word("", "")
    return {**_remark_row(one), "word": word, "read": one.read, "now": one.now}
