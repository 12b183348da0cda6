"""A chart before and after it is drawn: as a specification, and as inline SVG."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from generator.charts.compiled import Kind, data_to_marks
from generator.charts.kept import drawn_by, keep, read_kept
from generator.charts.svg import LINK_BASE, TIP, marks_to_svg
from generator.steps import step

Row = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn, and what a screen reader says of it.

    ``kind`` makes the specification of all charts of its kind, without rows; ``data`` are the rows of each data set,
    ``size`` is width and height in units of the drawing, ``far`` the value at the far end of the scale. ``quotes``
    when its names are words of documents, which no other language takes the place of.
    """

    name: str
    kind: Kind
    data: dict[str, list[Row]]
    size: tuple[float, float]
    title: str
    description: str
    far: float = 1
    quotes: bool = False


@step("charts")
def render_chart(chart: Chart, cache: Path | None) -> str:
    """The chart as an ``<svg>`` element with name and description. Drawn once for the same rows, with a cache.

    Without links it is a picture. With links it is a group: they are reached by keyboard and named by their words.
    No font of the machine is asked how wide a word is, so the same rows give the same drawing everywhere.
    """
    drawn = _draw(chart, cache)
    role = "group" if "<a " in drawn else "img"
    names = f'role="{role}" aria-label="{escape(chart.title)}" aria-describedby="{chart.name}-desc"'
    quoted = ' lang="zh-Hans"' if chart.quotes else ""
    words = f'<desc id="{chart.name}-desc">{escape(chart.description)}</desc>'
    size, body = drawn.removeprefix("<svg").split(">", 1)
    return f'<svg class="dx-chart" {names}{quoted}{size}>{words}{body}'


def link(url: str) -> str:
    """A relative address in the form that rows have it; ``render_chart`` restores it."""
    return LINK_BASE + url


def tip(text: str) -> str:
    """What is said of a mark when the pointer rests on it, in the form that rows have it."""
    return TIP + text


def _draw(chart: Chart, cache: Path | None) -> str:
    name = f"{_digest(chart)}.svg"
    kept = read_kept(cache, name) if cache else None
    if kept is not None:
        return kept
    svg = marks_to_svg(data_to_marks(chart.kind, chart.data, chart.far, cache), chart.size)
    if cache:
        keep(cache, name, svg)
    return svg


def _digest(chart: Chart) -> str:
    """The digest of all that a drawing is made of: the program stands for the kind of the chart."""
    made_of = (chart.kind.__qualname__, chart.kind.__module__, chart.size, chart.far, chart.data)
    return hashlib.sha256(drawn_by() + msgspec.json.encode(made_of, order="deterministic")).hexdigest()[:32]


def svg_to_png(svg: str) -> bytes:
    """A picture of an SVG without text, in its own size. Text would need the fonts of the machine."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=1))
