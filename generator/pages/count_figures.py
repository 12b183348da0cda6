"""Counts by kind, one bar a kind: evidence of the commitments, verdicts on the published rates, leading units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator import charts
from generator.assess import terms
from generator.model import AssessedCommitment
from generator.pages.figure import Draw, Figure, Table, cell, column, number_cell, number_column
from generator.pages.outline import CityYear, count_statuses
from generator.pages.texts import fit
from generator.pages.unit_paths import department_path
from generator.pages.words import SHORT_STATUSES, STATUSES
from generator.tables import leading_names

#: Units beyond these are summed up in the caption.
_MOST_UNITS = 12
#: With fewer there is nothing to compare.
_FEW_UNITS = 3
_LABEL = 22


@dataclass(frozen=True)
class _Counted:
    """What is counted: ids and titles of the figure, the head of its kinds and of its numbers in two languages."""

    name: str
    title: str
    kind: tuple[str, str]
    number: tuple[str, str]


@dataclass(frozen=True)
class _Kind:
    """A kind with its count; parts are (tone, count) of its bar, one of no tone unless it is told apart further."""

    name: str
    count: int
    parts: tuple[tuple[str, int], ...] = ()
    href: str = ""


_EVIDENCE = _Counted("evidence", "证据等级", ("证据等级", "Evidence grade"), ("承诺数", "Commitments"))
_VERDICTS = _Counted("verdicts", "公布完成率的重算结论", ("结论", "Verdict"), ("完成率数", "Published rates"))
_UNITS = _Counted("units", "牵头单位", ("牵头单位", "Lead unit"), ("承诺数", "Commitments"))
_THEMES = _Counted("themes", "承诺了什么：按主题", ("主题", "Theme"), ("承诺数", "Commitments"))


def evidence_figure(year: CityYear, draw: Draw) -> Figure:
    """How many commitments have which grade of evidence. Nothing is left out; one grade of all is a sentence."""
    counts = Counter[str](item.evidence_grade for item in year.commitments)
    kinds = [_Kind(f"{term.code} {term.zh}", counts[term.code]) for term in terms.GRADES if counts[term.code]]
    caption = f"分母为全部 {len(year.commitments)} 项承诺；等级只说材料，不说好坏。"
    if len(kinds) == 1:
        said = f"全部 {kinds[0].count} 项承诺的证据等级都是“{kinds[0].name}”。"
        return Figure(id="chart-evidence", title=_EVIDENCE.title, caption=caption, said=said)
    return _figure(_EVIDENCE, kinds, caption, draw)


def verdict_figure(year: CityYear, draw: Draw) -> Figure | None:
    """What came of recomputing the published rates; None where none is published."""
    counts = Counter[str](rate.verdict for item in year.commitments for rate in item.rates)
    if not counts:
        return None
    kinds = [_Kind(term.zh, counts[term.code]) for term in terms.VERDICTS if counts[term.code]]
    caption = f"公布的完成率共 {counts.total()} 个，其中 {counts['not_computable']} 个无法重算"
    if counts["other_base"]:
        caption += f"，{counts['other_base']} 个以文件没有印出的数为基数，也没有重算"
    return _figure(_VERDICTS, kinds, f"{caption}。", draw)


def theme_figure(year: CityYear, draw: Draw) -> Figure | None:
    """How many commitments belong to each theme, the most first; None where there are none."""
    counts = Counter(theme.theme for item in year.commitments for theme in item.themes)
    kinds = [
        _Kind(theme.zh, counts[theme.slug], href=f"?theme={theme.slug}#commitments")
        for theme in year.catalogue.themes
        if counts[theme.slug]
    ]
    if not kinds:
        return None
    bare = sum(not item.themes for item in year.commitments)
    caption = "一项承诺可归两个主题，分别计入" + (f"；{bare} 项没有归入主题，不在图中。" if bare else "。")
    return _figure(_THEMES, sorted(kinds, key=lambda kind: -kind.count), caption, draw)


def unit_figure(year: CityYear, draw: Draw) -> Figure | None:
    """How many commitments each unit leads and how they stand, the most first; None where too few units are named."""
    led: dict[str, list[AssessedCommitment]] = {}
    for item in year.commitments:
        for name in leading_names(item.commitment):
            led.setdefault(name, []).append(item)
    if len(led) < _FEW_UNITS:
        return None
    ranked = sorted(led, key=lambda name: (-len(led[name]), name))
    left = len(ranked) - len(ranked[:_MOST_UNITS])
    rest = f"；另有 {left} 个单位牵头较少，未列出" if left else ""
    kinds = [
        _Kind(name, len(led[name]), _status_parts(led[name]), f"../{department_path(year, name)}")
        for name in ranked[:_MOST_UNITS]
    ]
    return _figure(_UNITS, kinds, f"一项承诺可有几个牵头单位，分别计入{rest}。", draw)


def _status_parts(items: Sequence[AssessedCommitment]) -> tuple[tuple[str, int], ...]:
    counts = count_statuses(items)
    return tuple((code, counts[code]) for code in STATUSES if counts[code])


def _kind_text(kind: _Kind) -> str:
    """The count; told apart by status, each with the shape that stands for it."""
    if len(kind.parts) < 2:
        return str(kind.count)
    return "  ".join(f"{STATUSES[code].shape}{count}" for code, count in kind.parts)


def _figure(counted: _Counted, kinds: Sequence[_Kind], caption: str, draw: Draw) -> Figure:
    rows = [
        {
            "label": fit(kind.name, _LABEL),
            "text": _kind_text(kind),
            "parts": kind.parts or (("", kind.count),),
            **({"url": charts.link(kind.href)} if kind.href else {}),
        }
        for kind in kinds
    ]
    said = "；".join(f"{kind.name} {kind.count}" for kind in kinds)
    tones = [code for code in STATUSES if any(code == tone for kind in kinds for tone, _ in kind.parts)]
    told_apart = tones if len(tones) > 1 else []
    chart = charts.count_chart(counted.name, rows, counted.title, f"{said}。")
    return Figure(
        id=f"chart-{counted.name}",
        title=counted.title,
        caption=caption,
        drawings=(Markup(draw(chart)),),
        legend=tuple({"tone": code, "text": SHORT_STATUSES[code]} for code in tones),
        table=Table(
            title=counted.title,
            columns=(
                column(*counted.kind),
                number_column(*counted.number),
                *(number_column(SHORT_STATUSES[code], STATUSES[code].en) for code in told_apart),
            ),
            rows=tuple(
                (
                    cell(kind.name, kind.href),
                    number_cell(kind.count),
                    *(number_cell(dict(kind.parts).get(code, 0)) for code in told_apart),
                )
                for kind in kinds
            ),
        ),
    )
