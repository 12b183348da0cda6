"""A table with areas in its rows and commitments in its columns: the split of what is promised.

区县 | 新增老年助餐服务点60个 | 改造老旧小区12个 |
东塘区 | 25 | 5 |
南汀区 | 35 | 7 |
合计 | 60 | 12 |
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest.areas import Project, blocks_to_area_table
from generator.ingest.blocks import Block
from generator.ingest.rows import AreaRow, Reading, Row
from generator.text import Traced

NAME = "transposed_table"
SUREST = 0.95


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when two areas or more head rows and the figures are what is promised."""
    table = blocks_to_area_table(blocks, reading)
    if table is None or not table.in_rows:
        return 0.0, "no rows that areas head"
    if table.done:
        return 0.3, "figures of what was done"
    if table.open:
        return 0.4, "nothing says whether the figures are promised or done"
    return SUREST, f"{len(table.areas)} areas head rows, {len(table.projects)} commitments head columns"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each column."""
    table = blocks_to_area_table(blocks, reading)
    return [_project_to_row(project.settled("promised"), reading) for project in table.projects] if table else []


def _project_to_row(project: Project, reading: Reading) -> AreaRow:
    """The total is that of the row 合计; without one the quantity that the heading states."""
    total = project.whole("promised") or _stated_total(project.text, reading)
    return AreaRow(Traced("", ()), project.text, total, project.shares("promised"), project.line)


def _stated_total(heading: Traced, reading: Reading) -> Traced:
    numbers = reading.grammar.quantities(heading.text)
    return heading[numbers[0].span[0] : numbers[0].span[1]] if len(numbers) == 1 else Traced("", ())
