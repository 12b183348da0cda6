"""Official milestones by the month that they are due in."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from generator import charts
from generator.pages.due import month_id
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
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
    sums = {month: counts[month, True] + counts[month, False] for month in range(1, 13)}
    peak = max(sums, key=lambda month: sums[month])
    words = f"共 {shown} 个节点，最多的是 {peak} 月（{sums[peak]} 个）；{numbered} 个写明数字。"
    left = len(steps) - shown
    return Figure(
        id="chart-milestones",
        title="各月到期的节点",
        caption=(
            f"{words}只有写明数字的可以用来核算。"
            + (f"另有 {left} 个没有写明本年期限，不在图中。" if left else "")
            + "按月份查看，可点柱子。"
        ),
        drawings=(Markup(draw(charts.milestone_chart(_rows(year, counts, sums), words))),),
        legend=({"tone": "number", "text": "写明数字"}, {"tone": "soft", "text": "只有文字"}),
        table=_table(year, counts),
    )


def _month_address(year: CityYear, month: int) -> str:
    return f"../../due/?place={year.place.slug}&year={year.year}&kind=milestone#{month_id(year.year, month)}"


def _rows(year: CityYear, counts: Months, sums: dict[int, int]) -> list[Row]:
    return [
        {
            "month": month,
            "kind": "number" if number else "words",
            "rank": int(not number),
            "count": count,
            "url": charts.link(_month_address(year, month)),
            "tip": charts.tip(f"{month} 月：{sums[month]} 个节点，{counts[month, True]} 个写明数字"),
        }
        for (month, number), count in sorted(counts.items())
    ]


def _table(year: CityYear, counts: Months) -> Table:
    return Table(
        title="各月到期的节点",
        columns=(
            column("月份", "Month"),
            number_column("写明数字", "With a number"),
            number_column("只有文字", "Words only"),
        ),
        rows=tuple(
            (
                cell(
                    f"{month} 月",
                    _month_address(year, month) if counts[month, True] + counts[month, False] else "",
                ),
                number_cell(counts[month, True]),
                number_cell(counts[month, False]),
            )
            for month in range(1, 13)
        ),
    )
