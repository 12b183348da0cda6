"""Marks that charts are put together from, and the specification that they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]

FONT = "none"
"""No font is looked up: no place in a chart rests on how wide a word is, so machines with other fonts draw the same.

Measuring took five sixths of the time of a chart; the font that is seen is the page's own.
"""
WIDTH = 360
"""How wide a chart is drawn, in units of about one pixel of a phone."""

INK, MUTED, BAR = "var(--dx-ink)", "var(--dx-muted)", "var(--dx-on-schedule)"


def to_spec(
    chart: Any, data: Mapping[str, Sequence[Row]], height: float, width: float = WIDTH, *, axes: bool = False
) -> Row:
    """The validated specification. ``axes``: there is room to be made around it, for the words of its axes.

    The data is put in after validation, which would look at every row and take most of the time.
    """
    sized = chart.properties(width=width, height=height, padding=0, autosize="pad" if axes else "none")
    configured = sized.configure(font=FONT, background="transparent").configure_view(stroke=None)
    configured = configured.configure_axis(
        labelColor=INK, titleColor=MUTED, labelFontSize=11.5, titleFontSize=11, titleFontWeight="normal"
    )
    spec: Row = configured.to_dict()
    return {**spec, "datasets": {name: list(rows) for name, rows in data.items()}}


def linked(chart: Any, rows: Sequence[Row]) -> Any:
    """With the links and the tips that the rows have."""
    linked = chart.encode(href="url:N") if any("url" in row for row in rows) else chart
    return linked.encode(description="tip:N") if any("tip" in row for row in rows) else linked


def draw_heads(height: float) -> Any:
    """The names of groups, from the data named ``heads``."""
    import altair as alt

    words = alt.Chart(alt.NamedData("heads"))
    words = words.mark_text(align="left", baseline="alphabetic", fontSize=12, fontWeight=600, fill=INK)
    return words.encode(x=alt.value(0), y=y_at("y", height), text="label:N")


def x_at(field: str, top: float = 1) -> alt.X:
    """A place from the left, as a share of ``top``."""
    import altair as alt

    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))


def y_at(field: str, height: float) -> alt.Y:
    """A place from the top, in units of the drawing."""
    import altair as alt

    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))


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
