"""A table by areas whose figures are what was done, areas in rows or in columns.

区县 | 新增老年助餐服务点 | 改造老旧小区 |          a second header line may say what each column is:
东塘区 | 27 | 5 |                                   目标数 | 完成数 | 完成率
合计 | 66 | 11 |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.ingest.areas import Project, blocks_to_area_table
from generator.ingest.blocks import Block
from generator.ingest.rows import AreaRow, Reading, Row
from generator.text import Traced

NAME = "area_progress"
SUREST = 0.97


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when the table or a column says that its figures were done, and two areas or more have some."""
    table = blocks_to_area_table(blocks, reading)
    if table is None:
        return 0.0, "no table by areas"
    if not any(project.shares("done") for project in table.projects):
        return 0.3, "no area has figures of what was done"
    return SUREST, f"what {len(table.areas)} areas did, {len(table.projects)} projects"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each project with what was done, and one with the split of what is promised where that is printed."""
    table = blocks_to_area_table(blocks, reading)
    rows: list[Row | AreaRow] = []
    for one in table.projects if table else ():
        project = one.settled("done")
        rows.append(_project_to_row(project))
        if shares := project.shares("promised"):
            total = project.whole("promised")
            rows.append(AreaRow(Traced("", ()), project.text, total, shares, project.line))
    return rows


def _project_to_row(project: Project) -> Row:
    fields = {**project.fields, "text": (project.text,)}
    if total := project.whole("promised"):
        fields["total"] = (total,)
    subject = project.text.text
    figures = tuple(replace(one, subject=subject) for one in project.figures if one.kind != "promised")
    return Row(fields=fields, line=project.line, figures=figures)
