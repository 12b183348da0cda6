"""Tables → one XLSX workbook for people who live in Excel. Same tables, same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from generator.package.subsets import Subset
from generator.schemas import TableSchema
from generator.tables import Row

_CREATED = datetime(1980, 1, 1)
_LONGEST_CELL = 32_767
_CUT = "……（过长，全文见 CSV / too long, see the CSV file）"
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
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for schema in schemas:
        sheet = book.add_worksheet(schema.name)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(schema.columns):
            sheet.set_column(index, index, _WIDTHS.get(column.name, 18))
            sheet.write_string(0, index, f"{column.title.zh}\n{column.name}", head)
        for line, row in enumerate(tables[schema.name], start=1):
            for index, value in enumerate(row.values()):
                _write_cell(sheet, line, index, value, day)
    book.close()
    return buffer.getvalue()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, index: int, value: object, day: xlsxwriter.format.Format
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, index, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, index, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, index, value, day)
    else:
        text = str(value)
        fits = len(text) <= _LONGEST_CELL
        sheet.write_string(line, index, text if fits else text[: _LONGEST_CELL - len(_CUT)] + _CUT)
