"""Which layout takes a form, by what margin, and what no layout takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_struct

from generator.ingest.blocks import Block, document_to_blocks
from generator.ingest.documents import load_document
from generator.ingest.layouts import LAYOUTS, SURE, detect_layout
from generator.ingest.pipeline import content_blocks, open_document, read_parts
from generator.ingest.rows import AreaRow, Reading, Row
from generator.ingest.units import split_labels
from generator.lookups import Lookups
from generator.model import Expect
from generator.quantities import Grammar
from generator.text import Traced
from tests.golden import FIXTURES, fixture_content

#: Fixture → the layouts that read it.
READ_BY = {
    "yunxi-2014-livelihood": {"field_rows"},
    "yunxi-2015-key-work": {"numbered_list"},
    "yunxi-2016-livelihood": {"target_then_progress"},
    "yunxi-2017-livelihood": {"labelled_blocks"},
    "yunxi-2018-livelihood": {"category_lines"},
    "yunxi-2019-feedback": {"headed_narrative"},
    "yunxi-2020-livelihood": {"transposed_table"},
    "yunxi-2021-feedback": {"vertical_cells"},
    "yunxi-2021-key-work": {"alternating"},
    "yunxi-2022-key-work": {"headed_paragraphs"},
    "yunxi-2024-livelihood": {"pipe_table", "area_table"},
    "yunxi-2025-livelihood": {"area_progress"},
    "changyuan-2023-livelihood": {"numbered_list"},
    "ganchuan-2024-livelihood": {"promise_in_line"},
    "hanzhou-2024-key-work": {"numbered_list"},
    "jingji-2024-key-work": {"numbered_list"},
    "jinlan-2023-livelihood": {"area_progress"},
    "jinlan-2024-livelihood": {"pipe_table"},
    "qianling-2022-livelihood": {"promise_in_line"},
    "xiangyuan-2023-livelihood": {"pipe_table"},
}
#: How much surer the layout of a fixture must be than the next.
MARGIN = 0.15


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture_content(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="module")
def reading(content: Path) -> Reading:
    lookups = Lookups(content)
    return Reading(
        lookups, Grammar(lookups.units, lookups.comparators, lookups.numerals), lookups.places.by_slug["yunxi"], 2020
    )


def _blocks(content: Path, text: str) -> list[Block]:
    """The blocks of a text, as the document of the first fixture would have them."""
    sidecar = content / "documents" / "yunxi-2015-key-work.yml"
    document = load_document(sidecar, FIXTURES / "documents", Lookups(content))
    _, reading = open_document(sidecar, content, FIXTURES / "documents")
    return content_blocks(document_to_blocks(replace(document, source=text, body=Traced.of(text))), reading)


@pytest.mark.parametrize("name", sorted(READ_BY))
def test_the_surest_layout_reads_though_not_all_are_asked(content: Path, name: str) -> None:
    """No layout is surer than it says; the one that reads is the first of the surest, as if all had been asked."""
    document, reading = open_document(content / "documents" / f"{name}.yml", content, FIXTURES / "documents")
    for part in read_parts(document, content_blocks(document_to_blocks(document), reading), reading):
        for segment in part.segments:
            asked = segment.detection.candidates
            assert all(score <= layout.surest for layout, (_, score, _) in zip(LAYOUTS, asked, strict=True)), asked
            first, score, reason = max(asked, key=lambda one: one[1])
            assert segment.detection.layout is not None and segment.detection.layout.name == first
            assert (segment.detection.score, segment.detection.reason) == (score, reason)


@pytest.mark.parametrize("name", sorted(READ_BY))
def test_the_layout_of_a_fixture_is_surer_than_the_next(content: Path, name: str) -> None:
    document, reading = open_document(content / "documents" / f"{name}.yml", content, FIXTURES / "documents")
    chosen = set()
    for part in read_parts(document, content_blocks(document_to_blocks(document), reading), reading):
        for segment in part.segments:
            assert segment.detection.layout is not None
            chosen.add(segment.detection.layout.name)
            others = [score for layout, score, _ in segment.detection.candidates if layout not in chosen]
            assert segment.detection.score - max(others) >= MARGIN - 1e-9, segment.detection.candidates
    assert chosen == READ_BY[name]


REFUSED = {
    "prose": """云溪位于江南水乡,历史悠久,人文荟萃。全市下辖2个区、1个县,常住人口186万人。
改革开放以来,云溪经济社会快速发展,2019年实现地区生产总值1205亿元,比上年增长6.8%。
城市环境不断改善,森林覆盖率达到52%,先后获得国家卫生城市、国家园林城市等称号。
云溪的茶叶、丝绸闻名全国,每年吸引游客2000万人次。""",
    "news": """本报讯 记者昨日从市民政局获悉,今年以来,我市养老服务体系建设取得新进展。
截至目前,全市已建成居家养老服务照料中心420家,覆盖率达到95%,比去年提高3个百分点。
“现在每天都来这里吃饭,两荤一素只要10元。”家住东塘区的王阿姨高兴地说。
据介绍,下一步市民政局将继续加大投入,推进示范型居家养老服务中心建设。
(记者 张三 通讯员 李四)""",
    "news with subheads": """民生实事暖人心
一、助餐送到家门口
今年以来,东塘区已建成老年食堂35家,累计服务老人12万人次,获得群众好评。
二、小区换新颜
截至10月底,全市已完成老旧小区改造48个,惠及居民2.1万户,同比增长15%。
三、出行更便捷
目前,全市新增公共停车位5200个,已完成年度任务的104%。""",
    "notice": """各区、县人民政府,市政府各部门:
为进一步做好民生实事工作,现将有关事项通知如下:
一、提高思想认识
各地各部门要充分认识办好民生实事的重要意义,切实加强组织领导,压实工作责任。
二、加强督促检查
市政府督查室要会同有关部门定期开展督查,对进度滞后的项目予以通报。
三、做好宣传引导
充分利用报纸、电视、网络等媒体,广泛宣传民生实事进展,营造良好氛围。
请于3月10日前将实施方案报市政府办公室。联系人:张三,电话:0500-1234567。
云溪市人民政府办公室
2020年2月20日""",
    "table of contents": """目 录
一、总体要求
二、主要目标
三、重点任务
(一)实施产业提升行动
(二)实施城市更新行动
(三)实施民生改善行动
四、保障措施
附件:1.重点任务分工表
2.年度工作要点
3.项目清单""",
    "rules": """第一条 为了规范民生实事项目管理,制定本办法。
第二条 本办法所称民生实事项目,是指经人大票决产生的项目。
第三条 项目实行季度通报制度,进度低于序时进度10个百分点的,予以约谈。
第四条 项目验收应当在12月31日前完成。
第五条 本办法自2020年3月1日起施行。""",
    "attendance": """出席:林溪、陈禾青
1.会议听取了市建设局关于老旧小区改造情况的汇报。
2.会议听取了市水利局关于山塘整治情况的汇报。
3.会议强调,要加快进度,确保质量。""",
    "one label": """云溪市民政局关于养老服务的说明
责任单位:市民政局
我市将继续推进养老服务体系建设,具体安排另行通知。""",
}


@pytest.mark.parametrize("text", list(REFUSED.values()), ids=list(REFUSED))
def test_what_lists_no_commitments_is_refused(content: Path, reading: Reading, text: str) -> None:
    detection = detect_layout(_blocks(content, text), reading)
    assert detection.layout is None, detection.candidates
    assert detection.score < SURE
    assert all(why for _, _, why in detection.candidates)


OPEN_TABLE = """区县 | 老年助餐服务点 | 老旧小区改造 |
东塘区 | 25 | 5 |
南汀区 | 20 | 4 |"""


def test_figures_that_nothing_says_are_promised_or_done_are_refused(content: Path, reading: Reading) -> None:
    blocks = _blocks(content, OPEN_TABLE)
    assert detect_layout(blocks, reading).layout is None
    for title, name in (("2020年任务分解表", "transposed_table"), ("2020年完成情况表", "area_progress")):
        detection = detect_layout(blocks, replace(reading, title=title))
        assert detection.layout is not None
        assert detection.layout.name == name


def test_areas_in_columns_are_progress_only_where_that_is_said(content: Path, reading: Reading) -> None:
    table = "序号 | 项目名称 | 总任务 | 牵头单位 | 东塘区 | 南汀区 | 石桥县 |\n"
    table += "1 | 老年助餐点 | 6个 | 市民政局 | 1个 | 2个 | 3个 |"
    for title, name in (
        ("2020年任务分解表", "area_table"),
        ("2020年各区县进展情况", "area_progress"),
        ("", "area_table"),
    ):
        detection = detect_layout(_blocks(content, table), replace(reading, title=title))
        assert detection.layout is not None
        assert detection.layout.name == name


def _rows(content: Path, reading: Reading, text: str) -> list[tuple[str, str]]:
    """(layout, text) of each row that detection and reading give."""
    blocks = _blocks(content, text)
    detection = detect_layout(blocks, reading)
    assert detection.layout is not None, detection.candidates
    rows = detection.layout.read(blocks, reading)
    return [(row.section.text, row.get("text").text) for row in rows if isinstance(row, Row)]


def test_an_item_of_a_wider_numbering_that_names_units_is_not_lost(content: Path, reading: Reading) -> None:
    text = """一、主要目标
(一)地区生产总值增长6%左右,城镇新增就业2万人。(市发改委负责)
二、重点任务
(二)扩大有效投资。
1.实施重点项目160个。(牵头单位:市发改委)
2.完成水利投资15亿元。(牵头单位:市水利局)
(三)建设产业强市。
3.净增高新技术企业30家。(牵头单位:市科技局)"""
    assert _rows(content, reading, text) == [
        ("主要目标", "地区生产总值增长6%左右,城镇新增就业2万人。(市发改委负责)"),
        ("扩大有效投资。", "实施重点项目160个。(牵头单位:市发改委)"),
        ("扩大有效投资。", "完成水利投资15亿元。(牵头单位:市水利局)"),
        ("建设产业强市。", "净增高新技术企业30家。(牵头单位:市科技局)"),
    ]


LIST_AND_AREAS = """2015年云溪市政府工作报告重点任务分解方案
一、就业创业
目标:城镇新增就业1.2万人,开展职业技能培训6000人次。
完成情况:城镇新增就业1.31万人,开展职业技能培训6450人次。
二、教育提升
目标:新增学位2400个。
完成情况:新增学位2100个。
附:各区县完成情况
项目 | 东塘区 | 南汀区 | 石桥县 | 全市 |
城镇新增就业(万人) | 0.62 | 0.41 | 0.28 | 1.31 |
职业技能培训(人次) | 2900 | 2050 | 1500 | 6450 |
新增学位(个) | 1200 | 900 | -- | 2100 |"""


def test_a_table_of_what_areas_did_adds_to_the_commitments_of_the_list_above(content: Path) -> None:
    sidecar = content / "documents" / "yunxi-2015-key-work.yml"
    document, reading = open_document(sidecar, content, FIXTURES / "documents")
    parts = tuple(replace_struct(part, expect=Expect(commitments=2)) for part in document.sidecar.programmes)
    typed = replace(
        document,
        source=LIST_AND_AREAS,
        body=Traced.of(LIST_AND_AREAS),
        sidecar=replace_struct(document.sidecar, programmes=parts),
    )
    (part,) = read_parts(typed, content_blocks(document_to_blocks(typed), reading), reading)
    assert [segment.detection.layout.name for segment in part.segments if segment.detection.layout] == [
        "labelled_blocks",
        "area_progress",
    ]
    told = [
        [(one.area, f"{one.value:f}{one.unit}", one.target) for one in commitment.reports[0].results]
        for commitment in part.read.commitments
    ]
    assert told == [
        [
            ("", "13100人", "t1"),
            ("", "6450人次", "t2"),
            ("东塘区", "6200人", "t1"),
            ("南汀区", "4100人", "t1"),
            ("石桥县", "2800人", "t1"),
            ("东塘区", "2900人次", "t2"),
            ("南汀区", "2050人次", "t2"),
            ("石桥县", "1500人次", "t2"),
        ],
        [("", "2100个", "t1"), ("东塘区", "1200个", "t1"), ("南汀区", "900个", "t1")],
    ]


def test_a_list_of_promises_is_never_read_as_promises_and_reports_in_turn(content: Path, reading: Reading) -> None:
    text = """经市人大会议审议,市政府拟办好以下民生实事:
(一)优化养老服务。新建综合养老服务中心5个,村级邻里互助点120个。
(二)提升医疗服务。为3.5万名适龄女性免费开展筛查;建设胸痛救治单元12个。
(三)改善人居环境。改造城镇老旧小区86个、1.9万户,新建公园30个。
(四)畅通群众出行。新改建农村公路300公里,改造危旧桥梁25座。
(五)丰富文体生活。开展送戏下乡1000场次,放映公益电影2.4万场。

以上各项任务由市政府办公室会同有关部门分解落实,确保12月底前全面完成。"""
    blocks = _blocks(content, text)
    scores = {name: score for name, score, _ in detect_layout(blocks, reading).candidates}
    assert scores["numbered_list"] - max(s for name, s in scores.items() if name != "numbered_list") >= MARGIN
    rows = _rows(content, reading, text)
    assert len(rows) == 5
    assert rows[-1][1].endswith("2.4万场。")


def test_bullets_are_no_part_of_the_wording(content: Path, reading: Reading) -> None:
    text = "1. 新增就业3.2万人\n   - 牵头单位:市人社局\n   - 完成时限:12月\n2. 新建学校9所\n   - 牵头单位:市教育局"
    blocks = _blocks(content, text)
    detection = detect_layout(blocks, reading)
    assert detection.layout is not None
    assert detection.layout.name == "numbered_list"
    first, second = (
        split_labels(row.get("text"), reading) for row in detection.layout.read(blocks, reading) if isinstance(row, Row)
    )
    assert (first.text.text, first.leads, first.due) == ("新增就业3.2万人", ("市人社局",), "12月")
    assert (second.text.text, second.leads) == ("新建学校9所", ("市教育局",))


UNDER_ONE_HEADING = """任务分解表
县(市、区) | 民生实事项目 |
 | 新建城市书房 | 改造农村公路 |
东塘区 | 3 | 25 |
南汀区 | 2 | 40.5 |
合计 | 5 | 65.5 |"""


def test_projects_below_a_heading_that_spans_them_stay_apart(content: Path, reading: Reading) -> None:
    blocks = _blocks(content, UNDER_ONE_HEADING)
    detection = detect_layout(blocks, reading)
    assert detection.layout is not None
    assert detection.layout.name == "transposed_table"
    assert [
        (row.text.text, row.total.text, [(area, cell.text) for area, cell in row.shares])
        for row in detection.layout.read(blocks, reading)
        if isinstance(row, AreaRow)
    ] == [
        ("新建城市书房", "5", [("东塘区", "3"), ("南汀区", "2")]),
        ("改造农村公路", "65.5", [("东塘区", "25"), ("南汀区", "40.5")]),
    ]
