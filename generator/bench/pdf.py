"""Typed documents → PDF: text in the Chinese font that every reader of PDF knows by name, rules around cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from generator.bench.documents import Typed

_WIDTH, _HEIGHT, _MARGIN = 595, 842, 50
_SIZE, _LEADING = 10, 16
_LINE = (_WIDTH - 2 * _MARGIN) // _SIZE
#: The last columns are wider: they hold sentences.
_SHARES = (3, 6, 14, 5, 6, 5, 10)


class _Pages:
    """Pages on their way: drawing operators, and how far down the page the last one has come."""

    def __init__(self) -> None:
        self.done: list[list[str]] = [[]]
        self.top = _MARGIN

    def take(self, height: int) -> int:
        """Room of a height, on a new page where this one has none; its upper edge."""
        if self.top + height > _HEIGHT - _MARGIN:
            self.done.append([])
            self.top = _MARGIN
        top, self.top = self.top, self.top + height
        return top

    def write(self, text: str, x: int, top: int) -> None:
        """A line of text."""
        self.done[-1].append(f"BT /F {_SIZE} Tf {x} {_HEIGHT - top - 12} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def rule(self, x: int, top: int, width: int, height: int) -> None:
        """A box."""
        self.done[-1].append(f"{x} {_HEIGHT - top - height} {width} {height} re S")


def to_pdf(typed: Typed) -> bytes:
    """A PDF document: paragraphs indented by two characters, a table between rules."""
    pages = _Pages()
    for text in typed.paragraphs:
        for index, line in enumerate(_wrap(text, _LINE - 2, _LINE)):
            pages.write(line, _MARGIN + (0 if index else 2 * _SIZE), pages.take(_LEADING))
    for row in typed.table:
        _draw_row(pages, row)
    return _assemble(["\n".join(operators) for operators in pages.done])


def _draw_row(pages: _Pages, row: Sequence[str]) -> None:
    lefts = [0, *accumulate(_SHARES)]
    cells = [list(_wrap(cell, share - 1, share - 1)) for cell, share in zip(row, _SHARES, strict=False)]
    height = _LEADING * max(map(len, cells)) + 4
    top = pages.take(height)
    for left, share, lines in zip(lefts, _SHARES, cells, strict=False):
        x = _MARGIN + left * _SIZE
        pages.rule(x, top, share * _SIZE, height)
        for index, line in enumerate(lines):
            pages.write(line, x + _SIZE // 2, top + 2 + index * _LEADING)


def _wrap(text: str, first: int, other: int) -> Iterator[str]:
    yield text[:first]
    for start in range(first, len(text), other):
        yield text[start : start + other]


def _assemble(contents: Sequence[str]) -> bytes:
    """The objects of a file: catalogue, pages, font, and for each page its record and its content."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 752/Descent -271/CapHeight 737/StemV 58>>/DW 1000>>]>>"
    )
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(contents)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>", font]
    for index, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * index} 0 R>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    body, starts = b"%PDF-1.4\n", []
    pieces = [body]
    position = len(body)
    for number, text in enumerate(objects, 1):
        piece = f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
        starts.append(position)
        pieces.append(piece)
        position += len(piece)
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    pieces.append(
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{position}\n%%EOF\n".encode()
    )
    return b"".join(pieces)
