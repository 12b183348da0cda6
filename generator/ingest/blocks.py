"""Text → blocks: headings, paragraphs and rows of flattened tables, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.ingest.documents import Document
from generator.text import Traced, squash

BlockKind = Literal["heading", "paragraph", "row"]

_HEADING = re.compile(r"(#{1,6})\s+")
_RULE = re.compile(r"[\s|:\-]+\Z")


@dataclass(frozen=True)
class Block:
    """One line that is not blank. ``gap`` counts the blank lines before it; ``cells`` are a row's, blank ones too.

    ``over`` are the cells of the upper line where a row is the head of a table over two lines.
    """

    kind: BlockKind
    text: Traced
    line: int
    gap: int = 0
    level: int = 0
    cells: tuple[Traced, ...] = ()
    over: tuple[Traced, ...] = ()


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
            if block.kind == "row" and _heads_over_two_lines([*blocks[-2:], block]):
                block = _join_head(blocks.pop(), block)
            blocks.append(block)
        gap = 0
    return blocks


def _heads_over_two_lines(last: list[Block]) -> bool:
    """Whether the last block is the lower line of a head whose merged cells are expanded, as readers expand them.

    Cells merged over both lines stand in both; cells merged over columns stand in each of these in the upper line, over
    headings that differ. Rows of the body are none: one that is merged over rows has its number in both.
    """
    if len(last) < 2 or last[-2].kind != "row" or last[-2].over or (len(last) > 2 and last[-3].kind == "row"):
        return False
    upper, lower = ([cell.text for cell in block.cells] for block in last[-2:])
    if len(upper) != len(lower) or any(re.fullmatch(r"[\d.,%]+", cell) for cell in (*upper, *lower)):
        return False
    below = [index for index, cell in enumerate(lower) if cell != upper[index]]
    spanned = {index for index in below if upper[index] and upper[index] in upper[max(index - 1, 0) : index]}
    spanned |= {index - 1 for index in spanned}
    headings = [lower[index] for index in below]
    return len(upper) - len(below) >= 2 and 0 < len(below) == len(set(headings)) and spanned >= set(below)


def _join_head(upper: Block, lower: Block) -> Block:
    return replace(lower, text=Traced.join((upper.text, lower.text), glue="\n"), line=upper.line, over=upper.cells)


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


def drop_furniture(blocks: Sequence[Block], patterns: tuple[str, ...]) -> list[Block]:
    """The blocks without those that belong to the page around the document (breadcrumbs, dates, share links)."""
    furniture = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    return [block for block in blocks if not furniture.search(block.text.text)]


def find_title(blocks: Sequence[Block], title: str) -> int | None:
    """Index of the block that is a title; of the first that contains it where none is; None where none does."""
    wanted = squash(title)
    for matches in (str.__eq__, str.__contains__):
        for index, block in enumerate(blocks):
            if matches(squash(block.text.text), wanted):
                return index
    return None
