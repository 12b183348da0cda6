"""The city's own milestones as shares of a target: which belong to it, what they ask for, and by when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.assess.milestones import (
    agree,
    are_instalments,
    expected_share,
    linear_share,
    official_steps,
    target_milestones,
)
from tests.assess_examples import WORDS, YEAR, commitment, milestone, target

MARCH, JUNE, SEPTEMBER = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30)


def shares(goal: Any, *milestones: Any) -> list[tuple[date, Decimal]]:
    one = commitment(targets=(goal,), milestones=milestones)
    return [(step.due, step.share) for step in official_steps(one, goal, WORDS)]


def test_milestones_are_taken_in_the_order_of_their_dates() -> None:
    found = shares(target(), milestone(JUNE, "7", id="m2"), milestone(MARCH, "2", id="m1"))
    assert found == [(MARCH, Decimal("0.2")), (JUNE, Decimal("0.7"))]


@pytest.mark.parametrize(
    ("other", "belongs"),
    [
        (milestone(JUNE, "7"), True),
        (milestone(None, "7"), False),
        (milestone(JUNE, None), False),
        (milestone(JUNE, "7", basis="none"), False),
        (milestone(JUNE, None, basis="level"), False),
        (milestone(JUNE, "7", target="t2"), False),
        (milestone(JUNE, "7", target=""), True),
    ],
)
def test_a_step_needs_a_date_a_number_and_the_target(other: Any, belongs: bool) -> None:
    one = commitment(milestones=(other,))
    assert target_milestones(one, one.targets[0]) == ((other,) if belongs else ())


def test_a_step_that_names_its_target_is_its_own_among_several() -> None:
    named, unnamed = milestone(JUNE, "7"), milestone(JUNE, "7", target="")
    one = commitment(targets=(target(), target("5", id="t2")), milestones=(named, unnamed))
    assert target_milestones(one, one.targets[0]) == (named,)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (milestone(JUNE, "7"), [Decimal("0.7")]),
        (milestone(JUNE, "0"), [Decimal(0)]),
        (milestone(JUNE, "7", "公里"), []),
        (milestone(JUNE, "70", "%", basis="share"), [Decimal("0.7")]),
    ],
)
def test_an_amount_is_of_the_unit_of_its_target_and_a_share_of_any(other: Any, found: list[Decimal]) -> None:
    assert [share for _, share in shares(target(), other)] == found


@pytest.mark.parametrize(("value", "some"), [("0", False), ("-10", False), ("0.5", True)])
def test_a_target_of_nothing_has_no_steps(value: str, some: bool) -> None:
    assert bool(shares(target(value), milestone(JUNE, "0.2"))) is some


@pytest.mark.parametrize(
    ("milestones", "instalments"),
    [
        ((milestone(MARCH, "4"), milestone(JUNE, "6")), True),
        ((milestone(MARCH, "4"), milestone(JUNE, "5")), False),
        ((milestone(JUNE, "10"),), False),
        ((milestone(MARCH, "10"), milestone(JUNE, None)), False),
        ((milestone(MARCH, "4"), milestone(JUNE, "6"), milestone(SEPTEMBER, None, basis="amount")), False),
        ((milestone(MARCH, "4"), milestone(JUNE, "6"), milestone(SEPTEMBER, "60", "%", basis="share")), False),
        ((milestone(MARCH, "4"), milestone(JUNE, "6", basis="level")), False),
        ((milestone(MARCH, "2"), milestone(JUNE, "3"), milestone(SEPTEMBER, "5")), True),
    ],
)
def test_amounts_that_all_add_up_to_the_target_are_instalments(milestones: Any, instalments: bool) -> None:
    assert are_instalments(target(), [*milestones]) is instalments


def test_instalments_are_added_up_and_others_are_not() -> None:
    assert shares(target(), milestone(MARCH, "4"), milestone(JUNE, "6")) == [
        (MARCH, Decimal("0.4")),
        (JUNE, Decimal(1)),
    ]
    nothing = shares(target(), milestone(MARCH, "0"), milestone(JUNE, "10"))
    assert nothing == [(MARCH, Decimal(0)), (JUNE, Decimal(1))]


def test_steps_agree_where_none_asks_for_less_than_before() -> None:
    def steps(*values: str) -> Any:
        months = (MARCH, JUNE, SEPTEMBER)
        goal = target("100")
        planned = tuple(milestone(day, value) for day, value in zip(months, values, strict=False))
        return official_steps(commitment(targets=(goal,), milestones=planned), goal, WORDS)

    assert agree(steps("20", "20", "70")) and agree(steps("20"))
    assert not agree(steps("20", "19", "70"))
    assert expected_share(steps("20", "50"), MARCH) == Decimal("0.2")
    assert expected_share(steps("20", "50"), date(YEAR, 3, 30)) is None
    assert expected_share(steps("20", "50"), SEPTEMBER) == Decimal("0.5")


@pytest.mark.parametrize(
    ("start", "end", "at", "share"),
    [
        (date(YEAR, 1, 1), date(YEAR, 1, 3), date(YEAR, 1, 1), "0.3333"),
        (date(YEAR, 1, 1), date(YEAR, 1, 4), date(YEAR, 1, 2), "0.5"),
        (date(YEAR, 1, 1), date(YEAR, 1, 4), date(YEAR, 1, 4), "1"),
        (date(YEAR, 1, 1), date(YEAR, 1, 4), date(YEAR, 1, 9), "1"),
        (date(YEAR, 1, 1), date(YEAR, 1, 1), date(YEAR, 1, 1), "1"),
        (date(YEAR, 1, 2), date(YEAR, 1, 4), date(YEAR, 1, 1), None),
        (date(YEAR, 1, 2), date(YEAR, 1, 1), date(YEAR, 1, 3), None),
        (date(YEAR, 1, 3), date(YEAR, 1, 1), date(YEAR, 1, 4), None),
    ],
)
def test_a_straight_line_counts_days_of_the_period_alone(start: date, end: date, at: date, share: str | None) -> None:
    assert linear_share(start, end, at) == (None if share is None else Decimal(share))
