"""XLSX workbooks: each visible sheet with its merged ranges, values as the sheet shows them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.ingest.archives import check_archive
from generator.ingest.displayed import value_to_text
from generator.ingest.grid import Cell, sheets_to_text
from generator.ingest.refusals import damage_refused

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def read(data: bytes) -> str:
    """The canonical text of a workbook. Raises DocumentError for bytes that are none, and for an unsafe archive.

    A formula is shown by the value that was saved with it, and by itself where none was.
    """
    check_archive(data, "xlsx", "xl/workbook.xml")
    with damage_refused("xlsx"):
        values, formulas = _open(data, data_only=True), _open(data, data_only=False)
        sheets = [
            (sheet.title, _cells(sheet, formulas[sheet.title]))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    return sheets_to_text(sheets)


def _open(data: bytes, *, data_only: bool) -> Workbook:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _cells(sheet: Worksheet, formulas: Worksheet) -> list[Cell]:
    spans = {
        (span.min_row, span.min_col): (span.max_row - span.min_row + 1, span.max_col - span.min_col + 1)
        for span in sheet.merged_cells.ranges
    }
    cells = []
    # Not iter_rows: one stray cell in the last row of a sheet would make a million rows of it.
    for place in sorted(sheet._cells):
        cell = sheet._cells[place]
        value = cell.value if cell.value is not None else formulas._cells[place].value
        text = value_to_text(value, str(cell.number_format))
        rows, columns = spans.get(place, (1, 1))
        if text or place in spans:
            cells.append(Cell(*place, text, rows, columns))
    return cells
