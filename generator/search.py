"""The search index: one entry a page, plain text, and the table that folds Traditional into Simplified characters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from html.parser import HTMLParser
from typing import Any

import opencc

from generator.pages.commitment_page import CommitmentPage
from generator.pages.words import PROGRAMMES, SHORT_STATUSES, STATUSES, word_of

Entry = dict[str, Any]

_SPACE = re.compile(r"\s+")
_SKIPPED = frozenset({"svg", "script", "style", "form", "nav"})
_BLOCKS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "div", "h1", "h2", "h3", "summary", "caption", "figcaption", "br"}
)
_SEPARATOR = r"[\s\u3000]+"


def render_index(pages: Iterable[CommitmentPage], others: Sequence[Entry]) -> str:
    """The index as JSON in the form that Material hands to its worker: ``config`` and ``docs``."""
    index = {
        "config": {"lang": ["zh"], "separator": _SEPARATOR, "pipeline": [], "fold": fold_pairs()},
        "docs": [*(page_to_entry(page) for page in pages), *others],
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def page_to_entry(page: CommitmentPage) -> Entry:
    """A commitment as it is found: status, place, year and programme in the title, all its words in the text."""
    commitment = page.commitment
    status = f"{STATUSES[page.item.status].shape} {SHORT_STATUSES[page.item.status]}"
    where = [f"{page.year.place.zh} {page.year.year}", word_of(PROGRAMMES, page.programme).zh]
    return {
        "location": f"{page.year.path}/{page.file}.html",
        "title": f"〔{status}〕{page.title}",
        "text": _SPACE.sub(" ", " ".join([*_words(page), *where])).strip(),
        "tags": where,
        "boost": 1 if commitment.text else 0.5,
    }


def _words(page: CommitmentPage) -> list[str]:
    commitment = page.commitment
    parts = [commitment.text, commitment.section, commitment.category, commitment.leader, commitment.number]
    for responsibility in commitment.responsibilities:
        parts += [responsibility.unit, responsibility.official]
    for target in commitment.targets:
        parts += [target.measure, target.printed, *(share.area for share in target.allocations)]
    parts += [step.text for step in commitment.milestones]
    parts += [report.text for report in commitment.reports]
    parts += [wording.text for wording in commitment.restated]
    parts += [finding.message_zh for finding in page.item.findings]
    parts.append(commitment.id)
    return [part for part in dict.fromkeys(parts) if part]


def html_to_entry(location: str, html: str) -> Entry:
    """A rendered page as it is found: its first heading, and the text of its article.

    Left out: drawings, forms, scripts, and what is marked ``data-search-exclude`` (lists of what has pages of its own).
    """
    reader = _ArticleReader()
    reader.feed(html)
    reader.close()
    return {
        "location": location,
        "title": _SPACE.sub(" ", "".join(reader.title)).strip(),
        "text": _SPACE.sub(" ", "".join(reader.text)).strip(),
    }


class _ArticleReader(HTMLParser):
    """Collects the text of ``<article>``; ``skipping`` is the element that is left out, with its depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self.inside: list[str] = []
        self.skipping = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            self.depth += tag == self.skipping
        elif tag in _SKIPPED or "data-search-exclude" in dict(attrs):
            self.skipping, self.depth = tag, 1
        elif tag in ("article", "h1"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.depth -= tag == self.skipping
            self.skipping = self.skipping if self.depth else ""
        elif self.inside and self.inside[-1] == tag:
            self.inside.pop()
        if tag in _BLOCKS:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self.skipping or "article" not in self.inside:
            return
        (self.title if "h1" in self.inside else self.text).append(data)


@cache
def fold_pairs() -> str:
    """Every Traditional character with its Simplified one, as a string of pairs.

    Characters outside the basic plane are left out: the worker maps one UTF-16 unit to one.
    """
    converter = opencc.OpenCC("t2s")
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simplified = converter.convert("\n".join(characters)).split("\n")
    return "".join(
        old + new
        for old, new in zip(characters, simplified, strict=True)
        if old != new and len(new) == 1 and ord(new) < 0x10000
    )
