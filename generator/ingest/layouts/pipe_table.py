"""A table flattened to lines of cells between bars, its merged cells lost: a row may have fewer cells than the header.

序号 | 类别 | 项目名称 | 牵头单位 | 预计完成时间 | 工作计划
1 | 养老 | 新增助餐点10个 | 市民政局 | 11月底 | 6月底前完成5个; …
新增床位20张 | 市民政局 | 11月底 | … | ||
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.ingest.blocks import Block
from generator.ingest.columns import with_unit, without_unit
from generator.ingest.rows import SPANNING, AreaRow, Figure, FigureKind, Reading, Row, align, clean, in_place, is_blank
from generator.ingest.tables import Table, blocks_to_table
from generator.text import Traced

NAME = "pipe_table"
SUREST = 0.9

#: In these a space may stand between two names; elsewhere it is left from wrapping.
_NAMES = ("leader", "lead_official", "lead_units", "support_units")


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when there is a header with a column of commitments or reports and no columns of areas."""
    table = blocks_to_table(blocks, reading)
    if table is None:
        return 0.0, "no row of bars that is a header"
    if table.areas:
        return 0.1, "columns of areas"
    if not {"text", "report"} & set(table.columns):
        return 0.2, f"no column of commitments among {', '.join(table.columns)}"
    return SUREST, f"header {', '.join(column or '?' for column in table.columns)}"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each line of the body; a line that only goes on with the one before is joined to it."""
    table = blocks_to_table(blocks, reading)
    return _body_to_rows(table, reading) if table else []


def _body_to_rows(table: Table, reading: Reading) -> list[Row]:
    rows: list[Row] = []
    section = table.title
    above: dict[str, tuple[Traced, ...]] = {}
    for block in table.body:
        cells = table.cells(block)
        if not cells:
            continue
        if block.kind != "row" and rows and _is_note(block, table, reading):
            continue
        if cells[0] and not any(cells[1:]) and len(table.columns) > 2:
            if not rows or _is_section(cells[0]):
                section = clean(cells[0])
            elif rows:
                rows[-1] = _continued(rows[-1], clean(cells[0]), table.columns[-1])
            continue
        whole = block.kind == "row" and len(block.cells) == table.width and len(cells) < len(table.columns)
        raw = [cell.strip() for cell in block.cells[: len(table.columns)]]
        aligned = (in_place(raw, table.columns, reading) if whole else None) or align(cells, table.columns, reading)
        aligned = _with_own_unit(aligned)
        fields: dict[str, tuple[Traced, ...]] = {
            name: (_clean(name, cell),) for name, cell in aligned.items() if name and cell
        }
        none = {name for name in _NAMES if name in fields and is_blank(fields[name][0], reading)}
        missing = {
            name: above[name] for name in SPANNING if name in table.columns and name not in fields and name in above
        }
        figures = tuple(_figures(fields, reading))
        fields = {
            name: cells for name, cells in ({**missing, **fields}).items() if ":" not in name and name not in none
        }
        row = Row(fields=fields, line=block.line, section=section, figures=figures)
        above = dict(row.fields)
        rows.append(row)
    return rows


def _with_own_unit(cells: dict[str, Traced]) -> dict[str, Traced]:
    """The cells of a row with the unit of its own column on the bare figures beside it."""
    unit = cells.get("unit", Traced("", ())).text
    return {
        name: with_unit(cell, unit) if name == "total" or name.startswith("done:") else cell
        for name, cell in cells.items()
        if name != "unit"
    }


def _is_note(block: Block, table: Table, reading: Reading) -> bool:
    """Whether a line below the rows is a remark and no rest of the row above.

    It begins as remarks do (注:), or no row of the table has lost anything and it entitles no further rows.
    """
    begins = block.text.text.startswith(reading.lookups.words("note_leads"))
    return begins or (table.complete and not _is_section(block.text))


def _figures(fields: Mapping[str, tuple[Traced, ...]], reading: Reading) -> Iterator[Figure]:
    """The figures of columns whose heading says what they are: 已完成, 完成率(%)."""
    kinds: dict[str, FigureKind] = {"done": "done", "rate": "rate"}
    for name, cells in fields.items():
        field, told, heading = name.partition(":")
        for cell in cells if told and field in kinds else ():
            bare, unit = without_unit(heading, reading)
            yield Figure(kinds[field], "", with_unit(cell, unit), bare)


def _clean(name: str, cell: Traced) -> Traced:
    """A cell without what wrapping left in it; in names the white space may set two apart."""
    return cell if name in _NAMES else clean(cell)


def _is_section(cell: Traced) -> bool:
    """Whether a lone cell is a heading inside the table: short, and without a date or number."""
    return len(cell) <= 24 and not any(character.isdigit() for character in cell.text)


def _continued(row: Row, cell: Traced, column: str) -> Row:
    return replace(row, fields={**row.fields, column: (*row.fields.get(column, ()), cell)})
