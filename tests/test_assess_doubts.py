"""What keeps a number from being judged: it must hold to the end, its report was written earlier, it is not all."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess import assess_register
from generator.model import AssessedCommitment, Commitment
from tests.assess_examples import (
    PLACE,
    WORDS,
    YEAR,
    assess,
    commitment,
    findings,
    milestone,
    rate,
    register,
    report,
    result,
    target,
)
from tests.test_assess_states import DECEMBER, JUNE


def covered(text: str, told: str, value: str, kind: Any = "half_year", **values: Any) -> Commitment:
    """A promise of 85 % worded as ``text``, and a report that gives ``value`` in the words ``told``."""
    goal = target("85", "%", kind="rate", measure="保障率", comparator="ge", start=text.index("85%"))
    where = 100 + told.index(f"{value}%")
    number = result(value, "%", measure="保障率", start=where, **values)
    return commitment(text=text, targets=(goal,), reports=(report(told, number, kind=kind),))


@pytest.mark.parametrize(
    ("text", "told", "state", "reason"),
    [
        ("保障率稳定在85%以上", "保障率93%", "not_computable", "partial_period"),
        ("保障率达到85%以上", "保障率保持93%", "not_computable", "partial_period"),
        ("保障率达到85%以上", "保障率93%", "exceeded", ""),
        ("保持稳定,保障率达到85%以上", "保持平稳,保障率93%", "exceeded", "numbers_only"),
    ],
)
def test_what_must_hold_to_the_end_is_not_met_before_it(text: str, told: str, state: str, reason: str) -> None:
    one = assess(covered(text, told, "93"))
    assert (one.schedule_state, one.schedule_reason) == (state, reason)


def test_what_must_hold_is_judged_at_the_end() -> None:
    assert assess(covered("保障率稳定在85%以上", "保障率93%", "93", "annual")).schedule_state == "exceeded"
    assert assess(covered("保障率稳定在85%以上", "保障率80%", "80", "annual")).schedule_state == "missed"
    early = covered("保障率稳定在85%以上", "1-6月保障率93%", "93", "annual", as_of=JUNE)
    assert assess(early).schedule_reason == "partial_period"


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ("新建公园9个;下半年计划再建绿道", "not_computable", "written_earlier"),
        ("新建公园9个;绿道预计12月底建成", "not_computable", "written_earlier"),
        ("新建公园9个,计划年底前完成其余", "not_computable", "announced_for_later"),
        ("新建公园9个;下半年建成绿道", "missed", ""),
        ("新建公园9个;完成年度计划,年底通过验收", "missed", ""),
        ("新建公园9个;绿道计划明年底建成", "missed", ""),
        (f"新建公园9个;绿道计划{YEAR + 1}年底前建成", "missed", ""),
    ],
)
def test_a_report_that_speaks_of_the_rest_of_the_year_misses_nothing(told: str, state: str, reason: str) -> None:
    one = assess(commitment(reports=(report(told, result("9"), kind="annual"),)))
    assert (one.schedule_state, one.schedule_reason) == (state, reason)


def test_the_printed_date_of_a_number_goes_before_the_words_of_its_report() -> None:
    told = report("至12月底新建公园9个;下半年计划再建绿道", result("9", as_of=DECEMBER), kind="annual")
    assert assess(commitment(reports=(told,))).schedule_state == "missed"


def test_a_report_written_earlier_is_not_behind_a_milestone_of_the_end() -> None:
    told = report("新建公园1个;下半年计划再建绿道", result("1"), kind="annual")
    one = assess(commitment(milestones=(milestone(DECEMBER, "10"),), reports=(told,)))
    assert (one.schedule_state, one.schedule_reason) == ("not_computable", "written_earlier")
    assert (
        assess(commitment(reports=(report("新建公园10个;下半年计划再建绿道", result(), kind="annual"),))).status
        == "met"
    )


def test_a_half_year_report_may_look_ahead_and_is_late_all_the_same() -> None:
    late = commitment(due=JUNE, reports=(report("新建公园9个;下半年计划再建绿道", result("9")),))
    assert assess(late).schedule_state == "missed"


def test_a_claim_is_not_held_against_the_number_of_a_report_written_earlier() -> None:
    text = "全部完成,新建公园9个"
    assert findings("claim", commitment(reports=(report(f"{text.replace(',', '')};", result("9"), kind="annual"),)))
    told = report(f"{text.replace(',', '')};下半年计划再建绿道", result("9"), kind="annual")
    assert findings("claim", commitment(reports=(told,))) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("新建公园10个", ""),
        ("新建公园10个,启用市民中心", "numbers_only"),
        ("新建公园10个。推进绿道建设", "numbers_only"),
    ],
)
def test_a_promise_that_is_more_than_its_numbers_says_so(text: str, reason: str) -> None:
    met = assess(commitment(text=text, reports=(report("新建公园10个", result(), kind="annual"),)))
    assert (met.status, met.schedule_reason) == ("met", reason)
    missed = assess(commitment(text=text, reports=(report("新建公园9个", result("9"), kind="annual"),)))
    assert (missed.status, missed.schedule_reason) == ("missed", "")


@pytest.mark.parametrize(
    ("promised", "told", "state"),
    [("approx", "200", "met"), ("approx", "199", "not_computable"), ("eq", "200", "not_computable")],
)
def test_about_as_much_as_about_was_promised_is_reached(promised: Any, told: str, state: str) -> None:
    goal = target("200", comparator=promised)
    got = report(f"新建公园约{told}个", result(told, comparator="approx"), kind="annual")
    assert assess(commitment(text="新建公园约200个", targets=(goal,), reports=(got,))).schedule_state == state


@pytest.mark.parametrize(
    ("basis", "reason"), [("完成全年目标的", "rate_disagrees"), ("全省统一进度为", "rate_other_base")]
)
def test_a_rate_of_another_base_is_told_from_one_that_disagrees(basis: str, reason: str) -> None:
    told = report(f"新建公园12个,{basis}90%", result("12"), rates=(rate("90", basis=basis, start=109),))
    assert assess(commitment(reports=(told,))).schedule_reason == reason


@pytest.mark.parametrize(
    ("value", "published", "state"),
    [
        ("150", "500", "exceeded"),
        ("151", "503.3", "exceeded"),
        ("152", "506.7", "exceeded"),
        ("152", "506.6", "exceeded"),
        ("152", "506.9", "not_computable"),
    ],
)
def test_a_rate_confirms_a_number_exactly_rounded_or_cut_off(value: str, published: str, state: str) -> None:
    told = report(
        f"新建公园{value}个,完成全年目标的{published}%", result(value), rates=(rate(published),), kind="annual"
    )
    assert assess(commitment(targets=(target("30"),), reports=(told,))).schedule_state == state


# --- which words are beside a number ------------------------------------------------------------


def counted(text: str, *rates: str, value: str = "10", start: int = 0) -> Commitment:
    """Ten parks that were promised, a report at the end of the year, and rates in it, the first one of a progress."""
    found = tuple(
        rate(
            share,
            id=f"p{place}",
            basis="完成全年目标的" if place else "平均进度",
            result="v1" if place else "",
            target="t1" if place else "",
            start=100 + max(text.find(f"{share}%"), 0),
        )
        for place, share in enumerate(rates)
    )
    number = result(value, start=start or 100 + max(text.find(f"{value}个"), 0))
    return commitment(reports=(report(text, number, rates=found, kind="annual"),))


@pytest.mark.parametrize(
    ("text", "rates", "reason"),
    [
        ("公园10个,平均进度13.4%", ("13.4",), "stage_of_work"),
        ("13.4%为平均进度,公园10个", ("13.4",), "stage_of_work"),
        ("公园10个。平均进度13.4%", ("13.4",), ""),
        ("公园10个,平均进度100%", ("100",), ""),
        ("公园10个,平均进度13.4%,完成全年目标的100%", ("13.4", "100"), ""),
        # a count and a rate that stand in no text stand in no sentence together
        ("公园", ("13.4",), ""),
    ],
)
def test_a_count_beside_a_progress_may_be_that_of_the_plan(text: str, rates: tuple[str, ...], reason: str) -> None:
    one = assess(counted(text, *rates))
    assert (one.schedule_state, one.schedule_reason) == (("not_computable", reason) if reason else ("met", ""))


def test_of_two_like_numbers_the_words_beside_the_right_one_count() -> None:
    text = "公园10个,13.4%是平均进度,绿道13.4%"
    for start, reason in ((106, "stage_of_work"), (119, "")):
        progress = rate("13.4", basis="", result="", target="", start=start)
        one = assess(commitment(reports=(report(text, result(start=102), rates=(progress,), kind="annual"),)))
        assert one.schedule_reason == reason
    goal = target("85", "%", kind="rate", measure="保障率", comparator="ge", start=5)
    for start, state in ((105, "not_computable"), (112, "exceeded")):
        told = report("保障率保持93%,绿化率93%", result("93", "%", measure="保障率", start=start))
        assert assess(commitment(text="保障率达到85%", targets=(goal,), reports=(told,))).schedule_state == state


def assess_with_stages(one: Commitment, *stages: str) -> AssessedCommitment:
    return assess_register(register(one), PLACE, replace(WORDS, stages=stages)).commitments[0]


@pytest.mark.parametrize("stages", [("进度", "形象"), ("形象", "进度")])
def test_any_word_of_a_stage_will_do(stages: tuple[str, ...]) -> None:
    assert assess_with_stages(counted("公园10个,平均进度13.4%", "13.4"), *stages).schedule_reason == "stage_of_work"
    assert assess_with_stages(counted("公园9个,进度良好", value="9"), *stages).schedule_reason == "stage_of_work"


@pytest.mark.parametrize(
    ("text", "at", "must_hold"),
    [
        ("85%以上保障率保持到年底", 0, True),
        ("保持稳定,85%以上的保障率", 5, False),
        ("保障率达到85%,绿化率保持85%", 5, False),
        ("保障率达到85%,绿化率保持85%", 14, True),
        ("保障率保持较高水平", 3, False),
    ],
)
def test_the_clause_of_the_number_says_whether_it_must_hold(text: str, at: int, must_hold: bool) -> None:
    goal = target("85", "%", kind="rate", measure="保障率", comparator="ge", start=500 + at)
    told = report("覆盖93%", result("93", "%", measure="保障率", start=102))
    one = assess(commitment(text=text, start=500, end=500 + len(text), targets=(goal,), reports=(told,)))
    assert one.schedule_state == ("not_computable" if must_hold else "exceeded")


def test_a_number_of_a_table_has_no_clause() -> None:
    goal = target("85", "%", kind="rate", measure="保障率", comparator="ge", start=5)
    told = report("保持平稳", result("93", "%", measure="保障率"))
    one = assess(commitment(text="保障率达到85%", targets=(goal,), reports=(told,)))
    assert one.schedule_state == "exceeded"
    missed = report("计划再建,进度良好", result("9"), kind="annual")
    assert assess(commitment(reports=(missed,))).schedule_state == "missed"


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("力争新建公园10个", 6, "striven_for"),
        ("新建公园10个,力争年底开放", 4, ""),
        ("力争新建绿道5公里。10个公园新建", 10, ""),
        ("新建公园10个,力争10个开放", 4, ""),
        ("新建公园10个,力争10个开放", 10, "striven_for"),
        ("力争新建公园", 6, ""),
    ],
)
def test_what_is_striven_for_stands_behind_the_word_in_its_sentence(text: str, at: int, reason: str) -> None:
    goal = target(start=500 + at)
    told = report("新建公园9个", result("9"), kind="annual")
    one = assess(commitment(text=text, start=500, end=500 + len(text), targets=(goal,), reports=(told,)))
    assert (one.schedule_state, one.schedule_reason) == (("not_computable", reason) if reason else ("missed", ""))
