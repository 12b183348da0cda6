"""DOCX documents: paragraphs and tables in the order of the document, with Word's own numbering and headings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.ingest.archives import check_archive
from generator.ingest.grid import Cell, cells_to_lines, heading_to_lines, lines_to_text, text_to_lines
from generator.ingest.numbering import Counter, Level
from generator.ingest.refusals import damage_refused

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: What a paragraph holds and does not show: deleted and moved text, codes of fields, the copy for old readers.
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_MC}Fallback"})
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(data: bytes) -> str:
    """The canonical text of a document. Raises DocumentError for bytes that are none, and for an unsafe archive."""
    check_archive(data, "docx", "word/document.xml")
    with damage_refused("docx"):
        import docx

        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        return lines_to_text(reader.lines(document.element.body))


class _Reader:
    """What paragraphs are read by: the levels of the styles and the lists of the document."""

    def __init__(self, document: Document) -> None:
        self._levels = dict(_style_levels(document))
        self._lists = dict(_style_lists(document))
        self._counter = Counter(_numbering(document))

    def lines(self, container: _Element) -> Iterator[str]:
        """The lines of a body or of a cell."""
        for block in _blocks(container):
            if block.tag == f"{_W}tbl":
                yield from cells_to_lines(self._cells(block))
            else:
                yield from self._paragraph(block)

    def _paragraph(self, paragraph: _Element) -> Iterator[str]:
        boxes = [box for box in paragraph.iter(f"{_W}txbxContent") if not _is_fallback(box)]
        for box in boxes:
            yield from self.lines(box)
        style = _value(paragraph, "pPr/pStyle")
        text = self._label(paragraph, style) + _text(paragraph)
        level = self._levels.get(style, 0)
        yield from heading_to_lines(text, level) if level else text_to_lines(text)

    def _label(self, paragraph: _Element, style: str) -> str:
        list_id, level = self._lists.get(style, ("", 0))
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            list_id, level = _list_of(own, list_id, level)
        return self._counter.label(list_id, level)

    def _cells(self, table: _Element) -> list[Cell]:
        cells: list[Cell] = []
        above: dict[int, int] = {}  # column → index of the cell that a merged one goes on with
        for row, element in enumerate(_unwrapped(table, f"{_W}tr")):
            column = int(_value(element, "trPr/gridBefore") or 0)
            for cell in _unwrapped(element, f"{_W}tc"):
                columns = max(1, int(_value(cell, "tcPr/gridSpan") or 1))
                if _goes_on(cell) and column in above:
                    first = cells[above[column]]
                    cells[above[column]] = replace(first, rows=row + 1 - first.row)
                else:
                    above[column] = len(cells)
                    cells.append(Cell(row, column, "\n".join(self.lines(cell)), 1, columns, _is_heading(element)))
                column += columns
        return cells


def _blocks(container: _Element) -> Iterator[_Element]:
    return _unwrapped(container, f"{_W}p", f"{_W}tbl")


def _unwrapped(container: _Element, *tags: str) -> Iterator[_Element]:
    """The elements of these tags in a container and in what merely wraps them (content controls, insertions)."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
        elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"}:
            waiting += reversed(element)


def _text(paragraph: _Element) -> str:
    """The text that a paragraph shows, without that of its text boxes."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN or element.tag == f"{_W}txbxContent":
            continue
        if element.tag == f"{_W}t":
            parts.append(_raised(element, element.text or ""))
        elif element.tag == f"{_W}tab":
            parts.append(" ")
        elif element.tag in _BREAKS:
            parts.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            waiting += reversed(element)
    return "".join(parts)


def _raised(element: _Element, text: str) -> str:
    run = element.getparent()
    raised = run is not None and _value(run, "rPr/vertAlign") == "superscript"
    hidden = run is not None and run.find(f"{_W}rPr/{_W}vanish") is not None
    return "" if hidden else text.translate(_SUPERSCRIPT) if raised else text


def _is_fallback(element: _Element) -> bool:
    return next(element.iterancestors(f"{_MC}Fallback"), None) is not None


def _goes_on(cell: _Element) -> bool:
    """Whether a cell goes on with the one above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _is_heading(row: _Element) -> bool:
    return row.find(f"{_W}trPr/{_W}tblHeader") is not None


def _value(element: _Element, path: str) -> str:
    """The w:val of the element at a path of names; empty when there is none."""
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return str(found.get(f"{_W}val", "")) if found is not None else ""


def _list_of(properties: _Element, list_id: str, level: int) -> tuple[str, int]:
    digits = _value(properties, "ilvl")
    return _value(properties, "numId") or list_id, int(digits) if digits.isdigit() else level


def _style_levels(document: Document) -> Iterator[tuple[str, int]]:
    """Style id → level of the headings that it makes: by its name, by its outline level, or by the style below it."""
    styles = {style.style_id: style.element for style in document.styles}
    for style_id in styles:
        for element in _style_chain(style_id, styles):
            name, outline = _value(element, "name"), _value(element, "pPr/outlineLvl")
            if match := _HEADING.match(name):
                yield style_id, int(match[1])
                break
            if name.lower() in {"title", "标题"} or (outline.isdigit() and int(outline) < 6):
                yield style_id, int(outline) + 1 if outline.isdigit() else 1
                break


def _style_chain(style_id: str, styles: dict[str, _Element]) -> Iterator[_Element]:
    """A style and those that it is based on. A broken document may base one on itself."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield styles[style_id]
        style_id = _value(styles[style_id], "basedOn")


def _style_lists(document: Document) -> Iterator[tuple[str, tuple[str, int]]]:
    """Style id → list and level, for styles that number their paragraphs."""
    for style in document.styles:
        properties = style.element.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            yield style.style_id, _list_of(properties, "", 0)


def _numbering(document: Document) -> dict[str, dict[int, Level]]:
    """List id → its levels, from the numbering part; empty where a document has none."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    root = getattr(part, "element", None)
    if root is None:
        return {}
    kinds = {
        kind.get(f"{_W}abstractNumId"): {
            int(level.get(f"{_W}ilvl", "0")): Level(
                int(_value(level, "start") or 1), _value(level, "numFmt"), _value(level, "lvlText")
            )
            for level in kind.findall(f"{_W}lvl")
        }
        for kind in root.findall(f"{_W}abstractNum")
    }
    return {str(one.get(f"{_W}numId")): kinds.get(_value(one, "abstractNumId"), {}) for one in root.findall(f"{_W}num")}
