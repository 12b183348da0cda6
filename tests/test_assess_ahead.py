"""Words of what is still to come, and what the rest of a year is."""

from __future__ import annotations

import pytest

from generator.assess.ahead import looks_ahead, speaks_of_later, without_plans
from tests.assess_examples import WORDS


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("计划建成公园", True),
        ("预计建成公园", True),
        ("已建成公园", False),
        # the plan of the year is no plan to act
        ("完成年度计划", False),
        ("完成全年目标计划", False),
        ("完成年度计划后计划扩建", True),
        ("完成投资计划", True),
    ],
)
def test_what_is_to_come_is_told_by_its_words(text: str, later: bool) -> None:
    assert speaks_of_later(text, WORDS) is later


def test_a_plan_of_the_year_is_left_out_whole() -> None:
    assert without_plans("完成年度目标任务计划的九成", WORDS) == "完成的九成"


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("下半年计划完成3场", True),
        ("已完成3场,年底前预计完成5场", True),
        ("已完成3场。下半年计划完成5场", True),
        ("计划完成3场", False),
        ("下半年已完成3场", False),
        # both in one clause
        ("下半年已完成3场,计划增加2场", False),
        ("明年下半年计划完成3场", False),
        ("年底计划完成3场,明年再办", True),
        # a year that is named is this one, or the clause is of another
        ("2023年下半年计划完成3场", True),
        ("2024年下半年计划完成3场", False),
        ("2023年下半年和2024年下半年计划完成3场", False),
        ("1998年的校舍下半年计划改造", False),
        ("下半年计划改造2024平方米", True),
    ],
)
def test_a_report_looks_ahead_where_a_clause_has_the_rest_of_its_year_to_come(text: str, ahead: bool) -> None:
    assert looks_ahead(text, 2023, WORDS) is ahead
