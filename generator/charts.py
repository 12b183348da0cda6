"""Altair charts as static inline SVG. The only user of ``altair`` and ``vl_convert``.

A chart carries no colour of its own: every colour is a CSS variable of the page (``var(--dx-met)``), so that it
follows the palette and prints in black. Field names are ASCII; a name with ``.`` or ``[`` would give an empty chart.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]

FONT = "Noto Sans CJK SC"
CAP = 2.0
"""Attainment is drawn up to this share of the target; the figure beside the bar is never cut."""

_HEIGHT = 200
_AFTER_BAR = "split(datum.value, '|')[1]"
_LINK_BASE = "https://chart.invalid/"
_FORMAT = "4"


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn: its specification, and what a screen reader says of it."""

    name: str
    spec: Row
    title: str
    description: str


def render_chart(chart: Chart, cache: Path) -> str:
    """The chart as an ``<svg>`` element with role, title and description. Drawn once per specification.

    Widths are measured with the fonts of the machine, so a CJK font is needed for labels to fit.
    """
    drawn = _draw(chart.spec, cache)
    head = (
        f'<svg class="dx-chart" role="img" aria-labelledby="{chart.name}-title {chart.name}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    )
    words = (
        f'<title id="{chart.name}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.name}-desc">{escape(chart.description)}</desc>'
    )
    size, body = _split_svg(drawn)
    return f"{head}{size}>{words}{body}"


def status_chart(rows: Sequence[Row], order: Sequence[Row], description: str) -> Chart:
    """Commitments by status, one bar a programme.

    ``rows``: programme, status, count, share, start, end, label. ``order``: the statuses as code and label.
    """
    import altair as alt

    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("programme:N", sort=None, title=None, axis=_label_axis(120)),
        x=alt.X(
            "start:Q", title="承诺数的比例", scale=alt.Scale(domain=[0, 1]), axis=_percent_axis([0, 0.25, 0.5, 0.75, 1])
        ),
        x2="end:Q",
    )
    bars = base.mark_bar(height=30, stroke="var(--dx-paper)", strokeWidth=1.5).encode(
        color=_tone_scale("status:N", [row["status"] for row in order])
    )
    words = base.mark_text(fontSize=12, fontWeight=600, fill="var(--dx-on-tone)").encode(
        x=alt.X("middle:Q"), x2=alt.value(0), text="label:N"
    )
    return Chart("status", _to_spec(alt.layer(bars, words), {"rows": rows}, 560, 46), "各项目的承诺状态", description)


def count_chart(name: str, rows: Sequence[Row], title: str, axis: str, description: str) -> Chart:
    """Counts by kind, one bar a kind with its number beside it. ``axis`` names the counts.

    ``rows``: kind, count, and url where the kind has a page of its own.
    """
    import altair as alt

    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("kind:N", sort=None, title=None, axis=_label_axis(230)),
        x=alt.X("count:Q", title=axis, axis=_plain_axis(tickMinStep=1, tickCount=5)),
    )
    bars = base.mark_bar(height=14, color="var(--dx-on-schedule)")
    if any("url" in row for row in rows):
        bars = bars.encode(href="url:N")
    words = base.mark_text(align="left", dx=5, fontSize=12, fill="var(--dx-ink)").encode(text="count:Q")
    return Chart(name, _to_spec(alt.layer(bars, words), {"rows": rows}, 420, 26), title, description)


def share_chart(name: str, rows: Sequence[Row], title: str, axis: str, description: str) -> Chart:
    """Several shares of one whole a place, a bar each with its words beside it; the last kind is drawn darker.

    ``rows``: place, kind (a code), share (0 to 1), label. ``axis`` names the shares.
    """
    import altair as alt

    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    colours = ["var(--dx-soft)"] * (len(kinds) - 1) + ["var(--dx-on-schedule)"]
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("place:N", sort=None, title=None, axis=_label_axis(120), scale=alt.Scale(paddingInner=0.2)),
        yOffset=alt.YOffset("kind:N", sort=kinds),
        x=alt.X("share:Q", title=axis, scale=alt.Scale(domain=[0, 1.6]), axis=_percent_axis([0, 0.25, 0.5, 0.75, 1])),
    )
    bars = base.mark_bar(height=11).encode(
        color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=None)
    )
    words = base.mark_text(align="left", dx=5, fontSize=11, fill="var(--dx-ink)").encode(text="label:N")
    return Chart(name, _to_spec(alt.layer(bars, words), {"rows": rows}, 520, 16), title, description)


def attainment_chart(name: str, rows: Sequence[Row], description: str) -> Chart:
    """How much of each target was attained, one bar a target, the milestone's mark beside it.

    ``rows``: label, attained, drawn (attained up to ``CAP``), text, tone, url, expected (share or None).
    """
    import altair as alt

    top = max([1.2, *(row["drawn"] for row in rows)])
    limits = alt.Scale(domain=[0, top])
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("key:N", sort=None, title=None, axis=_label_axis(250, _AFTER_BAR))
    )
    bars = base.mark_bar(height=10).encode(
        x=alt.X("drawn:Q", title="完成目标的比例", scale=limits, axis=_percent_axis([0, 0.5, 1, 1.5, 2])),
        color=_tone_scale("tone:N", ["met", "on_schedule", "behind", "missed", "under_way"]),
        href="url:N",
    )
    words = base.mark_text(align="left", fontSize=12, fill="var(--dx-ink)").encode(x=alt.value(408), text="text:N")
    goal = alt.Chart(alt.NamedData("goal")).mark_rule(stroke="var(--dx-ink)", strokeWidth=1.2).encode(x="goal:Q")
    marks = (
        base.transform_filter("isValid(datum.expected)")
        .mark_tick(thickness=2.5, size=16, color="var(--dx-ink)")
        .encode(x="expected:Q")
    )
    return Chart(
        name,
        _to_spec(alt.layer(bars, goal, marks, words), {"rows": rows, "goal": [{"goal": 1}]}, 400, 22),
        "目标完成情况",
        description,
    )


def milestone_chart(rows: Sequence[Row], description: str) -> Chart:
    """Milestones by the month they are due, split into those with a number and those in words only.

    ``rows``: month (1–12), kind (number, words), count.
    """
    import altair as alt

    months = [f"{month}月" for month in range(1, 13)]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("month:N", sort=months, scale=alt.Scale(domain=months), title=None, axis=_plain_axis(labelAngle=0)),
        y=alt.Y("count:Q", title="节点数", axis=_plain_axis(tickMinStep=1, grid=True, minExtent=34)),
    )
    bars = base.mark_bar(stroke="var(--dx-paper)", strokeWidth=1).encode(
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["number", "words"], range=["var(--dx-on-schedule)", "var(--dx-soft)"]),
            legend=None,
        ),
        order=alt.Order("rank:Q"),
    )
    totals = (
        alt.Chart(alt.NamedData("rows"))
        .transform_aggregate(total="sum(count)", groupby=["month"])
        .mark_text(dy=-7, fontSize=11, fill="var(--dx-ink)")
        .encode(x=alt.X("month:N", sort=months), y="total:Q", text="total:Q")
    )
    return Chart("milestones", _to_spec(alt.layer(bars, totals), {"rows": rows}, 640), "各月到期的节点", description)


def district_chart(rows: Sequence[Row], areas: Sequence[str], description: str) -> Chart:
    """What share of each target falls to each area. ``rows``: key, area, level (depth of colour, 0 to 1)."""
    import altair as alt

    cells = (
        alt.Chart(alt.NamedData("rows"))
        .mark_rect(stroke="var(--dx-paper)", strokeWidth=1.5, fill="var(--dx-heat)")
        .encode(
            x=alt.X(
                "area:N", sort=list(areas), title=None, axis=_plain_axis(labelAngle=-60, orient="top", minExtent=70)
            ),
            y=alt.Y("key:N", sort=None, title=None, axis=_label_axis(250, _AFTER_BAR)),
            fillOpacity=alt.Opacity("level:Q", scale=None, legend=None),
        )
    )
    return Chart("districts", _to_spec(cells, {"rows": rows}, 28 * len(areas), 20), "各地承担的份额", description)


def _tone_scale(field: str, tones: Sequence[str]) -> alt.Color:
    import altair as alt

    colours = [f"var(--dx-{tone.replace('_', '-')})" for tone in tones]
    return alt.Color(field, scale=alt.Scale(domain=list(tones), range=colours), legend=None)


def _plain_axis(**options: Any) -> alt.Axis:
    import altair as alt

    return alt.Axis(**{"grid": False, "ticks": False, "labelPadding": 6, **options})


def _percent_axis(values: Sequence[float]) -> alt.Axis:
    return _plain_axis(format="%", values=list(values), grid=True, domain=False)


def _label_axis(width: int, expression: str = "") -> alt.Axis:
    """An axis of fixed width, so that the plot stands at the same place whatever its labels say."""
    options: Row = {"domain": False, "labelLimit": width - 10, "minExtent": width, "maxExtent": width}
    return _plain_axis(**options, **({"labelExpr": expression} if expression else {}))


def _to_spec(chart: Any, data: Row, width: int, step: int | None = None) -> Row:
    """The validated specification. With a step, the height follows from the number of rows.

    The data is put in after validation, which would look at every row and take most of the time.
    """
    import altair as alt

    sized = chart.properties(width=width, height=alt.Step(step) if step else _HEIGHT, padding=4)
    configured = sized.configure(font=FONT, background="transparent", aria=False).configure_view(stroke=None)
    configured = configured.configure_axis(
        labelColor="var(--dx-ink)",
        titleColor="var(--dx-muted)",
        gridColor="var(--dx-line)",
        domainColor="var(--dx-line)",
        labelFontSize=12,
        titleFontSize=11,
        titleFontWeight="normal",
    )
    spec: Row = configured.to_dict()
    return {**spec, "datasets": {name: list(rows) for name, rows in data.items()}}


def link(url: str) -> str:
    """A relative address in a form that passes through the renderer; ``render_chart`` restores it."""
    return _LINK_BASE + url


def _draw(spec: Row, cache: Path) -> str:
    import vl_convert

    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    version = f"{_FORMAT} {metadata.version('vl-convert-python')}"
    path = cache / f"{hashlib.sha256(f'{version} {text}'.encode()).hexdigest()[:32]}.svg"
    if path.exists():
        return path.read_text(encoding="utf-8")
    svg = _compact(vl_convert.vegalite_to_svg(text))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(svg, encoding="utf-8")
    part.replace(path)
    return svg


_NOISE = (
    re.compile(r'<path class="(?:background|foreground)"[^>]*/>'),
    re.compile(r' (?:class|role|aria-roledescription|aria-hidden|pointer-events)="[^"]*"'),
    re.compile(r' font-family="[^"]*"'),
    re.compile(r' opacity="1"'),
)
_LONG_FRACTION = re.compile(r"(\d+\.\d{2})\d+")


def _compact(svg: str) -> str:
    """Without what no reader needs: hidden paths, roles inside an image, fonts (CSS sets them), long fractions.

    Links in a picture are for the pointer; the keyboard has those of the table beside it.
    """
    for pattern in _NOISE:
        svg = pattern.sub("", svg)
    svg = _LONG_FRACTION.sub(r"\1", svg).replace(f'<a xlink:href="{_LINK_BASE}', '<a tabindex="-1" xlink:href="')
    return svg.replace("<g></g>", "")


_ROOT = re.compile(r'<svg[^>]*?(width="\d+" height="\d+" viewBox="[^"]*")[^>]*>')


def _split_svg(svg: str) -> tuple[str, str]:
    """Size attributes of the root, and everything after the root's opening tag."""
    match = _ROOT.match(svg)
    if match is None:  # the renderer's form changed: better no page than a page with a broken chart
        raise ValueError(f"not the SVG that vl-convert writes: {svg[:120]!r}")
    return match.group(1), svg[match.end() :]


def svg_to_png(svg: str) -> bytes:
    """A picture of an SVG without text, in its own size. Text would need the fonts of the machine."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=1))
