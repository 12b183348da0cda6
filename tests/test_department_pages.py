"""Pages of units: who leads and supports what, counted with denominators, neutral, and hostile names."""

from __future__ import annotations

import json
import re

import msgspec

from generator.assess import sort_registers
from generator.charts import Chart
from generator.model import Catalogue, DepartmentSlugs, Register, Responsibility, Role
from generator.pages.city_year import render_city_year
from generator.pages.commitment import render_commitment
from generator.pages.commitment_page import year_to_pages
from generator.pages.outline import City, registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.kept_examples import city_page, duties_of, home_of, ledger_pages, unit_pages

SLUGS = DepartmentSlugs(
    levels={"市": "city"},
    names={"教育局": "education", "财政局": "finance", "民政局": "civil", "各区政府": "districts"},
    former={"testville": {"old-education": "city-education"}},
)


def draw(chart: Chart) -> str:
    return f"<svg>{json.dumps(chart.data, ensure_ascii=False)}</svg>".replace("<img", "&lt;img")


def named(role: Role, name: str, unit: str = "", **values: str) -> Responsibility:
    return Responsibility(role=role, unit=unit or name, department=name, **values)  # type: ignore[arg-type]


def register_of(year: int, *responsibilities: tuple[Responsibility, ...]) -> Register:
    """The example register in a year, its commitments with these units."""
    register = examples.make_register(examples.Words())
    commitments = tuple(
        msgspec.structs.replace(one, id=one.id.replace("2024", str(year)), responsibilities=units)
        for one, units in zip(register.commitments, responsibilities, strict=True)
    )
    return msgspec.structs.replace(register, year=year, commitments=commitments, retired=())


def make_city(*registers: Register, slugs: DepartmentSlugs = SLUGS) -> City:
    assessed = [examples.assess(register, WORDS) for register in registers]
    (city,) = registers_to_cities(sort_registers(assessed, Catalogue(slugs=slugs), CONTENT))
    return city


def both_years() -> City:
    """Two years: education leads in both, once with finance, and supports itself in one line too many."""
    education, finance = named("lead", "市教育局", "市教委", official="某某"), named("lead", "市财政局")
    areas = named("support", "各区政府", kind="areas")
    part = named("lead", "市教育局", scope="其中的学校")
    return make_city(
        register_of(
            2024, (education, finance, named("support", "市教育局")), (areas, named("support", "市民政局")), ()
        ),
        register_of(2023, (part,), (), ()),
    )


def test_a_unit_has_its_commitments_of_all_years_newest_first() -> None:
    education, finance, civil, areas = duties_of(both_years()).departments
    assert [one.slug for one in (education, finance, civil, areas)] == [
        "city-education",
        "city-finance",
        "city-civil",
        "districts",
    ]
    assert [(duty.year.year, duty.item.line.position) for duty in education.led] == [(2024, 1), (2023, 1)]
    assert education.supported == () and education.printed == ("市教委", "市教育局")
    assert [duty.scopes for duty in education.led] == [(), ("其中的学校",)]
    assert (len(finance.led), len(civil.led), len(civil.supported)) == (1, 0, 1)
    assert areas.kind == "areas"


def test_every_target_is_counted_once_and_none_is_lost() -> None:
    education = duties_of(both_years()).departments[0]
    targets = sum(duty.item.counts.targets for duty in education.led)
    outcomes = [duty.item.outcomes for duty in education.led]
    assert targets == sum(sum(one.values()) for one in outcomes) == 2
    assert sum(one["met"] for one in outcomes) == 2


def test_the_page_of_a_unit_says_what_the_documents_say() -> None:
    page = unit_pages(both_years())["testville/departments/city-education"].body
    assert "原文写作 市教委、市教育局" in page and "另有 1 个牵头单位" in page and "负责其中：其中的学校" in page
    assert "href=../../2024/livelihood-001.html>" in page and "href=../../2023/livelihood-001.html>" in page
    assert "占 3 项列出责任单位的承诺（共 6 项）；其中 1 项另有牵头单位" in page
    assert "占牵头承诺的 2 个目标" in page and "无法判定 0 个" in page
    assert "href=../../2024/livelihood-001.html#f9>" in page
    assert "不是对某个单位的评价" in page and "no verdict on a unit" in page
    assert "2023 年的文件没有列出配合单位" in page
    civil = unit_pages(both_years())["testville/departments/city-civil"].body
    assert "没有把这个单位列为任何承诺的牵头单位" in civil and "id=findings" not in civil
    assert "没有列出配合单位" not in civil and "牵头的承诺中没有" in civil


def test_the_contents_of_a_page_are_its_headings() -> None:
    for page in unit_pages(both_years()).values():
        headings = re.findall(r"<h2 id=(\w+)>([^<]*)<small lang=en>([^<]*)</small></h2>", page.body)
        entries = re.findall(r"<a class=md-nav__link href=#(\w+)>([^<]*)</a>", page.toc)
        assert [(anchor, zh + en) for anchor, zh, en in headings] == entries and len(entries) >= 2
        assert f"<span>{page.heading}</span>" in page.crumbs


def test_the_ledger_has_every_unit_with_denominators() -> None:
    pages = ledger_pages(both_years())
    ledger = pages["testville/departments/index.md"]
    rows = re.findall(r'<tr data-status="([^"]*)" data-kind="(\w+)" data-year="([^"]*)">.*?href="([^"]+)"', ledger)
    assert [(kind, years, href) for _, kind, years, href in rows] == [
        ("unit", "2024|2023", "city-education/"),
        ("unit", "2024", "city-finance/"),
        ("unit", "2024", "city-civil/"),
        ("areas", "2024", "districts/"),
    ]
    assert rows[0][0] == "met" and rows[2][0] == ""
    assert re.search(r"列出责任单位的承诺</dt><dd>3</dd><dd[^>]*>占 6 项承诺", ledger)
    assert re.search(r"列出牵头单位的承诺</dt><dd>2</dd><dd[^>]*>占 6 项承诺", ledger)
    assert "<option>2023</option>" in ledger and "各行相加多于总数" in ledger


def test_a_former_address_leads_on_and_is_in_no_list() -> None:
    city = both_years()
    moved = ledger_pages(city)["testville/departments/old-education.md"]
    assert 'href="../city-education/"' in moved and "市教育局" in moved
    assert 'moved: "testville/departments/city-education/"' in moved
    assert "old-education" not in ledger_pages(city)["testville/departments/index.md"]


def test_pages_lead_to_units() -> None:
    city = both_years()
    year = city.years[0]
    body = render_commitment(year_to_pages(year)[0], "https://example.org/", "兑现")
    assert '<a href="../departments/city-education/" title="市教育局">市教委</a>' in body
    second = render_commitment(year_to_pages(year)[1], "https://example.org/", "兑现")
    assert '<a href="../departments/districts/">各区政府</a>' in second
    assert 'href="departments/"' in city_page(city) and "责任单位 4 个" in city_page(city)
    assert 'href="testville/departments/"' in home_of(city)
    assert 'href="../departments/"' in render_city_year(year, draw).markdown


def test_the_chart_of_units_leads_to_their_pages() -> None:
    units = tuple(named("lead", name) for name in ("市教育局", "市财政局", "市民政局"))
    page = render_city_year(make_city(register_of(2024, units, (), ())).years[0], draw).markdown
    assert '<td><a href="../departments/city-finance/">市财政局</a></td>' in page
    assert "https://chart.invalid/../departments/city-finance/" in page


def test_without_units_there_is_no_ledger_and_no_link_to_one() -> None:
    city = make_city(register_of(2024, (), (), ()), slugs=DepartmentSlugs())
    assert ledger_pages(city) == unit_pages(city) == {}
    for page in (city_page(city), home_of(city), render_city_year(city.years[0], draw).markdown):
        assert "departments/" not in page


def test_hostile_names_are_text() -> None:
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    city = registers_to_cities([examples.assess(examples.make_register(words), WORDS)])[0]
    (ledger,) = ledger_pages(city).values()
    (page,) = unit_pages(city).values()
    assert re.fullmatch(r"testville/departments/unit-[0-9a-f]{10}", page.path)
    for markup in (ledger, page.body, page.crumbs, page.toc):
        assert "<img" not in markup and "</script>" not in markup and "onerror=alert(1)>" not in markup
