"""One number against another: what may be compared, when it is reached, and what nothing can be said of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.assess.compare import (
    Comparison,
    compare,
    is_implausible,
    is_ten_thousand_off,
    is_without_base,
    unit_relation,
)
from tests.assess_examples import WORDS, result, target


def against(goal: Any, got: Any, **values: Any) -> Comparison:
    return compare(goal, got, WORDS, **values)


@pytest.mark.parametrize("unit", ["%", "％", "‰", "个百分点", "百分点"])
def test_percentages_have_points_and_no_share(unit: str) -> None:
    found = against(target("80", unit, kind="level"), result("84", unit))
    assert found == Comparison(reached=True, beyond=True, points=Decimal(4))


def test_amounts_have_a_share_and_no_points() -> None:
    assert against(target("8"), result("6")) == Comparison(attained=Decimal("0.75"))
    rated = against(target("8", kind="rate"), result("6"))
    assert (rated.attained, rated.points) == (None, None)


@pytest.mark.parametrize(
    ("got", "unit"),
    [("60", "%"), ("0.6", "")],
)
def test_points_need_two_percentages(got: str, unit: str) -> None:
    """A confirmed pair may have two units: nothing is then subtracted."""
    found = against(target("100", "个"), result(got, unit), confirmed=True)
    assert found.points is None
    assert against(target("100", "%"), result("60", "个"), confirmed=True).points is None


@pytest.mark.parametrize(
    ("comparator", "value", "state"),
    [
        ("eq", "9.9", (False, False)),
        ("eq", "10", (True, False)),
        ("eq", "10.1", (True, True)),
        ("ge", "10", (True, False)),
        ("ge", "10.1", (True, True)),
        ("gt", "10", (False, False)),
        ("gt", "10.1", (True, False)),
        ("approx", "9.49", (False, False)),
        ("approx", "9.5", (True, False)),
        ("approx", "10.5", (True, False)),
        ("approx", "10.51", (True, True)),
    ],
)
def test_reached_and_gone_beyond(comparator: Any, value: str, state: tuple[bool, bool]) -> None:
    found = against(target("10", comparator=comparator), result(value))
    assert (found.reason, found.reached, found.beyond) == ("", *state)


def test_the_slack_of_about_is_of_the_size_of_the_target() -> None:
    """A fall of about 10 points is reached from −10.5 on: the slack of a number below zero is none below zero."""
    goal = target("-10", "%", kind="growth", comparator="approx")
    assert against(goal, result("-10.5", "%")).reached
    assert not against(goal, result("-10.6", "%")).reached


@pytest.mark.parametrize(
    ("comparator", "value", "got", "reason"),
    [
        # an upper bound proves that a floor is missed, never that it is reached; a lower bound the reverse
        ("ge", "10", "le", "result_not_exact"),
        ("ge", "10", "lt", "result_not_exact"),
        ("ge", "9", "le", ""),
        ("ge", "9", "lt", ""),
        ("ge", "9", "ge", "result_not_exact"),
        ("ge", "9", "gt", "result_not_exact"),
        ("ge", "10", "ge", ""),
        ("ge", "10", "approx", "result_not_exact"),
        # a ceiling turns all of it round
        ("le", "10", "ge", "result_not_exact"),
        ("le", "10", "gt", "result_not_exact"),
        ("le", "10", "le", ""),
        ("le", "10", "lt", ""),
        ("le", "11", "le", "result_not_exact"),
        ("le", "11", "lt", "result_not_exact"),
        ("le", "11", "ge", ""),
        ("le", "10", "approx", "result_not_exact"),
        ("le", "11", "approx", "result_not_exact"),
        # about as much as about was promised
        ("approx", "10", "approx", ""),
        ("approx", "9.9", "approx", "result_not_exact"),
        ("eq", "10", "approx", "result_not_exact"),
    ],
)
def test_an_inexact_number_decides_only_what_it_proves(comparator: Any, value: str, got: Any, reason: str) -> None:
    found = against(target("10", comparator=comparator), result(value, comparator=got))
    assert found.reason == reason
    assert reason == "" or found == Comparison(reason=reason)


@pytest.mark.parametrize(
    ("comparator", "value", "reached"),
    [("le", "5", True), ("le", "5.1", False), ("lt", "5", False), ("lt", "4.9", True)],
)
def test_a_ceiling_has_points_and_nothing_beyond(comparator: Any, value: str, reached: bool) -> None:
    found = against(target("5", "%", kind="rate", comparator=comparator), result(value, "%"))
    assert found == Comparison(reached=reached, points=Decimal(value) - 5)


@pytest.mark.parametrize(
    ("goal", "got", "reason"),
    [
        (target("10", "个"), result("10", "公里"), "unit_differs"),
        (target("10", "个"), result("10", ""), ""),
        (target("10", ""), result("10", "个"), ""),
        (target("10", "元"), result("10", ""), "unit_missing"),
        (target("10", ""), result("10", "元"), "unit_missing"),
        (target("10", measure="事故下降"), result("10", measure="事故"), "direction_differs"),
        (target("10", measure="事故下降"), result("10", measure="事故减少"), ""),
        (target("10", measure="人口控制", comparator="approx"), result("10"), "limit_unclear"),
        (target("10", measure="人口控制", comparator="eq"), result("10"), ""),
        (target("10", measure="人口", comparator="approx"), result("10"), ""),
    ],
)
def test_what_is_of_another_scope_is_not_compared(goal: Any, got: Any, reason: str) -> None:
    assert against(goal, got).reason == reason


def test_what_a_rate_confirms_may_differ_in_unit_and_be_far_off_and_in_nothing_else() -> None:
    assert against(target("10", "人次"), result("10", "例"), confirmed=True).reached
    assert against(target("10", "元"), result("10", ""), confirmed=True).reached
    assert against(target("10"), result("60"), confirmed=True).reached
    turned = target("10", measure="事故下降"), result("10", measure="事故")
    assert against(*turned, confirmed=True).reason == "direction_differs"


def test_the_first_reason_is_said_where_the_number_is_far_off_too() -> None:
    assert against(target("10", "个"), result("60", "公里")).reason == "unit_differs"


@pytest.mark.parametrize(
    ("goal", "value", "implausible"),
    [
        (target("10"), "49.9", False),
        (target("10"), "50", True),
        (target("10"), "0.01", False),
        (target("10"), "0.0099", True),
        (target("10"), "0", False),
        (target("0"), "50", False),
        (target("10", kind="growth"), "50", False),
        (target("10", kind="rate"), "50", False),
        # amounts below one are amounts: neither is left unlooked at because it is small
        (target("0.1"), "0.5", True),
        (target("2000"), "0.5", True),
        (target("-10"), "-60", False),
    ],
)
def test_a_level_far_off_is_first_taken_for_a_misreading(goal: Any, value: str, implausible: bool) -> None:
    assert is_implausible(goal, result(value)) is implausible


@pytest.mark.parametrize(
    ("values", "without"),
    [
        ({"value": "0"}, True),
        ({"value": "-1"}, True),
        ({"value": "0.5"}, False),
        ({"value": "1"}, False),
        ({"value": "0", "comparator": "le"}, False),
        ({"value": "0", "comparator": "lt"}, False),
        ({"value": "0", "kind": "growth"}, False),
    ],
)
def test_nothing_can_be_said_of_a_target_of_nothing(values: dict[str, Any], without: bool) -> None:
    goal = target(**values)
    assert is_without_base(goal) is without
    assert (against(goal, result("0.5")).reason == "zero_base") is without


@pytest.mark.parametrize(
    ("goal", "got", "off"),
    [
        ("10000", "1", True),
        ("50000", "1", True),
        ("50001", "1", False),
        ("2000", "1", True),
        ("1999", "1", False),
        ("0", "1", False),
        ("60000", "6", True),
    ],
)
def test_ten_thousand_off_is_within_five_times(goal: str, got: str, off: bool) -> None:
    assert is_ten_thousand_off(target(goal), result(got)) is off


def test_units_of_one_group_are_the_same_and_a_lost_one_is_missing() -> None:
    assert unit_relation("个", "家", WORDS) == unit_relation("元", "元", WORDS) == "same"
    assert unit_relation("", "", WORDS) == "same"
    assert unit_relation("元", "", WORDS) == unit_relation("", "元", WORDS) == "missing"
    assert unit_relation("元", "个", WORDS) == "differs"
    assert unit_relation("个", "元", WORDS) == "differs"
