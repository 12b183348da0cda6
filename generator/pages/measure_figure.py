"""Targets of one measure beside each other, where their numbers may be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import Measure
from generator.pages.byslug import MOST_ROWS
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.occurrences import Spread, comparable_aspects, sum_targets
from generator.pages.summaries import YearRef
from generator.pages.texts import fit, render_target
from generator.pages.words import PROGRAMMES, word_of

_LABEL = 19
_SCALES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 5))
_SIZES = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}


MOST_BARS = 40
"""As many bars are drawn, those of the newest years; a chart of more is scrolled through and not compared."""


@dataclass(frozen=True)
class Bar:
    """A number that a year promises of a measure. ``path`` is that of its target from the root of the site."""

    year: YearRef
    programme: str
    comparator: str
    value: Decimal
    unit: str
    path: str


def measure_figures(measure: Measure, spread: Spread, bars: Mapping[str, Sequence[Bar]], draw: Draw) -> list[Figure]:
    """One chart for each aspect that two city-years or more promise in one unit.

    ``bars``: aspect → the numbers, all of them, or where they are many at least those of the newest years.
    """
    names = {aspect.code: aspect.zh for aspect in measure.aspects}
    aspects = comparable_aspects(spread)
    totals = {code: sum(targets for _, targets in years) for code, years in aspects.items()}
    rest = "其余见下表" if sum_targets(spread) <= MOST_ROWS else "其余计入下面各地的合计"
    return [
        _figure(measure, _Drawn(code, names.get(code, ""), bars[code], totals[code], rest), draw) for code in aspects
    ]


@dataclass(frozen=True)
class _Drawn:
    """What is drawn of one aspect: of ``total`` numbers the ``bars``; where the ``rest`` of the page has all others."""

    code: str
    zh: str
    bars: Sequence[Bar]
    total: int
    rest: str


def _figure(measure: Measure, aspect: _Drawn, draw: Draw) -> Figure:
    title = f"{measure.zh}：{aspect.zh}" if aspect.zh else f"{measure.zh}：各地目标"
    shown = _newest(aspect.bars) if aspect.total > MOST_BARS else list(aspect.bars)
    rows = _bars(shown)
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
    name = "-".join(part for part in ("measure", measure.slug, aspect.code) if part)
    left_out = "各地大小不同，数字只说明各自承诺了多少，不是排名；“≥”“≤”等见表格。"
    if len(shown) < aspect.total:
        left_out = f"这样的目标有 {aspect.total} 个，只画年份最近的 {len(shown)} 个。{left_out}"
    return Figure(
        id=f"chart-{name}",
        title=title,
        caption=f"只画数法相同、单位相同（{unit}）的目标；{aspect.rest}。{left_out}",
        drawings=(Markup(draw(charts.count_chart(name, drawn, title, f"{words}。"))),),
        table=_table(title, rows),
    )


def _newest(bars: Sequence[Bar]) -> list[Bar]:
    """The bars of the newest years, in their order."""
    newest = sorted(range(len(bars)), key=lambda place: -bars[place].year.year)[:MOST_BARS]
    return [bars[place] for place in sorted(newest)]


def _bars(group: Sequence[Bar]) -> list[Row]:
    """One bar for each number that a city-year promises; the same number in two programmes is one bar."""
    bars: dict[tuple[str, str, Decimal], Row] = {}
    for one in group:
        key = (one.year.path, one.comparator, one.value)
        programme = word_of(PROGRAMMES, one.programme).zh
        if key in bars:
            bars[key]["programmes"].append(programme)
            continue
        bars[key] = {
            "value": one.value,
            "place": f"{one.year.place.zh} {one.year.year}",
            "programmes": [programme],
            "wanted": render_target(one.comparator, one.value, one.unit),
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
