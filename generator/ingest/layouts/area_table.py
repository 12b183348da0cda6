"""A flattened table with a column for each area: what each of them has of a total.

    序号 | 项目名称 | 量化目标 | 牵头单位 | 市本级 | 各区、县(市)任务分解 | ||
    东塘区 | 南汀区 | ||
    1 | 新增助餐点10个 | 10个 | 市民政局 | -- | 4个 | 6个 |

Its areas are read from the right: what merged cells took away always stood on the left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.areas import blocks_to_area_table, caption_unit
from generator.ingest.blocks import Block
from generator.ingest.columns import with_unit, without_unit
from generator.ingest.rows import AreaRow, Reading, Row, align, clean
from generator.ingest.tables import Table, blocks_to_table
from generator.text import Traced

NAME = "area_table"
SUREST = 0.95

_NOTHING = Traced("", ())
#: Columns beside a split that say who answers for it, and by when.
_OWN = ("category", "lead_units", "support_units", "leader", "due")
#: A cell with more characters that spans the areas is a note, not a number.
_NOTE = 12


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when a header names three areas or more beside a column of commitments."""
    table = blocks_to_table(blocks, reading)
    if table is None or len(table.areas) < 3:
        return 0.0, "no header with three areas"
    by_areas = blocks_to_area_table(blocks, reading)
    if by_areas and by_areas.done:
        return 0.4, "figures of what was done"
    return SUREST, f"{len(table.areas)} areas"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each total. A sub-row without number and name belongs to the project above."""
    table = blocks_to_table(blocks, reading)
    if table is None:
        return []
    rows: list[AreaRow] = []
    unit = caption_unit(blocks, reading)
    for block in table.body:
        cells = [clean(cell) for cell in table.cells(block)]
        if row := _cells_to_row(cells, table, unit, block.line, rows, reading):
            rows.append(row)
    return rows


def _cells_to_row(
    cells: list[Traced], table: Table, unit: str, line: int, rows: list[AreaRow], reading: Reading
) -> AreaRow | None:
    width = len(table.areas)
    own_behind = cells[len(cells) - table.behind :] if table.behind and len(cells) > width + table.behind else []
    cells = cells[: len(cells) - len(own_behind)]
    if len(cells) > width and table.complete and not any(cells[1 - width :]) and len(cells[-width]) > _NOTE:
        return _note_to_row(cells[: 1 - width], table, line, reading)
    if len(cells) <= width:
        return _note_to_row(cells, table, line, reading)
    left = align([*cells[:-width], *own_behind], [column for column in table.columns if column != "areas"], reading)
    name, own_unit = without_unit(left.get("text", _NOTHING).text, reading)
    text = left.get("text", _NOTHING)[: len(name)]
    unit = own_unit or unit
    shares = tuple((area, with_unit(cell, unit)) for area, cell in zip(table.areas, cells[-width:], strict=True))
    total = with_unit(left.get("total", _NOTHING), unit)
    own = {name: cell for name, cell in left.items() if name in _OWN}
    return AreaRow(left.get("number", _NOTHING), text, total, shares, line, fields=own)


def _note_to_row(cells: list[Traced], table: Table, line: int, reading: Reading) -> AreaRow | None:
    """A row whose area cells are merged to one sentence, or a line that goes on with such a row."""
    if not cells:
        return None
    note = cells[-1] if re.search(r"[,，。]", cells[-1].text) and len(cells[-1]) > _NOTE else _NOTHING
    numbered = re.fullmatch(r"\d{1,3}", cells[0].text) is not None
    if not numbered:
        return AreaRow(_NOTHING, _NOTHING, _NOTHING, (), line, note) if note else None
    left = align(cells[:-1] if note else cells, [column for column in table.columns if column != "areas"], reading)
    return AreaRow(
        left.get("number", _NOTHING), left.get("text", _NOTHING), left.get("total", _NOTHING), (), line, note
    )
