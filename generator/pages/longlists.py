"""Lists of any length: a long one comes in parts, small pages that lie beside the page of the list.

Up to ``Cutting.whole`` rows all stand in the page. Of more the page has the first part and says how many of how many it
shows; the others are read through links without a script, and fetched by ``list.js``, to which the links say what each
part holds. What is needed to count and cut is kept of each year (``YearPieces``); rows are read, year after year, when
a part is rendered.

A row is what ``lists.html`` shows; its ``data`` are the attributes that filters look at, its ``group`` the code of the
heading that it stands under. Rows of one group follow each other in the order of the list.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby
from typing import Any

import msgspec

from generator.pages.summaries import Summaries, Summary, YearRef

Row = dict[str, Any]
Values = frozenset[tuple[str, str]]
Read = Callable[[Sequence[YearRef] | None], Iterator[tuple[YearRef, Sequence[Row]]]]
"""The rows of these years, or of all, year after year in the order of the site."""
Order = Callable[[Row], str]
"""What rows are sorted by; those of equal order stand as the years do."""

_MARKUP = 280
"""Bytes of a row that are no words of its own: tags, classes, addresses."""


@dataclass(frozen=True)
class Cutting:
    """``whole``: as many rows stand in one page. ``size``: about as many bytes of rows has a part of a longer list."""

    whole: int = 2_000
    size: int = 250_000


CUTTING = Cutting()
"""How the lists of the site are cut."""


class KeptPiece(msgspec.Struct, frozen=True, array_like=True):
    """Rows of one year that follow each other in the list: ``rows`` of those of this ``order``, from ``start`` on.

    ``size`` is about how many bytes they take in a page, ``values`` are those of their attributes, ``digest`` is of
    all that they say.
    """

    order: str
    group: str
    start: int
    rows: int
    size: int
    values: tuple[tuple[str, str], ...]
    digest: bytes


class YearPieces(msgspec.Struct, frozen=True, array_like=True):
    """What a list needs to know of the rows of one year to be cut. ``counts``: attribute → value → rows."""

    pieces: tuple[KeptPiece, ...]
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Piece:
    """A piece of a list, with the year that its rows are of."""

    year: YearRef
    kept: KeptPiece


@dataclass(frozen=True)
class Part:
    """Pieces that lie in one file. ``first`` is the place of its first row in the whole list, counted from 1."""

    number: int
    first: int
    pieces: tuple[Piece, ...]

    @cached_property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(piece.kept.rows for piece in self.pieces)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The headings that its rows stand under, in their order."""
        return tuple(dict.fromkeys(piece.kept.group for piece in self.pieces))

    @cached_property
    def values(self) -> Values:
        """Every value of every attribute that one of its rows has."""
        return frozenset().union(*{piece.kept.values for piece in self.pieces})

    @property
    def file(self) -> str:
        """Its name in the folder of the list's page; the first part stands in the page itself."""
        return f"list-{self.number}.html" if self.number > 1 else ""


@dataclass(frozen=True)
class Plan:
    """How a list is cut, with what is said of the whole. ``counts``: attribute → value → rows; ``groups``: rows."""

    total: int
    counts: Mapping[str, Counter[str]]
    groups: Mapping[str, int]
    parts: tuple[Part, ...]

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Group → the file in which it begins; empty for what stands in the page of the list."""
        return {group: part.file for part in reversed(self.parts) for group in part.groups}


def read_pieces(
    summaries: Summaries, kind: Summary[YearPieces], read: Read, order: Order, cutting: Cutting
) -> Iterator[tuple[YearRef, YearPieces]]:
    """The pieces of all years: those that were kept of each, or, for parts of another size, cut now."""
    if cutting.size == CUTTING.size:
        yield from summaries.of(kind)
    else:
        yield from ((year, rows_to_pieces(rows, order, cutting.size)) for year, rows in read(None))


def plan_list(years: Iterable[tuple[YearRef, YearPieces]], cutting: Cutting) -> Plan:
    """Count the rows and cut their list."""
    counts: dict[str, Counter[str]] = {}
    pieces: list[Piece] = []
    for year, kept in years:
        for name, found in kept.counts.items():
            counts.setdefault(name, Counter()).update(found)
        pieces += [Piece(year, piece) for piece in kept.pieces]
    pieces.sort(key=lambda piece: piece.kept.order)
    total = sum(piece.kept.rows for piece in pieces)
    parts = pieces_to_parts(pieces, cutting.size if total > cutting.whole else None)
    return Plan(total, counts, _group_sizes(pieces), parts)


def rows_to_pieces(rows: Sequence[Row], order: Order, size: int = CUTTING.size) -> YearPieces:
    """The rows of a year by what they are sorted by, none larger than a part."""
    found: dict[str, list[Row]] = {}
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(order(row), []).append(row)
        for name, value in row["data"].items():
            counts.setdefault(name, Counter())[value] += 1
    pieces = tuple(piece for key, same in found.items() for piece in _same_to_pieces(key, same, size))
    return YearPieces(pieces, {name: dict(one) for name, one in counts.items()})


def _same_to_pieces(order: str, same: Sequence[Row], size: int) -> Iterator[KeptPiece]:
    start = 0
    for few, weight in _chunks(same, size):
        values = tuple(sorted({pair for row in few for pair in _pairs(row)}))
        digest = hashlib.sha256(msgspec.msgpack.encode(few)).digest()[:16]
        yield KeptPiece(order, few[0]["group"], start, len(few), weight, values, digest)
        start += len(few)


def _chunks(rows: Sequence[Row], size: int) -> Iterator[tuple[list[Row], int]]:
    """Rows of about as many bytes, at least one, and how many bytes; those of different groups apart."""
    few: list[Row] = []
    weight = 0
    for row in rows:
        added = row_size(row)
        if few and (weight + added > size or row["group"] != few[0]["group"]):
            yield few, weight
            few, weight = [], 0
        few.append(row)
        weight += added
    yield few, weight


def _pairs(row: Row) -> Iterator[tuple[str, str]]:
    for name, value in row["data"].items():
        yield from ((name, one) for one in value.split("|"))


def row_size(row: Row) -> int:
    """About how many bytes a row takes in a page."""
    return _MARKUP + sum(map(_text_size, row.values()))


def _text_size(value: Any) -> int:
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode())
    if isinstance(value, (list, tuple)):
        return sum(13 + _text_size(one) for one in value)
    return sum(len(name) + 9 + _text_size(one) for name, one in value.items()) if isinstance(value, Mapping) else 0


def _group_sizes(pieces: Iterable[Piece]) -> dict[str, int]:
    sizes: Counter[str] = Counter()
    for piece in pieces:
        sizes[piece.kept.group] += piece.kept.rows
    return dict(sizes)


def pieces_to_parts(pieces: Sequence[Piece], size: int | None) -> tuple[Part, ...]:
    """Cut where it grows too large, and between cities where that can be; without a size there is one part."""
    if size is None:
        return (Part(1, 1, tuple(pieces)),) if pieces else ()
    boxes: list[list[Piece]] = []
    weight = 0
    for unit in _units(pieces, size):
        added = sum(piece.kept.size for piece in unit)
        if not boxes or weight + added > size:
            boxes.append([])
            weight = 0
        boxes[-1] += unit
        weight += added
    return tuple(_number(boxes))


def _units(pieces: Sequence[Piece], size: int) -> Iterator[list[Piece]]:
    """Pieces of one city that follow each other stay together, unless they are too many for a part."""
    for _, run in groupby(pieces, key=lambda piece: (piece.kept.order, piece.year.place.slug)):
        unit = list(run)
        if sum(piece.kept.size for piece in unit) <= size:
            yield unit
        else:
            yield from ([piece] for piece in unit)


def _number(boxes: Iterable[Sequence[Piece]]) -> Iterator[Part]:
    first = 1
    for number, box in zip(count(1), boxes):
        part = Part(number, first, tuple(box))
        first += part.rows
        yield part


def read_part(read: Read, part: Part, order: Order) -> list[Row]:
    """The rows of a part, in the order of the list."""
    found: dict[tuple[str, str], list[Row]] = {}
    for year, rows in read(list({piece.year.path: piece.year for piece in part.pieces}.values())):
        for row in rows:
            found.setdefault((year.path, order(row)), []).append(row)
    return [
        row
        for piece in part.pieces
        for row in found[piece.year.path, piece.kept.order][piece.kept.start : piece.kept.start + piece.kept.rows]
    ]
