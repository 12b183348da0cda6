"""Forms of other provinces that once were refused, or read wrong: from file to register with new and ingest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.radicals import RADICALS
from tests.conftest import Read, Run


def _plan(*items: str) -> str:
    return "\n".join(["云溪市2024年民生实事", *(f"{index}.{item}" for index, item in enumerate(items, 1))])


OTHERS = ("新增停车位200个。（责任单位：市城管局）", "改造公厕20座。（责任单位：市城管局）")


@pytest.mark.parametrize(
    ("item", "due", "values", "steps"),
    [
        (
            "改造管网350公里，6月底前完成50%，12月底前全部完成。",
            "2024-12-31",
            ["350"],
            [("2024-06-30", "50"), ("2024-12-31", "None")],
        ),
        (
            "落地线缆15条，6月底前完成8条，11月底前全部完成。",
            "2024-11-30",
            ["15"],
            [("2024-06-30", "8"), ("2024-11-30", "None")],
        ),
        ("举办活动500场，3月底前制定实施细则。", "None", ["500"], [("2024-03-31", "None")]),
        ("年底前建成公园2个，新增床位50张。", "2024-12-31", ["2", "50"], []),
        ("到2025年底前建成公园2个。", "2025-12-31", ["2"], []),
    ],
)
def test_dates_in_a_wording(read: Read, item: str, due: str, values: list[str], steps: list[tuple[str, str]]) -> None:
    first = read(_plan(f"{item}（责任单位：市住建局）", *OTHERS))[0]
    assert str(first.due) == due
    assert [str(one.value) for one in first.targets] == values
    assert [(str(one.due), str(one.value)) for one in first.milestones] == steps


def test_a_unit_beside_the_one_that_leads_supports_it(read: Read) -> None:
    items = ("新建小学2所。（牵头单位：市教育局；责任单位：各区政府、市财政局）", *OTHERS)
    first, second, _ = read(_plan(*items))
    assert [(one.role, one.unit) for one in first.responsibilities] == [
        ("lead", "市教育局"),
        ("support", "各区政府"),
        ("support", "市财政局"),
    ]
    assert [one.role for one in second.responsibilities] == ["lead"]


@pytest.mark.parametrize(
    ("item", "measure", "value", "unit", "kind"),
    [
        ("研发投入强度提高到3.6%。", "研发投入强度", "3.6", "%", "rate"),
        ("研发投入增速提高到6%。", "研发投入增速", "6", "%", "growth"),
        ("将事项办理时限压缩至3个工作日以内。", "办理时限", "3", "个工作日", "level"),
        ("空气优良天数达到240天以上。", "优良天数", "240", "天", "level"),
        ("食品抽检不低于6批次/千人。", "食品抽检", "6", "批次/千人", "level"),
        ("为6.5万名65岁以上老年人免费体检。", "老年人免费体检", "65000", "名", "level"),
    ],
)
def test_quantities_of_other_forms(read: Read, item: str, measure: str, value: str, unit: str, kind: str) -> None:
    first = read(_plan(f"{item}（责任单位：市科技局）", *OTHERS))[0]
    (target,) = first.targets
    assert measure in target.measure
    assert (f"{target.value.normalize():f}", target.unit, target.kind) == (value, unit, kind)


def test_paragraphs_of_two_numberings_are_all_items(read: Read) -> None:
    text = """云溪市2024年政府工作报告重点任务
一、推动高质量发展
一是稳定增长。固定资产投资完成420亿元。（市发改委负责）
二是优化环境。新设企业1.5万户。（市市场监管局负责）
二、提升治理水平
（1）更新城市。改造老旧小区41个。（市住建局负责）
（2）治理拥堵。治理堵点15处。（市公安局负责）
（3）守牢底线。抽检食品6000批次。（市市场监管局负责）
政府网站标识码：1199000001"""
    found = read(text)
    assert [f"{one.value.normalize():f}" for commitment in found for one in commitment.targets] == [
        "42000000000",
        "15000",
        "41",
        "15",
        "6000",
    ]


def test_a_table_of_one_project_by_areas(read: Read) -> None:
    text = """云溪市2024年上半年民生实事进展情况
一、改造老旧小区65个
区县 | 年度目标（个） | 已开工（个） | 已完工（个） | 完成率 |
东塘区 | 40 | 36 | 22 | 55% |
南汀区 | 25 | 18 | 9 | 36% |
合计 | 65 | 54 | 31 | 47.7% |"""
    (only,) = read(text)
    (target,) = only.targets
    (report,) = only.reports
    assert (str(target.value), target.unit) == ("65", "个")
    assert [str(one.value) for one in target.allocations] == ["40", "25"]
    tied = {str(one.value) for one in report.results if one.target}
    assert tied == {"22", "9", "31"}, "a work that was begun does not answer a promise to finish it"
    assert [(str(one.published), one.target) for one in report.rates] == [("55", ""), ("36", ""), ("47.7", "t1")]


def test_columns_of_means_and_of_unknown_headings(read: Read) -> None:
    text = """云溪市2024年社会评价意见整改目标
序号 | 意见内容 | 整改目标 | 整改措施 | 责任单位 |
1 | 停车难 | 新增泊位1500个 | 盘活地块30处 | 市城管局 |
2 | 入园难 | 新建幼儿园25所 | 安排资金2.2亿元 | 市教育局 |"""
    assert [str(one.value) for commitment in read(text) for one in commitment.targets] == ["1500", "25"]


def test_a_column_of_promises_under_an_unknown_heading(read: Read) -> None:
    text = """云溪市2024年民生实事项目表
序号 | 项目 | 2024年怎么干 | 责任单位 |
1 | 暖心工程 | 新建老年食堂70个 | 市民政局 |
2 | 安居工程 | 改造老旧小区55个 | 市住建局 |"""
    found = read(text)
    assert [one.text for one in found] == ["暖心工程\n新建老年食堂70个", "安居工程\n改造老旧小区55个"]
    assert [str(one.value) for commitment in found for one in commitment.targets] == ["70", "55"]


def test_a_split_that_stands_alone_has_its_units_and_the_unit_of_its_caption(read: Read) -> None:
    text = """云溪市2024年民生实事项目任务分解表
单位：个
序号 | 项目名称 | 责任单位 | 总任务 | 东塘区 | 南汀区 | 石桥县 |
1 | 新增助餐点 | 市民政局 | 30 | 10 | 12 | 8 |
2 | 新建卫生室 | 市卫健委 | 9 | 0 | 4 | 5 |"""
    found = read(text)
    assert [(str(one.targets[0].value), one.targets[0].unit) for one in found] == [("30", "个"), ("9", "个")]
    assert [one.responsibilities[0].unit for one in found] == ["市民政局", "市卫健委"]


def test_of_several_dates_in_a_cell_the_last_is_due(read: Read) -> None:
    text = """云溪市2024年民生实事项目表
序号 | 项目名称 | 责任单位 | 完成时限 |
1 | 改造老旧小区23个 | 市住建局 | 9月底前开工、12月底前完工 |
2 | 新建公园2个 | 市林业局 | 10月底前 |"""
    assert [str(one.due) for one in read(text)] == ["2024-12-31", "2024-10-31"]


def test_a_rate_behind_a_part_is_of_the_whole_that_it_follows_from(read: Read) -> None:
    text = """云溪市2024年上半年民生实事进展情况
1.建设泊位5万个，其中公共泊位2万个。
进展情况：建成泊位3.12万个，其中公共泊位1.35万个，完成年度任务的62.4%。
2.补助标准提高到每人不低于740元。
进展情况：补助标准达到780元。"""
    first, second = read(text)
    assert [(str(one.published), one.target) for one in first.reports[0].rates] == [("62.4", "t1")]
    assert [(str(one.value), one.target) for one in second.reports[0].results] == [("780", "t1")]


def test_a_place_that_is_not_there_is_answered_with_its_line(content: Path, run: Run, tmp_path: Path) -> None:
    document = tmp_path / "notice.txt"
    document.write_text(_plan(*OTHERS), encoding="utf-8")
    said = run("new", document, "--place", "岚江县", "--year", 2024, "--content", content)
    assert said.status == 1
    assert "- {zh: 岚江县, en: ___, slug: ___, kind: county, code: '______'}" in said.err


@pytest.mark.parametrize("ending", [" |", ""])
def test_columns_of_parts_of_the_year_are_a_plan(read: Read, ending: str) -> None:
    text = f"""云溪市2024年民生实事项目清单
序号 | 实事项目 | 工作目标 | 一季度 | 二季度 | 下半年 | 责任单位{ending}
1 | 食品安全 | 建成食堂100家，抽检6万批次 | 完成选址 | 建成30家，抽检3万批次 | 全部完成 | 市商务局{ending}
2 | 社区养老 | 新增助餐点80个 | 启动建设 | 新增20个 | 全部完成 | 市民政局{ending}"""
    first, second = read(text)
    assert [(str(one.due), f"{one.value:f}" if one.value else "") for one in first.milestones] == [
        ("2024-03-31", ""),
        ("2024-06-30", "30"),
        ("2024-06-30", "30000"),
        ("2024-12-31", ""),
    ]
    assert [str(one.due) for one in second.milestones] == ["2024-03-31", "2024-06-30", "2024-12-31"]


def test_radicals_of_browsers_become_the_characters_of_today() -> None:
    assert "1.1万⼾家庭、⾭年、⽬标".translate(RADICALS) == "1.1万户家庭、青年、目标"
