"""A register as facts that can be judged one by one, each with its id and with what was read, on one line.

``read`` is what a judgement is about, so it holds values, units, measures and quotes, and neither local ids nor
offsets: those change when something beside the fact is read otherwise, and the fact is still the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import get_args

from generator.model import (
    Commitment,
    FactKind,
    Rate,
    Register,
    Report,
    Responsibility,
    Result,
    Target,
    Unassigned,
)

KINDS: tuple[FactKind, ...] = get_args(FactKind)
#: A wording of more characters is given by its beginning, end, length and hash.
_LONG = 120
_NONE = "无"


@dataclass(frozen=True)
class Fact:
    """One thing that the register says. ``start`` and ``end`` are its place in the text of ``source``."""

    record: str
    kind: FactKind
    read: str
    commitment: str
    source: str
    start: int
    end: int

    @property
    def row(self) -> str:
        """The id of the row that says it: leader and due date are columns of their commitment."""
        return self.commitment if self.kind in {"leader", "due"} else self.record


def register_name(register: Register) -> str:
    """The name of a register, as ids begin with it: ``yunxi-2024-livelihood``."""
    return f"{register.place}-{register.year}-{register.programme}"


def register_to_facts(register: Register) -> tuple[Fact, ...]:
    """Every fact of a register, in its order; the numbers in no record come last."""
    facts = [fact for commitment in register.commitments for fact in _commitment_facts(commitment)]
    alone = register.sources[0].id if len(register.sources) == 1 else ""
    return (*facts, *(_unassigned_fact(one, alone) for one in register.unassigned))


def _commitment_facts(one: Commitment) -> Iterator[Fact]:
    def fact(local: str, kind: FactKind, read: str, start: int = one.start, end: int = one.end) -> Fact:
        return Fact(f"{one.id}{local}", kind, read, one.id, one.source, start, end)

    if one.text:
        yield fact("", "wording", render_wording(one.text))
    position = {"lead": 0, "support": 0}
    for unit in one.responsibilities:
        position[unit.role] += 1
        yield fact(f".{unit.role}.{position[unit.role]}", "unit", _unit(unit))
    if one.leader:
        yield fact(".leader", "leader", one.leader)
    if one.due:
        yield fact(".due", "due", _joined(one.due.isoformat(), _quoted(one.due_text)))
    targets = {target.id: target for target in one.targets}
    for target in one.targets:
        yield fact(f".{target.id}", "target", _target(target), target.start, target.end)
        for share in target.allocations:
            read = _joined(share.area, _amount("", share.value, share.unit), share.part, f"of {_number_of(target)}")
            yield fact(f".{target.id}.{share.id}", "allocation", read, share.start, share.end)
    for step in one.milestones:
        amount = "" if step.value is None else _amount(step.comparator or "", step.value, step.unit)
        of = _number_of(targets.get(step.target))
        read = _joined(step.due.isoformat() if step.due else "no date", step.basis, amount, f"of {of}", step.text)
        yield fact(f".{step.id}", "milestone", read, step.start, step.end)
    for report in one.reports:
        yield from _report_facts(one, report, targets)


def _report_facts(one: Commitment, report: Report, targets: dict[str, Target]) -> Iterator[Fact]:
    def fact(local: str, kind: FactKind, read: str, start: int, end: int) -> Fact:
        return Fact(f"{one.id}.{report.id}{local}", kind, read, one.id, report.source, start, end)

    yield fact("", "wording", render_wording(report.text), report.start, report.end)
    results = {result.id: result for result in report.results}
    for result in report.results:
        read = _result(result, results)
        yield fact(f".{result.id}", "result", read, result.start, result.end)
        if result.target:
            promised = targets.get(result.target)
            tie = f"{_number_of(result)} → {_target(promised) if promised else _NONE} ¦ {result.relation}"
            yield fact(f".{result.id}", "tie", tie, result.start, result.end)
        elif targets and not result.part_of:
            yield fact(f".{result.id}", "untied", f"{_number_of(result)} → {_NONE}", result.start, result.end)
    for rate in report.rates:
        yield fact(f".{rate.id}", "rate", _rate(rate, targets, results), rate.start, rate.end)


def _unassigned_fact(one: Unassigned, alone: str) -> Fact:
    source = one.source or alone
    read = _joined(_quoted(one.text), one.reason)
    return Fact(f"{source}.n{one.start}", "unassigned", read, "", source, one.start, one.end)


# --- one line each ------------------------------------------------------------------------------


def render_wording(text: str) -> str:
    """A wording on one line: whole, or its beginning and end with its length and hash."""
    if len(text) <= _LONG:
        return _flat(text)
    digest = sha256(text.encode()).hexdigest()[:8]
    return f"{_flat(text[:60])}…{_flat(text[-40:])} ({len(text)} characters, {digest})"


def _unit(unit: Responsibility) -> str:
    name = unit.unit if unit.department in {"", unit.unit} else f"{unit.unit} = {unit.department}"
    return _joined(unit.role, name, unit.kind if unit.kind != "unit" else "", unit.official, unit.leader, unit.scope)


def _target(target: Target) -> str:
    amount = _amount(target.comparator, target.value, target.unit)
    return _joined(target.measure or _NONE, amount, target.kind, target.part, _quoted(target.printed))


def _result(result: Result, results: dict[str, Result]) -> str:
    return _joined(
        result.measure or _NONE,
        result.area,
        _amount(result.comparator, result.value, result.unit),
        _quoted(result.printed),
        f"as of {result.as_of.isoformat()}" if result.as_of else "",
        "forecast" if result.forecast else "",
        f"part of {_number_of(results.get(result.part_of))}" if result.part_of else "",
    )


def _rate(rate: Rate, targets: dict[str, Target], results: dict[str, Result]) -> str:
    return _joined(
        f"{rate.published:f} %",
        _quoted(rate.printed),
        f"basis {_quoted(rate.basis)}" if rate.basis else "",
        f"target {_number_of(targets.get(rate.target))}",
        f"result {_number_of(results.get(rate.result))}",
        f"base {_quoted(rate.base.printed)}" if rate.base else "",
    )


def _number_of(number: Target | Result | None) -> str:
    return f"{number.measure or _NONE} {_quoted(number.printed)}" if number else _NONE


def _amount(comparator: str, value: Decimal, unit: str) -> str:
    return " ".join(part for part in (comparator, f"{value:f}", unit) if part)


def _joined(*parts: str) -> str:
    return " ¦ ".join(_flat(part) for part in parts if part)


def _quoted(text: str) -> str:
    return f"“{_flat(text)}”" if text else ""


def _flat(text: str) -> str:
    return " ".join(text.split())
