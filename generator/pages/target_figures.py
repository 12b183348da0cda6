"""How much of each target was attained, programme after programme."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import AssessedCommitment, AssessedTarget
from generator.pages.commitment_page import commitment_file
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column, split_rows
from generator.pages.outline import CityYear
from generator.pages.texts import fit, render_measure, render_share, render_target
from generator.pages.words import PROGRAMMES, SCHEDULE_STATES, SHORT_STATUSES, STATE_TONES, word_of

_LABEL = 22
_TONES = {
    "met": SHORT_STATUSES["met"],
    "on_schedule": SHORT_STATUSES["on_schedule"],
    "behind": SHORT_STATUSES["behind"],
    "missed": SHORT_STATUSES["missed"],
    "under_way": "有数字，未作判定",
}
_DRAWN = ("label", "attained", "text", "tone", "url", "tip")


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
    measure = render_measure(target)
    wanted = render_target(target.comparator, target.value, target.unit)
    state = word_of(SCHEDULE_STATES, assessed.schedule_state)
    file = f"{commitment_file(year, item.commitment)}.html"
    whole = f"{item.commitment.position} {measure}"
    label, share = fit(whole, _LABEL), render_share(attained)
    return {
        "label": label,
        "measure": measure,
        "position": item.commitment.position,
        "wanted": wanted,
        "share": share,
        "expected_text": render_share(assessed.expected),
        "state": state.zh,
        "file": file,
        "attained": float(attained),
        "expected": assessed.expected,
        "text": f"{state.shape} {share}",
        "tone": STATE_TONES.get(assessed.schedule_state, "under_way"),
        "url": charts.link(f"{file}#{target.id}"),
        "tip": charts.tip("" if label == whole else f"{whole}：{share}"),
    }


def _target_figure(programme: str, rows: list[Row], total: int, draw: Draw) -> Figure:
    """Bars from the lowest to the highest, so that what is short of its target is seen first."""
    name = word_of(PROGRAMMES, programme).zh
    reached = sum(row["attained"] >= 1 for row in rows)
    words = f"{name}共 {total} 个目标，{len(rows)} 个有完成率，其中 {reached} 个达到或超过目标。"
    ranked = sorted(rows, key=lambda row: row["attained"])
    top = min(charts.CAP, max(1.2, ranked[-1]["attained"]))
    parts = [[_row_to_bar(row) for row in part] for part in split_rows(ranked)]
    return Figure(
        id=f"chart-targets-{programme}",
        title=f"目标完成情况：{name}",
        caption=words + _caption(rows, total),
        drawings=tuple(
            Markup(draw(charts.attainment_chart(f"targets-{programme}-{place}", part, top, words)))
            for place, part in enumerate(parts, 1)
        ),
        legend=tuple(
            {"tone": tone, "text": text} for tone, text in _TONES.items() if any(row["tone"] == tone for row in rows)
        ),
        table=_table(f"目标完成情况：{name}", rows),
    )


def _row_to_bar(row: Row) -> Row:
    bar = {name: row[name] for name in _DRAWN}
    return bar if row["expected"] is None else {**bar, "expected": float(row["expected"])}


def _caption(rows: Sequence[Row], total: int) -> str:
    marks = sum(row["expected"] is not None for row in rows)
    over = sum(row["attained"] > charts.CAP for row in rows)
    text = "由低到高排列，竖线是目标（100%）。"
    text += f"▼ 是已到期的官方节点（{marks} 个目标有）。" if marks else "文件没有给出可比的官方节点。"
    text += f"{over} 个超过 200% 的只画到 200%，数字照实写出。" if over else ""
    left = total - len(rows)
    return text + (f"其余 {left} 个没有可比的数字，或是百分数、上限，不用完成率表示，不在图中。" if left else "")


def _table(title: str, rows: Sequence[Row]) -> Table:
    """The same figures in the order of the documents; milestones where there are some."""
    due = any(row["expected"] is not None for row in rows)
    return Table(
        title=title,
        columns=(
            number_column("序号", "No."),
            column("指标", "Measure"),
            number_column("目标", "Target"),
            number_column("完成", "Attained"),
            *((number_column("节点要求", "Milestone"),) if due else ()),
            column("核算", "Computed"),
        ),
        rows=tuple(
            (
                number_cell(row["position"]),
                cell(row["measure"], row["file"]),
                number_cell(row["wanted"]),
                number_cell(row["share"]),
                *((number_cell(row["expected_text"]),) if due else ()),
                cell(row["state"]),
            )
            for row in rows
        ),
    )
