"""Code blocks of Markdown files and of built pages."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

_FENCED = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})[ {.]*(?P<language>[\w-]*)[^\n]*\n"
    r"(?P<text>.*?)(?:^(?P=indent)(?P=fence)|\Z)",
    re.MULTILINE | re.DOTALL,
)

_CITATION = re.compile(r"^@\w+\{|\[D[BS]/OL\]")  # BibTeX, and the mark of data in GB/T 7714


@dataclass(frozen=True)
class Block:
    """A code block: where it stands, its language ("" when it names none), its text.

    ``line`` is its line in a Markdown file; in a page it tells which of its blocks it is. ``answers`` names the table
    of its page that says what it prints, "" where none does.
    """

    origin: str
    line: int
    language: str
    text: str
    answers: str = ""

    def __str__(self) -> str:
        """Where it stands, as messages say it."""
        return f"{self.origin}:{self.line} ({self.language or 'no language'})"


def markdown_to_blocks(text: str, origin: str) -> list[Block]:
    """The fenced blocks of a Markdown text, also one that is never closed, which ends with the text."""
    return [
        Block(
            origin=origin,
            line=text.count("\n", 0, found.start()) + 1,
            language=found["language"],
            text=textwrap.dedent(found["text"]),
        )
        for found in _FENCED.finditer(text)
    ]


def page_to_blocks(page: Path, site: Path) -> list[Block]:
    """The ``<pre>`` blocks of a built page."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    origin = page.relative_to(site).as_posix()
    return [_element_to_block(element, origin, number) for number, element in enumerate(tree.iter("pre"), 1)]


def _element_to_block(element: etree._Element, origin: str, number: int) -> Block:
    classes = " ".join(str(one.get("class", "")) for one in element.iter("pre", "code"))
    language = re.search(r"\blanguage-([\w-]+)", classes)
    cited = _CITATION.search(_text_of(element))
    return Block(
        origin=origin,
        line=number,
        language=language[1] if language else "citation" if cited else "",
        text=_text_of(element),
        answers=str(element.get("data-dx-answers", "")),
    )


def _text_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def page_to_answers(page: Path) -> dict[str, list[list[str]]]:
    """The tables of a page that say what recipes print, by name: their cells, row by row."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    return {
        str(table.get("data-dx-answer")): [
            [_text_of(cell).strip() for cell in row.iter("td")]
            for row in table.iter("tr")
            if row.find("td") is not None
        ]
        for table in tree.iter("table")
        if table.get("data-dx-answer")
    }
