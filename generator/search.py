"""The search index: what can be read in each page, each piece of text once, and how characters are folded.

``search/pages.json`` is fetched by the worker behind the search box (``search.js``) when the first letter is typed::

    fold      {"same": "養养…", "other": {"㎡": "平方米", …}}   see generator.folding; ``same`` is pairs
    statuses  {"met": "达到", …}                                words of the badges
    texts     ["新增老年助餐服务点227个", …]                    every paragraph, cell, list item of any page, once
    pages     [{"location": "yunxi/2024/livelihood-001.html", "title": 0, "texts": [0, 7, 23, 1],
                "status": "met", "wording": 5}, …]

``title`` and ``wording`` are numbers of texts. ``texts`` are runs: how many are passed over, how many follow one
another that stand in the page, and so on. A list repeats what it lists, and all pages of a kind have the same labels:
stored once, the text of the whole site takes little more than that of the commitments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from generator.folding import fold_table
from generator.pages.words import SHORT_STATUSES

INDEX = "search/pages.json"
"""Where the index is, from the root of the site."""

_SPACE = re.compile(r"\s+")
_LEFT_OUT = frozenset({"svg", "script", "style", "form", "nav", "template"})
"""Drawings (their tables are read), filters, and the ways to other pages: not what a page says."""
_UNSEEN = "dx-hidden"
"""Labels for listeners inside a sentence: a phrase is found across them."""
_LINED = "dx-quote"
"""Quotes, whose lines are those of the document: numbers at their ends do not run together."""
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
    | {"span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


@dataclass(frozen=True)
class PageText:
    """What can be read in a page: its first heading, and its pieces of text, in order."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Searched:
    """A page that is searched. ``wording`` is the official text, in commitments; ``status`` the code of theirs."""

    location: str
    page: PageText
    status: str = ""
    wording: str = ""


@dataclass
class _Texts:
    """Every text once, with its number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def render_index(pages: Iterable[Searched]) -> str:
    """The index as JSON. Results of equal rank are shown in the order that the pages have here."""
    texts = _Texts()
    entries = [_page_to_entry(page, texts) for page in pages]
    index = {
        "fold": _fold_to_json(fold_table()),
        "statuses": SHORT_STATUSES,
        "texts": list(texts.numbers),
        "pages": entries,
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _page_to_entry(searched: Searched, texts: _Texts) -> dict[str, Any]:
    title = texts.number(searched.page.title)
    entry: dict[str, Any] = {"location": searched.location, "title": title}
    numbers = {title, *(texts.number(text) for text in searched.page.texts)}
    if searched.status:
        entry["status"] = searched.status
    if wording := _SPACE.sub(" ", searched.wording).strip():
        entry["wording"] = texts.number(wording)
        numbers.add(entry["wording"])
    entry["texts"] = numbers_to_runs(numbers)
    return entry


def numbers_to_runs(numbers: Iterable[int]) -> list[int]:
    """Numbers as runs: skipped, taken, skipped, taken, … ``{0, 1, 5}`` is ``[0, 2, 3, 1]``."""
    runs: list[int] = []
    after = 0
    for number in sorted(set(numbers)):
        if runs and number == after:
            runs[-1] += 1
        else:
            runs += [number - after, 1]
        after = number + 1
    return runs


def runs_to_numbers(runs: Sequence[int]) -> list[int]:
    """The numbers that the runs stand for, ascending."""
    numbers: list[int] = []
    after = 0
    for skipped, taken in zip(runs[::2], runs[1::2], strict=True):
        numbers += range(after + skipped, after + skipped + taken)
        after += skipped + taken
    return numbers


def _fold_to_json(table: Mapping[str, str]) -> dict[str, Any]:
    return {
        "same": "".join(old + new for old, new in table.items() if len(new) == 1),
        "other": {old: new for old, new in table.items() if len(new) != 1},
    }


def read_page(html: bytes) -> PageText:
    """A finished page as it is found: all text of its ``<article>`` but drawings, forms and navigation.

    Each paragraph, cell, heading or label is a text of its own, so that a phrase is found inside one and never across
    two. A page without an article has no text.
    """
    article = lxml.html.document_fromstring(html, parser=_PARSER).find(".//article")
    if article is None:
        return PageText("", ())
    heading = article.find(".//h1")
    title = "" if heading is None else _SPACE.sub(" ", str(heading.xpath("string()"))).strip()
    return PageText(title, tuple(_texts_of(article)))


def _texts_of(article: lxml.html.HtmlElement) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _pieces_of(article):
        if piece is not None:
            pieces.append(piece)
        elif text := _SPACE.sub(" ", "".join(pieces)).strip():
            yield text
            pieces.clear()
        else:
            pieces.clear()


def _pieces_of(element: lxml.html.HtmlElement, *, lined: bool = False) -> Iterator[str | None]:
    """Text as it stands, and None wherever one piece ends and another begins.

    Elements with nothing between them, not even a space, stand apart on the page: a date and what is due. ``lined``:
    the page shows each line of the text as a line of its own.
    """
    edge, lined = element.tag not in _INLINE, lined or _shows_lines(element)
    if edge:
        yield None
    yield from _lines_of(element.text or "", lined=lined)
    for child in element:
        if _is_read(child):
            yield from _pieces_of(child, lined=lined)
        tail = child.tail or ("" if child.getnext() is None else None)
        yield from _lines_of(tail, lined=lined)
    if edge:
        yield None


def _shows_lines(element: lxml.html.HtmlElement) -> bool:
    return element.tag == "pre" or _LINED in (element.get("class") or "").split()


def _lines_of(text: str | None, *, lined: bool) -> Iterator[str | None]:
    if not lined or text is None:
        yield text
        return
    first, *others = text.split("\n")
    yield first
    for line in others:
        yield from (None, line)


def _is_read(element: lxml.html.HtmlElement) -> bool:
    return element.tag not in _LEFT_OUT and element.get("class") != _UNSEEN and element.get("hidden") is None
