"""Sentences and clauses, where a printed number stands in them, and what the words beside it leave in doubt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.assess.clauses import clause_at, clauses, nearest, places_of, position_in_text, sentence_at, sentences
from generator.assess.doubts import doubt_about_missing, is_at_a_stage, is_confirmed, is_of_an_earlier_day, must_hold
from generator.assess.subject import Subject, comparable_ties, result_date, shown_only
from generator.model import Commitment
from tests.assess_examples import WORDS, YEAR, assess, commitment, rate, register, report, result, source, target

MARCH, JUNE, DECEMBER = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 12, 31)


def subject(one: Commitment, sources: Any = None, **values: Any) -> Subject:
    return Subject(register(one, sources=sources), one, WORDS, **values)


# --- sentences and clauses ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲。乙", ["甲", "乙"]),
        ("甲；乙", ["甲", "乙"]),
        ("甲;乙", ["甲", "乙"]),
        ("甲！乙", ["甲", "乙"]),
        ("甲!乙", ["甲", "乙"]),
        ("甲\n乙", ["甲", "乙"]),
        ("甲，乙", ["甲，乙"]),
        ("甲1.乙2、丙", ["甲", "1.乙", "2、丙"]),
        ("甲12．乙", ["甲", "12．乙"]),
        ("甲1.5亿", ["甲1.5亿"]),
        ("甲0.1.乙", ["甲0.1.乙"]),
        ("甲0．1．乙", ["甲0．1．乙"]),
        ("甲123.乙", ["甲123.乙"]),
        (" 甲 。 。乙 ", ["甲", "乙"]),
        ("", []),
        ("。", []),
    ],
)
def test_sentences_end_where_the_signs_or_the_next_item_say(text: str, pieces: list[str]) -> None:
    found = sentences(text)
    assert [one.text for one in found] == pieces
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲，乙,丙", ["甲", "乙", "丙"]),
        ("甲1,234个", ["甲1,234个"]),
        ("甲1,2345个", ["甲1", "2345个"]),
        ("甲、乙", ["甲、乙"]),
        ("甲， 乙", ["甲", "乙"]),
    ],
)
def test_clauses_stand_between_commas_that_are_none_of_a_number(text: str, pieces: list[str]) -> None:
    (sentence,) = sentences(f"前文。{text}")[1:]
    assert [one.text for one in clauses(sentence)] == pieces
    assert all(f"前文。{text}"[one.start : one.end] == one.text for one in clauses(sentence))


def test_a_number_stands_where_it_is_nearest_to_its_offset() -> None:
    text = "公园10个，绿地10个"
    assert [*places_of("10个", text)] == [2, 8]
    assert [*places_of("", text)] == [*places_of("9个", text)] == []
    assert [*places_of("aa", "aaaa")] == [0, 2]
    assert (nearest(text, "10个", 0), nearest(text, "10个", 6), nearest(text, "9个", 6)) == (2, 8, None)
    assert [*places_of("公", text)] == [0]
    assert [*places_of("个", "1个2个3个")] == [1, 3, 5]
    told = report(text, start=100)
    assert (position_in_text(told, "10个", 107), position_in_text(told, "10个", 100)) == (8, 2)


def test_a_number_is_in_one_sentence_and_one_clause_of_it() -> None:
    told = report("甲1个，乙2个。丙3个，丁4个")
    sentence, clause = sentence_at(told, "3个", 109), clause_at(told, "3个", 109)
    assert sentence is not None and sentence.text == "丙3个，丁4个"
    assert clause is not None and clause.text == "丙3个"
    first = clause_at(told, "甲", 100)
    assert first is not None and first.text == "甲1个"
    assert sentence_at(told, "9个", 100) is None and clause_at(told, "9个", 100) is None
    assert sentence_at(told, "。", 107) is None and clause_at(told, "，", 103) is None


# --- the subject --------------------------------------------------------------------------------


def test_reports_come_newest_first_and_undated_ones_last() -> None:
    undated = report("无", id="r3", as_of=None)
    one = commitment(reports=(undated, report("半年"), report("全年", kind="annual", id="r2")))
    assert [told.id for told in subject(one).reports()] == ["r2", "r1", "r3"]


def test_the_days_of_a_programme() -> None:
    plain, late = subject(commitment()), subject(commitment(due=date(YEAR + 2, 3, 31)))
    assert (plain.first_day(), plain.year_end(), plain.period_end()) == (date(YEAR, 1, 1), DECEMBER, DECEMBER)
    assert plain.last_day() == date(YEAR + 1, 12, 31)
    assert (late.period_end(), late.last_day()) == (date(YEAR + 2, 3, 31), date(YEAR + 3, 12, 31))
    assert subject(commitment(due=MARCH)).last_day() == date(YEAR + 1, 12, 31)
    assert subject(commitment(due=date.max)).last_day() == date.max


@pytest.mark.parametrize(
    ("told", "due", "sources", "final"),
    [
        (report("一", kind="annual"), None, None, True),
        (report("一"), None, None, False),
        (report("一"), JUNE, None, True),
        (report("一"), date(YEAR, 7, 1), None, False),
        (report("一", kind="annual", as_of=None), None, None, True),
        (report("一", as_of=None), None, None, False),
        (report("一", kind="annual", as_of=JUNE), None, None, False),
        (report("预计年底完成", kind="annual"), None, None, False),
        (report("一", kind="annual", as_of=None, source="s-none"), None, None, False),
    ],
)
def test_a_final_report_speaks_when_the_promise_should_be_kept(told: Any, due: Any, sources: Any, final: bool) -> None:
    assert subject(commitment(due=due, reports=(told,)), sources).is_final(told) is final


@pytest.mark.parametrize(
    ("told", "earlier"),
    [
        (report("预计年底完成", kind="annual"), True),
        (report("预计年底完成"), False),
        (report("预计年底完成", as_of=DECEMBER), True),
        (report("预计年底完成", kind="annual", as_of=None), True),
        (report("预计年底完成", as_of=None), False),
        (report("已经完成", kind="annual"), False),
    ],
)
def test_a_report_of_the_end_that_looks_ahead_was_written_earlier(told: Any, earlier: bool) -> None:
    assert subject(commitment(reports=(told,))).is_written_earlier(told) is earlier


@pytest.mark.parametrize(
    ("own", "told", "day"),
    [(MARCH, JUNE, MARCH), (DECEMBER, JUNE, JUNE), (None, JUNE, JUNE), (MARCH, None, MARCH), (None, None, None)],
)
def test_a_number_holds_at_its_own_day_and_never_later_than_its_report(own: Any, told: Any, day: Any) -> None:
    assert result_date(report("一", as_of=told), result(as_of=own)) == day


def test_ties_that_may_not_be_compared_are_cut_with_their_rates() -> None:
    part, same = result("1", relation="part"), result("2", id="v2")
    shares = (rate("10"), rate("20", id="p2", result="v2"), rate("30", id="p3", result=""))
    one = commitment(reports=(report("一", part, same, rates=shares),))
    (told,) = comparable_ties(one).reports
    assert [found.target for found in told.results] == ["", "t1"]
    assert [found.target for found in told.rates] == ["", "t1", "t1"]
    assert shown_only(one) == frozenset()
    assert shown_only(commitment(reports=(report("一", part),))) == {"t1"}
    assert shown_only(commitment(reports=(report("一", result(target="", relation="part")),))) == frozenset()


# --- doubts -------------------------------------------------------------------------------------


def rated(*rates: Any, text: str = "公园5个,完成全年目标的50%", **values: Any) -> Subject:
    told = report(text, result("5"), rates=rates, kind="annual")
    assessed = assess(commitment(reports=(told,), **values))
    return subject(commitment(reports=(told,), **values), rates=assessed.rates)


@pytest.mark.parametrize(
    ("share", "confirmed"),
    [
        (rate("50"), True),
        (rate("51"), False),
        (rate("50", target=""), False),
        (rate("50.0", printed="50.0%"), True),
    ],
)
def test_a_rate_that_follows_confirms_its_number(share: Any, confirmed: bool) -> None:
    one = rated(share)
    assert is_confirmed(one, one.commitment.reports[0], target()) is confirmed
    assert not is_confirmed(one, report("另", id="r9"), target())
    assert not is_confirmed(one, one.commitment.reports[0], target(id="t2"))


@pytest.mark.parametrize(
    ("text", "share", "goal", "at_a_stage"),
    [
        ("公园9个，平均进度13%", rate("13", basis="平均进度", target="", result="", start=107), target(), True),
        ("公园9个，平均进度100%", rate("100", basis="平均进度", target="", result="", start=107), target(), False),
        ("公园9个。平均进度13%", rate("13", basis="平均进度", target="", result="", start=107), target(), False),
        ("公园9个，完成13%", rate("13", basis="完成", target="", result="", start=107), target(), False),
        ("公园9个，进度已达13%", rate("13", basis="", target="", result="", start=109), target(), True),
        (
            "公园9个，平均进度13%",
            rate("13", basis="平均进度", target="", result="", start=107),
            target(kind="rate"),
            False,
        ),
        ("公园9个，平均进度13%", rate("14", basis="平均进度", target="", result="", start=107), target(), False),
    ],
)
def test_a_count_beside_a_progress_may_be_the_plans(text: str, share: Any, goal: Any, at_a_stage: bool) -> None:
    number = result("9", start=102)
    told = report(text, number, rates=(share,))
    assert is_at_a_stage(subject(commitment(targets=(goal,), reports=(told,))), goal, told, number) is at_a_stage


@pytest.mark.parametrize(
    ("number", "text", "earlier"),
    [
        (result("9"), "预计年底完成公园9个", True),
        (result("9", as_of=DECEMBER), "预计年底完成公园9个", False),
        (result("9"), "完成公园9个", False),
        (None, "预计年底完成公园9个", False),
    ],
)
def test_an_undated_number_of_a_report_that_looks_ahead_is_of_an_earlier_day(
    number: Any, text: str, earlier: bool
) -> None:
    told = report(text, kind="annual")
    assert is_of_an_earlier_day(subject(commitment(reports=(told,))), told, number) is earlier


@pytest.mark.parametrize(
    ("measure", "promise", "text", "holds"),
    [
        ("优良率", "优良率90%", "达91%", True),
        ("指标", "稳定在90%", "达91%", True),
        ("指标", "指标90%", "保持91%", True),
        ("指标", "指标90%", "达91%", False),
        ("指标", "指标90%，另保持绿化", "达91%", False),
        ("指标", "指标90%。保持绿化", "达91%", False),
        ("指标", "指标90%", "达91%，保持绿化", False),
    ],
)
def test_what_must_be_kept_is_said_in_the_measure_or_beside_either_number(
    measure: str, promise: str, text: str, holds: bool
) -> None:
    at = promise.index("90%")
    goal = target("90", "%", measure=measure, printed="90%", start=at, end=at + 3)
    number = result("91", "%", start=100 + text.index("91%"))
    told = report(text, number)
    one = subject(commitment(text=promise, targets=(goal,), reports=(told,)))
    assert must_hold(one, goal, told, number) is holds
    assert must_hold(one, goal, told, None) is (holds and "保持" not in text)


@pytest.mark.parametrize(
    ("promise", "measure", "text", "unit", "doubt"),
    [
        ("新建公园10个", "新建公园", "新建公园9个", "个", ""),
        ("力争新建公园10个", "新建公园", "新建公园9个", "个", "striven_for"),
        ("力争提升绿化。新建公园10个", "新建公园", "新建公园9个", "个", ""),
        ("新建公园10个，力争提升绿化", "新建公园", "新建公园9个", "个", ""),
        ("新建公园10个", "新建公园", "新建公园9个，其余计划年底完成", "个", "announced_for_later"),
        ("新建公园10个", "新建公园", "新建公园9个。其余计划年底完成", "个", ""),
        ("新建公园10个", "新建公园", "新建公园9个，进度良好", "个", "stage_of_work"),
        ("公园进度10%", "公园进度", "公园进度9%", "%", ""),
        ("新建公园、广场10个", "新建公园、广场", "新建公园9个", "个", "part_of_measure"),
        ("新建公园10个", "新建公园", "新建公园、广场9个", "个", ""),
    ],
)
def test_why_a_shortfall_is_not_called_missed(promise: str, measure: str, text: str, unit: str, doubt: str) -> None:
    at = promise.index(f"10{unit}")
    goal = target("10", unit, measure=measure, start=at, end=at + 3)
    number = result("9", unit, start=100 + text.index(f"9{unit}"), measure="新建公园")
    told = report(text, number, kind="annual")
    one = subject(commitment(text=promise, targets=(goal,), reports=(told,)))
    assert doubt_about_missing(one, goal, told, number) == doubt
    assert doubt_about_missing(one, goal, told, None) == ""


def test_both_named_things_leave_no_part_open() -> None:
    goal = target(measure="新建公园、广场")
    number = result("9", measure="新建公园、广场")
    told = report("新建公园、广场9个", number, kind="annual")
    assert doubt_about_missing(subject(commitment(targets=(goal,), reports=(told,))), goal, told, number) == ""


def test_sources_are_found_by_their_id() -> None:
    one = subject(commitment(), (source("plan"), source("annual")))
    found = one.source("s-annual")
    assert found is not None and found.kind == "annual" and one.source("s-half") is None
