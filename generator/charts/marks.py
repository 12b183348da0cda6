"""Marks that charts are put together from, and the specification that they become.

Every mark is drawn for one row and rests on nothing else but the value at the far end of the scale: on no other row,
and on no size of the chart. From the left it has its place by itself; from the top it is drawn as if its row began
there, and the row says in ``y`` where it begins. So what is drawn once is the same in every chart (``compiled.py``).
"""

from __future__ import annotations

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

FAR = "far"
"""The parameter of a chart: the value at the far end of its scale."""

INK, MUTED, BAR = "var(--dx-ink)", "var(--dx-muted)", "var(--dx-on-schedule)"


def layers_to_spec(*layers: Any) -> Row:
    """The validated specification of a kind of chart, without rows and size.

    Building and validating one takes fifty times as long as filling it, so it is done once for each kind.
    """
    import altair as alt

    # The size is that of the frame: no mark rests on it.
    chart = alt.layer(*layers).properties(width=1, height=1, padding=0, autosize="none")
    configured = chart.configure(font=FONT, background="transparent").configure_view(stroke=None)
    # Nothing is asked of a row but what draws it: rows have numbers.
    configured = configured.configure_mark(invalid="show")
    spec: Row = configured.properties(params=[alt.VariableParameter(name=FAR, value=1)]).to_dict()
    return spec


def draw_heads() -> Any:
    """The names of groups, from the data named ``heads``."""
    import altair as alt

    words = alt.Chart(alt.NamedData("heads"))
    words = words.mark_text(align="left", baseline="alphabetic", fontSize=12, fontWeight=600, fill=INK)
    return words.encode(**at(x=0, y=0), text="label:N")


def value_at(field: str) -> alt.X:
    """A place from the left, as a share of the value at the right edge."""
    import altair as alt

    return alt.X(f"{field}:Q", axis=None, scale=_scale(0, WIDTH))


def value_above(field: str, height: float) -> alt.Y:
    """A place above ``height``, as a share of the value at the upper edge."""
    import altair as alt

    return alt.Y(f"{field}:Q", axis=None, scale=_scale(height, 0))


def _scale(start: float, end: float) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[0, alt.ExprRef(FAR)], range=[start, end], nice=False, zero=False)


def at(**places: float) -> Row:
    """Places that are the same for all rows, by channel."""
    import altair as alt

    # alt.value() would say the same; what becomes of it is found out in 10 ms each.
    return {channel: getattr(alt, f"{channel.upper()}Value")(value) for channel, value in places.items()}


def x_at(field: str) -> alt.X:
    """A place from the left, in units of the drawing."""
    import altair as alt

    return alt.X(f"{field}:Q", axis=None, scale=None)


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
