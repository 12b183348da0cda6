"""A numbered list of commitments, most often each with the units that answer for it at its end.

一、养老服务
1.新增老年助餐服务点60个以上。(牵头单位:市民政局;配合单位:市财政局)
2.培训养老护理员1.2万人次。(责任单位:市人力社保局,完成时限:11月底)

Items are the lines of the numbering that most units stand under; wider numberings and titles are sections, narrower
ones and lines without a number belong to the item. A list without units counts when its items promise quantities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import UNRANKED, Line, blocks_to_lines, is_title, labelled_pieces, take_mark
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.ingest.units import answered_parts, names_units
from generator.text import Traced

NAME = "numbered_list"
SUREST = 0.9

_NOTHING = Traced("", ())
#: A title that ends with a full stop is no longer than this.
_TITLE = 24


@dataclass(frozen=True)
class _Item:
    """An item of the list: its own line, the lines that belong to it, and the title above."""

    lines: tuple[Line, ...]
    section: Traced

    @property
    def text(self) -> str:
        return "\n".join(line.whole.text for line in self.lines)

    @property
    def words(self) -> str:
        """The text without list numbers, which says what an item promises or reports."""
        return "\n".join(line.text.text for line in self.lines)


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when there are two items or more with units at their end, or three that promise quantities."""
    lines = blocks_to_lines(blocks, reading)
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    items = _lines_to_items(lines, reading)
    own = {name for line in lines for name, _, _ in labelled_pieces(line.text, reading)}
    if own - {"lead_units", "support_units", "leader", "due", "contact"}:
        return 0.3, f"lines that begin with labels of {', '.join(sorted(own))}"
    if items and sum(_heads_passage(item) for item in items) > 0.5 * len(items):
        return 0.4, f"{len(items)} numbered headings of passages"
    with_units = sum(names_units(item.text, reading) for item in items)
    told = sum(reports(item.words, reading) for item in items)
    if with_units >= 2 and with_units >= 0.5 * len(items):
        return (
            0.6 if told > 0.5 * len(items) else SUREST
        ), f"{with_units} of {len(items)} items name units, {told} report"
    promised = sum(counted(item.text, reading) and not reports(item.words, reading) for item in items)
    if len(items) >= 3 and promised >= 0.75 * len(items) and _count_on(items):
        return SUREST, f"{promised} of {len(items)} items promise quantities"
    return 0.2, f"{len(items)} items, {with_units} name units, {promised} promise quantities"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each item, or for each of its parts that have units of their own."""
    return [
        row
        for item in _lines_to_items(blocks_to_lines(blocks, reading), reading)
        for row in _item_to_rows(item, reading)
    ]


def _lines_to_items(lines: Sequence[Line], reading: Reading) -> list[_Item]:
    rank = _rank_of_items(lines, reading)
    items: list[_Item] = []
    section = _NOTHING
    open_item = False
    for line in lines:
        if line.rank == rank and rank < UNRANKED:
            items.append(_Item((line,), section))
            open_item = True
        elif (
            (is_title(line) or _entitles(line, rank))
            and line.rank != rank
            and (line.rank < rank or line.titled or not open_item)
        ):
            section, open_item = line.text, False
        elif line.rank < rank:
            open_item = names_units(line.text.text, reading)
            if open_item:
                items.append(_Item((line,), section))
        elif open_item and not _closes(line, items[-1], reading):
            items[-1] = _Item((*items[-1].lines, line), section)
        else:
            # A paragraph of another numbering (一是…) that names its own units is no part of the item before it.
            if not open_item and names_units(line.text.text, reading) and not _only_names_units(line, reading):
                items.append(_Item((line,), section))
            open_item = False
    items = _answered_together(items, reading)
    return _answered([part for item in items for part in _paragraphs_with_units(item, reading)], reading)


def _answered_together(items: list[_Item], reading: Reading) -> list[_Item]:
    """The items with the line of units that closes their section, where each section has one and no item its own.

    (一)教育 / 1.新建学校5所 / 2.建设食堂10个 / 牵头单位:市教育局: the bureau answers for both.
    """
    sections: dict[int, list[_Item]] = {}
    for item in items:
        sections.setdefault(item.section.start if item.section else -1, []).append(item)
    shared = [group[-1].lines[-1] for group in sections.values()]
    own = [line for item in items for line in item.lines if names_units(line.whole.text, reading)]
    together = -1 not in sections and len(shared) > 1 and own == shared and len(items) > len(shared)
    if not together or not all(labelled_pieces(line.whole, reading) for line in shared):
        return items
    return [
        item if item is group[-1] else _Item((*item.lines, line), item.section)
        for group, line in zip(sections.values(), shared, strict=True)
        for item in group
    ]


def _paragraphs_with_units(item: _Item, reading: Reading) -> list[_Item]:
    """Where a number only entitles paragraphs of which most name units of their own (一是…), each of those an item."""
    heading, *rest = item.lines
    named = [index for index, line in enumerate(rest) if names_units(line.whole.text, reading)]
    apart = len(named) >= 2 and len(named) > len(rest) / 2 and is_title(heading)
    if not apart or any(_only_names_units(rest[index], reading) for index in named):
        return [item]
    starts = [0, *(index + 1 for index in named[:-1])]
    return [
        _Item(tuple(rest[start:end]), heading.text) for start, end in zip(starts, [*starts[1:], len(rest)], strict=True)
    ]


def _only_names_units(line: Line, reading: Reading) -> bool:
    """Whether a line says nothing but who answers for the one above: it begins with such a label or is a bracket."""
    return bool(labelled_pieces(line.whole, reading)) or re.match(r"[(（][^()（）]*[)）]$", line.whole.text) is not None


def _entitles(line: Line, rank: int) -> bool:
    """Whether a line of a wider numbering is a title that ends with a full stop: (二)扩大有效投资。"""
    text = line.text.text
    return line.rank < rank and len(text) <= _TITLE and re.fullmatch(r"[^\d。,，;；:：]+。", text) is not None


def _answered(items: list[_Item], reading: Reading) -> list[_Item]:
    """The items of the sections in which units are named, where any are: others are about how the work is done."""
    sections = {item.section.start for item in items if names_units(item.text, reading)}
    return [item for item in items if item.section.start in sections] if sections else items


def _closes(line: Line, item: _Item, reading: Reading) -> bool:
    """Whether a line without number ends the list: a signature, a date, a paragraph set off from a close list."""
    if line.rank < UNRANKED or names_units(line.text.text, reading):
        return False
    apart = line.block.gap > item.lines[0].block.gap
    return apart or (is_title(line) and len(line.text) <= _TITLE)


def _rank_of_items(lines: Sequence[Line], reading: Reading) -> int:
    """The numbering under which most units stand; without units the one of most lines that state a quantity."""
    ranks: Counter[int] = Counter()
    above = UNRANKED
    for line in lines:
        above = line.rank if line.rank < UNRANKED else above
        if names_units(line.text.text, reading):
            ranks[above] += 1
    if not ranks:
        ranks.update(line.rank for line in lines if line.rank < UNRANKED and counted(line.text.text, reading))
    return ranks.most_common(1)[0][0] if ranks else UNRANKED


def _heads_passage(item: _Item) -> bool:
    """Whether the line of an item only entitles the longer one below it."""
    return len(item.lines) > 1 and is_title(item.lines[0]) and len(item.lines[1].text) > 2 * len(item.lines[0].text)


def _count_on(items: Sequence[_Item]) -> bool:
    """Whether most items stand right below each other: a list, not headings of long passages."""
    return sum(len(item.lines) == 1 for item in items) >= 0.75 * len(items)


def _item_to_rows(item: _Item, reading: Reading) -> list[Row]:
    first = item.lines[0]
    paragraphs = [first.text, *(line.whole for line in item.lines[1:])]
    rows: list[Row] = []
    for index, part in enumerate(answered_parts(Traced.join(paragraphs, glue="\n"), reading)):
        _, number, text = take_mark(part) if index else (first.rank, first.number, part)
        fields = {"number": (number or first.number,), "text": (clean(text),)}
        rows.append(Row(fields=fields, line=first.line, section=item.section))
    return rows
