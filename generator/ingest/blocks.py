"""Text → blocks: headings, paragraphs and rows of flattened tables, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.ingest.documents import Document
from generator.text import Traced, squash

BlockKind = Literal["heading", "paragraph", "row"]

_HEADING = re.compile(r"(#{1,6})\s+")
_RULE = re.compile(r"[\s|:\-]+\Z")


@dataclass(frozen=True)
class Block:
    """One line that is not blank. ``gap`` counts the blank lines before it; ``cells`` are a row's, blank ones too."""

    kind: BlockKind
    text: Traced
    line: int
    gap: int = 0
    level: int = 0
    cells: tuple[Traced, ...] = ()


def document_to_blocks(document: Document) -> list[Block]:
    """The blocks of a document, in its order."""
    blocks: list[Block] = []
    gap = 0
    for line in document.body.lines():
        text = line.strip()
        if not text:
            gap += 1
            continue
        if (block := _line_to_block(text, document.line_of(text.start), gap)) is not None:
            blocks.append(block)
        gap = 0
    return blocks


def _line_to_block(text: Traced, line: int, gap: int) -> Block | None:
    if heading := _HEADING.match(text.text):
        return Block("heading", text[heading.end() :].strip("# "), line, gap, level=len(heading[1]))
    if "|" in text.text:
        if _RULE.match(text.text):
            return None
        cells = text.split(r"\|")
        if not cells[0].strip() and text.text.startswith("|"):
            cells = cells[1:]
        return Block("row", text, line, gap, cells=tuple(cell.strip() for cell in cells))
    return Block("paragraph", text, line, gap)


def drop_furniture(blocks: list[Block], patterns: tuple[str, ...]) -> list[Block]:
    """The blocks without those that belong to the page around the document (breadcrumbs, dates, share links)."""
    furniture = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    return [block for block in blocks if not furniture.search(block.text.text)]


def find_title(blocks: list[Block], title: str) -> int | None:
    """Index of the block that is a title; of the first that contains it where none is; None where none does."""
    wanted = squash(title)
    for matches in (str.__eq__, str.__contains__):
        for index, block in enumerate(blocks):
            if matches(squash(block.text.text), wanted):
                return index
    return None
