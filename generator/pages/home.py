"""The first page: what this is, how much is covered, what is new, what was found; then themes, measures, checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.model import AssessedCommitment, Source
from generator.pages.duties import count_units
from generator.pages.environment import render
from generator.pages.outline import City, CityYear, count_statuses, has_report, is_computable, newest_date
from generator.pages.tallies import registers_to_tallies, targets_in_words, total_of_tallies
from generator.pages.texts import render_date
from generator.pages.words import KINDS, PROGRAMMES, SHORT_STATUSES, STATUSES, word_of

Row = dict[str, Any]

#: How many documents, and how many kinds of findings, the first page names.
_NEWEST, _FOUND = 5, 3

#: A smaller share of a bar has no words where the bar is short: with words it would look larger than it is.
_FEW = 0.09


def render_home(cities: Sequence[City], themes: Sequence[Row] = (), measures: Sequence[Row] = ()) -> str:
    """The Markdown of ``/``. ``themes`` are cards of ``themes.py``, ``measures`` those that several places share."""
    items = [item for city in cities for item in city.commitments]
    years = [year for city in cities for year in city.years]
    return render(
        "home.md",
        coverage=coverage(cities),
        mix=status_mix(items),
        legend=[
            {"tone": code, "text": word.zh, "count": count_statuses(items)[code]}
            for code, word in STATUSES.items()
            if count_statuses(items)[code]
        ],
        years=[{**year_card(year, f"{city.place.slug}/"), **_of_city(city)} for city in cities for year in city.years],
        tallies=registers_to_tallies(register for year in years for register in year.registers),
        found=found_rows(years),
        newest=newest_documents(years),
        themes=[theme for theme in themes if theme["count"]],
        measures=measures,
    )


def coverage(cities: Sequence[City]) -> Row:
    """How much the site covers, with denominators."""
    items = [item for city in cities for item in city.commitments]
    years = [year for city in cities for year in city.years]
    targets = [target for item in items for target in item.targets]
    return {
        "cities": len(cities),
        "documents": len({source.sha256 for year in years for source in year.sources}),
        "commitments": len(items),
        "reported": sum(has_report(item) for item in items),
        "computable": sum(is_computable(item) for item in items),
        "targets": len(targets),
        "computed": sum(target.schedule_state != "not_computable" for target in targets),
        **targets_in_words(targets),
        "findings": sum(len(year.findings) for year in years),
        "looked_at": total_of_tallies(registers_to_tallies(register for year in years for register in year.registers))[
            "looked_at"
        ],
    }


def _of_city(city: City) -> Row:
    return {"zh": city.place.zh, "city": f"{city.place.slug}/", "units": count_units(city)}


def year_card(year: CityYear, base: str = "") -> Row:
    """A year of a city as a card: its programmes, how many commitments, and their statuses."""
    return {
        "year": year.year,
        "href": f"{base}{year.year}/",
        "programmes": [
            {"zh": word_of(PROGRAMMES, register.register.programme).zh, "count": len(register.commitments)}
            for register in year.registers
        ],
        "count": len(year.commitments),
        "findings": len(year.findings),
        "mix": status_mix(year.commitments),
        "as_of": material_date(year),
    }


def material_date(year: CityYear) -> str:
    """What the newest material of a year is, in words: a report's day, or the plan's where nothing was reported."""
    reported = max((item.as_of for item in year.commitments if item.as_of), default=None)
    return f"进展截至 {render_date(reported)}" if reported else f"只有计划（{render_date(newest_date(year.sources))}）"


def status_mix(items: Sequence[AssessedCommitment]) -> Row:
    """Statuses as parts of one bar, in words for those who do not see it."""
    counts = count_statuses(items)
    present = [code for code in STATUSES if counts[code]]
    return {
        "parts": [
            {
                "tone": code,
                "count": counts[code],
                "text": f"{STATUSES[code].shape} {counts[code]}",
                "few": counts[code] < _FEW * len(items),
            }
            for code in present
        ],
        "label": f"共 {len(items)} 项：" + "，".join(f"{SHORT_STATUSES[code]} {counts[code]} 项" for code in present),
    }


def newest_documents(years: Sequence[CityYear], base: str = "") -> list[Row]:
    """The documents of most recent date, by what they say of themselves and never by the clock, newest first.

    ``base`` leads from the page to the root of the site.
    """
    dated = [(_newest_day(source), year, source) for year in years for source in year.sources]
    dated.sort(key=lambda one: (one[0], one[1].path, one[2].title), reverse=True)
    return [
        {
            "date": render_date(day) if day > date.min else "—",
            "kind": word_of(KINDS, source.kind).zh,
            "title": source.title,
            "place": f"{year.place.zh} {year.year}",
            "href": f"{base}{year.path}/",
        }
        for day, year, source in dated[:_NEWEST]
    ]


def _newest_day(source: Source) -> date:
    """When the document was published, else written, else what day it reports on; the first of days without any."""
    return source.published_on or source.written_on or source.as_of or date.min


def found_rows(years: Sequence[CityYear]) -> list[Row]:
    """What was found, check by check, the most first; each with how much was looked at."""
    tallies = registers_to_tallies(register for year in years for register in year.registers)
    found = sorted((row for row in tallies if row["found"]), key=lambda row: -row["found"])
    return [
        {**row, "href": "silence/" if row["code"] == "silence" else f"findings/?check={row['code']}#list"}
        for row in found[:_FOUND]
    ]
