"""Tables of PDF pages: boxes between rules → cells; parts on several pages → one table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.ingest.grid import Cell
from generator.ingest.pdf_lines import Glyph, Line, glyphs_to_lines, join_lines, lines_in_box

#: Borders that are nearer to each other than this are one, in points.
_NEAR = 3.0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """One cell of a part: its left and right border, the rows that it covers, its lines."""

    x0: float
    x1: float
    row: int
    rows: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines as paragraphs."""
        return join_lines(self.lines)


@dataclass(frozen=True)
class PdfTable:
    """A table, or the part of it that stands on one page."""

    boxes: tuple[Box, ...]
    rows: int

    @property
    def x0(self) -> float:
        """Its left border."""
        return min(box.x0 for box in self.boxes)

    @property
    def x1(self) -> float:
        """Its right border."""
        return max(box.x1 for box in self.boxes)


def bounds_to_table(bounds: Sequence[Bounds], glyphs: Iterable[Glyph]) -> PdfTable:
    """The boxes (x0, top, x1, bottom) of a table on one page, filled with the characters that lie in them."""
    lefts, tops = _edges(b[0] for b in bounds), _edges(b[1] for b in bounds)
    at: dict[tuple[int, int], int] = {}
    rows: list[tuple[int, int]] = []
    for index, (x0, top, x1, bottom) in enumerate(bounds):
        first, last = _at(tops, top), _at(tops, bottom - _NEAR - 1)
        rows.append((first, last - first + 1))
        for row in range(first, last + 1):
            at |= {(row, column): index for column in range(_at(lefts, x0), _at(lefts, x1 - _NEAR - 1) + 1)}
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        place = _at(tops, glyph.middle, 0), _at(lefts, (glyph.x0 + glyph.x1) / 2, 0)
        if place in at:
            inside.setdefault(at[place], []).append(glyph)
    boxes = [
        Box(x0, x1, *rows[index], tuple(lines_in_box(glyphs_to_lines(inside.get(index, ())), x0, x1)))
        for index, (x0, _, x1, _) in enumerate(bounds)
    ]
    return PdfTable(tuple(boxes), len(tops))


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float, tolerance: float = _NEAR) -> int:
    return bisect_right(edges, value + tolerance) - 1


def goes_on(above: PdfTable, below: PdfTable) -> bool:
    """Whether a table at the top of a page goes on with the one at the foot of the page before: the same borders."""
    return abs(above.x0 - below.x0) <= 2 * _NEAR and abs(above.x1 - below.x1) <= 2 * _NEAR


def join_tables(above: PdfTable, below: PdfTable) -> PdfTable:
    """One table of two parts: without the repeated head, a row that was split across the pages put together."""
    below = _without_head(above, below)
    if not below.boxes:
        return above
    last = [box for box in above.boxes if box.row + box.rows == above.rows]
    first = [box for box in below.boxes if box.row == 0]
    if _splits(last, first):
        return _join_split(above, below, last)
    above, below = _filled(above, below, last)
    moved = [replace(box, row=box.row + above.rows) for box in below.boxes]
    return PdfTable((*above.boxes, *moved), above.rows + below.rows)


def _without_head(above: PdfTable, below: PdfTable) -> PdfTable:
    """The lower part without its first rows, as far as they are those of the upper part again."""
    same = 0
    while same < min(above.rows, below.rows) and _words(above, same) == _words(below, same) != ():
        same += 1
    kept = [replace(box, row=box.row - same) for box in below.boxes if box.row >= same]
    return PdfTable(tuple(kept), below.rows - same)


def _words(table: PdfTable, row: int) -> tuple[str, ...]:
    return tuple(box.text for box in sorted(table.boxes, key=lambda box: box.x0) if box.row == row and box.text)


def _above(box: Box, last: Sequence[Box]) -> Box | None:
    """The box of the last row above that a box of the next page lies under."""
    middle = (box.x0 + box.x1) / 2
    return next((one for one in last if one.x0 <= middle <= one.x1), None)


def _splits(last: Sequence[Box], first: Sequence[Box]) -> bool:
    """Whether the first row of a page goes on with the last of the page before.

    It does when cells are blank that were not, unless these are a few on the left: those were merged over rows.
    """
    ordered = sorted(first, key=lambda box: box.x0)
    blank = [not box.lines and (above := _above(box, last)) is not None and bool(above.lines) for box in ordered]
    if not ordered or not blank[0] or all(not box.lines for box in ordered):
        return False
    leading = blank.index(False) if False in blank else len(blank)
    return sum(blank) > leading or leading > len(blank) / 2


def _join_split(above: PdfTable, below: PdfTable, last: Sequence[Box]) -> PdfTable:
    more: dict[int, tuple[Line, ...]] = {}
    rest: list[Box] = []
    for box in below.boxes:
        if box.row:
            rest.append(replace(box, row=box.row + above.rows - 1))
        elif (upper := _above(box, last)) is not None:
            more[id(upper)] = more.get(id(upper), ()) + box.lines
    extra = {id(_above(box, last)): box.rows - 1 for box in below.boxes if box.row == 0}
    joined = [
        replace(box, lines=box.lines + more.get(id(box), ()), rows=box.rows + extra.get(id(box), 0))
        for box in above.boxes
    ]
    return PdfTable((*joined, *rest), above.rows + below.rows - 1)


def _filled(above: PdfTable, below: PdfTable, last: Sequence[Box]) -> tuple[PdfTable, PdfTable]:
    """Both parts, blank cells on the left of the lower one's first row made a part of the cells above them."""
    taken: dict[int, int] = {}
    kept: list[Box] = []
    left = True
    for box in sorted(below.boxes, key=lambda box: (box.row, box.x0)):
        upper = _above(box, last) if box.row == 0 and not box.lines and left else None
        left = left and (box.row > 0 or upper is not None)
        if upper is not None and upper.lines:
            taken[id(upper)] = box.rows
        else:
            kept.append(box)
    grown = [replace(box, rows=box.rows + taken.get(id(box), 0)) for box in above.boxes]
    return PdfTable(tuple(grown), above.rows), PdfTable(tuple(kept), below.rows)


def table_to_cells(table: PdfTable) -> list[Cell]:
    """The cells of a whole table."""
    lefts = _edges(box.x0 for box in table.boxes)
    return [
        Cell(
            box.row,
            (column := _at(lefts, box.x0)),
            box.text,
            box.rows,
            max(1, _at(lefts, box.x1 - _NEAR - 1) - column + 1),
        )
        for box in table.boxes
    ]
