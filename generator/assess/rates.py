"""Published completion rates, recomputed: result ÷ target, or the two counts that stand beside the rate.

A rate is called a mismatch only when the document says that it is a rate of this very target. Where it names
another base, or none, the difference is no contradiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from generator.assess.clauses import clause_at, position_in_text, sentence_at
from generator.assess.compare import may_stand_for_a_count, unit_relation
from generator.assess.numbers import half_step, plain, printed_digits, rounded, truncated
from generator.assess.subject import Subject
from generator.model import AssessedRate, Rate, Report, Result, Target, Verdict

_HUNDRED = Decimal(100)
_AGREES = {"exact", "rounded", "truncated"}
_COUNTS_MAY_TELL = {"no_target", "no_result", "target_is_percentage", "result_is_the_rate"}


@dataclass(frozen=True)
class _Operands:
    """What a rate is computed from, or the reason why it cannot be."""

    reason: str = ""
    result: Result | None = None
    target: Target | None = None


def assess_rate(subject: Subject, report: Report, rate: Rate) -> AssessedRate:
    """Recompute one published rate. Values are percent; ``difference`` is published − recomputed."""
    operands = _find_operands(subject, report, rate)
    result, target = operands.result, operands.target
    implied = _implied_base(rate, result)
    if target is None or result is None or operands.reason:
        open_rate = AssessedRate(
            rate=rate, report=report.id, verdict="not_computable", reason=operands.reason, implied_base=implied
        )
        return _from_two_counts(report, rate) or open_rate if operands.reason in _COUNTS_MAY_TELL else open_rate
    exact = result.value / target.value * _HUNDRED
    verdict, reason = _verdict(subject, report, rate, result, target)
    unit_reason = _unit_reason(subject, target, result)
    if unit_reason and (verdict not in _AGREES or reason):
        verdict, reason = "not_computable", unit_reason  # units that differ are no contradiction
    if target.kind != "level" and verdict not in _AGREES:
        verdict, reason = "not_computable", "target_is_percentage"
    if verdict == "not_computable":
        return AssessedRate(rate=rate, report=report.id, verdict=verdict, reason=reason, implied_base=implied)
    return AssessedRate(
        rate=rate,
        report=report.id,
        verdict=verdict,
        reason=reason,
        implied_base=implied,
        recomputed=rounded(exact, 4),
        difference=rounded(rate.published - exact, 4),
    )


def arithmetic_verdict(published: Decimal, digits: int, part: Decimal, whole: Decimal) -> Verdict:
    """exact, rounded or truncated when part ÷ whole gives the published percentage, else mismatch."""
    value = part / whole * _HUNDRED
    if published * whole == part * _HUNDRED:
        return "exact"
    if rounded(value, digits) == published:
        return "rounded"
    return "truncated" if truncated(value, digits) == published else "mismatch"


def _find_operands(subject: Subject, report: Report, rate: Rate) -> _Operands:
    result = _result_of(report, rate)
    target = next((t for t in subject.commitment.targets if t.id == rate.target), None)
    if target is None:
        return _Operands(reason="no_target", result=result)
    if result is not None and target.kind != "level" and (target.kind == "growth" or result.value == rate.published):
        reason = "result_is_the_rate" if result.value == rate.published else "target_is_percentage"
        return _Operands(reason=reason, target=target)
    if target.comparator in {"le", "lt"}:
        return _Operands(reason="ceiling", result=result, target=target)
    if not target.value:
        return _Operands(reason="zero_base", result=result, target=target)
    if result is None:
        return _Operands(reason="no_result", target=target)
    return _Operands(result=result, target=target)


def _result_of(report: Report, rate: Rate) -> Result | None:
    """The result that a rate names, else the only one in its report for the same target."""
    if rate.result:
        return next((result for result in report.results if result.id == rate.result), None)
    tied = [result for result in report.results if rate.target and result.target == rate.target and not result.area]
    return tied[0] if len(tied) == 1 else None


def _unit_reason(subject: Subject, target: Target, result: Result) -> str:
    relation = unit_relation(target.unit, result.unit, subject.words)
    if relation == "differs":
        return "unit_differs"
    lost = relation == "missing" and not may_stand_for_a_count(target.unit or result.unit, subject.words)
    return "unit_missing" if lost else ""


def _implied_base(rate: Rate, result: Result | None) -> Decimal | None:
    """Result ÷ rate: what the rate would be a rate of. Ours, never official."""
    if result is None or not rate.published or result.unit in {"%", "％", "个百分点"}:
        return None
    return rounded(result.value / rate.published * _HUNDRED, 2)


def _verdict(subject: Subject, report: Report, rate: Rate, result: Result, target: Target) -> tuple[Verdict, str]:
    verdict = arithmetic_verdict(
        rate.published, printed_digits(rate.printed, rate.published), result.value, target.value
    )
    if verdict != "mismatch":
        return verdict, ""
    if _within_precision(rate, result, target):
        return "rounded", "operand_precision"
    doubt = _doubt(subject, report, rate, result, target)
    return ("not_computable", doubt) if doubt else _by_named_base(subject, report, rate)


def _doubt(subject: Subject, report: Report, rate: Rate, result: Result, target: Target) -> str:
    """Why a rate that does not follow from its operands need not be wrong: they may not be its operands."""
    if result.comparator != "eq":
        return "result_not_exact"
    if any(word in rate.printed for word in subject.words.vague):
        return "rate_not_exact"
    if unit_relation(target.unit, result.unit, subject.words) != "same":
        return "unit_missing"
    if sum(other.target == target.id for other in report.rates) > 1:
        return "several_rates"
    return "tie_doubtful" if _fits_elsewhere(subject, report, rate, result, target) else ""


def _fits_elsewhere(subject: Subject, report: Report, rate: Rate, result: Result, target: Target) -> bool:
    """Whether the rate follows from the result and another target, or from the target and another result."""
    digits, words = printed_digits(rate.printed, rate.published), subject.words
    pairs = [
        (result.value, other.value)
        for other in subject.commitment.targets
        if other.id != target.id and unit_relation(other.unit, result.unit, words) == "same"
    ]
    pairs += [
        (other.value, target.value)
        for other in report.results
        if other.id != result.id and unit_relation(other.unit, target.unit, words) != "differs"
    ]
    return any(whole and arithmetic_verdict(rate.published, digits, part, whole) in _AGREES for part, whole in pairs)


def _within_precision(rate: Rate, result: Result, target: Target) -> bool:
    """Whether some value that prints as the result does gives some value that prints as the rate does."""
    step = half_step(result.value, result.printed)
    slack = Decimal(1).scaleb(-printed_digits(rate.printed, rate.published)) / 2
    low = (result.value - step) / target.value * _HUNDRED
    high = (result.value + step) / target.value * _HUNDRED
    return step > 0 and low - slack <= rate.published <= high + slack


def _by_named_base(subject: Subject, report: Report, rate: Rate) -> tuple[Verdict, str]:
    """What the words beside the rate say that it is a rate of: ``basis`` and the clause around it."""
    clause = clause_at(report, rate.printed, rate.start)
    said = rate.basis + (clause.text if clause else "")
    if any(word in said for word in subject.words.other_bases):
        return "other_base", ""
    if any(word in said for word in subject.words.target_bases):
        return "mismatch", ""
    return "not_computable", "base_unnamed"


def _from_two_counts(report: Report, rate: Rate) -> AssessedRate | None:
    """A rate whose two operands are printed just before it in its sentence (8286 个, 办结 8278 个, 99.9%).

    It can only clear: two neighbouring counts that do not give the rate need not be its operands.
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
            exact = part.value / whole.value * _HUNDRED
            return AssessedRate(
                rate=rate,
                report=report.id,
                verdict=verdict,
                reason="two_counts",
                recomputed=rounded(exact, 4),
                difference=rounded(rate.published - exact, 4),
                implied_base=whole.value,
            )
    return None


def _counts_before(report: Report, rate: Rate) -> list[Result]:
    """The last two exact results of one unit before the rate in its sentence, neither being a percentage."""
    sentence = sentence_at(report, rate.printed, rate.start)
    if sentence is None or rate.published > _HUNDRED:
        return []
    place = position_in_text(report, rate.printed, rate.start) or 0
    placed = []
    for result in report.results:
        where = position_in_text(report, result.printed, result.start)
        if where is not None and sentence.start <= where < place and result.unit not in {"%", "％", "个百分点"}:
            placed.append((where, result))
    pair = [result for _, result in sorted(placed, key=lambda item: item[0])[-2:]]
    same = len(pair) == 2 and pair[0].unit == pair[1].unit and all(result.comparator == "eq" for result in pair)
    return pair if same else []


def rate_operands(subject: Subject, assessed: AssessedRate) -> tuple[Result, Target] | None:
    """The result and the target that a rate was recomputed from, for the words of a finding."""
    report = next((r for r in subject.commitment.reports if r.id == assessed.report), None)
    if report is None:
        return None
    operands = _find_operands(subject, report, assessed.rate)
    return (operands.result, operands.target) if operands.result and operands.target else None


def rate_text(rate: Rate) -> str:
    """A published rate as printed."""
    return rate.printed or f"{plain(rate.published)}%"
