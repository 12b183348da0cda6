from __future__ import annotations

import re
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
    return Grammar(lookups.units, lookups.comparators, lookups.numerals)


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
    ("接种率不超过30%", "le 30 %"),
    ("投资不高于100万元", "le 1000000 元"),
    ("比例不得高于5%", "le 5 %"),
    ("总量不突破50万吨", "le 500000 吨"),
    ("参加人数超万人", "gt 10000 人"),
    ("产值突破万亿元", "gt 1000000000000 元"),
    ("试点数字乡村、未来乡村各1个", "eq 1 个"),
    ("A率、B率均达到100%", "eq 100 %"),
    ("增速高于全省平均0.8个百分点", "eq 0.8 个百分点"),
    ("参保１，２３４，５６７人", "eq 1234567 人"),
    ("保障房4萬 平方米", "eq 40000 平方米"),
    ("实现产值翻一番", "eq 100 %"),
    ("产值翻两番", "eq 300 %"),
    ("产值增长一倍", "eq 100 %"),
    ("产值增长1.5倍", "eq 150 %"),
    ("产值增长近三倍", "approx 300 %"),
    ("产值是上年的1.5倍", "eq 1.5 倍"),
    ("一半以上用于民生", "ge 50 %"),
    ("面积减少一半,", "eq 50 %"),
    ("列入省级试点两个", "eq 2 个"),
    ("三家企业完成上市", "eq 3 家"),
    ("获半数以上村民同意", "ge 50 %"),
    ("过半数村民同意", "gt 50 %"),
    ("占百分之五以上", "ge 5 %"),
    ("压减四分之三", "eq 75 %"),
    ("不到三分之一", "lt 0.3333 "),
    ("覆盖八成以上", "ge 80 %"),
    ("十件", "eq 10 件"),
    ("十余次", "gt 10 次"),
    ("举办百余场活动", "gt 100 场活动"),
    ("服务近百户", "approx 100 户"),
    ("目前已有四个组团项目建设完成", "eq 4 个"),
    ("推进两个项目", "eq 2 个"),
    ("建成三支队伍", "eq 3 支"),
    ("完成三支县级森林火灾扑救队伍建设工作", "eq 3 支"),
    ("开展培训两场,", "eq 2 场"),
    ("举办两期培训班", "eq 2 期"),
    ("新增甲平台和乙平台两个应用", "eq 2 个"),
    ("出台《甲办法》和《乙细则(试行)》两个文件。", "eq 2 个"),
    ("各建一个", "eq 1 个"),
    ("建成一个以上", "ge 1 个"),
    ("建设三至五个中心", "ge 3 个"),
    ("推进5大印染组团建设,", "eq 5 大"),
    ("启动组建10大技术创新联盟", "eq 10 大"),
    ("发放一亿元", "eq 100000000 元"),
    ("发放一亿五千多万元", "gt 150000000 元"),
    ("培训两万五千人", "eq 25000 人"),
    ("投资三万亿元", "eq 3000000000000 元"),
    ("投资三点五亿元", "eq 350000000 元"),
    ("服务十多万人", "gt 100000 人"),
    ("培训2-3万人", "ge 20000 人"),
    ("总产值增长7%以上", "ge 7 %"),
    ("能耗下降25%", "eq 25 %"),
    ("参与率达到83%", "eq 83 %"),
    ("补助从5元提高到10元", "eq 10 元"),
    ("筹集房源80套（间）", "eq 80 套"),
    ("培训2万至3万人", "ge 20000 人"),
    ("建设5000个至1万个", "ge 5000 个"),
    ("投资5000万元至1亿元", "ge 50000000 元"),
    ("增长10%-15%", "ge 10 %"),
    ("新增4A级景区2个", "eq 2 个"),
    ("绿化6.5万m2", "eq 65000 m2"),
    ("改造管网100KM", "eq 100 KM"),
    ("办结12345热线工单800件", "eq 800 件"),
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
    ("9月份", "date"),
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
    ("创建5A级景区", "name"),
    ("12345政务服务便民热线", "name"),
    ("三元里街道", "name"),
    ("七里河区", "name"),
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
    ("打造一个样板", "article"),
    ("谋划一批、预备一批", "article article"),
    ("每一所学校", "article"),
    ("制定新一轮计划", "article"),
    ("推进“两个”项目", "name"),
    ("一镇一方案", "name"),
    ("一县一品牌", "name"),
    ("《八大产业链目录》", "title"),
    ("第二批名单", "ordinal"),
    ("入选第六、七批", "ordinal"),
    ("前三位", "ordinal"),
    ("十二届四次会议", "ordinal"),
    ("启动二期", "ordinal"),
    ("三期工程", "ordinal"),
    ("一季度、前三季度", "date date"),
    ("三大攻坚战", "class"),
    ("推进三大平台建设", "class"),
    ("深入推进5大攻坚行动", "class"),
    ("推进5大结构性指标提升,", "class"),
    ("省市两级", "class"),
    ("三类资金", "class"),
    ("十方面民生实事", "class"),
    ("三年行动计划", "duration"),
    ("百亿元以上项目", "scope"),
    ("每千人床位", "scope"),
    ("三岁以下婴幼儿", "age-limit"),
    ("百家企业", "vague"),
    ("数十个项目", "vague"),
    ("十几家企业", "vague"),
    ("三五个项目", "vague"),
    ("廿五个项目", "vague"),
    ("新增三亩半", "vague"),
    ("新建十来个项目", "vague"),
    ("市人大十二届人大四次会议", "ordinal"),
    ("分两个片区管理", "describes"),
    ("甲、乙、丙三个城市发起", "describes"),
    ("应对五轮强降雨", "describes"),
    ("打造一番事业", "article"),
    ("联合九部门印发", "describes"),
    ("一半企业参加", "describes"),
    ("分为两个阶段", "describes"),
    ("推进两个转变", "describes"),
    ("抓好六个一批", "describes article"),
    ("三十分钟到达", "duration"),
    ("十分钟到达", "duration"),
    ("四季度末", "date"),
]


@pytest.mark.parametrize(("text", "reasons"), NO_QUANTITIES)
def test_numbers_that_are_no_quantities(grammar: Grammar, text: str, reasons: str) -> None:
    assert [number.reason for number in grammar.read(text)] == reasons.split()


WORDS = """委托第三方评估 最多跑一次改革 一方面 进一步 统一部署 唯一代表 一体化 农业农村 百姓 千方百计 红十字会 一站式
一件事 四好农村路 三农 两手抓 万众一心 一度 一老一小 增速个百分点 亿元项目 一是抓好 一网通办 十四五"""


def test_words_with_a_numeral_are_no_numbers(grammar: Grammar) -> None:
    assert {text: grammar.read(text) for text in WORDS.split()} == {text: [] for text in WORDS.split()}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("目前两个项目开工", ""),
        ("目前两个项目受阻", "describes"),
        ("十项民生实事满意度", "describes"),
        ("六项制度上传率", "describes"),
        ("完成六项制度", ""),
        ("确定十项民生实事", ""),
    ],
)
def test_a_verb_of_making_shows_a_count(grammar: Grammar, text: str, count: str) -> None:
    (number,) = grammar.read(text)
    assert number.reason == count


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


def test_the_first_of_two_spelled_figures_is_a_baseline(grammar: Grammar) -> None:
    numbers = grammar.read("标准从五元提高到十元")
    assert [(n.printed, n.value, n.reason) for n in numbers] == [("五元", 5, "baseline"), ("十元", 10, "")]


def test_items_of_a_list_count_and_its_total_does_not(grammar: Grammar) -> None:
    assert [(n.value, n.reason) for n in grammar.read("引进院士两名、博士三名。")] == [(2, ""), (3, "")]
    assert [n.reason for n in grammar.read("抓好教育、医疗、养老三项。")] == ["describes"]


def test_at_least_is_of_the_first_number_behind_it(grammar: Grammar) -> None:
    numbers = grammar.read("至少在一个领域打造一批样板")
    assert [(n.printed, n.comparator, n.reason) for n in numbers] == [("一个", "ge", ""), ("一批", "eq", "article")]


def test_a_range_keeps_both_ends(grammar: Grammar) -> None:
    (number,) = grammar.quantities("建有1-2个中心")
    assert (number.value, number.upper, number.comparator) == (1, 2, "ge")


def test_figures_side_by_side_share_the_unit(grammar: Grammar) -> None:
    assert [n.unit for n in grammar.quantities("上升1.03和0.53个百分点")] == ["个百分点", "个百分点"]


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="0123456789.,，。%()（）-+“”《》万亿元个家年月日第以上从到约至少三分之二一 \n路"
        "两十百千零倍番成翻半数几余期",
        max_size=40,
    )
)
def test_no_text_raises_and_every_digit_is_explained(grammar: Grammar, text: str) -> None:
    numbers = grammar.read(text)
    covered = {index for number in numbers for index in range(number.start, number.end)}
    assert {index for index, character in enumerate(text) if character in "0123456789"} <= covered
    for number in numbers:
        assert number.printed == text[number.start : number.end]
        assert number.reason or number.value is not None
    assert all(one.end <= other.start for one, other in pairwise(numbers))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(min_value=2, max_value=9999),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["个", "家", "场次", "元"]),
)
def test_a_numeral_is_read_back(grammar: Grammar, value: int, magnitude: str, unit: str) -> None:
    text = f"完成{_spelled(value)}{magnitude}{unit}。"
    (number,) = grammar.quantities(text)
    assert number.value == value * {"": 1, "万": 10**4, "亿": 10**8}[magnitude]
    assert (number.unit, number.printed) == (unit, text[2:-1])


def _spelled(value: int) -> str:
    """A whole number below ten thousand as it is said: 1205 → 一千二百零五, 12 → 十二."""
    said, skipped = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += ("零" if skipped and said else "") + "一二三四五六七八九"[digit - 1] + name
        skipped = not digit
    return {"二": "两"}.get(said, said.removeprefix("一") if 10 <= value < 20 else said)


def test_every_word_with_a_numeral_would_be_read_without_the_list() -> None:
    lookups = Lookups(REPOSITORY / "content")
    numerals = lookups.numerals
    units = tuple(lookups.units.kinds)
    numeral = re.compile("[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]*[万亿]?")
    for word in numerals.words:
        behind = [word[match.end() :] for match in numeral.finditer(word)]
        assert any(not rest or (rest.startswith(units) and not rest.startswith(numerals.longer)) for rest in behind), (
            word
        )
    assert set(numerals.classifiers) | set(numerals.classes) | set(numerals.stages) <= set(units)


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


#: What dates, names, units and numerals consist of, so that rules meet and overlap.
_PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789.,，。；、 \n-—至日月年个家户次万亿百半前“”《》（）+A第村",
            "2024",
            "12345",
            "三分之二",
            "以上",
            "公里",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=_PIECES)
def test_the_reason_at_a_place_is_that_of_the_number_there(grammar: Grammar, text: str) -> None:
    numbers = grammar.read(text)
    for at in (at for at, character in enumerate(text) if character.isdecimal()):
        there = next((one.reason for one in numbers if one.start <= at < one.end), "")
        assert grammar.reason_at(text, at) == there, (text, at)


@settings(max_examples=300, deadline=None)
@given(text=_PIECES)
def test_no_quantity_before_a_last_word_that_is_no_unit_is_overlooked(grammar: Grammar, text: str) -> None:
    bare = [one for one in grammar.quantities(text) if not one.unit]
    found = [one for one in bare if re.match(r"[ \t]*[\u4e00-\u9fff]{1,2}(?=[,，。;；、]|$)", text[one.end :])]
    assert [one for one in found if one not in grammar.unitless(text)] == []


def test_a_number_with_an_unknown_unit_is_unitless_and_one_with_a_known_unit_is_not(grammar: Grammar) -> None:
    assert [one.printed for one in grammar.unitless("新增学位60噗，改造小区12个")] == ["60"]
    assert grammar.unitless("新增学位60个，改造小区12个。") == []
