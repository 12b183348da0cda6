"""Charts: static, without script, with words for those who do not see them, and the same figures as their tables."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from generator import charts
from generator.charts import compiled, drawing
from generator.charts.compiled import Layer, Mark, data_to_marks
from generator.charts.kept import keep, read_kept
from generator.charts.marks import layers_to_spec
from generator.charts.milestones import round_up
from generator.charts.shapes import Shape, svg_to_shapes
from generator.charts.svg import marks_to_svg
from generator.model import Responsibility
from generator.pages.city_year import year_to_figures
from generator.pages.count_figures import unit_figure
from generator.pages.figure import Figure, Table
from generator.pages.outline import CityYear, registers_to_cities
from generator.pages.texts import fit
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


def table_of(figure: Figure) -> Table:
    assert figure.table is not None
    return figure.table


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
        "targets-livelihood-1",
        "verdicts",
        "milestones",
        "districts-1",
        "evidence",
    }


def test_tables_have_the_figures_of_their_charts(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]],
) -> None:
    figures, asked = drawn
    data = {chart.name: chart.data for chart in asked}
    status = table_of(figures["status"][0]).rows
    total = sum(int(cells[2]["text"]) for cells in status)
    shares = [round((row["end"] - row["start"]) * total) for row in data["status"]["rows"]]
    assert shares == [int(cells[2]["text"]) for cells in status] and total == 3
    targets = table_of(figures["targets"][0]).rows
    assert [row["text"].split()[1] for row in data["targets-livelihood-1"]["rows"]] == [
        cells[3]["text"] for cells in targets
    ]
    months = table_of(figures["milestones"][0]).rows
    assert sum(row["count"] for row in data["milestones"]["rows"]) == sum(
        int(cells[1]["text"]) + int(cells[2]["text"]) for cells in months
    )
    for name, section, place in (("verdicts", "targets", 1), ("evidence", "evidence", 0)):
        table = table_of(figures[section][place]).rows
        assert [row["text"] for row in data[name]["rows"]] == [cells[1]["text"] for cells in table]
        assert [row["end"] - row["start"] for row in data[name]["bars"]] == [int(cells[1]["text"]) for cells in table]
    districts = table_of(figures["districts"][0]).rows
    filled = sum(cell["text"] != "—" for cells in districts for cell in cells[1:])
    assert len(data["districts-1"]["cells"]) == filled == 2


def test_charts_lead_to_commitments_or_to_the_list(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]],
) -> None:
    data = {chart.name: chart.data for chart in drawn[1]}
    base = charts.link("")
    assert {row["url"].removeprefix(base) for row in data["targets-livelihood-1"]["rows"]} == {"livelihood-001.html#t1"}
    assert {row["url"].removeprefix(base) for row in data["districts-1"]["cells"]} == {"livelihood-001.html#districts"}
    assert all(row["url"].startswith(f"{base}?area=") for row in data["districts-1"]["heads"])
    assert all(re.search(r"\?status=\w+#commitments$", row["url"]) for row in data["status"]["rows"])
    assert [row["url"].removeprefix(base) for row in data["milestones"]["rows"]] == [
        "../../due/?place=testville&year=2024&kind=milestone#m-2024-09"
    ]


def test_what_one_sentence_tells_is_not_drawn() -> None:
    register = examples.make_register(examples.Words())
    plain = msgspec.structs.replace(register.commitments[1], reports=())
    bare = msgspec.structs.replace(register, commitments=(plain,))
    (city,) = registers_to_cities([examples.assess(bare, WORDS)])
    figures = year_to_figures(city.years[0], lambda chart: "<svg></svg>")
    (status,), (evidence,) = figures["status"], figures["evidence"]
    assert status.said.startswith("全部 1 项承诺的状态都是") and status.drawings == () and status.table is None
    assert evidence.said.startswith("全部 1 项承诺的证据等级都是") and evidence.drawings == ()


def test_bars_go_up_from_the_lowest_and_many_are_drawn_in_two_parts() -> None:
    register = examples.make_register(examples.Words())
    first = register.commitments[0]
    (report,) = first.reports
    numbered = tuple(
        msgspec.structs.replace(
            first,
            id=f"testville-2024-livelihood-{number:03d}",
            position=number,
            reports=(
                msgspec.structs.replace(
                    report,
                    results=(
                        msgspec.structs.replace(report.results[0], value=Decimal(600 - 20 * number), appraisal=""),
                    ),
                ),
            ),
        )
        for number in range(1, 26)
    )
    (city,) = registers_to_cities([examples.assess(msgspec.structs.replace(register, commitments=numbered), WORDS)])
    asked: list[charts.Chart] = []

    def draw(chart: charts.Chart) -> str:
        asked.append(chart)
        return "<svg></svg>"

    figures = year_to_figures(city.years[0], draw)
    parts = [chart.data for chart in asked if chart.name.startswith("targets-")]
    assert [len(part["rows"]) for part in parts] == [13, 12]
    ends = [bar["end"] for part in parts for bar in part["bars"]]
    assert ends == sorted(ends) and ends[-1] == charts.CAP
    assert "个超过 200% 的只画到 200%" in figures["targets"][0].caption
    assert [cells[0]["text"] for cells in table_of(figures["targets"][0]).rows][:3] == ["1", "2", "3"]


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
        for rows in chart.data.values():
            assert all(re.fullmatch(r"[a-z_]+", name) for row in rows for name in row)


@pytest.mark.slow
def test_a_drawn_chart_has_name_description_and_links_with_words(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]], tmp_path: Path
) -> None:
    for chart in drawn[1]:
        svg = charts.render_chart(chart, tmp_path)
        assert svg == charts.render_chart(chart, tmp_path), "the cached drawing differs"
        root = ElementTree.fromstring(svg)
        links = root.findall("a")
        assert root.get("role") == ("group" if links else "img")
        assert root.get("aria-label") == chart.title
        words = {node.get("id"): node.text for node in root if node.get("id")}
        assert words == {root.get("aria-describedby"): chart.description}
        assert all("".join(link.itertext()).strip() for link in links), "a link without words"
        addresses = [link.get("href") for link in links]
        assert len(addresses) == len(set(addresses)), "one address is reached twice by the keyboard"
        assert "var(--dx-" in svg and "chart.invalid" not in svg and "tip:" not in svg
        assert not re.search(r"<script|<image|<foreignObject|(?:href|src)=\"https?:", svg)
        assert not re.search(r'(?:fill|stroke)="(?!none|transparent|var\()', svg), "a colour that no palette changes"
        assert "aria-roledescription" not in svg and "font-family" not in svg


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    row = {"count": 1, "start": 0, "end": 1, "middle": 0.5, "tone": "met", "url": charts.link("?a=1&b=2#c")}
    words = {"programme": examples.HOSTILE, "label": examples.HOSTILE, "tip": charts.tip(examples.HOSTILE)}
    chart = charts.status_chart([{**row, **words}], examples.HOSTILE)
    root = ElementTree.fromstring(charts.render_chart(chart, tmp_path))
    assert not [node for node in root.iter() if node.tag.endswith(("img", "script"))]
    texts = [node.text for node in root.iter()]
    assert texts.count(examples.HOSTILE) == 3 and f"{examples.HOSTILE} 1 项" in texts
    assert [node.get("href") for node in root.findall("a")] == ["?a=1&b=2#c"]


@pytest.mark.slow
def test_names_of_any_kind_are_drawn(tmp_path: Path) -> None:
    names = ["👵🏽👨‍👩‍👧 适老化", "ＡＢＣ" * 40, "", " ", "\u202e倒写", "a|b", "第一行\n第二行"]
    rows = [
        {"label": fit(name, 22), "text": "1", "parts": (("", 1),), "url": charts.link(f"{n}.html")}
        for n, name in enumerate(names)
    ]
    root = ElementTree.fromstring(charts.render_chart(charts.count_chart("names", rows, "名称", "名称"), tmp_path))
    assert len(root.findall("a")) == len(names)


def _svg(*marks: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{"".join(marks)}</svg>'


def _mark(shape: Shape, row: Mapping[str, object], words: str = "", line: float = 0) -> Mark:
    return Mark(Layer("rows", (), False, words, line, {}), shape, {"y": 0, **row})


def test_what_the_renderer_is_not_known_to_write_is_refused() -> None:
    good = _svg(
        '<g transform="translate(1,2)"><path aria-label="0" fill="red" d="M0,0h2.345v1h-2.345Z"/></g>',
        '<path class="background" d="M0,0h360v1h-360Z"/>',
    )
    ((number, shape),) = svg_to_shapes(good).items()
    assert number == 0 and shape.path_at(0) == "M1,2h2.3v1h-2.3" and shape.path_at(4.5) == "M1,6.5h2.3v1h-2.3"
    for bad in (
        good.replace("svg", "html"),
        good.replace("translate(1,2)", "rotate(45)"),
        good.replace("h2.345", "a1,1"),
        good.replace("<path", "<image"),
    ):
        with pytest.raises(ValueError, match=r"chart|SVG"):
            svg_to_shapes(bad)


def test_the_smallest_numbers_of_the_renderer_are_places() -> None:
    paths = ("M1e-7,2h-2.5e-8v1", "M-1.2e-7,2h1v1")
    shapes = svg_to_shapes(_svg(*(f'<path aria-label="{n}" d="{path}Z"/>' for n, path in enumerate(paths))))
    assert [shape.path_at(3) for shape in shapes.values()] == ["M0,5h0v1", "M0,5h1v1"]


def test_cells_of_one_look_in_one_link_are_one_path() -> None:
    cells = svg_to_shapes(_svg(*(f'<path aria-label="{n}" d="M{n}1,0h1v1h-1Z" fill="red"/>' for n in range(2))))
    row = {"url": charts.link("x.html"), "tip": charts.tip("整句")}
    one = '<a href="x.html"><title>整句</title><path d="M1,0h1v1h-1M11,0h1v1h-1"/></a>'
    drawn = marks_to_svg([_mark(cells[0], row), _mark(cells[1], row)], (9, 9))
    assert drawn == f'<svg viewBox="0 0 9 9" fill="red">{one}</svg>'
    with pytest.raises(ValueError, match=r"link\(\)"):
        marks_to_svg([_mark(cells[0], {"url": "javascript:alert(1)"})], (9, 9))


def test_words_and_addresses_of_any_kind_are_read_as_they_were_given() -> None:
    look = ' fill="red" font-size="9px" text-anchor="start"'
    (text,) = svg_to_shapes(_svg(f'<text aria-label="0" transform="translate(1,2)"{look}/>')).values()
    said = "<b> & ]]> \"'\r\t\U00020000"
    row = {"label": f"x{said}x", "url": charts.link(f"?{said}\n"), "tip": charts.tip(f"t{said}\n")}
    (link,) = ElementTree.fromstring(marks_to_svg([_mark(text, row, "label")], (9, 9)))
    title, words = link
    assert (link.get("href"), title.text, words.text) == (f"?{said}\n", f"t{said}\n", f"x{said}x")
    two = ElementTree.fromstring(marks_to_svg([_mark(text, {"label": "一<\n二"}, "label", 11)], (9, 9)))
    assert [(part.get("x"), part.get("dy"), part.text) for part in two[0]] == [(None, None, "一<"), ("1", "11", "二")]
    for bad in ("\0", "\x1b", "\ufffe"):
        with pytest.raises(ValueError, match="a character that a chart cannot have"):
            marks_to_svg([_mark(text, {"label": f"a{bad}b"}, "label")], (9, 9))


# --- what the renderer is asked -----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the renderer is asked to draw from now on, nothing being known."""
    return _record(monkeypatch, "vega_to_svg")


def _record(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """What a function of the renderer is called with from now on, nothing being known."""
    import vl_convert

    compiled.compile_kind.cache_clear()
    seen: list[Any] = []
    original = getattr(vl_convert, name)

    def call(given: Any) -> Any:
        seen.append(given)
        return original(given)

    monkeypatch.setattr(vl_convert, name, call)
    return seen


def _targets(*rows: dict[str, object], top: float = 1.2) -> charts.Chart:
    row = {"label": "名称", "text": "80%", "tone": "met", "attained": 0.8, "expected": 0.5}
    row |= {"url": charts.link("a.html"), "tip": charts.tip("整句")}
    return charts.attainment_chart("targets", [{**row, **own} for own in rows], top, "说明")


def test_the_renderer_is_asked_for_places_and_for_no_words(asked: list[str]) -> None:
    """Every word that it measures takes longer than all the rest of a mark."""
    drawn = charts.render_chart(_targets({}, {"expected": None}, {"label": " "}), None)
    (text,) = asked
    for word in ("名称", "80%", "a.html", "整句"):
        assert word not in text
    assert drawn.count("名称") == 2 and drawn.count("80%") == 3 and drawn.count("M") == 3 + 3 + 2
    assert drawn.count("<title>整句</title>") == drawn.count("<a ") == 1


def test_a_mark_is_drawn_once_in_whatever_chart(asked: list[str]) -> None:
    first = charts.render_chart(_targets({}, {"attained": 0.5}), None)
    assert len(asked) == 1
    again = charts.render_chart(_targets({"attained": 0.5, "label": "别名"}, {}, {}), None)
    assert len(asked) == 1 and again.count("别名") == 1
    bar = re.compile(r"M0,([\d.]+)(h[\d.]+v8h-[\d.]+)")
    assert bar.findall(first) == [("17.5", "h240v8h-240"), ("46.5", "h150v8h-150")]
    assert bar.findall(again) == [("17.5", "h150v8h-150"), ("46.5", "h240v8h-240"), ("75.5", "h240v8h-240")]
    charts.render_chart(_targets({}, {"attained": 0.6}), None)
    assert len(asked) == 2
    assert [len(part["values"]) for part in msgspec.json.decode(asked[1])["data"]] == [1]
    wider = charts.render_chart(_targets({}, top=2.0), None)
    assert len(asked) == 3 and bar.findall(wider) == [("17.5", "h144v8h-144")], "another end of the scale"


def test_what_was_drawn_before_changes_no_drawing(
    drawn: tuple[dict[str, list[Figure]], list[charts.Chart]], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = []
    for chart in drawn[1]:
        compiled.compile_kind.cache_clear()
        alone.append(charts.render_chart(chart, None))
    assert [charts.render_chart(chart, None) for chart in reversed(drawn[1])] == alone[::-1]
    monkeypatch.setattr(compiled, "_MOST", 3)
    assert [charts.render_chart(chart, None) for chart in drawn[1]] == alone


def test_a_kind_of_chart_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _record(monkeypatch, "vegalite_to_vega")
    for count in (1, 2, 30):
        rows = [{"label": f"{n}", "text": "1", "parts": [("", n)]} for n in range(1, count + 1)]
        drawn = charts.render_chart(charts.count_chart("evidence", rows, "证据", "说明"), None)
        assert drawn.count("<text") == 2 * count
    assert len(seen) == 1


def test_marks_that_rest_on_other_rows_are_refused() -> None:
    import altair as alt

    base: Any = alt.Chart(alt.NamedData("rows"))
    in_units = alt.X("value:Q", axis=None, scale=None)
    places = {"x2": alt.value(0), "y": alt.value(0), "y2": alt.value(1)}
    for layer in (
        base.mark_rect().encode(x=alt.X("value:Q", axis=None), **places),
        base.mark_rect().encode(x=alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, 1])), **places),
        base.mark_rect().encode(x=alt.X("sum(value):Q", axis=None, scale=None), **places),
        base.transform_filter("datum.value > 1").mark_rect().encode(x=in_units, **places),
        base.mark_text().encode(text="value:Q"),
        base.mark_text(text="words"),
        base.mark_rect().encode(x=in_units),
    ):
        with pytest.raises(ValueError, match=r"rest on several rows|rests on more than its row"):
            compiled.compile_kind(partial(layers_to_spec, layer))
    good = base.mark_rect().encode(x=in_units, **places)
    (mark,) = data_to_marks(partial(layers_to_spec, good), {"rows": [{"value": 4}]})
    assert mark.layer.reads == ("value",) and mark.shape.path_at(2) == "M0,2h4v1h-4"


def test_a_mark_that_the_renderer_left_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    compiled.compile_kind.cache_clear()
    monkeypatch.setattr(vl_convert, "vega_to_svg", lambda text: _svg())
    with pytest.raises(ValueError, match="drew 0 marks of a chart, not 3"):
        charts.render_chart(charts.count_chart("x", [{"label": "一", "text": "1", "parts": [("", 1)]}], "x", "x"), None)


@pytest.mark.parametrize(
    ("peak", "top", "height"),
    [(1, 1, 195), (14, 14, 195), (15, 16, 186), (29, 30, 190), (31, 35, 182), (41, 45, 182), (101, 110, 183)],
)
def test_the_highest_bar_of_months_leaves_room_for_its_number(peak: int, top: int, height: int) -> None:
    assert round_up(peak) == top
    rows = [
        {"month": month, "kind": "words", "rank": 1, "count": count, "url": charts.link("a"), "tip": charts.tip("")}
        for month, count in ((3, 1), (9, peak))
    ]
    chart = charts.milestone_chart(rows, "说明")
    assert list(chart.size) == [360, height]
    drawn = ElementTree.fromstring(charts.render_chart(chart, None))
    (number,) = (node for node in drawn.findall("text") if node.text == str(peak) and node.get("x") == "255")
    assert float(number.get("y", "")) >= 9, "cut off at the upper edge"
    bars = re.findall(r"M(\d+),([\d.]+)h24v([\d.]+)", charts.render_chart(chart, None))
    assert [x for x, _, _ in bars] == ["63", "243"]
    assert all(float(y) + float(length) == pytest.approx(height - 32, abs=0.1) for _, y, length in bars)
    assert float(bars[1][2]) == pytest.approx(150 * peak / top, abs=0.05)


def test_bars_of_a_month_stand_on_each_other() -> None:
    rows = [
        {"month": 5, "kind": kind, "rank": rank, "count": count, "url": charts.link("a"), "tip": charts.tip("")}
        for kind, rank, count in (("words", 1, 2), ("number", 0, 3))
    ]
    chart = charts.milestone_chart(rows, "说明")
    assert [(row["start"], row["end"]) for row in chart.data["rows"]] == [(3, 5), (0, 3)] and chart.far == 5
    assert [row["label"] for row in chart.data["sums"]] == ["5"]


# --- drawings that are kept ---------------------------------------------------------------------------------------


def _chart(name: str = "名称") -> charts.Chart:
    return charts.count_chart("evidence", [{"label": name, "text": "1", "parts": [("", 1)]}], "证据", "说明")


def test_a_drawing_that_is_kept_needs_neither_specification_nor_renderer(tmp_path: Path) -> None:
    drawn = charts.render_chart(_chart(), tmp_path)
    code = (
        "import sys; from pathlib import Path; from tests.test_charts import _chart; from generator import charts;"
        "print(charts.render_chart(_chart(), Path(sys.argv[1])));"
        "assert not {'altair', 'vl_convert'} & set(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == drawn


def test_another_program_draws_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    charts.render_chart(_chart(), tmp_path)
    monkeypatch.setattr(drawing, "drawn_by", lambda: b"another")
    monkeypatch.setattr(compiled, "drawn_by", lambda: b"another")
    compiled.compile_kind.cache_clear()
    charts.render_chart(_chart(), tmp_path)
    assert len(list(tmp_path.glob("*.svg"))) == 2


def test_a_kind_of_charts_is_compiled_once_for_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _record(monkeypatch, "vegalite_to_vega")
    alone = charts.render_chart(_chart("别名"), None)
    assert len(seen) == 1
    for name, times in (("名称", 2), ("别名", 2), ("另名", 2)):
        compiled.compile_kind.cache_clear()  # as in another process
        drawn = charts.render_chart(_chart(name), tmp_path)
        assert len(seen) == times and (name != "别名" or drawn == alone)
    (kept,) = tmp_path.glob("*.json")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    compiled.compile_kind.cache_clear()
    charts.render_chart(_chart("第四"), tmp_path)
    assert len(seen) == 3 and kept.read_bytes() == whole, "what was damaged is compiled again"
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    charts.forget_unused(tmp_path, charts.begin_use(tmp_path))
    assert list(tmp_path.iterdir()) == [kept], "the next build may draw"
    monkeypatch.setattr(compiled, "drawn_by", lambda: b"another")
    compiled.compile_kind.cache_clear()
    charts.render_chart(_chart(), tmp_path)
    assert len(seen) == 4 and kept.read_bytes() != whole, "and what another program compiled"


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign"])
def test_a_damaged_drawing_is_drawn_again(tmp_path: Path, damage: str) -> None:
    drawn = charts.render_chart(_chart(), tmp_path)
    (kept,) = tmp_path.glob("*.svg")
    whole = kept.read_bytes()
    damaged = {"cut": whole[:-9], "changed": whole.replace("名称".encode(), "名成".encode()), "empty": b""}
    kept.write_bytes(damaged.get(damage, b"\xff" * 500))
    assert charts.render_chart(_chart(), tmp_path) == drawn
    assert kept.read_bytes() == whole


def test_a_folder_that_takes_nothing_is_let_be(tmp_path: Path) -> None:
    drawn = charts.render_chart(_chart(), tmp_path / "kept")
    no_folder = tmp_path / "file"
    no_folder.write_text("", encoding="utf-8")
    assert charts.render_chart(_chart(), no_folder / "charts") == drawn
    assert charts.begin_use(no_folder / "charts") == 0
    charts.forget_unused(no_folder / "charts", 0)


def test_drawings_are_written_whole_by_many_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: keep(tmp_path, "one.svg", "<svg>整</svg>"), range(200)))
    assert [path.name for path in tmp_path.iterdir()] == ["one.svg"]
    assert read_kept(tmp_path, "one.svg") == "<svg>整</svg>"


def test_what_a_build_did_not_use_is_forgotten(tmp_path: Path) -> None:
    charts.render_chart(_chart("一"), tmp_path)
    charts.render_chart(_chart("二"), tmp_path)
    (tmp_path / "left.svg.x.part").write_text("", encoding="utf-8")
    for path in tmp_path.iterdir():
        os.utime(path, (1, 1))
    since = charts.begin_use(tmp_path)
    charts.render_chart(_chart("二"), tmp_path)
    charts.forget_unused(tmp_path, since)
    (kept,) = tmp_path.glob("*.svg*")
    assert "二" in kept.read_text(encoding="utf-8")


def test_what_is_of_a_later_day_is_forgotten_too(tmp_path: Path) -> None:
    for name in ("一", "二"):
        charts.render_chart(_chart(name), tmp_path)
    for path in tmp_path.iterdir():
        os.utime(path, (2**34, 2**34))
    since = charts.begin_use(tmp_path)
    charts.render_chart(_chart("二"), tmp_path)
    charts.forget_unused(tmp_path, since)
    (kept,) = tmp_path.glob("*.svg*")
    assert "二" in kept.read_text(encoding="utf-8")


def test_a_folder_in_the_place_of_a_drawing_is_replaced(tmp_path: Path) -> None:
    keep(tmp_path, "one.svg", "<svg/>")
    (tmp_path / "one.svg").unlink()
    (tmp_path / "one.svg" / "in").mkdir(parents=True)
    assert read_kept(tmp_path, "one.svg") is None
    keep(tmp_path, "one.svg", "<svg/>")
    assert read_kept(tmp_path, "one.svg") == "<svg/>"


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("新增老年助餐服务点", 9, "新增老年助餐服务点"),
        ("新增老年助餐服务点", 5, "新增老年…"),
        ("abcdef", 3.6, "abcdef"),
        ("", 3, ""),
    ],
)
def test_names_are_cut_to_a_width(text: str, width: float, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_units_are_compared_where_there_are_some() -> None:
    register = examples.make_register(examples.Words())
    units = tuple(Responsibility(role="lead", unit=f"第{number}局") for number in range(14))
    first = msgspec.structs.replace(register.commitments[0], responsibilities=units)
    many = msgspec.structs.replace(register, commitments=(first, *register.commitments[1:]))
    (city,) = registers_to_cities([examples.assess(many, WORDS)])
    found = unit_figure(city.years[0], lambda chart: "")
    assert found is not None
    assert len(table_of(found).rows) == 12
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
    assert [[cell["text"] for cell in row] for row in table_of(found).rows] == [
        ["市卫生健康委员会", "1"],
        ["市民政局", "1"],
        ["市财政局", "1"],
    ]


def test_no_place_in_a_chart_rests_on_how_wide_a_word_is(tmp_path: Path) -> None:
    def draw(label: str) -> str:
        row = {"label": label, "text": "80%", "tone": "met", "attained": 0.8, "url": charts.link("a.html")}
        chart = charts.attainment_chart("targets", [row], 1.2, "说明")
        return charts.render_chart(chart, tmp_path)

    short, long = draw("短"), draw("长" * 200)
    assert short.replace("短", "长" * 200) == long
    assert 'viewBox="0 0 360 29"' in long
    last = {"month": 12, "kind": "number", "rank": 0, "count": 1000, "url": charts.link("a"), "tip": charts.tip("")}
    assert 'viewBox="0 0 360 ' in charts.render_chart(charts.milestone_chart([last], "说明"), tmp_path)
