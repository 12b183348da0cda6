"""What share of each target is laid on each area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator import charts
from generator.model import Allocation, Target
from generator.pages.commitment_page import commitment_file
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear
from generator.pages.texts import render_quantity, shorten

_HEAT = ((Decimal("0.05"), 0.15), (Decimal("0.10"), 0.38), (Decimal("0.20"), 0.65))
_LEGEND = ("不到 5%", "5–10%", "10–20%", "20% 以上")


@dataclass(frozen=True)
class _Line:
    """A target whose areas can be added up: the page it is on, its name, and each area's share."""

    href: str
    key: str
    name: str
    shares: dict[str, Allocation]
    total: Decimal


def district_figure(year: CityYear, draw: Draw) -> Figure | None:
    """A heat map of targets and areas. Rates and bracketed parts cannot be added up: they are left out and counted."""
    split = [(item, target.target) for item in year.commitments for target in item.targets if target.target.allocations]
    lines = [
        line
        for item, target in split
        if (line := _target_to_line(target, item.commitment.position, commitment_file(year, item.commitment)))
    ]
    if not lines:
        return None
    areas = list(dict.fromkeys(area for line in lines for area in line.shares))
    words = f"{len(lines)} 个目标分解到 {len(areas)} 个区县或功能区。颜色越深，该地承担的比例越大。"
    return Figure(
        id="chart-districts",
        title="各地承担的份额",
        caption=(
            f"{len(split)} 个目标有分解数，{len(lines)} 个列在图中，{len(split) - len(lines)} 个为比率或一格多数，"
            "不在图中。颜色深浅为该地数字占各地合计的比例，空白为没有分解到该地。"
        ),
        svg=Markup(draw(charts.district_chart(_chart_rows(lines), areas, words))),
        legend=tuple({"tone": f"heat-{step}", "text": text} for step, text in enumerate(_LEGEND, 1)),
        table=_table(lines, areas),
    )


def _target_to_line(target: Target, position: int, file: str) -> _Line | None:
    whole = {share.area: share for share in target.allocations if not share.part and share.unit != "%"}
    total = sum((share.value for share in whole.values()), Decimal(0))
    if total <= 0:
        return None
    return _Line(
        href=f"{file}.html#districts",
        key=f"{file}.{target.id}|{position} {shorten(target.measure, 18)}",
        name=f"{position} {target.measure}",
        shares=whole,
        total=total,
    )


def _chart_rows(lines: Sequence[_Line]) -> list[Row]:
    return [
        {"key": line.key, "area": area, "level": _heat(share.value / line.total)}
        for line in lines
        for area, share in line.shares.items()
    ]


def _table(lines: Sequence[_Line], areas: Sequence[str]) -> Table:
    return Table(
        title="各地承担的份额",
        columns=(column("目标", "Target"), *(number_column(area) for area in areas)),
        rows=tuple(
            (cell(line.name, line.href), *(number_cell(_area_text(line.shares.get(area))) for area in areas))
            for line in lines
        ),
    )


def _heat(share: Decimal) -> float:
    """Four steps of depth, the same in every chart, so that a legend can name them."""
    if share == 0:
        return 0.0
    return next((level for limit, level in _HEAT if share < limit), 1.0)


def _area_text(share: Allocation | None) -> str:
    return render_quantity(share.value, share.unit) if share else "—"
