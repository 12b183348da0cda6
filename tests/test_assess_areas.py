"""Areas behind a total, percentages in points, steps of a work, and dates and documents that cannot be right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess.ladders import promised_steps
from generator.model import AreaTally, AssessedTarget, Base, Commitment
from tests.assess_examples import (
    WORDS,
    YEAR,
    allocation,
    assess,
    commitment,
    findings,
    milestone,
    rate,
    report,
    result,
    source,
    tally,
    target,
)

JUNE, DECEMBER = date(YEAR, 6, 30), date(YEAR, 12, 31)
CLEAR, FOUND, OPEN, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
AREAS = ("东区", "西区", "南区")


# --- areas --------------------------------------------------------------------------------------


def of_areas(asked: tuple[str, ...], done: tuple[str | None, ...], unit: str = "个", **values: Any) -> Commitment:
    """A target split by area, and a report on its whole and on some of its areas."""
    shares = tuple(allocation(f"a{n}", AREAS[n], number, unit) for n, number in enumerate(asked))
    figures = [
        result(number, unit, id=f"v{n + 2}", area=AREAS[n]) for n, number in enumerate(done) if number is not None
    ]
    goal = target(values.pop("goal", "30"), unit, allocations=shares, **values.pop("target", {}))
    whole = result(values.pop("whole", "33"), unit)
    return commitment(targets=(goal,), reports=(report("公园", whole, *figures, kind="annual"),))


def only(one: Commitment) -> AssessedTarget:
    (found,) = assess(one).targets
    return found


def test_a_total_above_the_target_does_not_hide_the_areas_below_theirs() -> None:
    found = only(of_areas(("10", "10", "10"), ("20", "9", "4")))
    assert (found.schedule_state, found.attained) == ("exceeded", Decimal("1.1"))
    assert found.areas == AreaTally(areas=3, at_target=1, silent=0, capped=Decimal("0.7666"))


def test_an_area_without_a_figure_is_silent_and_no_zero() -> None:
    found = only(of_areas(("10", "10", "10"), ("10", "5", None)))
    assert found.areas == AreaTally(areas=2, at_target=1, silent=1, capped=Decimal("0.75"))


@pytest.mark.parametrize(
    ("asked", "done"),
    [(("10", "10"), ("10", None)), (("0", "10"), ("1", "10")), (("10",), ("10",)), ((), ())],
)
def test_one_area_is_no_comparison(asked: tuple[str, ...], done: tuple[str | None, ...]) -> None:
    assert only(of_areas(asked, done)).areas is None


@pytest.mark.parametrize("shares", [(("新增", "5"), ("提升", "5")), (("新增", "10"),)])
def test_an_area_that_is_asked_for_parts_is_left_out(shares: tuple[tuple[str, str], ...]) -> None:
    one = of_areas(("10", "10", "10"), ("10", "5", "6"))
    (goal,) = one.targets
    parts = tuple(allocation(f"b{n}", "东区", value, part=part) for n, (part, value) in enumerate(shares))
    split = commitment(targets=(replace(goal, allocations=(*goal.allocations[1:], *parts)),), reports=one.reports)
    assert only(split).areas == AreaTally(areas=2, at_target=0, silent=0, capped=Decimal("0.55"))


def test_percentages_of_areas_are_counted_and_not_added() -> None:
    one = of_areas(("83", "83"), ("83", "80"), "%", goal="83", whole="82", target={"kind": "rate"})
    assert only(one).areas == AreaTally(areas=2, at_target=1, silent=0, capped=None)


def test_an_area_with_two_figures_is_left_out() -> None:
    one = of_areas(("10", "10", "10"), ("10", "5", "6"))
    twice = result("7", id="v9", area="东区")
    (told,) = one.reports
    both = commitment(targets=one.targets, reports=(report("公园", *told.results, twice, kind="annual"),))
    assert only(both).areas == AreaTally(areas=2, at_target=0, silent=1, capped=Decimal("0.55"))


@pytest.mark.parametrize(
    ("done", "counted"),
    [(("10", "10", "13"), CLEAR), (("10", "10", "14"), FOUND), (("10", "10", None), OPEN), (("33", None), NOTHING)],
)
def test_figures_of_areas_against_the_total_printed_with_them(
    done: tuple[str | None, ...], counted: tuple[int, int, int]
) -> None:
    assert tally("allocation", of_areas((), done)) == counted


def test_areas_above_their_total_show_the_gap() -> None:
    (found,) = findings("allocation", of_areas((), ("10", "10", "14")))
    assert (found.id, found.severity, found.found, found.expected) == (
        "allocation-r1.v1-areas",
        "notice",
        "34 个",
        "33 个",
    )
    assert "比同一处的总数33 个多1 个" in found.message_zh


def test_percentages_of_areas_are_not_held_against_that_of_the_whole() -> None:
    assert tally("allocation", of_areas((), ("90", "80"), "%", whole="85", target={"kind": "rate"})) == OPEN


@pytest.mark.parametrize(
    ("percent", "basis", "verdict"),
    [
        ("45", "西区完成率", "exact"),
        ("50", "西区完成率", "mismatch"),
        ("50", "西区平均进度", "not_computable"),
        ("50", "西区", "not_computable"),
    ],
)
def test_the_rate_of_an_area_is_of_its_own_share(percent: str, basis: str, verdict: str) -> None:
    one = of_areas(("10", "20", "10"), ("10", "9", "4"))
    (told,) = one.reports
    share = rate(percent, target="", result="v3", basis=basis)
    (found,) = assess(
        commitment(targets=one.targets, reports=(report(f"西区9个,{basis}{percent}%", *told.results, rates=(share,)),))
    ).rates
    assert (found.verdict, found.base_kind) == (verdict, None if verdict == "not_computable" else "area")


# --- percentages --------------------------------------------------------------------------------


def covered(value: str, **values: Any) -> Commitment:
    goal = target("90", "%", kind="rate", measure="覆盖率", **values)
    return commitment(
        targets=(goal,), reports=(report(f"覆盖率{value}%", result(value, "%", measure="覆盖率"), kind="annual"),)
    )


@pytest.mark.parametrize(
    ("value", "points", "state"), [("100", "10", "exceeded"), ("90", "0", "met"), ("81", "-9", "missed")]
)
def test_a_percentage_has_points_and_no_share(value: str, points: str, state: str) -> None:
    one = assess(covered(value))
    found = one.targets[0]
    assert (found.schedule_state, found.attained, found.points) == (state, None, Decimal(points))
    assert one.attained is None


def test_the_milestone_of_a_percentage_is_a_percentage() -> None:
    step = milestone(JUNE, "75", "%", basis="level")
    goal = target("80", "%", kind="rate", measure="覆盖率")
    numbers = (result("70", "%", measure="覆盖率"),)
    found = only(commitment(targets=(goal,), milestones=(step,), reports=(report("覆盖率70%", *numbers),)))
    assert (found.expected, found.expected_value, found.schedule_state) == (None, Decimal(75), "on_schedule")


def test_a_share_of_an_amount_keeps_the_share_beside_the_amount() -> None:
    step = milestone(JUNE, "60", "%", basis="share")
    found = only(commitment(milestones=(step,), reports=(report("公园5个", result("5")),)))
    assert (found.expected, found.expected_value, found.schedule_state) == (Decimal("0.6"), Decimal(6), "behind")


# --- what cannot be right -----------------------------------------------------------------------


def year_end(*results: Any, **values: Any) -> Commitment:
    goal = values.pop("goal", target())
    return commitment(targets=(goal,), reports=(report("新建公园", *results, kind="annual"),), **values)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (year_end(result("0"), goal=target("0")), "zero_base"),
        (year_end(result("3"), goal=target("0")), "zero_base"),
        (year_end(result("3", "%"), goal=target("0", "%", kind="rate")), "zero_base"),
        (year_end(result("9", ""), goal=target("10", "元")), "unit_missing"),
        (year_end(result("9", as_of=date(YEAR - 1, 12, 31))), "earlier_year"),
        (year_end(result("9"), due=date(YEAR - 1, 11, 30)), "date_doubtful"),
    ],
)
def test_bad_input_is_not_computed_and_says_why(one: Commitment, reason: str) -> None:
    found = assess(one)
    assert (found.schedule_state, found.schedule_reason) == ("not_computable", reason)


def test_growth_of_zero_is_a_goal_and_a_ceiling_of_zero_a_ceiling() -> None:
    grown = year_end(result("1", "%"), goal=target("0", "%", kind="growth"))
    assert assess(grown).schedule_state == "exceeded"
    assert assess(year_end(result("0", "起"), goal=target("0", "起", comparator="le"))).schedule_state == "met"


def test_a_ceiling_kept_so_far_is_not_kept_yet() -> None:
    one = commitment(
        targets=(target("5", "%", kind="rate", comparator="le"),), reports=(report("4%", result("4", "%")),)
    )
    assert assess(one).schedule_reason == "partial_period"


def test_a_result_dated_long_after_the_period_is_not_believed() -> None:
    late = source("annual", as_of=date(YEAR + 3, 1, 1))
    told = report("新建公园9个", result("9"), kind="annual", as_of=date(YEAR + 3, 1, 1))
    assert assess(commitment(reports=(told,)), sources=(late,)).schedule_reason == "later_year"


def test_a_milestone_of_another_year_judges_nothing() -> None:
    steps = (milestone(date(YEAR - 1, 3, 31), "5"), milestone(DECEMBER, "10", id="m2"))
    assert (
        assess(commitment(milestones=steps, reports=(report("公园4个", result("4")),))).schedule_reason
        == "date_doubtful"
    )


@pytest.mark.parametrize(("other", "reason"), [("8", "documents_disagree"), ("9", "")])
def test_two_documents_of_one_day_that_disagree_decide_nothing(other: str, reason: str) -> None:
    both = (report("公园9个", result("9"), kind="annual"), report("公园", result(other), kind="annual", id="r2"))
    found = assess(commitment(reports=both))
    assert (found.schedule_state, found.schedule_reason) == (("not_computable", reason) if reason else ("missed", ""))


def test_a_rate_of_a_plan_beside_the_target_does_not_confirm_the_target() -> None:
    plan = Base(value=Decimal(100), unit="公里", printed="100公里", start=1, end=2)
    share = rate("9", basis="完成年度计划的", base=plan)
    told = report("9公里,完成年度计划的9%", result("9", "公里"), rates=(share,), kind="annual")
    found = only(commitment(reports=(told,)))
    assert (found.schedule_state, found.reason) == ("not_computable", "unit_differs")


# --- steps of a work ----------------------------------------------------------------------------


def promised(text: str, told: str, **values: Any) -> Commitment:
    kind = values.pop("kind", "annual")
    return commitment(text=text, targets=(), reports=(report(told, kind=kind),), **values)


@pytest.mark.parametrize(
    ("text", "told", "counted"),
    [
        ("建成西山市民文化中心", "西山市民文化中心正在招标", FOUND),
        ("建成西山市民文化中心", "西山市民文化中心主体结顶", FOUND),
        ("建成西山市民文化中心", "西山市民文化中心主体结顶,计划明年底建成", FOUND),
        ("建成西山市民文化中心", "西山市民文化中心主体结顶,计划年底建成", NOTHING),
        ("建成西山市民文化中心", "西山市民文化中心已完成招标,12月建成投用", CLEAR),
        ("西山市民文化中心开工建设", "西山市民文化中心已完成初步设计", FOUND),
        ("西山市民文化中心开工建设", "西山市民文化中心主体施工", CLEAR),
        ("出台《某某市养老服务条例》", "《某某市养老服务条例》已形成征求意见稿", FOUND),
        ("出台《某某市养老服务条例》", "《某某市养老服务条例》已印发", CLEAR),
        ("出台《某某市养老服务条例》", "制定《某某市养老服务条例》等文件", OPEN),
        ("出台《某某市征求意见办法》", "正在编制《某某市征求意见办法》", FOUND),
        ("出台《某某市养老服务条例》", "养老工作扎实推进", OPEN),
        ("建成西山市民文化中心", "东湖体育公园正在招标", OPEN),
        ("力争建成西山市民文化中心", "西山市民文化中心正在招标", NOTHING),
        ("力争在国庆节前后建成西山市民文化中心", "西山市民文化中心正在招标", NOTHING),
        ("建成西山市民文化中心", "西山市民文化中心正在招标,尚未建成", FOUND),
        ("推进西山市民文化中心", "西山市民文化中心正在招标", NOTHING),
    ],
)
def test_the_last_report_falls_short_of_the_step_that_was_promised(
    text: str, told: str, counted: tuple[int, int, int]
) -> None:
    assert tally("step", promised(text, told)) == counted


def test_before_the_end_no_step_is_late() -> None:
    early = {"kind": "half_year"}
    assert tally("step", promised("建成西山市民文化中心", "西山市民文化中心正在招标", **early)) == NOTHING
    late = promised("建成西山市民文化中心", "西山市民文化中心正在招标", due=date(YEAR, 5, 31), **early)
    assert tally("step", late) == FOUND


def test_a_step_is_quoted_on_both_sides_and_weighs_little() -> None:
    (found,) = findings("step", promised("建成西山市民文化中心", "西山市民文化中心正在招标"))
    assert (found.found, found.expected, found.severity) == ("招标", "建成", "notice")
    assert "“西山市民文化中心正在招标”" in found.message_zh


def test_a_rate_of_building_is_no_promise_to_build() -> None:
    assert promised_steps("全市乡镇街道社会工作站建成率100%", WORDS) == ()


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "state", "quoted"),
    [
        ("甲院完成年度计划任务的100%;乙院完成年度计划任务的102.05%。", "completed", "完成年度计划任务"),
        ("基本完成年度任务。", "under_way", "基本完成年度任务"),
        ("因疫情延期举办。", "changed", "延期"),
        ("召开推进会,因疫情延期至明年。另一项正在建设。", "under_way", "因疫情延期至明年"),
        ("制定方案,已启动改造。", "under_way", "已启动改造"),
        ("今年,制定方案。", "under_way", "制定方案"),
    ],
)
def test_each_claim_has_its_strength(text: str, state: str, quoted: str) -> None:
    one = assess(commitment(targets=(), reports=(report(text),)))
    assert (one.reported_state, one.reported_words) == (state, quoted)
