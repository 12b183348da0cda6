"""Blocks of HTML that MkDocs need not look at: they wait outside of the Markdown, with a slot in their place.

Most of a large page is HTML that our templates made, and Markdown hands it on as it is. But Python-Markdown parses all
of it to find where it ends, and MkDocs once more: two thirds of the time that such a page takes. Source text is escaped
wherever it stands in HTML, so nothing in a document looks like a slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SMALL = 2_000
"""Characters of a block for which a slot is not worth while."""

_BEGIN = re.compile(r"^<(div|section|table|figure|ul|ol|dl|details|form)\b", re.MULTILINE)
_SLOT = re.compile(r'<div data-slot="(\d+)"></div>')
_NOT_RAW = re.compile(r'\smarkdown(=|[\s>])|<h[1-6][\s>]|data-slot="')
"""Markdown inside of a block, and headings, are MkDocs' business: the contents of a page are made of them."""


def blocks_to_slots(markdown: str) -> tuple[str, list[str]]:
    """The Markdown with slots, and the blocks that belong into them, in the order of their numbers."""
    parts: list[str] = []
    blocks: list[str] = []
    after = 0
    for start, end in _find_blocks(markdown):
        block = markdown[start:end]
        if len(block) >= SMALL and not _NOT_RAW.search(block):
            parts += [markdown[after:start], f'<div data-slot="{len(blocks)}"></div>']
            blocks.append(block)
            after = end
    return "".join([*parts, markdown[after:]]), blocks


def fill_slots(html: str, blocks: list[str]) -> str:
    """The page with the blocks in their slots. Raises ValueError where a slot was lost or stands twice."""
    slots = [int(number) for number in _SLOT.findall(html)]
    if slots != list(range(len(blocks))):
        message = f"slots {slots} for {len(blocks)} blocks"
        raise ValueError(message)
    return _SLOT.sub(lambda slot: blocks[int(slot[1])], html)


def _find_blocks(markdown: str) -> Iterator[tuple[int, int]]:
    """Where blocks of HTML that stand by themselves begin and end: at a line, with blank lines around them."""
    place = 0
    while begin := _BEGIN.search(markdown, place):
        end = _find_end(markdown, begin.start(), begin[1])
        if end is None:
            return
        if _is_apart(markdown, begin.start(), end):
            yield begin.start(), end
        place = end


def _find_end(markdown: str, start: int, tag: str) -> int | None:
    """Behind the end tag of the element that begins there."""
    depth = 0
    for found in re.compile(rf"<(/?){tag}\b").finditer(markdown, start):
        depth += -1 if found[1] else 1
        if not depth:
            return markdown.find(">", found.end()) + 1
    return None


def _is_apart(markdown: str, start: int, end: int) -> bool:
    before = markdown[:start].endswith("\n\n") or not start
    return before and (markdown.startswith("\n\n", end) or not markdown[end:].strip())
