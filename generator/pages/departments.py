"""The ledger of a city's units, and one page a unit with the commitments that it leads and supports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.pages.counts import Counts, add_counts
from generator.pages.duties import OUTCOMES, CityDuties, Department, Duty, read_duties
from generator.pages.environment import render, render_short
from generator.pages.home import status_mix
from generator.pages.listed import listed_to_row
from generator.pages.rows import finding_to_row
from generator.pages.summaries import CityRef, Summaries, YearRef
from generator.pages.texts import shorten
from generator.pages.words import SHORT_STATUSES, STATUSES, UNIT_KINDS, word_of

Row = dict[str, Any]

_OUTCOME_WORDS = {code: STATUSES[code] for code in OUTCOMES}
_SCOPE_LENGTH = 60


@dataclass(frozen=True)
class DepartmentPage:
    """What the page of a unit fills its shell with. ``path`` is its folder, from the root of the site.

    Title, description and heading are text; crumbs, contents and body are markup.
    """

    path: str
    title: str
    description: str
    heading: str
    crumbs: str
    toc: str
    body: str


def render_department_pages(summaries: Summaries, city: CityRef) -> Iterator[DepartmentPage]:
    """The page of every unit that a document of the city names."""
    duties = read_duties(summaries, city)
    return (_render_department(one, duties) for one in duties.departments)


def render_departments(summaries: Summaries, city: CityRef) -> dict[str, str]:
    """The Markdown of ``/<city>/departments/`` and of former addresses; nothing where no document names a unit."""
    duties = read_duties(summaries, city)
    if not duties.departments:
        return {}
    folder = f"{city.place.slug}/departments"
    names = {one.slug: one.name for one in duties.departments}
    moved = {f"{folder}/{old}.md": _render_moved(names[new], new, city) for old, new in duties.former.items()}
    return {f"{folder}/index.md": _render_ledger(duties), **moved}


def _render_ledger(duties: CityDuties) -> str:
    departments, city = duties.departments, duties.city
    kinds = dict.fromkeys(one.kind for one in departments)
    return render(
        "departments.md",
        city=city,
        title=f"{city.place.zh}责任单位",
        description=f"{city.place.zh}的文件列出的 {len(departments)} 个责任单位：各自牵头和配合的承诺、状态与目标。",
        total=duties.total,
        named=duties.named,
        led=duties.led,
        units=sum(one.kind == "unit" for one in departments),
        others=sum(one.kind != "unit" for one in departments),
        rows=[_ledger_row(one) for one in departments],
        outcomes=_OUTCOME_WORDS,
        kinds=[{"code": kind, "zh": word_of(UNIT_KINDS, kind).zh} for kind in kinds],
        years=[str(year.year) for year in city.years],
        legend=_legend(duty for one in departments for duty in one.led),
        silent=[f"{year.year} 年" for year in city.years if not duties.years[year.year].answered],
        undivided=duties.undivided(city.years),
    )


def _ledger_row(one: Department) -> Row:
    counts = add_duties(one.led)
    return {
        "name": one.name,
        "href": f"{one.slug}/",
        "printed": "、".join(printed for printed in one.printed if printed != one.name),
        "kind": one.kind,
        "kind_zh": word_of(UNIT_KINDS, one.kind).zh,
        "years": "|".join(str(year.year) for year in one.years),
        "statuses": "|".join(code for code in STATUSES if counts.statuses.get(code)),
        "led": len(one.led),
        "supported": len(one.supported),
        "mix": status_mix(counts),
        "targets": _target_counts(one.led),
        "findings": counts.findings,
    }


def add_duties(duties: Iterable[Duty]) -> Counts:
    """The sums of the commitments of these duties."""
    return add_counts(duty.item.counts for duty in duties)


def _target_counts(duties: Sequence[Duty]) -> Row:
    """Targets of the commitments, those reached, behind and so on, and those that could not be computed."""
    total = sum(duty.item.counts.targets for duty in duties)
    outcomes = {code: sum(duty.item.outcomes.get(code, 0) for duty in duties) for code in OUTCOMES}
    return {"total": total, "outcomes": outcomes, "not_computable": total - sum(outcomes.values())}


def _render_department(one: Department, duties: CityDuties) -> DepartmentPage:
    city = duties.city
    sections = [_part("led", "牵头的承诺", "Commitments led", one.led), *_supported(one)]
    findings = [row for duty in one.led for row in _finding_rows(duty)]
    return DepartmentPage(
        path=f"{city.place.slug}/departments/{one.slug}",
        title=f"{one.name}（{city.place.zh}）",
        description=f"{city.place.zh}文件中，{one.name}牵头 {len(one.led)} 项、配合 {len(one.supported)} 项公开承诺。",
        heading=one.name,
        crumbs=render_short("department_crumbs.html", city=city, name=one.name),
        toc=_render_toc(sections, findings),
        body=_render_body(one, duties, sections, findings),
    )


def _render_toc(sections: Sequence[Row], findings: Sequence[Row]) -> str:
    entries = [{"href": "#years", "text": "各年份 Years"}]
    entries += [{"href": f"#{part['code']}", "text": f"{part['zh']} {part['en']}"} for part in sections]
    entries += [{"href": "#findings", "text": "核查发现 Findings"}] if findings else []
    return render_short("department_toc.html", entries=entries)


def _render_body(one: Department, duties: CityDuties, sections: Sequence[Row], findings: Sequence[Row]) -> str:
    counts = add_duties(one.led)
    return render_short(
        "department.html",
        one=one,
        city=duties.city,
        kind=word_of(UNIT_KINDS, one.kind),
        total=duties.total,
        named=duties.named,
        mix=status_mix(counts),
        legend=_legend(one.led),
        reported=counts.reported,
        undivided=duties.undivided(one.years),
        shared=sum(duty.others > 0 for duty in one.led),
        targets=_target_counts(one.led),
        outcomes=_OUTCOME_WORDS,
        findings=findings,
        years=[_year_row(one, year, duties) for year in one.years],
        sections=sections,
    )


def _supported(one: Department) -> list[Row]:
    return [_part("supported", "配合的承诺", "Commitments supported", one.supported)] if one.supported else []


def _part(code: str, zh: str, en: str, duties: Sequence[Duty]) -> Row:
    return {"code": code, "zh": zh, "en": en, "entries": [_duty_row(duty) for duty in duties]}


def _duty_row(duty: Duty) -> Row:
    return {
        **listed_to_row(duty.item.line),
        "href": _page(duty),
        "year": duty.year.year,
        "scopes": [shorten(scope, _SCOPE_LENGTH) for scope in duty.scopes],
        "officials": "、".join(dict.fromkeys(line.official for line in duty.lines if line.official)),
        "others": duty.others,
    }


def _page(duty: Duty) -> str:
    """The page of the commitment, from that of the unit."""
    return f"../../{duty.year.year}/{duty.item.line.href}"


def _year_row(one: Department, year: YearRef, duties: CityDuties) -> Row:
    led = [duty for duty in one.led if duty.year.year == year.year]
    counts = add_duties(led)
    return {
        "year": year.year,
        "href": f"../../{year.year}/",
        "total": duties.years[year.year].commitments,
        "led": len(led),
        "supported": sum(duty.year.year == year.year for duty in one.supported),
        "reported": counts.reported,
        "computable": counts.computable,
        "mix": status_mix(counts),
    }


def _finding_rows(duty: Duty) -> list[Row]:
    return [
        {**finding_to_row(finding), "title": duty.item.line.title, "href": f"{_page(duty)}#{finding.id}"}
        for finding in duty.item.findings
    ]


def _legend(duties: Iterable[Duty]) -> list[Row]:
    """The statuses that occur, each commitment once, however many units lead it."""
    counts = Counter({duty.item.id: duty.item.line.status for duty in duties}.values())
    return [
        {"tone": code, "text": word, "count": counts[code]} for code, word in SHORT_STATUSES.items() if counts[code]
    ]


def _render_moved(name: str, slug: str, city: CityRef) -> str:
    return render("department_moved.md", name=name, slug=slug, city=city)
