"""The chart of milestones by month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from generator.charts.drawing import Chart
from generator.charts.marks import BAR, INK, MUTED, WIDTH, at, draw_fill, layers_to_spec, value_above, without, x_at

Row = dict[str, Any]

_HEIGHT, _BELOW = 150, 32
"""How high the highest bar may be, and what the names of the months take below."""
_STEP, _BAR = 30, 24
_NUMBER = 13
"""The height above a bar that its number takes."""
_FACTORS: tuple[tuple[int, float], ...] = ((10, math.sqrt(50)), (5, math.sqrt(10)), (2, math.sqrt(2)))


def milestone_chart(rows: Sequence[Row], description: str) -> Chart:
    """Milestones by the month they are due, split into those with a number and those in words only.

    ``rows``: month (1 to 12), kind (number, words), rank (what stands below), count, url, tip; those of a month follow
    each other.
    """
    months = [(month, list(group)) for month, group in groupby(rows, key=lambda row: row["month"])]
    sums = {month: sum(row["count"] for row in group) for month, group in months}
    peak = max([1, *sums.values()])
    top = round_up(peak)
    # Room for the number above the highest bar, where what is left above it is less.
    above = max(0, math.ceil(_NUMBER - _HEIGHT * (1 - peak / top)))
    data = {
        "months": [{"x": _middle(month), "y": above + _HEIGHT + 14.5, "label": str(month)} for month in range(1, 13)],
        "unit": [{"y": above + _HEIGHT + 30, "label": "月"}],
        "rows": [bar for _, group in months for bar in _stacked(group, above)],
        "sums": [{"x": _middle(month), "end": sums[month], "y": above, "label": str(sums[month])} for month in sums],
    }
    size = (WIDTH, above + _HEIGHT + _BELOW)
    return Chart("milestones", _spec, data, size, "各月到期的节点", description, far=top)


def round_up(count: int) -> int:
    """The round number at the upper edge of bars of which the highest is this: a whole number of steps, about ten.

    Steps are 1, 2 or 5 times a power of ten. The rounded number may ask for larger ones, and is rounded again.
    """
    step = 0
    while step != (step := _tenth(count)):
        count = math.ceil(count / step) * step
    return count


def _tenth(count: int) -> int:
    """The step nearest to a tenth, by ratio."""
    tenth = max(1.0, count / 10)
    power = int(10 ** math.floor(math.log10(tenth)))
    return power * next((factor for factor, least in _FACTORS if tenth / power >= least), 1)


def _middle(month: int) -> int:
    return _STEP * month - _STEP // 2


def _stacked(group: Sequence[Row], above: float) -> list[Row]:
    """The bars of a month in the order of the rows, each above those of a lower rank."""
    fills = {"number": BAR, "words": "var(--dx-soft)"}
    bars = []
    for row in group:
        below = sum(other["count"] for other in group if other["rank"] < row["rank"])
        x = _middle(row["month"]) - _BAR // 2
        place = {"x": x, "right": x + _BAR, "start": below, "end": below + row["count"], "y": above}
        bars.append({**without(row, "kind", "month"), **place, "fill": fills[row["kind"]]})
    return bars


@cache
def _spec() -> Row:
    import altair as alt

    parts: Any = (alt.Chart(alt.NamedData(name)) for name in ("months", "unit", "rows", "sums"))
    months, unit, bars, sums = parts
    height = value_above("end", _HEIGHT)
    layers = [
        months.mark_text(baseline="alphabetic", fontSize=11.5, fill=INK).encode(x=x_at("x"), **at(y=0), text="label:N"),
        unit.mark_text(baseline="alphabetic", fontSize=11, fill=MUTED).encode(
            **at(x=_STEP * 6 + 0.5, y=0), text="label:N"
        ),
        bars.mark_rect(stroke="var(--dx-paper)", strokeWidth=1).encode(
            x=x_at("x"), x2="right:Q", y=height, y2="start:Q", fill=draw_fill()
        ),
        sums.mark_text(dy=-7, fontSize=11.5, fill=INK).encode(x=x_at("x"), y=height, text="label:N"),
    ]
    return layers_to_spec(*layers)
