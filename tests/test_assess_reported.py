"""What the government says in its own words: which claims are of the whole, what undoes them, and what is quoted."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model import Commitment
from tests.assess_examples import assess, commitment, rate, report, result, target

#: A clause of 40 characters, all of one sort.
FORTY = "甲" * 40


def said(one: Commitment) -> tuple[str, str]:
    assessed = assess(one)
    return assessed.reported_state, assessed.reported_words


def told(text: str, *results: Any, **values: Any) -> Commitment:
    """A report of ten parks that were promised."""
    return commitment(reports=(report(text, *results, **values),))


def only(text: str) -> tuple[str, str]:
    """What is said by a report of a promise without numbers."""
    return said(commitment(targets=(), reports=(report(text),)))


# --- claims of the whole ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("完成了全年目标", "完成了全年目标"),
        ("完成全年目标任务", "完成全年目标任务"),
        ("完成省政府下达的年度任务", "完成省政府下达的年度任务"),
        ("完成全年各类公园建设任务", "完成全年各类公园建设任务"),
        ("完成省人民政府下达的年度任务", ""),
        ("完成全年各类公园的建设任务", ""),
        ("完成3个年度任务", ""),
        ("超额完成了年度任务", "超额完成了年度任务"),
        ("超额完成任务指标", "超额完成任务指标"),
        ("超额完成省下达的年度任务", "超额完成省下达的年度任务"),
        ("超额完成省里下达的年度任务", "超额完成"),
        ("超额完成5项任务", "超额完成"),
        ("未来社区全部建成", "全部建成"),
        ("初步方案全部完成", "全部完成"),
        ("全部建成公共部分", "全部建成"),
        ("完成全年目标且办结率为20%", "完成全年目标"),
        ("基本完成年度任务后全部建成", "全部建成"),
        ("完成全年目标的20%后全部建成", "全部建成"),
    ],
)
def test_a_claim_is_made_of_a_verb_a_whole_and_a_noun_near_each_other(text: str, claim: str) -> None:
    state = "exceeded" if claim.startswith("超额") else "completed" if claim else "under_way"
    assert only(f"{text}。") == (state, claim or text)


@pytest.mark.parametrize("denial", ["未", "没", "没有", "不", "难以", "无法", "不能", "没能", "未曾", "未予"])
def test_what_is_denied_is_not_claimed(denial: str) -> None:
    assert only(f"{denial}全部建成。")[0] == "under_way"


@pytest.mark.parametrize(
    ("share", "state"),
    [
        ("20%", "under_way"),
        ("的20%", "under_way"),
        (" 的20%", "under_way"),
        ("的 20%", "under_way"),
        ("的约20%", "under_way"),
        ("的近20%", "under_way"),
        ("的20 %", "under_way"),
        ("的20％", "under_way"),
        ("的9%", "under_way"),
        ("的99.95%", "under_way"),
        ("的100%", "completed"),
        ("20个", "completed"),
    ],
)
def test_a_share_below_the_whole_behind_a_claim_takes_it_back(share: str, state: str) -> None:
    assert only(f"完成全年目标{share}。")[0] == state


@pytest.mark.parametrize(
    ("text", "state", "quoted"),
    [
        ("甲类全部完成,乙类超额完成。", "exceeded", "超额完成"),
        ("公园全部建成。绿道超额完成。", "exceeded", "超额完成"),
        ("公园全部建成。绿道全部建成。", "completed", "全部建成"),
        ("公园全部建成。绿道均已完成。", "completed", "全部建成；均已完成"),
        ("公园未开工。绿道未开工。", "not_started", "未开工"),
        ("公园未开工。绿道已取消。", "under_way", "公园未开工"),
        ("公园未开工,绿道已取消。", "not_started", "未开工"),
        ("公园已取消。绿道全部建成。", "under_way", "公园已取消"),
        ("公园全部建成。召开会议。", "under_way", "公园全部建成"),
        ("公园全部建成,预计下月开放。", "under_way", "公园全部建成"),
        ("公园建成或超额完成全年任务。", "completed", "超额完成全年任务"),
        ("各类公园或绿道超额完成全年任务。", "exceeded", "超额完成全年任务"),
        ("", "under_way", ""),
        ("。", "under_way", ""),
    ],
)
def test_a_report_says_what_all_of_its_sentences_say(text: str, state: str, quoted: str) -> None:
    assert only(text) == (state, quoted)


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("9个公园全部建成。", "9", "under_way"),
        ("全部建成公园9个。", "9", "under_way"),
        ("建成公园9个。绿道全部建成。", "9", "under_way"),
        ("10个公园全部建成。", "10", "completed"),
    ],
)
def test_a_number_that_falls_short_undoes_the_claim_of_its_sentence(text: str, value: str, state: str) -> None:
    got = result(value, start=100 + text.index(value))
    assert said(told(text, got))[0] == state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "completed"),
        ({"forecast": True}, "under_way"),
        ({"area": "东区"}, "under_way"),
        ({"target": ""}, "under_way"),
    ],
)
def test_only_a_number_of_the_whole_that_was_reached_speaks(values: dict[str, Any], state: str) -> None:
    assert said(told("新建公园10个。", result(start=104, **values)))[0] == state


@pytest.mark.parametrize("values", [{"forecast": True}, {"area": "东区"}])
def test_a_rate_does_not_speak_for_a_number_that_does_not_count(values: dict[str, Any]) -> None:
    full = rate("100", result="", start=103)
    assert said(told("完成率100%。", result(printed="十个", **values), rates=(full,)))[0] == "under_way"
    assert said(told("完成率100%。", result(printed="十个"), rates=(full,))) == ("completed", "完成率100%")
    other = rate("100", result="", start=108)
    assert said(told("召开会议。完成率100%。", result(printed="十个"), rates=(other,)))[0] == "under_way"


def test_a_number_that_is_only_announced_is_not_yet_reached() -> None:
    later = result("12", id="v2", start=115, forecast=True)
    assert said(told("1.新建公园10个。2.全年共新建12个。", result(start=106), later)) == ("under_way", "新建公园10个")


def test_growth_that_is_reached_in_part_of_the_year_is_no_completion() -> None:
    goal = target("7", "%", kind="growth", measure="生产总值增长")
    grown = report("生产总值增长8%。", result("8", "%", measure="生产总值增长", start=106))
    assert said(commitment(targets=(goal,), reports=(grown,))) == ("under_way", "生产总值增长8%")


@pytest.mark.parametrize(
    ("rates", "state"),
    [
        ((("40", "t1"),), "under_way"),
        ((("40", ""),), "completed"),
        ((("100", "t1"),), "completed"),
        ((("40", "t1"), ("100", "t1")), "under_way"),
    ],
)
def test_a_rate_of_a_target_below_the_whole_undoes_a_claim(rates: tuple[tuple[str, str], ...], state: str) -> None:
    text = "公园全部建成,完成率" + "、".join(f"{share}%" for share, _ in rates) + "。"
    found = tuple(
        rate(share, id=f"p{place}", target=goal, result="", start=100 + text.index(f"{share}%"))
        for place, (share, goal) in enumerate(rates)
    )
    assert said(told(text, rates=found))[0] == state


def test_one_number_that_falls_short_is_enough() -> None:
    squares = target("5", id="t2", measure="新建广场")
    both = (result("9", start=104), result("5", id="v2", target="t2", measure="新建广场", start=111))
    one = commitment(targets=(target(), squares), reports=(report("新建公园9个,新建广场5个,全部建成。", *both),))
    assert said(one)[0] == "under_way"


def test_the_first_clause_with_a_number_that_is_reached_is_quoted_of_each_sentence() -> None:
    squares = target("5", id="t2", measure="新建广场")
    text = "1.新建公园10个,新建广场5个,完成率100%。2.新建广场6个。"
    numbers = (
        result(start=106),
        result("5", id="v2", target="t2", measure="新建广场", start=114),
        result("6", id="v3", target="t2", measure="新建广场", start=132),
    )
    full = rate("100", result="", target="t2", start=120)
    one = commitment(targets=(target(), squares), reports=(report(text, *numbers, rates=(full,)),))
    assert said(one) == ("completed", "新建公园10个；新建广场6个")


# --- what is quoted of work under way -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("正在建设公园。绿道因雨推迟,广场延期。", "绿道因雨推迟"),
        ("加快建设公园,绿道未开工。学校全部建成。", "绿道未开工"),
        ("已启动改造,基本完成主体,加快装修。", "加快装修"),
        ("已启动改造,基本完成主体。", "基本完成主体"),
        ("制定方案,已启动改造。", "已启动改造"),
        ("制定方案,召开会议。", "制定方案"),
    ],
)
def test_what_is_late_is_quoted_before_what_goes_on_and_that_before_what_has_begun(text: str, quoted: str) -> None:
    assert only(text) == ("under_way", quoted)


@pytest.mark.parametrize(
    "opening",
    [
        *("截至6月底", "截止6月底", "至6月底", "今年", "今年以来", "目前", "上半年", "全年"),
        *(
            "前一季度",
            "前二季度",
            "前三季度",
            "1-6月",
            "1至6月",
            "10-12月",
            "6月30日",
            "12月5日",
            "6月1-30日",
            "6月1至30日",
        ),
        *("截至今年的六月三十日", "1.目前", "1．目前", "1、目前", "12.目前", "1. 目前"),
    ],
)
def test_an_opening_is_not_what_is_quoted(opening: str) -> None:
    assert only(f"{opening},制定方案。") == ("under_way", "制定方案")


@pytest.mark.parametrize(
    "clause", ["截至今年六月三十日的方案", "至于其余", "前期方案", "月1-6", "6月方案", "3月1号方案", "各区目前"]
)
def test_what_only_looks_like_an_opening_is_quoted(clause: str) -> None:
    assert only(f"{clause},召开会议。") == ("under_way", clause)


def test_a_report_that_is_nothing_but_an_opening_is_quoted() -> None:
    assert only("截至6月底。") == ("under_way", "截至6月底")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("1.制定方案", "制定方案"),
        ("12、制定方案", "制定方案"),
        ("1．制定方案", "制定方案"),
        ("1. 制定方案", "制定方案"),
        # a number of the report is not taken for that of an item
        ("3.5公里道路制定方案", "3.5公里道路制定方案"),
        ("3、4号线制定方案", "3、4号线制定方案"),
        ("1.5公里道路制定方案\n其余2.5公里", "1.5公里道路制定方案"),
        # unless the lines are numbered
        ("1.6个区县制定方案\n2.召开会议", "6个区县制定方案"),
        ("1、6个区县制定方案\n2、召开会议", "6个区县制定方案"),
        ("1．6个区县制定方案\n2．召开会议", "6个区县制定方案"),
        (" 1.6个区县制定方案\n 2.召开会议", "6个区县制定方案"),
        ("1.\n2.6个区县推进", "6个区县推进"),
        ("1.\n2.召开会议", "召开会议"),
        ("道路1.5公里\n2.5公里道路推进", "2.5公里道路推进"),
        ("方案2023、推进", "方案2023、推进"),
        ("1.召开会议\n12.6个区县推进", "12.6个区县推进"),
        ("1.召开会议\n2.方案\n 12.6个区县推进", "6个区县推进"),
        ("1. 召开会议\n2.方案", "召开会议"),
        ("1.1-6月,制定方案\n2.1-6月,召开会议", "制定方案"),
        ("1.全市,3.5公里道路推进\n2.召开会议", "3.5公里道路推进"),
        ("2.5公里道路制定方案\n2.召开会议", "2.5公里道路制定方案"),
        ("、制定方案", "、制定方案"),
    ],
)
def test_the_number_of_an_item_is_not_quoted(text: str, quoted: str) -> None:
    assert only(f"{text}。") == ("under_way", quoted)


@pytest.mark.parametrize(
    ("clause", "quoted"),
    [
        (FORTY, FORTY),
        (f"1.{FORTY}", FORTY),
        (f"{FORTY[:-3]}12个", f"{FORTY[:-3]}12个"),
        (f"{FORTY[:-2]}十二", f"{FORTY[:-2]}十二"),
        (f"{FORTY}乙", f"{FORTY}"),
        (f"{FORTY[:-3]}2000个", f"{FORTY[:-3]}"),
        (f"{FORTY[:-4]}197.49亿元", f"{FORTY[:-4]}"),
        (f"{FORTY[:-4]}3,600个", f"{FORTY[:-4]}"),
        (f"{FORTY[:-3]}20万亩", f"{FORTY[:-3]}"),
        (f"{FORTY[:-2]}5亿元", f"{FORTY[:-2]}"),
        (f"{FORTY[:-1]}五十个", f"{FORTY[:-1]}"),
        (f"{FORTY[:-5]}建成8个公园", f"{FORTY[:-5]}建成8个公"),
    ],
)
def test_a_long_quotation_is_cut_and_never_within_a_number(clause: str, quoted: str) -> None:
    assert only(f"{clause}。") == ("under_way", quoted)
