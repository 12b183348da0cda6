"""Forms in which other cities print their lists, each of which was once read wrong: new and ingest alone."""

from __future__ import annotations

import pytest

from generator.model import Commitment
from tests.conftest import Read


def _units(commitment: Commitment) -> list[str]:
    return [f"{one.role} {one.unit}" for one in commitment.responsibilities]


def _targets(commitment: Commitment) -> list[str]:
    return [f"{one.comparator} {one.value.normalize():f} {one.unit}" for one in commitment.targets]


def _shares(commitment: Commitment) -> list[str]:
    return [f"{share.area} {share.value:f}" for one in commitment.targets for share in one.allocations]


def _results(commitment: Commitment) -> list[str]:
    return [
        f"{one.value.normalize():f} {one.unit}" + (f" {one.target}" if one.target and one.relation == "same" else "")
        for report in commitment.reports
        for one in report.results
    ]


def _rates(commitment: Commitment) -> list[str]:
    return [f"{one.published} {one.result}" for report in commitment.reports for one in report.rates]


def _steps(commitment: Commitment) -> list[str]:
    return [f"{one.due} {one.value.normalize():f}" for one in commitment.milestones if one.value is not None]


def test_units_in_a_bare_bracket_at_the_end_of_a_promise_or_of_its_report(read: Read) -> None:
    first, second, third = read("""云溪市2024年民生实事上半年进展情况
1.新增企业500户。（市工信局，分管领导：林 溪）
进展情况：新增企业312户。
2.新建学校50所。
进展情况：新建学校56所。（市教育局、市财政局）
3.服务覆盖乡镇（街道）
进展情况：覆盖26个乡镇（街道）。""")
    assert (_units(first), first.leader) == (["lead 市工信局"], "林溪")
    assert _units(second) == ["lead 市教育局", "lead 市财政局"]
    assert second.reports[0].text == "新建学校56所。"
    assert _units(third) == []


def test_units_that_a_clause_or_a_heading_names(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事
一、养老助餐（市民政局）
任务目标：新增助餐点60个。
进展情况：新增助餐点31个。
二、老旧小区（市住建局、市财政局）
任务目标：改造小区20个。
进展情况：改造小区9个。""")
    assert (_units(first), first.category) == (["lead 市民政局"], "养老助餐")
    assert _units(second) == ["lead 市住建局", "lead 市财政局"]


def test_units_that_close_a_section_answer_for_all_of_it(read: Read) -> None:
    found = read("""云溪市2024年民生实事项目
（一）学校
1. 新建学校55所；
2. 建设食堂100个。
牵头单位：市教育局　　配合单位：市财政局
（二）文化
1. 举办演出3000场；
2. 新建图书馆10个。
牵头单位：市文旅局　　配合单位：市文联""")
    assert [_units(one) for one in found] == [["lead 市教育局", "support 市财政局"]] * 2 + [
        ["lead 市文旅局", "support 市文联"]
    ] * 2


@pytest.mark.parametrize(
    ("item", "targets", "shares"),
    [
        ("新建助餐点150个，其中东塘区12个、南汀区15个，改造小区9个。", ["150", "9"], ["东塘区 12", "南汀区 15"]),
        ("改造300户（东塘区200户、南汀区100户）。", ["300"], ["东塘区 200", "南汀区 100"]),
        ("新建公园10个，东塘区、南汀区各5个。", ["10"], ["东塘区 5", "南汀区 5"]),
        ("改造1200户，其中白泥镇200户、龙溪镇150户。", ["1200"], ["白泥镇 200", "龙溪镇 150"]),
        ("创建园区20个，其中示范区5个、集聚区3个。", ["20", "5", "3"], []),
    ],
)
def test_shares_of_areas_inside_a_wording(read: Read, item: str, targets: list[str], shares: list[str]) -> None:
    first = read(f"云溪市2024年民生实事\n1.{item}\n2.新增泊位200个。\n3.改造公厕20座。")[0]
    assert [f"{one.value:f}" for one in first.targets] == targets
    assert _shares(first) == shares


def test_figures_of_areas_that_no_list_of_places_knows_are_results_of_areas(read: Read) -> None:
    first = read("""云溪市2024年民生实事上半年进展情况
1.改造1200户。
进展情况：改造820户，其中白泥镇120户、龙溪镇98户。
2.新增泊位200个。
进展情况：新增泊位90个。""")[0]
    assert [(str(one.value), one.area) for one in first.reports[0].results] == [
        ("820", ""),
        ("120", "白泥镇"),
        ("98", "龙溪镇"),
    ]


def test_a_column_that_splits_in_words(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事责任分解表
| 序号 | 目标任务 | 任务分解 | 牵头单位 |
| 1 | 改造棚户区1.5万户，改造小区200个 | 东塘区145个、南汀区55个 | 市住建局 |
| 2 | 新建市场20个，新建公园9个 | 东塘区3个、南汀区2个 | 市商务局 |""")
    assert _shares(first) == ["东塘区 145", "南汀区 55"]
    assert _shares(second) == [], "of two promises of one unit nobody can say which is split"


def test_columns_of_figures_beside_a_list(read: Read) -> None:
    first, second = read("""<html><body><h1>云溪市2024年民生实事完成情况</h1><table>
<tr><th>序号</th><th>民生实事</th><th>计量单位</th><th>年度目标</th><th>实际完成</th><th>完成率（%）</th><th>责任单位</th></tr>
<tr><td>1</td><td>新增就业</td><td>万人</td><td>10</td><td>11.62</td><td>116.2</td><td>市人社局</td></tr>
<tr><td>2</td><td>改造小区</td><td>个</td><td>200</td><td>218</td><td>109</td><td>市住建局</td></tr>
</table><p>注：数据截至2024年12月31日。</p></body></html>""")
    assert (_targets(first), _results(first), _rates(first)) == (["eq 100000 人"], ["116200 人 t1"], ["116.2 v1"])
    assert (_targets(second), _results(second), _rates(second)) == (["eq 200 个"], ["218 个 t1"], ["109 v1"])
    assert _units(second) == ["lead 市住建局"], "a remark below the table is no unit"


def test_a_column_of_rates_has_one_for_each_promise_in_order(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事完成情况
| 序号 | 任务目标 | 完成情况 | 完成比例 | 责任单位 |
| 1 | 建设学校80所，新增学位3万个 | 建设学校83所，新增学位3.12万个 | 103.8%；104% | 市教育局 |
| 2 | 新增泊位8万个，建设停车场20个 | 新增泊位8.63万个 | 107.9% | 市城管局 |""")
    assert _rates(first) == ["103.8 v1", "104 v2"]
    assert _rates(second) == ["107.9 "], "one rate beside two promises is of nothing that is known"


def test_areas_with_columns_behind_them(read: Read) -> None:
    first, second = read("""云溪市2024年为民办实事任务分解表
| 序号 | 项目内容 | 全市任务 | 兴宁区 | 青秀区 | 江南区 | 牵头单位 |
| 1 | 新建食堂（个） | 50 | 16 | 20 | 14 | 市民政局 |
| 2 | 新建公路（公里） | 120 | 30 | 25 | 65 | 市交通局 |""")
    assert (_targets(first), _shares(first)) == (["eq 50 个"], ["兴宁区 16", "青秀区 20", "江南区 14"])
    assert (_targets(second), _units(second)) == (["eq 120 公里"], ["lead 市交通局"])


def test_prose_around_a_table_by_areas_is_one_list(read: Read) -> None:
    first, second, third = read("""<html><body><h1>云溪市2024年上半年民生实事进展通报</h1>
<p>一、新增就业。年度目标11万人，1—6月完成6.6万人，完成率60%。</p>
<table><tr><td>区县（市）</td><td>目标任务（人）</td><td>已完成（人）</td><td>完成率</td></tr>
<tr><td>东塘区</td><td>60000</td><td>36000</td><td>60%</td></tr>
<tr><td>南汀区</td><td>50000</td><td>30000</td><td>60%</td></tr></table>
<p>二、改造小区。年度目标400个，1—6月完工243个，完成率60.8%。</p>
<p>三、新建幼儿园。年度目标30所，1—6月建成24所，完成率80%。</p></body></html>""")
    assert _shares(first) == ["东塘区 60000", "南汀区 50000"]
    assert _results(first) == ["66000 人 t1", "36000 人 t1", "30000 人 t1"]
    assert (_targets(second), _targets(third)) == (["eq 400 个"], ["eq 30 所"])


def test_steps_inside_a_promise_are_neither_promised_nor_due(read: Read) -> None:
    first, second, third = read("""云溪市2024年民生实事
1.完成投资1200亿元以上。3月底前完成投资150亿元，6月底前完成投资500亿元。
2.加装电梯100台以上，其中上半年完成40台。
3.落地线缆15条，6月底前完成8条，11月底前全部完成。""")
    assert (_targets(first), _steps(first)) == (
        ["ge 120000000000 元"],
        ["2024-03-31 15000000000", "2024-06-30 50000000000"],
    )
    assert (_targets(second), _steps(second)) == (["ge 100 台"], ["2024-06-30 40"])
    assert [str(one.due) for one in (first, second, third)] == ["None", "None", "2024-11-30"]


def test_what_is_due_next_year_is_not_due_this_year(read: Read) -> None:
    found = read("""云溪市2024年民生实事
1.落地线缆15条，明年3月底前全部完成。
2.加装电梯100台以上，次年6月底前全部完成。
3.新建食堂60个，明年年底前全部建成。
4.新建公园9个，明年年末全部建成。
5.新建书屋6个，明年底前全部建成。
6.新建驿站7个，较去年底增长。""")
    assert [str(one.due) for one in found[:2]] == ["2025-03-31", "2025-06-30"]
    assert [str(one.due) for one in found[2:]] == ["2025-12-31"] * 3 + ["None"]


def test_progress_in_a_bracket(read: Read) -> None:
    first, second, _ = read("""云溪市2024年民生实事上半年进展情况
1、新建幼儿园10所。（目前，已开工8所，责任单位：市教育局）
2、筛查6万人。（目前，已完成筛查3.72万人，完成年度任务的62%，责任单位：市卫健委）
3、新建食堂60个。（目前，已建成41个，完成年度任务的68.3%，责任单位：市民政局）""")
    assert (_targets(first), _results(first), _units(first)) == (["eq 10 所"], ["8 所"], ["lead 市教育局"])
    assert (_results(second), _rates(second)) == (["37200 人 t1"], ["62 v1"])


def test_a_promise_without_a_word_of_planning_between_others(read: Read) -> None:
    first, second, third = read("""云溪市2024年民生实事完成情况
1.提升妇幼健康水平。全年完成“两癌”筛查5.5万人。全年共完成“两癌”筛查6.03万人。（责任单位：市卫健委）
2.改造小区。计划改造小区300个。已改造完成小区312个，完成率104%。（责任单位：市住建局）
3.新建充电桩。计划新建充电桩1000个以上。已建成充电桩1862个。（责任单位：市发改委）
4.新建公园。计划新建公园9个。已建成公园9个。（责任单位：市住建局）""")[:3]
    assert (_targets(first), _results(first)) == (["eq 55000 人"], ["60300 人 t1"])
    assert (_targets(second), _results(second)) == (["eq 300 个"], ["312 个 t1"])
    assert (_targets(third), _units(third)) == (["ge 1000 个"], ["lead 市发改委"])


def test_dated_steps_under_an_unknown_heading_are_the_plan(read: Read) -> None:
    first, second = read("""云溪市2024年民生工程实施方案
| 工程名称 | 年度目标 | 咋推进 | 责任部门 |
| 养老工程 | 新建照料站50个 | 6月底前建成照料站20个；10月底前建成照料站50个 | 市民政局 |
| 路网工程 | 新改建公路500公里 | 6月底前完成150公里；9月底前完成400公里 | 市交通局 |""")
    assert (_targets(first), _steps(first)) == (["eq 50 个"], ["2024-06-30 20", "2024-10-31 50"])
    assert _steps(second) == ["2024-06-30 150", "2024-09-30 400"]


def test_a_bare_verb_answers_what_was_promised_with_it(read: Read) -> None:
    first, second, third = read("""云溪市2024年前三季度民生实事进展情况
1.学校项目。计划竣工学校18所，目前已竣工投用15所。（市教育局）
2.治理项目。计划新增治理自然村200个，目前已完工163个，在建37个，完成率81.5%。（市住建局）
3.幼儿园项目。计划建成幼儿园10所，目前已开工8所。（市教育局）""")
    assert _results(first) == ["15 所 t1"]
    assert (_results(second), _rates(second)) == (["163 个 t1", "37 个"], ["81.5 v1"])
    assert _results(third) == ["8 所"], "what was begun does not answer a promise to finish"


def test_cells_of_a_column_between_promise_and_report(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事完成情况
序号
重点任务
牵头单位
完成情况
1
新增项目120个。
市工信局
已完成。新增项目131个。
2
新增市场主体15万户。
市财政局、市市场监管局
已完成。新增市场主体17.3万户。""")
    assert (_units(first), _results(first)) == (["lead 市工信局"], ["131 个 t1"])
    assert _units(second) == ["lead 市财政局", "lead 市市场监管局"]


def test_a_heading_over_the_quarters_that_nobody_knows(read: Read) -> None:
    first, second = read("""<html><body><h1>云溪市2024年民生实事项目</h1><table>
<tr><td rowspan="2">序号</td><td rowspan="2">目标任务</td><td colspan="2">怎么干</td><td rowspan="2">责任单位</td></tr>
<tr><td>二季度</td><td>三季度</td></tr>
<tr><td>1</td><td>新建食堂100个</td><td>建成40个</td><td>建成80个</td><td>市民政局</td></tr>
<tr><td>2</td><td>新建渠道50公里</td><td>建成20公里</td><td>建成35公里</td><td>—</td></tr></table></body></html>""")
    assert _steps(first) == ["2024-06-30 40", "2024-09-30 80"]
    assert _units(second) == [], "a sign for nothing is no unit"


def test_blank_cells_at_the_end_move_no_unit(read: Read) -> None:
    found = read("""云溪市2024年民生实事项目表
序号 | 项目名称 | 牵头单位 | 配合单位 | 完成时限 |
1 | 改造小区300个 | 市住建局 | 市财政局 | 12月底 |
2 | 新增绿地350万平方米 | 市城管局 | | 11月底 |
3 | 新建学校5所 | 市教育局 | 市财政局 | |
4 | 新建公园6个 | 市城管局 | | |""")
    assert [_units(one) for one in found] == [
        ["lead 市住建局", "support 市财政局"],
        ["lead 市城管局"],
        ["lead 市教育局", "support 市财政局"],
        ["lead 市城管局"],
    ]


def test_offices_are_no_part_of_the_name_of_a_leader(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事清单
项目一：校园提质
建设内容：新建学校3所。
责任单位：市教育局
责任领导：林 溪（副市长）
项目二：安全饮水
建设内容：建设水厂12处。
责任单位：市水利局
责任领导：陈禾青（市委常委）""")
    assert [one.leader for one in (first, second)] == ["林溪", "陈禾青"]
    assert [(one.number, one.category) for one in (first, second)] == [("一", "校园提质"), ("二", "安全饮水")]


def test_bullets_below_short_headings_end_with_semicolons(read: Read) -> None:
    first, second = read("""云溪市2024年民生实事项目
一、“好学云溪”建设
● 新（改、扩）建中小学、幼儿园40所，新增学位3万个；
● 培育现代化学校15所。
责任单位：市教育局
二、“健康云溪”建设
● 新建卫生站30家；
● 提供健康体检50万名。
责任单位：市卫健委""")
    assert _targets(first) == ["eq 40 所", "eq 30000 个", "eq 15 所"]
    assert (_targets(second), _units(second)) == (["eq 30 家", "eq 500000 名"], ["lead 市卫健委"])


def test_the_foot_of_a_page_is_none_of_the_last_row(read: Read) -> None:
    _, last = read("""<html><body><h1>云溪市2024年民生实事进展情况</h1><table>
<tr><th>序号</th><th>民生实事项目</th><th>包抓领导</th><th>牵头部门</th><th>具体进展</th></tr>
<tr><td>1</td><td>改造小区300个</td><td>林溪</td><td>市住建局</td><td>已开工276个</td></tr>
<tr><td>2</td><td>新增绿地350万平方米</td><td>林溪</td><td>市城管局</td><td>新增绿地186.5万平方米</td></tr></table>
<p>主办：云溪市人民政府办公室　云ICP备12345678号　网站标识码：6101000001</p></body></html>""")
    assert (_results(last), last.leader) == (["1865000 平方米 t1"], "林溪")


@pytest.mark.parametrize(
    ("item", "measures"),
    [
        ("建设公园10个、绿地20个和广场30个", ["建设公园", "建设绿地", "建设广场"]),
        ("申报创建示范乡镇8个、精品村12个左右", ["申报创建示范乡镇", "申报创建精品村"]),
        ("新建成和改扩建幼儿园6所、小学7所", ["新建成和改扩建幼儿园", "新建成和改扩建小学"]),
        ("新增企业10家、税收3亿元", ["新增企业", "税收"]),
        ("新增公园10个、绿道20公里", ["新增公园", "绿道"]),
        ("新增企业10家、认定企业20家", ["新增企业", "认定企业"]),
        ("新增企业10家、现有企业20家", ["新增企业", "现有企业"]),
        ("新增企业10家,医院20家", ["新增企业", "医院"]),
        ("公园10个、绿地20个", ["公园", "绿地"]),
    ],
)
def test_a_list_shares_the_verb_before_it(read: Read, item: str, measures: list[str]) -> None:
    one, *_ = read(f"""云溪市2024年民生实事项目
1.{item}。（责任单位：市建设局）
2.培训教师30人。（责任单位：市教育局）
3.安装路灯40盏。（责任单位：市交通局）""")
    assert [target.measure for target in one.targets] == measures


def test_a_shared_verb_makes_no_report_more_like_a_promise(read: Read) -> None:
    one, *_ = read("""云溪市2024年民生实事上半年进展情况
1.新增上市公司6家、现代小微企业1000家以上。（责任单位：市经信局）
进展情况：新增上市公司7家;新增小微企业8065家,完成目标的67.2%。
2.新建学校50所。（责任单位：市教育局）
进展情况：新建学校56所。
3.安装路灯40盏。（责任单位：市交通局）
进展情况：安装路灯20盏。""")
    assert [target.measure for target in one.targets] == ["新增上市公司", "新增现代小微企业"]
    assert _results(one) == ["7 家 t1", "8065 家"]
