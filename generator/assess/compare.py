"""One result against one target: may they be compared, and is the target reached?

Scope before arithmetic: where unit or direction differ, or where the two are so far apart that one of them is
probably misread, the answer is a reason code and no comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.assess.numbers import share
from generator.assess.rules import APPROXIMATE, FAR_ABOVE, FAR_BELOW, TEN_THOUSAND
from generator.assess.words import ReportedWords
from generator.model import Result, Target

UnitRelation = Literal["same", "missing", "differs"]

_CEILINGS = {"le", "lt"}
_PERCENTAGES = {"%", "％", "‰", "个百分点", "百分点"}
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Comparison:
    """What a result says about a target. ``reason`` is a code and then nothing else counts.

    ``attained`` is result ÷ target, of amounts only: for percentages and ceilings a share has no meaning (100 % where
    90 % is promised is not 111 % of it). Percentages have ``points``, result − target, instead.
    """

    reason: str = ""
    reached: bool = False
    beyond: bool = False
    attained: Decimal | None = None
    points: Decimal | None = None


def unit_relation(first: str, second: str, words: ReportedWords) -> UnitRelation:
    """Whether two units may be compared; ``missing`` when one has lost its unit."""
    if first == second or any(first in group and second in group for group in words.same_units):
        return "same"
    return "differs" if first and second else "missing"


def may_stand_for_a_count(unit: str, words: ReportedWords) -> bool:
    """Whether a unit is a counting word, so that a number beside it that lost its unit is still a count of it."""
    return unit in words.counting


def is_implausible(target: Target, result: Result) -> bool:
    """Whether a level is so far from its target that a misreading is the likelier cause (see FAR_ABOVE, FAR_BELOW)."""
    if target.kind != "level" or target.value <= 0 or result.value <= 0:
        return False
    ratio = result.value / target.value
    return ratio >= FAR_ABOVE.value or ratio < FAR_BELOW.value


def is_without_base(target: Target) -> bool:
    """Whether a target is zero or less and no ceiling: 事故0起 may mean none at most, so that nothing can be said.

    Growth may be zero or less: keeping up is a goal.
    """
    return target.kind != "growth" and target.comparator not in _CEILINGS and target.value <= 0


def is_ten_thousand_off(target: Target, result: Result) -> bool:
    """Whether the result would be near its target if it were 10,000 times as large (亿 printed for 万亿, a lost 万)."""
    if not target.value:
        return False
    return 1 / TEN_THOUSAND.value <= result.value * _WAN / target.value <= TEN_THOUSAND.value


def compare(target: Target, result: Result, words: ReportedWords, *, confirmed: bool = False) -> Comparison:
    """Compare a result with its target. The date is not looked at here.

    ``confirmed`` says that a published rate follows from the two: the city itself divides one by the other, so
    their units may differ (人次, 例) and even a result far off is to be believed.
    """
    reason = _scope_reason(target, result, words)
    if confirmed and reason in {"unit_differs", "unit_missing"}:
        reason = ""
    if not reason and not confirmed and is_implausible(target, result):
        reason = "magnitude_doubtful"
    if reason:
        return Comparison(reason=reason)
    if target.comparator in _CEILINGS:
        return _against_ceiling(target, result)
    if is_without_base(target):
        return Comparison(reason="zero_base")
    slack = APPROXIMATE.value * abs(target.value) if target.comparator == "approx" else Decimal(0)
    reached = result.value > target.value if target.comparator == "gt" else result.value >= target.value - slack
    if _too_vague(target, result, reached=reached):
        return Comparison(reason="result_not_exact")
    beyond = result.value > target.value + slack and target.comparator != "gt"
    return Comparison("", reached, beyond, _attained(target, result), _points(target, result))


def _scope_reason(target: Target, result: Result, words: ReportedWords) -> str:
    relation = unit_relation(target.unit, result.unit, words)
    if relation == "differs":
        return "unit_differs"
    if relation == "missing" and not may_stand_for_a_count(target.unit or result.unit, words):
        return "unit_missing"
    if _falls(target.measure, words) != _falls(result.measure, words):
        return "direction_differs"
    if target.comparator == "approx" and any(word in target.measure for word in words.limits):
        return "limit_unclear"
    return ""


def _falls(measure: str, words: ReportedWords) -> bool:
    return any(word in measure for word in words.falls)


def _against_ceiling(target: Target, result: Result) -> Comparison:
    reached = result.value < target.value if target.comparator == "lt" else result.value <= target.value
    vague = result.comparator in ({"ge", "gt", "approx"} if reached else {"le", "lt", "approx"})
    return (
        Comparison(reason="result_not_exact") if vague else Comparison(reached=reached, points=_points(target, result))
    )


def _too_vague(target: Target, result: Result, *, reached: bool) -> bool:
    """A lower bound (余, 超) proves that a target is reached, never that it is not; an upper bound the reverse.

    约 proves nothing, except where as much was promised in the same words (约200 of 约200).
    """
    if result.comparator == "approx":
        return target.comparator != "approx" or result.value < target.value
    return result.comparator in ({"le", "lt"} if reached else {"ge", "gt"})


def _attained(target: Target, result: Result) -> Decimal | None:
    if target.kind != "level" or is_percentage(target.unit):
        return None
    return share(result.value, target.value)


def _points(target: Target, result: Result) -> Decimal | None:
    return result.value - target.value if is_percentage(target.unit) and is_percentage(result.unit) else None


def is_percentage(unit: str) -> bool:
    """Whether numbers of a unit are percentages or points, which are subtracted and not divided."""
    return unit in _PERCENTAGES
