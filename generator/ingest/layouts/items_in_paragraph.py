"""One paragraph that promises item by item: 一是…;二是…;三是…, or (1)…;(2)…, or ①…②….

2024年市政府决定办好三件实事。一是新增就业7.5万人,由市人社局牵头;二是新建幼儿园15所,由市教育局牵头;
三是改造小区180个,由市住建局牵头。以上实事于12月底前完成。

What the paragraph says after its last item is of all of them: the date by which they are done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import UNRANKED, blocks_to_lines, is_title
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.quantities import find_due
from generator.text import Traced

NAME = "items_in_paragraph"
SUREST = 0.82

_CHINESE = "一二三四五六七八九十"
#: Where an item begins: at the start, or behind what ends the one before.
_MARKS = (
    re.compile(rf"(?:(?<=^)|(?<=[。;；:：,，\s]))((?:十[一二三四五六七八九]?|[{_CHINESE}])是)[:：,，]?"),
    re.compile(r"(?:(?<=^)|(?<=[。;；:：,，\s]))[(（](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
#: One of these stands in every paragraph with such items.
_SIGNS = ("一是", "(1", "（1", "①")
#: Fewer items make no list.
_FEWEST = 3


@dataclass(frozen=True)
class _List:
    """The items of a paragraph with their numbers, and what it says after the last one."""

    line: int
    items: tuple[tuple[Traced, Traced], ...]
    rest: Traced


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when one paragraph holds three items or more that promise quantities, and most of what is written."""
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    lines = blocks_to_lines(blocks, reading)
    listed = _longest_list(blocks)
    items = listed.items if listed else ()
    promised = sum(counted(text.text, reading) and not reports(text.text, reading) for _, text in items)
    why = f"{promised} of {len(items)} items of one paragraph promise quantities"
    if len(items) < _FEWEST or promised < 0.75 * len(items):
        return 0.0, why
    if sum(line.rank < UNRANKED or not is_title(line) for line in lines) > len(items):
        return 0.3, f"{why}, but there are more paragraphs than items"
    length = sum(len(text) for _, text in items)
    share = length / sum(len(line.text) for line in lines)
    return (SUREST if share >= 0.5 else 0.3), f"{why}, {share:.0%} of the text"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each item."""
    listed = _longest_list(blocks)
    rows: list[Row] = []
    for number, text in listed.items if listed else ():
        fields = {"number": (number,), "text": (clean(text),)}
        if listed and find_due(listed.rest.text, reading.year):
            fields["due"] = (listed.rest,)
        rows.append(Row(fields=fields, line=listed.line if listed else 0))
    return rows


def _longest_list(blocks: Sequence[Block]) -> _List | None:
    found = [one for block in blocks for pattern in _MARKS if (one := _block_to_list(block, pattern))]
    return max(found, key=lambda one: len(one.items), default=None)


def _block_to_list(block: Block, pattern: re.Pattern[str]) -> _List | None:
    """The items of a block in one manner of numbering; what follows a full stop in the last one is none of it."""
    if block.kind == "row" or not any(sign in block.text.text for sign in _SIGNS):
        return None
    marks = list(pattern.finditer(block.text.text))
    if len(marks) < _FEWEST:
        return None
    ends = [mark.start() for mark in marks[1:]]
    last = block.text.text.find("。", marks[-1].end())
    ends.append(last + 1 if last >= 0 else len(block.text))
    items = tuple(
        (block.text[mark.start(1) : mark.end(1)].strip("是"), block.text[mark.end() : end].strip(" \t;；。,，"))
        for mark, end in zip(marks, ends, strict=True)
    )
    return _List(block.line, items, block.text[ends[-1] :].strip(" 。"))
