"""What share of each target is laid on each area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from markupsafe import Markup

from generator import charts
from generator.model import Allocation, Target
from generator.pages.commitment_page import commitment_file
from generator.pages.figure import Draw, Figure, Row, Table, cell, column, number_cell, number_column, split_rows
from generator.pages.outline import CityYear
from generator.pages.texts import fit, render_quantity

_HEAT = ((Decimal("0.05"), 0.2), (Decimal("0.10"), 0.45), (Decimal("0.20"), 0.7))
_LEGEND = ("不到 5%", "5–10%", "10–20%", "20% 以上")
_LABEL = 11.9
#: Names of areas stand upright above their columns, a character a line.
_AREA_LABEL = 6


@dataclass(frozen=True)
class _Line:
    """A target whose areas can be added up: the page it is on, its name, and each area's share."""

    href: str
    name: str
    shares: dict[str, Allocation]
    total: Decimal
    unit: str


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
    heads = [_area_to_head(area) for area in areas]
    left = len(split) - len(lines)
    return Figure(
        id="chart-districts",
        title="各地承担的份额",
        caption=(
            f"{words}深浅是该地数字占各地合计的比例，空白是没有分解到该地；具体数字见表格。点区县名，只看有它的承诺。"
            + (f"另有 {left} 个目标的分解数是比率或一格多数，不能相加，不在图中。" if left else "")
        ),
        drawings=tuple(
            Markup(draw(charts.district_chart(f"districts-{place}", _chart_rows(part, areas), heads, words)))
            for place, part in enumerate(split_rows(lines), 1)
        ),
        legend=tuple({"tone": f"heat-{step}", "text": text} for step, text in enumerate(_LEGEND, 1)),
        table=_table(lines, areas),
    )


def _target_to_line(target: Target, position: int, file: str) -> _Line | None:
    whole = {share.area: share for share in target.allocations if not share.part and share.unit != "%"}
    total = sum((share.value for share in whole.values()), Decimal(0))
    if total <= 0:
        return None
    units = {share.unit for share in whole.values()}
    return _Line(
        href=f"{file}.html#districts",
        name=f"{position} {target.measure}",
        shares=whole,
        total=total,
        unit=units.pop() if len(units) == 1 else "",
    )


def _area_to_head(area: str) -> Row:
    return {
        "label": "\n".join(fit(area, _AREA_LABEL)),
        "url": charts.link(f"?area={quote(area)}#commitments"),
    }


def _chart_rows(lines: Sequence[_Line], areas: Sequence[str]) -> list[Row]:
    places = {area: place for place, area in enumerate(areas)}
    return [
        {
            "label": (label := fit(line.name, _LABEL)),
            "url": charts.link(line.href),
            "tip": charts.tip("" if label == line.name else line.name),
            "levels": {places[area]: _heat(share.value / line.total) for area, share in line.shares.items()},
        }
        for line in lines
    ]


def _table(lines: Sequence[_Line], areas: Sequence[str]) -> Table:
    return Table(
        title="各地承担的份额",
        columns=(column("目标", "Target"), *(number_column(area) for area in areas)),
        rows=tuple(
            (
                cell(f"{line.name}（{line.unit}）" if line.unit else line.name, line.href),
                *(number_cell(_area_text(line.shares.get(area), line.unit)) for area in areas),
            )
            for line in lines
        ),
    )


def _heat(share: Decimal) -> float:
    """Four steps of depth, the same in every chart, so that a legend can name them."""
    if share == 0:
        return 0.0
    return next((level for limit, level in _HEAT if share < limit), 1.0)


def _area_text(share: Allocation | None, unit: str) -> str:
    """The area's number; its unit stands with the target, where all areas have the same."""
    if share is None:
        return "—"
    return render_quantity(share.value, "" if unit else share.unit)
