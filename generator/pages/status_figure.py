"""How many commitments of each programme have each status."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import AssessedCommitment
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear, count_statuses
from generator.pages.texts import render_share
from generator.pages.words import PROGRAMMES, SHORT_STATUSES, STATUSES, word_of


def status_figure(year: CityYear, draw: Draw) -> Figure:
    """How many commitments of each programme have each status. Nothing is left out."""
    rows = [
        row for register in year.registers for row in _status_rows(register.register.programme, register.commitments)
    ]
    present = [code for code in STATUSES if any(row["status"] == code for row in rows)]
    total = len(year.commitments)
    computable = sum(item.schedule_state != "not_computable" for item in year.commitments)
    words = "；".join(f"{row['programme']}{SHORT_STATUSES[row['status']]} {row['count']} 项" for row in rows)
    chart = charts.status_chart(rows, [{"status": code} for code in present], f"共 {total} 项。{words}。")
    return Figure(
        id="chart-status",
        title="各项目的承诺状态",
        caption=f"分母为全部 {total} 项承诺；其中 {computable} 项可按数字核算，其余只能依政府自报或尚无报告。",
        svg=Markup(draw(chart)),
        legend=tuple(
            {"tone": code, "text": f"{word_of(STATUSES, code).zh} {count_statuses(year.commitments)[code]}"}
            for code in present
        ),
        table=_table(rows),
    )


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        title="各项目的承诺状态",
        columns=(
            column("项目", "Programme"),
            column("状态", "Status"),
            number_column("承诺数", "Commitments"),
            number_column("比例", "Share"),
        ),
        rows=tuple(
            (
                cell(row["programme"]),
                cell(word_of(STATUSES, row["status"]).zh),
                number_cell(row["count"]),
                number_cell(render_share(Decimal(str(row["share"])))),
            )
            for row in rows
        ),
    )


def _status_rows(programme: str, commitments: Sequence[AssessedCommitment]) -> list[Row]:
    counts, rows, start = count_statuses(commitments), [], 0
    total = len(commitments) or 1
    for code in STATUSES:
        if not counts[code]:
            continue
        end = start + counts[code]
        rows.append(
            {
                "programme": word_of(PROGRAMMES, programme).zh,
                "status": code,
                "count": counts[code],
                "share": counts[code] / total,
                "start": start / total,
                "end": end / total,
                "middle": (start + end) / 2 / total,
                "label": _segment_label(code, counts[code], counts[code] / total),
            }
        )
        start = end
    return rows


def _segment_label(code: str, count: int, share: float) -> str:
    """As many words as the segment has room for; the number always where a digit fits."""
    shape = STATUSES[code].shape
    if share > 0.16:
        return f"{shape} {SHORT_STATUSES[code]} {count}"
    return f"{shape} {count}" if share > 0.06 else ""
