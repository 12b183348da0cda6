"""Bytes of a file → text. One small file a format; a format is told by the file's suffix.

A reader is a pure function from the bytes to the **canonical text**, which every offset of a register refers to:

- one paragraph a line, a heading as ``# `` to ``###### ``; no blank lines, lines end with a line feed; runs of white
  space are one space, control and zero-width characters are left out; a bar inside a text is full width (｜);
- a table row is a line of cells between `` | ``, blank cells too; a line feed inside a cell is a space. Rows have all
  their cells: one that is merged over rows stands in each of them; one that is merged over columns stands in each
  column of the head of a table, elsewhere in the first alone (what is repeated in the head names columns, what would
  be repeated in the body would be counted twice); a head of two lines stays two rows, and is left out where it is
  printed again at the top of a page;
- a row that is one cell over all columns, or has text in its first cell alone, is a paragraph; so is each cell of a
  table of one column;
- digits that are raised (a power, the mark of a footnote) are raised characters, so that they join no number;
- what is not shown (scripts, hidden elements and sheets, deleted text) is not in the text, nor are pictures.

Plain text and Markdown are taken as they are. Formats that are read by large libraries are read in a process of their
own, with limits of time and memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.errors import DocumentError, Problem
from generator.ingest.apart import limit_resources, read_apart
from generator.ingest.limits import LARGE_PAGE
from generator.ingest.readers import docx, html, pdf, plain, xls, xlsx
from generator.ingest.refusals import place

READERS = {
    ".txt": plain.decode,
    ".md": plain.decode,
    ".markdown": plain.decode,
    ".html": html.read,
    ".htm": html.read,
    ".docx": docx.read,
    ".xlsx": xlsx.read,
    ".xls": xls.read,
    ".pdf": pdf.read,
}
#: Read in a process of their own; pages of the web are when they are large.
APART = frozenset({".docx", ".xlsx", ".xls", ".pdf"})
PAGES = frozenset({".html", ".htm"})


def bytes_to_text(data: bytes, path: Path) -> str:
    """The text of a document.

    Raises DocumentError for a format that no reader knows, and for bytes that are not of the format.
    """
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise DocumentError(
            Problem(
                path,
                0,
                "format-unknown",
                f"suffix {path.suffix!r}",
                f"expected one of {', '.join(READERS)}",
                "convert the document to one of these",
            )
        )
    try:
        apart = suffix in APART or (suffix in PAGES and len(data) > LARGE_PAGE)
        text = read_apart(suffix, data) if apart else READERS[suffix](data)
    except DocumentError as error:
        raise place(error, path) from error.__cause__
    if text is None:
        raise DocumentError(
            Problem(
                path, 0, "not-text", "bytes of no known encoding", "expected UTF-8 or GB 18030", "convert it to UTF-8"
            )
        )
    return text


def serve() -> None:
    """The other end of ``read_apart``: bytes from standard input, the text or the refusal to standard output."""
    suffix, seconds = sys.argv[1:]
    limit_resources(int(seconds))
    answer, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    try:
        said: dict[str, object] = {"text": READERS[suffix](sys.stdin.buffer.read())}
    except DocumentError as error:
        one = error.problems[0]
        said = {"refused": [one.code, one.found, one.expected, one.remedy]}
    json.dump(said, answer)
