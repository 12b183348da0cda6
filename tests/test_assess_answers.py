"""The answers about a commitment, each from what it is made of: the day, the targets, the words, the evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args

import pytest

from generator.assess.states import (
    calendar_state,
    due_state,
    least_attained,
    newest_document_date,
    newest_report_date,
    says_more,
    schedule_state,
    status,
)
from generator.assess.subject import Subject
from generator.model import AssessedTarget, Commitment, ReportedState, ScheduleState
from tests.assess_examples import WORDS, YEAR, assess, commitment, register, report, result, source, target

MARCH, JUNE, DECEMBER = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 12, 31)


def subject(one: Commitment, sources: Any = None) -> Subject:
    return Subject(register(one, sources=sources), one, WORDS)


def became(state: Any, reason: str = "", **values: Any) -> AssessedTarget:
    return AssessedTarget(target=target(**values), schedule_state=state, reason=reason)


# --- the day ------------------------------------------------------------------------------------


def test_the_newest_dated_report_says_as_of_when() -> None:
    undated = report("一", id="r3", as_of=None)
    one = commitment(reports=(report("一"), report("二", kind="annual", id="r2"), undated))
    assert newest_report_date(subject(one)) == DECEMBER
    assert newest_report_date(subject(commitment(reports=(undated,)))) is None
    assert newest_report_date(subject(commitment())) is None


@pytest.mark.parametrize(
    ("days", "newest"),
    [
        ({"as_of": MARCH, "published_on": JUNE, "written_on": DECEMBER}, MARCH),
        ({"published_on": JUNE, "written_on": DECEMBER}, JUNE),
        ({"written_on": DECEMBER}, DECEMBER),
        ({}, None),
    ],
)
def test_a_document_speaks_of_its_day_else_of_when_it_was_published_or_written(days: Any, newest: date | None) -> None:
    one = register(commitment(), sources=(source("plan", **days),))
    assert newest_document_date(one) == newest
    older = source("plan", id="s-old", written_on=date(YEAR, 1, 2))
    both = register(commitment(), sources=(source("plan", **days), older))
    assert newest_document_date(both) == (newest or date(YEAR, 1, 2))


def test_due_is_asked_at_the_newest_report_and_where_none_is_dated_at_the_newest_document() -> None:
    half, year = source("half_year"), source("annual")
    one = commitment(due=date(YEAR, 9, 30), reports=(report("一"),))
    assert due_state(subject(one, (half, year))) == "not_due"
    assert due_state(subject(commitment(due=date(YEAR, 9, 30)), (half, year))) == "past_due"
    assert calendar_state(JUNE, None) == "not_due"


# --- the schedule -------------------------------------------------------------------------------

WORST_FIRST = ("missed", "far_behind", "behind", "on_schedule", "met_late", "ahead", "met", "exceeded")


@pytest.mark.parametrize(("worse", "better"), [*pairwise(WORST_FIRST)])
def test_the_worse_of_two_targets_drives_in_whatever_order(worse: Any, better: Any) -> None:
    assert schedule_state((became(worse), became(better))) == (worse, "")
    assert schedule_state((became(better), became(worse))) == (worse, "")


@pytest.mark.parametrize("state", WORST_FIRST)
def test_falling_short_in_one_is_falling_short_and_any_other_state_needs_all(state: Any) -> None:
    short = state in {"missed", "far_behind", "behind"}
    both = (became(state), became("not_computable", "unit_differs"))
    assert schedule_state(both) == (state if short else "not_computable", "partly_computable")


def test_without_a_number_the_one_reason_is_said_and_of_two_none() -> None:
    one, other = became("not_computable", "unit_differs"), became("not_computable", "no_result")
    assert schedule_state(()) == ("not_computable", "no_target")
    assert schedule_state((one, one)) == ("not_computable", "unit_differs")
    assert schedule_state((one, other)) == ("not_computable", "no_single_reason")


@pytest.mark.parametrize(
    ("component", "total", "whole"),
    [
        (became("not_computable", "no_result", part="街头"), became("met"), True),
        (became("not_computable", "unit_differs", part="街头"), became("met"), False),
        (became("not_computable", "no_result"), became("met"), False),
        # what is known of another component is no total
        (became("not_computable", "no_result", part="街头"), became("met", part="社区"), False),
    ],
)
def test_a_component_without_a_number_is_passed_over_only_where_the_total_has_one(
    component: AssessedTarget, total: AssessedTarget, whole: bool
) -> None:
    expected = ("met", "") if whole else ("not_computable", "partly_computable")
    assert schedule_state((component, total)) == expected


def test_where_the_total_has_no_number_the_reasons_of_both_count() -> None:
    component = became("not_computable", "no_result", part="街头")
    total = became("not_computable", "unit_differs")
    assert schedule_state((component, total)) == ("not_computable", "no_single_reason")


STATUS = {
    "exceeded": "met",
    "met": "met",
    "met_late": "met",
    "ahead": "on_schedule",
    "on_schedule": "on_schedule",
    "behind": "behind",
    "far_behind": "behind",
    "missed": "missed",
}
CLAIMED = {
    "completed": "claimed",
    "exceeded": "claimed",
    "under_way": "under_way",
    "not_started": "under_way",
    "changed": "under_way",
    "not_mentioned": "no_report",
    "no_report": "no_report",
}


def test_the_status_is_the_computed_answer_whatever_is_reported() -> None:
    assert set(STATUS) == {*get_args(ScheduleState)} - {"not_computable"}
    for state, expected in STATUS.items():
        assert status(state, "completed") == status(state, "no_report") == expected  # type: ignore[arg-type]


def test_where_nothing_is_computed_the_status_is_what_is_reported() -> None:
    assert set(CLAIMED) == {*get_args(ReportedState)}
    for state, expected in CLAIMED.items():
        assert status("not_computable", state) == expected  # type: ignore[arg-type]


def test_the_least_attained_share_is_shown_of_those_that_have_one() -> None:
    shares = [
        AssessedTarget(target=target(), schedule_state="met", attained=share)
        for share in (Decimal("1.2"), None, Decimal("0.9"))
    ]
    assert least_attained(tuple(shares)) == Decimal("0.9")
    assert least_attained((shares[1],)) is None


# --- what the words promise beyond the numbers --------------------------------------------------


def promise(text: str, *printed: str, start: int = 0) -> Commitment:
    places = ((one, start + text.index(one)) for one in printed)
    goals = (target(id=f"t{n}", printed=one, start=at, end=at + len(one)) for n, (one, at) in enumerate(places))
    return commitment(text=text, start=start, end=start + len(text), targets=tuple(goals))


@pytest.mark.parametrize(
    ("text", "printed", "more"),
    [
        ("新建公园10个", ("10个",), False),
        ("新建公园10个，完善步道", ("10个",), True),
        ("新建公园10个，步道5公里", ("10个", "5公里"), False),
        ("新建公园10个，步道5公里。加强巡查", ("10个", "5公里"), True),
        # a number at the very start of its clause, or of the next one, is in that clause alone
        ("10个公园建成，完善步道", ("10个",), True),
        ("完善步道，10个公园建成", ("10个",), True),
        ("完善步道。10个公园建成", ("10个",), True),
        ("10个公园建成", ("10个",), False),
    ],
)
@pytest.mark.parametrize("start", [0, 7])
def test_a_promise_says_more_where_a_clause_has_none_of_its_numbers(
    text: str, printed: tuple[str, ...], more: bool, start: int
) -> None:
    assert says_more(promise(text, *printed, start=start)) is more


def test_of_a_number_printed_twice_the_place_in_the_promise_decides() -> None:
    text = "公园10个，其中10个街头"
    second = target(printed="10个", start=100 + text.rindex("10个"), end=0)
    one = commitment(text=text, start=100, end=100 + len(text), targets=(second,))
    assert says_more(one)
    first = target(id="t2", printed="10个", start=100 + text.index("10个"), end=0)
    assert not says_more(commitment(text=text, start=100, end=100 + len(text), targets=(second, first)))


# --- evidence -----------------------------------------------------------------------------------


def grade(*results: Any, **values: Any) -> str:
    told = values.pop("told", {})
    stated = values.pop("sources", (source("half_year"),))
    one = commitment(reports=(report("公园4个", *results, **told),), **values)
    return assess(one, sources=stated).evidence_grade


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "A"),
        ({"area": "东区"}, "B"),
        ({"forecast": True}, "B"),
        ({"target": ""}, "B"),
        ({"target": "t2"}, "B"),
        ({"unit": "公里"}, "B"),
    ],
)
def test_full_evidence_is_a_number_of_the_whole_that_answers_a_target(values: Any, expected: str) -> None:
    assert grade(result("4", **values)) == expected


def test_full_evidence_answers_the_target_that_it_names() -> None:
    second = target(id="t2", unit="公里")
    assert grade(result("4", "公里", target="t2"), targets=(target(), second)) == "A"


def test_one_full_number_among_others_is_full_evidence() -> None:
    assert grade(result("4", area="东区"), result("9", id="v2")) == "A"


@pytest.mark.parametrize(
    ("told", "stated", "dated", "expected"),
    [
        ({}, (source("half_year"),), None, "A"),
        ({}, (source("half_year", as_of_reason="标题"),), None, "B"),
        ({}, (source("half_year", as_of_reason="标题"),), JUNE, "A"),
        ({"as_of": None}, (source("half_year"),), None, "B"),
        ({"as_of": None}, (source("half_year"),), JUNE, "A"),
        ({}, (source("plan"),), None, "B"),
    ],
)
def test_the_date_of_full_evidence_is_printed(told: Any, stated: Any, dated: date | None, expected: str) -> None:
    assert grade(result("4", as_of=dated), told=told, sources=stated) == expected


def test_one_report_with_a_rate_or_with_words_is_enough() -> None:
    from tests.assess_examples import rate

    rated = report("完成40%", rates=(rate("40", result=""),))
    silent = report("", id="r2")
    assert assess(commitment(reports=(rated, silent))).evidence_grade == "C"
    assert assess(commitment(reports=(report("正在推进"), silent))).evidence_grade == "D"
    assert assess(commitment(reports=(silent,))).evidence_grade == "E"
