"""Tables → one XLSX workbook for people who live in Excel, and such a workbook read back. Same tables, same bytes.

Text is text whatever it starts with. A number that Excel would round (more than 15 digits) is written as text; a text
too long for a cell is cut, and says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from generator.errors import Problem
from generator.inert import starts_formula
from generator.package.compare import Held, compare_tables, first_few
from generator.package.sheets import Published, Sheet, package_problem
from generator.package.subsets import Subset
from generator.package.values import Value, Values, double_to_decimal, fits_double, normal_value
from generator.schemas import TableSchema
from generator.tables import Row

_CREATED = datetime(1980, 1, 1)
_LONGEST_CELL = 32_767
_CUT = "……（过长，全文见 CSV / too long, see the CSV file）"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_WIDTHS = {"text": 60, "message_zh": 60, "message_en": 60, "measure": 30, "note": 30, "title": 40, "unit": 14}


def tables_to_workbook(tables: Mapping[str, Sequence[Row]], schemas: Sequence[TableSchema], subset: Subset) -> bytes:
    """A sheet a table. Text is written as text whatever it starts with, so nothing becomes a formula or a link."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": subset.title_zh,
            "author": subset.publication.publisher.name.zh,
            "comments": ", ".join(licence.name for licence in subset.publication.licenses),
            "created": _CREATED,
        }
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        # Without it, a cell that is opened to be edited would become the formula that its text looks like.
        str: book.add_format({"quote_prefix": True}),
    }
    for schema in schemas:
        sheet = book.add_worksheet(schema.name)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(schema.columns):
            sheet.set_column(index, index, _WIDTHS.get(column.name, 18))
            sheet.write_string(0, index, f"{column.title.zh}\n{column.name}", head)
        for line, row in enumerate(tables[schema.name], start=1):
            for index, value in enumerate(row.values()):
                _write_cell(sheet, line, index, stored_value(normal_value(value)), formats)
    book.close()
    return buffer.getvalue()


def stored_value(value: Value) -> Value:
    """How a workbook holds a value."""
    if isinstance(value, Decimal) and not fits_double(value):
        return format(value, "f")
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        return value[: _LONGEST_CELL - len(_CUT)] + _CUT
    return value


def _read_form(value: Value) -> Value:
    """How a value that a workbook holds is read back: what XML cannot say stands there as ``_x0001_``."""
    stored = stored_value(value)
    return _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", stored) if isinstance(stored, str) else stored


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, index: int, value: Value, formats: Mapping[type, Any]
) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, index, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, index, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, index, value, formats[date])
    elif value is not None:
        sheet.write_string(line, index, value, formats[str] if starts_formula(value) else None)


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
