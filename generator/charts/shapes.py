"""What the renderer drew for a mark, without what no reader needs: its look, and its place beside that of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

_KEPT = ("fill", "fill-opacity", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
_DEFAULTS = {"fill": "none", "font-weight": "400", "text-anchor": "start"}
_NEEDLESS = {("fill-opacity", "1"), ("stroke-width", "0")}
INHERITED = {"fill": ("path", "text"), "font-size": ("text",), "font-weight": ("text",), "text-anchor": ("text",)}
"""Attributes that an element has from those around it, and the elements that they are of."""

_NUMBER = re.compile(r"-?\d*\.?\d+e-?\d+|-?\d*\.\d{2,}")
_CORNER = re.compile(r"([ML])(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)")
_MOVE = re.compile(r"translate\((-?[\d.e-]+),\s*(-?[\d.e-]+)\)$")
_CORNERS_ONLY = re.compile(r"[MLhvZ\d.,e-]*$")

Place = tuple[float, float]
LookOf = tuple[str, tuple[tuple[str, str], ...]]
"""An element's tag and attributes, without those of its place."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mark as it is drawn for a row that begins at the upper edge.

    A text stands at ``x`` (rendered) and ``y``. A path is made of ``corners``, each what is before its height and the
    height, and of ``rest``; a ``line`` is a path that the renderer drew as such.
    """

    look_of: LookOf
    x: str = ""
    y: float = 0.0
    corners: tuple[tuple[str, float], ...] = ()
    rest: str = ""
    line: bool = False

    def path_at(self, y: float) -> str:
        """The path for a row that begins at this height."""
        return "".join([f"{before}{render_number(height + y)}" for before, height in self.corners]) + self.rest


def svg_to_shapes(svg: str) -> dict[int, Shape]:
    """The marks of a drawing by their numbers, which are their labels; what has none is no mark of a row.

    Raises ValueError when the renderer writes something else than it did when this was written: better no page than a
    page with a broken chart.
    """
    root = etree.fromstring(svg.encode())
    if _name(root) != "svg":
        raise ValueError(f"not the SVG that vl-convert writes: {svg[:120]!r}")
    return {
        int(label): _leaf_to_shape(leaf, place)
        for leaf, place in _leaves(root, (0.0, 0.0))
        if (label := leaf.get("aria-label") or "").isdecimal()
    }


def render_number(value: float) -> str:
    """A length or place, at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname


def _leaves(node: etree._Element, place: Place) -> Iterator[tuple[etree._Element, Place]]:
    """Every drawn element with the sum of its own move and those of the groups around it."""
    for child in node:
        name = _name(child)
        x, y = _add_move(place, child.get("transform"))
        if name in ("path", "line", "text"):
            yield child, (x, y)
        elif name in ("g", "a"):
            yield from _leaves(child, (x, y))
        else:
            raise ValueError(f"<{name}> in a chart is not known; paths, lines and text are")


def _add_move(place: Place, transform: str | None) -> Place:
    if not transform:
        return place
    match = _MOVE.match(transform)
    if match is None:
        raise ValueError(f"a part of a chart is turned or scaled: {transform!r}")
    return place[0] + float(match[1]), place[1] + float(match[2])


def _leaf_to_shape(leaf: etree._Element, place: Place) -> Shape:
    """The element with what draws it, moves made coordinates."""
    name, (x, y) = _name(leaf), place
    if name == "text":
        return Shape(_look_of(leaf, "text"), x=render_number(x), y=y)
    if name == "line":
        ends = (("M", "x1", "y1"), ("L", "x2", "y2"))
        turns = ((f"{turn}{_x(x + float(leaf.get(a) or 0))}", y + float(leaf.get(b) or 0)) for turn, a, b in ends)
        return Shape(_look_of(leaf, "path"), corners=tuple(turns), line=True)
    corners, rest = _path_to_corners(str(leaf.get("d")), place)
    return Shape(_look_of(leaf, "path"), corners=corners, rest=f"{rest}Z" if leaf.get("stroke") else rest)


def _look_of(leaf: etree._Element, tag: str) -> LookOf:
    found = []
    for key in _KEPT:
        value = leaf.get(key) or (_DEFAULTS.get(key) if tag in INHERITED.get(key, ()) else None)
        if value and (key, value) not in _NEEDLESS:
            found.append((key, "400" if value == "normal" else value.removesuffix("px")))
    return _one_of(tag, tuple(found))


@cache
def _one_of(*look_of: Any) -> LookOf:
    """The same object for the same look: there are few."""
    return look_of


def _x(value: float) -> str:
    return f"{render_number(value)},"


def _path_to_corners(path: str, place: Place) -> tuple[tuple[tuple[str, float], ...], str]:
    """The corners of a path with the move added to them, at most one decimal, and open: filling closes it."""
    if not _CORNERS_ONLY.match(path):
        raise ValueError(f"a path of a chart is made of more than corners: {path[:80]!r}")
    corners, after = [], 0
    for match in _CORNER.finditer(path):
        before = _rounded(path[after : match.start()])
        corners.append((f"{before}{match[1]}{_x(float(match[2]) + place[0])}", float(match[3]) + place[1]))
        after = match.end()
    return tuple(corners), _rounded(path[after:]).removesuffix("Z")


def _rounded(part: str) -> str:
    return _NUMBER.sub(lambda match: render_number(float(match[0])), part)
