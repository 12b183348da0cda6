"""Counts by kind, one bar a kind: evidence of the commitments, verdicts on the published rates, leading units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator import charts
from generator.assess import rules
from generator.pages.duties import department_path
from generator.pages.figure import Draw, Figure, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear
from generator.tables import leading_names

#: Units beyond these are summed up in the caption.
_MOST_UNITS = 12
#: With fewer there is nothing to compare.
_FEW_UNITS = 3
_NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class _Counted:
    """What is counted: ids and titles of the figure, the head of its kinds and of its numbers in two languages."""

    name: str
    title: str
    kind: tuple[str, str]
    number: tuple[str, str]


_EVIDENCE = _Counted("evidence", "证据等级", ("证据等级", "Evidence grade"), ("承诺数", "Commitments"))
_VERDICTS = _Counted("verdicts", "公布完成率的重算结论", ("结论", "Verdict"), ("完成率数", "Published rates"))
_UNITS = _Counted("units", "牵头单位", ("牵头单位", "Lead unit"), ("承诺数", "Commitments"))


def evidence_figure(year: CityYear, draw: Draw) -> Figure:
    """How many commitments have which grade of evidence. Nothing is left out."""
    counts = Counter[str](item.evidence_grade for item in year.commitments)
    words = {f"{term.code} {term.zh}": counts[term.code] for term in rules.GRADES if counts[term.code]}
    return _figure(_EVIDENCE, words, f"分母为全部 {len(year.commitments)} 项承诺；等级只说材料，不说好坏。", draw)


def verdict_figure(year: CityYear, draw: Draw) -> Figure | None:
    """What came of recomputing the published rates; None where none is published."""
    counts = Counter[str](rate.verdict for item in year.commitments for rate in item.rates)
    if not counts:
        return None
    words = {term.zh: counts[term.code] for term in rules.VERDICTS if counts[term.code]}
    caption = f"公布的完成率共 {counts.total()} 个，其中 {counts['not_computable']} 个无法重算"
    if counts["other_base"]:
        caption += f"，{counts['other_base']} 个以文件没有印出的数为基数，也没有重算"
    return _figure(_VERDICTS, words, f"{caption}。", draw)


def unit_figure(year: CityYear, draw: Draw) -> Figure | None:
    """How many commitments each unit leads, by its normal name, the most first; None where too few are named."""
    counts = Counter(name for item in year.commitments for name in leading_names(item.commitment))
    if len(counts) < _FEW_UNITS:
        return None
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    left = len(ranked) - len(ranked[:_MOST_UNITS])
    rest = f"，另有 {left} 个单位未列出" if left else ""
    links = {name: f"../{department_path(year, name)}" for name, _ in ranked[:_MOST_UNITS]}
    caption = f"一项承诺可有几个牵头单位，分别计入{rest}。"
    return _figure(_UNITS, dict(ranked[:_MOST_UNITS]), caption, draw, links)


def _figure(
    counted: _Counted, counts: Mapping[str, int], caption: str, draw: Draw, links: Mapping[str, str] = _NO_LINKS
) -> Figure:
    """``links`` are addresses of kinds that have a page."""
    rows = [
        {"kind": kind, "count": count, **({"url": charts.link(links[kind])} if kind in links else {})}
        for kind, count in counts.items()
    ]
    said = "；".join(f"{kind} {count}" for kind, count in counts.items())
    chart = charts.count_chart(counted.name, rows, counted.title, counted.number[0], f"{said}。")
    return Figure(
        id=f"chart-{counted.name}",
        title=counted.title,
        caption=caption,
        svg=Markup(draw(chart)),
        legend=(),
        table=Table(
            title=counted.title,
            columns=(column(*counted.kind), number_column(*counted.number)),
            rows=tuple((cell(kind, links.get(kind, "")), number_cell(count)) for kind, count in counts.items()),
        ),
    )
