"""Who answers: lists of units, their roles and normal names, leaders, and those who are never published."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator import yamlfile
from generator.errors import ContentError
from generator.ingest import ingest_document
from generator.ingest.contacts import without_contacts
from generator.ingest.departments import kind_of_unit, printed_to_department
from generator.ingest.persons import is_person
from generator.ingest.rows import Reading
from generator.ingest.unit_lists import list_to_named, split_units
from generator.ingest.units import heading_leader, person, responsibilities, split_labels
from generator.lookups import Lookups, load_departments
from generator.model import Place, Register
from generator.quantities import Grammar
from generator.text import Traced
from tests.conftest import REPOSITORY
from tests.golden import fixture_content

LOOKUPS = Lookups(REPOSITORY / "content")
PLACES = LOOKUPS.places.by_slug
UNSEEN = Place(zh="临川市", en="Linchuan", slug="linchuan", kind="city", code="990100", short=("临川",))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return fixture_content(tmp_path)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(LOOKUPS, Grammar(LOOKUPS.units, LOOKUPS.comparators, LOOKUPS.numerals), UNSEEN, 2023)


# --- Lists ----------------------------------------------------------------------------------------

LISTS = [
    # Separators.
    ("市财政局、市商务局,市民政局，市教育局;市体育局；市科协", "市财政局|市商务局|市民政局|市教育局|市体育局|市科协"),
    ("市财政局\n市商务局", "市财政局|市商务局"),
    ("市财政局 市商务局  市民政局", "市财政局|市商务局|市民政局"),
    ("经信局 民政局", "经信局|民政局"),
    ("市发改委 市财政局 各县区", "市发改委|市财政局|各县区"),
    ("市工信局/市科技局", "市工信局|市科技局"),
    ("市发改委和市财政局", "市发改委|市财政局"),
    # 和 inside a name is its own, and white space that wraps a name is none.
    ("市自然资源和规划局、市发展和改革委员会", "市自然资源和规划局|市发展和改革委员会"),
    ("市委 宣传部", "市委宣传部"),
    ("市卫生健康 委员会、市人力 社保局", "市卫生健康委员会|市人力社保局"),
    ("市人力资源和社会 保障局", "市人力资源和社会保障局"),
    ("市政府 办公室", "市政府办公室"),
    ("市生态环境局 东城分局", "市生态环境局东城分局"),
    ("市级 其他有关单位", "市级其他有关单位"),
    ("各区、 县(市)\n政府、\n市财政局", "各区、县(市)政府|市财政局"),
    # Brackets are never split.
    ("市发改委(市能源局、市粮食局)、市财政局", "市发改委(市能源局、市粮食局)|市财政局"),
    ("各区县政府<新区、长合区管委会>、市建设局", "各区县政府<新区、长合区管委会>|市建设局"),
    # Areas are one addressee.
    ("市财政局、各区、县(市)政府", "市财政局|各区、县(市)政府"),
    ("各区、县（市）人民政府、市财政局", "各区、县（市）人民政府|市财政局"),
    ("有关区、县(市)政府、管委会", "有关区、县(市)政府、管委会"),
    ("各县、市、区政府，市民政局", "各县、市、区政府|市民政局"),
    ("各镇、街道、市民政局", "各镇、街道|市民政局"),
    ("区、县(市)政府、市民政局", "区、县(市)政府|市民政局"),
    # But an area beside a unit is two.
    ("各区、市民政局", "各区|市民政局"),
    ("东塘区政府、南汀区政府", "东塘区政府|南汀区政府"),
    # 等 and the full stop are no part of a name; nor is a telephone number.
    ("市发改委、市财政局等。", "市发改委|市财政局"),
    ("市发改委、市财政局等有关部门", "市发改委|市财政局"),
    ("市民政局0571-87654321、市财政局(13800000000)", "市民政局|市财政局"),
    ("", ""),
]


@pytest.mark.parametrize(("value", "units"), LISTS, ids=[value for value, _ in LISTS])
def test_a_list_of_units_is_split_by_one_rule(value: str, units: str) -> None:
    assert "|".join(split_units(value, LOOKUPS)) == units


ROLES = [
    ("市民政局、市财政局", "市民政局+ 市财政局+"),
    ("市民政局(牵头)、市财政局(配合)、市商务局", "市民政局+ 市财政局- 市商务局+"),
    ("市民政局牵头，市财政局、市商务局配合", "市民政局+ 市财政局- 市商务局-"),
    ("由市民政局负责，市财政局、市商务局等部门配合", "市民政局+ 市财政局- 市商务局-"),
    ("牵头单位：市民政局；配合单位：市财政局、市商务局", "市民政局+ 市财政局- 市商务局-"),
    ("责任单位:市民政局、市财政局", "市民政局+ 市财政局+"),
    ("牵头:市民政局;配合:市财政局", "市民政局+ 市财政局-"),
    ("市民政局会同市财政局、市商务局", "市民政局+ 市财政局- 市商务局-"),
    ("市民政局会同市财政局负责，市商务局配合", "市民政局+ 市财政局- 市商务局-"),
    ("△市民政局、市财政局", "市民政局+ 市财政局-"),
    ("市财政局、▲市民政局", "市财政局- 市民政局+"),
    ("市民政局、市财政局按职责分工负责", "市民政局+ 市财政局+"),
]


@pytest.mark.parametrize(("value", "told"), ROLES, ids=[value for value, _ in ROLES])
def test_a_list_may_say_who_leads(value: str, told: str) -> None:
    named = list_to_named(value, "lead", LOOKUPS)
    assert " ".join(one.unit + {"lead": "+", "support": "-"}[one.role] for one in named) == told


def test_the_column_says_it_where_the_list_does_not() -> None:
    for value in ("市财政局、市商务局", "市财政局、市商务局按职责分工负责"):
        assert [one.role for one in list_to_named(value, "support", LOOKUPS)] == ["support", "support"]
    assert [one.role for one in list_to_named("市财政局(牵头)、市商务局", "support", LOOKUPS)] == ["lead", "support"]


# --- Normal names -----------------------------------------------------------------------------------

EVERYWHERE = [
    ("市卫健委", "市卫生健康委员会"),
    ("市卫生健康委", "市卫生健康委员会"),
    ("市卫生健康委员会", "市卫生健康委员会"),
    ("县卫健局", "县卫生健康局"),
    ("市发改委", "市发展和改革委员会"),
    ("市发展改革委", "市发展和改革委员会"),
    ("区发改局", "区发展和改革局"),
    ("市人社局", "市人力资源和社会保障局"),
    ("市人力社保局", "市人力资源和社会保障局"),
    ("经信局", "经济和信息化局"),
    ("省人社厅", "省人力资源和社会保障厅"),
    ("浦东新区卫健委", "浦东新区卫生健康委员会"),
    ("团市委", "共青团市委"),
    ("共青团市委", "共青团市委"),
    ("市妇联", "市妇女联合会"),
    ("市委编办", "市委机构编制委员会办公室"),
    ("市委政法委", "市委政法委员会"),
    ("东塘区政府", "东塘区人民政府"),
    ("东塘区人民政府", "东塘区人民政府"),
    # The place's own name is its level; another's stays.
    ("临川市教育局", "市教育局"),
    ("中共临川市委宣传部", "市委宣传部"),
    ("临川妇联", "临川妇女联合会"),
    ("临川海关", "临川海关"),
    ("国网临川供电公司", "国网临川供电公司"),
    # What stands in brackets behind a unit is left to the printed name; brackets inside a name are its own.
    ("市发改委（市能源局）", "市发展和改革委员会"),
    ("市城投集团(市公交集团)", "市城投集团"),
    ("长三角(临川)合作区管委会", "长三角(临川)合作区管委会"),
    # What could be several units stays as printed.
    ("市建委", "市建委"),
    ("市城管局", "市城管局"),
    ("市综合执法局", "市综合执法局"),
    ("市文广旅游局", "市文广旅游局"),
    ("市金融办", "市金融办"),
    ("市大数据局", "市大数据局"),
    # An ending of another word is no short name.
    ("市老科协", "市老科协"),
    ("各区卫健局", "各区卫健局"),
    ("市教育局市残联", "市教育局市残联"),
]


@pytest.mark.parametrize(("printed", "official"), EVERYWHERE)
def test_a_short_name_means_one_unit_everywhere_or_stays_as_printed(printed: str, official: str) -> None:
    assert printed_to_department(printed, UNSEEN, LOOKUPS) == official
    assert printed_to_department(official, UNSEEN, LOOKUPS) == official


@pytest.mark.own("hangzhou-2024-livelihood", "huzhou-2023-livelihood", "jiande-2021-feedback")
def test_what_only_its_place_tells_holds_there_alone() -> None:
    def named(printed: str, slug: str) -> str:
        return printed_to_department(printed, PLACES[slug], LOOKUPS)

    assert named("市建委", "hangzhou") == "市城乡建设委员会"
    assert named("市建委", "jiande") == named("市建委", "huzhou") == "市建委"
    assert named("文广旅体局", "jiande") == "文化和广电旅游体育局"
    assert named("市综合执法局", "huzhou") == "市综合行政执法局"


AREAS = [
    ("各区、县(市)政府", "各区、县(市)政府"),
    ("各区、县（市）人民政府", "各区、县(市)政府"),
    ("各县（市、区）政府", "各区、县(市)政府"),
    ("各区县(市)", "各区、县(市)"),
    ("有关区县市政府", "相关区、县(市)政府"),
    ("相关区、县(市)政府", "相关区、县(市)政府"),
    ("各乡镇（街道）", "各乡镇(街道)"),
    ("各功能区管委会", "各功能区管委会"),
    ("各市、州人民政府", "各市、州政府"),
    ("各区政府", "各区政府"),
    ("各市、县(市、区)政府", "各市、县(市、区)政府"),
    ("各区县政府<新区、长合区管委会>", "各区县政府<新区、长合区管委会>"),
]


@pytest.mark.parametrize(("printed", "official"), AREAS)
def test_areas_are_one_addressee_and_all_is_not_some(printed: str, official: str) -> None:
    assert kind_of_unit(printed, LOOKUPS) == "areas"
    assert printed_to_department(printed, UNSEEN, LOOKUPS) == official


@pytest.mark.parametrize("printed", ["市政府", "东塘区政府", "市民政局", "各区民政局", "有关镇民政所"])
def test_one_area_and_a_department_are_no_areas(printed: str) -> None:
    assert kind_of_unit(printed, LOOKUPS) == "unit"


def test_units_without_a_name_are_told_apart() -> None:
    for name in ("市级其他有关单位", "有关部门", "各成员单位", "市直部门"):
        assert kind_of_unit(name, LOOKUPS) == "others"
    for name in ("市民政局", "市机关事务管理局", "市属国有企业集团"):
        assert kind_of_unit(name, LOOKUPS) == "unit"


def test_a_short_name_under_two_normal_names_is_refused(tmp_path: Path) -> None:
    text = (REPOSITORY / "content/lookups/departments.yml").read_text(encoding="utf-8")
    path = tmp_path / "departments.yml"
    path.write_text(text, encoding="utf-8")
    load_departments(path)
    path.write_text(text.replace("[卫健局]", "[卫健局, 发改局]"), encoding="utf-8")
    with pytest.raises(ContentError, match="发改局"):
        load_departments(path)


# --- Those who answer for parts ----------------------------------------------------------------------

PARTS = (
    "新增床位120张牵头市领导:林溪,责任单位:市民政局、市卫健委;建成40个基地(联系市领导:陈禾,责任单位:市科协、市民政局)。"
)


def test_labels_are_found_though_their_brackets_are_lost(reading: Reading) -> None:
    labelled = split_labels(Traced.of(PARTS), reading)
    assert labelled.text.text == "新增床位120张;建成40个基地。"
    assert labelled.leaders == ("林溪", "陈禾")
    assert labelled.leads == ("市民政局", "市卫健委", "市科协")


def test_each_part_of_a_wording_has_its_leader_and_units(reading: Reading) -> None:
    records = responsibilities(split_labels(Traced.of(PARTS), reading).answers, "", reading)
    assert [(one.unit, one.department, one.leader, one.scope) for one in records] == [
        ("市民政局", "市民政局", "林溪、陈禾", "新增床位120张；建成40个基地"),
        ("市卫健委", "市卫生健康委员会", "林溪", "新增床位120张"),
        ("市科协", "市科学技术协会", "陈禾", "建成40个基地"),
    ]


def test_units_of_the_whole_have_no_part(reading: Reading) -> None:
    text = "新增床位120张。牵头领导:林溪,责任单位:市民政局,配合单位:市财政局"
    records = responsibilities(split_labels(Traced.of(text), reading).answers, "周一鸣", reading)
    assert [(one.role, one.unit, one.official, one.leader, one.scope) for one in records] == [
        ("lead", "市民政局", "周一鸣", "", ""),
        ("support", "市财政局", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("林 溪", "林溪"),
        ("周一鸣 吴二南", "周一鸣、吴二南"),
        ("林 溪 陈禾青", "林溪、陈禾青"),
        ("林 溪 陈 禾", "林溪、陈禾"),
        ("陈 禾 青", "陈禾青"),
        ("欧阳 林", "欧阳林"),
        ("林溪、陈禾青", "林溪、陈禾青"),
        ("林溪\n陈禾青", "林溪、陈禾青"),
        ("林溪/陈禾青", "林溪、陈禾青"),
        ("林溪(牵头)、陈禾青(配合)", "林溪(牵头)、陈禾青(配合)"),
    ],
)
def test_all_leaders_of_a_cell_are_kept(cell: str, names: str, reading: Reading) -> None:
    assert person(cell) == names
    assert is_person(cell, reading.lookups)


@pytest.mark.parametrize("cell", ["市民政局", "市财政局、市民政局", "新增老年助餐服务点60个", "11月底"])
def test_what_is_no_name_is_no_person(cell: str, reading: Reading) -> None:
    assert not is_person(cell, reading.lookups)


@pytest.mark.parametrize(
    ("heading", "leader"),
    [
        ("林溪常务副市长主抓重点工作", "林溪"),
        ("陈禾青市长主抓重点工作", "陈禾青"),
        ("林溪、陈禾青副市长分管工作", "林溪、陈禾青"),
        ("(二)副市长林溪牵头项目", "林溪"),
        ("一、市委常委、副市长陈禾青负责的任务", "陈禾青"),
        ("林溪同志负责的任务", "林溪"),
        ("分管领导:林溪", "林溪"),
        ("市长亲自牵头项目", ""),
        ("市民政局牵头项目", ""),
        ("附件1", ""),
    ],
)
def test_leaders_of_headings(reading: Reading, heading: str, leader: str) -> None:
    assert heading_leader(heading, reading) == leader


# --- Those who are never published ---------------------------------------------------------------------

CONTACTS = """2021年云溪市民生实事项目
序号 | 项目名称 | 责任单位 | 责任人 | 联系人 | 联系电话 | 完成时间 |
1 | 新增老年助餐服务点60个 | 市民政局 | 林溪 | 张小三 | 0571-87654321 | 11月底 |
2 | 改造老旧小区12个。联系人:赵小六,电话:13900001111 | 市建委 | 陈禾 | 李小四 | 13812345678 | 10月底 |
3 | 新增停车位300个 | 市交通局 | 林溪 | 王小五 | 88123456 | 12月底 |
咨询电话:0571-12345678
"""


def _register(content: Path, tmp_path: Path, text: str) -> Register:
    (tmp_path / "contacts.txt").write_text(text, encoding="utf-8")
    sidecar = content / "documents" / "contacts.yml"
    sidecar.write_text(
        f"document: contacts.txt\nsha256: {hashlib.sha256(text.encode()).hexdigest()}\nplace: 云溪市\nyear: 2021\n"
        "kind: plan\ntitle: 民生实事\nprogrammes:\n- {programme: livelihood, title: 2021年云溪市民生实事项目}\n",
        encoding="utf-8",
    )
    (register,) = ingest_document(sidecar, content, tmp_path)
    return register


def test_contacts_and_telephone_numbers_are_in_no_register(content: Path, tmp_path: Path) -> None:
    register = _register(content, tmp_path, CONTACTS)
    said = yamlfile.render(register)
    names = ("张小三", "李小四", "王小五", "赵小六")
    for private in (*names, "87654321", "13812345678", "88123456", "13900001111", "12345678"):
        assert private not in said, private
    assert [one.reason for one in register.unassigned if one.text == "…"] == ["contact"] * 7
    assert [one.responsibilities[0].official for one in register.commitments] == ["林溪", "陈禾", "林溪"]
    assert [one.text for one in register.commitments][1] == "改造老旧小区12个。"
    assert [one.targets[0].value for one in register.commitments] == [60, 12, 300]


def test_a_telephone_that_is_promised_stays(reading: Reading) -> None:
    for text in ("开通服务电话:12345,全年接听1万次。", "开通12345热线1条。"):
        assert without_contacts(Traced.of(text), reading).text == text
    for text in ("新增1处(联系人:张小三,电话:12345)。", "新增1处,联系电话:0571-87654321。"):
        assert without_contacts(Traced.of(text), reading).text == "新增1处。"


LEADERS = """2021年云溪市民生实事项目
序号 | 项目名称 | 分管市领导 | 责任单位 | 完成时间 |
1 | 新增老年助餐服务点60个 | 林 溪 陈禾青 | 市民政局 | 11月底 |
2 | 改造老旧小区12个(联系市领导:周一鸣,责任单位:市建委) | 林溪、吴二南 | 市财政局 | 10月底 |
新增停车位300个 | 林溪/陈禾青 | 市交通局 | 12月底 |
"""


def test_leaders_of_the_column_and_of_the_cell_are_all_published(content: Path, tmp_path: Path) -> None:
    register = _register(content, tmp_path, LEADERS)
    assert [one.leader for one in register.commitments] == ["林溪、陈禾青", "林溪、吴二南、周一鸣", "林溪、陈禾青"]
    assert [[unit.unit for unit in one.responsibilities] for one in register.commitments] == [
        ["市民政局"],
        ["市建委", "市财政局"],
        ["市交通局"],
    ]
