"""PDF documents with text: paragraphs, and tables between rules, over all pages."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.ingest.grid import cells_to_lines, lines_to_text, text_to_lines
from generator.ingest.limits import MAX_BYTES, MAX_PAGES
from generator.ingest.pdf_lines import (
    Glyph,
    Line,
    char_to_glyph,
    drop_doubles,
    glyphs_to_lines,
    join_lines,
    lines_on_page,
)
from generator.ingest.pdf_tables import PdfTable, bounds_to_table, goes_on, join_tables, table_to_cells
from generator.ingest.refusals import damage_refused, refuse, refuse_format

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfplumber.page import Page

#: A rule that is nearer to the end of others than this crosses them there, in points.
_NEAR = 4
#: Share of characters whose meaning the file does not say.
_MAX_LOST = 0.01
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–·~ ]*\d{1,4}[-—–·~ ]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4})\s*")


@dataclass(frozen=True)
class _Printed:
    """What stands on one page: lines and tables with the height at which they begin."""

    lines: tuple[Line, ...]
    tables: tuple[tuple[float, PdfTable], ...]
    pictures: int


def read(data: bytes) -> str:
    """The canonical text of a document.

    Raises DocumentError for bytes that are none, for one that is locked or too long, and for pages that are pictures
    of text (``pdf-no-text``).
    """
    if b"%PDF-" not in data[:1024]:
        raise refuse_format("pdf", "no PDF header")
    if len(data) > MAX_BYTES:
        raise refuse("too-large", f"{len(data)} bytes", f"expected at most {MAX_BYTES}", "save the pages that matter")
    with damage_refused("pdf"):
        pages = _pages(data)
    _refuse_pictures(pages)
    return lines_to_text(_pages_to_lines(_without_furniture(pages)))


def _pages(data: bytes) -> list[_Printed]:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    from generator.ingest.pdf_fonts import bound_widths

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    bound_widths()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            _check_pages(pdf.doc)
            return [_page(_with_places_alone(page)) for page in pdf.pages]
    except PdfminerException as error:
        if not error.args or type(error.args[0]).__name__ != "PDFPasswordIncorrect":
            raise
        raise refuse(
            "pdf-locked", "a password protects it", "expected a PDF that opens", "save it without a password"
        ) from None


def _check_pages(document: PDFDocument) -> None:
    """Raises DocumentError where there are too many pages, before any is made: a tree of pages can name one often."""
    from pdfminer.pdfpage import PDFPage

    if len([*islice(PDFPage.create_pages(document), MAX_PAGES + 1)]) > MAX_PAGES:
        raise refuse(
            "too-large",
            f"more than {MAX_PAGES} pages",
            f"expected at most {MAX_PAGES}",
            "save the pages that matter as a file of their own",
        )


def _with_places_alone(page: Page) -> Page:
    """The page, which tells of its characters what they are and where they stand, and no colours, fonts or matrices.

    These are the most of what pdfplumber does for a character, and nothing here asks for them.
    """
    whole = page.process_object
    left, above = page.mediabox[:2]
    foot = page.height

    def place(item: Any) -> dict[str, Any]:
        if type(item).__name__ != "LTChar":
            return whole(item)
        return {
            "object_type": "char",
            "text": item.get_text(),
            "upright": item.upright,
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "top": (foot - item.y1) + above,
            "bottom": (foot - item.y0) + above,
        }

    page.process_object = place  # type: ignore[method-assign, assignment]
    return page


def _page(page: Page) -> _Printed:
    chars = page.chars
    upright = [char for char in chars if char["upright"]]
    # Text across the page is a watermark, unless the whole page is turned.
    outside = drop_doubles(char_to_glyph(char) for char in (upright if len(upright) * 2 > len(chars) else chars))
    found = [table for table in page.find_tables(_settings(page)) if len(table.cells) > 1]
    tables = []
    for table in found:
        x0, top, x1, bottom = table.bbox
        inside = [glyph for glyph in outside if _is_inside(glyph, x0, top, x1, bottom)]
        held = set(map(id, inside))
        outside = [glyph for glyph in outside if id(glyph) not in held]
        tables.append((top, bounds_to_table(table.cells, inside)))
    lines = tuple(lines_on_page(glyphs_to_lines(outside)))
    page_printed = _Printed(lines, tuple(tables), len(page.images))
    page.close()
    return page_printed


def _settings(page: Page) -> dict[str, object]:
    """How tables are found: by their rules, and where rules end at the edge of a page with none across them."""
    across = [edge["top"] for edge in page.horizontal_edges]
    ends = Counter(round(edge[side]) for edge in page.vertical_edges for side in ("top", "bottom"))
    missing = [end for end, count in ends.items() if count >= 3 and all(abs(end - y) > _NEAR for y in across)]
    return {"explicit_horizontal_lines": missing}


def _is_inside(glyph: Glyph, x0: float, top: float, x1: float, bottom: float) -> bool:
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom


def _refuse_pictures(pages: Sequence[_Printed]) -> None:
    texts = [_all_text(page) for page in pages]
    pictures = [number for number, page in enumerate(pages, 1) if not texts[number - 1].strip() and page.pictures]
    whole = "".join(texts)
    if pictures or not whole.strip():
        where = f"page {pictures[0]} has no text layer, it is a picture" if whole.strip() else "it has no text layer"
        raise refuse(
            "pdf-no-text",
            where,
            "expected a PDF with text, not a scan",
            "recognise its text with another program, check it, and use that",
        )
    if whole.count("\ufffd") > _MAX_LOST * len(whole):
        raise refuse(
            "pdf-no-unicode",
            f"{whole.count(chr(0xFFFD))} of {len(whole)} characters have no meaning that the file says",
            "expected fonts with a table of their characters",
            "fetch the document in another format",
        )


def _all_text(page: _Printed) -> str:
    cells = [box.text for _, table in page.tables for box in table.boxes]
    return "".join([*(line.text for line in page.lines), *cells])


def _without_furniture(pages: Sequence[_Printed]) -> list[_Printed]:
    """The pages without their numbers, and with running titles on the first page only."""
    times = Counter((line.text, round(line.top)) for page in pages for line in page.lines)
    running = {place for place, count in times.items() if count > max(2, len(pages) / 2)}
    kept: list[_Printed] = []
    for index, page in enumerate(pages):
        ends = {id(line) for line in (*page.lines[:1], *page.lines[-1:])}
        lines = tuple(
            line
            for line in page.lines
            if not (id(line) in ends and _PAGE_NUMBER.fullmatch(line.text))
            and (not index or (line.text, round(line.top)) not in running)
        )
        kept.append(_Printed(lines, page.tables, page.pictures))
    return kept


def _pages_to_lines(pages: Sequence[_Printed]) -> Iterator[str]:
    waiting: list[Line] = []
    open_table: PdfTable | None = None
    for page in pages:
        items: list[tuple[float, Line | PdfTable]] = [(line.top, line) for line in page.lines]
        items += page.tables
        for index, (_, item) in enumerate(sorted(items, key=lambda item: item[0])):
            if isinstance(item, PdfTable):
                yield from text_to_lines(join_lines(waiting))
                waiting = []
                if open_table is not None and index == 0 and goes_on(open_table, item):
                    open_table = join_tables(open_table, item)
                    continue
            if open_table is not None:
                yield from cells_to_lines(table_to_cells(open_table))
                open_table = None
            if isinstance(item, PdfTable):
                open_table = item
            else:
                waiting.append(item)
    yield from text_to_lines(join_lines(waiting))
    if open_table is not None:
        yield from cells_to_lines(table_to_cells(open_table))
