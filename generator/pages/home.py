"""The first page: what this is, how much is covered, the cities, what was checked and found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.model import AssessedCommitment
from generator.pages.duties import count_units
from generator.pages.environment import render
from generator.pages.outline import City, CityYear, count_statuses, has_report, is_computable, newest_date
from generator.pages.tallies import registers_to_tallies
from generator.pages.texts import render_date
from generator.pages.words import PROGRAMMES, SHORT_STATUSES, STATUSES, word_of

Row = dict[str, Any]


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
        cities=[city_card(city) for city in cities],
        tallies=registers_to_tallies(register for year in years for register in year.registers),
        newest=_newest(years),
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
        "findings": sum(len(year.findings) for year in years),
    }


def city_card(city: City) -> Row:
    """A city with its years, each with its programmes and the mix of statuses."""
    return {
        "zh": city.place.zh,
        "en": city.place.en,
        "href": f"{city.place.slug}/",
        "units": count_units(city),
        "years": [year_card(year, f"{city.place.slug}/") for year in city.years],
    }


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
    total = len(items) or 1
    present = [code for code in STATUSES if counts[code]]
    return {
        "parts": [
            {
                "tone": code,
                "count": counts[code],
                "text": f"{STATUSES[code].shape} {counts[code]}" if counts[code] / total > 0.09 else "",
            }
            for code in present
        ],
        "label": f"共 {len(items)} 项：" + "，".join(f"{SHORT_STATUSES[code]} {counts[code]} 项" for code in present),
    }


def _newest(years: Sequence[CityYear]) -> list[Row]:
    """The documents, newest first, with the year that they belong to."""
    rows = [
        {
            "date": render_date(source.published_on or source.written_on or source.as_of),
            "title": source.title,
            "place": f"{year.place.zh} {year.year}",
            "href": f"{year.path}/",
        }
        for year in years
        for source in year.sources
    ]
    return sorted(rows, key=lambda row: (row["date"], row["title"]), reverse=True)[:6]
