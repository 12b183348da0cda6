"""The chart of milestones by month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from generator.charts.drawing import Chart
from generator.charts.marks import BAR, INK, Extras, draw_fill, extras_of, linked, to_spec, to_template, without

Row = dict[str, Any]

_HEIGHT = 150


def milestone_chart(rows: Sequence[Row], description: str) -> Chart:
    """Milestones by the month they are due, split into those with a number and those in words only.

    ``rows``: month (1 to 12), kind (number, words), rank (what stands below), count, url, tip.
    """
    fills = {"number": BAR, "words": "var(--dx-soft)"}
    drawn = [{**without(row, "kind", "month"), "month": str(row["month"]), "fill": fills[row["kind"]]} for row in rows]
    spec = to_spec(_template(extras_of(drawn)), {"rows": drawn}, _HEIGHT)
    return Chart("milestones", spec, "各月到期的节点", description)


@cache
def _template(extras: Extras) -> Row:
    import altair as alt

    months = [str(month) for month in range(1, 13)]
    axis = alt.Axis(grid=False, ticks=False, domain=False, labelPadding=5, labelAngle=0, title="月")
    x = alt.X("month:N", sort=months, scale=alt.Scale(domain=months, paddingInner=0.2), axis=axis)
    bars = linked(alt.Chart(alt.NamedData("rows")), extras).mark_bar(stroke="var(--dx-paper)", strokeWidth=1)
    totals = (
        alt.Chart(alt.NamedData("rows"))
        .transform_aggregate(total="sum(count)", groupby=["month"])
        .mark_text(dy=-7, fontSize=11.5, fill=INK)
        .encode(x=x, y="total:Q", text="total:Q")
    )
    layers = [bars.encode(x=x, y=alt.Y("count:Q", axis=None), fill=draw_fill(), order=alt.Order("rank:Q")), totals]
    return to_template(alt.layer(*layers), axes=True)
