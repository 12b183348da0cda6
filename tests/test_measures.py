"""What numbers measure, which target a result answers, which result a rate is of: one sentence a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.commitments import may_name_unknown_unit
from generator.ingest.measures import measure_numbers
from generator.ingest.milestones import plan_to_milestones
from generator.ingest.results import text_to_results
from generator.ingest.rows import Reading
from generator.ingest.targets import text_to_targets
from generator.lookups import Lookups
from generator.quantities import Grammar
from generator.text import Traced
from tests.conftest import REPOSITORY
from tests.golden import FIXTURES, fixture_content

LOOKUPS = Lookups(REPOSITORY / "content")
GRAMMAR = Grammar(LOOKUPS.units, LOOKUPS.comparators, LOOKUPS.numerals)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    assert FIXTURES.is_dir()
    content: Path = fixture_content(tmp_path_factory.mktemp("measures"))
    lookups = Lookups(content)
    place = lookups.places.find("yunxi")
    return Reading(lookups, Grammar(lookups.units, lookups.comparators, lookups.numerals), place, 2023)


MEASURES = [
    ("新增老年助餐服务点227个", ["新增老年助餐服务点"]),
    ("建成40个科学家(院士)科普基地", ["建成科学家(院士)科普基地"]),
    ("完成700名家庭照护者培训和1000名养老护理员培训考级", ["家庭照护者培训", "养老护理员培训考级"]),
    ("创建100美丽小区100美丽街巷", ["创建美丽小区", "创建美丽街巷"]),
    ("新增托位1000个(其中普惠托位600个)", ["新增托位", "新增托位(普惠托位)"]),
    ("不良率0.78%,比年初下降0.12个百分点", ["不良率", "不良率比年初下降"]),
    ("总产值23亿元,增加值16亿元,同比增长4.2%、3.4%", ["总产值", "增加值", "总产值同比增长", "增加值同比增长"]),
    ("播种面积和产量分别达到120万亩、10亿斤", ["播种面积", "产量"]),
    ("推进山塘整治,完工65座", ["山塘整治完工"]),
    ("3家单位被列入试点名单", ["单位被列入试点名单"]),
    ("截至6月底,全市新增城市书房16家", ["新增城市书房"]),
    ("获取意向订单4.38亿美元有效客户转化率超40%", ["获取意向订单", "有效客户转化率"]),
    ("标准由月人均850元统一提高到月人均890元", ["标准"]),
]


@pytest.mark.parametrize(("text", "measures"), MEASURES)
def test_measures(reading: Reading, text: str, measures: list[str]) -> None:
    found = measure_numbers(text, reading)
    assert [one.measure for one in found] == measures


TARGETS = [
    ("地表水比例、断面水质比例、水源地达标率均保持100%", ["100 %"] * 3),
    ("试点数字乡村、未来乡村各1个", ["1 个"] * 2),
    ("全市及市级一般公共预算收入增长7%", ["7 %"] * 2),
    ("新建孵化器、众创空间20家", ["20 家"]),
    ("确保11个省级发展区实现营收2800亿元以上", ["280000000000 元"]),
    ("规范提升26家托养机构,照护服务1000人次", ["26 家", "1000 人次"]),
    ("推广到全市13个区、县(市)", []),
    ("争取有1个区、县(市)通过评估", ["1 个"]),
    ("推动其他8个园区特色化发展", []),
    ("实现1900家以上工业企业、15家以上医院防诈全覆盖", ["1900 家", "15 家"]),
]


@pytest.mark.parametrize(("text", "values"), TARGETS)
def test_targets(reading: Reading, text: str, values: list[str]) -> None:
    targets, _ = text_to_targets(Traced.of(text), reading)
    assert [f"{target.value:f} {target.unit}" for target in targets] == values


TIES = [
    ("整治低效企业1200家", "累计整治低效企业985家", ["t1"]),
    ("新认定高新技术企业280家", "推荐上报高新技术企业248家", [""]),
    ("新增市场主体5000户", "累计市场主体9000户,新增市场主体4000户", ["", "t1"]),
    ("创建省级示范园5个", "创建市级示范园9个", [""]),
    ("引进50亿元以上项目10个", "引进3亿元以上项目93个", [""]),
    ("引进百亿元以上项目2个", "引进100亿元以上项目3个", ["t1"]),
    ("固定资产投资增长8%", "民间投资增长11.8%", [""]),
    ("滚动推进重点项目100个", "新开工重点项目42个", ["t1 related"]),
    ("新增上市企业5家", "新增上市公司9家", ["t1"]),
    ("新建孵化器、众创空间20家", "新增孵化器4家,省级众创空间13家", ["t1 part", "t1 part"]),
    ("新增省级研究院、研发中心40家", "新增市级研发中心115家,省级研究院15家", ["", "t1 part"]),
    ("下涯镇、寿昌镇等5家敬老院开工", "大同等5家服务中心建成", [""]),
    ("每个区、县(市)建有2个分拣中心", "每个县(区、市)建有2个分拣中心", ["t1"]),
    ("火灾起数下降15%", "火灾起数308起,较大事故2起", ["t1 related", ""]),
    ("粮食产量10亿斤以上", "粮食产量16万吨", ["t1 related"]),
    ("完成水利投资33亿元", "全市累计完成投资38亿元", ["t1 related"]),
    ("完成水利投资33亿元", "累计完成投资38亿元,实际完成投资40亿元", ["", ""]),
    ("完成水利投资33亿元,公路投资20亿元", "累计完成投资38亿元", [""]),
    ("建设10亿元以上重大项目70个", "70个10亿元以上重大项目完成投资9亿元", ["t1 related", ""]),
    ("建设10亿元以上重大项目70个", "470个重点项目开工", [""]),
    ("核心产业增加值增长12%", "核心产业制造业增加值增长22.9%", ["t1 related"]),
    ("旅游总收入1300亿元", "根据最新测算口径,旅游总收入310亿元", ["t1 related"]),
    ("新增市级以上龙头企业9家、示范农场50家", "新增区县级示范农场33家", ["t2 related"]),
    ("试点未来乡村1个", "4个未来乡村项目已获批准", ["t1 related"]),
    ("存贷款总额增长10%", "存贷款同比增长11.4%", ["t1"]),
    ("PM2.5年均浓度30微克/立方米以下", "云溪市PM2.5累计平均浓度21μg/m3", ["t1"]),
    ("每万人高价值发明专利拥有量19件", "每万人有效发明专利拥有量52件", [""]),
    ("城乡居民年标准达1.3万元", "城乡居民标准每人每月1105元,年标准13260元", ["", "t1"]),
    ("PM2.5浓度30微克/立方米以下", "PM2.5浓度21.3μg/m3", ["t1"]),
    (
        "培育10家品牌组织、10个品牌项目和20名领军人物",
        "确定培育10家品牌组织、10个品牌项目和20名领军人物的名单",
        ["t1 related", "t2 related", "t3 related"],
    ),
    (
        "培育10家品牌组织、10个品牌项目和20名领军人物",
        "培育10家品牌组织、10个品牌项目,确定20名领军人物的名单",
        ["t1", "t2", "t3 related"],
    ),
    ("上门服务各街道100%全覆盖", "上门服务已开展356人次,实现街道100%全覆盖", ["", "t1"]),
    ("上门服务各街道100%全覆盖", "上门服务已开展356人次;垃圾分类街道100%全覆盖", ["", ""]),
    ("上门服务各街道100%全覆盖", "上门服务已开展356人次,申报街道100%全覆盖", ["", ""]),
]


@pytest.mark.parametrize(("promise", "report", "ties"), TIES)
def test_results_answer_their_own_target(reading: Reading, promise: str, report: str, ties: list[str]) -> None:
    targets, _ = text_to_targets(Traced.of(promise), reading)
    results, _, _ = text_to_results(Traced.of(report), targets, reading)
    told = [f"{one.target} {one.relation}".removesuffix(" same").strip() for one in results]
    assert [tie if one.target else "" for tie, one in zip(told, results, strict=True)] == ties


MEASURES = [
    ("培育发展10家品牌组织、10个品牌项目和20名领军人物", ["培育发展品牌组织", "培育发展品牌项目", "培育发展领军人物"]),
    ("启动97个村庄规划和16个整合村试点", ["启动村庄规划", "启动整合村试点"]),
    ("老年食堂20个、托育点30个", ["老年食堂", "托育点"]),
    ("下涯镇、寿昌镇等5家敬老院", ["下涯镇、寿昌镇等敬老院"]),
    ("全面完成500户困难家庭改造", ["困难家庭改造"]),
    ("累计向986家高端装备、新材料企业发放贷款405亿元", ["高端装备、新材料企业", "发放贷款"]),
    ("405个在建项目实际完成投资288亿元", ["在建项目", "在建项目实际完成投资"]),
    ("组建10大体系化、任务型创新联盟", ["组建体系化、任务型创新联盟"]),
    ("确保11个发展区实现营收2800亿元", ["发展区", "发展区实现营收"]),
    ("水库除险加固开工60座,完工28座", ["水库除险加固开工", "水库除险加固完工"]),
    ("推进山塘整治,完工65座。推进美丽山塘创建,完成100座", ["山塘整治完工", "美丽山塘创建"]),
    ("新增上市公司7家,累计达56家", ["新增上市公司", "上市公司累计"]),
    ("示范片区6个,累计投资555万元", ["示范片区", "示范片区累计投资"]),
    ("培育3个省级、10个市级实践品牌", ["培育省级实践品牌", "培育市级实践品牌"]),
    ("新增财力的三分之二以上用于民生", ["新增财力用于民生"]),
    ("安排资金800万元用于设备购置", ["安排资金用于设备购置"]),
    ("在建19个未来乡村完成投资5亿元", ["在建未来乡村", "未来乡村投资"]),
    ("77个10亿元以上“1521”项目完成投资193亿元", ["10亿元以上“1521”项目", "10亿元以上“1521”项目完成投资"]),
    ("建成站点50个,为6.5万名65岁以上老年人免费体检", ["建成站点", "65岁以上老年人免费体检"]),
    ("技改投资,同比增长22.4%", ["技改投资同比增长"]),
    ("9个控规调整,其中8个已获批复", ["控规调整", "控规调整(已获批复)"]),
    ("10个站点建设,其中6个已结顶,其余4个正在建设", ["站点建设", "站点建设(已结顶)", "站点建设(正在建设)"]),
    ("新开工项目147个,其中10亿元以上项目42个", ["新开工项目", "新开工项目(10亿元以上项目)"]),
    ("确定10家品牌组织和20名领军人物的名单", ["确定品牌组织的名单", "确定领军人物的名单"]),
    ("确定10家品牌组织、20名领军人物", ["确定品牌组织", "确定领军人物"]),
    ("新建10家品牌组织和20份负责人的名单", ["新建品牌组织", "新建负责人的名单"]),
    ("外资1.88亿美元,占全市外资的23.0%东塘区项目注册落地", ["外资", "外资占全市外资"]),
]


@pytest.mark.parametrize(("text", "measures"), MEASURES)
def test_measures_are_worded_from_the_text(reading: Reading, text: str, measures: list[str]) -> None:
    measured = measure_numbers(text, reading)
    assert [one.measure for one in measured] == measures


RATES = [
    ("床位120张,桩300个", "床位130张,桩282个,分别完成全年目标的108.3%94%", ["108.3 v1 t1", "94 v2 t2"]),
    ("小区44个,房屋895栋", "改造小区44个,房屋895栋均完成全年目标的100%", ["100 v1 t1", "100 v2 t2"]),
    ("问题办结率99%以上", "收集问题286个,办结284个,办结率99.3%", ["99.3 v3 t1"]),
    ("建设足球场10个", "足球场10个平均进度36%", ["36  t1"]),
    ("新增残疾人就业350人", "新增残疾人就业448人,目前全省统一进度为90%", ["90  t1"]),
    ("工程投资10亿元", "累计完成投资4亿元,工程总体形象进度为78%", ["78  "]),
    ("建成美丽小区100个", "建成美丽小区74个,街巷创建总体进度73.4%", ["73.4  "]),
    ("新建5G基站5000个", "今年已开通5G基站4452座,累计开通12055座,完成5年规划任务的65%", ["65 v2 "]),
    ("新建5G基站5000个", "今年已开通5G基站4452座,累计开通12055座,完成“十四五”规划任务的65%", ["65 v2 "]),
    ("新建5G基站5000个", "今年已开通5G基站4452座,累计开通12055座,完成2021年任务的89%", ["89 v1 t1"]),
    ("新建5G基站5000个", "今年已开通5G基站4452座,完成二〇二一年任务的89%", ["89 v1 t1"]),
    ("开展活动100场", "开展活动90场,问题督导完成率、“两员”配备率100%", ["100  ", "100  "]),
    ("开展活动100场", "开展活动90场,年度目标任务完成率90%", ["90 v1 t1"]),
    ("开展文化活动100场", "开展文化活动90场,文化活动完成率90%", ["90 v1 t1"]),
]


@pytest.mark.parametrize(("promise", "report", "rates"), RATES)
def test_rates_are_of_their_own_result(reading: Reading, promise: str, report: str, rates: list[str]) -> None:
    targets, _ = text_to_targets(Traced.of(promise), reading)
    _, found, _ = text_to_results(Traced.of(report), targets, reading)
    assert [f"{rate.published:f} {rate.result} {rate.target}" for rate in found] == rates


def test_a_rate_tells_the_target_where_the_wordings_differ(reading: Reading) -> None:
    targets, _ = text_to_targets(Traced.of("打造样板区6个,举办赛事9场"), reading)
    results, rates, _ = text_to_results(Traced.of("已有3个风貌片区通过省级验收,完成全年目标的50%"), targets, reading)
    assert (results[0].target, rates[0].target) == ("t1", "t1")


def test_quoted_plans_and_bases_are_no_results(reading: Reading) -> None:
    planned, _, _ = text_to_results(Traced.of("下半年计划完成3场以上"), (), reading)
    assert planned == ()
    report = "年度计划投资167.8亿元,完成投资175.8亿元;800户改造实际完成825户;增速低于5%控制目标"
    results, _, skipped = text_to_results(Traced.of(report), (), reading)
    assert [f"{result.value:f}" for result in results] == ["17580000000", "825"]
    assert [one.reason for one in skipped] == ["quoted-plan"] * 3


BASES = [
    ("年度计划投资167.8亿元,完成投资175.8亿元,完成全年计划的103.9%", ["16780000000 元 167.8亿元"]),
    ("全年计划投资231.48 亿元,1-6月实际完成投资151.76亿元,完成率为65.56%", ["23148000000 元 231.48 亿元"]),
    ("计划实施项目2463个,完工2321个,完工率94.2%", ["2463 个 2463个"]),
    ("今年完成投资2.08亿元,占年度计划3.5亿元的59.4%", ["350000000 元 3.5亿元"]),
    ("新增床位300张,完成全年任务500张的60%", ["500 张 500张"]),
    ("新增床位300张,完成目标任务(500张)的60%", ["500 张 500张"]),
    ("年度计划投资10亿元。完成投资4亿元,完成全年计划的40%", [""]),
    ("年度计划投资10亿元,完工4个,完成全年计划的40%", [""]),
    ("计划总投资10亿元,完成投资2亿元,完成年度计划的40%", [""]),
    ("计划总投资10亿元,完成投资4亿元,占总投资的40%", ["1000000000 元 10亿元"]),
    ("年度计划建设足球场10个,完成4个,平均进度40%", [""]),
    ("完成投资4亿元,完成全年计划的40%,年度计划投资10亿元", [""]),
]


@pytest.mark.parametrize(("report", "bases"), BASES)
def test_a_rate_is_of_the_plan_that_its_sentence_quotes(reading: Reading, report: str, bases: list[str]) -> None:
    traced = Traced.of(report)
    _, rates, skipped = text_to_results(traced, (), reading)
    found = [f"{rate.base.value:f} {rate.base.unit} {rate.base.printed}" if rate.base else "" for rate in rates]
    assert found == bases
    for rate in rates:
        if rate.base:
            assert traced.text[rate.base.start : rate.base.end] == rate.base.printed
            assert rate.base.start not in [one.start for one in skipped]


def test_a_forecast_governs_its_sentence(reading: Reading) -> None:
    results, _, _ = text_to_results(Traced.of("预计全年新增企业9家,公司160家。已落地3家"), (), reading)
    assert [result.forecast for result in results] == [True, True, False]


def test_a_year_gone_by_holds_for_its_own_part_of_a_sentence(reading: Reading) -> None:
    report = "完成2020年度企业审核12家;举办培训3场。截至6月底,开工5个;建成4个"
    results, _, _ = text_to_results(Traced.of(report), (), reading)
    assert [one.as_of and one.as_of.isoformat() for one in results] == ["2020-12-31", None, "2023-06-30", "2023-06-30"]


def test_figures_of_areas_are_results_of_the_areas(reading: Reading) -> None:
    targets, _ = text_to_targets(Traced.of("新建回收站点90个"), reading)
    report = "新建回收站点95个,其中:东塘区40个、南汀区55个"
    results, _, _ = text_to_results(Traced.of(report), targets, reading)
    assert [(f"{one.value:f}", one.area, one.target, one.part_of) for one in results] == [
        ("95", "", "t1", ""),
        ("40", "东塘区", "", "v1"),
        ("55", "南汀区", "", "v1"),
    ]


def test_what_has_come_all_of_the_way_is_a_result_and_a_yardstick_is_none(reading: Reading) -> None:
    report = "6家康复机构进度已达100%。10个足球场平均进度36%"
    results, _, _ = text_to_results(Traced.of(report), (), reading)
    assert [f"{result.value:f}" for result in results] == ["6"]


def test_milestones_keep_their_date_basis_and_target(reading: Reading) -> None:
    targets, _ = text_to_targets(Traced.of("新开工保障房100万平方米,分配房源6000套"), reading)
    plan = "[新开工保障房100万平方米] 3月底前开工20万平方米; 6月底前完成50%。 [分配房源6000套] 5月-8月每月推出300套"
    steps, note, _ = plan_to_milestones(Traced.of(plan), targets, reading)
    assert [(str(s.due), s.target, s.basis, f"{s.value:f}") for s in steps] == [
        ("2023-03-31", "t1", "amount", "200000"),
        ("2023-06-30", "t1", "share", "50"),
        ("2023-08-31", "t2", "none", "300"),
    ]
    assert note == ""


@pytest.mark.parametrize(
    ("promise", "plan", "bases"),
    [
        ("新增(提升)教学点100个", "3月底前提升点位完成率20%以上,6月底前新增和提升完成率60%", ["none", "share"]),
        ("新增(提升)教学点100个", "3月底前完成20%", ["share"]),
        ("新(改)建幼儿园10所", "3月底前改建完成20%,6月底前完成60%", ["none", "share"]),
        ("新建、改造道路10条", "3月底前新建完成20%,6月底前改造和新建完成60%", ["none", "share"]),
        ("新增教学点100个", "3月底前新增完成20%", ["share"]),
    ],
)
def test_a_share_of_one_of_two_ways_is_none_of_the_target(
    reading: Reading, promise: str, plan: str, bases: list[str]
) -> None:
    targets, _ = text_to_targets(Traced.of(promise), reading)
    steps, _, _ = plan_to_milestones(Traced.of(plan), targets, reading)
    assert [step.basis for step in steps] == bases


def test_a_monthly_amount_does_not_take_the_date_of_its_clause(reading: Reading) -> None:
    targets, _ = text_to_targets(Traced.of("举办活动10000场"), reading)
    steps, _, _ = plan_to_milestones(Traced.of("3月底前下达任务,平均每月完成1000余场"), targets, reading)
    assert [(str(step.due), step.value is None) for step in steps] == [("2023-03-31", True), ("None", False)]


def test_what_comes_before_the_plan_is_its_note(reading: Reading) -> None:
    steps, note, _ = plan_to_milestones(Traced.of("因农时需待11月验收,推进计划为: 3月底前完成30%"), (), reading)
    assert [str(step.due) for step in steps] == ["2023-03-31"]
    assert note.startswith("因农时")


_PIECES = (
    "新增",
    "20",
    "3.5",
    "１２",
    "万",
    "多",
    "个",
    "平方米",
    "分别",
    "方案",
    "三分之二",
    "过半数",
    "十",
    "(4)",
    "第",
    "噗",
    "噗噜",
)


@given(
    st.lists(st.sampled_from((*_PIECES, " ", "\u3000", "\n", "，", "。", "、", "“", "”", "至")), max_size=8).map(
        "".join
    )
)
def test_a_quick_look_finds_every_number_of_an_unknown_unit(text: str) -> None:
    assert may_name_unknown_unit(text, LOOKUPS) or GRAMMAR.unitless(text) == []


def test_a_quick_look_spares_what_has_its_unit() -> None:
    assert not may_name_unknown_unit("老年助餐点\n新增老年助餐点227个，改造管网3.5公里。", LOOKUPS)
