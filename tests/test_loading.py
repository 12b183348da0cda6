"""The examples of the data page: which questions it asks, and what it says that recipes print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from html import unescape

import msgspec

from generator.assess import ReportedWords, load_catalogue, load_reported_words, sort_registers
from generator.model import AssessedRegister, Place, Target
from generator.pages.loading import render_loading
from generator.pages.outline import registers_to_cities
from tests import page_examples as examples
from tests.conftest import REPOSITORY
from tests.kept_examples import keep_years

CONTENT = REPOSITORY / "content"
OTHER = Place(zh="另一市", en="Other City", slug="otherville", kind="city", code="980000")
FUNCTIONAL = Place(zh="某开发区", en="Zone", slug="zone", kind="functional")


def assessed(place: Place, published: str = "110.1", words: ReportedWords | None = None) -> AssessedRegister:
    """The example register of a place, with the completion rate that it published."""
    register = examples.make_register(examples.Words(text="新增老年助餐服务点227个", other="老年助餐服务点"), place)
    first = register.commitments[0]
    report = first.reports[0]
    rate = msgspec.structs.replace(report.rates[0], published=Decimal(published), basis="完成目标的")
    changed = msgspec.structs.replace(first, reports=(msgspec.structs.replace(report, rates=(rate,)),))
    register = msgspec.structs.replace(register, commitments=(changed, *register.commitments[1:]))
    return examples.assess(register, words or load_reported_words(CONTENT), place)


def rendered(*registers: AssessedRegister) -> str:
    cities = registers_to_cities(sort_registers(registers, load_catalogue(CONTENT), CONTENT))
    return render_loading(keep_years(*cities), "https://example.org/x/", "duixian-all")


def answers(page: str) -> dict[str, list[list[str]]]:
    tables = re.findall(r'data-dx-answer="(\w+)">(.*?)</table>', page, re.DOTALL)
    return {
        name: [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(<td.*?)</tr>", table)]
        for name, table in tables
    }


def recipes(page: str) -> Sequence[str]:
    return [unescape(text) for text in re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", page, re.DOTALL)]


def test_answers_are_those_of_the_registers() -> None:
    page = rendered(assessed(examples.PLACE), assessed(OTHER, published="50"))
    found = answers(page)
    assert found["statuses"] == [["met", "1"], ["no_report", "1"], ["under_way", "1"]]
    assert found["results"] == [
        ["另一市", "2024", "2024-12-31", "227", "250", "个"],
        ["测试市", "2024", "2024-12-31", "227", "250", "个"],
    ]
    assert found["mismatches"] == [["otherville-2024-livelihood-001.r1.p1", "50", "110.1322", "-60.1322"]]


def test_recipes_ask_what_the_page_asks() -> None:
    code = "\n".join(recipes(rendered(assessed(examples.PLACE), assessed(OTHER, published="50"))))
    assert "990000" in code and "980000" not in code
    assert "senior-meal-services" in code and "otherville-2024-" in code
    assert "https://example.org/x/data/all/commitments.csv" in code and "duixian-all.sqlite" in code


def test_a_place_without_a_code_is_asked_for_by_its_name() -> None:
    code = "\n".join(recipes(rendered(assessed(FUNCTIONAL))))
    assert 'commitments["place"] == "某开发区"' in code and 'place == "某开发区"' in code
    code = "\n".join(recipes(rendered(assessed(FUNCTIONAL), assessed(OTHER))))
    assert '"某开发区"' not in code


def test_a_measure_without_results_is_not_asked_for() -> None:
    register = assessed(examples.PLACE)
    first = register.commitments[0]
    silent = msgspec.structs.replace(first, targets=())
    page = rendered(msgspec.structs.replace(register, commitments=(silent, *register.commitments[1:])))
    assert set(answers(page)) == {"statuses", "mismatches"}
    assert "parquet" not in page and "answer-results" not in page


def test_numbers_of_another_unit_are_no_example() -> None:
    register = assessed(examples.PLACE)
    first = register.commitments[0]
    target: Target = msgspec.structs.replace(first.targets[0].target, unit="公里")
    other = msgspec.structs.replace(first, targets=(msgspec.structs.replace(first.targets[0], target=target),))
    page = rendered(msgspec.structs.replace(register, commitments=(other, *register.commitments[1:])))
    assert "results" not in answers(page)


def test_nothing_to_load_says_nothing() -> None:
    assert render_loading(keep_years(), "https://example.org/", "duixian-all") == ""


def test_words_of_a_place_stay_words() -> None:
    hostile = Place(zh='"</code><script>', en="<b>", slug="bad", kind="functional")
    page = rendered(assessed(hostile))
    assert "<script>" not in page and "&lt;script&gt;" in page
