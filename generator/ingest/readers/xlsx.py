"""XLSX workbooks: each visible sheet with its merged ranges, values as the sheet shows them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.ingest.archives import check_archive
from generator.ingest.displayed import value_to_text
from generator.ingest.grid import Cell, sheets_to_text
from generator.ingest.limits import MAX_PLACES
from generator.ingest.refusals import damage_refused, refuse

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?")


def read(data: bytes) -> str:
    """The canonical text of a workbook. Raises DocumentError for bytes that are none, and for an unsafe archive.

    A formula is shown by the value that was saved with it, and by itself where none was.
    """
    check_archive(data, "xlsx", "xl/workbook.xml")
    with damage_refused("xlsx"):
        _check_merged(data)
        values, formulas = _open(data, data_only=True), _open(data, data_only=False)
        sheets = [
            (sheet.title, _cells(sheet, formulas[sheet.title]))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    return sheets_to_text(sheets)


def _check_merged(data: bytes) -> None:
    """Raises DocumentError where a sheet merges more cells than a table may have: openpyxl makes an object of each."""
    from openpyxl.utils import range_boundaries

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.filename.startswith("xl/worksheets/"):
                continue
            merged = 0
            for reference in _merged_ranges(archive.read(info)):
                left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(reference))
                merged += max(0, right - left + 1) * max(0, bottom - top + 1)
            if merged > MAX_PLACES:
                raise refuse(
                    "too-large",
                    f"{merged} merged cells in {info.filename}",
                    f"expected at most {MAX_PLACES}",
                    "take the merging of empty rows and columns away",
                )


def _merged_ranges(sheet: bytes) -> Iterator[str]:
    """The references of the merged ranges of a sheet, without those that are damaged: openpyxl refuses these."""
    from lxml import etree

    if not any("mergeCell".encode(encoding) in sheet for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        return
    for _, element in etree.iterparse(io.BytesIO(sheet), tag="{*}mergeCell", no_network=True, resolve_entities=False):
        if _RANGE.fullmatch(reference := element.get("ref", "")):
            yield reference


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
