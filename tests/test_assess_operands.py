"""What a published rate is recomputed from: the words beside it, the numbers beside it, and what they leave open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.assess.basis import amounts_before, may_imply_a_base, named_base, result_beside, words_beside
from generator.assess.operands import find_operands
from generator.assess.rates import arithmetic_verdict, assess_rate, rate_text
from generator.assess.subject import Subject
from generator.model import AssessedRate, Base, Commitment, Rate, Report, Result
from tests.assess_examples import WORDS, allocation, commitment, rate, register, report, result, target


def subject(one: Commitment) -> Subject:
    return Subject(register(one), one, WORDS)


def told(text: str, *numbers: tuple[str, str], basis: str = "", **values: Any) -> tuple[Report, Rate]:
    """A report whose results stand where the text has them, each of a number and a unit, and its one rate (…%)."""
    results: list[Result] = []
    at = 0
    for number, unit in numbers:
        at = text.index(f"{number}{unit}", at)
        place: dict[str, Any] = {"start": 100 + at, "end": 100 + at + len(number + unit)}
        results.append(result(number, unit, id=f"v{len(results) + 1}", target="", **place))
        at += len(number + unit)
    percent = text.rpartition("%")[0]
    digits = percent[len(percent.rstrip("0123456789.")) :]
    place = {"start": 100 + len(percent) - len(digits), "end": 100 + len(percent) + 1}
    fields = {"target": "", "result": "", "basis": basis, **place, **values}
    share = rate(digits, **fields)
    return report(text, *results, rates=(share,)), share


def assessed(one: Report, share: Rate, **values: Any) -> AssessedRate:
    made = commitment(reports=(one,), **values)
    return assess_rate(subject(made), one, share)


def base(value: str, unit: str = "元", printed: str = "") -> Base:
    return Base(value=Decimal(value), unit=unit, printed=printed or f"{value}{unit}", start=90, end=95)


# --- the words beside a rate --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "named"),
    [
        ("落地率", "share"),
        ("落地率达", "share"),
        ("落地率已达", "share"),
        ("落地率均达到", "share"),
        ("落地率已均为", "share"),
        ("落地率达到", "share"),
        ("落地率为", "share"),
        ("落地率保持", "share"),
        ("落地率保持在", "share"),
        ("落地率至", "share"),
        ("落地率到", "share"),
        ("落地率达 ", "share"),
        ("落地率的", ""),
        ("落地率提高", ""),
        ("完成率", ""),
        ("投资完成率达", ""),
        ("完成率和落地率", "share"),
    ],
)
def test_a_rate_with_a_name_of_its_own_is_a_share(basis: str, named: str) -> None:
    one, share = told(f"{basis}65%", basis=basis)
    assert named_base(subject(commitment(reports=(one,))), one, share) == named


def test_words_beside_a_rate_are_its_basis_and_its_clause() -> None:
    one, share = told("新建公园，完成任务65%，下一步", basis="基数")
    assert words_beside(one, share) == "基数完成任务65%"
    assert words_beside(one, rate("7", basis="基数", printed="7%")) == "基数"


@pytest.mark.parametrize(
    ("text", "numbers", "found"),
    [
        ("投资60元，完成概算65%", [("60", "元")], "v1"),
        ("投资60元完成概算65%", [("60", "元")], "v1"),
        ("60元，完成概算65%", [("60", "元")], "v1"),
        ("投资60元，其中材料9元，完成概算65%", [("60", "元"), ("9", "元")], "v2"),
        ("投资60元，开工建设，完成概算65%", [("60", "元")], None),
        ("投资60元。完成概算65%", [("60", "元")], None),
        ("投资60元，完成概算65%，下步提速", [("60", "元")], "v1"),
        ("投资60元，开工建设，65%完成概算", [("60", "元")], None),
        ("完成概算65%，投资60元，其余3元", [("60", "元")], None),
        ("完成概算65%", [], None),
        ("占比60%，完成概算65%", [("60", "%")], None),
    ],
)
def test_a_rate_follows_the_last_amount_of_its_clause_or_the_one_before(
    text: str, numbers: Any, found: str | None
) -> None:
    one, share = told(text, *numbers)
    if text.startswith("完成概算65%，"):
        share = rate("65", target="", result="", start=104, end=107)
    beside = result_beside(one, share)
    assert (beside.id if beside else None) == found


def test_an_amount_of_an_area_or_inside_the_words_of_the_rate_is_not_its_own() -> None:
    one, share = told("东区60元，完成概算65%", ("60", "元"))
    area = report(one.text, result("60", "元", area="东区", start=102, end=105), rates=(share,))
    assert result_beside(area, share) is None
    assert result_beside(one, share) is not None
    inside = rate("65", basis="60元投资完成率", start=share.start, end=share.end)
    assert result_beside(one, inside) is None


def test_a_rate_that_is_not_in_the_text_stands_beside_nothing() -> None:
    one, _ = told("投资60元，完成概算65%", ("60", "元"))
    lost = rate("77")
    assert result_beside(one, lost) is None
    assert amounts_before(one, lost) == []


def test_amounts_before_a_rate_are_those_of_its_sentence_in_the_order_of_the_text() -> None:
    text = "先期1个。甲2个，乙3个，占4%，完成65%，丙5个"
    one, share = told(text.replace("，丙5个", ""), ("1", "个"), ("2", "个"), ("3", "个"), ("4", "%"))
    later = result("5", "个", id="v5", start=100 + text.index("5个"), end=0, target="")
    turned = report(text, *reversed((*one.results, later)), rates=(share,))
    assert [found.id for _, found in amounts_before(turned, share)] == ["v2", "v3"]
    assert [place for place, _ in amounts_before(turned, share)] == [text.index("2个"), text.index("3个")]


def test_two_amounts_at_one_place_are_kept_apart_without_being_compared() -> None:
    one, share = told("甲2个，完成65%", ("2", "个"))
    twin = result("2", "个", id="v9", start=one.results[0].start, end=one.results[0].end, target="")
    assert [found.id for _, found in amounts_before(report(one.text, *one.results, twin), share)] == ["v1", "v9"]


@pytest.mark.parametrize(
    ("text", "numbers", "basis", "implied"),
    [
        ("甲60个，完成65%", [("60", "个")], "完成", True),
        ("甲60%，完成65%", [("60", "%")], "完成", False),
        ("甲60个，完成0%", [("60", "个")], "完成", False),
        ("甲60个，工程量65%", [("60", "个")], "完成", False),
        ("甲60个，主体65%", [("60", "个")], "主体", False),
        ("甲60个，统一进度65%", [("60", "个")], "统一进度", False),
        # six characters of the rate's own words, and no more
        ("甲60个，投资完成比例65%", [("60", "个")], "投资完成比例", True),
        ("甲60个，投资的完成比例65%", [("60", "个")], "投资的完成比例", False),
        ("甲60个，重点项目落地率65%", [("60", "个")], "重点项目落地率", False),
        ("甲60个，完成全年任务的目标65%", [("60", "个")], "完成全年任务的目标", True),
        # of several amounts of the unit, the last alone
        ("甲60个，乙9个，完成65%", [("60", "个"), ("9", "个")], "完成", False),
        ("甲60个，乙9元，完成65%", [("60", "个"), ("9", "元")], "完成", True),
        ("甲60个，乙9个，分别完成65%", [("60", "个"), ("9", "个")], "完成", True),
    ],
)
def test_a_base_is_implied_by_the_number_that_the_rate_is_of(
    text: str, numbers: Any, basis: str, implied: bool
) -> None:
    one, share = told(text, *numbers, basis=basis)
    made = subject(commitment(reports=(one,)))
    named = named_base(made, one, share)
    assert may_imply_a_base(made, one, share, one.results[0], named) is implied


def test_of_three_amounts_the_last_is_the_one() -> None:
    one, share = told("甲6个，乙7个，丙8个，完成65%", ("6", "个"), ("7", "个"), ("8", "个"), basis="完成")
    made = subject(commitment(reports=(one,)))
    assert [may_imply_a_base(made, one, share, number, "") for number in one.results] == [False, False, True]


def test_the_digits_of_a_rate_are_no_amount_before_it() -> None:
    one, share = told("甲60个，完成65%", ("60", "个"))
    own = result("65", "", id="v9", printed="65", start=share.start, end=share.end - 1, target="")
    assert [found.id for _, found in amounts_before(report(one.text, *one.results, own), share)] == ["v1"]


def test_two_rates_in_one_clause_go_through_their_numbers_one_by_one() -> None:
    one, share = told("甲60个，乙9个，完成64%、65%", ("60", "个"), ("9", "个"), basis="完成")
    other = rate("64", id="p2", start=100 + one.text.index("64%"), end=0)
    both = report(one.text, *one.results, rates=(other, share))
    made = subject(commitment(reports=(both,)))
    assert may_imply_a_base(made, both, share, both.results[0], "")
    assert not may_imply_a_base(made, one, share, one.results[0], "")
    apart = report("甲60个，乙9个，完成65%。占64%", *one.results, rates=(share, rate("64", id="p2", start=119)))
    assert not may_imply_a_base(subject(commitment(reports=(apart,))), apart, share, apart.results[0], "")


def test_a_rate_that_the_text_does_not_hold_is_of_the_number_that_it_names() -> None:
    one, _ = told("甲60个，乙9个，完成65%", ("60", "个"), ("9", "个"), basis="完成")
    lost = report(one.text, *one.results, rates=(rate("77", basis="完成"),))
    assert may_imply_a_base(subject(commitment(reports=(lost,))), lost, lost.rates[0], lost.results[0], "")


# --- the operands -------------------------------------------------------------------------------


def operands(share: Rate, *results: Result, named: Any = "target", **values: Any) -> Any:
    one = report("公园", *results, rates=(share,))
    return find_operands(subject(commitment(reports=(one,), **values)), one, share, named)


def test_the_operands_are_the_named_number_and_its_target() -> None:
    found = operands(rate("50"), result("5"), result("6", id="v2"), targets=(target("3", id="t0"), target("10")))
    assert (found.reason, found.result.id, found.target.id) == ("", "v1", "t1")
    (ground,) = found.grounds
    assert (ground.kind, ground.value, ground.unit, ground.printed) == ("target", Decimal(10), "个", "10个")
    assert (ground.start, ground.end, ground.target.id) == (4, 7, "t1")


@pytest.mark.parametrize(
    ("results", "found"),
    [
        ((result("5"),), "v1"),
        ((result("5"), result("6", id="v2")), None),
        ((result("5", area="东区"), result("6", id="v2")), "v2"),
        ((result("5", target="t2"), result("6", id="v2")), "v2"),
        ((), None),
    ],
)
def test_a_rate_that_names_no_number_is_of_the_only_one_of_its_target(results: Any, found: str | None) -> None:
    one = operands(rate("50", result=""), *results)
    assert (one.result.id if one.result else None) == found
    assert one.reason == ("" if found else "no_result")


def test_a_rate_of_no_target_is_of_no_number_but_the_one_that_it_names() -> None:
    loose = result("5", target="")
    assert operands(rate("50", target="", result=""), loose, named="").result is None
    assert operands(rate("50", target="", result="v1"), loose, named="").result == loose
    assert operands(rate("50", target="", result="v9"), loose, named="").result is None


@pytest.mark.parametrize(("named", "found"), [("other", True), ("target", True), ("share", False), ("", False)])
def test_the_number_beside_a_rate_is_taken_where_its_words_name_a_base(named: Any, found: bool) -> None:
    one, share = told("投资60元，完成概算65%", ("60", "元"))
    made = find_operands(subject(commitment(reports=(one,))), one, share, named)
    assert (made.result is not None) is found
    tied = rate("65", result="", start=share.start, end=share.end)
    assert find_operands(subject(commitment(reports=(one,))), one, tied, named).result is None


@pytest.mark.parametrize(
    ("goal", "got", "reason", "kept"),
    [
        (target("80", "%", kind="rate"), result("50", "%"), "result_is_the_rate", False),
        (target("80", "%", kind="rate"), result("40", "%"), "", True),
        (target("80", "%", kind="growth"), result("40", "%"), "target_is_percentage", False),
        (target("80", "%", kind="growth"), result("50", "%"), "result_is_the_rate", False),
        (target("50"), result("50"), "", True),
        (target("10", comparator="le"), result("5"), "ceiling", True),
        (target("10", comparator="lt"), result("5"), "ceiling", True),
        (target("0"), result("5"), "zero_base", True),
        (target("0.5"), result("5"), "", True),
        (target("-1"), result("5"), "zero_base", True),
    ],
)
def test_what_forbids_that_a_rate_is_one_of_the_target(goal: Any, got: Any, reason: str, kept: bool) -> None:
    found = operands(rate("50"), got, targets=(goal,))
    assert (found.reason, found.target) == (reason, goal)
    assert (found.result is not None) is kept
    assert bool(found.grounds) is (reason == "")


@pytest.mark.parametrize("kind", ["level", "rate", "growth"])
def test_a_rate_of_a_target_without_a_number_has_no_operands(kind: Any) -> None:
    found = operands(rate("50", result="v9"), targets=(target(kind=kind),))
    assert (found.reason, found.result, found.grounds) == ("no_result", None, ())


def test_the_printed_base_goes_before_the_target_and_not_before_itself() -> None:
    share = rate("50", base=base("20", "个"))
    found = operands(share, result("5"))
    assert [ground.kind for ground in found.grounds] == ["printed", "target"]
    printed = found.grounds[0]
    assert (printed.value, printed.unit, printed.printed, printed.start, printed.end) == (20, "个", "20个", 90, 95)
    assert found.target is not None
    repeated = operands(rate("50", base=base("10", "个")), result("5"))
    assert [ground.kind for ground in repeated.grounds] == ["target"]
    assert [ground.kind for ground in operands(rate("50", base=base("10", "元")), result("5")).grounds] == [
        "printed",
        "target",
    ]
    ceiling = operands(share, result("5"), targets=(target(comparator="le"),))
    assert [ground.kind for ground in ceiling.grounds] == ["printed"]


@pytest.mark.parametrize(("value", "reason"), [("0", "zero_base"), ("-1", "zero_base"), ("0.5", "")])
def test_a_printed_base_of_nothing_is_no_base(value: str, reason: str) -> None:
    found = operands(rate("50", base=base(value)), result("5"))
    assert (found.reason, found.result is not None, found.target is not None) == (reason, True, True)


def test_a_rate_without_a_number_has_no_printed_base() -> None:
    assert operands(rate("50", base=base("20"), result="v9"), named="").reason == "no_result"


def test_the_rate_of_an_area_is_of_the_share_of_that_area() -> None:
    goal = target(allocations=(allocation("a1", "东区", "4"), allocation("a2", "西区", "6")))
    share = rate("50", target="")
    found = operands(share, result("2", area="东区"), targets=(goal,))
    (ground,) = found.grounds
    assert (found.result.id, ground.kind, ground.value, ground.unit) == ("v1", "area", Decimal(4), "个")
    assert (ground.printed, ground.start, ground.end, ground.target) == ("4个", 50, 52, None)
    elsewhere = operands(share, result("2", area="南区"), targets=(goal,))
    assert (elsewhere.reason, elsewhere.result.id) == ("no_target", "v1")


def test_a_rate_of_no_target_keeps_the_target_that_its_number_answers() -> None:
    share = rate("50", target="")
    found = operands(share, result("5"))
    assert (found.reason, found.target.id) == ("no_target", "t1")
    assert operands(share, result("5", target="t2"), targets=(target(), target(id="t2"))).target.id == "t2"
    assert operands(share, result("5"), targets=(target(kind="growth"),)).target is None
    assert operands(rate("50", target="", result="v9")).target is None


# --- the verdict --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "digits", "part", "whole", "verdict"),
    [
        ("66.7", 1, 2, 3, "rounded"),
        ("66.6", 1, 2, 3, "truncated"),
        ("66.8", 1, 2, 3, "mismatch"),
        ("50", 0, 1, 2, "exact"),
        ("50.00", 2, 1, 2, "exact"),
        ("12.5", 1, 1, 8, "exact"),
        ("13", 0, 1, 8, "rounded"),
        ("12", 0, 1, 8, "truncated"),
    ],
)
def test_a_rate_follows_exactly_rounded_or_cut_off(
    published: str, digits: int, part: int, whole: int, verdict: str
) -> None:
    assert arithmetic_verdict(Decimal(published), digits, Decimal(part), Decimal(whole)) == verdict


@pytest.mark.parametrize(
    ("percent", "done", "plan", "verdict"),
    [
        # 1.0万 of 3.0万: between 0.95 ÷ 3.05 = 31.1 % and 1.05 ÷ 2.95 = 35.6 %
        ("31", "1.0万元", "3.0万元", "rounded"),
        ("30", "1.0万元", "3.0万元", "mismatch"),
        ("36", "1.0万元", "3.0万元", "rounded"),
        ("37", "1.0万元", "3.0万元", "mismatch"),
        # a plan printed whole is exact: 0.95 ÷ 3 = 31.7 %, 1.05 ÷ 3 = 35 %
        ("32", "1.0万元", "3万元", "rounded"),
        ("31", "1.0万元", "3万元", "mismatch"),
        ("35", "1.0万元", "3万元", "rounded"),
        ("36", "1.0万元", "3万元", "mismatch"),
        # to one more digit there is a tenth of the slack
        ("35.6", "1.0万元", "3.0万元", "rounded"),
        ("35.7", "1.0万元", "3.0万元", "mismatch"),
        # the edge itself is still within: 0.95 ÷ 2 = 47.5 %, 1.05 ÷ 2 = 52.5 %, each with half a percent
        ("47", "1.0万元", "2万元", "rounded"),
        ("46", "1.0万元", "2万元", "mismatch"),
        ("53", "1.0万元", "2万元", "rounded"),
        ("54", "1.0万元", "2万元", "mismatch"),
    ],
)
def test_a_rate_agrees_where_some_values_that_print_so_give_it(
    percent: str, done: str, plan: str, verdict: str
) -> None:
    text = f"计划{plan},投资{done},完成全年计划的{percent}%"
    share = rate(percent, target="", basis="完成全年计划的", base=base(f"{Decimal(plan[:-2]) * 10000}", printed=plan))
    got = result("10000", "元", done, target="")
    one = report(text, got, rates=(share,))
    found = assess_rate(subject(commitment(targets=(), reports=(one,))), one, share)
    assert (found.verdict, found.reason) == (verdict, "operand_precision" if verdict == "rounded" else "")


def test_decimals_of_a_target_are_meant_exactly() -> None:
    goal = target("30000", "元", printed="3.0万元")
    one = report("投资1.0万元,完成全年目标的36%", result("10000", "元", "1.0万元"), rates=(rate("36"),))
    assert assess_rate(subject(commitment(targets=(goal,), reports=(one,))), one, one.rates[0]).verdict == "mismatch"


def test_what_is_recomputed_is_kept_to_four_digits_with_its_operands() -> None:
    share = rate("40", target="", basis="完成全年计划的", base=base("30000"))
    one = report("计划30000元,投资10000元,完成全年计划的40%", result("10000", "元", target=""), rates=(share,))
    found = assess_rate(subject(commitment(targets=(), reports=(one,))), one, share)
    assert (found.verdict, found.report, found.result) == ("mismatch", "r1", "v1")
    assert (found.recomputed, found.difference) == (Decimal("33.3333"), Decimal("6.6667"))
    assert (found.base, found.base_unit, found.base_kind) == (Decimal(30000), "元", "printed")
    assert (found.base_printed, found.base_start, found.base_end) == ("30000元", 90, 95)
    right = rate("33.3", target="", basis="完成全年计划的", base=base("30000"))
    agreed = assess_rate(
        subject(commitment(targets=(), reports=(report(one.text, *one.results, rates=(right,)),))), one, right
    )
    assert (agreed.verdict, agreed.result, agreed.recomputed) == ("rounded", "v1", Decimal("33.3333"))
    assert agreed.difference == Decimal("-0.0333")


@pytest.mark.parametrize(
    ("basis", "verdict", "reason"),
    [
        ("完成省定时序任务的", "other_base", "base_not_printed"),
        ("平均进度", "not_computable", "physical_progress"),
        ("落地率", "not_computable", "share"),
        ("完成全年目标的", "not_computable", "no_result"),
        ("达到", "not_computable", "no_result"),
    ],
)
def test_a_rate_of_a_target_without_a_number_is_of_what_its_words_name(basis: str, verdict: str, reason: str) -> None:
    share = rate("40", result="", basis=basis)
    one = report(f"{basis}40%", rates=(share,))
    found = assess_rate(subject(commitment(reports=(one,))), one, share)
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [("约120%", "rate_not_exact"), ("120%左右", "rate_not_exact"), ("120%", "")],
)
def test_a_vague_rate_accuses_nobody(printed: str, reason: str) -> None:
    share = rate("120", printed=printed)
    one = report(f"公园5个,完成全年目标的{printed}", result("5"), rates=(share,))
    found = assess_rate(subject(commitment(reports=(one,))), one, share)
    assert (found.verdict, found.reason) == ("not_computable" if reason else "mismatch", reason)


def test_a_rate_against_a_percentage_is_none_of_a_quantity() -> None:
    share, goal = rate("120"), target("80", "%", kind="rate")
    one = report("覆盖率60%,完成全年目标的120%", result("60", "%"), rates=(share,))
    found = assess_rate(subject(commitment(targets=(goal,), reports=(one,))), one, share)
    assert (found.verdict, found.reason) == ("not_computable", "target_is_percentage")


@pytest.mark.parametrize(
    ("goal", "got", "reason"),
    [
        (("10", ""), ("5", "个"), "unit_missing"),
        (("10", "个"), ("5", ""), "unit_missing"),
        (("10", ""), ("5", "元"), "unit_missing"),
        (("10", "元"), ("5", "个"), "unit_differs"),
    ],
)
def test_a_lost_unit_accuses_nobody(goal: Any, got: Any, reason: str) -> None:
    share = rate("120")
    one = report("公园,完成全年目标的120%", result(*got), rates=(share,))
    found = assess_rate(subject(commitment(targets=(target(*goal),), reports=(one,))), one, share)
    assert (found.verdict, found.reason) == ("not_computable", reason)


@pytest.mark.parametrize(
    ("goal", "got", "verdict"),
    [
        (("100000", ""), ("58000", "个", "5.8万"), "rounded"),
        (("100000", "个"), ("58000", "", "5.8万"), "rounded"),
        (("100000", ""), ("58000", "元", "5.8万元"), "not_computable"),
        (("100000", "元"), ("58000", "", "5.8万"), "not_computable"),
    ],
)
def test_a_lost_counting_word_may_hide_digits_and_a_lost_currency_may_not(goal: Any, got: Any, verdict: str) -> None:
    share = rate("58.04")
    one = report(f"公园{got[2]},完成全年目标的58.04%", result(*got), rates=(share,))
    found = assess_rate(subject(commitment(targets=(target(*goal),), reports=(one,))), one, share)
    assert found.verdict == verdict


# --- what else it may be of ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "fits"),
    [
        (target("4", id="t2"), True),
        (target("4", "家", id="t2"), True),
        (target("4", "元", id="t2"), False),
        (target("5", id="t2"), False),
        (target("0", id="t2"), False),
        (target("-4", id="t2"), False),
    ],
)
def test_another_target_that_a_rate_fits_is_shown_with_its_place(other: Any, fits: bool) -> None:
    share = rate("125")
    one = report("公园5个,完成全年目标的125%", result("5"), rates=(share,))
    placed = target(other.value, other.unit, id="t2", start=14, end=16)
    found = assess_rate(subject(commitment(targets=(target(), placed), reports=(one,))), one, share)
    assert found.reason == ("tie_doubtful" if fits else "")
    if fits:
        assert (found.base, found.base_unit, found.base_kind) == (other.value, other.unit, "other_target")
        assert (found.base_printed, found.base_start, found.base_end) == (placed.printed, 14, 16)
        assert (found.recomputed, found.difference) == (None, None)
    else:
        assert found.base_kind == "target"


def test_of_two_other_targets_that_fit_none_is_shown() -> None:
    share = rate("125")
    one = report("公园5个,完成全年目标的125%", result("5"), rates=(share,))
    goals = (target(), target("4", id="t2"), target("4", id="t3"))
    found = assess_rate(subject(commitment(targets=goals, reports=(one,))), one, share)
    assert (found.reason, found.base) == ("tie_doubtful", None)


def test_small_targets_are_tried_too() -> None:
    share = rate("125")
    one = report("投资0.5元,完成全年目标的125%", result("0.5", "元"), rates=(share,))
    goals = (target("10", "元"), target("0.4", "元", id="t2"))
    assert assess_rate(subject(commitment(targets=goals, reports=(one,))), one, share).reason == "tie_doubtful"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (result("12", id="v2", target=""), "tie_doubtful"),
        (result("12", "", id="v2", target=""), "tie_doubtful"),
        (result("12", "元", id="v2", target=""), ""),
        (result("11", id="v2", target=""), ""),
    ],
)
def test_another_number_that_a_rate_fits_leaves_it_open(other: Any, reason: str) -> None:
    share = rate("120")
    one = report("公园5个,完成全年目标的120%", result("5"), other, rates=(share,))
    assert assess_rate(subject(commitment(reports=(one,))), one, share).reason == reason


def test_the_share_of_the_target_is_shown_beside_a_rate_of_another_base() -> None:
    def share_of(goal: Any, got: Any) -> Decimal | None:
        one, share = told(f"公园{got[0]}{got[1]},完成省定时序任务的65%", got, basis="完成省定时序任务的")
        tied = report(one.text, result(*got), rates=(share,))
        return assessed(tied, share, targets=(goal,)).of_target

    assert share_of(target("10"), ("5", "个")) == Decimal(50)
    assert share_of(target("3"), ("1", "个")) == Decimal("33.3333")
    assert share_of(target("0.5", "元"), ("1", "元")) == Decimal(200)
    assert share_of(target("0"), ("5", "个")) is None
    assert share_of(target("10", "元"), ("5", "个")) is None
    assert share_of(target("10", kind="rate"), ("5", "个")) is None


def test_of_a_rate_that_is_tied_to_a_percentage_no_share_is_shown() -> None:
    one, share = told(
        "覆盖率5个,完成省定时序任务的65%", ("5", "个"), basis="完成省定时序任务的", target="t1", result="v1"
    )
    level, rated = (assessed(one, share, targets=(target(kind=kind),)) for kind in ("level", "rate"))
    assert (level.verdict, level.of_target) == ("other_base", Decimal(50))
    assert (rated.verdict, rated.of_target) == ("other_base", None)


def test_a_rate_of_another_base_is_shown_against_no_other_target_that_it_happens_to_fit() -> None:
    one, share = told(
        "公园5个,完成省定时序任务的125%", ("5", "个"), basis="完成省定时序任务的", target="t1", result="v1"
    )
    found = assessed(one, share, targets=(target(), target("4", id="t2")))
    assert (found.verdict, found.base, found.base_kind) == ("other_base", None, None)


def test_a_rate_that_does_not_follow_from_the_target_shows_no_other_share_of_it() -> None:
    share = rate("120")
    one = report("公园5个,完成全年目标的120%", result("5"), rates=(share,))
    found = assess_rate(subject(commitment(reports=(one,))), one, share)
    assert (found.verdict, found.of_target, found.implied_base) == ("mismatch", None, Decimal("4.167"))


# --- from two counts ----------------------------------------------------------------------------


def of_two(text: str, *numbers: tuple[str, str], **values: Any) -> AssessedRate:
    one, share = told(text, *numbers, basis="办结率", **values)
    return assessed(one, share, targets=())


def test_two_counts_before_a_rate_are_its_operands_with_their_places() -> None:
    text = "收集问题200个，办结150个，办结率75%"
    found = of_two(text, ("200", "个"), ("150", "个"))
    assert (found.verdict, found.reason, found.result) == ("exact", "two_counts", "v2")
    assert (found.recomputed, found.difference) == (Decimal(75), Decimal(0))
    assert (found.base, found.base_unit, found.base_kind, found.base_printed) == (Decimal(200), "个", "count", "200个")
    assert (found.base_start, found.base_end) == (100 + text.index("200个"), 104 + text.index("200个"))


@pytest.mark.parametrize(
    ("text", "numbers", "reason"),
    [
        ("上门900次，收集问题200个，办结150个，办结率75%", [("900", "次"), ("200", "个"), ("150", "个")], "two_counts"),
        ("收集问题200个，上门3次，办结150个，办结率75%", [("200", "个"), ("3", "次"), ("150", "个")], "share"),
        ("收集问题200个，办结150次，办结率75%", [("200", "个"), ("150", "次")], "share"),
        ("收集问题200个，办结200个，办结率100%", [("200", "个"), ("200", "个")], "two_counts"),
        ("收集问题200个，办结150个，办结率133.3%", [("200", "个"), ("150", "个")], "share"),
        ("收集问题0个，办结0个，办结率100%", [("0", "个"), ("0", "个")], "share"),
        ("办结150个，办结率75%", [("150", "个")], "share"),
        ("收集问题200个。办结150个，办结率75%", [("200", "个"), ("150", "个")], "share"),
    ],
)
def test_two_counts_are_of_one_unit_and_stand_last_before_the_clause(text: str, numbers: Any, reason: str) -> None:
    assert of_two(text, *numbers).reason == reason


@pytest.mark.parametrize("place", [0, 1])
def test_an_inexact_count_is_no_operand(place: int) -> None:
    one, share = told("收集问题200个，办结150个，办结率75%", ("200", "个"), ("150", "个"), basis="办结率")
    counts = [*one.results]
    vague = result(
        counts[place].printed[:3], id=counts[place].id, comparator="gt", target="", start=counts[place].start
    )
    counts[place] = vague
    assert assessed(report(one.text, *counts, rates=(share,)), share, targets=()).reason == "share"


def test_a_rate_that_the_text_does_not_hold_has_no_counts_before_it() -> None:
    one, _ = told("收集问题200个，办结150个，办结率75%", ("200", "个"), ("150", "个"))
    lost = rate("77", target="", result="", basis="办结率")
    assert assessed(one, lost, targets=()).reason == "share"


@pytest.mark.parametrize(
    ("goal", "values", "reason"),
    [
        (target("10"), {"target": "", "result": ""}, "two_counts"),
        (target("10"), {"target": "t1", "result": ""}, "two_counts"),
        (target("80", "%", kind="growth"), {"target": "t1", "result": "v2"}, "two_counts"),
        (target("0"), {"target": "t1", "result": "v2"}, "zero_base"),
        (target("10", comparator="le"), {"target": "t1", "result": "v2"}, "ceiling"),
    ],
)
def test_two_counts_may_tell_where_the_rate_is_of_no_target_that_could(goal: Any, values: Any, reason: str) -> None:
    text = "收集问题200个，办结150个，办结率75%"
    one, share = told(text, ("200", "个"), ("150", "个"), basis="办结率", **values)
    assert assessed(one, share, targets=(goal,)).reason == reason


def test_a_rate_is_said_as_printed_else_as_its_number() -> None:
    assert rate_text(rate("65", printed="６５％")) == "６５％"
    assert rate_text(rate("65.50", printed="")) == "65.5%"
