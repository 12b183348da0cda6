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
    Extras,
    draw_fill,
    draw_heads,
    extras_of,
    fill_of,
    linked,
    to_spec,
    to_template,
    without,
    x_at,
    y_at,
)

Row = dict[str, Any]

_STEP = 29
_STATUS_STEP = 60


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
    data = {"rows": drawn, "heads": heads}
    spec = to_spec(_status_template(extras_of(drawn)), data, _STATUS_STEP * len(groups))
    return Chart("status", spec, "各项目的承诺状态", description)


@cache
def _status_template(extras: Extras) -> Row:
    import altair as alt

    base = linked(alt.Chart(alt.NamedData("rows")), extras)
    bars = base.transform_calculate(lower="datum.y + 28").mark_rect(stroke="var(--dx-paper)", strokeWidth=1.5)
    words = base.mark_text(dy=14, fontSize=11.5, fontWeight=600, fill="var(--dx-on-tone)")
    layers = [
        bars.encode(x=x_at("start"), x2="end:Q", y=y_at("y"), y2="lower:Q", fill=draw_fill()),
        words.encode(x=x_at("middle"), y=y_at("y"), text="label:N"),
        draw_heads(),
    ]
    return to_template(alt.layer(*layers))


def count_chart(name: str, rows: Sequence[Row], title: str, description: str) -> Chart:
    """Counts by kind, one bar a kind, its number at the end of the line.

    ``rows``: label, text (the count as people write it), parts (tone or "", and count) that make the bar, and url where
    the kind has a page of its own.
    """
    top = max([1e-9, *(sum(count for _, count in row["parts"]) for row in rows)])
    return Chart(name, _bars_to_spec([_with_bars(row) for row in rows], top), title, description)


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
    return Chart(name, _bars_to_spec(drawn, top, goal=True), "目标完成情况", description, quotes=True)


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
    spec = to_spec(_share_template(), {"rows": drawn, "heads": heads}, y, right=1.8)
    return Chart(name, spec, title, description)


@cache
def _share_template() -> Row:
    import altair as alt

    base = alt.Chart(alt.NamedData("rows"))
    bars = base.transform_calculate(lower="datum.y + 11").mark_rect()
    words = base.mark_text(align="left", baseline="alphabetic", dx=5, dy=9.5, fontSize=11, fill=INK)
    layers = [
        bars.encode(x=x_at("value"), x2=alt.datum(0), y=y_at("y"), y2="lower:Q", fill=draw_fill()),
        words.encode(x=x_at("value"), y=y_at("y"), text="label:N"),
        draw_heads(),
    ]
    return to_template(alt.layer(*layers))


def _with_bars(row: Row) -> Row:
    """The row with its parts as pieces of a bar, one after another."""
    bars, start = [], 0
    for tone, count in row["parts"]:
        bars.append({"start": start, "end": start + count, "fill": fill_of(tone) if tone else BAR})
        start += count
    return {**without(row, "parts"), "bars": bars}


def _bars_to_spec(rows: Sequence[Row], top: float, *, goal: bool = False) -> Row:
    """Rows of a name and a number above a bar. With ``goal`` a line where the target is reached."""
    placed = [{**without(row, "bars"), "y": place * _STEP + 13} for place, row in enumerate(rows)]
    links = [{"url": row["url"]} if "url" in row else {} for row in rows]
    data = {
        "rows": placed,
        "bars": [{**bar, **links[i], "y": placed[i]["y"]} for i, row in enumerate(rows) for bar in row["bars"]],
        "goals": [{"y": row["y"], "value": 1} for row in placed] if goal else [],
    }
    passed = any("expected" in row for row in rows)
    template = _bars_template(extras_of(rows), extras_of(links), goal=goal, passed=passed)
    return to_spec(template, data, _STEP * len(rows), right=top)


@cache
def _bars_template(extras: Extras, of_bars: Extras, *, goal: bool, passed: bool) -> Row:
    import altair as alt

    base = linked(alt.Chart(alt.NamedData("rows")), extras)
    name, number = (
        base.mark_text(align=align, baseline="alphabetic", fontSize=12.5, fontWeight=weight, fill=INK)
        for align, weight in (("left", 400), ("right", 600))
    )
    layers = [
        name.encode(x=alt.value(0), y=y_at("y"), text="label:N"),
        number.encode(x=alt.value(WIDTH), y=y_at("y"), text="text:N"),
        linked(alt.Chart(alt.NamedData("bars")), of_bars)
        .transform_calculate(above="datum.y + 4.5", below="datum.y + 12.5")
        .mark_rect()
        .encode(x=x_at("start"), x2="end:Q", y=y_at("above"), y2="below:Q", fill=draw_fill()),
        *([_goals()] if goal else []),
        *([_milestones(base)] if passed else []),
    ]
    return to_template(alt.layer(*layers))


def _goals() -> Any:
    """A line a row where the target is reached."""
    import altair as alt

    lines = alt.Chart(alt.NamedData("goals")).transform_calculate(above="datum.y + 2.5", below="datum.y + 14.5")
    return lines.mark_rule(stroke=INK, strokeWidth=1.5).encode(x=x_at("value"), y=y_at("above"), y2="below:Q")


def _milestones(base: Any) -> Any:
    """A mark where the milestone that has passed wants the bar to be."""
    due = base.transform_filter("isValid(datum.expected)").transform_calculate(mark="datum.y + 7")
    return due.mark_point(shape="triangle-down", filled=True, size=60, fill=INK, opacity=1, strokeWidth=0).encode(
        x=x_at("expected"), y=y_at("mark")
    )
