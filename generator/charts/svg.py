"""The marks of a chart as one short ``<svg>``, with what their rows say, its links each in one piece."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from generator.charts.compiled import Mark
from generator.charts.shapes import INHERITED, LookOf, Shape, render_number

LINK_BASE = "https://chart.invalid/"
"""Before a relative address, so that a specification has an address."""

TIP = "tip:"
"""Before the words that are shown when the pointer rests on a mark."""

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = dict[str, Any]


@dataclass(slots=True)
class _Piece:
    """An element. ``place`` is a path, or what places a text; ``words`` are the markup of a text."""

    shape: Shape
    place: str
    words: str
    tip: str


@dataclass(slots=True)
class _Link:
    """All marks of one address: reached once by the keyboard."""

    address: str
    pieces: list[_Piece]


def marks_to_svg(marks: Iterable[Mark], size: tuple[float, float]) -> str:
    """The drawing: one ``<a>`` an address, paths of one look that follow each other one path, shared attributes once.

    A row has ``y``, the height at which it begins, and may have ``url`` and ``tip``, the address and the words that
    are those of its marks.

    Raises ValueError when an address was not made by ``link``, or words have characters that no markup may have.
    """
    children = _gather(marks)
    counts = Counter(piece.shape.look_of for child in children for piece in _pieces(child))
    shared = _shared(counts)
    said = {of: _attributes(one for one in of[1] if shared.get(one[0]) != one[1]) for of in counts}
    body = "".join(_render_child(child, said) for child in children)
    svg = f'<svg viewBox="0 0 {size[0]} {size[1]}"{_attributes(shared.items())}>{body}</svg>'
    if bad := _NO_XML.search(svg):
        raise ValueError(f"a character that a chart cannot have: {bad[0]!r}")
    return svg


def _gather(marks: Iterable[Mark]) -> list[_Piece | _Link]:
    """What is seen, in links where rows have addresses."""
    children: list[_Piece | _Link] = []
    links: dict[str, _Link] = {}
    for mark in marks:
        piece = _mark_to_piece(mark)
        if piece is None:
            continue
        address = mark.row.get("url")
        if not address:
            _append(children, piece)
        elif address in links:
            _append(links[address].pieces, piece)
        else:
            links[address] = _Link(address, [piece])
            children.append(links[address])
    return children


def _append(before: list[Any], piece: _Piece) -> None:
    """Put the piece at the end: paths of one look are one, the cells of a row, say."""
    last = before[-1] if before else None
    of = piece.shape.look_of
    if of[0] == "path" and isinstance(last, _Piece) and last.shape.look_of == of and last.tip == piece.tip:
        last.place += piece.place
    else:
        before.append(piece)


def _pieces(child: _Piece | _Link) -> Sequence[_Piece]:
    return child.pieces if isinstance(child, _Link) else (child,)


def _mark_to_piece(mark: Mark) -> _Piece | None:
    """The mark with what its row says; None where nothing would be seen."""
    layer, shape, row = mark
    tip = row.get("tip", "").removeprefix(TIP)
    if shape.look_of[0] == "path":
        path = shape.path_at(row["y"])
        return _Piece(shape, path, "", tip) if path else None
    words = str(row[layer.words]).strip()
    if not words:
        return None
    x = "" if shape.x == "0" else f' x="{shape.x}"'
    return _Piece(shape, f'{x} y="{render_number(shape.y + row["y"])}"', _render_words(words, layer.line, shape.x), tip)


def _render_words(words: str, line: float, x: str) -> str:
    """The words of a text, where it may have several lines each by itself."""
    if not line or "\n" not in words:
        return _escape(words)
    first, *more = words.split("\n")
    step = render_number(line)
    lines = (f'<tspan x="{x}" dy="{step}">{_escape(text)}</tspan>' for text in more)
    return f"<tspan>{_escape(first)}</tspan>{''.join(lines)}"


def _shared(counts: Counter[LookOf]) -> dict[str, str]:
    """The commonest value of what elements inherit: it is said once, at the root."""
    shared = {}
    for key, tags in INHERITED.items():
        values = Counter[str]()
        for (tag, look), count in counts.items():
            if tag in tags:
                values[dict(look)[key]] += count
        if values:
            ((shared[key], _),) = values.most_common(1)
    return shared


def _render_child(child: _Piece | _Link, said: Mapping[LookOf, str]) -> str:
    """An element with its tip, or a link with the first of those that its marks have."""
    if isinstance(child, _Piece):
        return _render_piece(child, said, child.tip)
    if not child.address.startswith(LINK_BASE):
        raise ValueError(f"an address of a chart that is not made by link(): {child.address[:80]!r}")
    tip = next((piece.tip for piece in child.pieces if piece.tip), "")
    pieces = "".join(_render_piece(piece, said) for piece in child.pieces)
    return f'<a href="{_quote(child.address.removeprefix(LINK_BASE))}">{_render_tip(tip)}{pieces}</a>'


def _render_piece(piece: _Piece, said: Mapping[LookOf, str], tip: str = "") -> str:
    shape, look = piece.shape, said[piece.shape.look_of]
    inside = f"{_render_tip(tip)}{piece.words}"
    if shape.look_of[0] == "text":
        return f"<text{look}{piece.place}>{inside}</text>"
    path = f' d="{piece.place}"'
    start = f"<path{look}{path}" if shape.line else f"<path{path}{look}"
    return f"{start}>{inside}</path>" if inside else f"{start}/>"


def _render_tip(tip: str) -> str:
    return f"<title>{_escape(tip)}</title>" if tip else ""


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {key}="{_quote(value)}"' for key, value in pairs)


def _escape(text: str) -> str:
    return escape(text, quote=False).replace("\r", "&#13;")


def _quote(value: str) -> str:
    """The value of an attribute: what would be read as a space is written as the character that it is."""
    quoted = _escape(value).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;") if quoted.split() != [quoted] else quoted
