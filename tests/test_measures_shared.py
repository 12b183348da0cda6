"""Shared measures: told by words and unit, one at most; what is counted; what may stand side by side."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator.assess import load_catalogue, sort_registers
from generator.assess.catalogue import target_measure
from generator.assess.measures import LikelyMeasures, find_aspect, fitting_measures, same_unit
from generator.model import Aspect, AssessedTarget, Commitment, Measure, Remark, Target
from generator.registers import load_registers
from tests.assess_examples import CONTENT, assess_all, commitment, target
from tests.own import OWN_REGISTERS

CATALOGUE = load_catalogue(CONTENT)
KNOWN = {measure.slug: measure for measure in CATALOGUE.measures}


def promise(text: str, measure: str, printed: str, unit: str, **values: Any) -> tuple[Target, Commitment]:
    """A commitment of this wording, with a target that measures ``measure`` and is printed as ``printed``."""
    number = re.sub(r"\D.*", "", printed)
    one = target(number, unit, measure=measure, printed=printed, start=text.index(printed), **values)
    return one, commitment(text=text, end=len(text), targets=(one,))


def slug_of(text: str, measure: str, printed: str, unit: str, **values: Any) -> str:
    one, whole = promise(text, measure, printed, unit, **values)
    return "+".join(measure.slug for measure in fitting_measures(one, whole, CATALOGUE.measures))


@pytest.mark.parametrize(
    ("text", "measure", "printed", "unit", "slug"),
    [
        ("新增老年助餐点60个", "新增老年助餐点", "60个", "个", "senior-meal-services"),
        ("老年助餐服务60人次", "老年助餐服务", "60人次", "人次", ""),
        ("新增失智专区床位30张", "新增失智专区床位", "30张", "张", "dementia-care-beds"),
        ("新增护理型床位30张", "新增护理型床位", "30张", "张", "care-home-beds"),
        ("配备居家养老服务中心智能终端30个", "居家养老服务中心智能终端", "30个", "个", ""),
        ("建成居家养老服务中心30个", "建成居家养老服务中心", "30个", "个", "home-care-centres"),
        ("培训养老护理员30名", "养老护理员", "30名", "名", "care-workers"),
        ("培训救护员30名", "救护员", "30名", "名", "first-aid-training"),
        ("免费开展结直肠癌筛查,筛查人数30人次", "筛查人数", "30人次", "人次", "colorectal-screening"),
        ("为学生开展脊柱筛查,筛查人数30人次", "筛查人数", "30人次", "人次", ""),
        ("结直肠癌防治。两癌免费检查30人", "两癌免费检查", "30人", "人", "women-cancer-screening"),
        ("新增普惠托位30个", "新增普惠托位", "30个", "个", "inclusive-nursery-places"),
        ("新建幼儿园3所", "新建幼儿园", "3所", "所", "kindergartens"),
        ("新建小学3所", "新建小学", "3所", "所", "compulsory-schools"),
        ("走访小学3所", "走访小学", "3所", "所", ""),
        ("新增技能人才30人", "新增技能人才", "30人", "人", "skilled-workers"),
        ("新增高技能人才30人", "新增高技能人才", "30人", "人", "high-skilled-workers"),
        ("新增残疾人就业30人", "新增残疾人就业", "30人", "人", "disabled-employment"),
        ("开展残疾人就业培训30人", "残疾人就业培训", "30人", "人", ""),
        ("困难残疾人家庭无障碍改造30户", "困难残疾人家庭无障碍改造", "30户", "户", "disabled-home-adaptation"),
        ("改造老旧小区30个", "改造老旧小区", "30个", "个", "old-estate-renewal"),
        ("老旧小区加装电梯30台", "老旧小区加装电梯", "30台", "台", "lift-installation"),
        ("电梯安装阻止系统30台", "电梯安装阻止系统", "30台", "台", ""),
        ("新建公共充电桩30个", "新建公共充电桩", "30个", "个", "public-charging-piles"),
        ("新建电动自行车充电桩30个", "新建电动自行车充电桩", "30个", "个", "ebike-charging"),
        ("改建农村公路3公里,养护9公里", "养护", "9公里", "公里", "rural-road-maintenance"),
        ("改建农村公路3公里。森林养护9公里", "森林养护", "9公里", "公里", ""),
        ("农村公路3条", "农村公路", "3条", "条", ""),
        ("推进美丽城镇建设,创建样板镇2个", "创建样板镇", "2个", "个", "model-towns"),
        ("推进法治建设,创建样板镇2个", "创建样板镇", "2个", "个", ""),
        ("新增上市公司3家", "新增上市公司", "3家", "家", "listed-companies"),
        ("质押率高的上市公司3家", "质押率高的上市公司", "3家", "家", ""),
        ("打通断头路3条", "打通断头路", "3条", "条", "missing-road-links"),
        ("改造老旧燃气管道30公里", "改造老旧燃气管道", "30公里", "公里", "gas-pipes"),
        ("办理法律援助案件30件", "办理法律援助案件", "30件", "件", "legal-aid"),
        ("改造农村户厕30座", "改造农村户厕", "30座", "座", "rural-toilets"),
        ("新建公厕30座", "新建公厕", "30座", "座", "public-toilets"),
        ("棚户区改造开工30套", "棚户区改造开工", "30套", "套", "shantytown-renewal"),
        ("新增停车位30个", "新增停车位", "30个", "个", "parking-spaces"),
        ("新增老年食堂30家", "新增老年食堂", "30家", "家", "senior-meal-services"),
        ("免费两癌筛查30人", "免费两癌筛查", "30人", "人", "women-cancer-screening"),
        ("推进重大文旅项目,完成年度投资30元", "年度投资", "30元", "元", "tourism-investment"),
        ("推进文旅融合,完成水利投资30元", "水利投资", "30元", "元", ""),
    ],
)
def test_a_target_is_told_by_words_and_unit(text: str, measure: str, printed: str, unit: str, slug: str) -> None:
    assert slug_of(text, measure, printed, unit) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("确保地区生产总值增长6%", "gdp-growth"),
        ("抓好新区经济运行,地区生产总值增长6%", ""),
    ],
)
def test_what_an_area_promises_is_not_the_citys(text: str, slug: str) -> None:
    assert slug_of(text, "地区生产总值增长", "6%", "%", kind="growth") == slug


def test_kind_matters() -> None:
    assert slug_of("困难群众保障率达到80%", "困难群众保障率", "80%", "%", kind="rate") == "hardship-medical-cover"
    assert slug_of("困难群众保障率提高80%", "困难群众保障率", "80%", "%", kind="growth") == ""


def test_a_part_is_told_by_its_own_name() -> None:
    text, measure = "新增托位10个(其中普惠托位6个)", "新增托位(普惠托位)"
    assert slug_of(text, measure, "6个", "个", part="普惠托位") == "inclusive-nursery-places"
    assert slug_of("新增托位10个(其中城区6个)", "新增托位(城区)", "6个", "个", part="城区") == ""


def test_the_place_is_of_no_account() -> None:
    one, whole = promise("新增托位10个", "新增托位", "10个", "个")
    elsewhere = Commitment(
        id="elsewhere-1999-key-work-001", position=1, text=whole.text, start=0, end=7, targets=(one,)
    )
    assert fitting_measures(one, whole, CATALOGUE.measures) == fitting_measures(one, elsewhere, CATALOGUE.measures)


@pytest.mark.parametrize(
    ("slug", "text", "measure", "printed", "unit", "aspect"),
    [
        ("old-estate-renewal", "开工改造老旧小区3个", "开工改造老旧小区", "3个", "个", "started"),
        ("old-estate-renewal", "开工3个,完成改造老旧小区9个", "改造老旧小区", "9个", "个", "completed"),
        ("old-estate-renewal", "改造老旧小区9个", "改造老旧小区", "9个", "个", "other"),
        ("senior-meal-services", "助餐服务覆盖9个村", "助餐服务覆盖村", "9个", "个", "coverage"),
        ("flu-vaccination", "为65岁以上老人接种流感疫苗9剂次", "接种流感疫苗", "9剂次", "剂次", "from-65"),
        ("sports-parks", "“体育+公园”30个(体育公园9个)", "体育公园", "9个", "个", "parks"),
        ("budget-revenue-growth", "全市及市级一般公共预算收入增长7%", "全市一般公共预算收入增长", "7%", "%", "all"),
        (
            "budget-revenue-growth",
            "全市及市级一般公共预算收入增长7%",
            "市级一般公共预算收入增长",
            "7%",
            "%",
            "city-level",
        ),
        ("dementia-care-beds", "认知症床位9张", "认知症床位", "9张", "张", ""),
    ],
)
def test_what_is_counted_is_told_by_the_measure_then_by_its_clause(
    slug: str, text: str, measure: str, printed: str, unit: str, aspect: str
) -> None:
    found = find_aspect(KNOWN[slug], *promise(text, measure, printed, unit))
    assert (found.code if found else "") == aspect


def test_a_number_printed_twice_has_the_sentence_where_it_stands() -> None:
    text = "完成管网9公里。改造农村公路9公里,完成养护9公里"
    one, whole = promise(text, "养护", "9公里", "公里")
    last = Target(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "start": text.rindex("9公里")})
    assert fitting_measures(one, whole, CATALOGUE.measures) == ()
    assert [measure.slug for measure in fitting_measures(last, whole, CATALOGUE.measures)] == ["rural-road-maintenance"]


def made(slug: str, **values: Any) -> Measure:
    remark = Remark(zh="甲", en="a")
    fields: dict[str, Any] = {"unit": "个", "theme": "x", "must": (("公园",),), "note": remark}
    return Measure(slug=slug, zh="甲", en="a", **{**fields, **values})


@pytest.mark.parametrize("end", [*"。；;！？!?\n"])
def test_the_words_around_a_target_are_those_of_its_sentence(end: str) -> None:
    near = made("near", context=(("文化",),))
    assert fitting_measures(*promise("文化,公园3个", "公园", "3个", "个"), (near,)) == (near,)
    assert fitting_measures(*promise(f"文化{end}公园3个", "公园", "3个", "个"), (near,)) == ()


@pytest.mark.parametrize("end", [*"。；;！？!?\n，,"])
def test_what_is_counted_is_told_by_words_of_its_clause(end: str) -> None:
    aspects = tuple(Aspect(code=code, zh=code, en=code, words=words) for code, words in (("a", ("文化",)), ("b", ())))
    both = made("both", aspects=aspects)
    told = [find_aspect(both, *promise(f"文化{mark}公园3个", "公园", "3个", "个")) for mark in ("的", end)]
    assert [one.code for one in told if one] == ["a", "b"]


def test_what_a_part_counts_is_told_by_its_own_name() -> None:
    aspects = tuple(Aspect(code=code, zh=code, en=code, words=words) for code, words in (("a", ("文化",)), ("b", ())))
    one, whole = promise("新建,6个", "文化公园", "6个", "个", part="社区")
    found = find_aspect(made("both", aspects=aspects), one, whole)
    assert found is not None and found.code == "b"


def test_the_words_before_a_number_are_those_of_its_own_place() -> None:
    near = made("near", context=(("文化",),))
    text = "新建文化公园3个。养护公园3个"
    one, whole = promise(text, "公园", "3个", "个")
    moved = replace(whole, start=500, end=500 + len(text))
    assert fitting_measures(replace(one, start=500 + text.index("3个")), moved, (near,)) == (near,)
    assert fitting_measures(replace(one, start=500 + text.rindex("3个")), moved, (near,)) == ()


def test_a_number_that_its_text_does_not_hold_has_no_words_before_it() -> None:
    near = made("near", context=(("文",),))
    one, whole = promise("文化公园3个", "公园", "3个", "个")
    assert fitting_measures(one, whole, (near,)) == (near,)
    assert fitting_measures(replace(one, printed="三个"), whole, (near,)) == ()


def test_a_target_that_fits_two_measures_is_given_neither() -> None:
    one, whole = promise("新建公园3个", "新建公园", "3个", "个")
    assessed = AssessedTarget(target=one, schedule_state="not_computable")
    assert target_measure(assessed, whole, (made("a"),)).measure_id == "a"
    assert target_measure(assessed, whole, (made("a"), made("b"))).measure_id == ""


def test_a_target_is_tried_with_every_measure_that_it_may_fit() -> None:
    near, other = made("near", must=(("公园",), ("城",))), made("other", must=(("绿道",),))
    likely = LikelyMeasures((near, other, made("far", unit="家")))
    one, _ = promise("公园3个", "公园", "3个", "个")
    assert likely.of(one) == [near]
    assert likely.of(replace(one, part="绿道")) == [other]
    assert likely.of(replace(one, part="“绿”道")) == [other]
    assert likely.of(replace(one, measure="桥")) == []


def test_no_target_of_the_real_registers_loses_its_measure_to_haste() -> None:
    likely = LikelyMeasures(CATALOGUE.measures)
    for one in (one for register in load_registers(CONTENT) for one in register.commitments):
        for promised in one.targets:
            fitting = fitting_measures(promised, one, CATALOGUE.measures)
            assert fitting_measures(promised, one, likely.of(promised)) == fitting


def test_units_that_count_the_same_and_units_that_do_not() -> None:
    assert same_unit(KNOWN["care-workers"], "名") and not same_unit(KNOWN["care-workers"], "人次")
    assert slug_of("养护员,护理员9人次", "护理员", "9人次", "人次") == "care-workers"
    assert slug_of("护理员9", "护理员", "9", "") == "care-workers" and not same_unit(KNOWN["care-workers"], "")


def measures_by_place() -> dict[str, set[str]]:
    """The places whose registers promise each shared measure; a target that fits two of them is a failure."""
    found: dict[str, set[str]] = {}
    for register in load_registers(CONTENT):
        for one in register.commitments:
            for made in one.targets:
                fitting = fitting_measures(made, one, CATALOGUE.measures)
                assert len(fitting) < 2, (one.id, made.id, [measure.slug for measure in fitting])
                for measure in fitting:
                    found.setdefault(measure.slug, set()).add(register.place)
    return found


def test_no_target_of_the_real_registers_fits_two_measures() -> None:
    measures_by_place()


@pytest.mark.own(*OWN_REGISTERS)
def test_the_real_registers_share_the_measures_that_cities_promise_alike() -> None:
    found = measures_by_place()
    shared = {slug for slug, places in found.items() if len(places) > 1}
    promised = "dementia-care-beds senior-meal-services public-charging-piles old-estate-renewal disabled-employment "
    promised += "autism-rehabilitation flu-vaccination colorectal-screening long-term-care-insurance new-urban-jobs"
    assert set(promised.split()) <= shared and len(shared) >= 40


def test_registers_are_given_their_measures() -> None:
    one, whole = promise("新增托位10个", "新增托位", "10个", "个")
    other, second = promise("开工改造老旧小区3个", "开工改造老旧小区", "3个", "个")
    second = replace(second, id=f"{second.id[:-1]}2", position=2)
    (sorted_register,) = sort_registers([assess_all(whole, second)], CATALOGUE, CONTENT)
    became = [target for one in sorted_register.commitments for target in one.targets]
    assert [(made.measure_id, made.measure_aspect, made.target) for made in became] == [
        ("nursery-places", "", one),
        ("old-estate-renewal", "started", other),
    ]
    assert sorted_register.catalogue is CATALOGUE


def test_notes_are_in_both_languages_and_slugs_are_addresses() -> None:
    for measure in CATALOGUE.measures:
        assert re.search(r"[\u4e00-\u9fff]", measure.note.zh) and len(measure.note.en) > 5, measure.slug
        assert not re.search(r"[\u4e00-\u9fff]", measure.en), measure.slug
        assert all(aspect.en for aspect in measure.aspects)


def test_weights_are_exact() -> None:
    assert all(isinstance(weight, Decimal) for theme in CATALOGUE.themes for weight in theme.words.values())
