"""The page of openness: every count from the registers, with its denominator, in words and shapes."""

from __future__ import annotations

import json
import re
from datetime import date

import msgspec
import pytest

from generator.charts import Chart, render_chart
from generator.model import Milestone, Register, Responsibility
from generator.pages.city_year import render_city_year
from generator.pages.openness import OPENNESS, YearOpenness, render_openness, verifiability, verifiability_figure
from generator.pages.outline import City, CityYear, registers_to_cities
from generator.pages.publication import DOCUMENTED, PROMISED, REPORTED, RESPONSIBLE, Share, is_machine_readable
from generator.pages.summaries import YearRef
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import city_page, home_of, keep_years


def draw(chart: Chart) -> str:
    return f"<svg>{json.dumps(chart.data, ensure_ascii=False)}</svg>".replace("<img", "&lt;img")


def cities_of(register: Register) -> tuple[City, ...]:
    return registers_to_cities([examples.assess(register, WORDS)])


def year_of(register: Register) -> CityYear:
    return cities_of(register)[0].years[0]


def openness_of(register: Register) -> list[tuple[YearRef, YearOpenness]]:
    return list(keep_years(*cities_of(register)).of(OPENNESS))


PLAIN = examples.make_register(examples.Words())


def shares(year: CityYear) -> dict[str, Share]:
    return {
        aspect.code: aspect.share(year) for group in (PROMISED, RESPONSIBLE, REPORTED, DOCUMENTED) for aspect in group
    }


def test_what_the_example_publishes_is_counted() -> None:
    found = shares(year_of(PLAIN))
    assert {code: (share.count, share.total) for code, share in found.items()} == {
        "plan": (0, 1),
        "text": (2, 3),
        "targets": (1, 3),
        "milestones": (1, 3),
        "districts": (1, 3),
        "due": (1, 3),
        "lead": (1, 3),
        "leader": (1, 3),
        "interim": (0, 3),
        "annual": (1, 3),
        "rates": (1, 3),
        "areas": (0, 3),
        "number": (1, 1),
        "date": (1, 1),
        "machine": (0, 1),
    }
    assert (found["plan"].extent, found["text"].extent, found["number"].extent) == ("none", "some", "all")


def test_a_report_counts_under_the_kind_of_its_own_document() -> None:
    plan = msgspec.structs.replace(PLAIN.sources[0], id="p", kind="plan", sha256="1" * 64)
    half = msgspec.structs.replace(PLAIN.sources[0], kind="half_year")
    found = shares(year_of(msgspec.structs.replace(PLAIN, sources=(plan, half))))
    assert (found["plan"].count, found["interim"].count, found["annual"].count) == (1, 1, 0)
    assert found["plan"].total == 2


def test_two_programmes_of_the_same_documents_both_count() -> None:
    plan = msgspec.structs.replace(PLAIN.sources[0], id="p", kind="plan", sha256="1" * 64)
    registers = []
    for programme in ("livelihood", "key-work"):
        annual = msgspec.structs.replace(PLAIN.sources[0], id=f"a-{programme}")
        report = msgspec.structs.replace(PLAIN.commitments[0].reports[0], source=annual.id)
        first = msgspec.structs.replace(PLAIN.commitments[0], reports=(report,))
        one = msgspec.structs.replace(PLAIN, programme=programme, sources=(plan, annual), commitments=(first,))
        registers.append(examples.assess(one, WORDS))
    (city,) = registers_to_cities(registers)
    found = shares(city.years[0])
    assert (found["annual"].count, found["annual"].total) == (2, 2)
    assert (found["plan"].count, found["plan"].total) == (1, 2)


@pytest.mark.parametrize(
    ("name", "readable"), [("a.xlsx", True), ("a.CSV", True), ("a.txt", False), ("a.pdf", False), ("xlsx", False)]
)
def test_a_data_file_is_told_by_its_name(name: str, readable: bool) -> None:
    assert is_machine_readable(name) is readable


def test_a_commitment_is_verifiable_with_a_number_a_date_and_a_single_unit() -> None:
    first = PLAIN.commitments[0]

    def counts(**values: object) -> list[int]:
        changed = msgspec.structs.replace(first, **values)
        year = year_of(msgspec.structs.replace(PLAIN, commitments=(changed, *PLAIN.commitments[1:])))
        return [share.count for share in verifiability(year.commitments).values()]

    undated = Milestone(id="m1", text="x", start=1, end=2)
    areas = (Responsibility(role="lead", unit="各区政府", kind="areas"),)
    assert counts() == [1, 1, 1, 1]
    assert counts(due=None) == [1, 1, 1, 1]  # the milestone is dated
    assert counts(due=None, milestones=(undated,)) == [1, 0, 1, 0]
    assert counts(targets=()) == [0, 1, 1, 0]
    assert counts(responsibilities=areas) == [1, 1, 0, 0]
    assert counts(responsibilities=(Responsibility(role="support", unit="市教育局"),)) == [1, 1, 0, 0]


def test_shares_stand_with_their_denominators_in_chart_and_table() -> None:
    figure = verifiability_figure(openness_of(PLAIN), draw)
    rows = json.loads(re.sub(r"</?svg>", "", "".join(figure.drawings)))["rows"]
    assert [row["label"] for row in rows] == [
        "有数量 33.3%（1 / 3）",
        "有日期 33.3%（1 / 3）",
        "有责任单位 33.3%（1 / 3）",
        "三者都有 33.3%（1 / 3）",
    ]
    assert figure.table is not None
    ((place, total, *cells),) = figure.table.rows
    assert (place["href"], total["text"]) == ("../testville/2024/", "3")
    assert [cell["text"] for cell in cells] == ["33.3%（1 / 3）"] * 4


def test_the_chart_is_drawn(tmp_path: object) -> None:
    drawn: list[str] = []

    def really(chart: Chart) -> str:
        drawn.append(render_chart(chart, tmp_path))  # type: ignore[arg-type]
        return drawn[0]

    verifiability_figure(openness_of(PLAIN), really)
    assert drawn[0].count("33.3%（1 / 3）") == 8 and "var(--dx-on-schedule)" in drawn[0]


def test_the_page_says_words_and_shapes_and_what_it_does_not_say() -> None:
    page = render_openness(keep_years(*cities_of(PLAIN)), draw)
    assert "◐ 部分<br><small>2 / 3</small>" in page and "○ 未见<br><small>0 / 1</small>" in page
    assert "● 全部<br><small>1 / 1</small>" in page
    assert "不是兑现情况的排名" in page and "Not a ranking of delivery" in page and "在别处公布过" in page
    assert "年度报告 1 份" in page and "<td>txt</td>" in page
    assert page.count("<dt>有数量") == 1 and "1 项，占全部 3 项承诺" in page


def test_an_empty_collection_has_a_page_and_no_figure() -> None:
    page = render_openness(keep_years(), draw)
    assert "还没有收入文件" in page and "<svg" not in page


def test_other_pages_lead_there() -> None:
    cities = cities_of(PLAIN)
    assert 'href="openness/"' in home_of(*cities) and 'href="../openness/"' in city_page(cities[0])
    assert 'href="../../openness/"' in render_city_year(cities[0].years[0], draw).markdown


def test_hostile_words_are_text() -> None:
    words = examples.Words(text=examples.HOSTILE, other=examples.HOSTILE)
    register = examples.make_register(words)
    source = msgspec.structs.replace(register.sources[0], document=f"a.{examples.HOSTILE}", written_on=date(2024, 1, 1))
    page = render_openness(keep_years(*cities_of(msgspec.structs.replace(register, sources=(source,)))), draw)
    assert "<img" not in page and "</script>" not in page
