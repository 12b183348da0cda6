"""Typed documents → the bytes of a file, in each format that a writer is at hand for. Same document, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape

import xlsxwriter

from generator.bench.documents import Typed
from generator.bench.pdf import to_pdf

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_CREATED = (1980, 1, 1, 0, 0, 0)


def to_text(typed: Typed) -> bytes:
    """Lines, the cells of a row between bars."""
    return "\n".join([*typed.paragraphs, *(" | ".join(row) for row in typed.table)]).encode() + b"\n"


def to_html(typed: Typed) -> bytes:
    """A page with paragraphs and a table."""
    lines = ['<html><head><meta charset="utf-8"><title>云溪</title></head><body>']
    lines += [f"<p><span>{escape(text)}</span></p>" for text in typed.paragraphs]
    if typed.table:
        rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in typed.table)
        lines += ["<table>", *(f"<tr>{cells}</tr>" for cells in rows), "</table>"]
    return "\n".join([*lines, "</body></html>"]).encode()


def to_docx(typed: Typed) -> bytes:
    """A Word document, no more of it than a reader needs."""
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{"".join(_word(typed))}'
        "</w:body></w:document>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _CREATED), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _word(typed: Typed) -> Iterator[str]:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

    yield from map(paragraph, typed.paragraphs)
    if typed.table:
        columns = "".join("<w:gridCol/>" for _ in typed.table[0])
        yield f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>"
        for row in typed.table:
            yield f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        yield "</w:tbl>"


def to_xlsx(typed: Typed) -> bytes:
    """A workbook of one sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(*_CREATED)})
    sheet = book.add_worksheet()
    for index, row in enumerate([*((text,) for text in typed.paragraphs), *typed.table]):
        for column, cell in enumerate(row):
            sheet.write_string(index, column, cell)
    book.close()
    return buffer.getvalue()


#: Suffix → the writer of the format.
FORMATS: dict[str, Callable[[Typed], bytes]] = {
    "txt": to_text,
    "html": to_html,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pdf": to_pdf,
}

#: What is timed: every layout as text, a table and a list in the other formats, in a workbook a table alone.
CASES: tuple[tuple[str, str], ...] = (
    ("txt", "table"),
    ("txt", "list"),
    ("txt", "progress"),
    ("txt", "blocks"),
    ("html", "table"),
    ("html", "list"),
    ("docx", "table"),
    ("docx", "list"),
    ("xlsx", "table"),
    ("pdf", "table"),
    ("pdf", "list"),
)
