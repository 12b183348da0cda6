"""The checks: each with a register that fires it, one that is silent, and one that nearly fires it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from generator import assess as assess_package
from generator.assess import CHECKS, RULES_VERSION, assess_register, describe_rules
from generator.assess.terms import REASONS
from generator.lookups import load_places
from generator.model import (
    AssessedRate,
    Change,
    Commitment,
    DueState,
    EvidenceGrade,
    Listed,
    ReportedState,
    ScheduleState,
    Severity,
    StatedTotal,
    Status,
)
from generator.registers import load_registers
from tests.assess_examples import (
    CONTENT,
    ID,
    WORDS,
    YEAR,
    allocation,
    assess,
    assess_all,
    commitment,
    findings,
    milestone,
    rate,
    report,
    restated,
    result,
    source,
    tally,
    target,
)

JUNE = date(YEAR, 6, 30)
LISTED = Listed(value=Decimal(10), unit="个", printed="10个", target="t1", start=60, end=63)
CLEAR, FOUND, OPEN = (1, 0, 0), (0, 1, 0), (0, 0, 1)


# --- rate ---------------------------------------------------------------------------------------


def published(text: str, number: str, percent: str, *others: Any, **values: Any) -> Commitment:
    """A commitment of 300 with a result and its published rate; ``values`` are those of the rate."""
    goal = values.pop("goal", target("300"))
    unit = values.pop("unit", "个")
    got = values.pop("got", result(number, unit))
    return commitment(
        targets=(goal, *values.pop("targets", ())),
        reports=(report(text, got, *others, rates=(rate(percent, **values),)),),
    )


def only_rate(one: Commitment) -> AssessedRate:
    return assess(one).rates[0]


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [
        ("66.67", "rounded"),
        ("66.66", "truncated"),
        ("67", "rounded"),
        ("66", "truncated"),
        ("66.68", "mismatch"),
        ("65", "mismatch"),
        ("68", "mismatch"),
    ],
)
def test_a_rate_agrees_to_the_digits_that_it_is_printed_with(percent: str, verdict: str) -> None:
    one = published(f"公园200个,完成全年目标的{percent}%", "200", percent)
    assert only_rate(one).verdict == verdict
    assert tally("rate", one) == (FOUND if verdict == "mismatch" else CLEAR)


def test_an_exact_rate_is_exact() -> None:
    checked = only_rate(published("公园150个,完成全年目标的50%", "150", "50"))
    assert (checked.verdict, checked.recomputed, checked.difference) == ("exact", Decimal(50), Decimal(0))


def test_a_mismatch_shows_its_operands_and_names_our_reading_first() -> None:
    one = published("公园240个,完成全年目标的120%", "240", "120")
    (found,) = findings("rate", one)
    assert found.id == "rate-r1.p1" and found.target_id == "t1" and (found.start, found.end) == (105, 110)
    assert (found.found, found.expected) == ("120%", "80%")
    assert "240 个 ÷ 300 个 = 80%" in found.message_zh and "基数约为200 个" in found.message_zh
    assert "240 个 ÷ 300 个 = 80%" in found.message_en


def test_a_result_printed_in_wan_may_hide_the_digits_that_agree() -> None:
    goal = target("3300000", "元")
    near = published(
        "投资100万元,完成全年目标的30.45%", "1000000", "30.45", goal=goal, got=result("1000000", "元", "100万元")
    )
    assert (only_rate(near).verdict, only_rate(near).reason) == ("rounded", "operand_precision")
    far = published(
        "投资100万元,完成全年目标的30.6%", "1000000", "30.6", goal=goal, got=result("1000000", "元", "100万元")
    )
    assert only_rate(far).verdict == "mismatch"


@pytest.mark.parametrize(
    ("basis", "verdict"),
    [
        ("完成全年目标的", "mismatch"),
        ("全省统一进度为", "other_base"),
        ("完成省定时序任务的", "other_base"),
        ("完成年度计划任务的", "other_base"),
        ("形象进度", "not_computable"),
        ("达", "not_computable"),
    ],
)
def test_what_a_rate_is_a_rate_of_decides_whether_it_can_be_wrong(basis: str, verdict: str) -> None:
    assert only_rate(published(f"公园240个,{basis}90%", "240", "90", basis=basis)).verdict == verdict


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"target": "", "basis": ""}, "base_not_printed"),
        ({"goal": target("300", comparator="le")}, "ceiling"),
        ({"goal": target("0")}, "zero_base"),
        ({"goal": target("300", "%", kind="growth")}, "target_is_percentage"),
        ({"unit": "公里"}, "unit_differs"),
        ({"got": result("240", comparator="ge")}, "result_not_exact"),
        ({"targets": (target("200", id="t2"),)}, "tie_doubtful"),
    ],
)
def test_a_rate_that_cannot_be_judged_says_why(values: dict[str, Any], reason: str) -> None:
    one = published("公园240个,完成全年目标的120%", "240", "120", **values)
    checked = only_rate(one)
    assert (checked.verdict, checked.reason) == ("not_computable", reason)
    assert tally("rate", one) == OPEN


def test_a_rate_that_fits_another_result_is_not_called_wrong() -> None:
    one = published("公园240个,广场150个,完成全年目标的50%", "240", "50", result("150", id="v2", target=""))
    assert only_rate(one).reason == "tie_doubtful"


def test_two_rates_for_one_target_are_left_open() -> None:
    both = (rate("50"), rate("70", id="p2"))
    one = commitment(targets=(target("300"),), reports=(report("公园240个,完成50%、70%", result("240"), rates=both),))
    checked = assess(one).rates
    assert {one.reason for one in checked} == {"several_rates"}
    assert {(one.recomputed, one.difference) for one in checked} == {(None, None)}


def of_questions(solved: str, percent: str) -> Commitment:
    """问题8286个,办结…个,办结率…: a target that is a percentage, and two counts beside the rate."""
    counts = (result("8286", id="v1", target="", start=102), result(solved, id="v2", target="", start=110))
    itself = result(percent, "%", id="v3", measure="办结率", start=120)
    text = f"收集问题8286个,办结{solved}个,办结率{percent}%。"
    goal = target("99", "%", kind="rate", measure="办结率")
    share = rate(percent, result="v3", basis="办结率", start=120)
    return commitment(targets=(goal,), reports=(report(text, *counts, itself, rates=(share,)),))


def test_the_smaller_of_two_counts_is_the_part() -> None:
    for solved, base in (("8287", 8287), ("8285", 8286)):
        found = only_rate(of_questions(solved, "100"))
        assert (found.verdict, found.base) == ("rounded", Decimal(base))


def test_a_lost_currency_is_no_operand_even_where_the_digits_would_agree() -> None:
    goal, got = target("100000", "元"), result("58000", "", "5.8万")
    lost = commitment(targets=(goal,), reports=(report("投资5.8万,完成全年目标的58.04%", got, rates=(rate("58.04"),)),))
    assert (only_rate(lost).verdict, only_rate(lost).reason) == ("not_computable", "unit_missing")
    kept = result("58000", "元", "5.8万元")
    told = report("投资5.8万元,完成全年目标的58.04%", kept, rates=(rate("58.04"),))
    assert only_rate(commitment(targets=(goal,), reports=(told,))).reason == "operand_precision"


def test_two_counts_printed_beside_a_rate_may_clear_it_and_never_accuse_it() -> None:
    right = only_rate(of_questions("8278", "99.9"))
    assert (right.verdict, right.reason) == ("rounded", "two_counts")
    wrong = only_rate(of_questions("8178", "99.9"))
    assert (wrong.verdict, wrong.reason) == ("not_computable", "result_is_the_rate")


# --- allocation ---------------------------------------------------------------------------------


def split(*shares: str, **values: Any) -> Commitment:
    areas = tuple(allocation(f"a{n}", f"{n}区", value) for n, value in enumerate(shares, start=1))
    return commitment(targets=(target(allocations=areas, **values),))


@pytest.mark.parametrize(
    ("shares", "comparator", "counted"),
    [
        (("4", "6"), "eq", CLEAR),
        (("4", "5"), "eq", FOUND),
        (("4", "7"), "eq", FOUND),
        (("4", "7"), "ge", CLEAR),
        (("4", "5"), "ge", FOUND),
        (("4", "5"), "le", CLEAR),
        (("50", "54"), "approx", CLEAR),
        (("50", "56"), "approx", FOUND),
    ],
)
def test_areas_add_up_as_the_comparator_asks(
    shares: tuple[str, ...], comparator: str, counted: tuple[int, int, int]
) -> None:
    whole = {"value": "100", "printed": "100个"} if comparator == "approx" else {}
    assert tally("allocation", split(*shares, comparator=comparator, **whole)) == counted


def test_less_than_the_target_weighs_more_than_more() -> None:
    (less,), (more,) = findings("allocation", split("4", "5")), findings("allocation", split("4", "7"))
    assert (less.severity, more.severity) == ("warning", "notice")
    assert less.message_zh.startswith("2个各地分解数相加为9 个，比目标10 个少1 个")
    assert less.id == "allocation-t1-areas"


def test_only_decimals_hide_a_rounding() -> None:
    areas = (allocation("a1", "东区", "5000"), allocation("a2", "西区", "4900"))
    whole = target("10000", printed="1万个", allocations=areas)
    decimal = target("10000", printed="1.0万个", allocations=areas)
    assert tally("allocation", commitment(targets=(whole,))) == FOUND
    assert tally("allocation", commitment(targets=(decimal,))) == CLEAR


def test_rates_of_areas_are_not_added() -> None:
    areas = (allocation("a1", "东区", "83", "%"), allocation("a2", "西区", "83", "%"))
    one = commitment(targets=(target("83", "%", kind="rate", allocations=areas),))
    assert tally("allocation", one) == OPEN


def test_areas_in_another_unit_are_not_added() -> None:
    one = commitment(targets=(target(allocations=(allocation("a1", "东区", "9", "公里"),)),))
    assert tally("allocation", one) == OPEN


@pytest.mark.parametrize(
    ("new", "old", "counted"),
    [("10", "3", CLEAR), ("6", "4", CLEAR), ("6", "5", OPEN)],
)
def test_two_numbers_in_a_cell_clear_when_one_kind_or_all_give_the_total(
    new: str, old: str, counted: tuple[int, int, int]
) -> None:
    areas = (allocation("a1", "东区", new, part="新建"), allocation("a2", "东区", old, part="改建"))
    assert tally("allocation", commitment(targets=(target(allocations=areas),))) == counted


@pytest.mark.parametrize(("second", "counted"), [("6", CLEAR), ("7", FOUND), ("5", OPEN)])
def test_components_of_a_total(second: str, counted: tuple[int, int, int]) -> None:
    parts = (target("4", id="t2", part="街头"), target(second, id="t3", part="口袋"))
    assert tally("allocation", commitment(targets=(target(), *parts))) == counted


# --- milestone ----------------------------------------------------------------------------------


def planned(*values: str, due: date | None = None, **more: Any) -> Commitment:
    months = (date(YEAR, 3, 31), JUNE, date(YEAR, 9, 30), date(YEAR, 12, 31))
    steps = tuple(milestone(day, value, id=f"m{n}") for n, (day, value) in enumerate(zip(months, values, strict=False)))
    return commitment(milestones=(*steps, *more.pop("extra", ())), due=due, **more)


def test_milestones_that_rise_to_the_target_are_clear() -> None:
    assert tally("milestone", planned("2", "5", "10", due=date(YEAR, 9, 30))) == (3, 0, 0)


def test_a_milestone_below_an_earlier_one_is_found() -> None:
    (found,) = findings("milestone", planned("5", "4", "10"))
    assert found.id == "milestone-t1-order" and "反而较少" in found.message_zh
    assert not findings("milestone", planned("5", "5", "10"))


def test_instalments_that_add_up_to_the_target_are_no_fall() -> None:
    assert not findings("milestone", planned("5", "3", "2"))


def test_a_last_milestone_below_the_target_is_found_only_when_nothing_follows() -> None:
    (found,) = findings("milestone", planned("2", "9"))
    assert found.id == "milestone-t1-last" and (found.found, found.expected) == ("9 个", "10 个")
    rest = milestone(date(YEAR, 12, 31), None, id="m9", text="12月底前全面完成")
    assert not findings("milestone", planned("2", "9", extra=(rest,)))


def test_an_amount_of_another_stage_is_left_open() -> None:
    share = milestone(JUNE, "60", "%", id="m8", basis="share")
    one = commitment(milestones=(milestone(date(YEAR, 3, 31), "10"), share))
    assert not [found for found in findings("milestone", one) if found.id.endswith("order")]
    assert tally("milestone", one) == (0, 1, 1)  # its order is open; the last step is below the target


def test_a_ceiling_may_come_down_step_by_step() -> None:
    assert tally("milestone", planned("14", "12", "10", targets=(target(comparator="le"),))) == (0, 0, 0)


def test_a_step_after_the_due_date_is_found() -> None:
    (found,) = findings("milestone", planned("2", "10", due=date(YEAR, 6, 29)))
    assert found.id == "milestone-m1-due" and found.expected == f"{YEAR}-06-29"
    assert not findings("milestone", planned("2", "10", due=JUNE))


# --- orphan -------------------------------------------------------------------------------------


def test_an_orphan_needs_an_earlier_document() -> None:
    plan, year = source("plan"), source("annual")
    promised, reported = commitment(source=plan.id), commitment(source=year.id)
    assert tally("orphan", promised, (plan, year)) == CLEAR
    assert tally("orphan", reported, (plan, year)) == FOUND
    assert tally("orphan", reported, (year,)) == (0, 0, 0)


# --- silence ------------------------------------------------------------------------------------


def test_silence_needs_a_report_that_could_have_spoken() -> None:
    plan, half, year = source("plan"), source("half_year"), source("annual")
    assert tally("silence", commitment(), (plan,)) == (0, 0, 0)
    assert tally("silence", commitment(), (plan, year)) == FOUND
    spoken = commitment(reports=(report("公园10个", kind="annual"),))
    assert tally("silence", spoken, (plan, year)) == CLEAR
    earlier = commitment(reports=(report("公园4个"),))
    assert tally("silence", earlier, (plan, half, year)) == FOUND


def test_silence_says_what_is_known_of_the_text_first() -> None:
    year = source("annual", note="文末中断。")
    last, first = commitment(source="s-annual", start=50), commitment(source="s-annual", start=9, id=f"{ID[:-1]}0")
    silent = {one.commitment.id: one.findings for one in assess_all(first, last, sources=(year,)).commitments}
    (at_end,), (before,) = silent[last.id], silent[first.id]
    assert all("本站读取有误；或本站所得文本的情况（“文末中断”）；或" in one.message_zh for one in (at_end, before))
    assert "到这一项为止" in at_end.message_zh and "ends with this one" in at_end.message_en
    assert "到这一项为止" not in before.message_zh and "ends with this one" not in before.message_en
    (plain,) = assess(commitment(), sources=(source("plan"), source("annual"))).findings
    assert "所得文本的情况" not in plain.message_zh and "为止" not in plain.message_zh


def test_a_row_without_a_promise_is_not_silent() -> None:
    assert tally("silence", commitment(text=""), (source("annual"),)) == (0, 0, 0)


# --- claim --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "counted"),
    [
        ("9个公园全部完成", "9", FOUND),
        ("10个公园全部完成", "10", CLEAR),
        ("新建公园9个", "9", (0, 0, 0)),
        ("新建公园9个,绿化全部完成", "9", (0, 0, 0)),
        ("9个公园未全部完成", "9", (0, 0, 0)),
        ("预计9个公园全部完成", "9", (0, 0, 0)),
        ("9个公园完成全年目标的90%", "9", (0, 0, 0)),
        ("9个公园基本全部完成", "9", (0, 0, 0)),
        ("9个公园已完成", "9", (0, 0, 0)),
        ("9个公园基本完成年度任务", "9", (0, 0, 0)),
    ],
)
def test_a_claim_of_the_whole_beside_a_smaller_number(text: str, number: str, counted: tuple[int, int, int]) -> None:
    assert tally("claim", commitment(reports=(report(text, result(number), kind="annual"),))) == counted


@pytest.mark.parametrize(
    ("text", "due", "counted"),
    [
        ("首批9个公园全部完成", None, OPEN),
        ("首批9个公园全部完成", JUNE, FOUND),
        ("9个公园,完成全年目标", None, (0, 0, 0)),
        ("9个公园完成全年目标", None, FOUND),
    ],
)
def test_before_the_end_only_a_claim_of_the_year_is_held_against_a_number(
    text: str, due: date | None, counted: tuple[int, int, int]
) -> None:
    assert tally("claim", commitment(due=due, reports=(report(text, result("9")),))) == counted


def test_one_of_several_numbers_for_a_target_need_not_be_what_the_claim_is_of() -> None:
    numbers = (result("9"), result("1", id="v2", start=105))
    told = report("9个公园、1个公园全部完成", *numbers, kind="annual")
    assert tally("claim", commitment(reports=(told,))) == (0, 0, 2)


def test_a_claim_beside_another_unit_is_left_open() -> None:
    assert tally("claim", commitment(reports=(report("9公里全部完成", result("9", "公里")),))) == OPEN


# --- magnitude ----------------------------------------------------------------------------------


def test_yi_where_wan_yi_must_be_meant() -> None:
    goal = target("1000000000000", "元", measure="贷款余额", comparator="gt", printed="1万亿元")
    balance = result("102000000", "元", "1.02亿元", measure="贷款余额")
    one = commitment(targets=(goal,), reports=(report("贷款余额1.02亿元", balance),))
    (found,) = findings("magnitude", one)
    assert (found.found, found.expected, found.severity) == ("1.02亿元", "1万亿元", "warning")
    assert "1,020,000,000,000 元" in found.message_zh
    assert assess(one).schedule_reason == "magnitude_doubtful"


@pytest.mark.parametrize(("number", "counted"), [("49", CLEAR), ("50", FOUND), ("1", CLEAR)])
def test_five_times_the_target_is_doubted(number: str, counted: tuple[int, int, int]) -> None:
    assert tally("magnitude", commitment(reports=(report(f"公园{number}个", result(number)),))) == counted


def test_a_rate_that_follows_confirms_a_number_far_above() -> None:
    told = report("公园50个,完成全年目标的500%", result("50"), rates=(rate("500"),))
    assert tally("magnitude", commitment(reports=(told,))) == CLEAR


def test_the_number_of_one_area_is_not_held_against_the_target_of_all() -> None:
    one = commitment(targets=(target("10000"),), reports=(report("东区公园1个", result("1", area="东区")),))
    assert tally("magnitude", one) == (0, 0, 0)


def test_a_thousandth_is_the_border_below() -> None:
    goal = target("10000", "元")
    near = commitment(targets=(goal,), reports=(report("投资10元", result("10", "元")),))
    far = commitment(targets=(goal,), reports=(report("投资9元", result("9", "元")),))
    assert (tally("magnitude", near), tally("magnitude", far)) == (CLEAR, FOUND)


# --- unit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unit", "counted"), [("个", CLEAR), ("家", CLEAR), ("", OPEN), ("公里", FOUND)])
def test_units_of_target_and_result(unit: str, counted: tuple[int, int, int]) -> None:
    assert tally("unit", commitment(reports=(report(f"9{unit}", result("9", unit)),))) == counted


def test_a_rate_that_is_the_quotient_of_two_units_shows_that_the_city_compares_them() -> None:
    one = commitment(reports=(report("9公里,完成全年目标的90%", result("9", "公里"), rates=(rate("90"),)),))
    assert (tally("unit", one), only_rate(one).verdict) == (CLEAR, "exact")
    assert assess(one).attained == Decimal("0.9")
    other = commitment(reports=(report("9公里,完成全年目标的80%", result("9", "公里"), rates=(rate("80"),)),))
    assert (tally("unit", other), only_rate(other).reason) == (FOUND, "unit_differs")


def test_persons_and_visits_are_not_the_same() -> None:
    one = commitment(targets=(target("100", "人"),), reports=(report("90人次", result("90", "人次")),))
    assert tally("unit", one) == FOUND


# --- all ----------------------------------------------------------------------------------------


def every_finding() -> list[Any]:
    half_done = commitment(
        milestones=(milestone(date(YEAR, 3, 31), "5"), milestone(JUNE, "4", id="m2")),
        due=date(YEAR, 5, 1),
        targets=(target(allocations=(allocation("a1", "东区", "9"),)),),
        reports=(report("9个公园全部完成,完成全年目标的95%", result("9"), rates=(rate("95"),)),),
    )
    begun = commitment(
        text="建成西山市民文化中心", targets=(), reports=(report("西山市民文化中心正在招标", kind="annual"),)
    )
    far = commitment(reports=(report("公园99个", result("99")),))
    other = commitment(reports=(report("9公里", result("9", "公里")),))
    silent = assess(commitment(), sources=(source("annual"),))
    lost = assess(commitment(source="s-annual"), (source("plan"), source("annual")))
    garbled = assess(commitment(text="推出线个。"))
    long = "新建示范型居家养老服务中心10个"
    twice = assess_all(commitment(text=long), commitment(id=f"{ID[:-1]}2", position=2, text=long))
    reworded = replace(LISTED, text="新建公园与绿地10个")
    annexed = assess(commitment(listed=(reworded,)))
    total = StatedTotal(value=7, of="items", quote="共7项", start=0, end=2)
    counted = assess_all(commitment(), sources=(source("plan", stated=(total,)),))
    cut = commitment(source="s-plan", restated=(restated("新建公园8个", target("8", start=204, end=206)),))
    cut_short = assess(cut, sources=(source("plan"), source("annual")))
    each = (half_done, begun, far, other)
    told = (*map(assess, each), silent, lost, garbled, annexed, cut_short, *twice.commitments)
    return [*counted.findings, *(found for one in told for found in one.findings)]


def test_every_check_fires_somewhere_and_speaks_neutrally_in_both_languages() -> None:
    found = every_finding()
    assert {one.check for one in found} == {check.name for check in CHECKS}
    for one in found:
        assert "可能的原因：本站读取有误；或" in one.message_zh and one.message_zh.endswith("。")
        assert "Possible causes: a reading error of ours; or " in one.message_en
        assert not re.search("造假|虚报|谎|false|fraud|lie[sd]? ", one.message_zh + one.message_en)


def test_findings_of_a_commitment_have_ids_of_their_own() -> None:
    one = assess(planned("5", "4", "3", due=date(YEAR, 5, 1)))
    ids = [found.id for found in one.findings]
    assert len(ids) == len(set(ids)) == 3


# --- what the method page prints ----------------------------------------------------------------


def codes(terms: Any) -> list[str]:
    return [term.code for term in terms]


def test_every_published_code_has_words_and_no_other_has() -> None:
    rules = describe_rules()
    literals = {
        "due_states": DueState,
        "reported_states": ReportedState,
        "schedule_states": ScheduleState,
        "statuses": Status,
        "grades": EvidenceGrade,
        "severities": Severity,
        "changes_of_wording": Change,
    }
    for name, literal in literals.items():
        assert codes(getattr(rules, name)) == list(get_args(literal))
    assert rules.version == RULES_VERSION == rules.changes[0].version
    assert [check.name for check in rules.checks] == [check.name for check in CHECKS]
    assert all(bool(check.run) != bool(check.run_register) for check in CHECKS)


def test_every_reason_code_has_a_rule_that_gives_it() -> None:
    folder = Path(assess_package.__path__[0])
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "terms.py")
    assert [term.code for term in REASONS if f'"{term.code}"' not in code] == []


def test_every_reason_given_for_the_registers_of_the_repository_has_words() -> None:
    places, known = load_places(CONTENT), {"", *codes(REASONS)}
    for register in load_registers(CONTENT):
        for one in assess_register(register, places.find(register.place), WORDS).commitments:
            given = {one.schedule_reason, *(became.reason for became in one.targets), *(r.reason for r in one.rates)}
            assert given <= known, one.commitment.id


def test_thresholds_are_the_ones_that_decide() -> None:
    values = {threshold.code: threshold.value for threshold in describe_rules().thresholds}
    assert (values["behind"], values["far_behind"]) == (Decimal(10), Decimal(30))
