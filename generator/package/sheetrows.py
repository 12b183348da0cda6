"""Rows of text → rows of a worksheet in XML, as xlsxwriter writes them with ``constant_memory``, but faster.

Each text stands in its cell, so that a table needs no memory, however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

from generator.inert import FORMULA_STARTS, starts_formula
from generator.package.texts import TextRows
from generator.package.values import DOUBLE_DIGITS, fits_double
from generator.schemas import Column, TableSchema

_LONGEST_CELL = 32_767
_CUT = "……（过长，全文见 CSV / too long, see the CSV file）"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_CONTROL = re.compile("(_x[0-9a-fA-F]{4}_)")
_UNUSUAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x")
_REMEMBERED = 1 << 12
_AT_A_TIME = 500
_FIRST_DAY, _MISSING_DAY = date(1899, 12, 31), 59


@dataclass(frozen=True)
class CellStyles:
    """The numbers of the styles of cells: of dates, and of text that looks like a formula."""

    day: int
    guarded: int


def cut_text(text: str) -> str:
    """The text as a cell can hold it. Excel counts a character beyond the first 65,536 as two."""
    if len(text) * 2 <= _LONGEST_CELL or _units(text) <= _LONGEST_CELL:
        return text
    kept = text[: _LONGEST_CELL - len(_CUT)]
    while _units(kept) > _LONGEST_CELL - len(_CUT):
        kept = kept[: len(kept) - max(1, (_units(kept) - _LONGEST_CELL + len(_CUT)) // 2)]
    return kept + _CUT


def name_controls(text: str) -> str:
    """The text with what XML cannot say as ``_x0001_``, and what looks like that as ``_x005F_x0001_``."""
    return _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", _LIKE_CONTROL.sub(r"_x005F\1", text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def head_to_xml(schema: TableSchema, style: int) -> str:
    """The first row: the Chinese title of each column, below it its name."""
    titles = (_text_to_xml("\n".join((column.title.zh, column.name))) for column in schema.columns)
    cells = (
        f'<c r="{letters}1" s="{style}" t="inlineStr"><is>{title}</is></c>'
        for letters, title in zip(_letters(), titles, strict=False)
    )
    return f'<row r="1">{"".join(cells)}</row>'


def rows_to_xml(schema: TableSchema, rows: TextRows, styles: CellStyles) -> Iterator[str]:
    """The rows below it, each as a row of the sheet. They are written some hundred at a time, column by column."""
    writers = [_writer(column, letters, styles) for letters, column in zip(_letters(), schema.columns, strict=False)]
    waiting, first = iter(rows), 2
    while few := list(islice(waiting, _AT_A_TIME)):
        numbers = range(first, first + len(few))
        columns = [write(numbers, cells) for write, cells in zip(writers, zip(*few, strict=True), strict=True)]
        for number, cells in zip(numbers, zip(*columns, strict=True), strict=True):
            yield f'<row r="{number}">{"".join(cells)}</row>'
        first += len(few)


def _writer(column: Column, letters: str, styles: CellStyles) -> Callable[[Sequence[int], Sequence[str]], list[str]]:
    """What writes cells of a column: numbers of rows and texts → XML, nothing for nothing."""
    begin, write = f'<c r="{letters}', _rest_writer(column.type, styles)
    if column.type == "integer":
        return lambda numbers, cells: [
            f'{begin}{number}"><v>{cell}</v></c>' if cell else "" for number, cell in zip(numbers, cells, strict=True)
        ]
    return lambda numbers, cells: [
        f"{begin}{number}{write(cell)}" if cell else "" for number, cell in zip(numbers, cells, strict=True)
    ]


@cache
def _rest_writer(kind: str, styles: CellStyles) -> Callable[[str], str]:
    """What writes a cell of a column of this type from behind its number on. Most texts stand in many cells."""

    @lru_cache(_REMEMBERED)
    def write_text(cell: str) -> str:
        style = f' s="{styles.guarded}"' if cell[0] in FORMULA_STARTS and starts_formula(cell) else ""
        return f'"{style} t="inlineStr"><is>{_text_to_xml(cell)}</is></c>'

    def write_number(cell: str) -> str:
        if len(cell) > DOUBLE_DIGITS and not fits_double(Decimal(cell)):
            return write_text(cell)
        return f'"><v>{cell}</v></c>'

    @cache
    def write_date(cell: str) -> str:
        return f'" s="{styles.day}"><v>{_serial(cell)}</v></c>'

    def write_boolean(cell: str) -> str:
        return f'" t="b"><v>{int(cell == "true")}</v></c>'

    kinds: dict[str, Callable[[str], str]] = {"number": write_number, "date": write_date, "boolean": write_boolean}
    return kinds.get(kind, write_text)


def _text_to_xml(text: str) -> str:
    if len(text) * 2 > _LONGEST_CELL:
        text = cut_text(text)
    space = "" if text.strip() == text else ' xml:space="preserve"'
    if _UNUSUAL.search(text):
        text = name_controls(text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{space}>{text}</t>"


def _serial(day: str) -> int:
    """A date as Excel counts days, which has a 29th of February 1900."""
    days = (date.fromisoformat(day) - _FIRST_DAY).days
    return days + 1 if days > _MISSING_DAY else days


def _letters() -> Iterator[str]:
    """The names of columns: A, B, … Z, AA, AB, …"""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)
