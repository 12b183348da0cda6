"""Charts of a city's year with what belongs to each: legend, caption, description and a table of the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from generator import charts
from generator.model import AssessedCommitment, AssessedTarget
from generator.pages.commitment import commitment_file
from generator.pages.figures import commitment_to_title, render_quantity, render_share, render_target, shorten
from generator.pages.outline import CityYear, count_statuses
from generator.pages.words import (
    PROGRAMMES,
    SCHEDULE_STATES,
    SHORT_STATUSES,
    STATE_TONES,
    STATUSES,
    word_of,
)

Row = dict[str, Any]
Draw = Callable[[charts.Chart], str]


@dataclass(frozen=True)
class Table:
    """The twin of a chart. Columns have zh, en and number; cells text, number and href."""

    title: str
    columns: tuple[Row, ...]
    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart as a page shows it. ``svg`` is markup of ours."""

    id: str
    title: str
    caption: str
    svg: Markup
    table: Table
    legend: tuple[Row, ...] = field(default=())


def column(zh: str, en: str, number: str = "") -> Row:
    """A column's title in both languages. ``number`` says "number" where figures stand right."""
    return {"zh": zh, "en": en, "number": bool(number)}


def cell(text: object, href: str = "", number: str = "") -> Row:
    """A cell of a table, perhaps a link."""
    return {"text": str(text), "href": href, "number": bool(number)}


def year_to_figures(year: CityYear, draw: Draw) -> dict[str, list[Figure]]:
    """All charts of a year that have data, by the section that they stand in."""
    return {
        "status": [status_figure(year, draw)],
        "targets": target_figures(year, draw),
        "milestones": _present(milestone_figure(year, draw)),
        "districts": _present(district_figure(year, draw)),
    }


def _present(figure: Figure | None) -> list[Figure]:
    return [figure] if figure else []


# --- status by programme ---------------------------------------------------------------------------


def status_figure(year: CityYear, draw: Draw) -> Figure:
    """How many commitments of each programme have each status. Nothing is left out."""
    rows = [row for register in year.registers for row in _status_rows(register.register.programme, register.commitments)]
    present = [code for code in STATUSES if any(row["status"] == code for row in rows)]
    total = len(year.commitments)
    computable = sum(item.schedule_state != "not_computable" for item in year.commitments)
    words = "；".join(f"{row['programme']}{SHORT_STATUSES[row['status']]} {row['count']} 项" for row in rows)
    chart = charts.status_chart(rows, [{"status": code} for code in present], f"共 {total} 项。{words}。")
    return Figure(
        id="chart-status",
        title="承诺状态",
        caption=f"分母为全部 {total} 项承诺；其中 {computable} 项可按数字核算，其余只能依政府自报或尚无报告。",
        svg=Markup(draw(chart)),
        legend=tuple({"tone": code, "text": word_of(STATUSES, code).zh} for code in present),
        table=Table(
            title="承诺状态",
            columns=(column("项目", "Programme"), column("状态", "Status"), column("承诺数", "Commitments", "number"), column("比例", "Share", "number")),
            rows=tuple(
                (cell(row["programme"]), cell(word_of(STATUSES, row["status"]).zh), cell(row["count"], "", "number"),
                 cell(render_share(Decimal(str(row["share"]))), "", "number"))
                for row in rows
            ),
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


# --- attainment of targets ---------------------------------------------------------------------------


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
    measure = shorten(target.measure + target.part, 18)
    state = word_of(SCHEDULE_STATES, assessed.schedule_state)
    return {
        "key": f"{item.commitment.id}.{target.id}|{item.commitment.position} {measure}",
        "measure": target.measure + (f"（{target.part}）" if target.part else ""),
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


_DRAWN = ("key", "drawn", "expected", "text", "tone", "url")


def _target_figure(programme: str, rows: list[Row], total: int, draw: Draw) -> Figure:
    name = word_of(PROGRAMMES, programme).zh
    reached = sum(row["attained"] >= 1 for row in rows)
    over = sum(row["drawn"] < row["attained"] for row in rows)
    drawn = [{name_: row[name_] for name_ in _DRAWN} for row in rows]
    chart = charts.attainment_chart(
        f"targets-{programme}", drawn,
        f"{name}共 {total} 个目标，{len(rows)} 个有可比的数字，其中 {reached} 个达到或超过目标。",
    )
    marks = sum(row["expected"] is not None for row in rows)
    caption = f"{total} 个目标中，{len(rows)} 个有可比的数字，列在图中；{total - len(rows)} 个没有，不在图中。"
    caption += f"粗短线为已到期的官方节点（{marks} 个目标有）。" if marks else "没有可比的官方节点。"
    caption += f"{over} 个超过 200% 的只画到 200%，数字照实写出。" if over else ""
    tones = [tone for tone in ("met", "on_schedule", "behind", "missed", "under_way") if any(row["tone"] == tone for row in rows)]
    return Figure(
        id=f"chart-targets-{programme}",
        title=f"目标完成情况：{name}",
        caption=caption,
        svg=Markup(draw(chart)),
        legend=tuple({"tone": tone, "text": SHORT_STATUSES[tone] if tone != "under_way" else "有数字，未作判定"} for tone in tones),
        table=Table(
            title=f"目标完成情况：{name}",
            columns=(
                column("序号", "No.", "number"), column("指标", "Measure"), column("目标", "Target", "number"),
                column("完成", "Attained", "number"), column("节点要求", "Milestone", "number"), column("核算", "Computed"),
            ),
            rows=tuple(
                (
                    cell(row["position"], "", "number"), cell(row["measure"], row["file"]), cell(row["wanted"], "", "number"),
                    cell(row["share"], "", "number"), cell(row["expected_text"], "", "number"), cell(row["state"]),
                )
                for row in rows
            ),
        ),
    )


# --- milestones by month -------------------------------------------------------------------------------


def milestone_figure(year: CityYear, draw: Draw) -> Figure | None:
    """How many official milestones are due in each month, and how many of them name a number."""
    steps = [step for item in year.commitments for step in item.commitment.milestones]
    dated = [step for step in steps if step.due and step.due.year == year.year]
    if not dated:
        return None
    counts = Counter((step.due.month, step.value is not None) for step in dated if step.due)
    rows = [
        {"month": f"{month}月", "kind": "number" if numbered else "words", "rank": int(not numbered), "count": count}
        for (month, numbered), count in sorted(counts.items())
    ]
    peak = max(range(1, 13), key=lambda month: counts[month, True] + counts[month, False])
    numbered = sum(step.value is not None for step in dated)
    chart = charts.milestone_chart(rows, f"共 {len(dated)} 个节点，最多的是 {peak} 月。其中 {numbered} 个写明数字。")
    left = len(steps) - len(dated)
    return Figure(
        id="chart-milestones",
        title="各月到期的节点",
        caption=f"计划写明的 {len(steps)} 个节点中，{len(dated)} 个在本年内有期限，列在图中；{left} 个没有写明本年期限，不在图中。只有写明数字的 {numbered} 个可以用来核算。",
        svg=Markup(draw(chart)),
        legend=({"tone": "on_schedule", "text": "写明数字"}, {"tone": "soft", "text": "只有文字"}),
        table=Table(
            title="各月到期的节点",
            columns=(column("月份", "Month"), column("写明数字", "With a number", "number"), column("只有文字", "Words only", "number")),
            rows=tuple(
                (cell(f"{month} 月"), cell(counts[month, True], "", "number"), cell(counts[month, False], "", "number"))
                for month in range(1, 13)
            ),
        ),
    )


# --- split by district -----------------------------------------------------------------------------------


def district_figure(year: CityYear, draw: Draw) -> Figure | None:
    """What share of each target is laid on each area. Bracketed parts and rates are left out and counted."""
    lines = [(item, target.target) for item in year.commitments for target in item.targets if target.target.allocations]
    areas = list(dict.fromkeys(share.area for _, target in lines for share in target.allocations))
    rows: list[Row] = []
    cells: list[tuple[Row, ...]] = []
    for item, target in lines:
        whole = [share for share in target.allocations if not share.part and share.unit != "%"]
        total = sum((share.value for share in whole), Decimal(0))
        if total <= 0:
            continue
        href = f"{commitment_file(year, item.commitment)}.html"
        key = f"{item.commitment.id}.{target.id}|{item.commitment.position} {shorten(target.measure, 18)}"
        by_area = {share.area: share for share in whole}
        rows += [
            {"key": key, "area": area, "level": _heat(share.value / total), "url": charts.link(f"{href}#districts")}
            for area, share in by_area.items()
        ]
        cells.append(
            (cell(f"{item.commitment.position} {target.measure}", href),)
            + tuple(cell(_area_text(by_area.get(area)), "", "number") for area in areas)
        )
    if not rows:
        return None
    left = len(lines) - len(cells)
    chart = charts.district_chart(rows, areas, f"{len(cells)} 个目标分解到 {len(areas)} 个区县或功能区。颜色越深，该地承担的比例越大。")
    return Figure(
        id="chart-districts",
        title="区县分解",
        caption=f"{len(lines)} 个目标有分解数，{len(cells)} 个列在图中，{left} 个为比率或一格多数，不在图中。颜色深浅为该地数字占各地合计的比例，空白为未分解。",
        svg=Markup(draw(chart)),
        legend=tuple({"tone": f"heat-{step}", "text": text} for step, text in enumerate(("不到 5%", "5–10%", "10–20%", "20% 以上"), 1)),
        table=Table(title="区县分解", columns=(column("目标", "Target"), *(column(area, "", "number") for area in areas)), rows=tuple(cells)),
    )


_HEAT = ((Decimal("0.05"), 0.15), (Decimal("0.10"), 0.38), (Decimal("0.20"), 0.65))


def _heat(share: Decimal) -> float:
    """Four steps of depth, the same in every chart, so that a legend can name them."""
    if share == 0:
        return 0.0
    return next((level for limit, level in _HEAT if share < limit), 1.0)


def _area_text(share: Any) -> str:
    return render_quantity(share.value, share.unit) if share else "—"
