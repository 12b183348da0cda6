"""What stands beside a number and how far it reaches: the words just there, in its clause, and no further."""

from __future__ import annotations

import pytest

from generator.lookups import Lookups
from generator.quantities import Grammar
from generator.quantities.exclusions import find_exclusions
from tests.conftest import REPOSITORY

LOOKUPS = Lookups(REPOSITORY / "content")
MEASURES = [
    *("百分点", "千克", "万人", "亿元", "个百分点", "人次", "元", "美元", "倍", "米", "公里", "公顷", "公斤", "厘米"),
    *("毫米", "毫克", "微克", "平方", "平米", "立方", "亩", "吨", "兆瓦", "蒸吨", "标箱", "分钟", "小时"),
]


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(LOOKUPS.units, LOOKUPS.comparators, LOOKUPS.numerals)


def excluded(text: str) -> list[tuple[str, str]]:
    """What is taken out of a text, with the reasons."""
    return [(text[start:end], reason) for start, end, reason in find_exclusions(text)]


# --- context ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        # a name, or letters, touch a number without unit
        ('赋美365"行动', ["name"]),
        ("得分5，开展行动", [""]),
        ("线路A5，", ["name"]),
        ("推广5G 网络", ["name"]),
        ("推广5G 网络建设5A级", ["name", "name"]),
        ("推广5G 网络建设B级", ["name"]),
        ("甲5+乙", [""]),
        ("甲+5乙", [""]),
        ("甲、5+乙", [""]),
        ("“1+2”5+乙", ["name", "name"]),
        # an earlier rank, and words of rank that are not beside it
        ("较去年底3位", ["ordinal"]),
        ("较上月3位", ["ordinal"]),
        ("提升服务3位", [""]),
        # what is measured in time
        ("天数50天", [""]),
        ("寿命50年", [""]),
        ("时效；50分钟", ["duration"]),
        ("时效不再超出上年50分钟", [""]),
        ("时效不再超出上年的50分钟", ["duration"]),
        ("气温达35℃", ["duration"]),
        # what a range encloses
        ("10公里 范围内", ["scope"]),
        ("建设10公里，服务范围内", [""]),
        ("指数保持在5范围内", [""]),
        # what a limit limits, and how far it is looked for
        ("10亿元或以上项目5个", ["scope", ""]),
        ("10亿元之内项目5个", ["scope", ""]),
        ("投资10亿元建设90平方米以上住房", ["", "scope"]),
        ("50万元以上的村完成年度的目标", ["scope"]),
        ("50万元以上 的目标", [""]),
        ("参加3人以上团队", [""]),
        ("接受3次以上检查", [""]),
        ("新增企业2个以上项目5家", ["scope", ""]),
        ("新增80以上企业", [""]),
        ("10亿元以上 项目", ["scope"]),
        ("10亿元以上(含)项目", ["scope"]),
        ("10亿元以上“1521”项目", ["scope", "name"]),
        ("10亿元以上“甲”项目", ["scope"]),
        ("“甲”10亿元以上”项目", ["scope"]),
        ("10亿元以上app项目", ["scope"]),
        ("10亿元以上SaaS项目", ["scope"]),
        ("10亿元以上/项目", [""]),
        # a share that another figure of the clause is meant with
        ("超80%企业的村", [""]),
        ("80%企业5家", ["", ""]),
        ("80%以上5家", ["scope", ""]),
        ("超过80%、村5个", ["", ""]),
        ("80%以上企业\n5家", ["", ""]),
        ("80%以上上市公司的实际控制人所持有的全部股份质押比例已经超出规定比例并且继续上升的数控制在5家", ["scope", ""]),
        # classes, and what is built or made
        ("推进5大网建设", ["class"]),
        ("推进5大特色产业集群园区建设", [""]),
        ("推进5大特色产业集群园区路建设", ["class"]),
        ("推进5大组团建设工作", ["class"]),
        ("推进5大攻坚行动、组团建设", ["class"]),
        ("推进全市5大组团建设", ["class"]),
        ("其中，推进5大组团建设", [""]),
        ("加快推进5大组团建设", [""]),
        ("全力推进5大组团建设", [""]),
        ("持续推进5大组团建设", [""]),
        ("组建专班5大联盟", ["class"]),
        ("组建3级网络", ["class"]),
        # what a figure is on top of
        ("新增5个,在原有的基础上", [""]),
        ("新增5个\n在原有的基础上", [""]),
        ("在原有的基础上新增5个", [""]),
        ("在38类" + "事" * 40 + "的基础上", ["baseline"]),
        ("在38个" + "事" * 41 + "的基础上", [""]),
    ],
)
def test_words_reach_as_far_as_they_belong_to_a_number(grammar: Grammar, text: str, reasons: list[str]) -> None:
    assert [number.reason for number in grammar.read(text)] == reasons


@pytest.mark.parametrize("behind", ["/", "+"])
@pytest.mark.parametrize("before", ["/", "+", "-"])
def test_a_number_that_is_joined_on_both_sides_is_a_name(grammar: Grammar, before: str, behind: str) -> None:
    assert [number.reason for number in grammar.read(f"AB{before}5{behind}乙")] == ["name"]


def test_a_number_in_a_long_text_has_the_words_before_it(grammar: Grammar) -> None:
    number, *_ = grammar.read("较上年提升3位，" + "其他各项工作有序推进，" * 10)
    assert number.reason == "ordinal"


@pytest.mark.parametrize("end", [*"，,。;；、:：!！和及与\n", *(f"{closing}和" for closing in ' ”"’)）')])
def test_a_share_whose_clause_ends_behind_its_limit_is_a_quantity(grammar: Grammar, end: str) -> None:
    number, *_ = grammar.read(f"占比80%以上{end}企业5家")
    assert number.reason == ""


# --- exclusions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # titles and names in quotes
        ("《办法》5个“甲”", []),
        ("《甲5个《乙》", []),
        ("《甲》5个》", []),
        ("《甲\n5个》", []),
        ("《" + "甲" * 79 + "5》", [("《" + "甲" * 79 + "5》", "title")]),
        ("《" + "甲" * 80 + "5》", []),
        ("“甲5个“乙”", []),
        ("“甲；5个”", []),
        ("“甲5个\n”", []),
        ("“" + "甲" * 23 + "5”", [("“" + "甲" * 23 + "5”", "name")]),
        ("“" + "甲" * 24 + "5”", []),
        ("“5.65+节能", [("“5.65+节能", "name")]),
        ("“56+，", [("“56+", "name")]),
        # numbers of documents
        ("第44号", [("第44号", "document-number")]),
        ("02489/2024-00380", []),
        ("002489/2024-00380", [("002489/2024-00380", "document-number")]),
        # numbers of a list, where a text or a sentence begins
        ("新增5、乙", []),
        ("新增(5)乙", []),
        ("完\n1.印发", [("1.", "list-number")]),
        ("完\n(1)印发", [("(1)", "list-number")]),
        ("1. 5个", []),
        ("1.5个", []),
        ("1.2023 年", [("1.", "list-number"), ("2023 年", "date")]),
        ("1.6 月", [("1.", "list-number"), ("6 月", "date")]),
        ("1.12月", [("1.", "list-number"), ("12月", "date")]),
        ("1.1—6月", [("1.", "list-number"), ("1—6月", "date")]),
        ("1.10-12月", [("1.", "list-number"), ("10-12月", "date")]),
        ("1.1-6，全市", [("1.", "list-number"), ("1-6", "date")]),
        ("1.(1)印发", [("1.", "list-number"), ("(1)", "list-number")]),
        # ranks
        ("全国157个城市第21位", [("第21位", "ordinal")]),
        ("居全国157个重点城市第21位", [("全国157个重点城市", "ordinal"), ("第21位", "ordinal")]),
        ("居全省15个第2", [("第2", "ordinal")]),
        ("第3、14名", [("第3、14名", "ordinal")]),
        # telephones have a code and a number
        ("10575-12340", []),
        ("05-12340", []),
        ("0575-1234", []),
        ("0575-123456789", []),
        # versions
        ("1.2.0版", [("1.2.0", "garbled")]),
        ('行动2.0"', [("2.0", "version")]),
        ("2.0建设", [("2.0", "version")]),
        ("2.0场景应用", [("2.0", "version")]),
        ("2.0版，", [("2.0", "version")]),
        ("2.0后，", [("2.0", "version")]),
        ("V41", [("V41", "version")]),
        ("v41", [("v41", "version")]),
        ("V4.15", [("V4.15", "version")]),
        # numbers with a sign
        ("5.8+4", []),
        ("5.18+4", []),
        ("12+4", [("12+4", "name")]),
        ("4+n", [("4+n", "name")]),
        ("4+AB", [("4+AB", "name")]),
        ("1+4+12", [("1+4+12", "name")]),
        ("13•19", [("13•19", "name")]),
        ("365×24小时", [("365×24小时", "name")]),
        # names of roads, of what is measured and of grades
        ("G12345", []),
        ("AG60", []),
        ("aG60", []),
        ("35A级", []),
        ("3AB，", [("3AB", "name")]),
        ("5g基站", [("5g", "name")]),
        ("5G/4G", [("4G", "name")]),
        ("100Km，", []),
        ("36ug，", []),
        # numbers that are called
        ("5110指挥", []),
        ("110个电站", []),
        ("12345便民服务热线", [("12345", "name")]),
        # what is lost or run together
        ("108月人均", []),
        ("达1.8月人均", []),
        ("123456789012345.55", [("123456789012345.55", "garbled")]),
        ("12.123456789", [("12.123456789", "garbled")]),
        ("14.910.75", [("14.910.75", "garbled")]),
        ("1.2.3.45", [("1.2.3.45", "garbled")]),
    ],
)
def test_what_is_taken_out_begins_and_ends_where_it_does(text: str, found: list[tuple[str, str]]) -> None:
    assert excluded(text) == found


@pytest.mark.parametrize("end", [*"，,。;；、/", "", "以上", "左右"])
def test_what_a_measure_word_alone_stands_behind_is_no_version(end: str) -> None:
    for unit in "张件人家户次分度斤克升天年秒册名位台套辆篇岁":
        assert excluded(f"达到2.0{unit}{end}") == []
        assert excluded(f"达到2.0{unit}们{end}") == [("2.0", "version")]


@pytest.mark.parametrize("unit", MEASURES)
def test_what_is_measured_is_no_version(unit: str) -> None:
    assert excluded(f"达到2.0{unit}甲乙") == []


def test_what_is_measured_to_a_nought_behind_the_point_is_read(grammar: Grammar) -> None:
    (number,) = grammar.quantities("浓度下降3.0微克/立方米")
    assert (number.value, number.unit) == (3, "微克/立方米")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (" 1.20个\n\t2.30个\n  3.40个", [" 1.", "\t2.", "  3."]),
        ("1.20个\n2.30个", ["1.", "2."]),
        ("1、20个\n2、30个", ["1、", "2、"]),
        ("9.20个\n10.30个", ["9.", "10."]),
        ("1.20个\n2.30个\n4.40个", []),
        ("、甲\n1.20个", []),
    ],
)
def test_lines_are_numbered_where_all_of_them_count_on(text: str, numbers: list[str]) -> None:
    assert [what for what, reason in excluded(text) if reason == "list-number"] == numbers
