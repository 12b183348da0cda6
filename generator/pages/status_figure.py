"""How many commitments of each programme have each status."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import AssessedRegister
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear, count_statuses, is_computable
from generator.pages.texts import render_share
from generator.pages.words import PROGRAMMES, SHORT_STATUSES, STATUSES, word_of

_TITLE = "各项目的承诺状态"


def status_figure(year: CityYear, draw: Draw) -> Figure:
    """How many commitments of each programme have each status. Nothing is left out; one status of all is a sentence."""
    counts, total = count_statuses(year.commitments), len(year.commitments)
    present = [code for code in STATUSES if counts[code]]
    caption = _caption(year)
    if len(present) < 2:
        return Figure(id="chart-status", title=_TITLE, caption=caption, said=_said(present, total))
    rows = [row for register in year.registers for row in _status_rows(register, alone=len(year.registers) == 1)]
    words = "；".join(f"{row['programme']}：{SHORT_STATUSES[row['tone']]} {row['count']} 项" for row in rows)
    return Figure(
        id="chart-status",
        title=_TITLE,
        caption=caption,
        drawings=(Markup(draw(charts.status_chart(rows, f"共 {total} 项。{words}。"))),),
        legend=tuple({"tone": code, "text": f"{word_of(STATUSES, code).zh} {counts[code]}"} for code in present),
        table=_table(rows),
    )


def _said(present: Sequence[str], total: int) -> str:
    """The one status of all in words."""
    if not present:
        return "没有承诺。"
    why = "：本站收入的文件只有计划，没有说到进展，不等于没有进展" if present == ["no_report"] else ""
    return f"全部 {total} 项承诺的状态都是“{word_of(STATUSES, present[0]).zh}”{why}。"


def _caption(year: CityYear) -> str:
    total = len(year.commitments)
    computable = sum(map(is_computable, year.commitments))
    return f"分母为全部 {total} 项承诺，一项不略；其中 {computable} 项可按数字核算，其余只有政府自报或未见报告。"


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        title=_TITLE,
        columns=(
            column("项目", "Programme"),
            column("状态", "Status"),
            number_column("承诺数", "Commitments"),
            number_column("比例", "Share"),
        ),
        rows=tuple(
            (
                cell(row["programme"]),
                cell(word_of(STATUSES, row["tone"]).zh, row["url"].removeprefix(charts.link(""))),
                number_cell(row["count"]),
                number_cell(render_share(Decimal(str(row["end"])) - Decimal(str(row["start"])))),
            )
            for row in rows
        ),
    )


def _status_rows(register: AssessedRegister, *, alone: bool) -> list[Row]:
    """The pieces of a programme's bar; they lead to the list of the page, filtered."""
    code_of_programme = register.register.programme
    counts, rows, start = count_statuses(register.commitments), [], 0
    total = len(register.commitments) or 1
    name = word_of(PROGRAMMES, code_of_programme).zh
    for code in STATUSES:
        if not counts[code]:
            continue
        end = start + counts[code]
        query = f"status={code}" if alone else f"programme={code_of_programme}&status={code}"
        rows.append(
            {
                "programme": name,
                "count": counts[code],
                "start": start / total,
                "end": end / total,
                "middle": (start + end) / 2 / total,
                "tone": code,
                "label": _segment_label(code, counts[code], counts[code] / total),
                "url": charts.link(f"?{query}#commitments"),
                "tip": charts.tip(f"{name}：{SHORT_STATUSES[code]} {counts[code]} 项"),
            }
        )
        start = end
    return rows


def _segment_label(code: str, count: int, share: float) -> str:
    """As many words as the segment has room for; the number always where a digit fits."""
    shape = STATUSES[code].shape
    if share > 0.24:
        return f"{shape} {SHORT_STATUSES[code]} {count}"
    if share > 0.1:
        return f"{shape} {count}"
    return str(count) if share > 0.035 else ""
