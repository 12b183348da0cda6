"""Marks that charts are put together from, and the specification that they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]
Extras = tuple[str, ...]

FONT = "none"
"""No font is looked up: no place in a chart rests on how wide a word is, so machines with other fonts draw the same.

Measuring took five sixths of the time of a chart; the font that is seen is the page's own.
"""
WIDTH = 360
"""How wide a chart is drawn, in units of about one pixel of a phone."""

RIGHT, BOTTOM = "right", "bottom"
"""The parameters of a chart: the values at its right and lower edge."""

INK, MUTED, BAR = "var(--dx-ink)", "var(--dx-muted)", "var(--dx-on-schedule)"


def to_template(chart: Any, *, axes: bool = False) -> Row:
    """The validated specification of a kind of chart, without data and size: what ``to_spec`` puts in.

    Building and validating one takes fifty times as long as filling it, so it is done once for each kind.
    ``axes``: there is room to be made around it, for the words of its axes.
    """
    import altair as alt

    sized = chart.properties(width=0, height=0, padding=0, autosize="pad" if axes else "none")
    configured = sized.configure(font=FONT, background="transparent").configure_view(stroke=None)
    configured = configured.configure_axis(
        labelColor=INK, titleColor=MUTED, labelFontSize=11.5, titleFontSize=11, titleFontWeight="normal"
    )
    ends = [alt.VariableParameter(name=name, value=1) for name in (RIGHT, BOTTOM)]
    spec: Row = configured.properties(params=ends).to_dict()
    return spec


def to_spec(
    template: Row, data: Mapping[str, Sequence[Row]], height: float, *, width: float = WIDTH, right: float = 1
) -> Row:
    """A chart of this kind. ``right`` is the value at the right edge."""
    params = [{"name": RIGHT, "value": right}, {"name": BOTTOM, "value": height}]
    datasets = {name: list(rows) for name, rows in data.items()}
    return {**template, "width": width, "height": height, "params": params, "datasets": datasets}


def extras_of(rows: Sequence[Row]) -> Extras:
    """What the rows have beside what is drawn: links, tips."""
    return tuple(name for name in ("url", "tip") if any(name in row for row in rows))


def linked(chart: Any, extras: Extras) -> Any:
    """With links and tips, where the rows have them."""
    linked = chart.encode(href="url:N") if "url" in extras else chart
    return linked.encode(description="tip:N") if "tip" in extras else linked


def draw_heads() -> Any:
    """The names of groups, from the data named ``heads``."""
    import altair as alt

    words = alt.Chart(alt.NamedData("heads"))
    words = words.mark_text(align="left", baseline="alphabetic", fontSize=12, fontWeight=600, fill=INK)
    return words.encode(x=alt.value(0), y=y_at("y"), text="label:N")


def x_at(field: str) -> alt.X:
    """A place from the left, as a share of the value at the right edge."""
    import altair as alt

    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domainMin=0, domainMax=alt.ExprRef(RIGHT), nice=False))


def y_at(field: str) -> alt.Y:
    """A place from the top, in units of the drawing."""
    import altair as alt

    ends = alt.Scale(domainMin=0, domainMax=alt.ExprRef(BOTTOM), reverse=True, nice=False)
    return alt.Y(f"{field}:Q", axis=None, scale=ends)


def draw_fill() -> alt.Fill:
    """The colour that the data names."""
    import altair as alt

    return alt.Fill("fill:N", scale=None, legend=None)


def fill_of(tone: str) -> str:
    """The colour of a tone: a variable of the page."""
    return f"var(--dx-{tone.replace('_', '-')})"


def without(row: Row, *names: str) -> Row:
    """The row without some of its fields."""
    return {name: value for name, value in row.items() if name not in names}
