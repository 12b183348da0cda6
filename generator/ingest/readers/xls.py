"""XLS workbooks (Excel 97 to 2003): each visible sheet with its merged ranges, values as the sheet shows them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.ingest.displayed import value_to_text
from generator.ingest.grid import Cell, sheets_to_text
from generator.ingest.limits import MAX_BYTES
from generator.ingest.refusals import damage_refused, refuse, refuse_format

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell as XlsCell
    from xlrd.sheet import Sheet


def read(data: bytes) -> str:
    """The canonical text of a workbook. Raises DocumentError for bytes that are none."""
    if data.startswith(b"PK"):
        raise refuse_format("xls", "a zip archive, as of XLSX")
    if not data.startswith((b"\xd0\xcf\x11\xe0", b"\x09")):
        raise refuse_format("xls", "no OLE2 file")
    if len(data) > MAX_BYTES:
        raise refuse("too-large", f"{len(data)} bytes", f"expected at most {MAX_BYTES}", "remove its pictures")
    with damage_refused("xls"):
        import xlrd

        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [(sheet.name, _cells(sheet, book)) for sheet in book.sheets() if not sheet.visibility]
    return sheets_to_text(sheets)


def _cells(sheet: Sheet, book: Book) -> list[Cell]:
    # xlrd gives ranges without their last row and column.
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    cells = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _text(sheet.cell(row, column), book)
            if text or (row, column) in spans:
                cells.append(Cell(row, column, text, *spans.get((row, column), (1, 1))))
    return cells


def _text(cell: XlsCell, book: Book) -> str:
    import xlrd

    form = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    number_format = book.format_map[form.format_key].format_str if form else "General"
    if cell.ctype == xlrd.XL_CELL_DATE:
        return value_to_text(xlrd.xldate_as_datetime(float(cell.value), book.datemode), number_format)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return value_to_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#ERROR"))
    return value_to_text(cell.value, number_format)
