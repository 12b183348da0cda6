"""A chart before and after it is drawn: as a specification, and as inline SVG."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any

from generator.charts.svg import LINK_BASE, TIP, compact_svg
from generator.steps import step

Row = dict[str, Any]

_FORMAT = "14"


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn: its specification, and what a screen reader says of it.

    ``quotes`` when its names are words of documents, which no other language takes the place of.
    """

    name: str
    spec: Row
    title: str
    description: str
    quotes: bool = False


@step("charts")
def render_chart(chart: Chart, cache: Path) -> str:
    """The chart as an ``<svg>`` element with name and description. Drawn once per specification.

    Without links it is a picture. With links it is a group: they are reached by keyboard and named by their words.
    No font of the machine is asked how wide a word is, so the same rows give the same drawing everywhere.
    """
    drawn = _draw(chart.spec, cache)
    role = "group" if "<a " in drawn else "img"
    names = f'role="{role}" aria-label="{escape(chart.title)}" aria-describedby="{chart.name}-desc"'
    quoted = ' lang="zh-Hans"' if chart.quotes else ""
    words = f'<desc id="{chart.name}-desc">{escape(chart.description)}</desc>'
    size, body = drawn.removeprefix("<svg").split(">", 1)
    return f'<svg class="dx-chart" {names}{quoted}{size}>{words}{body}'


def link(url: str) -> str:
    """A relative address in a form that passes through the renderer; ``render_chart`` restores it."""
    return LINK_BASE + url


def tip(text: str) -> str:
    """What is said of a mark when the pointer rests on it, in a form that passes through the renderer."""
    return TIP + text


def _draw(spec: Row, cache: Path) -> str:
    import vl_convert

    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    version = f"{_FORMAT} {metadata.version('vl-convert-python')}"
    path = cache / f"{hashlib.sha256(f'{version} {text}'.encode()).hexdigest()[:32]}.svg"
    if path.exists():
        return path.read_text(encoding="utf-8")
    svg = compact_svg(vl_convert.vega_to_svg(_spec_to_vega(spec)))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(svg, encoding="utf-8")
    part.replace(path)
    return svg


def _spec_to_vega(spec: Row) -> Row:
    """The specification compiled for the renderer: once for each kind of chart, then filled with data and size."""
    unfilled = [{**param, "value": 1} for param in spec["params"]]
    datasets: Row = {name: [] for name in spec["datasets"]}
    empty = {**spec, "datasets": datasets, "params": unfilled, "width": 1, "height": 1}
    compiled = _compile(json.dumps(empty, ensure_ascii=False))
    values = {param["name"]: param["value"] for param in spec["params"]}
    return {
        **compiled,
        "width": spec["width"],
        "height": spec["height"],
        "signals": [{**one, "value": values[one["name"]]} for one in compiled["signals"]],
        "data": [
            {**one, "values": spec["datasets"][one["name"]]} if one["name"] in spec["datasets"] else one
            for one in compiled["data"]
        ],
    }


@cache
def _compile(text: str) -> Row:
    import vl_convert

    compiled: Row = vl_convert.vegalite_to_vega(text)
    return compiled


def svg_to_png(svg: str) -> bytes:
    """A picture of an SVG without text, in its own size. Text would need the fonts of the machine."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=1))
