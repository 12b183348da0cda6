"""Charts of bars, names above them: statuses, counts, shares, attainment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from generator.charts.drawing import Chart
from generator.charts.marks import (
    BAR,
    INK,
    WIDTH,
    at,
    draw_fill,
    draw_heads,
    fill_of,
    layers_to_spec,
    value_at,
    without,
)

Row = dict[str, Any]

_STEP = 29
_STATUS_STEP = 60
_SHARES_END = 1.8
"""The share at the right edge where words stand beside the bars."""


def status_chart(rows: Sequence[Row], description: str) -> Chart:
    """Commitments by status, one bar a programme.

    ``rows``: programme, count, start, end and middle (shares of the whole bar), tone, label (what is written into
    the bar), url, tip.
    """
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row["programme"])]
    drawn = [
        {**without(row, "programme", "count", "tone"), "y": place * _STATUS_STEP + 21, "fill": fill_of(row["tone"])}
        for place, group in enumerate(groups)
        for row in group
    ]
    heads = [
        {"y": place * _STATUS_STEP + 14, "label": f"{group[0]['programme']} {sum(row['count'] for row in group)} 项"}
        for place, group in enumerate(groups)
    ]
    data, size = {"rows": drawn, "heads": heads}, (WIDTH, _STATUS_STEP * len(groups))
    return Chart("status", _status_spec, data, size, "各项目的承诺状态", description)


@cache
def _status_spec() -> Row:
    import altair as alt

    base = alt.Chart(alt.NamedData("rows"))
    bars = base.mark_rect(stroke="var(--dx-paper)", strokeWidth=1.5)
    words = base.mark_text(dy=14, fontSize=11.5, fontWeight=600, fill="var(--dx-on-tone)")
    layers = [
        bars.encode(x=value_at("start"), x2="end:Q", **at(y=0, y2=28), fill=draw_fill()),
        words.encode(x=value_at("middle"), **at(y=0), text="label:N"),
        draw_heads(),
    ]
    return layers_to_spec(*layers)


def count_chart(name: str, rows: Sequence[Row], title: str, description: str) -> Chart:
    """Counts by kind, one bar a kind, its number at the end of the line.

    ``rows``: label, text (the count as people write it), parts (tone or "", and count) that make the bar, and url where
    the kind has a page of its own.
    """
    top = max([1e-9, *(sum(count for _, count in row["parts"]) for row in rows)])
    data = _bars_to_data([_with_bars(row) for row in rows])
    return Chart(name, _bars_spec, data, (WIDTH, _STEP * len(rows)), title, description, far=top)


def attainment_chart(name: str, rows: Sequence[Row], top: float, description: str) -> Chart:
    """How much of each target was attained, one bar a target, the target's line and the milestone's mark on it.

    ``rows``: label, attained, text, tone, url, tip, expected (a share; absent where no milestone has passed). ``top``:
    the share at the right edge, the same for charts that are looked at together.
    """
    drawn = [
        {
            **without(row, "attained", "tone"),
            "bars": [{"start": 0, "end": max(0.0, min(row["attained"], top)), "fill": fill_of(row["tone"])}],
        }
        for row in rows
    ]
    data, size = _bars_to_data(drawn, goal=True), (WIDTH, _STEP * len(rows))
    return Chart(name, _bars_spec, data, size, "目标完成情况", description, far=top, quotes=True)


def share_chart(name: str, rows: Sequence[Row], title: str, description: str) -> Chart:
    """Several shares of one whole a place, a bar each with its words beside it; the last kind is drawn darker.

    ``rows``: place, kind (a code), share (0 to 1), label.
    """
    last = rows[-1]["kind"] if rows else ""
    drawn, heads, y = [], [], 0
    for place, group in groupby(rows, key=lambda row: row["place"]):
        heads.append({"y": y + 13, "label": place})
        y += 19
        for row in group:
            fill = BAR if row["kind"] == last else "var(--dx-soft)"
            drawn.append({"y": y, "value": row["share"], "label": row["label"], "fill": fill})
            y += 15
        y += 8
    return Chart(name, _share_spec, {"rows": drawn, "heads": heads}, (WIDTH, y), title, description, far=_SHARES_END)


@cache
def _share_spec() -> Row:
    import altair as alt

    base = alt.Chart(alt.NamedData("rows"))
    bars = base.mark_rect().encode(x=value_at("value"), **at(x2=0, y=0, y2=11))
    words = base.mark_text(align="left", baseline="alphabetic", dx=5, dy=9.5, fontSize=11, fill=INK)
    layers = [
        bars.encode(fill=draw_fill()),
        words.encode(x=value_at("value"), **at(y=0), text="label:N"),
        draw_heads(),
    ]
    return layers_to_spec(*layers)


def _with_bars(row: Row) -> Row:
    """The row with its parts as pieces of a bar, one after another."""
    bars, start = [], 0
    for tone, count in row["parts"]:
        bars.append({"start": start, "end": start + count, "fill": fill_of(tone) if tone else BAR})
        start += count
    return {**without(row, "parts"), "bars": bars}


def _bars_to_data(rows: Sequence[Row], *, goal: bool = False) -> dict[str, list[Row]]:
    """Rows of a name and a number above a bar. With ``goal`` a line where the target is reached."""
    placed = [{**without(row, "bars"), "y": place * _STEP + 13} for place, row in enumerate(rows)]
    links = [{"y": row["y"], **({"url": row["url"]} if "url" in row else {})} for row in placed]
    return {
        "rows": placed,
        "bars": [{**bar, **links[place]} for place, row in enumerate(rows) for bar in row["bars"]],
        "goals": [{"y": row["y"], "value": 1} for row in placed] if goal else [],
        "due": [row for row in placed if row.get("expected") is not None],
    }


@cache
def _bars_spec() -> Row:
    import altair as alt

    base: Any = alt.Chart(alt.NamedData("rows"))
    name, number = (
        base.mark_text(align=align, baseline="alphabetic", fontSize=12.5, fontWeight=weight, fill=INK)
        for align, weight in (("left", 400), ("right", 600))
    )
    bars = alt.Chart(alt.NamedData("bars")).mark_rect()
    layers = [
        name.encode(**at(x=0, y=0), text="label:N"),
        number.encode(**at(x=WIDTH, y=0), text="text:N"),
        bars.encode(x=value_at("start"), x2="end:Q", **at(y=4.5, y2=12.5), fill=draw_fill()),
        _goals(),
        _milestones(),
    ]
    return layers_to_spec(*layers)


def _goals() -> Any:
    """A line a row where the target is reached."""
    import altair as alt

    lines = alt.Chart(alt.NamedData("goals")).mark_rule(stroke=INK, strokeWidth=1.5)
    return lines.encode(x=value_at("value"), **at(y=2.5, y2=14.5))


def _milestones() -> Any:
    """A mark where the milestone that has passed wants the bar to be."""
    import altair as alt

    marks = alt.Chart(alt.NamedData("due")).mark_point(
        shape="triangle-down", filled=True, size=60, fill=INK, opacity=1, strokeWidth=0
    )
    return marks.encode(x=value_at("expected"), **at(y=7))
