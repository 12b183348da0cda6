"""Web pages: what is shown, without scripts, forms and the furniture that HTML itself names (nav, footer, aside)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.ingest.grid import Cell, cells_to_lines, heading_to_lines, lines_to_text, text_to_lines
from generator.ingest.limits import MAX_BYTES, MAX_PLACES, MAX_SPAN
from generator.ingest.refusals import damage_refused, refuse, refuse_format

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template title head nav footer aside button select option textarea input iframe object "
        "embed applet svg math audio video canvas map datalist dialog del",
    )
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code dfn em font i img ins kbd label mark q rp rt ruby s samp small span "
        "strike strong sub sup time tt u var wbr",
    )
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|meta|div|p|table|tr|td|span|br|h[1-6]|ul|ol|li|a|b|font)\b", re.IGNORECASE
)
_CJK = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
#: A line of the file ends inside a Chinese sentence without a space being meant.
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Characters in a thousand that a page may have lost.
_LOST = 1


@dataclass
class _Table:
    """A table on the way: its cells so far, and which places of the current row cells from above cover."""

    cells: list[Cell] = field(default_factory=list)
    row: int = -1
    column: int = 0
    open: tuple[int, int, bool] | None = None
    covered: dict[int, int] = field(default_factory=dict)
    spanned: int = 0
    paragraphs: list[str] = field(default_factory=list)

    def start_row(self) -> None:
        self.row, self.column = self.row + 1, 0

    def start_cell(self, element: _Element) -> None:
        if self.row < 0:
            self.start_row()
        while self.covered.get(self.column, 0) > self.row:
            self.column += 1
            self._count(1)
        self.open = (_span(element, "rowspan"), _span(element, "colspan"), element.tag == "th")

    def _count(self, places: int) -> None:
        """Count the places of cells, and those that are passed over because cells from above cover them."""
        self.spanned += places
        if self.spanned > MAX_PLACES:
            raise refuse("too-large", "a table of millions of places", "expected a table", "correct its spans")

    def end_cell(self) -> None:
        if self.open is None:
            return
        rows, columns, heading = self.open
        self.cells.append(Cell(self.row, self.column, "\n".join(self.paragraphs), rows, columns, heading))
        self._count(columns)
        if rows > 1:
            self.covered |= dict.fromkeys(range(self.column, self.column + columns), self.row + rows)
        self.column += columns
        self.open, self.paragraphs = None, []


def read(data: bytes) -> str:
    """The canonical text of a page. Raises DocumentError for bytes that are no HTML, and for hopeless nesting."""
    if len(data) > MAX_BYTES:
        raise refuse("too-large", f"{len(data)} bytes", f"expected at most {MAX_BYTES}", "cut the page down")
    text = _decode(data)
    if not _TAG.search(text):
        raise refuse_format("html", "no HTML element")
    with damage_refused("html"):
        root = _parse(text)
    return lines_to_text(_Walk(root).lines) if root is not None else ""


def _decode(data: bytes) -> str:
    """The characters of a page, by its BOM or its meta element.

    libxml2 stops in silence at the first character that GB 2312 lacks; its superset GB 18030 has them all.
    """
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode(_encodings(data)[0], errors="replace")
    if text.count("\ufffd") * 1000 > len(text) * _LOST:
        raise refuse_format("html", "bytes of no known encoding")
    return text


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    named = _CHARSET.search(data[:4096])
    name = named[1].decode("ascii", "replace").lower() if named else ""
    if name.startswith(("gb", "x-gbk", "cp936", "chinese")):
        return ("gb18030", "utf-8")
    if name.startswith(("big5", "x-x-big5", "cp950")):
        return ("big5hkscs", "utf-8")
    return ("utf-8", "gb18030")


def _parse(text: str) -> _Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", text)
    root: _Element | None = etree.fromstring(clean.encode(), parser)
    # The parser would leave out the rest of such a page without a word.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise refuse(
            "too-deep",
            "elements nested more than 2000 deep",
            "expected a page that a browser shows",
            "save the page from a browser as text",
        )
    return root


class _Walk:
    """One way through the page from its start to its end, without recursion."""

    def __init__(self, root: _Element) -> None:
        self.lines: list[str] = []
        self._tables: list[_Table] = []
        self._data = _data_tables(root)
        self._inline: list[str] = []
        self._raised = 0
        self._walk(root)

    def _walk(self, root: _Element) -> None:
        from lxml import etree

        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                if _is_dropped(element):
                    events.skip_subtree()
                else:
                    self._start(element)
            else:
                if not _is_dropped(element):
                    self._end(element)
                if element is not root:
                    self._add(element.tail)
        self._flush()

    def _add(self, text: str | None) -> None:
        if text:
            self._inline.append(text.translate(_SUPERSCRIPT) if self._raised else text)

    def _start(self, element: _Element) -> None:
        tag = element.tag
        if tag not in _INLINE:
            self._flush()
        if tag == "sup":
            self._raised += 1
        if tag == "table" and element in self._data:
            self._tables.append(_Table())
        elif self._tables and tag == "tr" and self._own(element):
            self._tables[-1].start_row()
        elif self._tables and tag in {"td", "th"} and self._own(element):
            self._tables[-1].start_cell(element)
        self._add(element.text)

    def _end(self, element: _Element) -> None:
        tag = element.tag
        if tag == "sup":
            self._raised -= 1
        if tag in _INLINE:
            return
        self._flush(int(tag[1]) if re.fullmatch(r"h[1-6]", tag) and not self._tables else 0)
        if self._tables and tag in {"td", "th"} and self._own(element):
            self._tables[-1].end_cell()
        elif tag == "table" and element in self._data:
            self._end_table()

    def _own(self, element: _Element) -> bool:
        """Whether a row or cell belongs to the data table that is open, not to a table inside one of its cells."""
        return next(element.iterancestors("table"), None) in self._data

    def _end_table(self) -> None:
        lines = cells_to_lines(_clipped(self._tables.pop()))
        self._emit(lines)

    def _flush(self, level: int = 0) -> None:
        """The inline text so far as a paragraph, or as a heading of a level."""
        text = re.sub(r"[\r\n\t]+", " ", _WRAPPED.sub("", "".join(self._inline)))
        self._inline = []
        if text.strip():
            self._emit(heading_to_lines(text, level) if level else text_to_lines(text))

    def _emit(self, lines: list[str]) -> None:
        if self._tables:
            self._tables[-1].paragraphs += lines
        else:
            self.lines += lines


def _is_dropped(element: _Element) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    # The head of a page is furniture; that of an article, or one with the title in it, is not.
    if element.tag != "header" or element.find(".//h1") is not None:
        return False
    return next(element.iterancestors("article", "main"), None) is None


def _data_tables(root: _Element) -> set[_Element]:
    """The tables that hold data. One that holds tables is there for the layout, unless its other rows are data."""
    nested: set[_Element] = set()
    rows: dict[_Element, int] = {}
    for table in root.iter("table"):
        rows.setdefault(table, 0)
        outer = next(table.iterancestors("table"), None)
        if outer is not None:
            nested.add(outer)
    for row in root.iter("tr"):
        owner = next(row.iterancestors("table"), None)
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if owner is not None and len(cells) >= 3 and not any(cell.find(".//table") is not None for cell in cells):
            rows[owner] += 1
    data = {table for table, count in rows.items() if table not in nested or count >= 2}
    return {table for table in data if next(_outer_data(table, data), None) is None}


def _outer_data(table: _Element, data: set[_Element]) -> Iterator[_Element]:
    return (outer for outer in table.iterancestors("table") if outer in data)


def _span(element: _Element, name: str) -> int:
    """A row or column span, at least 1. The standard's rowspan 0 (all rows below) is cut to the table later."""
    digits = re.match(r"\s*([0-9]{1,6})", element.get(name, ""))
    value = int(digits[1]) if digits else 1
    return min(value, MAX_SPAN) or (MAX_SPAN if name == "rowspan" else 1)


def _clipped(table: _Table) -> Iterator[Cell]:
    """The cells of a table, none reaching below its last row."""
    for cell in table.cells:
        yield Cell(
            cell.row, cell.column, cell.text, min(cell.rows, table.row + 1 - cell.row), cell.columns, cell.heading
        )
