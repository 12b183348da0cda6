"""The dated answers: due, reported, schedule, status and evidence, each with the case next to its border."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.model import Commitment
from tests.assess_examples import (
    YEAR,
    allocation,
    assess,
    assess_all,
    commitment,
    milestone,
    rate,
    report,
    result,
    source,
    target,
)

JUNE = date(YEAR, 6, 30)
DECEMBER = date(YEAR, 12, 31)


def annual(text: str, *results: Any, **values: Any) -> Commitment:
    goal = values.pop("goal", target())
    rates = values.pop("rates", ())
    return commitment(targets=(goal,), reports=(report(text, *results, rates=rates, kind="annual"),), **values)


# --- due ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "state"),
    [(None, "undated"), (date(YEAR, 7, 1), "not_due"), (JUNE, "due"), (date(YEAR, 6, 29), "past_due")],
)
def test_due_state_is_the_calendar_at_the_newest_report(due: date | None, state: str) -> None:
    assert assess(commitment(due=due, reports=(report("新建公园4个"),))).due_state == state


def test_due_state_of_a_bare_plan_is_that_of_its_own_date() -> None:
    plan = source("plan", written_on=date(YEAR, 2, 1))
    assert assess(commitment(due=JUNE), sources=(plan,)).due_state == "not_due"


# --- schedule: at the end of the year -----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "state", "attained"),
    [("9", "missed", "0.9"), ("10", "met", "1"), ("11", "exceeded", "1.1")],
)
def test_an_annual_number_is_compared_with_the_target(value: str, state: str, attained: str) -> None:
    one = assess(annual(f"新建公园{value}个", result(value)))
    assert (one.schedule_state, one.attained) == (state, Decimal(attained))
    assert one.as_of == DECEMBER


@pytest.mark.parametrize(("comparator", "state"), [("gt", "missed"), ("ge", "met"), ("eq", "met")])
def test_more_than_ten_is_not_reached_by_ten(comparator: str, state: str) -> None:
    assert assess(annual("新建公园10个", result("10"), goal=target(comparator=comparator))).schedule_state == state


@pytest.mark.parametrize(("value", "state"), [("94", "missed"), ("95", "met"), ("105", "met"), ("106", "exceeded")])
def test_about_a_hundred_has_five_percent_of_slack(value: str, state: str) -> None:
    goal = target("100", comparator="approx")
    assert assess(annual(f"新建公园{value}个", result(value), goal=goal)).schedule_state == state


@pytest.mark.parametrize(
    ("comparator", "value", "state"), [("le", "5", "met"), ("lt", "5", "missed"), ("le", "6", "missed")]
)
def test_a_ceiling_turns_round_and_has_no_share(comparator: str, value: str, state: str) -> None:
    goal = target("5", "%", kind="rate", measure="失业率", comparator=comparator)
    one = assess(annual(f"失业率{value}%", result(value, "%", measure="失业率"), goal=goal))
    assert (one.schedule_state, one.attained) == (state, None)


def test_growth_is_compared_and_has_no_share() -> None:
    goal = target("7", "%", kind="growth", measure="生产总值增长")
    one = assess(annual("生产总值增长6.9%", result("6.9", "%", measure="生产总值增长"), goal=goal))
    assert (one.schedule_state, one.attained) == ("missed", None)


def test_a_number_of_part_of_the_year_is_not_missed_but_may_be_met() -> None:
    november = date(YEAR, 11, 30)
    short = assess(annual("1-11月新建公园9个", result("9", as_of=november)))
    assert (short.schedule_state, short.schedule_reason) == ("not_computable", "partial_period")
    assert assess(annual("1-11月新建公园10个", result("10", as_of=november))).schedule_state == "met"


def test_growth_of_part_of_the_year_decides_nothing() -> None:
    goal = target("7", "%", kind="growth", measure="生产总值增长")
    grown = result("12", "%", measure="生产总值增长", as_of=date(YEAR, 9, 30))
    assert assess(annual("前三季度生产总值增长12%", grown, goal=goal)).schedule_reason == "partial_period"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"forecast": True}, "forecast_only"),
        ({"area": "东区"}, "area_only"),
        ({"as_of": date(YEAR - 1, 12, 31)}, "earlier_year"),
        ({"unit": "公里"}, "unit_differs"),
        ({"comparator": "approx"}, "result_not_exact"),
        ({"measure": "公园减少"}, "direction_differs"),
    ],
)
def test_what_is_out_of_scope_is_not_judged(values: dict[str, Any], reason: str) -> None:
    one = assess(annual("新建公园9个", result("9", **values)))
    assert (one.schedule_state, one.schedule_reason) == ("not_computable", reason)


def test_a_lower_bound_proves_that_a_target_is_reached_and_never_that_it_is_not() -> None:
    assert assess(annual("新建公园10余个", result("10", comparator="gt"))).schedule_state == "met"
    assert assess(annual("新建公园9余个", result("9", comparator="gt"))).schedule_reason == "result_not_exact"


def test_a_lost_counting_word_is_still_a_count_but_a_lost_currency_is_not() -> None:
    assert assess(annual("新建公园10", result("10", ""))).schedule_state == "met"
    assert assess(annual("投资10", result("10", ""), goal=target("10", "元"))).schedule_reason == "unit_missing"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("新建公园9个,计划年底前完成其余", "announced_for_later"),
        ("新建公园9个,工程进度良好", "stage_of_work"),
        ("新建公园9个", ""),
    ],
)
def test_a_shortfall_that_the_sentence_explains_is_not_called_missed(text: str, reason: str) -> None:
    one = assess(annual(text, result("9")))
    assert (one.schedule_state, one.schedule_reason) == (("not_computable", reason) if reason else ("missed", ""))


def test_a_number_to_strive_for_is_not_missed_but_may_be_met() -> None:
    text, number = "力争新建公园10个;改建广场5个", target(start=6, end=9)
    reports = (report("新建公园9个", result("9"), kind="annual"),)
    assert assess(commitment(text=text, targets=(number,), reports=reports)).schedule_reason == "striven_for"
    second = target("5", id="t1", start=14, end=16)
    fewer = (report("改建广场4个", result("4"), kind="annual"),)
    assert assess(commitment(text=text, targets=(second,), reports=fewer)).schedule_state == "missed"
    met = (report("新建公园10个", result("10"), kind="annual"),)
    assert assess(commitment(text=text, targets=(number,), reports=met)).schedule_state == "met"


def test_one_of_the_things_of_a_measure_is_no_miss_of_all() -> None:
    goal = target(measure="新建公园、广场")
    assert assess(annual("新建公园9个", result("9"), goal=goal)).schedule_reason == "part_of_measure"


def test_a_planned_number_beside_a_progress_is_not_what_is_done() -> None:
    progress = rate("13.4", basis="平均进度", result="", target="")
    assert assess(annual("公园10个,平均进度13.4%", result("10"), rates=(progress,))).schedule_reason == "stage_of_work"


@pytest.mark.parametrize(("value", "state"), [("49", "exceeded"), ("50", "not_computable")])
def test_five_times_the_target_is_not_believed(value: str, state: str) -> None:
    assert assess(annual(f"新建公园{value}个", result(value))).schedule_state == state


def test_five_times_the_target_is_believed_when_its_rate_says_so() -> None:
    one = assess(annual("新建公园50个,完成全年目标的500%", result("50"), rates=(rate("500"),)))
    assert one.schedule_state == "exceeded"


def test_a_number_that_its_own_rate_contradicts_is_not_judged() -> None:
    one = assess(annual("新建公园9个,完成全年目标的120%", result("9"), rates=(rate("120"),)))
    assert (one.schedule_state, one.schedule_reason, one.attained) == ("not_computable", "rate_disagrees", None)


def test_several_numbers_for_one_target_decide_only_together() -> None:
    both = (result("9"), result("12", id="v2"))
    assert assess(annual("新建公园9个、12个", *both)).schedule_reason == "several_results"
    assert assess(annual("新建公园11个、12个", result("11"), both[1])).schedule_state == "exceeded"


def test_the_newest_report_counts_and_late_is_late() -> None:
    due = date(YEAR, 3, 31)
    half = report("新建公园9个", result("9"))
    year = report("新建公园10个", result("10"), kind="annual", id="r2")
    one = assess(commitment(due=due, reports=(half, year)))
    assert (one.schedule_state, one.status, one.targets[0].report) == ("met_late", "met", "r2")
    on_time = assess(commitment(due=DECEMBER, reports=(half, year)))
    assert on_time.schedule_state == "met"


# --- schedule: under way ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("80", "ahead"),
        ("79", "on_schedule"),
        ("61", "on_schedule"),
        ("60", "behind"),
        ("40", "behind"),
        ("39", "far_behind"),
    ],
)
def test_points_against_the_last_milestone_that_has_passed(value: str, state: str) -> None:
    steps = (milestone(date(YEAR, 3, 31), "20"), milestone(JUNE, "70", id="m2"), milestone(DECEMBER, "100", id="m3"))
    one = assess(
        commitment(targets=(target("100"),), milestones=steps, reports=(report(f"新建公园{value}个", result(value)),))
    )
    assert (one.schedule_state, one.targets[0].expected) == (state, Decimal("0.7"))


def test_a_rate_is_compared_in_points_of_its_own() -> None:
    goal = target("80", "%", kind="rate", measure="覆盖率")
    step = milestone(JUNE, "75", "%", basis="level")
    short = assess(
        commitment(
            targets=(goal,), milestones=(step,), reports=(report("覆盖率64%", result("64", "%", measure="覆盖率")),)
        )
    )
    near = assess(
        commitment(
            targets=(goal,), milestones=(step,), reports=(report("覆盖率66%", result("66", "%", measure="覆盖率")),)
        )
    )
    assert (short.schedule_state, near.schedule_state) == ("behind", "on_schedule")


def test_instalments_are_added_up() -> None:
    steps = (milestone(date(YEAR, 3, 31), "40"), milestone(JUNE, "30", id="m2"), milestone(DECEMBER, "30", id="m3"))
    one = assess(commitment(targets=(target("100"),), milestones=steps, reports=(report("公园65个", result("65")),)))
    assert (one.schedule_state, one.targets[0].expected) == ("on_schedule", Decimal("0.7"))


def test_milestones_that_disagree_judge_nothing() -> None:
    steps = (
        milestone(date(YEAR, 3, 31), "100", id="m1"),
        milestone(JUNE, "60", "%", id="m2", basis="share"),
        milestone(DECEMBER, "100", id="m3"),
    )
    one = assess(commitment(targets=(target("100"),), milestones=steps, reports=(report("公园30个", result("30")),)))
    assert one.schedule_reason == "milestones_disagree"


def test_without_official_milestones_a_straight_line_is_shown_and_decides_nothing() -> None:
    one = assess(commitment(reports=(report("新建公园1个", result("1")),)))
    became = one.targets[0]
    assert (became.schedule_state, became.reason) == ("not_computable", "no_official_milestone")
    assert became.linear == Decimal("0.4959")
    assert assess(commitment(reports=(report("新建公园10个", result("10")),))).schedule_state == "met"


def test_a_milestone_of_no_target_is_that_of_the_only_one() -> None:
    step = milestone(date(YEAR, 3, 31), "9", target="")
    told = report("新建公园1个", result("1"))
    assert assess(commitment(milestones=(step,), reports=(told,))).schedule_state == "far_behind"
    two = commitment(targets=(target(), target("5", id="t2")), milestones=(step,), reports=(told,))
    assert assess(two).targets[0].reason == "no_official_milestone"


def test_before_the_first_milestone_nothing_is_asked() -> None:
    one = assess(commitment(milestones=(milestone(DECEMBER, "10"),), reports=(report("公园0个", result("0")),)))
    assert one.schedule_reason == "no_milestone_passed"


def test_a_date_after_the_report_is_the_period_that_the_sentence_speaks_of() -> None:
    one = assess(commitment(reports=(report("完成全年公园2个", result("2", as_of=DECEMBER)),)))
    assert (one.schedule_reason, one.targets[0].as_of) == ("no_official_milestone", JUNE)


# --- the commitment -----------------------------------------------------------------------------


def two_targets(first: str, second: str | None) -> Commitment:
    numbers = [result(first)] + ([result(second, id="v2", target="t2")] if second else [])
    return commitment(targets=(target(), target(id="t2")), reports=(report("公园。", *numbers, kind="annual"),))


@pytest.mark.parametrize(
    ("numbers", "state", "reason", "attained"),
    [
        (("11", "10"), "met", "", "1"),
        (("11", "9"), "missed", "", "0.9"),
        (("11", None), "not_computable", "partly_computable", "1.1"),
        (("9", None), "missed", "partly_computable", "0.9"),
    ],
)
def test_the_worst_target_drives_and_good_states_need_all(
    numbers: tuple[str, str | None], state: str, reason: str, attained: str
) -> None:
    one = assess(two_targets(*numbers))
    assert (one.schedule_state, one.schedule_reason, one.attained) == (state, reason, Decimal(attained))


def test_a_component_without_a_number_does_not_hide_the_total() -> None:
    one = commitment(
        targets=(target(), target("4", id="t2", part="街头")),
        reports=(report("公园10个", result("10"), kind="annual"),),
    )
    assert assess(one).schedule_state == "met"


def test_status_falls_back_to_the_words() -> None:
    assert assess(commitment()).status == "no_report"
    assert assess(commitment(targets=(), reports=(report("已全面完成。"),))).status == "claimed"
    assert assess(commitment(targets=(), reports=(report("正在推进。"),))).status == "under_way"


# --- reported -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "state", "quoted"),
    [
        ("已全面完成。", "completed", "全面完成"),
        ("1.已完成全年目标。2.全部完工。", "completed", "完成全年目标；全部完工"),
        ("超额完成年度任务。", "exceeded", "超额完成年度任务"),
        ("各区均已完成或超额完成全年任务。", "completed", "均已完成"),
        ("完成全年目标的100%。", "completed", "完成全年目标"),
        ("完成全年目标的20%。", "under_way", "完成全年目标的20%"),
        ("尚未全面完成。", "under_way", "尚未全面完成"),
        ("未完成全年目标。", "under_way", "未完成全年目标"),
        ("预计年底全面完成。", "under_way", "预计年底全面完成"),
        ("计划全部完成。", "under_way", "计划全部完成"),
        ("发现隐患10处,全部完成整治。正在建设。", "under_way", "正在建设"),
        ("截至6月底,正在施工。", "under_way", "正在施工"),
        ("尚未开工。", "not_started", "尚未开工"),
        ("该项已取消。", "changed", "已取消"),
    ],
)
def test_reported_state_quotes_the_words_it_rests_on(text: str, state: str, quoted: str) -> None:
    one = assess(commitment(targets=(), reports=(report(text),)))
    assert (one.reported_state, one.reported_words) == (state, quoted)


def test_numbers_speak_only_when_every_target_is_reached() -> None:
    done = report("新建公园10个。", result("10"))
    assert assess(commitment(reports=(done,))).reported_state == "completed"
    other = target(id="t2", measure="新建广场")
    assert assess(commitment(targets=(target(), other), reports=(done,))).reported_state == "under_way"


@pytest.mark.parametrize("targets", [(target(),), (), (target(), target(id="t2", part="街头"))])
def test_silence_is_told_from_having_no_report_with_a_number_and_without(targets: Any) -> None:
    bare = assess(commitment(targets=targets), sources=(source("plan"),))
    assert (bare.reported_state, bare.schedule_reason, bare.status) == ("no_report",) * 3
    silent = assess(commitment(targets=targets), sources=(source("plan"), source("annual")))
    assert (silent.reported_state, silent.schedule_reason, silent.status) == ("not_mentioned",) * 2 + ("no_report",)


# --- evidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reports", "grade"),
    [
        ((report("截至5月公园4个", result("4", as_of=date(YEAR, 5, 31))),), "A"),
        ((report("公园4个", result("4")),), "B"),
        ((report("公园4公里", result("4", "公里", as_of=JUNE)),), "B"),
        ((report("完成40%", rates=(rate("40", result=""),)),), "C"),
        ((report("正在推进"),), "D"),
        ((), "E"),
    ],
)
def test_evidence_grade(reports: Any, grade: str) -> None:
    stated = source("half_year", as_of_reason="标题写明上半年")
    assert assess(commitment(reports=reports), sources=(stated,)).evidence_grade == grade


def test_a_date_that_the_document_prints_is_a_date() -> None:
    assert (
        assess(commitment(reports=(report("公园4个", result("4")),)), sources=(source("half_year"),)).evidence_grade
        == "A"
    )


# --- the register -------------------------------------------------------------------------------


def test_same_input_same_answer_in_the_registers_order() -> None:
    ones = (
        commitment(id="a-1"),
        commitment(id="b-2", targets=(target(allocations=(allocation("a1", "东区", "10"),)),)),
    )
    first, second = assess_all(*ones), assess_all(*ones)
    assert first == second
    assert [one.commitment.id for one in first.commitments] == ["a-1", "b-2"]


# --- ties that are shown and never compared -----------------------------------------------------


@pytest.mark.parametrize("relation", ["part", "related"])
def test_a_figure_of_another_scope_is_shown_and_never_compared(relation: str) -> None:
    loose = assess(
        annual("新建公园4个,完成全年目标的40%", result("4", relation=relation), rates=(rate("40", result="v1"),))
    )
    same = assess(annual("新建公园4个,完成全年目标的40%", result("4"), rates=(rate("40", result="v1", target="t1"),)))
    assert (same.schedule_state, same.rates[0].verdict) == ("missed", "exact")
    assert (loose.schedule_state, loose.targets[0].reason, loose.rates[0].verdict) == (
        "not_computable",
        "shown_only",
        "not_computable",
    )
    assert loose.commitment.reports[0].results[0].target == "t1"
