"""Characters of a PDF page, each with its place, → lines of text, and lines → paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from generator.radicals import RADICALS

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: A gap wider than this share of a character is a space.
_GAP = 0.7
#: Most that a cell keeps free at each side, in points.
_PADDING = 8.0
_ITEM = re.compile(r"\s*(?:\d{1,2}[.、．](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])")
#: What begins no paragraph: before it a line was wrapped, whatever room it left.
_NEVER_FIRST = ("，", "。", "；", "：", "、", "！", "？", "）", "》", "”", "%")
_ENDED = ("。", "；", ";", "！", "？", ":", "：")


@dataclass(frozen=True)
class Glyph:
    """One character with its box, in points from the top left of its page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Line:
    """One printed line. ``room`` is how far the margin or the border is from its last character."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    room: float = 0.0
    indent: float = 0.0


def char_to_glyph(char: Mapping[str, Any]) -> Glyph:
    """A character of pdfplumber with its radicals and compatibility ideographs mapped; lost ones as U+FFFD."""
    text = str(char["text"]).translate(RADICALS)
    text = "\ufffd" if text.startswith("(cid:") else "".join(map(_unified, text))
    return Glyph(text, float(char["x0"]), float(char["x1"]), float(char["top"]), float(char["bottom"]))


def drop_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters without those printed twice in one place, which is how some programs print bold."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Glyph] = []
    for glyph in glyphs:
        x, y = round(glyph.x0), round(glyph.top)
        if not any((glyph.text, x + right, y + down) in seen for right in (0, -1, 1) for down in (0, -1, 1)):
            kept.append(glyph)
        seen.add((glyph.text, x, y))
    return kept


def _unified(character: str) -> str:
    """U+F900 to U+FAFF are second code points of characters that have one already."""
    return unicodedata.normalize("NFC", character) if "\uf900" <= character <= "\ufaff" else character


def glyphs_to_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The printed lines, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        if rows and glyph.middle - rows[-1][-1].middle < 0.45 * max(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = [_row_to_line(sorted(row, key=lambda glyph: glyph.x0)) for row in rows]
    return [line for line in lines if line.text.strip()]


def _row_to_line(row: list[Glyph]) -> Line:
    size = median(glyph.size for glyph in row)
    middle = median(glyph.middle for glyph in row)
    text, end = "", row[0].x0
    for glyph in row:
        if glyph.x0 - end > _GAP * size and not text.endswith(" ") and glyph.text != " ":
            text += " "
        raised = glyph.size < 0.8 * size and middle - glyph.middle > 0.12 * size
        text += glyph.text.translate(_SUPERSCRIPT) if raised else glyph.text
        end = max(end, glyph.x1)
    return Line(text, row[0].x0, end, min(glyph.top for glyph in row), size)


def join_lines(lines: Sequence[Line]) -> str:
    """The lines of a cell or of a page as paragraphs divided by line feeds; wrapped lines are joined."""
    text = ""
    for index, line in enumerate(lines):
        if index:
            text += _glue(lines[index - 1], line)
        text += line.text.strip()
    return text


def _glue(above: Line, line: Line) -> str:
    """What stands between two lines: nothing (wrapped), a space (wrapped between Latin words), or a line feed."""
    if line.text.lstrip().startswith(_NEVER_FIRST):
        return ""
    starts_item = _ITEM.match(line.text) and above.text.rstrip().endswith(_ENDED)
    if starts_item or line.indent > line.size or above.room > _first_word(line) + 0.6 * line.size:
        return "\n"
    latin = above.text.rstrip()[-1:].isascii() and above.text.rstrip()[-1:].isalpha()
    return " " if latin and line.text.lstrip()[:1].isascii() and line.text.lstrip()[:1].isalpha() else ""


def _first_word(line: Line) -> float:
    """The width of what could not be left on the line above: a character with its punctuation, a number, a word."""
    match = re.match(r"[0-9A-Za-z.,%]+|.", line.text.strip())
    word = match[0] if match else ""
    return sum(line.size / 2 if character.isascii() else line.size for character in word)


def lines_in_box(lines: Iterable[Line], x0: float, x1: float) -> list[Line]:
    """The lines of a cell with the room that they left up to its border."""
    found = list(lines)
    free = [gap for line in found for gap in (line.x0 - x0, x1 - line.x1)]
    padding = min([_PADDING, *(max(gap, 0.0) for gap in free)])
    return [
        Line(line.text, line.x0, line.x1, line.top, line.size, x1 - x0 - 2 * padding - (line.x1 - line.x0))
        for line in found
    ]


def lines_on_page(lines: Iterable[Line]) -> list[Line]:
    """The lines of a page outside its tables, with room and indent by the margins that they keep."""
    found = list(lines)
    left, right = min((line.x0 for line in found), default=0.0), max((line.x1 for line in found), default=0.0)
    return [Line(line.text, line.x0, line.x1, line.top, line.size, right - line.x1, line.x0 - left) for line in found]
