"""Themes: the index, and one page a theme with the commitments of all cities."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.model import AssessedCommitment, Cofog, Theme
from generator.pages.city_year import commitment_row
from generator.pages.counts import count_commitments
from generator.pages.environment import render
from generator.pages.home import status_mix
from generator.pages.occurrences import cities_to_catalogue, cities_to_occurrences, count_cities
from generator.pages.outline import City, CityYear, count_statuses, has_report, is_computable
from generator.pages.texts import render_share
from generator.pages.words import STATUSES

Row = dict[str, Any]


def render_themes(cities: Sequence[City]) -> dict[str, str]:
    """The Markdown of ``/themes/`` and of ``/themes/<slug>/`` for every theme, empty ones included."""
    themes = cities_to_catalogue(cities).themes
    items = [item for city in cities for item in city.commitments]
    index = render(
        "themes.md",
        themes=[theme_card(theme, cities) for theme in themes],
        total=len(items),
        untold=sum(not item.themes for item in items),
        two=sum(len(item.themes) > 1 for item in items),
    )
    return {"themes/index.md": index, **{f"themes/{theme.slug}.md": _render_theme(theme, cities) for theme in themes}}


def theme_cards(cities: Sequence[City]) -> list[Row]:
    """Every theme as a card, its address relative to the index of themes."""
    return [theme_card(theme, cities) for theme in cities_to_catalogue(cities).themes]


def theme_card(theme: Theme, cities: Sequence[City]) -> Row:
    """A theme with how many commitments it has, in how many places, and their statuses."""
    of_city = [[item for item in city.commitments if has_theme(item, theme)] for city in cities]
    items = [item for found in of_city for item in found]
    return {
        "theme": theme,
        "href": f"{theme.slug}/",
        "count": len(items),
        "cities": sum(bool(found) for found in of_city),
        "computable": sum(map(is_computable, items)),
        "mix": status_mix(count_commitments(items)),
        "cofog": _cofog(theme),
    }


def has_theme(item: AssessedCommitment, theme: Theme) -> bool:
    """Whether the theme is one of the commitment's."""
    return any(given.theme == theme.slug for given in item.themes)


def _render_theme(theme: Theme, cities: Sequence[City]) -> str:
    years = [_year_row(year, theme) for city in cities for year in city.years]
    items = [item for city in cities for item in city.commitments if has_theme(item, theme)]
    total = sum(len(city.commitments) for city in cities)
    counts = count_statuses(items)
    return render(
        "theme.md",
        theme=theme,
        card=theme_card(theme, cities),
        total=total,
        legend=[
            {"tone": code, "text": word.zh, "count": counts[code]} for code, word in STATUSES.items() if counts[code]
        ],
        years=[row for row in years if row["entries"]],
        without=[row["name"] for row in years if not row["entries"]],
        measures=_measure_links(theme, cities),
        description=f"{theme.zh}：{len(items)} 项公开承诺，按城市和年份列出，附完成情况。",
    )


def _year_row(year: CityYear, theme: Theme) -> Row:
    entries = [
        commitment_row(item, register.register.programme, year)
        for register in year.registers
        for item in register.commitments
        if has_theme(item, theme)
    ]
    items = [item for item in year.commitments if has_theme(item, theme)]
    return {
        "name": f"{year.place.zh} {year.year} 年",
        "id": year.path.replace("/", "-"),
        "path": f"../../{year.path}/",
        "href": f"../../{year.path}/?theme={theme.slug}#commitments",
        "entries": entries,
        "count": len(items),
        "total": len(year.commitments),
        "share": render_share(Decimal(len(items)) / len(year.commitments)),
        "reported": sum(map(has_report, items)),
        "computable": sum(map(is_computable, items)),
        "mix": status_mix(count_commitments(items)),
    }


def _measure_links(theme: Theme, cities: Sequence[City]) -> list[Row]:
    """The shared measures that stand under this theme in the index of measures."""
    found = cities_to_occurrences(cities)
    return [
        {"zh": measure.zh, "href": f"../../measures/{measure.slug}/", "cities": count_cities(found[measure.slug])}
        for measure in cities_to_catalogue(cities).measures
        if measure.theme == theme.slug and measure.slug in found
    ]


def _cofog(theme: Theme) -> Row:
    def words(divisions: Sequence[Cofog]) -> str:
        return "；".join(f"{division.code} {division.zh} {division.en}" for division in divisions)

    return {"main": words((theme.cofog,)), "also": words(theme.cofog_also)}
