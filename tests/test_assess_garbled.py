"""The check ``garbled``: places that show it, places that look like it, and places of the real documents."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.assess import assess_register, describe_rules
from generator.assess.garbles import find_garbles, has_no_unit
from generator.lookups import load_places
from generator.registers import load_registers
from tests.assess_examples import CONTENT, WORDS, commitment, findings, report, result, tally, target

#: The registers whose documents lost digits and words on their way.
LOSSY = ("huzhou-2023-key-work", "huzhou-2023-livelihood", "shaoxing-2021-key-work")


def seen(text: str) -> list[tuple[str, str]]:
    return [(one.code, text[one.start : one.end].strip()) for one in find_garbles(text, WORDS.garbled)]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("银行注册率达到95%,线%,制度上传率达到80%。", "%"),
        ("同比增长%,居全省前列", "%"),
        ("增长 ％", "％"),
        ("“通行证” 推出线个。", "线个"),
        ("示范车间100个、智能生产线台。", "线台"),
        ("认线个集成电路重大项目窗口指导服务", "个"),
        ("新增个。", "新增个"),
        ("新增家,改造2家", "新增家"),
        ("完成 万元,到位3万元", "完成 万元"),
        ("累计投资亿元。", "投资亿元"),
        ("建成公里,通车", "建成公里"),
        ("培训万人次;", "培训万人次"),
        ("总量居全省第位。", "第位"),
        ("于年月日前完成", "于年月日"),
        ("增速达.5%", ".5%"),
        # at the head and the end of a text, before and after each mark
        ("%的公园", "%"),
        *((f"增长5%{mark}%的公园", "%") for mark in ",，。;；"),
        *((f"新增家{mark}改造2家", "新增家") for mark in ",，。;；、:：!！?？"),
        *((f"公园(新增家{mark}改造2家", "新增家") for mark in ")）"),
        ("新增家", "新增家"),
        ("新增家 ,改造2家", "新增家"),
        ("推动项目个。", "个"),
        ("新增了家。", "新增了家"),
        ("投资万亿元。", "投资万亿元"),
        ("投资万 元。", "投资万 元"),
        ("投资亿 元。", "投资亿 元"),
        ("全省第 位。", "第 位"),
        *(
            (f"于{date}完成", f"于{date[:-1]}")
            for date in (" 年月日前", "年 月日前", "年月 日前", "年月前", "年月日起", "年月日止")
        ),
        ("截至年月日", "截至年月日"),
        ("截至年月日,完成", "截至年月日"),
        ("增速达.55%", ".55%"),
        ("增速达.5 %", ".5 %"),
        ("面积达.5万", ".5万"),
        ("投资达.5亿", ".5亿"),
        # of two rules that see one place the longer one is named
        ("推出个台。", "个台"),
    ],
)
def test_a_unit_without_its_number_is_seen(text: str, lost: str) -> None:
    assert [one for one in seen(text) if one[0] != "lone_bracket"] == [("lost_number", lost)]


@pytest.mark.parametrize(
    "text",
    [
        "同比增长5.7%,完成率十%",
        "完成率(%)、单位:%",
        "一个、两个、各个、多个、某个、上个月、几十个",
        "推进个转企100家,服务个人和个体工商户,个性化",
        "建设12条(个)。",
        "258 个网格巡查员",
        "智能服务“三件套”设备",
        "推广全省“观星台”项目8个",
        "防汛防台,出台政策,各平台、电视台。",
        "新升规亿元以上项目51个,每万人拥有发明专利19件",
        "平均单耗0.37吨标煤/万元",
        "“万亩千亿”平台,走进千家万户,亿元GDP死亡率下降",
        "完成10 万元,完成三百万元,完成近亿元",
        "各部门、各单位、主要线路、办学条件、关键环节、专业团队。",
        "感谢大家。住宅单元,通报点名。强项,星座、讲条条。桩桩件件,楼座,签字台。重点品种名,",
        "确保个个达标,挨个走访,多少个项目,该个人,动物救助所。",
        "科举及第,等第,居全省第3位,第三届",
        "出生年月日,2024年1月5日前",
        "开展培训班。推进试点村。建设场所、点位。",
        "投资5.5亿元。3.5公里",
        "单位为万元。单位为元,项目个/年",
        "10线台。十线台。",
        "书香门第位,第名单公布,于年月日历",
        "百分之三.5%",
    ],
)
def test_what_only_looks_like_a_lost_number_is_silent(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("分别快于全年增速14.910.7个百分点", "14.910.7"),
        ("截至20236月,采购35亿元", "20236"),
        ("20231-6月,全市未发生", "20231"),
        ("从202371日起施行", "202371"),
        ("于415日汛期到来前完成", "415"),
        ("审议通过81日起施行", "81"),
        ("快于增速14.910.75个百分点", "14.910.75"),
        ("快于增速14.910.7 个百分点", "14.910.7"),
        ("截至2021.12.317个", "2021.12.317"),
        *((f"截至{month},采购", month[:-1]) for month in ("19996月", "202310月", "202311月", "202312月")),
        ("20231至6月,全市", "20231"),
        ("20231-12月,全市", "20231"),
        *((f"从{day}施行", day[:-2]) for day in ("199971日起", "2023815日起", "20231031日起", "20231231日起")),
        *((f"审议通过{day}日起施行", day) for day in ("32", "39", "41", "99", "110", "425", "430", "931")),
        *((f"审议通过{day}日起施行", day) for day in ("101", "119", "1012", "1125", "1230", "1231")),
    ],
)
def test_numbers_run_together_are_seen(text: str, merged: str) -> None:
    assert seen(text) == [("merged_numbers", merged)]


@pytest.mark.parametrize(
    "text",
    [
        "截至2021.12.31完成,从21.10.31起",
        "系统V4.10.2上线,见1.10.2节",
        "公示不少于45日,于45日内办结,365日无休,于31日前",
        "2023年6月,2023年12月31日起",
        "2023年1-6月,2021-2023年,(2023-2030),2023.1-6月,20231至6号",
        "增速4.9、3.7个百分点",
        *(f"截至{day}个体户" for day in ("2021.12.31", "21.12.31", "2021.01.30", "2021.09.15", "2021.10.25")),
        *(f"截至{day}个体户" for day in ("2021.10.5", "2021.06.05", "2021.06.09")),
        "系统V14.910.7个模块,版本4.9.7个模块",
        "编号320236月,编号32023115日,编号202371",
        "编号12381日起,编号3.81日起,编号40日起",
        "于45日间完成,于45日后完成",
    ],
)
def test_dates_versions_and_lengths_of_time_are_no_merged_numbers(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("制定实施“56配套政策", "“"),
        ("完成接种151338例),再接种", ")"),
        ("覆盖1120个村(社区完成112%", "("),
        ("意见》已通过", "》"),
        ("一(二“三)四”五", "“"),
        *((f"公园{mark}绿道", mark) for mark in "()[]{}《》〈〉「」『』“”‘’（）【】〔〕［］｛｝"),
        ("公园;)绿道", ")"),
        ("1)公园;绿道)", ")"),
        ("公园的2)绿道", ")"),
        ("公园;2023)绿道", ")"),
        ("公园;2]绿道", "]"),
        ("China’s 5A景区’", "’"),
        ("公园(包括:1)绿道;2)广场)》", "》"),
        ("‘5G’公园(包括:1)绿道;2)广场)", "‘"),
    ],
)
def test_brackets_without_a_partner_are_one_finding(text: str, mark: str) -> None:
    assert seen(text) == [("lone_bracket", mark)]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("公园(绿道(广场)", 2),
        ("公园)绿道(广场", 2),
        ("公园(绿道“广场(校园)", 2),
        ("公园(绿道)广场)", 8),
        ("公园(绿道“广场「校园)", 5),
    ],
)
def test_the_first_mark_without_a_partner_is_named(text: str, at: int) -> None:
    assert [(one.start, one.end) for one in find_garbles(text, WORDS.garbled)] == [(at, at + 1)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1)建设公园; 2)改造(提升)道路",
            "起草《“十四五”规划(草案)》",
            "新建（改建)10个",
            "China’s 5A景区",
            "<见>",
            "5*3个",
        ),
        *(f"建设公园{mark}2)改造道路" for mark in " 。;；,，:：、"),
        *("iii)建设公园", "十)建设公园", "A)建设公园", "①)建设公园", "⑳)建设公园"),
        *(
            "建设公园(包括:1)绿道;2)广场)",
            "地铁站(T1、T2)",
            "“‘5G’应用”",
            "“‘5G’应用”;2)绿道",
            "‘China’s 5A景区’",
            "’99昆明世博会",
        ),
    ],
)
def test_pairs_item_numbers_and_apostrophes_are_no_lone_brackets(text: str) -> None:
    assert seen(text) == []


def test_faults_are_in_the_order_of_the_text() -> None:
    assert seen("新增家,(改造台。") == [("lost_number", "新增家"), ("lone_bracket", "("), ("lost_number", "改造台")]
    assert seen("(新增家") == [("lone_bracket", "("), ("lost_number", "新增家")]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("完成□个", "□"),
        ("完成□□个", "□□"),
        ("完成▯个", "▯"),
        ("完成10□个", "□"),
        *((f"完成□{behind}", "□") for behind in "5%％,，。;；"),
        ("新建\ufffd\ufffd公园", "\ufffd\ufffd"),
        *((f"公园{sign}处", sign) for sign in "\ufffd\ue000\ue123\uf8ff\x00\x08\x0b\x0c\x0e\x1f"),
        ("完成??公里", "??"),
        ("完成??", "??"),
        ("完成10??", "??"),
        ("??公里", "??"),
        ("??10", "??"),
        ("锟斤拷", "锟斤拷"),
        ("ï¿½", "ï¿½"),
    ],
)
def test_unreadable_characters_are_seen(text: str, signs: str) -> None:
    found = [text[one.start : one.end] for one in find_garbles(text, WORDS.garbled) if one.code == "lost_characters"]
    assert found == [signs]


@pytest.mark.parametrize(
    "text",
    ["是否完成: □是 □否", "完成了吗?", "已完成□是□否", "□公园", "是否完成□", "完成了吗?公园", "A??B", "公园\t10个"],
)
def test_boxes_and_questions_are_readable(text: str) -> None:
    assert seen(text) == []


def test_a_finding_names_the_place_and_makes_no_number_of_it() -> None:
    text = "银行注册率达到95%,线%,上传率80%。"
    one = commitment(reports=(report(text),))
    (found,) = findings("garbled", one)
    assert (found.id, found.found, found.expected) == ("garbled-r1-lost-number-1", "%", "")
    assert (found.start, found.end) == (100 + text.index("线%") + 1, 100 + text.index("线%") + 2)
    assert "此处缺了一个数字（不作零计）" in found.message_zh and "线%" in found.message_zh
    assert "we read" in found.message_en
    assert tally("garbled", one) == (1, 1, 0)


def test_a_text_that_was_cleaned_is_quoted_whole() -> None:
    told = report("推出线个。", end=140)
    (found,) = findings("garbled", commitment(reports=(told,)))
    assert (found.start, found.end) == (told.start, told.end)


@pytest.mark.parametrize(
    ("printed", "measure", "unit", "lacks"),
    [
        ("3600", "培育人才", "", True),
        ("3,600", "培育人才", "", True),
        ("2400万", "发放补贴", "", True),
        ("1.1亿", "累计完成投资", "", True),
        ("1.25亿", "累计完成投资", "", True),
        ("2400 万", "发放补贴", "", True),
        ("3万亿", "累计完成投资", "", True),
        ("3，600", "培育人才", "", True),
        ("3600", "培育人才", "人", False),
        ("1.52", "城乡居民收入", "", False),
        ("85", "营商环境综合指数", "", False),
        ("2", "城乡居民收入倍差", "", False),
        ("三分之二以上", "新增财力用于民生", "", False),
    ],
)
def test_a_number_that_stands_without_its_unit(printed: str, measure: str, unit: str, lacks: bool) -> None:
    assert has_no_unit(printed, measure, unit, WORDS.garbled) is lacks


def test_numbers_without_a_unit_are_one_notice_of_a_text() -> None:
    first = result("3600", "", measure="新增泊位", start=104, end=108)
    told = report("新增泊位3600,新增桩200", first, result("200", "", id="v2", measure="新增桩", start=112, end=115))
    other = target("100", "", measure="新增小区", start=12, end=15)
    shared = target("100", "", measure="新增街巷", start=12, end=15, id="t2")
    one = commitment(targets=(other, shared), reports=(told,))
    promised, reported = findings("garbled", one)
    assert (promised.id, promised.found, promised.severity) == ("garbled-text-no-unit", "100", "notice")
    assert (reported.id, reported.start, reported.end) == ("garbled-r1-no-unit", 104, 115)
    assert "没有本站认得的单位：「3600」（新增泊位）、「200」（新增桩）" in reported.message_zh
    assert "no unit" in reported.message_en.lower()


def test_every_kind_of_fault_has_words() -> None:
    texts = ("线%,", "14.910.7个", "“", "\ufffd")
    codes = {code for text in texts for code, _ in seen(f"增{text}")}
    assert codes | {"no_unit"} == {one.code for one in describe_rules().garbles}


@pytest.mark.own(*LOSSY)
def test_the_registers_of_the_repository_have_the_places_that_a_person_found() -> None:
    """Each of these was read beside its source; a new one has to be, too."""
    places, found = load_places(CONTENT), Counter[tuple[str, str]]()
    for register in load_registers(CONTENT):
        if f"{register.place}-{register.year}-{register.programme}" not in LOSSY:
            continue
        for one in assess_register(register, places.find(register.place), WORDS).commitments:
            for finding in one.findings:
                if finding.check == "garbled" and finding.severity == "warning":
                    found[register.place, finding.found] += 1
    assert found == {
        ("shaoxing", "%"): 1,
        ("shaoxing", "线个"): 1,
        ("shaoxing", "线台"): 2,
        ("shaoxing", "个"): 1,
        ("huzhou", "20236"): 1,
        ("huzhou", "20231"): 2,
        ("huzhou", "14.910.7"): 1,
        ("huzhou", "202371"): 1,
        ("huzhou", "81"): 1,
        ("huzhou", "415"): 1,
    }
