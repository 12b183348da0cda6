"""Runs of table rows: where a table begins, what its columns mean. Shared by the layouts of flattened tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.rows import GLUE, Reading, name_told_apart
from generator.text import Traced


@dataclass(frozen=True)
class Table:
    """A flattened table: the fields of its columns, the areas that head the rest, and the blocks of its body.

    ``complete`` says that no row has lost a cell, so that a blank cell is one of its column. ``behind`` counts the
    columns to the right of the areas, ``width`` all cells of the header with blank ones at its end.
    """

    columns: tuple[str, ...]
    areas: tuple[str, ...]
    body: tuple[Block, ...]
    title: Traced
    complete: bool = False
    behind: int = 0
    width: int = 0

    def cells(self, block: Block) -> list[Traced]:
        """The cells of a row of the body: all of a complete table, without the blank ones at the end of another."""
        cells = [cell.strip() for cell in block.cells] if block.kind == "row" else [block.text.strip()]
        while cells and not cells[-1] and (not self.complete or not any(cells)):
            cells.pop()
        return cells


def header_fields(block: Block, reading: Reading) -> tuple[str, ...]:
    """The fields that the cells of a row head; empty when it is not a header (fewer than two known headings)."""
    if block.kind != "row":
        return ()
    cells = list(block.cells)
    while cells and not cells[-1]:
        cells.pop()
    over = block.over or (None,) * len(cells)
    fields = tuple(_heading_to_field(cell, upper, reading) for cell, upper in zip(cells, over, strict=False))
    fields = _beside_goals(_beside_lead(fields, cells, reading), cells, reading)
    known = [field for field in fields if field and field != "area"]
    named = fields if not block.over else [field for field in fields if field != "area"]
    return fields if len(known) >= 2 and len(known) >= len(named) / 2 - 1 else ()


def _beside_lead(fields: tuple[str, ...], cells: Sequence[Traced], reading: Reading) -> tuple[str, ...]:
    """The fields with 责任单位 as one of those that support, where 牵头单位 has a column of its own."""
    led = any(field == "lead_units" and "牵头" in cell.text for field, cell in zip(fields, cells, strict=False))
    beside = reading.lookups.words("beside_lead")
    return tuple(
        "support_units" if led and field == "lead_units" and "".join(cell.text.split()) in beside else field
        for field, cell in zip(fields, cells, strict=False)
    )


def _beside_goals(fields: tuple[str, ...], cells: Sequence[Traced], reading: Reading) -> tuple[str, ...]:
    """The fields with 整改措施 as ``means`` where a column of goals stands beside it: how is not what is promised."""
    bare = ["".join(cell.text.split()) for cell in cells]
    means = [name in reading.lookups.words("means_headings") for name in bare]
    goals = any(
        field == "text" and not how and any(word in name for word in reading.lookups.words("goal_headings"))
        for field, how, name in zip(fields, means, bare, strict=False)
    )
    return tuple(
        "means" if goals and how and field == "text" else field for field, how in zip(fields, means, strict=False)
    )


def _heading_to_field(cell: Traced, upper: Traced | None, reading: Reading) -> str:
    """The field that a heading means, by itself or else by the one that spans it; ``area`` for an area."""
    if field := reading.header_field(cell.text):
        return field
    if reading.area_of(cell.text):
        return "area"
    if upper is not None and (field := reading.header_field(upper.text)):
        return field
    reported = any(word in reading.title for word in reading.lookups.words("report_titles"))
    return "plan" if _PERIOD.fullmatch("".join(cell.text.split())) and not reported else ""


#: A heading that is a part of the year: what stands below is planned for it.
_PERIOD = re.compile(
    r"(?:第?[一二三四1-4]季度|[上下]半年|(?:1[-—至])?\d{1,2}月(?:底前?|末)?|年底前?)(?:计划|目标|任务|进度|安排|节点)*"
)


def _with_units(header: Block, columns: Sequence[str], body: Sequence[Block], reading: Reading) -> list[str]:
    """The columns with the one headed 单位 whose cells are units of figures (个, 万人) as ``unit``."""
    heads = ["".join(cell.text.split()) for cell in header.cells]
    rows = [block.cells for block in body if block.kind == "row" and len(block.cells) >= len(columns)]

    def counts(index: int) -> bool:
        cells = [row[index].text for row in rows if row[index]]
        return bool(cells) and all(_is_unit(cell, reading) for cell in cells)

    return [
        "unit" if index < len(heads) and heads[index].endswith("单位") and not column and counts(index) else column
        for index, column in enumerate(columns)
    ]


def _with_totals(columns: Sequence[str], body: Sequence[Block]) -> list[str]:
    """The columns with one of bare figures (年度目标: 200) as the total of what another column names."""
    rows = [block.cells for block in body if block.kind == "row" and len(block.cells) >= len(columns)]
    bare = [
        column == "text" and bool(rows) and all(_BARE.fullmatch(row[index].text) for row in rows)
        for index, column in enumerate(columns)
    ]
    named = sum(column == "text" for column in columns) > sum(bare)
    found = sum(bare) == 1 and named and "total" not in columns
    return ["total" if found and figure else column for column, figure in zip(columns, bare, strict=True)]


#: A number with its unit, a sign for none, or nothing.
_BARE = re.compile(r"[\d.,，%％]+\s*[^\d\s]{0,4}|[-—/]{0,2}")


def _is_unit(cell: str, reading: Reading) -> bool:
    numbers = reading.grammar.quantities(f"1{cell}")
    return len(numbers) == 1 and bool(numbers[0].unit) and numbers[0].end == 1 + len(cell)


#: Fields whose columns hold figures that their heading tells the meaning of.
_TOLD_BY_HEADING = ("rate", "done")


def _with_headings(header: Block, columns: Sequence[str]) -> list[str]:
    """The columns with the heading beside the field of those of figures: done:已开工数."""
    heads = ["".join(cell.text.split()) for cell in header.cells]
    return [
        f"{column}:{head}" if column in _TOLD_BY_HEADING else column
        for column, head in zip_longest(columns, heads[: len(columns)], fillvalue="")
    ]


_OWN_DATE = re.compile(r"\d{1,2}\s*月|年底|年末|季度|半年")


def _with_periods(header: Block, columns: Sequence[str], body: list[Block]) -> list[Block]:
    """The body with the part of the year that heads a column before the plan in each of its cells: 上半年:建成50家.

    A cell with a date of its own stays as it is. What is put before one has the place of its first character.
    """
    heads = ["".join(cell.text.split()) for cell in header.cells]
    periods = {
        index: head
        for index, (head, column) in enumerate(zip(heads, columns, strict=False))
        if column == "plan" and _PERIOD.fullmatch(head)
    }

    def told(index: int, cell: Traced) -> Traced:
        undated = index in periods and cell and not _OWN_DATE.search(cell.text)
        head = f"{periods[index]}:" if undated else ""
        return Traced(head + cell.text, (cell.start,) * len(head) + cell.offsets)

    return [
        replace(block, cells=tuple(told(index, cell) for index, cell in enumerate(block.cells)))
        if block.kind == "row" and periods and len(block.cells) >= len(columns)
        else block
        for block in body
    ]


def area_cells(block: Block, reading: Reading) -> tuple[str, ...]:
    """The areas that the cells of a row name; empty when it is no row of area headings."""
    cells = [cell for cell in block.cells if cell.text]
    areas = tuple(reading.area_of(cell.text) for cell in cells)
    return areas if len(areas) >= 3 and all(areas) else ()


def blocks_to_table(blocks: Sequence[Block], reading: Reading) -> Table | None:
    """The table that a run of blocks holds; None when no row of it is a header.

    A header over two lines (a heading that spans the areas, the areas below it) is put together.
    """
    return reading.of_blocks(_find_table, blocks)


def _find_table(blocks: Sequence[Block], reading: Reading) -> Table | None:
    for index, block in enumerate(blocks):
        if not (fields := header_fields(block, reading)):
            continue
        title = blocks[index - 1].text if index and blocks[index - 1].kind != "row" else Traced("", ())
        body = list(blocks[index + 1 :])
        areas = [reading.area_of(cell.text) for cell in block.cells if cell.text and reading.area_of(cell.text)]
        columns = [field for field in fields if field != "area"]
        behind = next((index for index, field in enumerate(reversed(fields)) if field in {"area", "areas"}), 0)
        if body and (below := area_cells(body[0], reading)):
            body.pop(0)
            areas += below
            columns = [field for field in columns if field != "areas"]
            behind = 0
        if not areas:
            columns = _with_totals(_with_units(block, columns, body, reading), body)
            columns = _with_headings(block, columns)
            body = _with_periods(block, columns, body)
            columns = _with_plans(_with_promises(columns, body, reading), body)
        told = name_told_apart(columns)
        complete = _is_complete(block, body, len(told) + len(areas))
        if complete and not areas:
            told, body = _join_columns(told, body)
            body = _join_rows(body, told)
        return Table(told, tuple(areas), tuple(body), title, complete, behind, len(block.cells))
    return None


def _with_promises(columns: list[str], body: Sequence[Block], reading: Reading) -> list[str]:
    """The columns with the one of no known heading as what is promised, where its cells promise quantities.

    Only where no column that is known to promise does, and in rows that have lost no cell.
    """
    if all(columns):
        return columns
    rows = [block.cells for block in body if block.kind == "row" and len(block.cells) >= len(columns)]
    shares = [
        sum(_promises(row[index].text, reading) for row in rows) / len(rows) if rows else 0.0
        for index in range(len(columns))
    ]
    known = any(column in {"text", "report", "plan", "total"} and share for column, share in _paired(columns, shares))
    unknown = [index for index, (column, share) in enumerate(_paired(columns, shares)) if not column and share >= _MOST]
    if known or len(unknown) != 1:
        return columns
    return ["text" if index == unknown[0] else column for index, column in enumerate(columns)]


def _with_plans(columns: list[str], body: Sequence[Block]) -> list[str]:
    """The columns with the one of no known heading as the plan, where its cells date steps: 6月底前建成20个;….

    Only where no column is known to hold the plan or reports, and in rows that have lost no cell.
    """
    rows = [block.cells for block in body if block.kind == "row" and len(block.cells) >= len(columns)]
    dated = [
        index
        for index, column in enumerate(columns)
        if not column and rows and sum(_STEP.search(row[index].text) is not None for row in rows) >= _MOST * len(rows)
    ]
    if len(dated) != 1 or {"plan", "report"} & set(columns):
        return columns
    return ["plan" if index == dated[0] else column for index, column in enumerate(columns)]


_STEP = re.compile(r"\d{1,2}\s*月(?:\d{1,2}日|[底末])?前[\u4e00-\u9fff]{2}")
#: The share of the rows in which a column of no known heading promises a quantity.
_MOST = 0.6


def _paired(columns: Sequence[str], shares: Sequence[float]) -> list[tuple[str, float]]:
    return list(zip(columns, shares, strict=True))


def _promises(cell: str, reading: Reading) -> bool:
    return counted(cell, reading) and not reports(cell, reading) and re.search(r"[\u4e00-\u9fff]{3}", cell) is not None


def _is_complete(header: Block, body: Sequence[Block], width: int) -> bool:
    """Whether all rows have the cells of the header. Those of a flattened table end with a bar, whatever was lost."""
    rows = [block for block in (header, *body) if block.kind == "row"]
    return not header.text.text.rstrip().endswith("|") and all(len(row.cells) == width for row in rows)


def _join_columns(columns: tuple[str, ...], body: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    """Neighbouring columns of one field, as a heading that spans them makes them, as one column."""
    firsts = [index for index, column in enumerate(columns) if not column or column not in columns[index - 1 : index]]
    ends = [*firsts[1:], len(columns)]
    joined = [
        replace(
            block,
            cells=tuple(
                _join_cells(block.cells[first:end], columns[first]) for first, end in zip(firsts, ends, strict=True)
            ),
        )
        if block.kind == "row"
        else block
        for block in body
    ]
    return tuple(columns[index] for index in firsts), joined


def _join_cells(cells: Sequence[Traced], column: str) -> Traced:
    """Cells of one field one under another, each wording once; units as a list."""
    told: list[Traced] = []
    for cell in cells:
        if cell and cell.text not in [one.text for one in told]:
            told.append(cell)
    return Traced.join(told, glue=GLUE.get(column, "\n"))


def _join_rows(body: Sequence[Block], columns: Sequence[str]) -> list[Block]:
    """The body of a complete table; rows over which one commitment is merged as one, what differs line by line."""
    joined: list[Block] = []
    for block in body:
        if joined and joined[-1].kind == block.kind == "row" and _is_one(joined[-1], block, columns):
            joined[-1] = _join(joined[-1], block, columns)
        else:
            joined.append(block)
    return joined


def _is_one(above: Block, below: Block, columns: Sequence[str]) -> bool:
    """Whether a row is about the commitment of the row above: it repeats or lacks what tells commitments apart."""
    named = [index for index, column in enumerate(columns) if column in {"number", "text"}] or [
        index for index, column in enumerate(columns) if column == "report"
    ]
    told = [index for index in named if columns[index] != "number"]
    same = all(below.cells[index].text == above.cells[index].text for index in named)
    return (same and any(below.cells[index] for index in told)) or not any(below.cells[index] for index in named)


def _join(above: Block, below: Block, columns: Sequence[str]) -> Block:
    rows = zip(above.cells, below.cells, columns, strict=True)
    cells = [_join_cells((upper, lower), column) for upper, lower, column in rows]
    return replace(above, text=Traced.join((above.text, below.text), glue="\n"), cells=tuple(cells))
