"""What stands beside a number: comparators, and the words that make it no quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.lookups import Lookups
from generator.quantities import Grammar, Number
from generator.quantities.signs import Signs
from tests.conftest import REPOSITORY

LOOKUPS = Lookups(REPOSITORY / "content")


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(LOOKUPS.units, LOOKUPS.comparators, LOOKUPS.numerals)


@pytest.fixture(scope="module")
def signs() -> Signs:
    return Signs(LOOKUPS.comparators)


# --- comparators --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "sign", "words"),
    [
        ("不少于", "ge", "不少于"),
        ("增长超过", "gt", "超过"),
        ("增长不超过", "le", "不超过"),
        ("约", "approx", "约"),
        ("不低于 ", "ge", "不低于 "),
        ("不少于了", "ge", "不少于了"),
        ("超过到", "gt", "超过到"),
        ("超过至", "gt", "超过至"),
        ("突破达", "gt", "突破达"),
        ("突破达到", "gt", "突破达到"),
        ("突破达到 ", "gt", "突破达到 "),
        # 节约, 制约, 最近, 赶超 are other words
        ("节约", None, ""),
        ("制约", None, ""),
        ("最近", None, ""),
        ("赶超", None, ""),
        ("制定目标超过", "gt", "超过"),
        ("超过预期的约", "approx", "约"),
        ("至少1个中投入", None, ""),
        # 至少 counts anywhere in the clause, and no further
        ("至少在一个领域投入", "ge", ""),
        ("不少于两方面投入", "ge", ""),
        ("不低于平均投入", "ge", ""),
        ("最少投入", "ge", ""),
        ("至少1个，投入", None, ""),
        ("至少，投入", None, ""),
        ("至少,投入", None, ""),
        ("至少。投入", None, ""),
        ("至少;投入", None, ""),
        ("至少；投入", None, ""),
        ("至少\0投入", None, ""),
        ("减少投入", None, ""),
        ("新增", None, ""),
        ("", None, ""),
    ],
)
def test_what_stands_before_a_number(signs: Signs, before: str, sign: str | None, words: str) -> None:
    text = f"{before}10个"
    assert signs.before(text, len(before)) == (sign, len(before) - len(words))


def test_of_two_signs_that_end_alike_the_longer_counts_wherever_it_stands(signs: Signs) -> None:
    for filled in range(60):
        text = "填" * filled + "不超过"
        assert signs.before(f"{text}10", len(text)) == ("le", filled)


@pytest.mark.parametrize("far", [30, 37, 38])
def test_a_sign_is_looked_for_no_further_than_forty_characters_back(signs: Signs, far: int) -> None:
    text = "至少" + "填" * far
    assert signs.before(text, len(text))[0] == "ge"
    assert signs.before("至少" + "填" * 39, 41)[0] is None


@pytest.mark.parametrize(
    ("after", "sign", "length"),
    [
        ("以上", "ge", 2),
        ("及以上的", "ge", 3),
        ("或以上", "ge", 3),
        ("以内", "le", 2),
        ("以下", "le", 2),
        ("之内", "le", 2),
        ("左右", "approx", 2),
        ("上下", "approx", 2),
        ("余", "gt", 1),
        ("的以上", None, 0),
        ("以及其他以上", None, 0),
        ("以", None, 0),
        ("", None, 0),
    ],
)
def test_what_stands_behind_a_number(signs: Signs, after: str, sign: str | None, length: int) -> None:
    text = f"共10个{after}"
    assert signs.after(text, 4) == (sign, 4 + length)


@pytest.mark.parametrize(
    ("text", "comparator", "span"),
    [
        ("新增不少于10个", "ge", "不少于10个"),
        ("新增10个以上", "ge", "10个以上"),
        ("新增10余个", "gt", "10余个"),
        ("新增10万余个", "gt", "10万余个"),
        ("新增10余万个", "gt", "10余万个"),
        # what stands behind counts before what stands before
        ("新增约10个以上", "ge", "约10个以上"),
        ("新增约10余个", "gt", "约10余个"),
        ("新增10-20个", "ge", "10-20个"),
        ("新增约10-20个", "approx", "约10-20个"),
        ("新增10个", "eq", "10个"),
    ],
)
def test_a_comparator_belongs_to_the_span(grammar: Grammar, text: str, comparator: str, span: str) -> None:
    (number,) = grammar.quantities(text)
    assert (number.comparator, text[slice(*number.span)]) == (comparator, span)


# --- figures ------------------------------------------------------------------------------------


def read(grammar: Grammar, text: str) -> list[tuple[str, str, str]]:
    """(value, unit, printed) of every quantity."""
    return [(f"{n.value:f}", n.unit, n.printed) for n in grammar.quantities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共1,234个", [("1234", "个", "1,234个")]),
        ("共1,234.5亩", [("1234.5", "亩", "1,234.5亩")]),
        ("共12.5亩", [("12.5", "亩", "12.5亩")]),
        ("共1.5百万元", [("1500000", "元", "1.5百万元")]),
        ("共2千万元", [("20000000", "元", "2千万元")]),
        ("共2千个", [("2000", "个", "2千个")]),
        ("共3百个", [("300", "个", "3百个")]),
        ("共2万亿元", [("2000000000000", "元", "2万亿元")]),
        ("共5千瓦", [("5", "千瓦", "5千瓦")]),
        ("共5千克", [("5", "千克", "5千克")]) if "千克" in LOOKUPS.units.kinds else ("共5个", [("5", "个", "5个")]),
        ("升5百分点", [("5", "百分点", "5百分点")]),
        ("共1,234.56亩", [("1234.56", "亩", "1,234.56亩")]),
        ("共123,456个", [("123456", "个", "123,456个")]),
        # digits that are grouped otherwise are two numbers
        ("共1,2345个", [("1", "", "1"), ("2345", "个", "2345个")]),
        ("共1234,567个", [("1234", "", "1234"), ("567", "个", "567个")]),
        ("共2-,234个", [("2", "", "2"), ("234", "个", "234个")]),
        ("共1，２３４个", [("1", "", "1"), ("234", "个", "２３４个")]),
        ("共１，234个", [("1", "", "１"), ("234", "个", "234个")]),
        # 百 and 千 that begin a word are no magnitude
        *((f"共5百{word}", [("5", "", "5")]) for word in ("花", "姓", "货", "企", "年", "日", "千", "强")),
        *((f"共5千{unit}", [("5", f"千{unit}", f"5千{unit}")]) for unit in ("瓦", "克", "米", "伏安")),
        ("增-5%", [("-5", "%", "-5%")]),
        ("增－5%", [("-5", "%", "－5%")]),
        ("增−5%", [("-5", "%", "−5%")]),
        ("10%-5%", [("10", "%", "10%-5%")]),
        # behind another figure, a letter or a bracket it is a dash; behind a date only what rises and falls is negative
        ("新增10个-15家", [("10", "个", "10个"), ("15", "家", "15家")]),
        ("新增2万-3个", [("20000", "", "2万"), ("3", "个", "3个")]),
        ("预案A-5个", [("5", "个", "5个")]),
        ("预案b-5个", [("5", "个", "5个")]),
        ("指标(一)-5个", [("5", "个", "5个")]),
        ("指标（一）-5个", [("5", "个", "5个")]),
        ("自4月-8，", [("8", "", "8")]),
        ("自4月-8个，", [("8", "个", "8个")]),
        ("1-6月-5.2%", [("-5.2", "%", "-5.2%")]),
        ("1-6月-5.2个百分点", [("-5.2", "个百分点", "-5.2个百分点")]),
        ("新增-5个", [("-5", "个", "-5个")]),
        ("当月-5.2%", [("-5.2", "%", "-5.2%")]),
        ("共5 万 个", [("50000", "个", "5 万 个")]),
        ("共5\t万\u3000个", [("50000", "个", "5\t万\u3000个")]),
        ("共5\t余\u3000万 余 个", [("50000", "个", "5\t余\u3000万 余 个")]),
        # a blank before the magnitude makes no numeral of it
        ("共5 百万元，8个", [("5000000", "元", "5 百万元"), ("8", "个", "8个")]),
        ("投资超亿元", [("100000000", "元", "亿元")]),
        ("共5(4)个", [("5", "个", "5(4)个")]),
        ("共5（4）个", [("5", "个", "5（4）个")]),
        ("共5 ( 4.5 ) 个", [("5", "个", "5 ( 4.5 ) 个")]),
        ("共500套(间)", [("500", "套", "500套(间)")]),
        ("共500套 （间）", [("500", "套", "500套 （间）")]),
        ("共500套(城乡)", [("500", "套", "500套")]),
        ("共500套()", [("500", "套", "500套")]),
        ("共500(套)", [("500", "", "500")]),
        ("共500套 (城乡)", [("500", "套", "500套")]),
        ("得分5，", [("5", "", "5")]),
        ("各5分，", [("5", "分", "5分")]),
        ("各5分别", [("5", "", "5")]),
        ("各5分之", [("5", "", "5")]),
        ("共5方，", [("5", "方", "5方")]),
        *((f"共5方{word}", [("5", "", "5")]) for word in "式针向位"),
    ],
)
def test_a_figure_with_its_magnitude_and_its_unit(grammar: Grammar, text: str, found: Any) -> None:
    assert read(grammar, text) == found


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("培训2-3万人", 20000, 30000, "人"),
        ("培训2—3万人", 20000, 30000, "人"),
        ("培训2–3万人", 20000, 30000, "人"),
        ("培训2～3万人", 20000, 30000, "人"),
        ("培训2~3万人", 20000, 30000, "人"),
        ("培训2至3万人", 20000, 30000, "人"),
        ("培训2 - 3 万人", 20000, 30000, "人"),
        ("培训2——3万人", 20000, 30000, "人"),
        ("培训2−3万人", 20000, 30000, "人"),
        ("培训2－3万人", 20000, 30000, "人"),
        ("培训2\t-\u30003万人", 20000, 30000, "人"),
        ("培训2 万 - 3 万人", 20000, 30000, "人"),
        # each end has its own magnitude
        ("投资5千万-8千万元", 50000000, 80000000, "元"),
        ("投资5百万-8百万元", 5000000, 8000000, "元"),
        ("投资1万亿-2万亿元", 1000000000000, 2000000000000, "元"),
        ("投资1亿-2亿元", 100000000, 200000000, "元"),
        ("培训5千-8千人", 5000, 8000, "人"),
        ("培训5百-8百人", 500, 800, "人"),
        ("培训5百-1千人", 500, 1000, "人"),
        ("绿化5m2-8m2", 5, 8, "m2"),
        ("投资1-2千万元", 10000000, 20000000, "元"),
        ("培训2万-3万人", 20000, 30000, "人"),
        ("培训2万人-3万人", 20000, 30000, "人"),
        ("培训2人-3人", 2, 3, "人"),
        ("培训5000人-1万人", 5000, 10000, "人"),
        ("投资5000万-1亿元", 50000000, 100000000, "元"),
        ("增长10%-15%", 10, 15, "%"),
        ("增长10-15%", 10, 15, "%"),
        ("建设1-2个", 1, 2, "个"),
    ],
)
def test_a_range_has_both_ends_in_its_unit(grammar: Grammar, text: str, low: int, high: int, unit: str) -> None:
    (number,) = grammar.quantities(text)
    assert (number.value, number.upper, number.unit, number.comparator) == (low, high, unit, "ge")


def test_a_second_number_in_brackets_has_the_same_magnitude(grammar: Grammar) -> None:
    (number,) = grammar.quantities("共5(4)万个")
    assert (number.value, number.bracket, number.variant) == (50000, 40000, "")
    assert [one.bracket for one in grammar.quantities("共15(14)个，5(4.55)亩")] == [14, Decimal("4.55")]
    (number,) = grammar.quantities("共500套(间)")
    assert (number.value, number.bracket, number.variant) == (500, None, "间")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("从5元提高到10元", [("5元", "baseline"), ("10元", "")]),
        ("由5元增加至10元", [("5元", "baseline"), ("10元", "")]),
        ("从原来的5元上升为10元", [("5元", "baseline"), ("10元", "")]),
        ("从5元降到3元", [("5元", "baseline"), ("3元", "")]),
        ("由5元统一调整到3元", [("5元", "baseline"), ("3元", "")]),
        ("从5元到10元", [("5元", "baseline"), ("10元", "")]),
        ("从5元，提高到10元", [("5元", ""), ("10元", "")]),
        ("从现在起，5元提高到10元", [("5元", ""), ("10元", "")]),
        ("每人5元提高到10元", [("5元", ""), ("10元", "")]),
        ("从5元和10元", [("5元", ""), ("10元", "")]),
        ("从现在起；5元提高到10元", [("5元", ""), ("10元", "")]),
        ("从5元；提高到10元", [("5元", ""), ("10元", "")]),
        ("从3个5元提高到10元", [("3个", ""), ("5元", ""), ("10元", "")]),
        ("从第3位提升到第1位", [("第3位", "ordinal"), ("第1位", "ordinal")]),
        # both words are near
        (f"今年从{'填' * 12}5元提高到10元", [("5元", "baseline"), ("10元", "")]),
        (f"今年从{'填' * 13}5元提高到10元", [("5元", ""), ("10元", "")]),
        (f"今年从5元{'填' * 12}到10元", [("5元", "baseline"), ("10元", "")]),
        (f"今年从5元{'填' * 13}到10元", [("5元", ""), ("10元", "")]),
    ],
)
def test_the_first_of_from_and_to_is_a_baseline(grammar: Grammar, text: str, found: Any) -> None:
    assert [(n.printed, n.reason) for n in grammar.read(text)] == found


def test_from_five_to_ten_in_one_stretch_is_ten(grammar: Grammar) -> None:
    (number,) = grammar.quantities("由70%至80%")
    assert (number.value, number.upper, number.comparator) == (80, None, "eq")
    (number,) = grammar.quantities("达70%至80%")
    assert (number.value, number.upper, number.comparator) == (70, 80, "ge")
    (number,) = grammar.quantities("由70%-80%")
    assert (number.value, number.upper) == (70, 80)


@pytest.mark.parametrize("between", ["和", "、", "与", "及"])
def test_two_figures_side_by_side_have_one_unit(grammar: Grammar, between: str) -> None:
    found = grammar.quantities(f"上升1.03{between}0.53个百分点")
    assert [(n.unit, n.kind) for n in found] == [("个百分点", found[1].kind)] * 2
    shortened = grammar.quantities(f"上升6.3个{between}6.2个百分点")
    assert [n.unit for n in shortened] == ["个百分点", "个百分点"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("上升1.03，0.53个百分点", ["", "个百分点"]),
        ("新增3个和5家", ["个", "家"]),
        ("新增3个和5", ["个", ""]),
        ("上升6.3家和6.2个百分点", ["家", "个百分点"]),
        ("三分之二和5个", ["", "个"]),
        ("5和三分之二", ["", ""]),
        ("第3和5个", ["", "个"]),
        ("5和60岁以上", ["", "岁"]),
    ],
)
def test_no_other_figures_share_a_unit(grammar: Grammar, text: str, units: list[str]) -> None:
    assert [n.unit for n in grammar.read(text)] == units
    assert all(n.kind == LOOKUPS.units.kinds.get(n.unit, n.kind) for n in grammar.read(text))


def test_a_number_has_the_kind_of_its_unit(grammar: Grammar) -> None:
    found = grammar.read("新增5个，增长5%，投资5元，得分5，5和三分之二")
    assert [one.kind for one in found] == ["count", "share", "money", "", "", "share"]


def test_every_unit_is_read_behind_a_figure(grammar: Grammar) -> None:
    found = {unit: [one.unit or one.reason for one in grammar.read(f"共5{unit}。")] for unit in LOOKUPS.units.kinds}
    others = {"日": "date", "％": "%"} | dict.fromkeys(["号线", "国道", "省道", "县道"], "name")
    assert {unit: read for unit, read in found.items() if read != [others.get(unit, unit)]} == {}


def test_a_stretch_that_a_rule_takes_spans_itself(grammar: Grammar) -> None:
    assert [one.span for one in grammar.read("位居第3位，5个")] == [(2, 5), (6, 8)]


# --- rules by what stands beside ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("365行动", ["name"]),
        ("365”计划", ["name"]),
        ("365工程", ["name"]),
        ("365模式", ["name"]),
        ("365体系", ["name"]),
        ("365政策", ["name"]),
        ("365平台", ["name"]),
        ("365规划", ["name"]),
        ("365方案", ["name"]),
        ("365准入", ["name"]),
        ("365个行动", [""]),
        ("投入5万工程款", [""]),
        ("A5，", ["name"]),
        ("5B级，", [""]),
        ("位列3位", ["ordinal"]),
        ("位居3位", ["ordinal"]),
        ("提升3位", ["ordinal"]),
        ("上升了3位", ["ordinal"]),
        ("前移3位", ["ordinal"]),
        ("下降3位", ["ordinal"]),
        ("后退3位", ["ordinal"]),
        ("前进3位", ["ordinal"]),
        ("新增3位", [""]),
        ("提升3个", [""]),
        ("连续5年", ["duration"]),
        ("时效50分钟", [""]),
        ("时间50分钟", [""]),
        ("时限50分钟，", [""]),
        ("时长50分钟", [""]),
        ("周期50天", [""]),
        ("用时50天", [""]),
        ("期限50天", [""]),
        ("提前50天", [""]),
        ("缩短至50天", [""]),
        ("缩短到50天", [""]),
        ("缩短50天", [""]),
        ("时效50分钟以内完成", ["duration"]),
        ("时效，50分钟", ["duration"]),
        ("10公里范围内", ["scope"]),
        ("10公里以外", ["scope"]),
        ("10公里为半径", ["scope"]),
        ("10公里半径", ["scope"]),
        ("10公里", [""]),
        ("10亿元以上项目5个", ["scope", ""]),
        ("10亿元及以上项目5个", ["scope", ""]),
        ("10亿元以下项目5个", ["scope", ""]),
        ("10亿元以内项目5个", ["scope", ""]),
        ("50万元以上的村", ["scope"]),
        ("50万元以上的目标", [""]),
        ("50万元以上的任务", [""]),
        ("50万元以上的增长", [""]),
        ("50万元以上，", [""]),
        ("50万元以上和", [""]),
        ("50万元以上", [""]),
        ("新增2个以上项目", [""]),
        ("2个以上项目5家", ["scope", ""]),
        ("新增2个以上项目5家", ["", ""]),
        ("2个以上项目，5家", ["", ""]),
        ("80%以上企业5家", ["scope", ""]),
        ("80%以上企业", [""]),
        ("超80%的村", ["scope"]),
        ("高于80%的村", ["scope"]),
        ("大于80%的村", ["scope"]),
        ("不足80%的村", ["scope"]),
        ("低于80%的村", ["scope"]),
        ("少于80%的村", ["scope"]),
        ("约80%的村", [""]),
        ("超80%村", [""]),
        ("5大指标", ["class"]),
        ("3级", ["class"]),
        ("组建5大联盟", [""]),
        ("新建5大联盟", [""]),
        ("推进5大组团建设", [""]),
        ("加快5大组团建设，", [""]),
        ("启动5大组团建设。", [""]),
        ("完成5大组团建设;", [""]),
        ("全面推进5大组团建设；", [""]),
        ("有序推进5大组团建设，", [""]),
        ("推进5大组团", ["class"]),
        ("深入推进5大组团建设", ["class"]),
        ("在38类的基础上", ["baseline"]),
        ("在71项的基础上", ["baseline"]),
        ("在71项。基础上", [""]),
        ("60岁以上", ["age-limit"]),
    ],
)
def test_the_words_beside_a_number_say_whether_it_counts(grammar: Grammar, text: str, reasons: list[str]) -> None:
    assert [number.reason for number in grammar.read(text)] == reasons


@pytest.mark.parametrize(
    "text",
    [
        "以上”，",
        '以上"，',
        "以上’，",
        "以上)，",
        "以上）。",
        "以上 ，",
        "以上。",
        "以上;",
        "以上；",
        "以上、",
        "以上:",
        "以上：",
        "以上!",
        "以上！",
        "以上及",
        "以上与",
        "以上\n",
    ],
)
def test_a_limit_at_the_end_of_its_clause_limits_nothing_else(grammar: Grammar, text: str) -> None:
    (number, *_) = grammar.read(f"投资50万元{text}其他")
    assert (number.reason, number.value) == ("", Decimal(500000))


@pytest.mark.parametrize(
    "verb", ["新增", "建成", "争取", "完成", "实现", "创建", "打造", "培育", "举办", "开展", "引进", "新建"]
)
@pytest.mark.parametrize("perfect", ["", "了", "有"])
def test_what_is_made_counts_whatever_it_limits(grammar: Grammar, verb: str, perfect: str) -> None:
    assert [n.reason for n in grammar.read(f"{verb}{perfect}2个以上项目5家")] == ["", ""]


def test_a_rule_at_a_place_is_that_of_the_stretch_or_of_the_number(grammar: Grammar) -> None:
    text = "2023年新增5个，居第3位，60岁以上"
    assert [grammar.reason_at(text, text.index(one)) for one in ("2023", "5个", "3位", "60")] == [
        "date",
        "",
        "ordinal",
        "age-limit",
    ]
    assert grammar.reason_at(text, text.index("年")) == "date"
    assert grammar.reason_at(text, text.index("新")) == ""


def test_numerals_alone_are_those_too_that_a_rule_takes_with_the_stretch_around_them(grammar: Grammar) -> None:
    text = "《八大产业链目录》新增两个，5个"
    assert [one.printed for one in grammar.numerals(text)] == ["八大", "两个"]
    assert [one.printed for one in grammar.numerals("新增两个，三分之二以上")] == ["两个", "三分之二"]


def test_a_text_without_a_number_is_none(grammar: Grammar) -> None:
    assert grammar.read("加强领导") == [] and grammar.quantities("加强领导") == []
    assert grammar.unitless("加强领导") == []
    # a digit in a circle is none
    assert grammar.read("《①办法》") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新增学位60噗，", ["60"]),
        ("新增学位60噗噗。", ["60"]),
        ("新增学位60噗噗噗。", []),
        ("新增学位60 噗", ["60"]),
        ("新增学位5(4)噗;", ["5(4)"]),
        ("新增学位60万噗；", ["60万"]),
        ("新增学位60余噗、", ["60余"]),
        ("三分之二噗，", ["三分之二"]),
        ("新增学位60噗,", ["60"]),
        ("新增学位60\t\u3000噗", ["60"]),
        ("新增学位60个，", []),
        ("新增60个学位，", []),
        ("新增学位60，", []),
        ("新增学位60，新增学位70噗，", ["70"]),
    ],
)
def test_a_number_before_a_last_word_has_lost_its_unit(grammar: Grammar, text: str, found: list[str]) -> None:
    assert [one.printed for one in grammar.unitless(text)] == found


def numbers(found: list[Number]) -> list[tuple[str, Decimal | None]]:
    return [(one.printed, one.value) for one in found]


def test_one_width_and_one_writing_give_one_number(grammar: Grammar) -> None:
    assert numbers(grammar.read("参保１，２３４，５６７人")) == [("１，２３４，５６７人", Decimal(1234567))]
    assert numbers(grammar.read("甲１，２３乙")) == [("１", Decimal(1)), ("２３", Decimal(23))]
    assert numbers(grammar.read("参保５萬人")) == [("５萬人", Decimal(50000))]
