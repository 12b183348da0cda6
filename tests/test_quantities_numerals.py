"""Chinese numerals: which are well-formed, what they are worth, and what shows that they count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.lookups import Lookups
from generator.quantities import Grammar
from generator.quantities.numerals import multiple_to_percent
from tests.conftest import REPOSITORY

LOOKUPS = Lookups(REPOSITORY / "content")


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(LOOKUPS.units, LOOKUPS.comparators, LOOKUPS.numerals)


def reasons(grammar: Grammar, text: str) -> list[str]:
    return [number.reason for number in grammar.read(text)]


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # how numerals are built
        ("新增千五百户", "eq 1500 户"),
        ("新增百五十家", "eq 150 家"),
        ("新增一百零五户", "eq 105 户"),
        ("新增一千零五十户", "eq 1050 户"),
        ("新增三万零五百户", "eq 30500 户"),
        ("新增三万零五户", "eq 30005 户"),
        ("新增一亿零五户", "eq 100000005 户"),
        ("投资一万三千万元", "eq 130000000 元"),
        ("投资三点一四亿元", "eq 314000000 元"),
        ("投资三点零五亿元", "eq 305000000 元"),
        ("投资三点〇五亿元", "eq 305000000 元"),
        ("培训三万余人", "gt 30000 人"),
        ("培训三十余万人", "gt 300000 人"),
        ("参加人数逾万人", "gt 10000 人"),
        ("产值超亿元", "gt 100000000 元"),
        ("产值超万亿元", "gt 1000000000000 元"),
        ("新增二十一件", "eq 21 件"),
        # ranges
        ("建设三至五个中心", "ge 3 个 5"),
        ("建设三到五个中心", "ge 3 个 5"),
        ("建设三-五个中心", "ge 3 个 5"),
        ("建设三—五个中心", "ge 3 个 5"),
        ("建设三～五个中心", "ge 3 个 5"),
        ("建设约三至五个中心", "approx 3 个 5"),
        ("培训三至五万人", "ge 30000 人 50000"),
        ("建设三个至五个中心", "ge 3 个 5"),
        ("建设三个-五个中心", "ge 3 个 5"),
        ("建设三个—五个中心", "ge 3 个 5"),
        ("由三个至五个", "eq 5 个"),
        ("新增三个村", "eq 3 个"),
        ("覆盖率提高五至六成", "ge 50 % 60"),
        ("覆盖率提高五成至六成", "ge 50 % 60"),
        ("产值增长一至两倍", "ge 100 % 200"),
        ("产值增长1-2倍", "ge 100 % 200"),
        ("增长百分之五至百分之六", "ge 5 % 6"),
        ("由百分之五至百分之六", "eq 6 %"),
        ("增长约百分之五至六", "approx 5 % 6"),
        *((f"增长百分之五{dash}六", "ge 5 % 6") for dash in "至-—–－~～"),
        *((f"增长百分之五至六{end}", "ge 5 % 6") for end in ("，", ",", "。", ";", "；", "、", "的企业", "之间")),
        ("增长百分之五至六以上", "ge 5 % 6"),
        ("增长百分之五至六左右", "approx 5 % 6"),
        ("增长百分之五至六点五", "ge 5 % 6.5"),
        ("增长四分之一至四分之三", "ge 25 % 75"),
        ("增长三分之一至三分之二", "ge 0.3333  0.6667"),
        ("增长六分之一至六分之三", "ge 0.1667  0.5000"),
        # multiples
        ("产值翻了两番", "eq 300 %"),
        ("产值翻三番", "eq 700 %"),
        ("产值增长了1.5倍", "eq 150 %"),
        ("产值增长 1.5倍", "eq 150 %"),
        ("产值增长二倍", "eq 200 %"),
        ("产值增长 一倍", "eq 100 %"),
        ("产值增长后是上年的1.5倍", "eq 1.5 倍"),
        ("覆盖率提高五成", "eq 50 %"),
        ("覆盖率提高五成 ，", "eq 50 %"),
        ("覆盖八成以上企业", "ge 80 %"),
        ("覆盖超八成企业", "gt 80 %"),
        # shares
        ("增长百分之三点五", "eq 3.5 %"),
        ("增长百分之三点一四五", "eq 3.145 %"),
        ("增长千分之三点一四", "eq 0.314 %"),
        ("增长万分之三点五", "eq 0.035 %"),
        ("增长百分之十五", "eq 15 %"),
        ("增长百分之零", "eq 0 %"),
        ("达到百分之百", "eq 100 %"),
        ("压减二十分之一", "eq 5 %"),
        ("压减十六分之一", "eq 6.25 %"),
        ("压减七分之二", "eq 0.2857 "),
        ("近一半企业", "approx 50 %"),
        ("压减一半", "eq 50 %"),
        ("压减一半。", "eq 50 %"),
        ("压减一半、", "eq 50 %"),
        ("压减一半 ，", "eq 50 %"),
        ("压减一半的支出", "eq 50 %"),
        # what follows a measure word is not half of it
        *((f"新增两个半{rest}", "eq 2 个") for rest in ("导体项目", "年报", "岛", "山腰站", "数站", "决赛")),
    ],
)
def test_what_a_numeral_is_worth(grammar: Grammar, text: str, found: str) -> None:
    (number,) = grammar.quantities(text)
    upper = "" if number.upper is None else f" {number.upper:f}"
    assert f"{number.comparator} {number.value:f} {number.unit}{upper}" == found


@pytest.mark.parametrize(
    "text",
    [
        # more than one number, and which one nobody says
        "新增三五个项目",
        "新增三至五六个项目",
        "新增三五万个项目",
        "新增三万五六千个项目",
        "新增三五点五亿元",
        "增长三五倍",
        "提高三五成",
        "增长百分之三五",
        "增长零分之一",
        "新增卅五个项目",
        "新增二百廿五个项目",
        "新增二百卅五个项目",
        "廿一件事",
        "新增几十家",
        "新增上百家",
        "新增上千家",
        "新增十来家",
        "千亿元产业",
        "千万元产业",
        # 105 or 150, 30005 or 35000
        "新增一百五户",
        "新增两千五户",
        "新增三万五户",
        "新增三亿五户",
        "增长百分之一百五",
        "增长百分之五至六七",
        "增长百分之五七至六",
    ],
)
def test_a_numeral_that_says_no_number_is_vague(grammar: Grammar, text: str) -> None:
    assert [(number.reason, number.printed in text) for number in grammar.read(text)] == [("vague", True)]


@pytest.mark.parametrize(
    "text",
    [
        *(f"每千{unit}" for unit in "瓦克米"),
        "增速百分点",
        "百亿项目",
        "千亿乡村",
        "零五个",
        "5统一个",
        "八点二十分钟",
    ],
)
def test_no_numeral_is_read_out_of_a_longer_word(grammar: Grammar, text: str) -> None:
    assert [number.printed for number in grammar.read(text) if number.unit and number.reason != "describes"] == []


def test_a_share_and_another_number_behind_a_dash_are_no_range(grammar: Grammar) -> None:
    found = grammar.quantities("增长百分之五-六家企业")
    assert [(number.printed, number.upper) for number in found] == [("百分之五", None)]


def test_two_numbers_of_different_things_are_no_range(grammar: Grammar) -> None:
    assert [number.printed for number in grammar.read("新增三家-五个")] == ["三家", "五个"]
    assert [number.printed for number in grammar.read("从三个到五个")] == ["三个", "五个"]


def test_numerals_alone_leave_figures_with_a_magnitude(grammar: Grammar) -> None:
    assert [number.printed for number in grammar.numerals("5百户，1.千户，两户")] == ["两户"]


def test_a_share_has_its_words_and_those_that_compare(grammar: Grammar) -> None:
    for text, printed, span in [
        ("经过半数村民", "半数", "过半数"),
        ("经不低于一半，", "一半", "不低于一半"),
        ("经一半以上村民", "一半", "一半以上"),
    ]:
        (number,) = grammar.quantities(text)
        assert (number.printed, text[slice(*number.span)], number.kind) == (printed, span, "share")
        assert text[number.start : number.end] == printed


def test_a_numeral_has_its_kind_and_the_words_that_compare(grammar: Grammar) -> None:
    text = "新增不少于三家以上企业"
    (number,) = grammar.quantities(text)
    assert (number.kind, number.upper, text[slice(*number.span)]) == ("count", None, "不少于三家以上")


def test_a_comparator_is_of_the_number_behind_it(grammar: Grammar) -> None:
    found = grammar.quantities("建成两个、不少于三家、近五座")
    assert [(number.printed, number.comparator) for number in found] == [
        ("两个", "eq"),
        ("三家", "ge"),
        ("五座", "approx"),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "grows", "found"),
    [
        ("2", "番", True, ("300", "%")),
        ("9", "番", True, ("51100", "%")),
        ("10", "番", True, ("10", "番")),
        ("0", "番", True, ("0", "番")),
        ("2", "番", False, ("2", "番")),
        ("1.5", "番", True, ("1.5", "番")),
        ("1.5", "倍", True, ("150", "%")),
        ("1.5", "倍", False, ("1.5", "倍")),
        ("1.5", "个", True, ("1.5", "个")),
    ],
)
def test_a_multiple_by_which_something_grows_is_in_percent(
    value: str, unit: str, grows: bool, found: tuple[str, str]
) -> None:
    shown, its_unit, kind = multiple_to_percent(Decimal(value), unit, "multiple", lambda: grows)
    assert (str(shown), its_unit, kind) == (*found, "share" if its_unit == "%" else "multiple")


# --- what counts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("提升一个百分点", [""]),
        ("变化两个百分点之后", [""]),
        # pairs, one for each other
        ("统一一个标准", ["article"]),
        ("一产业集群一个专班", ["name"]),
        ("一特色产业集群一个专班", ["article"]),
        ("一个产业链一专班", ["name"]),
        ("一个大产业链一专班", ["article"]),
        ("一个一策", ["name"]),
        ("一镇一个以上", ["name", ""]),
        # ordinals
        ("第十、十一批", ["ordinal"]),
        ("第十一、十二批", ["ordinal"]),
        ("第六、七、八批", ["ordinal"]),
        ("第六，七批", ["ordinal"]),
        ("第六-七、八批", ["ordinal"]),
        ("第六及七批", ["ordinal"]),
        ("第六至七批", ["ordinal"]),
        ("第九、十、十一批", ["ordinal"]),
        ("第十、十一、十二批", ["ordinal"]),
        ("第六、第七条新增两处", ["ordinal", ""]),
        ("第5批新增两个", ["ordinal", ""]),
        ("十二届四次会议", ["ordinal"]),
        ("十二届人大常委四次会议", ["ordinal"]),
        ("十二届市人大常委四次会议", ["describes"]),
        ("本届，举办两次", [""]),
        ("本届新增两个", [""]),
        *((f"{stage}期工程", ["ordinal"]) for stage in "一三四五六七八九"),
        ("两期工程", ["describes"]),
        ("不少于二次", [""]),
        ("不少于三期", [""]),
        # what is for each is a scope
        ("平均每千人", ["scope"]),
        ("每家新增两个", [""]),
        # an article, unless each has one
        *((f"甲乙{each}{built}一个", [""]) for each in "各均" for built in ("", "建", "建成", "设", "设立", "有")),
        ("各地打造一个", ["article"]),
        # numerals of several characters count, and what a verb of making stands before
        ("上述十二家企业", [""]),
        ("上述三万户", [""]),
        ("上述三户企业", ["describes"]),
        *((f"推出{so}两个样板", [""]) for so in ("", "了", "好", "过", " ")),
        ("建设中的两个样板", ["describes"]),
        ("建设两院", ["describes"]),
        ("推进两个 转变", ["describes"]),
        ("推进两个转变工作", ["describes"]),
        ("新增两个村级问题", [""]),
        # as many names as the numeral says
        *((f"新增甲平台{beside}乙平台两个应用", [""]) for beside in "、和及与"),
        ("新增甲平台、乙平台和丙平台三个应用", [""]),
        ("新增甲平台、乙平台和丙平台两个应用", ["describes"]),
        ("新增甲平台三个应用", ["describes"]),
        ("出台了《甲办法》和《乙办法》两个文件", [""]),
        ("出台《甲办法》《乙办法》两个文件", [""]),
        ("出台《甲和乙办法》、《丙办法》两个文件", [""]),
        ("打造“甲和乙”、“丙”两个品牌", [""]),
        ("打造“甲品”“乙品”两个样板", [""]),
        ("推出新平台“甲乙”两个应用", ["describes"]),
        ("新增平台，乙平台和丙平台两个应用", ["describes"]),
        ("新增平台\n乙平台和丙平台两个应用", ["describes"]),
        ("新增甲、乙平台两个应用", ["describes"]),
        ("新增" + "甲" * 20 + "、乙平台两个应用", [""]),
        ("新增" + "甲" * 21 + "、乙平台两个应用", ["describes"]),
        ("新增甲平台和乙平台；本市两个应用", ["describes"]),
        # the clause or the item of a list ends behind the count
        *((f"本市院士两名{end}其他", [""]) for end in "，,。;；:：!！\n、"),
        ("本市院士两名 ", [""]),
        ("本市AED两台。", [""]),
        ("引进院士5名、博士三名。", ["", ""]),
        ("引进院士一百名、博士三名。", ["", ""]),
        ("引进院士两名专家、博士三名。", ["describes", "describes"]),
        ("本市院士两名、专家、博士三名。", ["", "describes"]),
        ("甲类两个、三个。", ["", "describes"]),
        ("甲、乙、丙三个", ["describes"]),
        # what is done with the things that are counted
        ("目前四个完成", [""]),
        ("目前两个 项目开工 ", [""]),
        ("目前两个项目开工受阻", ["describes"]),
        ("目前两个" + "项" * 12 + "开工", [""]),
        ("目前两个" + "项" * 13 + "开工", ["describes"]),
        # multiples
        ("增长背后的两番努力", ["describes"]),
        ("两成企业达标", ["describes"]),
        ("八成以上企业5家", ["scope", ""]),
        # names of places
        ("七里河区", ["name"]),
        ("补助十二元资金", [""]),
        ("不少于三元资金", [""]),
        *((f"补助三元{rest}款", [""]) for rest in "以至到的每等钱左上下提增涨降调升变起乘补标"),
        ("全长三里路程", ["describes"]),
        ("“三个中心”", ["name"]),
    ],
)
def test_what_shows_that_a_numeral_counts(grammar: Grammar, text: str, found: list[str]) -> None:
    assert reasons(grammar, text) == found
