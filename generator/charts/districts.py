"""The heat map of targets and areas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from generator.charts.drawing import Chart
from generator.charts.marks import INK, WIDTH, at, layers_to_spec, without, x_at

Row = dict[str, Any]

_STEP, _NAMES, _CELL, _LINE = 17, 150, 14, 11


def district_chart(name: str, rows: Sequence[Row], areas: Sequence[Row], description: str) -> Chart:
    """What share of each target falls to each area.

    ``rows``: label, url, tip, and levels, the depth of colour (0 to 1) by the place of the area in ``areas``, which
    have label (a character a line) and url.
    """
    lines = [area["label"].count("\n") + 1 for area in areas]
    top = max([0, *lines]) * _LINE + 8
    height, width = top + _STEP * len(rows), max(WIDTH, _NAMES + _CELL * len(areas))
    data = {
        "cells": [cell for place, row in enumerate(rows) for cell in _row_to_cells(row, top + place * _STEP)],
        "names": [{**without(row, "levels"), "y": top + place * _STEP + 12.5} for place, row in enumerate(rows)],
        "heads": [
            {**area, "x": _NAMES + _CELL * (place + 0.5), "y": top - 5 - _LINE * lines[place]}
            for place, area in enumerate(areas)
        ],
    }
    return Chart(name, _spec, data, (width, height), "各地承担的份额", description, quotes=True)


@cache
def _spec() -> Row:
    import altair as alt

    cells, names, heads = (alt.Chart(alt.NamedData(part)) for part in ("cells", "names", "heads"))
    depth = alt.Opacity("level:Q", scale=None, legend=None)
    layers = [
        cells.mark_rect(fill="var(--dx-heat)").encode(
            x=x_at("x"), x2="right:Q", **at(y=0, y2=_STEP - 1), fillOpacity=depth
        ),
        names.mark_text(align="right", baseline="alphabetic", fontSize=12, fill=INK).encode(
            **at(x=_NAMES - 6, y=0), text="label:N"
        ),
        heads.mark_text(baseline="top", lineBreak="\n", lineHeight=_LINE, fontSize=10.5, fill=INK).encode(
            x=x_at("x"), **at(y=0), text="label:N"
        ),
    ]
    return layers_to_spec(*layers)


def _row_to_cells(row: Row, y: float) -> list[Row]:
    """The cells of a target, those of one depth together, so that they can be one path."""
    return [
        {"x": (x := _NAMES + _CELL * column), "right": x + _CELL - 1, "y": y, "level": level, "url": row["url"]}
        for column, level in sorted(row["levels"].items(), key=lambda pair: (pair[1], pair[0]))
        if level
    ]
