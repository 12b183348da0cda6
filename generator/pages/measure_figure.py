"""Targets of one measure beside each other, where their numbers may be laid side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import Measure
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.occurrences import Occurrence, comparable_groups
from generator.pages.texts import fit, render_target
from generator.pages.words import PROGRAMMES, word_of

_LABEL = 19
_SCALES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 5))
_SIZES = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}


def measure_figures(measure: Measure, occurrences: Sequence[Occurrence], draw: Draw) -> list[Figure]:
    """One chart for each aspect that two city-years or more promise in one unit."""
    groups = comparable_groups(measure, occurrences)
    names = {aspect.code: aspect.zh for aspect in measure.aspects}
    return [_figure(measure, code, names.get(code, ""), group, draw) for code, group in groups.items()]


def _figure(measure: Measure, code: str, aspect: str, group: Sequence[Occurrence], draw: Draw) -> Figure:
    title = f"{measure.zh}：{aspect}" if aspect else f"{measure.zh}：各地目标"
    rows = _bars(group)
    word = next((word for word, size in _SCALES if max(abs(row["value"]) for row in rows) >= size), "")
    drawn = [
        {
            "label": fit(row["kind"], _LABEL),
            "text": row["wanted"],
            "parts": (("", float(row["value"] / _SIZES[word])),),
            "url": charts.link(row["href"]),
        }
        for row in rows
    ]
    unit = f"{word}{measure.unit}"
    words = "；".join(f"{row['kind']} {row['wanted']}" for row in rows)
    name = "-".join(part for part in ("measure", measure.slug, code) if part)
    left_out = "各地大小不同，数字只说明各自承诺了多少，不是排名；“≥”“≤”等见表格。"
    return Figure(
        id=f"chart-{name}",
        title=title,
        caption=f"只画数法相同、单位相同（{unit}）的目标；其余见下表。{left_out}",
        drawings=(Markup(draw(charts.count_chart(name, drawn, title, f"{words}。"))),),
        table=_table(title, rows),
    )


def _bars(group: Sequence[Occurrence]) -> list[Row]:
    """One bar for each number that a city-year promises; the same number in two programmes is one bar."""
    bars: dict[tuple[str, str, Decimal], Row] = {}
    for one in group:
        target = one.assessed.target
        key = (one.year.path, target.comparator, target.value)
        programme = word_of(PROGRAMMES, one.programme).zh
        if key in bars:
            bars[key]["programmes"].append(programme)
            continue
        bars[key] = {
            "value": target.value,
            "place": f"{one.year.place.zh} {one.year.year}",
            "programmes": [programme],
            "wanted": render_target(target.comparator, target.value, target.unit),
            "href": f"../../{one.path}",
        }
    rows = list(bars.values())
    for row in rows:
        row["programmes"] = "、".join(dict.fromkeys(row["programmes"]))
        row["kind"] = f"{row['place']} {row['programmes']}"
    return _told_apart(rows)


def _told_apart(rows: list[Row]) -> list[Row]:
    """Two bars of one name would be drawn as one: what is wanted is added to the name."""
    names = [row["kind"] for row in rows]
    for row in rows:
        if names.count(row["kind"]) > 1:
            row["kind"] = f"{row['kind']}（{row['wanted']}）"
    return rows


def _table(title: str, rows: Sequence[Row]) -> Table:
    return Table(
        title=title,
        columns=(column("城市与年份", "City and year"), column("项目", "Programme"), number_column("目标", "Target")),
        rows=tuple(
            (cell(row["place"], row["href"]), cell(row["programmes"]), number_cell(row["wanted"])) for row in rows
        ),
    )
