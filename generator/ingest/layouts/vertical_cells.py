"""A table copied cell by cell, one below the other: header words, then for each row a number and its cells.

序号            A line that is only a number begins a row. The cells between two of them are shared out among
目标任务        the columns: the first to the first, short last ones (units, dates) to the last, the rest to the
推进情况        report. Headings may stand before a header; headers may repeat.
1
新增托位1000个。责任单位:市教育局
今年以来新增托位1178个。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.ingest.blocks import Block
from generator.ingest.persons import is_contact, is_person
from generator.ingest.rows import AreaRow, Reading, Row, clean, is_units, name_told_apart
from generator.quantities import find_due
from generator.text import Traced

NAME = "vertical_cells"
SUREST = 0.9

_NUMBER = re.compile(r"\d{1,3}")
_NOTHING = Traced("", ())
#: A category is a word or two; the commitment is a sentence.
_CATEGORY_LENGTH = 24


@dataclass(frozen=True)
class _Header:
    start: int
    end: int
    columns: tuple[str, ...]


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when a run of header words is followed by numbers that count rows."""
    headers = _find_headers(blocks, reading)
    if not headers:
        return 0.0, "no run of header words"
    rows = sum(len(_find_numbers(blocks, header, after)) for header, after in _with_ends(headers, blocks))
    if rows == 0:
        return 0.2, "header words, but no numbered rows"
    return SUREST, f"{len(headers)} headers, {rows} numbered rows"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each number; the section is the line before its header."""
    rows: list[Row] = []
    for header, after in _with_ends(_find_headers(blocks, reading), blocks):
        section = _section_before(blocks, header)
        numbers = _find_numbers(blocks, header, after)
        for start, end in pairwise([*numbers, after]):
            cells = [clean(block.text) for block in blocks[start + 1 : end]]
            fields = _cells_to_fields(cells, header.columns, reading)
            fields["number"] = (blocks[start].text,)
            rows.append(Row(fields=fields, line=blocks[start].line, section=section))
    return rows


def _find_headers(blocks: Sequence[Block], reading: Reading) -> list[_Header]:
    """Runs of at least three lines that head columns, one of them the number; a heading may be broken over lines."""
    headers, index = [], 0
    while index < len(blocks):
        columns, end = _header_at(blocks, index, reading)
        if len(columns) >= 3 and columns[0] == "number":
            headers.append(_Header(index, end, name_told_apart(columns)))
            index = end
        else:
            index += 1
    return headers


def _header_at(blocks: Sequence[Block], index: int, reading: Reading) -> tuple[tuple[str, ...], int]:
    columns: list[str] = []
    while index < len(blocks):
        two = index + 1 < len(blocks) and len(blocks[index].text) <= 4 and len(blocks[index + 1].text) <= 4
        if field := reading.header_field(blocks[index].text.text):
            columns.append(field)
            index += 1
        elif two and (field := reading.header_field(blocks[index].text.text + blocks[index + 1].text.text)):
            columns.append(field)
            index += 2
        else:
            break
    return tuple(columns), index


def _with_ends(headers: list[_Header], blocks: Sequence[Block]) -> list[tuple[_Header, int]]:
    """Each header with the index where its rows end: at the heading of the next header, or with the blocks."""
    ends = [_section_start(blocks, header) for header in headers[1:]]
    return list(zip(headers, [*ends, len(blocks)], strict=True))


def _section_start(blocks: Sequence[Block], header: _Header) -> int:
    previous = header.start - 1
    return previous if previous >= 0 and _is_heading(blocks[previous]) else header.start


def _section_before(blocks: Sequence[Block], header: _Header) -> Traced:
    start = _section_start(blocks, header)
    return clean(blocks[start].text) if start < header.start else _NOTHING


def _is_heading(block: Block) -> bool:
    return len(block.text) <= 40 and not re.search(r"[。;；]", block.text.text)


def _find_numbers(blocks: Sequence[Block], header: _Header, end: int) -> list[int]:
    """Indexes of the lines that number rows: each the next number, or the same again (a row split in two)."""
    found: list[int] = []
    last: int | None = None
    for index in range(header.end, end):
        text = blocks[index].text.text
        if not _NUMBER.fullmatch(text):
            continue
        number = int(text)
        if last is None or number in {last, last + 1}:
            found.append(index)
            last = number
    return found


def _cells_to_fields(cells: list[Traced], columns: tuple[str, ...], reading: Reading) -> dict[str, tuple[Traced, ...]]:
    """Shares the cells of a row out among its columns."""
    rest = list(cells)
    names = [column for column in columns if column != "number"]
    fields: dict[str, tuple[Traced, ...]] = {}
    while names and rest and names[-1] not in {"text", "report", "plan", "category"}:
        name = names.pop()
        if _fits(name, rest[-1], reading):
            fields[name] = (rest.pop(),)
    first = [name for name in ("category", "name") if name in names]
    for name in first[: len(rest) - 1]:
        names.remove(name)
        fields[name] = (rest.pop(0),)
    if (
        not first
        and len(rest) > len(names)
        and len(rest[0]) <= _CATEGORY_LENGTH
        and not re.search(r"[,，。;；\d]", rest[0].text)
    ):
        fields["category"] = (rest.pop(0),)
    if names == ["report"]:
        return fields | {"report": tuple(rest)}
    if (between := _cells_between(rest, names, reading)) is not None:
        return fields | between
    length = _text_length(rest, reading)
    fields["text"] = tuple(rest[:length])
    if rest[length:]:
        fields["report" if "report" in names else names[-1]] = tuple(rest[length:])
    return fields


def _cells_between(cells: list[Traced], names: list[str], reading: Reading) -> dict[str, tuple[Traced, ...]] | None:
    """The cells of columns that stand between what is promised and what is told of it, and those around them.

    The first cell that looks like one of each such column ends the text; None where a column finds none.
    """
    if len(names) < 3 or names[0] != "text" or names[-1] != "report":
        return None
    fields: dict[str, tuple[Traced, ...]] = {}
    above, rest = "text", list(cells)
    for name in names[1:-1]:
        at = next(
            (index for index, cell in enumerate(rest) if (index or above != "text") and _fits(name, cell, reading)),
            None,
        )
        if at is None or (at and above != "text"):
            return None
        if above == "text":
            fields["text"] = tuple(rest[:at])
        fields[name], rest, above = (rest[at],), rest[at + 1 :], name
    return fields | ({"report": tuple(rest)} if rest else {})


def _fits(name: str, cell: Traced, reading: Reading) -> bool:
    if name in {"lead_units", "support_units"}:
        return is_units(cell.text, reading)
    if name in {"leader", "lead_official"}:
        return is_person(cell.text, reading.lookups)
    if name == "contact":
        return is_contact(cell.text, reading.lookups)
    return len(cell) <= 14 and find_due(cell.text, reading.year) is not None


def _text_length(cells: list[Traced], reading: Reading) -> int:
    """How many paragraphs the commitment has: one, or up to the one that names the responsible units."""
    labels = reading.lookups.words("label_lead") + reading.lookups.words("label_leader")
    pattern = re.compile(rf"(?:{'|'.join(labels)})\s*[:：]")
    return next((index + 1 for index, cell in enumerate(cells) if pattern.search(cell.text)), 1)
