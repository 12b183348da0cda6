"""What the list of a year is filtered and sorted by: only what its commitments differ in, and codes that match."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import msgspec

from generator.model import Responsibility
from generator.pages.city_year import render_city_year
from generator.pages.filters import name_numbers, number_names
from generator.pages.list_fields import ListFields
from generator.pages.outline import City, registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import city_page, home_of


def city_of(count: int = 3, words: examples.Words | None = None) -> City:
    """A city whose year has as many commitments, each third alike."""
    register = examples.make_register(words or examples.Words())
    made = tuple(
        msgspec.structs.replace(
            register.commitments[place % 3],
            id=f"testville-2024-livelihood-{place + 1:03d}",
            position=place + 1,
            due=date(2024, 1 + place % 12, 28),
            responsibilities=(Responsibility(role="lead", unit=f"市第{place % 7}局"),),
        )
        for place in range(count)
    )
    return registers_to_cities([examples.assess(msgspec.structs.replace(register, commitments=made), WORDS)])[0]


def fields_of(city: City) -> tuple[ListFields, dict[str, list[str]]]:
    fields = ListFields(city.years[0])
    return fields, {field["name"]: [one["code"] for one in field.get("choices", [])] for field in fields.controls()}


def test_controls_are_those_in_which_commitments_differ() -> None:
    _, three = fields_of(city_of(3))
    assert {"text", "status", "unit", "area", "finding", "sort"} <= three.keys() and "programme" not in three
    assert three["finding"][0] == "any" and len(three["finding"]) > 1
    assert three["sort"] == ["status", "due", "due-desc", "attained", "attained-desc", "name"]
    _, one = fields_of(city_of(1))
    assert "status" not in one and "due" not in one["sort"]


def test_items_carry_what_the_controls_ask_for() -> None:
    city = city_of(9)
    fields, offered = fields_of(city)
    for item in city.years[0].commitments:
        data = fields.data_of(item)
        assert data["status"] in offered["status"]
        assert offered["unit"][int(data["unit"]) - 1] == item.commitment.responsibilities[0].unit
        areas = [offered["area"][int(number) - 1] for number in data.get("area", "").split("|") if number]
        shares = [share.area for target in item.commitment.targets for share in target.allocations]
        assert areas == list(dict.fromkeys(shares))
        checks = dict.fromkeys(finding.check for finding in item.findings)
        assert data.get("finding", "") == "|".join(["any", *checks] if checks else [])


def test_numbers_of_names_are_those_of_the_control() -> None:
    assert name_numbers(number_names(("甲", "乙", "丙")), ["丙", "甲", "丙"]) == "3|1"


def items_in(page: str) -> list[str]:
    return re.findall(r"<li data-.*?</li>", page[page.index("data-dx-list>") :], re.S)


def test_a_year_of_one_commitment_and_a_year_of_two_thousand_are_whole() -> None:
    for count in (1, 2000):
        city = city_of(count)
        page = render_city_year(city.years[0], lambda chart: "<svg></svg>").markdown
        items = items_in(page)
        assert len(items) == count
        assert page.count("<ol") == page.count("</ol>") and page.count("<div") == page.count("</div>")
        assert sum(map(len, items)) / count < 700, "an item of the list has grown"
        assert f"<dd>{count}</dd>" in page
        assert f">{count}</td>" in city_page(city)
        assert f"<b>{count} 项</b>" in home_of(city)


def test_hostile_words_odd_signs_and_long_lines_stay_text() -> None:
    odd = examples.Words(text=f"{examples.HOSTILE}👵🏽‍🦽\u202e" + "很长" * 3000, other=f"{examples.HOSTILE}👨‍👩‍👧")
    city = city_of(4, odd)
    for page in (render_city_year(city.years[0], lambda chart: "<svg></svg>").markdown, city_page(city), home_of(city)):
        body = page.split("---", 2)[2]
        assert "<img" not in body and "</script>" not in body
        assert "👨‍👩‍👧" in unescape(body)
    assert len(items_in(render_city_year(city.years[0], lambda chart: "").markdown)) == 4


def test_the_newest_document_is_told_by_its_own_dates() -> None:
    city = city_of()
    page = home_of(city)
    assert re.search(r"<b>最新</b> <time>2024-02-04</time> <a href=\"testville/2024/\">测试市 2024</a> 年度报告", page)
    assert '<time>2024-02-04</time> <a href="../testville/2024/">' in city_page(city)


def test_five_years_of_a_city_stand_side_by_side() -> None:
    register = examples.make_register(examples.Words())
    years = range(2020, 2025)
    (city,) = registers_to_cities(
        [examples.assess(msgspec.structs.replace(register, year=year), WORDS) for year in years]
    )
    page = city_page(city)
    heads = re.findall(r'<th scope="rowgroup" rowspan="1"[^>]*><a href="(\d{4})/">', page)
    assert heads == [str(year) for year in reversed(years)]
    assert page.count('#commitments">民生实事</a>') == 5 and page.count("<tbody>") == page.count("</tbody>")
