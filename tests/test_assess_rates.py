"""What a published rate is a rate of: the base printed beside it, another base, the progress of a work, a share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.model import AssessedRate, Base
from tests.assess_examples import assess, commitment, findings, rate, report, result, tally, target

CLEAR, FOUND, OPEN = (1, 0, 0), (0, 1, 0), (0, 0, 1)


def base(value: str, unit: str = "元", printed: str = "") -> Base:
    return Base(value=Decimal(value), unit=unit, printed=printed or f"{value}{unit}", start=90, end=95)


def of_plan(percent: str, done: str = "60", plan: str = "100", basis: str = "完成全年计划的", **values: Any) -> Any:
    """A report that quotes a plan and publishes a rate of it, of a commitment without a target."""
    text = f"年度计划投资{plan}元,已完成投资{done}元,{basis}{percent}%"
    share = rate(percent, target="", basis=basis, base=values.pop("base", base(plan)))
    got = values.pop("got", result(done, "元", target=""))
    return commitment(targets=(), reports=(report(text, got, rates=(share,)),), **values)


def only(one: Any) -> AssessedRate:
    (found,) = assess(one).rates
    return found


def test_a_rate_is_recomputed_against_the_plan_printed_beside_it() -> None:
    found = only(of_plan("60"))
    assert (found.verdict, found.recomputed, found.difference) == ("exact", Decimal(60), Decimal(0))
    assert (found.base, found.base_kind, found.base_printed) == (Decimal(100), "printed", "100元")
    assert (found.base_start, found.base_end) == (90, 95)


def test_a_rate_that_does_not_follow_from_the_printed_plan_is_found_and_quotes_it() -> None:
    (found,) = findings("rate", of_plan("65"))
    assert (found.found, found.expected) == ("65%", "60%")
    assert "60 元 ÷ 100 元 = 60%" in found.message_zh and "同一处印出的“100元”" in found.message_zh
    assert "基数约为92.31 元（本站推算，非官方数字）" in found.message_zh


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"basis": "达到"}, "base_unnamed"),
        ({"got": result("60", "元", target="", comparator="gt")}, "result_not_exact"),
        ({"got": result("60", "公里", target="")}, "unit_differs"),
        ({"base": base("0")}, "zero_base"),
        ({"basis": "形象进度"}, "physical_progress"),
    ],
)
def test_a_printed_plan_accuses_only_when_the_words_say_so(values: dict[str, Any], reason: str) -> None:
    one = of_plan("65", **values)
    assert (only(one).verdict, only(one).reason) == ("not_computable", reason)
    assert tally("rate", one) == OPEN


def test_decimals_of_the_plan_may_hide_the_digits_that_agree() -> None:
    near = of_plan("60.5", done="600000", base=base("990000", printed="99.0万元"), got=result("600000", "元", "60万元"))
    assert (only(near).verdict, only(near).reason) == ("rounded", "operand_precision")
    whole = of_plan(
        "60.7", done="600000", base=base("990000", printed="99万元"), got=result("600000", "元", "600000元")
    )
    assert only(whole).verdict == "mismatch"


def test_a_printed_plan_that_does_not_fit_leaves_the_target_to_be_tried() -> None:
    text = "年度计划100个,已建60个,完成全年目标的20%"
    share = rate("20", base=base("100", "个"))
    one = commitment(targets=(target("300"),), reports=(report(text, result("60"), rates=(share,)),))
    assert (only(one).verdict, only(one).base_kind) == ("exact", "target")


def test_a_report_that_repeats_the_target_is_a_rate_of_the_target() -> None:
    share = rate("20", base=base("300", "个"))
    told = report("已建60个,完成全年目标300个的20%", result("60"), rates=(share,))
    one = only(commitment(targets=(target("300"),), reports=(told,)))
    assert (one.verdict, one.base_kind) == ("exact", "target")


NAMED = [
    ("完成省定时序任务的", "other_base", "base_not_printed"),
    ("全省统一进度为", "other_base", "base_not_printed"),
    ("占年度计划的", "other_base", "base_not_printed"),
    ("完成年初预算的", "other_base", "base_not_printed"),
    ("完成5年规划任务的", "other_base", "base_not_printed"),
    ("占总投资的", "other_base", "base_not_printed"),
    ("完成年度目标的", "not_computable", "base_not_printed"),
    ("平均进度", "not_computable", "physical_progress"),
    ("完成总工程量的", "not_computable", "physical_progress"),
    ("墙体砌筑已完成", "not_computable", "physical_progress"),
    ("优良率达", "not_computable", "share"),
    ("开工率", "not_computable", "share"),
    ("完成率为", "not_computable", "base_unnamed"),
    ("达到", "not_computable", "base_unnamed"),
]


@pytest.mark.parametrize(("basis", "verdict", "reason"), NAMED)
def test_without_a_number_to_divide_by_the_words_say_why(basis: str, verdict: str, reason: str) -> None:
    share = rate("65", target="", result="", basis=basis)
    one = commitment(targets=(), reports=(report(f"{basis}65%", rates=(share,)),))
    assert (only(one).verdict, only(one).reason, only(one).recomputed) == (verdict, reason, None)
    assert tally("rate", one) == OPEN


@pytest.mark.parametrize(("basis", "verdict", "reason"), [one for one in NAMED if one[0] != "完成年度目标的"])
def test_a_rate_of_something_else_is_never_called_a_mismatch_of_the_target(
    basis: str, verdict: str, reason: str
) -> None:
    shares = (rate("65", basis=basis),)
    one = commitment(targets=(target("300"),), reports=(report(f"公园240个,{basis}65%", result("240"), rates=shares),))
    assert (only(one).verdict, only(one).reason) == (verdict, reason)
    assert not findings("rate", one)


def test_another_base_shows_the_share_of_the_target_apart_and_the_base_that_it_implies() -> None:
    text = "1-6月新增装机25.98万千瓦,完成省定时序任务的123.13%"
    share = rate("123.13", target="", result="", basis="完成省定时序任务的")
    got = result("259800", "千瓦", "25.98万千瓦")
    one = commitment(targets=(target("350000", "千瓦"),), reports=(report(text, got, rates=(share,)),))
    found = only(one)
    assert (found.verdict, found.reason, found.result) == ("other_base", "base_not_printed", "v1")
    assert (found.recomputed, found.difference) == (None, None)
    assert (found.of_target, found.implied_base) == (Decimal("74.2286"), Decimal(211000))


@pytest.mark.parametrize(
    ("text", "basis", "numbers"),
    [
        ("今年开通4452座,累计开通12055座,完成5年规划任务的65%", "完成5年规划任务的", ("4452", "12055")),
        ("活动90场,督导率、配备率65%", "督导率、配备率", ("90",)),
        ("安装12座,形象进度65%", "形象进度", ("12",)),
    ],
)
def test_no_base_is_inferred_where_the_number_need_not_be_the_rates_own(
    text: str, basis: str, numbers: tuple[str, ...]
) -> None:
    counts = [result(number, "座", printed=number, id=f"v{n}", target="") for n, number in enumerate(numbers, 1)]
    share = rate("65", target="", result="v1", basis=basis)
    assert only(commitment(targets=(), reports=(report(text, *counts, rates=(share,)),))).implied_base is None


def test_a_number_inside_the_words_of_a_rate_is_not_the_number_that_it_is_of() -> None:
    share = rate("71.4", target="", result="", basis="98个项目年度投资完成率为")
    counts = (result("98", "个", id="v1", target=""),)
    found = only(commitment(targets=(), reports=(report("98个项目年度投资完成率为71.4%", *counts, rates=(share,)),)))
    assert (found.verdict, found.result, found.implied_base) == ("other_base", "", None)


def test_a_rate_that_fits_another_target_names_it() -> None:
    goals = (target("8000", "人"), target("18000", "人", id="t2"))
    text = "学历提升16600人,完成全年目标的92.2%"
    one = commitment(targets=goals, reports=(report(text, result("16600", "人"), rates=(rate("92.2"),)),))
    found = only(one)
    assert (found.reason, found.base_kind, found.base) == ("tie_doubtful", "other_target", Decimal(18000))


def test_a_count_in_the_clause_of_the_rate_says_what_it_is_about_and_clears_nothing() -> None:
    counts = (result("4", target="", start=102), result("4", id="v2", target="", start=110))
    share = rate("100", target="", result="", basis="4个试点考核优良率", start=118)
    one = commitment(targets=(), reports=(report("推进4个试点,4个试点考核优良率100%", *counts, rates=(share,)),))
    assert (only(one).verdict, only(one).reason) == ("not_computable", "share")


@pytest.mark.parametrize(
    ("goal", "got", "reason"),
    [
        (target("0"), result("5"), "zero_base"),
        (target("-5"), result("5"), "zero_base"),
        (target("100", "元"), result("50", ""), "unit_missing"),
        (target("100", ""), result("50", "公里"), "unit_missing"),
        (target("100", "", comparator="le"), result("50"), "ceiling"),
    ],
)
def test_bad_input_gives_a_reason_and_no_number(goal: Any, got: Any, reason: str) -> None:
    one = commitment(targets=(goal,), reports=(report("完成全年目标的77%", got, rates=(rate("77"),)),))
    found = only(one)
    assert (found.verdict, found.reason) == ("not_computable", reason)
    assert (found.recomputed, found.difference, found.base) == (None, None, None)


def test_numbers_of_any_size_are_divided_and_a_date_of_any_year_is_compared() -> None:
    """30 digits over 30 decimals are more than the 28 digits that decimals keep by themselves."""
    goal, got = target("0.000000000000000000000000000001"), result("123456789012345678901234567890")
    told = report("新建公园,完成全年目标的95%", got, rates=(rate("95"),))
    (found,) = assess(commitment(targets=(goal,), reports=(told,), due=date.max)).rates
    assert found.verdict == "mismatch" and found.recomputed is not None
    assert found.recomputed.adjusted() == 61


def test_a_rate_of_nothing_implies_no_base() -> None:
    one = commitment(targets=(target("0"),), reports=(report("0个,完成全年目标的0%", result("0"), rates=(rate("0"),)),))
    assert (only(one).reason, only(one).implied_base) == ("zero_base", None)
