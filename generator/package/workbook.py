"""Tables → one XLSX workbook for people who live in Excel, and such a workbook read back. Same tables, same bytes.

Text is text whatever it starts with. A number that Excel would round (more than 15 digits) is written as text; a text
too long for a cell is cut, and says so. xlsxwriter makes the workbook; rows are written by ``sheetrows``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from generator.errors import Problem
from generator.package.compare import Held, compare_tables, first_few
from generator.package.sheetrows import CellStyles, cut_text, head_to_xml, name_controls, rows_to_xml
from generator.package.sheets import Published, Sheet, package_problem
from generator.package.subsets import Subset
from generator.package.texts import TextRows
from generator.package.values import Value, Values, double_to_decimal, fits_double
from generator.schemas import TableSchema

_CREATED = datetime(1980, 1, 1)
_WIDTHS = {"text": 60, "message_zh": 60, "message_en": 60, "measure": 30, "note": 30, "title": 40, "unit": 14}


def write_workbook(
    target: BinaryIO | Path,
    read: Callable[[TableSchema], TextRows],
    counts: Mapping[str, int],
    schemas: Sequence[TableSchema],
    subset: Subset,
) -> None:
    """A sheet a table, of the rows that ``read`` gives, so many as ``counts`` says.

    Into a file, rows wait on the disk beside it; into a buffer, in memory. Raises OSError where the disk is full.
    """
    options: dict[str, Any] = {"in_memory": True}
    if isinstance(target, Path):
        options = {"in_memory": False, "tmpdir": str(target.parent)}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {
            "title": subset.title_zh,
            "author": subset.publication.publisher.name.zh,
            "comments": ", ".join(licence.name for licence in subset.publication.licenses),
            "created": _CREATED,
        }
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    # Without the prefix, a cell that is opened to be edited would become the formula that its text looks like.
    formats = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"quote_prefix": True})
    for schema in schemas:
        sheet = book.add_worksheet(schema.name, worksheet_class=_RowSheet)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(schema.columns):
            sheet.set_column(index, index, _WIDTHS.get(column.name, 18))
        sheet.fill(_sheet_to_xml(schema, read, head, formats), counts[schema.name], len(schema.columns))
    try:
        book.close()
    except XlsxWriterException as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise


def _sheet_to_xml(
    schema: TableSchema, read: Callable[[TableSchema], TextRows], head: Any, formats: tuple[Any, Any]
) -> Iterator[str]:
    """The rows of a sheet. Styles get their numbers when they are first asked for, so in the order of the sheets."""
    yield head_to_xml(schema, head._get_xf_index())
    styles = CellStyles(*(one._get_xf_index() for one in formats))
    yield from rows_to_xml(schema, read(schema), styles)


class _RowSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose rows are XML already. xlsxwriter itself takes four times as long, a call a cell."""

    def fill(self, rows: Iterator[str], count: int, width: int) -> None:
        """Take the header and ``count`` rows of so many columns; they are asked for when the book is closed."""
        self._rows = rows
        self._check_dimensions(0, 0)
        self._check_dimensions(count, width - 1)

    def _write_sheet_data(self) -> None:
        self._xml_start_tag("sheetData")
        self.fh.writelines(self._rows)
        self._xml_end_tag("sheetData")


def _read_form(value: Value) -> Value:
    """How a value that a workbook holds is read back: openpyxl leaves a text as it stands in its cell."""
    if isinstance(value, Decimal) and not fits_double(value):
        return format(value, "f")
    return name_controls(cut_text(value)) if isinstance(value, str) else value


def check_workbook(path: Path, published: Published) -> Iterator[Problem]:
    """What is wrong with a workbook: damage, formulas, and rows that are not those of the package."""
    import openpyxl

    tables: dict[str, list[Values]] = {}
    problems: list[Problem] = []
    try:
        with path.open("rb") as file:
            for grid in openpyxl.load_workbook(file, read_only=True):
                rows = _read_grid(grid, published.sheets.get(grid.title), path, problems)
                if rows is not None:
                    tables[grid.title] = rows
    except Exception as error:  # whatever openpyxl trips over in a damaged file
        found = str(error).partition("\n")[0] or type(error).__name__
        yield package_problem(path, 0, "xlsx", found, "a whole workbook")
        return
    yield from first_few(problems, path, "its sheets")
    yield from compare_tables(Held(path, tables, first_line=2), published, _read_form)


def _read_grid(grid: Any, sheet: Sheet | None, path: Path, problems: list[Problem]) -> list[Values] | None:
    """The rows of a sheet; none of one that is not published, None where it has other columns."""
    lines: Iterator[tuple[Any, ...]] = grid.iter_rows()
    head = ["" if cell.value is None else str(cell.value).partition("\n")[2] for cell in next(lines, ())]
    if sheet is None:
        return []
    width = len(sheet.kinds)
    if head[:width] != list(sheet.kinds) or any(head[width:]):
        return None
    rows = []
    for number, cells in enumerate(lines, start=2):
        problems += _check_cells(path, number, grid.title, cells, width)
        # Cells after the last that holds something are not there, and are empty.
        values = [cell.value for cell in cells[:width]] + [None] * (width - len(cells))
        rows.append(tuple(_read_value(value, kind) for value, kind in zip(values, sheet.kinds.values(), strict=True)))
    return rows


def _check_cells(path: Path, number: int, name: str, cells: Sequence[Any], columns: int) -> Iterator[Problem]:
    for index, cell in enumerate(cells):
        if cell.data_type == "f":
            yield package_problem(path, number, "formula", f"{name} {cell.coordinate} is a formula", "text")
        if index >= columns and cell.value is not None:
            yield package_problem(
                path, number, "columns", f"{name} {cell.coordinate} holds something", "no such column"
            )


def _read_value(cell: Any, kind: str) -> Value:
    """A cell as a value of its column; one of another type stays as it is, and is found different."""
    if kind == "number" and type(cell) in (int, float):
        return double_to_decimal(cell) if isinstance(cell, float) else Decimal(cell)
    return cell.date() if kind == "date" and isinstance(cell, datetime) else cell
