"""Charts: static, without script, with words for those who do not see them, and the same figures as their tables."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from generator import charts
from generator.model import Responsibility
from generator.pages.city_year import year_to_figures
from generator.pages.count_figures import unit_figure
from generator.pages.figure import Figure
from generator.pages.outline import CityYear, registers_to_cities
from tests import page_examples as examples
from tests.assess_examples import WORDS


@pytest.fixture(scope="module")
def year() -> CityYear:
    (city,) = registers_to_cities([examples.assess(examples.make_register(examples.Words()), WORDS)])
    return city.years[0]


@pytest.fixture(scope="module")
def drawn(year: CityYear) -> tuple[dict[str, list[Figure]], list[charts.Chart]]:
    """All figures of the year, and the charts that were asked for, without drawing them."""
    asked: list[charts.Chart] = []

    def draw(chart: charts.Chart) -> str:
        asked.append(chart)
        return "<svg></svg>"

    return year_to_figures(year, draw), asked


def test_every_kind_of_chart_is_there(drawn: tuple[dict[str, list[Figure]], list[charts.Chart]]) -> None:
    figures, asked = drawn
    assert {name: len(found) for name, found in figures.items()} == {
        "status": 1,
        "targets": 2,
        "milestones": 1,
        "districts": 1,
        "evidence": 1,
    }
    assert {chart.name for chart in asked} == {
        "status",
        "targets-livelihood",
        "verdicts",
        "milestones",
        "districts",
        "evidence",
    }


def test_tables_have_the_figures_of_their_charts(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]],
) -> None:
    figures, asked = drawn
    rows = {chart.name: chart.spec["datasets"]["rows"] for chart in asked}
    status = figures["status"][0].table.rows
    assert [row["count"] for row in rows["status"]] == [int(cells[2]["text"]) for cells in status]
    assert sum(row["count"] for row in rows["status"]) == 3
    targets = figures["targets"][0].table.rows
    assert [row["text"].split()[1] for row in rows["targets-livelihood"]] == [cells[3]["text"] for cells in targets]
    months = figures["milestones"][0].table.rows
    assert sum(row["count"] for row in rows["milestones"]) == sum(
        int(cells[1]["text"]) + int(cells[2]["text"]) for cells in months
    )
    for name, section, place in (("verdicts", "targets", 1), ("evidence", "evidence", 0)):
        table = figures[section][place].table.rows
        assert [str(row["count"]) for row in rows[name]] == [cells[1]["text"] for cells in table]
    districts = figures["districts"][0].table.rows
    filled = sum(cell["text"] != "—" for cells in districts for cell in cells[1:])
    assert len(rows["districts"]) == filled == 2


def test_a_year_without_plan_or_numbers_has_status_and_evidence_only() -> None:
    register = examples.make_register(examples.Words())
    bare = msgspec.structs.replace(register, commitments=register.commitments[1:])
    (city,) = registers_to_cities([examples.assess(bare, WORDS)])
    figures = year_to_figures(city.years[0], lambda chart: "")
    assert {name: len(found) for name, found in figures.items()} == {
        "status": 1,
        "targets": 0,
        "milestones": 0,
        "districts": 0,
        "evidence": 1,
    }


def test_field_names_are_ascii_and_without_marks_that_vega_reads(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]],
) -> None:
    for chart in drawn[1]:
        for row in chart.spec["datasets"]["rows"]:
            assert all(re.fullmatch(r"[a-z_]+", name) for name in row)


@pytest.mark.slow
def test_a_drawn_chart_is_a_picture_with_words(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]], tmp_path: Path
) -> None:
    for chart in drawn[1]:
        svg = charts.render_chart(chart, tmp_path)
        assert svg == charts.render_chart(chart, tmp_path), "the cached drawing differs"
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        names = (root.get("aria-labelledby") or "").split()
        words = {node.get("id"): node.text for node in root if node.get("id")}
        assert [words[name] for name in names] == [chart.title, chart.description]
        assert "var(--dx-" in svg and "chart.invalid" not in svg
        assert not re.search(r"<script|<image|<foreignObject|(?:href|src)=\"https?:", svg)
        assert not re.search(r'(?:fill|stroke)="(?!none|transparent|var\()', svg), "a colour that no palette changes"
        assert svg.count("<path") >= len(chart.spec["datasets"]["rows"]) - 1


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    chart = charts.status_chart(
        [
            {
                "programme": examples.HOSTILE,
                "status": "met",
                "count": 1,
                "share": 1.0,
                "start": 0,
                "end": 1,
                "middle": 0.5,
                "label": examples.HOSTILE,
            }
        ],
        [{"status": "met"}],
        examples.HOSTILE,
    )
    root = ElementTree.fromstring(charts.render_chart(chart, tmp_path))
    assert not [node for node in root.iter() if node.tag.endswith(("img", "script"))]
    assert examples.HOSTILE in [node.text for node in root.iter()]


def test_units_are_compared_where_there_are_some() -> None:
    register = examples.make_register(examples.Words())
    units = tuple(Responsibility(role="lead", unit=f"第{number}局") for number in range(14))
    first = msgspec.structs.replace(register.commitments[0], responsibilities=units)
    many = msgspec.structs.replace(register, commitments=(first, *register.commitments[1:]))
    (city,) = registers_to_cities([examples.assess(many, WORDS)])
    found = unit_figure(city.years[0], lambda chart: "")
    assert found is not None
    assert len(found.table.rows) == 12
    assert "另有" in found.caption


def test_units_are_counted_by_their_normal_name_and_once_a_commitment() -> None:
    register = examples.make_register(examples.Words())
    names = (
        ("市卫健委", "市卫生健康委员会"),
        ("市卫生健康委", "市卫生健康委员会"),
        ("市财政局", ""),
        ("市民政局", "市民政局"),
    )
    units = tuple(Responsibility(role="lead", unit=unit, department=department) for unit, department in names)
    first = msgspec.structs.replace(register.commitments[0], responsibilities=units)
    one = msgspec.structs.replace(register, commitments=(first,))
    (city,) = registers_to_cities([examples.assess(one, WORDS)])
    found = unit_figure(city.years[0], lambda chart: "")
    assert found is not None
    assert [[cell["text"] for cell in row] for row in found.table.rows] == [
        ["市卫生健康委员会", "1"],
        ["市民政局", "1"],
        ["市财政局", "1"],
    ]
