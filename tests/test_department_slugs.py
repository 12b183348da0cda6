"""Slugs of units: put together from data, permanent, one a unit, and never a word of a hostile name."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from generator.assess import load_catalogue, sort_registers
from generator.assess.department_slugs import (
    department_slug,
    load_department_slugs,
    refuse_shared_slugs,
    unit_names,
)
from generator.errors import ContentError
from generator.lookups import load_departments
from generator.model import AssessedRegister, Catalogue, DepartmentSlugs, Responsibility
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS

SLUGS = load_department_slugs(CONTENT)
MADE = DepartmentSlugs(
    levels={"市": "city", "区": "district"},
    names={"教育局": "education", "人民政府": "government", "高教育局": "higher"},
    places={"testville": {"测试公司": "works"}},
    areas={"testville": {"东区": "east"}},
)


def registers_with(*names: str) -> tuple[AssessedRegister, ...]:
    """One register whose first commitment is led by these units."""
    register = examples.make_register(examples.Words())
    units = tuple(Responsibility(role="lead", unit=name, department=name) for name in names)
    first = msgspec.structs.replace(register.commitments[0], responsibilities=units)
    return (examples.assess(msgspec.structs.replace(register, commitments=(first,)), WORDS),)


def sort_with(names: tuple[str, ...], slugs: DepartmentSlugs) -> tuple[AssessedRegister, ...]:
    registers = sort_registers(registers_with(*names), Catalogue(slugs=slugs), CONTENT)
    refuse_shared_slugs(unit_names(registers), slugs, CONTENT)
    return registers


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("市教育局", "city-education"),
        ("教育局", "education"),
        ("区教育局", "district-education"),
        ("市高教育局", "city-higher"),
        ("东区人民政府", "east-government"),
        ("测试公司", "works"),
    ],
)
def test_a_slug_is_prefix_and_name(name: str, slug: str) -> None:
    assert department_slug(name, "testville", MADE) == slug


@pytest.mark.parametrize(
    "name", ["市测试公司", "西区人民政府", "某教育局", "市", "", examples.HOSTILE, "../../index", "A" * 500]
)
def test_an_unknown_name_gets_digits_of_its_own(name: str) -> None:
    slug = department_slug(name, "testville", MADE)
    assert re.fullmatch(r"unit-[0-9a-f]{10}", slug)
    assert slug == department_slug(name, "elsewhere", DepartmentSlugs())
    assert slug != department_slug(f"{name}局", "testville", MADE)


@pytest.mark.own("hangzhou-2024-livelihood", "huzhou-2023-livelihood", "jiande-2021-feedback")
def test_what_was_published_stays() -> None:
    published = {
        ("hangzhou", "市教育局"): "city-education-bureau",
        ("hangzhou", "市卫生健康委员会"): "city-health-commission",
        ("hangzhou", "各区、县(市)政府"): "all-district-county-and-city-governments",
        ("hangzhou", "国网杭州供电公司"): "state-grid-hangzhou",
        ("huzhou", "吴兴区人民政府"): "wuxing-government",
        ("huzhou", "湖州海关"): "huzhou-customs",
        ("jiande", "卫生健康局"): "health-bureau",
        ("anywhere", "没有人知道的单位"): "unit-47f5a2bb68",
    }
    assert {key: department_slug(key[1], key[0], SLUGS) for key in published} == published


def test_every_normal_name_of_the_vocabulary_has_a_slug() -> None:
    departments = load_departments(CONTENT / "lookups" / "departments.yml")
    names = [*departments.names, *(name for local in departments.local for name in local.names)]
    slugs = {name: department_slug(name, "hangzhou", SLUGS) for name in names}
    assert [name for name, slug in slugs.items() if slug.startswith("unit-")] == []
    assert len(set(slugs.values())) == len(names) > 0


def test_two_units_of_a_place_with_one_slug_are_refused() -> None:
    clash = msgspec.structs.replace(MADE, names={**MADE.names, "市级教育": "city-education"})
    found = "[slug-shared] testville: 市教育局、市级教育 have the slug 'city-education'; expected one unit a slug"
    with pytest.raises(ContentError, match=re.escape(f"{CONTENT}/lookups/department_slugs.yml: {found}")):
        sort_with(("市教育局", "区教育局", "市级教育"), clash)
    assert sort_with(("市教育局", "区教育局"), clash)


def test_units_of_two_years_share_no_slug_and_those_of_two_places_may() -> None:
    slugs = msgspec.structs.replace(MADE, names={**MADE.names, "市级教育": "city-education"})
    (one,), (other,) = registers_with("市教育局"), registers_with("市级教育")
    with pytest.raises(ContentError, match=r"slug-shared.*市教育局、市级教育"):
        refuse_shared_slugs(unit_names([one, other]), slugs, CONTENT)
    elsewhere = msgspec.structs.replace(other, register=msgspec.structs.replace(other.register, place="elsewhere"))
    refuse_shared_slugs(unit_names([one, elsewhere]), slugs, CONTENT)


def test_a_former_slug_leads_to_a_unit_that_is_there() -> None:
    def former(old: str, new: str) -> DepartmentSlugs:
        return msgspec.structs.replace(MADE, former={"testville": {old: new}})

    assert sort_with(("市教育局",), former("unit-0123456789", "city-education"))
    for old, new in (("unit-0123456789", "nobody"), ("city-education", "city-education")):
        found = f"{CONTENT}/lookups/department_slugs.yml: [slug-former] former of testville: {old!r} leads to {new!r};"
        with pytest.raises(ContentError, match=re.escape(found)):
            sort_with(("市教育局",), former(old, new))


def test_a_unit_is_named_by_its_normal_name_and_where_it_has_none_by_its_own() -> None:
    (one,) = registers_with("市教育局")
    (item, *_) = one.commitments
    units = (
        Responsibility(role="lead", unit="市教育局(牵头)", department="市教育局"),
        Responsibility(role="support", unit="某公司"),
    )
    item = msgspec.structs.replace(item, commitment=msgspec.structs.replace(item.commitment, responsibilities=units))
    assert unit_names([msgspec.structs.replace(one, commitments=(item,))]) == {"testville": ["市教育局", "某公司"]}


FILE = """\
levels: {市: city}
names:
  教育局: education-bureau
  司法局: justice-bureau
places:
  huzhou:
    湖州海关: huzhou-customs
former: {huzhou: {customs: huzhou-customs}}
"""


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("教育局: education-bureau", "教育局: Education", "names: slug 'Education'"),
        ("教育局: education-bureau", "教育局: justice-bureau", "names: slug 'justice-bureau'"),
        ("教育局: education-bureau", "教育局: index", "names: slug 'index'"),
        ("湖州海关: huzhou-customs", "湖州海关: ../huzhou", "huzhou: slug '../huzhou'"),
        ("levels: {市: city}", "levels: {市: City}", "levels: slug 'City'"),
        ("former: {huzhou: {customs: ", "former: {huzhou: {a/b: ", "former of huzhou: 'a/b'"),
    ],
)
def test_a_broken_file_is_refused(content: Path, before: str, after: str, found: str) -> None:
    path = content / "lookups" / "department_slugs.yml"
    path.write_text(FILE, encoding="utf-8")
    load_catalogue(content)
    assert FILE.count(before) == 1
    path.write_text(FILE.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(f"{path}: [slug] {found}; expected a slug")):
        load_catalogue(content)


def test_the_areas_of_a_place_bring_their_slugs_and_a_place_without_areas_brings_none(content: Path) -> None:
    areas = load_department_slugs(content).areas
    assert areas["yunxi"]["石桥县"] == "shiqiao"
    assert "hanzhou" not in areas
