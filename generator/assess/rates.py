"""Published completion rates, recomputed: result ÷ base, the base being the target or what the report prints beside it.

A rate is called a mismatch only when the document says that it is a rate of this very base. Where it names another
base whose size is not printed, speaks of the progress of a work, or names none, the difference is no contradiction.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import msgspec

from generator.assess.basis import Named, amounts_before, may_imply_a_base, named_base, words_beside
from generator.assess.clauses import clause_at
from generator.assess.compare import may_stand_for_a_count, unit_relation
from generator.assess.numbers import half_step, plain, printed_digits, rounded, significant, truncated
from generator.assess.operands import Ground, Operands, find_operands
from generator.assess.subject import Subject
from generator.model import AssessedRate, Rate, Report, Result, Target, Verdict

_HUNDRED = Decimal(100)
_IMPLIED_DIGITS = 4
"""An implied base is no more exact than the rate; more digits would look like a printed number."""
_AGREES = {"exact", "rounded", "truncated"}
_COUNTS_MAY_TELL = {"no_target", "no_result", "target_is_percentage", "result_is_the_rate"}
_OF_NAMED: dict[Named, tuple[Verdict, str]] = {
    "other": ("other_base", "base_not_printed"),
    "progress": ("not_computable", "physical_progress"),
    "share": ("not_computable", "share"),
    "target": ("not_computable", "base_not_printed"),
    "": ("not_computable", "base_unnamed"),
}


def assess_rate(subject: Subject, report: Report, rate: Rate) -> AssessedRate:
    """Recompute one published rate. Values are percent; ``difference`` is published − recomputed."""
    named = named_base(subject, report, rate)
    operands = find_operands(subject, report, rate, named)
    for ground in operands.grounds:
        verdict, reason = _agreement(rate, operands, ground)
        unit_reason = _unit_reason(subject, ground, operands.result) if reason else ""
        if verdict in _AGREES and not unit_reason:
            return _recomputed(rate, report, operands, ground, verdict, reason)
    if operands.reason in _COUNTS_MAY_TELL and (told := _from_two_counts(report, rate)):
        return told
    if not operands.grounds:
        verdict, reason = _without_base(operands, named)
    else:
        verdict, reason = _disagreement(subject, report, rate, operands, named)
    if verdict == "mismatch":
        found = _recomputed(rate, report, operands, operands.grounds[0], verdict, reason)
    else:
        found = AssessedRate(rate=rate, report=report.id, verdict=verdict, reason=reason)
    return _with_references(subject, report, found, operands, named)


def arithmetic_verdict(published: Decimal, digits: int, part: Decimal, whole: Decimal) -> Verdict:
    """exact, rounded or truncated when part ÷ whole gives the published percentage, else mismatch."""
    value = part / whole * _HUNDRED
    if published * whole == part * _HUNDRED:
        return "exact"
    if rounded(value, digits) == published:
        return "rounded"
    return "truncated" if truncated(value, digits) == published else "mismatch"


def _agreement(rate: Rate, operands: Operands, ground: Ground) -> tuple[Verdict, str]:
    """Whether a rate follows from its number and one base, perhaps within the digits that the number is printed to."""
    result = operands.result
    if result is None:
        return "not_computable", "no_result"
    verdict = arithmetic_verdict(
        rate.published, printed_digits(rate.printed, rate.published), result.value, ground.value
    )
    if verdict == "mismatch" and _within_precision(rate, result, ground):
        return "rounded", "operand_precision"
    return verdict, ""


def _within_precision(rate: Rate, result: Result, ground: Ground) -> bool:
    """Whether some values that print as the operands do give some value that prints as the rate does.

    A target is exact, and so is a whole number of a plan; a quoted plan with decimals is rounded like any number.
    """
    step = half_step(result.value, result.printed)
    decimals = ground.kind == "printed" and printed_digits(ground.printed, ground.value) > 0
    give = half_step(ground.value, ground.printed) if decimals else Decimal(0)
    slack = Decimal(1).scaleb(-printed_digits(rate.printed, rate.published)) / 2
    low = (result.value - step) / (ground.value + give) * _HUNDRED
    high = (result.value + step) / (ground.value - give) * _HUNDRED
    return low - slack <= rate.published <= high + slack


def _recomputed(
    rate: Rate, report: Report, operands: Operands, ground: Ground, verdict: Verdict, reason: str
) -> AssessedRate:
    exact = operands.result.value / ground.value * _HUNDRED if operands.result else Decimal(0)
    return AssessedRate(
        rate=rate,
        report=report.id,
        verdict=verdict,
        reason=reason,
        result=operands.result.id if operands.result else "",
        recomputed=rounded(exact, 4),
        difference=rounded(rate.published - exact, 4),
        base=ground.value,
        base_unit=ground.unit,
        base_kind=ground.kind,
        base_printed=ground.printed,
        base_start=ground.start,
        base_end=ground.end,
    )


def _without_base(operands: Operands, named: Named) -> tuple[Verdict, str]:
    """Why there is nothing to divide by: what the words name, or what is missing of the target."""
    if operands.reason == "no_target" or (operands.reason == "no_result" and named not in {"target", ""}):
        return _OF_NAMED[named]
    return "not_computable", operands.reason


def _disagreement(
    subject: Subject, report: Report, rate: Rate, operands: Operands, named: Named
) -> tuple[Verdict, str]:
    """What to say of a rate that does not follow from its number and its base.

    In the order of what is certain: another base is named, it is no rate of a quantity, the operands may not be its
    operands, and only then that it does not follow.
    """
    ground, result = operands.grounds[0], operands.result
    if result is None:
        return "not_computable", "no_result"
    printed = ground.kind in {"printed", "area"}
    if named == "progress" or (named == "other" and not printed):
        return _OF_NAMED[named]
    doubt = _unit_reason(subject, ground, result) or _doubt(subject, report, rate, result, ground)
    if doubt:
        return "not_computable", doubt
    if named == "target" or (printed and (named == "other" or _is_completion(subject, report, rate))):
        return "mismatch", ""
    return "not_computable", "share" if named == "share" else "base_unnamed"


def _is_completion(subject: Subject, report: Report, rate: Rate) -> bool:
    return any(word in words_beside(report, rate) for word in subject.words.completion_rates)


def _unit_reason(subject: Subject, ground: Ground, result: Result | None) -> str:
    relation = unit_relation(ground.unit, result.unit, subject.words) if result else "same"
    if relation == "differs":
        return "unit_differs"
    lost = relation == "missing" and not may_stand_for_a_count(
        ground.unit or (result.unit if result else ""), subject.words
    )
    return "unit_missing" if lost else ""


def _doubt(subject: Subject, report: Report, rate: Rate, result: Result, ground: Ground) -> str:
    """Why a rate that does not follow from its operands need not be wrong: they may not be its operands."""
    target = ground.target
    doubts = {
        "target_is_percentage": target is not None and target.kind != "level",
        "result_not_exact": result.comparator != "eq",
        "rate_not_exact": any(word in rate.printed for word in subject.words.vague),
        "unit_missing": unit_relation(ground.unit, result.unit, subject.words) != "same",
        "several_rates": target is not None and sum(other.target == target.id for other in report.rates) > 1,
        "tie_doubtful": target is not None
        and bool(_targets_that_fit(subject, rate, result) or _results_fit(subject, report, rate, ground)),
    }
    return next((doubt for doubt, holds in doubts.items() if holds), "")


def _targets_that_fit(subject: Subject, rate: Rate, result: Result) -> list[Target]:
    """The targets of the commitment of which the result is the published share; its own is none where that is asked."""
    digits = printed_digits(rate.printed, rate.published)
    return [
        other
        for other in subject.commitment.targets
        if other.value > 0
        and unit_relation(other.unit, result.unit, subject.words) == "same"
        and arithmetic_verdict(rate.published, digits, result.value, other.value) in _AGREES
    ]


def _results_fit(subject: Subject, report: Report, rate: Rate, ground: Ground) -> bool:
    """Whether the rate follows from the base and a result of the report; its own does not where that is asked."""
    digits = printed_digits(rate.printed, rate.published)
    return any(
        unit_relation(other.unit, ground.unit, subject.words) != "differs"
        and arithmetic_verdict(rate.published, digits, other.value, ground.value) in _AGREES
        for other in report.results
    )


def _from_two_counts(report: Report, rate: Rate) -> AssessedRate | None:
    """A rate whose two operands are printed in the clauses before it (8286 个, 办结 8278 个, 办结率 99.9%).

    It can only clear: two neighbouring counts that do not give the rate need not be its operands. A count in the
    clause of the rate itself says what the rate is about (4个城市考核优良率100%) and is none of the two.
    """
    pair = _counts_before(report, rate)
    if len(pair) != 2:
        return None
    digits = printed_digits(rate.printed, rate.published)
    for part, whole in permutations(pair):
        if part.value > whole.value or not whole.value:
            continue
        verdict = arithmetic_verdict(rate.published, digits, part.value, whole.value)
        if verdict != "mismatch":
            ground = Ground("count", whole.value, whole.unit, whole.printed, whole.start, whole.end)
            return _recomputed(rate, report, Operands(result=part), ground, verdict, "two_counts")
    return None


def _counts_before(report: Report, rate: Rate) -> list[Result]:
    """The last two exact results of one unit before the rate's clause in its sentence, neither being a percentage."""
    clause = clause_at(report, rate.printed, rate.start)
    if clause is None:
        return []
    placed = amounts_before(report, rate)
    if any(where >= clause.start for where, _ in placed):
        return []
    pair = [result for _, result in placed[-2:]]
    same = len(pair) == 2 and pair[0].unit == pair[1].unit and all(result.comparator == "eq" for result in pair)
    return pair if same else []


def _with_references(
    subject: Subject, report: Report, found: AssessedRate, operands: Operands, named: Named
) -> AssessedRate:
    """What may help to understand a rate that does not follow: the base that it implies, the share of the target."""
    result, target, rate = operands.result, operands.target, found.rate
    if result is None:
        return found
    implied = of_target = None
    if may_imply_a_base(subject, report, rate, result, named):
        implied = significant(result.value / rate.published * _HUNDRED, _IMPLIED_DIGITS)
    alike = target is not None and unit_relation(target.unit, result.unit, subject.words) == "same"
    if found.verdict == "other_base" and target is not None and target.kind == "level" and target.value > 0 and alike:
        of_target = rounded(result.value / target.value * _HUNDRED, 4)
    changed = msgspec.structs.replace(found, result=result.id, implied_base=implied, of_target=of_target)
    others = _targets_that_fit(subject, rate, result) if found.reason == "tie_doubtful" else []
    return _with_other_target(changed, others[0]) if len(others) == 1 else changed


def _with_other_target(found: AssessedRate, target: Target) -> AssessedRate:
    return msgspec.structs.replace(
        found,
        base=target.value,
        base_unit=target.unit,
        base_kind="other_target",
        base_printed=target.printed,
        base_start=target.start,
        base_end=target.end,
    )


def rate_text(rate: Rate) -> str:
    """A published rate as printed."""
    return rate.printed or f"{plain(rate.published)}%"
