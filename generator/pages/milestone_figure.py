"""Official milestones by the month that they are due in."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from generator import charts
from generator.pages.figure import Draw, Figure, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear

Months = Counter[tuple[int, bool]]
"""How many milestones by month, with a number and in words only."""


def milestone_figure(year: CityYear, draw: Draw) -> Figure | None:
    """How many milestones are due in each month of the year, and how many of them name a number."""
    steps = [step for item in year.commitments for step in item.commitment.milestones]
    counts: Months = Counter(
        (step.due.month, step.value is not None) for step in steps if step.due and step.due.year == year.year
    )
    shown = counts.total()
    if not shown:
        return None
    numbered = sum(count for (_, with_number), count in counts.items() if with_number)
    rows = [
        {"month": f"{month}月", "kind": "number" if number else "words", "rank": int(not number), "count": count}
        for (month, number), count in sorted(counts.items())
    ]
    peak = max(range(1, 13), key=lambda month: counts[month, True] + counts[month, False])
    words = f"共 {shown} 个节点，最多的是 {peak} 月。其中 {numbered} 个写明数字。"
    return Figure(
        id="chart-milestones",
        title="各月到期的节点",
        caption=(
            f"计划写明的 {len(steps)} 个节点中，{shown} 个在本年内有期限，列在图中；{len(steps) - shown} 个没有写明"
            f"本年期限，不在图中。只有写明数字的 {numbered} 个可以用来核算。"
        ),
        svg=Markup(draw(charts.milestone_chart(rows, words))),
        legend=({"tone": "on_schedule", "text": "写明数字"}, {"tone": "soft", "text": "只有文字"}),
        table=_table(counts),
    )


def _table(counts: Months) -> Table:
    return Table(
        title="各月到期的节点",
        columns=(
            column("月份", "Month"),
            number_column("写明数字", "With a number"),
            number_column("只有文字", "Words only"),
        ),
        rows=tuple(
            (cell(f"{month} 月"), number_cell(counts[month, True]), number_cell(counts[month, False]))
            for month in range(1, 13)
        ),
    )
