"""The SVG of a chart without what no reader needs, its links each in one piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from generator.charts.compiled import SAID

LINK_BASE = "https://chart.invalid/"
"""Before a relative address, so that the renderer takes it for an address."""

TIP = "tip:"
"""Before the words that are shown when the pointer rests on a mark; the renderer's own descriptions have none."""

_KEPT = ("d", "fill", "fill-opacity", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
_DEFAULTS = {"fill": "none", "font-weight": "400", "text-anchor": "start"}
_NEEDLESS = {("fill-opacity", "1"), ("stroke-width", "0")}
_INHERITED = {"fill": ("path", "text"), "font-size": ("text",), "font-weight": ("text",), "text-anchor": ("text",)}
_ENDS = (("x1", "y1"), ("x2", "y2"))
_NUMBER = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_CORNER = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")
_MOVE = re.compile(r"translate\((-?[\d.e-]+),\s*(-?[\d.e-]+)\)$")
_CORNERS_ONLY = re.compile(r"[MLhvZ\d.,e-]*$")

Place = tuple[float, float]
Row = dict[str, Any]


def compact_svg(svg: str, rows: Sequence[Row] = ()) -> str:
    """The drawing as one short ``<svg>``: one ``<a>`` an address, cells of one look one path, shared attributes once.

    ``rows``: what is drawn, by number. A mark has the number of its row as its label; the words, the address (``url``)
    and the ``tip`` of the row become those of the mark.

    Raises ValueError when the renderer writes something else than it did when this was written: better no page than a
    page with a broken chart.
    """
    root = etree.fromstring(svg.encode())
    if _name(root) != "svg" or not root.get("viewBox"):
        raise ValueError(f"not the SVG that vl-convert writes: {svg[:120]!r}")
    made = etree.Element("svg", viewBox=str(root.get("viewBox")))
    links: dict[str, etree._Element] = {}
    for leaf, place in _leaves(root, (0.0, 0.0)):
        row = _row_of(leaf, rows)
        _say_words(leaf, row)
        if _is_seen(leaf):
            _parent_of(row, made, links).append(_leaf_to_short(leaf, row, place))
    for parent in (made, *links.values()):
        _join_paths(parent)
    _share_attributes(made)
    _put_tips(made)
    return etree.tostring(made, encoding="unicode")


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


def _is_seen(leaf: etree._Element) -> bool:
    if leaf.get("opacity") == "0" or leaf.get("class") in ("background", "foreground"):
        return False
    if _name(leaf) == "text":
        return any(str(text).strip() for text in leaf.itertext())
    return _name(leaf) == "line" or bool(leaf.get("d"))


def _row_of(leaf: etree._Element, rows: Sequence[Row]) -> Row:
    """The row that a mark is of; empty for what belongs to none, an axis or a sum."""
    number = leaf.get("aria-label") or ""
    return rows[int(number)] if number.isdecimal() else {}


def _say_words(leaf: etree._Element, row: Row) -> None:
    """The words of the row, where the renderer drew a place for them."""
    around = leaf.getparent()
    name = str(around.get("class", "")).rpartition(" ")[2] if around is not None else ""
    if name.startswith(SAID):
        field, height, _ = name.removeprefix(SAID).split("__", 2)
        first, *more = str(row[field]).strip().split("\n") if height != "0" else [str(row[field]).strip()]
        if more:
            etree.SubElement(leaf, "tspan").text = first
            for line in more:
                etree.SubElement(leaf, "tspan", dy=height).text = line
        else:
            leaf.text = first


def _parent_of(row: Row, made: etree._Element, links: dict[str, etree._Element]) -> etree._Element:
    """The link that a mark of the row belongs to: all marks of one address are in one, reached once by the keyboard."""
    address = row.get("url")
    if not address:
        return made
    if not address.startswith(LINK_BASE):
        raise ValueError(f"an address of a chart that is not made by link(): {address[:80]!r}")
    if address not in links:
        links[address] = etree.SubElement(made, "a", href=address.removeprefix(LINK_BASE))
    return links[address]


def _leaf_to_short(leaf: etree._Element, row: Row, place: Place) -> etree._Element:
    """The element with what draws it, moves made coordinates; a tip is kept in ``title`` for the time being."""
    name = _name(leaf)
    made = etree.Element("text" if name == "text" else "path")
    for key in _KEPT:
        value = leaf.get(key) or (_DEFAULTS.get(key) if made.tag in _INHERITED.get(key, ()) else None)
        if value and (key, value) not in _NEEDLESS:
            made.set(key, "400" if value == "normal" else value.removesuffix("px"))
    _set_place(made, leaf, place)
    tip = str(row.get("tip", "")).removeprefix(TIP)
    if tip:
        made.set("title", tip)
    return made


def _set_place(made: etree._Element, leaf: etree._Element, place: Place) -> None:
    x, y = place
    if made.tag == "text":
        if _render(x) != "0":
            made.set("x", _render(x))
        made.set("y", _render(y))
        _copy_words(made, leaf)
    elif _name(leaf) == "line":
        ends = (f"{_render(x + float(leaf.get(a) or 0))},{_render(y + float(leaf.get(b) or 0))}" for a, b in _ENDS)
        made.set("d", "M{}L{}".format(*ends))
    else:
        path = _move_path(str(leaf.get("d")), place)
        made.set("d", f"{path}Z" if leaf.get("stroke") else path)


def _copy_words(made: etree._Element, leaf: etree._Element) -> None:
    made.text = leaf.text
    for line in leaf:
        part = etree.SubElement(made, "tspan")
        if line.get("dy"):
            part.set("x", str(made.get("x", "0")))
            part.set("dy", _render(float(str(line.get("dy")))))
        part.text = line.text


def _move_path(path: str, place: Place) -> str:
    """A path of corners with the move added to them, at most one decimal, and open: filling closes it."""
    if not _CORNERS_ONLY.match(path):
        raise ValueError(f"a path of a chart is made of more than corners: {path[:80]!r}")
    moved = _CORNER.sub(
        lambda match: f"{match[1]}{_render(float(match[2]) + place[0])},{_render(float(match[3]) + place[1])}", path
    )
    return _NUMBER.sub(lambda match: _render(float(match[0])), moved).removesuffix("Z")


def _render(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _look(node: etree._Element) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in node.attrib.items() if key != "d"}


def _join_paths(parent: etree._Element) -> None:
    """Paths of one look that follow each other become one: the cells of a row, say."""
    last: etree._Element | None = None
    for child in list(parent):
        if child.tag != "path":
            last = None
        elif last is not None and _look(child) == _look(last):
            last.set("d", f"{last.get('d')}{child.get('d')}")
            parent.remove(child)
        else:
            last = child


def _share_attributes(root: etree._Element) -> None:
    """The commonest value of what elements inherit is said once, at the root."""
    for key, names in _INHERITED.items():
        nodes = [node for node in root.iter() if node.tag in names]
        counts = Counter(str(node.get(key)) for node in nodes)
        if not counts:
            continue
        ((common, _),) = counts.most_common(1)
        root.set(key, common)
        for node in nodes:
            if node.get(key) == common:
                del node.attrib[key]


def _put_tips(root: etree._Element) -> None:
    """Tips become ``<title>``: one for a link, else one a mark."""
    for node in [node for node in root.iter() if node.get("title")]:
        text = str(node.attrib.pop("title"))
        parent = node.getparent()
        holder = parent if parent is not None and parent.tag == "a" else node
        if holder.find("title") is None:
            title = etree.Element("title")
            title.text = text
            holder.insert(0, title)
            if holder is node and node.text:
                title.tail, node.text = node.text, None
