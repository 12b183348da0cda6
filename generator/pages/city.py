"""The page of a city: its years and programmes side by side."""

from __future__ import annotations

from typing import Any

from generator.pages.duties import count_units
from generator.pages.environment import render
from generator.pages.home import status_mix, year_card
from generator.pages.outline import City, has_report, is_computable
from generator.pages.words import PROGRAMMES, word_of


def render_city(city: City) -> str:
    """The Markdown of ``/<city>/``."""
    return render(
        "city.md",
        title=city.place.zh,
        description=f"{city.place.zh}公开承诺 {len(city.commitments)} 项，按年份与项目列出。",
        city=city,
        years=[year_card(year) for year in city.years],
        rows=[row for year in city.years for row in _programme_rows(year)],
        mix=status_mix(city.commitments),
        departments=count_units(city),
    )


def _programme_rows(year: Any) -> list[dict[str, Any]]:
    rows = []
    for register in year.registers:
        items = register.commitments
        targets = [target for item in items for target in item.targets]
        rows.append(
            {
                "year": year.year,
                "href": f"{year.year}/?programme={register.register.programme}#commitments",
                "programme": word_of(PROGRAMMES, register.register.programme),
                "title": register.register.title,
                "commitments": len(items),
                "reported": sum(has_report(item) for item in items),
                "computable": sum(is_computable(item) for item in items),
                "targets": len(targets),
                "findings": len(register.findings) + sum(len(item.findings) for item in items),
                "mix": status_mix(items),
            }
        )
    return rows
