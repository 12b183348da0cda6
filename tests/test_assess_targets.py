"""What became of one target: which of its numbers counts, what is said where none does, and where it stands in time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.model import AssessedTarget, Commitment
from tests.assess_examples import (
    YEAR,
    allocation,
    assess,
    commitment,
    milestone,
    rate,
    report,
    result,
    source,
    target,
)

MARCH, JUNE, SEPTEMBER, DECEMBER = (date(YEAR, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)))


def became(*results: Any, text: str = "新建公园", **values: Any) -> AssessedTarget:
    """What became of the first target by the annual report with these results."""
    rates, told = values.pop("rates", ()), values.pop("told", {})
    return first(report(text, *results, rates=rates, kind="annual", **told), **values)


def first(*reports: Any, sources: Any = None, **values: Any) -> AssessedTarget:
    return assess(commitment(reports=reports, **values), sources=sources).targets[0]


# --- which number counts ------------------------------------------------------------------------


def test_what_counts_is_named_with_its_report_and_its_day() -> None:
    one = became(result("9"))
    assert (one.schedule_state, one.report, one.result, one.as_of) == ("missed", "r1", "v1", DECEMBER)
    assert (one.attained, one.points, one.reason) == (Decimal("0.9"), None, "")


def test_a_percentage_has_its_points() -> None:
    one = became(result("75", "%"), targets=(target("80", "%", kind="rate"),))
    assert (one.points, one.attained) == (Decimal(-5), None)


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ((result("9", forecast=True),), "forecast_only"),
        ((result("9", area="东区"),), "area_only"),
        ((result("9", area="东区"), result("9", forecast=True, id="v2")), "forecast_only"),
        ((result("9", as_of=date(YEAR - 1, 12, 31)),), "earlier_year"),
    ],
)
def test_where_no_number_counts_the_report_that_has_them_is_named(results: Any, reason: str) -> None:
    one = became(*results)
    assert (one.schedule_state, one.reason, one.report, one.result) == ("not_computable", reason, "r1", "")


def test_the_first_day_of_the_year_is_of_the_year() -> None:
    assert became(result("10", as_of=date(YEAR, 1, 1))).schedule_state == "met"


def test_a_number_of_a_year_after_the_period_is_of_something_else() -> None:
    late = source("annual", as_of=date(YEAR + 2, 3, 31))
    told = report("新建公园10个", result("10"), kind="annual", as_of=date(YEAR + 2, 3, 31))
    one = first(told, sources=(late,))
    assert (one.reason, one.report) == ("later_year", "r1")
    edge = date(YEAR + 1, 12, 31)
    told = report("新建公园10个", result("10"), kind="annual", as_of=edge)
    assert first(told, sources=(source("annual", as_of=edge),)).schedule_state == "met"
    # what was due before the year may be reported as late as what is due in it
    assert first(told, sources=(source("annual", as_of=edge),), due=date(YEAR - 1, 6, 30)).schedule_state == "met"


def test_the_newest_of_dated_numbers_counts() -> None:
    spring, autumn = result("12", as_of=MARCH), result("9", id="v2", as_of=DECEMBER)
    assert became(spring, autumn).result == became(autumn, spring).result == "v2"


def test_an_undated_number_of_an_undated_report_is_of_no_day() -> None:
    plain = source("annual", as_of=None)
    told = report("新建公园9个", result("9"), kind="annual", as_of=None)
    one = first(told, sources=(plain,))
    assert (one.schedule_state, one.as_of) == ("missed", None)
    dated = report("新建公园", result("12"), result("9", id="v2", as_of=DECEMBER), kind="annual", as_of=None)
    assert first(dated, sources=(plain,)).result == "v2"


def test_of_several_numbers_that_all_reach_it_the_lowest_is_shown() -> None:
    one = became(result("12"), result("11", id="v2"))
    assert (one.schedule_state, one.result, one.as_of) == ("exceeded", "v2", DECEMBER)
    left_open = became(result("12"), result("9", id="v2"))
    assert (left_open.reason, left_open.report, left_open.result) == ("several_results", "r1", "")


@pytest.mark.parametrize(
    ("other", "told", "disagree"),
    [
        (result("9"), {}, True),
        (result("10"), {}, False),
        (result("9"), {"as_of": SEPTEMBER}, False),
        (result("9", as_of=SEPTEMBER), {}, False),
        (result("9", forecast=True), {}, False),
        (result("9", target=""), {}, False),
    ],
)
def test_two_documents_of_one_day_that_give_two_numbers_decide_nothing(other: Any, told: Any, disagree: bool) -> None:
    one = first(
        report("新建公园10个", result("10"), kind="annual"),
        report("新建公园", other, kind="annual", id="r2", **told),
    )
    expected = ("not_computable", "documents_disagree") if disagree else ("met", "")
    assert (one.schedule_state, one.reason) == expected
    assert one.report == "r1"


def test_a_third_document_that_gives_another_number_is_not_overlooked() -> None:
    silent = report("无", kind="annual", id="r2")
    one = first(
        report("新建公园10个", result("10"), kind="annual"),
        silent,
        report("新建公园9个", result("9"), kind="annual", id="r3"),
    )
    assert one.reason == "documents_disagree"


def test_a_newer_document_without_the_number_hides_no_disagreement_of_the_older_ones() -> None:
    silent = report("无", kind="annual", id="r9")
    halves = (report("新建公园10个", result("10")), report("新建公园9个", result("9"), id="r2"))
    assert first(silent, *halves).reason == "documents_disagree"


def test_numbers_of_another_target_are_not_held_against_it() -> None:
    goals = (target(), target(id="t2"))
    one = first(
        report("新建公园10个", result("10"), kind="annual"),
        report("广场", result("4", target="t2"), kind="annual", id="r2"),
        targets=goals,
    )
    assert one.schedule_state == "met"


# --- why there is no number ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reports", "sources", "reason"),
    [
        ((), (source("plan"),), "no_report"),
        ((), (source("plan"), source("annual")), "not_mentioned"),
        ((report("正在推进"),), None, "no_result"),
        ((report("完成40%", rates=(rate("40", result=""),)),), None, "rate_only"),
        ((report("完成40%", rates=(rate("40", result="", target=""),)),), None, "no_result"),
        ((report("完成40%", rates=(rate("40", result="", target="t2"),)),), None, "no_result"),
        ((report("其中4个", result("4", relation="part")),), None, "shown_only"),
    ],
)
def test_without_a_number_it_is_said_why(reports: Any, sources: Any, reason: str) -> None:
    one = first(*reports, sources=sources)
    assert (one.schedule_state, one.reason) == ("not_computable", reason)


def test_areas_stand_beside_the_answer() -> None:
    goal = target(allocations=(allocation("a1", "东区", "5"), allocation("a2", "西区", "5")))
    areas = (result("5", area="东区", id="v2"), result("4", area="西区", id="v3"))
    whole = became(result("9"), *areas, targets=(goal,))
    assert whole.areas is not None and (whole.areas.areas, whole.areas.at_target) == (2, 1)
    alone = became(*areas, targets=(goal,))
    assert alone.reason == "area_only" and alone.areas == whole.areas


def test_a_forecast_of_no_day_is_held_against_no_number_of_no_day() -> None:
    undated = source("annual", as_of=None)
    expected = report("新建公园10个", result("10", forecast=True), kind="annual", as_of=None)
    reached = report("新建公园10个", result("10"), kind="annual", as_of=None, id="r2")
    assert first(expected, reached, sources=(undated,)).reason == "forecast_only"
    assert first(reached, expected, sources=(undated,)).schedule_state == "met"


def test_of_two_documents_of_different_days_the_newer_counts_though_both_speak_of_one() -> None:
    half = report("新建公园10个", result("10"), id="r2")
    year = report("1-6月新建公园9个", result("9", as_of=JUNE), kind="annual")
    assert first(half, year).reason == "partial_period"


# --- what its own rate says ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rates", "reason"),
    [
        ("9", (rate("90"),), ""),
        ("9", (rate("120"),), "rate_disagrees"),
        ("12", (rate("110"),), ""),  # reached by the number and by the rate: whichever is wrong, it is reached
        ("12", (rate("100"),), ""),
        ("12", (rate("99"),), "rate_disagrees"),
        ("9", (rate("100"),), "rate_disagrees"),
        ("9", (rate("120", basis="完成省定时序任务的"),), "rate_other_base"),
        ("9", (rate("120"), rate("70", id="p2")), "tie_doubtful"),
        ("9", (rate("120", target=""),), ""),
        # one that follows settles it, whatever else is printed
        ("9", (rate("120"), rate("90", id="p2")), ""),
        # the first that speaks of it counts, not the first that there is
        ("9", (rate("50", id="p2", target="t2"), rate("120")), "rate_disagrees"),
    ],
)
def test_a_number_that_its_rate_does_not_bear_out_is_not_judged(value: str, rates: Any, reason: str) -> None:
    text = f"新建公园{value}个，" + "，".join(f"{one.basis}{one.printed}" for one in rates)
    one = became(result(value), text=text, rates=rates)
    assert one.reason == reason
    assert one.result == "v1"
    assert (one.attained is None) is bool(reason)
    assert (one.schedule_state == "not_computable") is bool(reason)


def test_a_rate_that_fits_another_target_leaves_the_tie_open() -> None:
    goals = (target("300"), target("200", id="t2"))
    told = report("公园240个,完成全年目标的120%", result("240"), rates=(rate("120"),), kind="annual")
    one = first(told, targets=goals)
    assert (one.reason, one.attained) == ("tie_doubtful", None)


def test_a_rate_of_another_report_says_nothing_of_this_one() -> None:
    half = report("公园4个,完成全年目标的65%", result("4"), rates=(rate("65"),))
    year = report("新建公园10个", result("10"), kind="annual", id="r2")
    assert first(half, year).schedule_state == "met"


def test_a_rate_of_another_target_says_nothing_of_this_one() -> None:
    share = rate("65", id="p2", target="t2", result="v2")
    numbers = (result("10"), result("4", "公里", id="v2", target="t2"))
    told = report("新建公园10个，步道4公里，完成全年目标的65%", *numbers, rates=(share,), kind="annual")
    goals = (target(), target(id="t2", unit="公里"))
    both = assess(commitment(targets=goals, reports=(told,))).targets
    assert [(one.schedule_state, one.reason) for one in both] == [("met", ""), ("not_computable", "rate_disagrees")]


@pytest.mark.parametrize("unit", ["个", "%"])
def test_neither_share_nor_points_of_a_count_that_may_be_the_plans_are_shown(unit: str) -> None:
    progress = rate("13.4", basis="平均进度", result="", target="", start=200)
    told = report(f"公园9{unit},平均进度13.4%", result("9", unit), rates=(progress,), kind="annual")
    one = first(told, targets=(target("10", unit),))
    assert (one.reason, one.attained, one.points) == ("stage_of_work", None, None)


# --- where it stands in time --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "value", "reason"),
    [
        (date(YEAR - 1, 12, 31), "9", "date_doubtful"),
        (date(YEAR - 1, 12, 31), "10", ""),
        (date(YEAR, 1, 1), "9", ""),
    ],
)
def test_a_due_date_before_the_year_accuses_nobody(due: date, value: str, reason: str) -> None:
    one = became(result(value), due=due)
    assert one.reason == reason


@pytest.mark.parametrize("comparator", ["le", "lt"])
@pytest.mark.parametrize("value", ["4", "6"])
def test_a_ceiling_is_judged_at_the_end_alone(comparator: Any, value: str) -> None:
    goal = target("5", "%", kind="rate", measure="投诉率", comparator=comparator)
    got = result(value, "%", measure="投诉率")
    assert first(report(f"投诉率{value}%", got), targets=(goal,)).reason == "partial_period"
    assert became(got, text=f"投诉率{value}%", targets=(goal,)).reason == ""


@pytest.mark.parametrize(
    ("due", "as_of", "state"),
    [
        (None, DECEMBER, "missed"),
        (DECEMBER, DECEMBER, "missed"),
        (SEPTEMBER, DECEMBER, "missed"),
        (date(YEAR + 1, 1, 1), DECEMBER, "not_computable"),
        (date(YEAR + 1, 1, 1), None, "missed"),
        (None, None, "missed"),
    ],
)
def test_an_undated_number_of_the_annual_report_is_of_the_end_where_the_end_has_come(
    due: date | None, as_of: date | None, state: str
) -> None:
    told = report("新建公园9个", result("9"), kind="annual", as_of=as_of)
    assert first(told, due=due, sources=(source("annual", as_of=as_of),)).schedule_state == state


@pytest.mark.parametrize(
    ("as_of", "due", "state"),
    [
        (JUNE, JUNE, "missed"),
        (JUNE, date(YEAR, 7, 1), "not_computable"),
        (None, JUNE, "not_computable"),
    ],
)
def test_a_number_of_a_half_year_is_short_where_it_was_due_by_then(as_of: Any, due: date, state: str) -> None:
    assert first(report("新建公园9个", result("9"), as_of=as_of), due=due).schedule_state == state


@pytest.mark.parametrize(
    ("earlier", "state"),
    [
        (result("9", as_of=JUNE), "met_late"),
        (result("9", as_of=MARCH), "met_late"),
        (result("9", as_of=date(YEAR, 3, 30)), "met"),
        (result("10"), "met"),
        (result("9", target=""), "met"),
        (result("9", area="东区"), "met"),
        (result("9", forecast=True), "met"),
        (result("9", "公里"), "met"),
    ],
)
def test_late_is_what_an_earlier_report_had_short_on_or_after_the_due_date(earlier: Any, state: str) -> None:
    half = report("新建公园", earlier)
    year = report("新建公园10个", result("10"), kind="annual", id="r2")
    assert first(half, year, due=MARCH).schedule_state == state
    assert first(half, year).schedule_state == "met"


def test_late_is_found_behind_numbers_that_say_nothing_of_it() -> None:
    half = report("新建公园", result("9", area="东区", id="v2"), result("9"))
    year = report("新建公园10个", result("10"), kind="annual", id="r2")
    assert first(half, year, due=MARCH).schedule_state == "met_late"


def test_what_the_same_report_says_of_an_earlier_day_is_no_earlier_report() -> None:
    both = (result("9", as_of=JUNE), result("10", id="v2", as_of=DECEMBER))
    assert first(report("新建公园", *both, kind="annual"), due=MARCH).schedule_state == "met"


def test_an_undated_shortfall_is_not_known_to_be_late() -> None:
    half = report("新建公园9个", result("9"), as_of=None)
    year = report("新建公园10个", result("10"), kind="annual", id="r2")
    assert first(half, year, due=MARCH).schedule_state == "met"


# --- against the milestones ---------------------------------------------------------------------


def under_way(value: str, *steps: Any, unit: str = "个", **values: Any) -> AssessedTarget:
    told = values.pop("told", {})
    return first(report(f"新建公园{value}{unit}", result(value, unit), **told), milestones=steps, **values)


def test_what_was_expected_is_shown_to_four_digits() -> None:
    one = under_way("1", milestone(MARCH, "1"), targets=(target("3"),))
    assert (one.expected, one.expected_value) == (Decimal("0.3333"), Decimal(1))
    assert one.schedule_state == "on_schedule"
    third = under_way("1", milestone(MARCH, "33.33335", "%", basis="share"), targets=(target("3"),))
    assert (third.expected, third.expected_value) == (Decimal("0.3333"), Decimal("1"))
    fine = under_way("0.5", milestone(MARCH, "33.33335", "%", basis="share"), targets=(target("1"),))
    assert fine.expected_value == Decimal("0.3333")


def test_a_percentage_has_an_expected_value_and_no_expected_share() -> None:
    goal = target("80", "%", kind="rate")
    one = under_way("66", milestone(JUNE, "75", "%", basis="level"), unit="%", targets=(goal,))
    assert (one.expected, one.expected_value, one.linear) == (None, Decimal(75), None)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "state"),
    [
        # of 200: 10 points of the target are 20, 10 points of a percentage are 10
        ("level", "个", "81", "on_schedule"),
        ("level", "个", "80", "behind"),
        ("level", "%", "91", "on_schedule"),
        ("level", "%", "90", "behind"),
        ("rate", "个", "91", "on_schedule"),
        ("rate", "个", "90", "behind"),
    ],
)
def test_amounts_are_behind_by_points_of_the_target_and_percentages_by_their_own(
    kind: Any, unit: str, value: str, state: str
) -> None:
    goal = target("200", unit, kind=kind)
    step = milestone(JUNE, "100", unit)
    assert under_way(value, step, unit=unit, targets=(goal,)).schedule_state == state


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((), "no_official_milestone"),
        ((milestone(date(YEAR - 1, 12, 31), "5"),), "date_doubtful"),
        ((milestone(date(YEAR, 1, 1), "1"),), ""),
        ((milestone(DECEMBER, "10"),), "no_milestone_passed"),
    ],
)
def test_a_step_that_cannot_be_one_of_the_year_judges_nothing(steps: Any, reason: str) -> None:
    assert under_way("4", *steps).reason == reason


def test_a_number_of_no_day_is_held_against_no_step() -> None:
    one = under_way("4", milestone(MARCH, "9"), told={"as_of": None})
    assert (one.schedule_state, one.reason, one.linear) == ("not_computable", "no_official_milestone", None)


@pytest.mark.parametrize(("kind", "linear"), [("level", Decimal("0.4959")), ("rate", None)])
def test_a_straight_line_is_drawn_for_amounts_alone(kind: Any, linear: Decimal | None) -> None:
    assert under_way("4", targets=(target(kind=kind),)).linear == linear


def test_a_straight_line_ends_where_the_promise_does() -> None:
    one = under_way("4", due=SEPTEMBER)
    assert one.linear == Decimal("0.663")


def only(one: Commitment) -> AssessedTarget:
    (found,) = assess(one).targets
    return found


def test_a_part_of_the_year_in_the_annual_report_is_called_so() -> None:
    told = report("1-9月新建公园9个", result("9", as_of=SEPTEMBER), kind="annual")
    assert only(commitment(reports=(told,))).reason == "partial_period"
