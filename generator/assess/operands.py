"""From what a published rate may be recomputed: the reported number, and the base that it is a rate of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.assess.areas import area_share
from generator.assess.basis import Named, result_beside
from generator.assess.subject import Subject
from generator.model import BaseKind, Rate, Report, Result, Target


@dataclass(frozen=True)
class Ground:
    """A base of a rate, as printed at its place in the source. ``target`` where it is one of the commitment."""

    kind: BaseKind
    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    target: Target | None = None


@dataclass(frozen=True)
class Operands:
    """The number that a rate is of, the bases that it may have, and the reason why there is none."""

    reason: str = ""
    result: Result | None = None
    target: Target | None = None
    grounds: tuple[Ground, ...] = ()


def find_operands(subject: Subject, report: Report, rate: Rate, named: Named) -> Operands:
    """The operands of a rate. The base that the report prints beside it goes before the target."""
    target = next((t for t in subject.commitment.targets if t.id == rate.target), None)
    result = _result_of(report, rate)
    if result is None and not rate.target and named in {"other", "target"}:
        result = result_beside(report, rate)
    if rate.base is not None and result is not None:
        return _with_printed_base(rate, result, target)
    if result is not None and result.area and target is None:
        return _of_an_area(subject, report, result)
    if target is None:
        return Operands(reason="no_target", result=result, target=_own_target(subject, result))
    reason = _reason_against(rate, target, result)
    if reason in {"result_is_the_rate", "target_is_percentage"}:
        return Operands(reason=reason, target=target)
    if reason:
        return Operands(reason=reason, result=result, target=target)
    return Operands(result=result, target=target, grounds=(_ground(target),))


def _with_printed_base(rate: Rate, result: Result, target: Target | None) -> Operands:
    base = rate.base
    if base is None or base.value <= 0:
        return Operands(reason="zero_base", result=result, target=target)
    grounds = [Ground("printed", base.value, base.unit, base.printed, base.start, base.end)]
    if target is not None and not _reason_against(rate, target, result):
        same = (target.value, target.unit) == (base.value, base.unit)
        grounds = [_ground(target)] if same else [*grounds, _ground(target)]  # the report repeats the target
    return Operands(result=result, target=target, grounds=tuple(grounds))


def _of_an_area(subject: Subject, report: Report, result: Result) -> Operands:
    """The rate of one area is of that area's share of the target."""
    share = area_share(subject.commitment, report, result)
    if share is None:
        return Operands(reason="no_target", result=result)
    ground = Ground("area", share.value, share.unit, share.printed, share.start, share.end)
    return Operands(result=result, grounds=(ground,))


def _ground(target: Target) -> Ground:
    return Ground("target", target.value, target.unit, target.printed, target.start, target.end, target)


def _reason_against(rate: Rate, target: Target, result: Result | None) -> str:
    """Why a rate cannot be one of a target; empty where it can."""
    if result is not None and target.kind != "level" and (target.kind == "growth" or result.value == rate.published):
        return "result_is_the_rate" if result.value == rate.published else "target_is_percentage"
    if target.comparator in {"le", "lt"}:
        return "ceiling"
    if target.value <= 0:
        return "zero_base"
    return "no_result" if result is None else ""


def _result_of(report: Report, rate: Rate) -> Result | None:
    """The result that a rate names, else the only one in its report for the same target."""
    if rate.result:
        return next((result for result in report.results if result.id == rate.result), None)
    tied = [result for result in report.results if rate.target and result.target == rate.target and not result.area]
    return tied[0] if len(tied) == 1 else None


def _own_target(subject: Subject, result: Result | None) -> Target | None:
    """The target that the result of a rate answers, though the rate is none of it."""
    if result is None:
        return None
    return next((t for t in subject.commitment.targets if t.id == result.target and t.kind == "level"), None)
