"""Small documents of every format, made in memory: the same paragraphs and the same table."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

Span = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column of a merged cell, all inclusive and counted from 0."""


@dataclass(frozen=True)
class Typed:
    """A document: paragraphs, then a table. Places that a span covers are blank but for its first."""

    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...] = ()

    def covered(self) -> set[tuple[int, int]]:
        """The places that spans cover, without the first of each."""
        return {
            (row, column)
            for top, left, bottom, right in self.spans
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }


def to_html(typed: Typed) -> bytes:
    """As Word saves it: GB 2312, every number in a span of its own, furniture around."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in typed.spans}
    lines = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>云溪</title>']
    lines += ["<style>td { color: red }</style></head><body><nav><a href='/'>首页</a></nav>"]
    lines += [f"<p><span style='font-family: 宋体'>{_words(text)}</span></p>" for text in typed.paragraphs]
    lines += ["<div style='display: none'>99个</div><table><tr><td><table>"]
    for row, cells in enumerate(typed.table):
        lines.append("<tr>")
        for column, text in enumerate(cells):
            rows, columns = spans.get((row, column), (1, 1))
            if (row, column) not in typed.covered():
                lines.append(f"<td rowspan={rows} colspan={columns}><p>{_words(text)}</p></td>")
    lines += ["</table></td></tr></table><script>var a = '98个';</script><footer>97个</footer></body></html>"]
    return "\n".join(lines).encode("gb18030")


def _words(text: str) -> str:
    words = "".join(f"<span lang=EN-US>{c}</span>" if c.isdigit() else escape(c) for c in text)
    return words.replace("\n", "<br>")


def to_docx(typed: Typed) -> bytes:
    """A Word document."""
    import docx

    document = docx.Document()
    for text in typed.paragraphs:
        document.add_paragraph(text)
    table = document.add_table(len(typed.table), len(typed.table[0]))
    for row, cells in enumerate(typed.table):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for top, left, bottom, right in typed.spans:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    return saved(document.save)


def to_xlsx(typed: Typed) -> bytes:
    """A workbook of Excel."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    first = len(typed.paragraphs) + 1
    for row, text in enumerate(typed.paragraphs, 1):
        sheet.cell(row, 1, text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(typed.table[0]))
    for row, cells in enumerate(typed.table):
        for column, text in enumerate(cells):
            if text:
                sheet.cell(first + row, 1 + column, int(text) if text.isdigit() else text)
    for top, left, bottom, right in typed.spans:
        sheet.merge_cells(start_row=first + top, start_column=1 + left, end_row=first + bottom, end_column=1 + right)
    return saved(workbook.save)


def to_xls(typed: Typed) -> bytes:
    """A workbook of Excel 97."""
    import xlwt

    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表一")
    first = len(typed.paragraphs)
    for row, text in enumerate(typed.paragraphs):
        sheet.write_merge(row, row, 0, len(typed.table[0]) - 1, text)
    for top, left, bottom, right in typed.spans:
        sheet.write_merge(first + top, first + bottom, left, right, typed.table[top][left])
    merged = typed.covered() | {(top, left) for top, left, _, _ in typed.spans}
    for row, cells in enumerate(typed.table):
        for column, text in enumerate(cells):
            if text and (row, column) not in merged:
                sheet.write(first + row, column, int(text) if text.isdigit() else text)
    return saved(workbook.save)


def to_pdf(typed: Typed) -> bytes:
    """A PDF with rules around its cells. Its font is one that readers have built in, so that no font file is needed."""
    from reportlab.platypus import TableStyle

    spans = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in typed.spans]
    rows = [[pdf_paragraph(text) for text in cells] for cells in typed.table]
    widths = [_width(typed.table, column) for column in range(len(typed.table[0]))]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#000000"), *spans])
    return paragraphs_to_pdf(typed.paragraphs, [(rows, widths, style)])


def paragraphs_to_pdf(paragraphs: Sequence[str], tables: Sequence[tuple[Any, Any, Any]]) -> bytes:
    """Paragraphs, then tables (rows, widths, style), each on a page of its own from the second on."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

    story: list[Flowable] = [pdf_paragraph(text) for text in paragraphs]
    for index, (rows, widths, style) in enumerate(tables):
        story += [PageBreak()] if index else []
        story.append(Table(rows, colWidths=widths, style=style))
    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=landscape(A4))
    template.build(story, onFirstPage=_page_number, onLaterPages=_page_number)
    return file.getvalue()


def pdf_paragraph(text: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    return Paragraph(escape(text), style)


def _page_number(canvas: Any, document: Any) -> None:
    canvas.drawCentredString(400, 30, f"- {document.page} -")


def _width(table: Sequence[Sequence[str]], column: int) -> int:
    return min(220, 14 + 10 * max(len(row[column]) for row in table))


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


FORMATS: dict[str, Callable[[Typed], bytes]] = {
    "html": to_html,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "xls": to_xls,
    "pdf": to_pdf,
}
