"""Sums: shares of areas, components, figures of areas in reports, and which of them belong together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.assess.areas import area_results, area_share, area_tally, parts_of, single_shares, tied_target
from generator.assess.subject import Subject
from generator.model import AreaTally, Commitment
from tests.assess_examples import (
    WORDS,
    allocation,
    commitment,
    register,
    report,
    result,
    source,
    tally,
    target,
)

CLEAR, FOUND, OPEN, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)


def area(value: str, name: str, number: int = 2, **values: Any) -> Any:
    return result(value, values.pop("unit", "个"), id=f"v{number}", area=name, **values)


def told(*results: Any, **values: Any) -> Commitment:
    return commitment(reports=(report("公园", *results, kind="annual"),), **values)


# --- which figures belong together --------------------------------------------------------------


def test_a_figure_of_an_area_answers_its_own_target_or_that_of_its_total() -> None:
    total = result("9", id="v9", target="t9")
    part, own = area("1", "东区", 3, target="", part_of="v9"), area("1", "东区", 4, target="t1")
    one = report("公园", result("7", id="v8", target="t8"), total, part, own)
    assert tied_target(one, part) == "t9"
    assert tied_target(one, own) == "t1"
    assert tied_target(one, area("1", "东区", target="t1", part_of="v7")) == ""


def test_figures_of_areas_are_those_of_a_target_that_have_come_about() -> None:
    named, other = area("1", "东区"), area("2", "西区", 3, target="t2")
    expected, whole = area("3", "南区", 4, forecast=True), result("4", id="v5")
    one = report("公园", named, other, expected, whole)
    assert area_results(one, "t1") == (named,)
    assert area_results(one, "t2") == (other,)


def test_parts_of_a_total_name_it_and_where_none_does_are_of_its_target_and_measure() -> None:
    total = result("9", id="v9")
    named = area("1", "东区", 2, target="", part_of="v9")
    alike, expected = area("2", "西区", 3), area("3", "南区", 4, forecast=True)
    assert parts_of(report("公园", total, named, alike, expected), total) == (named,)
    elsewhere = area("1", "东区", 5, part_of="v8")
    other_target, other_measure = area("2", "北区", 6, target="t2"), area("2", "北区", 7, measure="广场")
    assert parts_of(report("公园", total, alike, expected, elsewhere, other_target, other_measure), total) == (alike,)
    loose = result("9", id="v9", target="")
    assert parts_of(report("公园", loose, area("2", "西区", target="")), loose) == ()
    gone = area("3", "南区", 4, forecast=True, target="", part_of="v9")
    assert parts_of(report("公园", total, gone), total) == ()


def test_a_share_is_the_only_one_of_its_area_above_nothing() -> None:
    shares = (
        allocation("a1", "东区", "4"),
        allocation("a2", "西区", "3"),
        allocation("a3", "西区", "3"),
        allocation("a4", "南区", "0"),
        allocation("a5", "北区", "5", part="新建"),
        allocation("a6", "中区", "0.5"),
    )
    assert sorted(single_shares(shares)) == ["东区", "中区"]


def test_the_share_of_an_area_is_that_of_the_target_of_its_figure() -> None:
    first = target(allocations=(allocation("a1", "东区", "4"),))
    second = target(id="t2", allocations=(allocation("a2", "东区", "5"),))
    one = commitment(targets=(first, second))
    figure = area("1", "东区", target="t2")
    found = area_share(one, report("公园", figure), figure)
    assert found is not None and found.id == "a2"
    whole, loose = result("1"), area("1", "东区", target="")
    assert area_share(one, report("公园", whole), whole) is None
    assert area_share(one, report("公园", loose), loose) is None
    unnamed = commitment(targets=(target(allocations=(allocation("a1", "", "4"),)),))
    assert area_share(unnamed, report("公园", whole), whole) is None


# --- how the areas stand ------------------------------------------------------------------------


def stands(*figures: Any, shares: Any = None, **values: Any) -> AreaTally | None:
    goal = target(allocations=shares or (allocation("a1", "东区", "4"), allocation("a2", "西区", "6")), **values)
    one = told(*figures, targets=(goal,))
    return area_tally(Subject(register(one, sources=(source("annual"),)), one, WORDS), goal)


@pytest.mark.parametrize(
    ("comparator", "some"), [("eq", True), ("ge", True), ("gt", True), ("le", False), ("lt", False), ("approx", False)]
)
def test_a_figure_that_may_be_less_says_nothing_of_its_area(comparator: Any, some: bool) -> None:
    assert (stands(area("4", "东区", comparator=comparator), area("6", "西区", 3)) is not None) is some


def test_areas_are_compared_in_the_unit_of_their_share() -> None:
    assert stands(area("4", "东区", unit="家"), area("6", "西区", 3)) is not None
    assert stands(area("4", "东区", unit="元"), area("6", "西区", 3)) is None


@pytest.mark.parametrize(("comparator", "some"), [("eq", True), ("ge", True), ("le", False), ("lt", False)])
def test_areas_below_a_ceiling_are_not_counted(comparator: Any, some: bool) -> None:
    assert (stands(area("4", "东区"), area("6", "西区", 3), comparator=comparator) is not None) is some


def test_no_surplus_of_one_area_fills_the_gap_of_another_and_a_loss_is_nothing() -> None:
    assert stands(area("9", "东区"), area("3", "西区", 3)) == AreaTally(2, 1, 0, Decimal("0.7"))
    assert stands(area("-2", "东区"), area("3", "西区", 3)) == AreaTally(2, 0, 0, Decimal("0.3"))
    assert stands(area("4", "东区"), area("6", "西区", 3)) == AreaTally(2, 2, 0, Decimal(1))
    half = (allocation("a1", "东区", "0.5"), allocation("a2", "西区", "0.5"))
    assert stands(area("0.5", "东区"), area("0", "西区", 3), shares=half) == AreaTally(2, 1, 0, Decimal("0.5"))


# --- figures of areas in a report ---------------------------------------------------------------


def test_a_total_with_fewer_than_two_areas_does_not_hide_the_next() -> None:
    lone = result("1", id="v8", target="t8")
    one = told(lone, result("10"), area("6", "东区"), area("5", "西区", 3))
    assert tally("allocation", one) == FOUND


@pytest.mark.parametrize(
    ("total", "figures", "counted"),
    [
        (result("10"), (area("6", "东区"), area("4", "西区", 3)), CLEAR),
        (result("10", forecast=True), (area("6", "东区"), area("5", "西区", 3)), NOTHING),
        (result("10", area="全区"), (area("6", "东区"), area("5", "西区", 3)), NOTHING),
        (result("10"), (area("6", "东区"), area("5", "西区", 3, unit="元")), OPEN),
        (result("10"), (area("6", "东区"), area("5", "西区", 3, comparator="gt")), OPEN),
        (result("10", comparator="gt"), (area("6", "东区"), area("5", "西区", 3)), OPEN),
        # 1.0万 may be 10,500, and 0.6万 6,500: what rounding hides is added up
        (result("10000", printed="1.0万个"), (area("6000", "东区"), area("4500", "西区", 3)), CLEAR),
        (result("10000", printed="1.0万个"), (area("6000", "东区"), area("4501", "西区", 3)), FOUND),
        (result("10000", printed="1.0万个"), (area("6000", "东区"), area("3500", "西区", 3)), CLEAR),
        (result("10000", printed="1.0万个"), (area("6000", "东区"), area("3499", "西区", 3)), OPEN),
        (result("10000"), (area("6000", "东区", printed="0.6万个"), area("4500", "西区", 3)), CLEAR),
    ],
)
def test_figures_of_areas_against_their_total(total: Any, figures: Any, counted: tuple[int, int, int]) -> None:
    assert tally("allocation", told(total, *figures)) == counted


# --- shares against the target ------------------------------------------------------------------


def test_shares_of_which_one_is_in_another_unit_are_not_added() -> None:
    shares = (allocation("a1", "东区", "4"), allocation("a2", "西区", "6", "元"))
    assert tally("allocation", commitment(targets=(target(allocations=shares),))) == OPEN


@pytest.mark.parametrize(
    ("comparator", "second", "counted"),
    [
        ("gt", "7", CLEAR),
        ("gt", "5", FOUND),
        ("lt", "5", CLEAR),
        ("lt", "7", FOUND),
        ("le", "7", FOUND),
        ("eq", "6", CLEAR),
    ],
)
def test_more_than_and_less_than_ask_as_or_more_and_or_less_do(
    comparator: Any, second: str, counted: tuple[int, int, int]
) -> None:
    shares = (allocation("a1", "东区", "4"), allocation("a2", "西区", second))
    assert tally("allocation", commitment(targets=(target(allocations=shares, comparator=comparator),))) == counted


@pytest.mark.parametrize(("share", "counted"), [("-9.4", FOUND), ("-9.5", CLEAR), ("-10.5", CLEAR), ("-10.6", FOUND)])
def test_the_slack_of_about_is_of_the_size_of_a_number_below_nothing(share: str, counted: tuple[int, int, int]) -> None:
    goal = target("-10", comparator="approx", allocations=(allocation("a1", "东区", share),))
    assert tally("allocation", commitment(targets=(goal,))) == counted


@pytest.mark.parametrize(
    ("targets", "counted"),
    [
        ((target(), target("4", id="t2", part="甲"), target("6", id="t3", part="乙")), CLEAR),
        # one component is no split
        ((target(), target("14", id="t2", part="甲")), NOTHING),
        # without a total, or with two, nothing can be said
        ((target("4", id="t2", part="甲"), target("6", id="t3", part="乙")), OPEN),
        ((target(), target("12", id="t4"), target("4", id="t2", part="甲"), target("6", id="t3", part="乙")), OPEN),
        # a total of another unit is none of these, and one component of another unit makes them none of it
        ((target("10", "元"), target("4", id="t2", part="甲"), target("6", id="t3", part="乙")), OPEN),
        ((target(), target("4", id="t2", part="甲"), target("6", "元", id="t3", part="乙")), OPEN),
        # rates are neither totals nor components
        ((target("9", kind="rate"), target("4", id="t2", part="甲"), target("6", id="t3", part="乙")), OPEN),
        ((target(), target("4", id="t2", part="甲"), target("9", id="t3", part="乙", kind="rate")), NOTHING),
        # about ten is not exceeded by 10.4 and is by 11
        (
            (target(comparator="approx"), target("4.4", id="t2", part="甲"), target("6", id="t3", part="乙")),
            CLEAR,
        ),
        ((target(comparator="gt"), target("4", id="t2", part="甲"), target("5", id="t3", part="乙")), OPEN),
    ],
)
def test_components_against_their_total(targets: Any, counted: tuple[int, int, int]) -> None:
    assert tally("allocation", commitment(targets=targets)) == counted
