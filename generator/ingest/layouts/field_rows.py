"""A table whose rows are headed by what its columns are in others: each further column is one commitment.

项目名称 | 养老助餐 | 校园安全
目标任务 | 新建老年食堂30个 | 改造校园食堂45个
责任单位 | 市民政局 | 市教育局
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest.blocks import Block
from generator.ingest.rows import AreaRow, Reading, Row, clean, is_blank, name_told_apart
from generator.ingest.tables import header_fields
from generator.text import Traced

NAME = "field_rows"
SUREST = 0.92


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when all rows begin with headings of two fields or more, what is promised or done among them."""
    fields = _fields(blocks, reading)
    if not fields or not all(fields) or len(set(fields)) < 2:
        return 0.0, "no rows that headings begin"
    if any(header_fields(block, reading) for block in blocks):
        return 0.2, "a row of headings"
    if not {"text", "report"} & set(fields):
        return 0.2, f"no row of commitments among {', '.join(fields)}"
    if len({len(block.cells) for block in blocks if block.kind == "row"}) > 1:
        return 0.3, "rows of different lengths"
    return SUREST, f"rows headed {', '.join(fields)}"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each column after the headings."""
    table = [block for block in blocks if block.kind == "row"]
    names = name_told_apart(_fields(blocks, reading))
    rows: list[Row] = []
    for column in range(1, max((len(block.cells) for block in table), default=0)):
        fields: dict[str, tuple[Traced, ...]] = {}
        for name, block in zip(names, table, strict=True):
            if column < len(block.cells) and not is_blank(block.cells[column], reading):
                fields[name] = (*fields.get(name, ()), clean(block.cells[column]))
        if {"text", "name", "report"} & fields.keys():
            rows.append(Row(fields=fields, line=table[0].line))
    return rows


def _fields(blocks: Sequence[Block], reading: Reading) -> tuple[str, ...]:
    rows = [block for block in blocks if block.kind == "row"]
    return tuple(reading.header_field(block.cells[0].text) if len(block.cells) > 1 else "" for block in rows)
