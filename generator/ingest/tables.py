"""Runs of table rows: where a table begins, what its columns mean. Shared by the layouts of flattened tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.blocks import Block
from generator.ingest.rows import Reading, name_told_apart
from generator.text import Traced


@dataclass(frozen=True)
class Table:
    """A flattened table: the fields of its columns, the areas that head the rest, and the blocks of its body."""

    columns: tuple[str, ...]
    areas: tuple[str, ...]
    body: tuple[Block, ...]
    title: Traced


def header_fields(block: Block, reading: Reading) -> tuple[str, ...]:
    """The fields that the cells of a row head; empty when it is not a header (fewer than two known headings)."""
    if block.kind != "row":
        return ()
    cells = list(block.cells)
    while cells and not cells[-1]:
        cells.pop()
    fields = tuple(reading.header_field(cell.text) or ("area" if reading.area_of(cell.text) else "") for cell in cells)
    known = [field for field in fields if field and field != "area"]
    return fields if len(known) >= 2 and len(known) >= len(fields) / 2 - 1 else ()


def area_cells(block: Block, reading: Reading) -> tuple[str, ...]:
    """The areas that the cells of a row name; empty when it is no row of area headings."""
    cells = [cell for cell in block.cells if cell.text]
    areas = tuple(reading.area_of(cell.text) for cell in cells)
    return areas if len(areas) >= 3 and all(areas) else ()


def blocks_to_table(blocks: Sequence[Block], reading: Reading) -> Table | None:
    """The table that a run of blocks holds; None when no row of it is a header.

    A header over two lines (a heading that spans the areas, the areas below it) is put together.
    """
    for index, block in enumerate(blocks):
        if not (fields := header_fields(block, reading)):
            continue
        title = blocks[index - 1].text if index and blocks[index - 1].kind != "row" else Traced("", ())
        body = list(blocks[index + 1 :])
        areas = [reading.area_of(cell.text) for cell in block.cells if cell.text and reading.area_of(cell.text)]
        columns = [field for field in fields if field != "area"]
        if body and (below := area_cells(body[0], reading)):
            body.pop(0)
            areas += below
            columns = [field for field in columns if field != "areas"]
        return Table(name_told_apart(columns), tuple(areas), tuple(body), title)
    return None
