"""Blocks of HTML that MkDocs need not look at: they wait outside of the Markdown, with a slot in their place.

Most of a large page is HTML that our templates made, and Markdown hands it on as it is. But Python-Markdown parses all
of it to find where it ends, and MkDocs once more: two thirds of the time that such a page takes. Source text is escaped
wherever it stands in HTML, so nothing in a document looks like a slot. All of it is UTF-8, and a block is not copied
until its page is put together: a batch of large pages takes little more memory than their Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

SMALL = 2_000
"""Bytes of a block for which a slot is not worth while."""

_BEGIN = re.compile(rb"^<(div|section|table|figure|ul|ol|dl|details|form)\b", re.MULTILINE)
_SLOT = re.compile(rb'<div data-slot="(\d+)"></div>')
_NOT_RAW = re.compile(rb'\smarkdown(=|[\s>])|<h[1-6][\s>]|data-slot="')
"""Markdown inside of a block, and headings, are MkDocs' business: the contents of a page are made of them."""


def blocks_to_slots(markdown: bytes) -> tuple[bytes, list[memoryview]]:
    """The Markdown with slots, and the blocks that belong into them, in the order of their numbers."""
    whole = memoryview(markdown)
    parts: list[bytes | memoryview] = []
    blocks: list[memoryview] = []
    after = 0
    for start, end in _find_blocks(markdown):
        if end - start >= SMALL and not _NOT_RAW.search(markdown, start, end):
            parts += [whole[after:start], b'<div data-slot="%d"></div>' % len(blocks)]
            blocks.append(whole[start:end])
            after = end
    return b"".join([*parts, whole[after:]]), blocks


def fill_slots(html: bytes, blocks: Sequence[memoryview]) -> bytes:
    """The page with the blocks in their slots. Raises ValueError where a slot was lost or stands twice."""
    pieces: list[bytes | memoryview] = list(_SLOT.split(html))
    slots = [int(number) for number in pieces[1::2]]
    if slots != list(range(len(blocks))):
        message = f"slots {slots} for {len(blocks)} blocks"
        raise ValueError(message)
    pieces[1::2] = blocks
    return b"".join(pieces)


def _find_blocks(markdown: bytes) -> Iterator[tuple[int, int]]:
    """Where blocks of HTML that stand by themselves begin and end: at a line, with blank lines around them."""
    place = 0
    while begin := _BEGIN.search(markdown, place):
        end = _find_end(markdown, begin.start(), begin[1])
        if end is None:
            return
        if _is_apart(markdown, begin.start(), end):
            yield begin.start(), end
        place = end


def _find_end(markdown: bytes, start: int, tag: bytes) -> int | None:
    """Behind the end tag of the element that begins there."""
    depth = 0
    for found in _tags(tag).finditer(markdown, start):
        depth += -1 if found[1] else 1
        if not depth:
            return markdown.find(b">", found.end()) + 1
    return None


@cache
def _tags(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)%b\b" % tag)


def _is_apart(markdown: bytes, start: int, end: int) -> bool:
    before = markdown.endswith(b"\n\n", 0, start) or not start
    return before and (markdown.startswith(b"\n\n", end) or not markdown[end:].strip())
