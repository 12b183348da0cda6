from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.lookups import Lookups
from generator.quantities import Grammar, find_as_of, find_due
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    lookups = Lookups(REPOSITORY / "content")
    return Grammar(lookups.units, lookups.comparators)


QUANTITIES = [
    ("提供见习岗位1.1万个", "eq 11000 个"),
    ("接种流感疫苗85.8万人次", "eq 858000 人次"),
    ("建成综合种养面积8万亩", "eq 80000 亩"),
    ("各项贷款余额1.02万亿元", "eq 1020000000000 元"),
    ("失业再就业0.36万人", "eq 3600 人"),
    ("惠及企业33万余家次", "gt 330000 家次"),
    ("会谈10余次", "gt 10 次"),
    ("完成助餐点不少于100个", "ge 100 个"),
    ("全年至少开展农村督查10次", "ge 10 次"),
    ("压减一般性支出15%以上", "ge 15 %"),
    ("失业率控制在5%以内", "le 5 %"),
    ("浓度保持在30微克/立方米以下", "le 30 微克/立方米"),
    ("固定资产投资增长8%左右", "approx 8 %"),
    ("拉动消费近10亿元", "approx 1000000000 元"),
    ("节约100万元", "eq 1000000 元"),
    ("重大项目超200个", "gt 200 个"),
    ("吞吐量突破75万标箱", "gt 750000 标箱"),
    ("比例不低于40%", "ge 40 %"),
    ("新增财力的三分之二以上用于民生", "ge 0.6667 "),
    ("每季度至少开展一次督查", "ge 1 次"),
    ("完成投资三百二十亿元以上", "ge 32000000000 元"),
    ("新建托育机构十二家", "eq 12 家"),
    ("培训两千五百人次", "eq 2500 人次"),
    ("就诊率提升一个百分点以上", "ge 1 个百分点"),
    ("增长率为-1.17%", "eq -1.17 %"),
    ("就业１２．５万人", "eq 125000 人"),
    ("参保1,234,567人", "eq 1234567 人"),
    ("保障房4万 平方米", "eq 40000 平方米"),
    ("加装电梯750 台", "eq 750 台"),
    ("新增托位1178,", "eq 1178 "),
    ("推出房源500套(间)", "eq 500 套"),
    ("预警时效50分钟、", "eq 50 分钟"),
    ("新增AED122台", "eq 122 台"),
    ("配置率为1.15台/万人", "eq 1.15 台/万人"),
    ("浓度38.1μg/m<sup>3</sup>", "eq 38.1 μg/m<sup>3</sup>"),
    ("新增2个以上项目列入试点", "ge 2 个"),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(grammar: Grammar, text: str, expected: str) -> None:
    found = [f"{n.comparator} {n.value:f} {n.unit}" for n in grammar.quantities(text)]
    assert found == [expected]


NO_QUANTITIES = [
    ("绍政办发〔2020〕44号", "document-number"),
    ("1.印发实施方案", "list-number"),
    ("1.1-6月增长", "list-number date"),
    ("(3)建设方案", "list-number"),
    ("《行动方案(2023-2027年)》", "title"),
    ("2023年6月30日", "date"),
    ("3月底前", "date"),
    ("5月25-26日", "date"),
    ("截至20236月", "date"),
    ("从202371日起", "date"),
    ("1-6,全市", "date"),
    ("举办2021旅游大会", "date"),
    ("构建“2+7+N”体系", "name"),
    ("打造“15分钟服务圈”", "name"),
    ("实施“56配套政策", "name"),
    ("预案1+61体系", "name"),
    ("PM2.5浓度", "name"),
    ("推广5G基站", "name"),
    ("318国道改建", "name"),
    ("G60科创走廊", "name"),
    ("赋美”365行动", "name"),
    ("居全省第3位", "ordinal"),
    ("较上月上升1位", "ordinal"),
    ("居全国157个城市第21位", "ordinal ordinal"),
    ("编号1234567890123456", "garbled"),
    ("热线0575-12340", "telephone"),
    ("应用2.0版", "version"),
    ("增速14.910.7个百分点", "garbled"),
    ("60岁以上老年人", "age-limit"),
    ("5大结构性指标", "class"),
    ("连续5年位列第一", "duration"),
    ("建立24小时机制", "duration"),
    ("10亿元以上项目", "scope"),
    ("收入50万元以上的村", "scope"),
    ("纵深10公里范围内", "scope"),
]


@pytest.mark.parametrize(("text", "reasons"), NO_QUANTITIES)
def test_numbers_that_are_no_quantities(grammar: Grammar, text: str, reasons: str) -> None:
    assert [number.reason for number in grammar.read(text)] == reasons.split()


@pytest.mark.parametrize(
    "text", ["十项民生实事", "数十个项目", "第十二个五年", "十几家企业", "千百年来", "打造“二十条”"]
)
def test_chinese_numerals_that_are_no_quantities(grammar: Grammar, text: str) -> None:
    assert grammar.quantities(text) == []


def test_the_first_of_two_figures_is_a_baseline(grammar: Grammar) -> None:
    numbers = grammar.read("标准由月人均850元统一提高到月人均890元")
    assert [(n.printed, n.reason) for n in numbers] == [("850元", "baseline"), ("890元", "")]


def test_a_share_that_limits_a_count_is_scope(grammar: Grammar) -> None:
    numbers = grammar.read("质押率80%以上上市公司数控制在5家左右")
    assert (numbers[0].printed, numbers[0].reason) == ("80%", "scope")
    assert (numbers[1].value, numbers[1].comparator) == (Decimal(5), "approx")


def test_item_numbers_of_counting_lines_are_no_decimals(grammar: Grammar) -> None:
    numbers = grammar.read("1.完成8项\n2.新增6家\n3.12座矿山开工")
    assert [(n.printed, n.reason) for n in numbers if n.start > 12] == [("3.", "list-number"), ("12座", "")]
    assert grammar.quantities("3.12座")[0].value == Decimal("3.12")


def test_two_numbers_in_one_cell(grammar: Grammar) -> None:
    (number,) = grammar.quantities("5(4)个")
    assert (number.value, number.bracket, number.unit) == (5, 4, "个")
    (line,) = grammar.quantities("20条(城乡公交)")
    assert (line.value, line.unit, line.variant) == (20, "条", "")


def test_a_range_keeps_both_ends(grammar: Grammar) -> None:
    (number,) = grammar.quantities("建有1-2个中心")
    assert (number.value, number.upper, number.comparator) == (1, 2, "ge")


def test_figures_side_by_side_share_the_unit(grammar: Grammar) -> None:
    assert [n.unit for n in grammar.quantities("上升1.03和0.53个百分点")] == ["个百分点", "个百分点"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,，。%()（）-+“”《》万亿元个家年月日第以上从到约至少三分之二一 \n路", max_size=40))
def test_no_text_raises_and_every_digit_is_explained(grammar: Grammar, text: str) -> None:
    numbers = grammar.read(text)
    covered = {index for number in numbers for index in range(number.start, number.end)}
    assert {index for index, character in enumerate(text) if character in "0123456789"} <= covered
    for number in numbers:
        assert number.printed == text[number.start : number.end]
        assert number.reason or number.value is not None
    assert all(one.end <= other.start for one, other in pairwise(numbers))


_VALUES = st.decimals(min_value="0.01", max_value="99999", places=2)


@settings(max_examples=200, deadline=None)
@given(_VALUES, st.sampled_from(["", "万", "亿"]), st.sampled_from(["个", "人次", "元", "公里", "亩"]))
def test_what_is_rendered_is_read_back(grammar: Grammar, value: Decimal, magnitude: str, unit: str) -> None:
    (number,) = grammar.quantities(f"完成{value}{magnitude}{unit}。")
    assert number.value == value * {"": 1, "万": 10**4, "亿": 10**8}[magnitude]
    assert number.unit == unit


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("11月底", date(2024, 11, 30)),
        ("3月底前确定点位", date(2024, 3, 31)),
        ("4月-8月开展提升", date(2024, 8, 31)),
        ("5月18日公布名单", date(2024, 5, 18)),
        ("2025年2月完成", date(2025, 2, 28)),
        ("年底前建成", date(2024, 12, 31)),
        ("上半年完成", date(2024, 6, 30)),
        ("前三季度完成", date(2024, 9, 30)),
        ("完成认定任务后", None),
        ("2月31日", None),
    ],
)
def test_due_dates(text: str, due: date | None) -> None:
    assert find_due(text, 2024) == due


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("1-6月,全市投资增长", date(2023, 6, 30)),
        ("1.1-6,全市", date(2023, 6, 30)),
        ("截至11月底,", date(2023, 11, 30)),
        ("前三季度", date(2023, 9, 30)),
        ("上半年实现", date(2023, 6, 30)),
        ("11月末", date(2023, 11, 30)),
        ("至12月2日,", date(2023, 12, 2)),
        ("截至20236月,", date(2023, 6, 30)),
        ("完成全年目标的20%", None),
        ("新增托位", None),
    ],
)
def test_periods(text: str, as_of: date | None) -> None:
    assert find_as_of(text, 2023) == as_of
