"""The ledger of a city's units, and one page a unit with the commitments that it leads and supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.pages.city_year import commitment_row
from generator.pages.duties import (
    OUTCOMES,
    Department,
    Duty,
    city_to_departments,
    count_outcomes,
    duties_to_targets,
    named_commitments,
    years_without_support,
)
from generator.pages.environment import render
from generator.pages.home import status_mix
from generator.pages.outline import City, CityYear, count_statuses, has_report, is_computable
from generator.pages.rows import finding_to_row
from generator.pages.texts import commitment_to_title, shorten
from generator.pages.words import SHORT_STATUSES, STATUSES, UNIT_KINDS, word_of

Row = dict[str, Any]

_OUTCOME_WORDS = {code: STATUSES[code] for code in OUTCOMES}
_SCOPE_LENGTH = 60


def render_departments(city: City) -> dict[str, str]:
    """The Markdown of ``/<city>/departments/`` and of every unit's page; nothing where no document names a unit."""
    departments = city_to_departments(city)
    if not departments:
        return {}
    folder = f"{city.place.slug}/departments"
    pages = {f"{folder}/{one.slug}.md": _render_department(one, city) for one in departments}
    names = {one.slug: one.name for one in departments}
    former = city.years[0].catalogue.slugs.former.get(city.place.slug, {})
    moved = {f"{folder}/{old}.md": _render_moved(names[new], new, city) for old, new in former.items()}
    return {f"{folder}/index.md": _render_ledger(departments, city), **pages, **moved}


def _render_ledger(departments: Sequence[Department], city: City) -> str:
    named, led = named_commitments(city)
    kinds = dict.fromkeys(one.kind for one in departments)
    return render(
        "departments.md",
        city=city,
        title=f"{city.place.zh}责任单位",
        description=f"{city.place.zh}的文件列出的 {len(departments)} 个责任单位：各自牵头和配合的承诺、状态与目标。",
        total=len(city.commitments),
        named=named,
        led=led,
        units=sum(one.kind == "unit" for one in departments),
        others=sum(one.kind != "unit" for one in departments),
        rows=[_ledger_row(one) for one in departments],
        outcomes=_OUTCOME_WORDS,
        kinds=[{"code": kind, "zh": word_of(UNIT_KINDS, kind).zh} for kind in kinds],
        years=[str(year.year) for year in city.years],
        legend=_legend([duty for one in departments for duty in one.led]),
        silent=[f"{year.year} 年" for year in city.years if not _names_units(year)],
        undivided=years_without_support(city.years),
    )


def _ledger_row(one: Department) -> Row:
    items = [duty.item for duty in one.led]
    return {
        "name": one.name,
        "href": f"{one.slug}/",
        "printed": "、".join(printed for printed in one.printed if printed != one.name),
        "kind": one.kind,
        "kind_zh": word_of(UNIT_KINDS, one.kind).zh,
        "years": "|".join(str(year.year) for year in one.years),
        "statuses": "|".join(code for code in STATUSES if any(item.status == code for item in items)),
        "led": len(one.led),
        "supported": len(one.supported),
        "mix": status_mix(items),
        "targets": _target_counts(one.led),
        "findings": sum(len(item.findings) for item in items),
    }


def _target_counts(duties: Sequence[Duty]) -> Row:
    """Targets of the commitments, those reached, behind and so on, and those that could not be computed."""
    targets = duties_to_targets(duties)
    counts = count_outcomes(targets)
    outcomes = {code: counts[code] for code in OUTCOMES}
    return {"total": len(targets), "outcomes": outcomes, "not_computable": len(targets) - sum(outcomes.values())}


def _render_department(one: Department, city: City) -> str:
    items = [duty.item for duty in one.led]
    return render(
        "department.md",
        one=one,
        city=city,
        kind=word_of(UNIT_KINDS, one.kind),
        title=f"{one.name}（{city.place.zh}）",
        description=f"{city.place.zh}文件中，{one.name}牵头 {len(one.led)} 项、配合 {len(one.supported)} 项公开承诺。",
        printed=one.printed,
        total=len(city.commitments),
        named=named_commitments(city)[0],
        mix=status_mix(items),
        legend=_legend(one.led),
        reported=sum(map(has_report, items)),
        undivided=years_without_support(one.years),
        shared=sum(_leads_with_others(duty) for duty in one.led),
        targets=_target_counts(one.led),
        outcomes=_OUTCOME_WORDS,
        findings=[row for duty in one.led for row in _finding_rows(duty)],
        years=[_year_row(one, year) for year in one.years],
        sections=[_part("led", "牵头的承诺", "Commitments led", one.led), *_supported(one)],
    )


def _supported(one: Department) -> list[Row]:
    return [_part("supported", "配合的承诺", "Commitments supported", one.supported)] if one.supported else []


def _part(code: str, zh: str, en: str, duties: Sequence[Duty]) -> Row:
    return {"code": code, "zh": zh, "en": en, "entries": [_duty_row(duty) for duty in duties]}


def _duty_row(duty: Duty) -> Row:
    row = commitment_row(duty.item, duty.programme, duty.year)
    return {
        **row,
        "href": f"../../{duty.year.year}/{row['href']}",
        "year": duty.year.year,
        "scopes": [shorten(scope, _SCOPE_LENGTH) for scope in duty.scopes],
        "officials": "、".join(dict.fromkeys(entry.official for entry in duty.entries if entry.official)),
        "others": _others(duty),
    }


def _others(duty: Duty) -> int:
    """How many other units lead the same commitment."""
    own = duty.entries[0].department or duty.entries[0].unit
    names = {entry.department or entry.unit for entry in duty.item.commitment.responsibilities if entry.role == "lead"}
    return len(names - {own})


def _leads_with_others(duty: Duty) -> bool:
    return _others(duty) > 0


def _year_row(one: Department, year: CityYear) -> Row:
    led = [duty for duty in one.led if duty.year == year]
    items = [duty.item for duty in led]
    return {
        "year": year.year,
        "href": f"../../{year.year}/",
        "total": len(year.commitments),
        "led": len(led),
        "supported": sum(duty.year == year for duty in one.supported),
        "reported": sum(map(has_report, items)),
        "computable": sum(map(is_computable, items)),
        "mix": status_mix(items),
    }


def _finding_rows(duty: Duty) -> list[Row]:
    page = commitment_row(duty.item, duty.programme, duty.year)["href"]
    return [
        {
            **finding_to_row(finding),
            "title": commitment_to_title(duty.item.commitment),
            "href": f"../../{duty.year.year}/{page}#{finding.id}",
        }
        for finding in duty.item.findings
    ]


def _legend(duties: Sequence[Duty]) -> list[Row]:
    """The statuses that occur, each commitment once, however many units lead it."""
    items = {duty.item.commitment.id: duty.item for duty in duties}
    counts: Mapping[str, int] = count_statuses(items.values())
    return [
        {"tone": code, "text": word, "count": counts[code]} for code, word in SHORT_STATUSES.items() if counts[code]
    ]


def _names_units(year: CityYear) -> bool:
    return any(item.commitment.responsibilities for item in year.commitments)


def _render_moved(name: str, slug: str, city: City) -> str:
    return render("department_moved.md", name=name, slug=slug, city=city)
