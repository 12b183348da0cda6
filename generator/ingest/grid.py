"""Cells, paragraphs and headings → the lines of the canonical text that all readers write.

The form is described in ``generator/ingest/readers/__init__.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.ingest.limits import MAX_PLACES
from generator.ingest.refusals import refuse

#: Control, format and zero-width characters, and halves of surrogate pairs.
_UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Cell:
    """One cell with the rows and columns that it covers. Paragraphs of its text are divided by line feeds."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    heading: bool = False


def text_to_lines(text: str) -> list[str]:
    """The paragraphs of a text, each a line that no layout takes for a table row or a heading."""
    lines = (_tidy(line).replace("|", "｜") for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]", text))
    return [re.sub(r"^(#{1,6})(?=\s)", lambda marks: "＃" * len(marks[1]), line) for line in lines if line]


def heading_to_lines(text: str, level: int) -> list[str]:
    """A heading as one line: ``# `` for level 1. Empty for an empty heading."""
    title = " ".join(text_to_lines(text))
    return [f"{'#' * min(max(level, 1), 6)} {title}"] if title else []


def cells_to_lines(cells: Iterable[Cell]) -> list[str]:
    """The lines of a table: its rows with all their cells, and rows of one cell as paragraphs.

    Raises DocumentError for a table of more than ``MAX_PLACES`` places.
    """
    covered = _squeeze([cell for cell in cells if cell.rows > 0 and cell.columns > 0])
    if not covered:
        return []
    rows, width = _rows(covered)
    first = next((index for index, row in enumerate(rows) if len(_printed(row)) > 1), len(rows))
    head = _head_end(rows, first) if first < len(rows) else first
    heads = {_texts(row) for row in rows[first:head]}
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index >= head and _texts(row) in heads:
            continue  # the head again, at the top of a page
        if index < first or _is_title(row, width):
            lines += [line for cell in _printed(row) if cell.row == index for line in text_to_lines(cell.text)]
        elif _printed(row):
            lines.append(_row_to_line(row, width, repeats=index < head))
    return lines


def _tidy(text: str) -> str:
    """Runs of white space as one space; what is not printed (control and zero-width characters) taken out."""
    plain = re.sub(r"[\s\xa0]+", lambda run: "\u3000" if set(run[0]) == {"\u3000"} else " ", text)
    return _UNPRINTED.sub("", plain).strip()


def _squeeze(cells: list[Cell]) -> list[Cell]:
    """The cells without rows and columns in which no cell begins: Word and web pages are full of such columns."""
    tops = sorted({cell.row for cell in cells})
    lefts = sorted({cell.column for cell in cells})
    return [
        replace(
            cell,
            row=bisect_left(tops, cell.row),
            rows=_count(tops, cell.row, cell.rows),
            column=bisect_left(lefts, cell.column),
            columns=_count(lefts, cell.column, cell.columns),
        )
        for cell in cells
    ]


def _count(starts: Sequence[int], first: int, length: int) -> int:
    return bisect_right(starts, first + length - 1) - bisect_left(starts, first)


def _rows(cells: list[Cell]) -> tuple[list[list[Cell]], int]:
    """The cells that cover each row, from left to right, and the number of columns."""
    if sum(cell.rows * cell.columns for cell in cells) > MAX_PLACES:
        raise refuse(
            "too-large",
            f"a table of more than {MAX_PLACES} cells",
            "expected a table that a person reads",
            "remove its empty merged ranges",
        )
    rows: list[list[Cell]] = [[] for _ in range(max(cell.row for cell in cells) + 1)]
    for cell in sorted(cells, key=lambda cell: cell.column):
        for row in range(cell.row, min(cell.row + cell.rows, len(rows))):
            rows[row].append(cell)
    width = max(cell.column + cell.columns for cell in cells)
    full = [row for row in rows if len(row) > 1]
    counts = {len(row) for row in full}
    if len(counts) == 1 and all(sum(cell.columns for cell in row) == width for row in full):
        width = counts.pop()
        rows = [_in_order(row, width) for row in rows]
    return rows, width


def _in_order(row: list[Cell], width: int) -> list[Cell]:
    """Where all rows have as many cells, they are the columns, however the borders of the grid are shifted."""
    if len(row) <= 1:
        return [replace(cell, column=0, columns=width) for cell in row]
    return [replace(cell, column=column, columns=1) for column, cell in enumerate(row)]


def _head_end(rows: list[list[Cell]], first: int) -> int:
    """The row after the head of a table whose first row that is no title is ``first``.

    The head is that row, the rows that its cells reach down to, and rows that are marked as heads.
    """
    end = first
    if not any(_is_figure(cell.text) for cell in rows[first]):
        end = max(cell.row + cell.rows for cell in rows[first])
    while end < len(rows) and rows[end] and all(cell.heading for cell in rows[end]):
        end += 1
    return end


def _is_figure(text: str) -> bool:
    """Whether a cell holds a number: then its row is no head, and what it spans is a row of the body."""
    return re.fullmatch(r"\s*\d[\d.,%]*\s*", text) is not None


def _printed(row: list[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _texts(row: list[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in _printed(row))


def _is_title(row: list[Cell], width: int) -> bool:
    """Whether a row is one cell over all columns, or text in its first cell and in no other."""
    printed = _printed(row)
    return len(printed) == 1 and (printed[0].column == 0 or printed[0].columns == width)


def _row_to_line(row: list[Cell], width: int, *, repeats: bool) -> str:
    texts = [""] * width
    for cell in row:
        text = " ".join(text_to_lines(cell.text))
        for column in range(cell.column, min(cell.column + cell.columns, width)):
            texts[column] = text if repeats or column == cell.column else ""
    # A bar at the start keeps an empty first cell from being taken for the margin of a Markdown table.
    return ("" if texts[0] else "| ") + " | ".join(texts).rstrip(" ")


def sheets_to_text(sheets: Sequence[tuple[str, list[Cell]]]) -> str:
    """The canonical text of a workbook; its sheets are named where more than one has content."""
    filled = [(name, lines) for name, cells in sheets if (lines := cells_to_lines(cells))]
    lines = []
    for name, of_sheet in filled:
        lines += [*(heading_to_lines(name, 2) if len(filled) > 1 else ()), *of_sheet]
    return lines_to_text(lines)


def lines_to_text(lines: Iterable[str]) -> str:
    """Lines → text, each with a line feed at its end."""
    return "".join(f"{line}\n" for line in lines)
