"""How much of each target was attained, programme after programme."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import AssessedCommitment, AssessedTarget
from generator.pages.commitment_page import commitment_file
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear
from generator.pages.texts import render_measure, render_share, render_target, shorten
from generator.pages.words import PROGRAMMES, SCHEDULE_STATES, SHORT_STATUSES, STATE_TONES, word_of


def target_figures(year: CityYear, draw: Draw) -> list[Figure]:
    """Every computable target of each programme, with the milestone that has passed, if any."""
    figures = []
    for register in year.registers:
        rows = [row for item in register.commitments for row in _target_rows(item, year)]
        total = sum(len(item.targets) for item in register.commitments)
        if rows:
            figures.append(_target_figure(register.register.programme, rows, total, draw))
    return figures


def _target_rows(item: AssessedCommitment, year: CityYear) -> list[Row]:
    return [_target_row(item, target, year) for target in item.targets if target.attained is not None]


def _target_row(item: AssessedCommitment, assessed: AssessedTarget, year: CityYear) -> Row:
    attained = assessed.attained or Decimal(0)
    target = assessed.target
    measure = shorten(render_measure(target), 18)
    state = word_of(SCHEDULE_STATES, assessed.schedule_state)
    return {
        "key": f"{item.commitment.id}.{target.id}|{item.commitment.position} {measure}",
        "measure": render_measure(target),
        "position": item.commitment.position,
        "wanted": render_target(target.comparator, target.value, target.unit),
        "share": render_share(attained),
        "expected_text": render_share(assessed.expected),
        "state": state.zh,
        "file": f"{commitment_file(year, item.commitment)}.html",
        "attained": float(attained),
        "drawn": max(0.0, min(float(attained), charts.CAP)),
        "expected": float(assessed.expected) if assessed.expected is not None else None,
        "text": f"{state.shape} {render_share(attained)}",
        "tone": STATE_TONES.get(assessed.schedule_state, "under_way"),
        "url": charts.link(f"{commitment_file(year, item.commitment)}.html#{target.id}"),
    }


_TONES = {
    "met": SHORT_STATUSES["met"],
    "on_schedule": SHORT_STATUSES["on_schedule"],
    "behind": SHORT_STATUSES["behind"],
    "missed": SHORT_STATUSES["missed"],
    "under_way": "有数字，未作判定",
}
_DRAWN = ("key", "drawn", "expected", "text", "tone", "url")


def _target_figure(programme: str, rows: list[Row], total: int, draw: Draw) -> Figure:
    name = word_of(PROGRAMMES, programme).zh
    reached = sum(row["attained"] >= 1 for row in rows)
    words = f"{name}共 {total} 个目标，{len(rows)} 个有完成率，其中 {reached} 个达到或超过目标。"
    drawn = [{key: row[key] for key in _DRAWN} for row in rows]
    return Figure(
        id=f"chart-targets-{programme}",
        title=f"目标完成情况：{name}",
        caption=_caption(rows, total),
        svg=Markup(draw(charts.attainment_chart(f"targets-{programme}", drawn, words))),
        legend=tuple(
            {"tone": tone, "text": text} for tone, text in _TONES.items() if any(row["tone"] == tone for row in rows)
        ),
        table=_table(f"目标完成情况：{name}", rows),
    )


def _caption(rows: list[Row], total: int) -> str:
    marks = sum(row["expected"] is not None for row in rows)
    over = sum(row["drawn"] < row["attained"] for row in rows)
    text = f"{total} 个目标中，{len(rows)} 个有完成率，列在图中；其余没有可比的数字，或是百分数、上限，不用完成率表示。"
    text += f"粗短线为已到期的官方节点（{marks} 个目标有）。" if marks else "文件没有给出可比的官方节点。"
    return text + (f"{over} 个超过 200% 的只画到 200%，数字照实写出。" if over else "")


def _table(title: str, rows: list[Row]) -> Table:
    return Table(
        title=title,
        columns=(
            number_column("序号", "No."),
            column("指标", "Measure"),
            number_column("目标", "Target"),
            number_column("完成", "Attained"),
            number_column("节点要求", "Milestone"),
            column("核算", "Computed"),
        ),
        rows=tuple(
            (
                number_cell(row["position"]),
                cell(row["measure"], row["file"]),
                number_cell(row["wanted"]),
                number_cell(row["share"]),
                number_cell(row["expected_text"]),
                cell(row["state"]),
            )
            for row in rows
        ),
    )
