"""The page of a city: its years and programmes side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.model import AssessedCommitment, AssessedRegister
from generator.pages.duties import count_units
from generator.pages.environment import render
from generator.pages.home import material_date, newest_documents, status_mix
from generator.pages.outline import City, CityYear, count_statuses, has_report, is_computable
from generator.pages.words import PROGRAMMES, STATE_TONES, STATUSES, word_of
from generator.tables import leading_names

Row = dict[str, Any]


def render_city(city: City) -> str:
    """The Markdown of ``/<city>/``."""
    counts = count_statuses(city.commitments)
    return render(
        "city.md",
        title=city.place.zh,
        description=f"{city.place.zh}公开承诺 {len(city.commitments)} 项，按年份与项目列出。",
        city=city,
        years=[_year_row(year) for year in city.years],
        legend=[
            {"tone": code, "text": word.zh, "count": counts[code]} for code, word in STATUSES.items() if counts[code]
        ],
        themes=_theme_rows(city.years),
        documents=newest_documents(city.years, "../"),
        departments=count_units(city),
    )


def _year_row(year: CityYear) -> Row:
    """A year with its programmes, and the two together where there are several."""
    rows = [_programme_row(register, year, alone=len(year.registers) == 1) for register in year.registers]
    return {"year": year.year, "href": f"{year.year}/", "as_of": material_date(year), "programmes": rows}


def _programme_row(register: AssessedRegister, year: CityYear, *, alone: bool) -> Row:
    programme = register.register.programme
    query = "" if alone else f"?programme={programme}"
    return {
        "href": f"{year.year}/{query}#commitments",
        "programme": word_of(PROGRAMMES, programme),
        "findings": len(register.findings) + sum(len(item.findings) for item in register.commitments),
        "mix": status_mix(register.commitments),
        **count_commitments(register.commitments),
    }


def count_commitments(items: Sequence[AssessedCommitment]) -> Row:
    """Commitments, those reported on and computable; targets, those computed and reached; units that lead."""
    targets = [target for item in items for target in item.targets]
    computed = [target for target in targets if target.schedule_state != "not_computable"]
    return {
        "commitments": len(items),
        "reported": sum(map(has_report, items)),
        "computable": sum(map(is_computable, items)),
        "targets": len(targets),
        "computed": len(computed),
        "reached": sum(STATE_TONES[target.schedule_state] == "met" for target in computed),
        "units": len({name for item in items for name in leading_names(item.commitment)}),
    }


def _theme_rows(years: Sequence[CityYear]) -> list[Row]:
    """How many commitments of each theme each year has; themes that no year has are left out."""
    counts = [Counter(theme.theme for item in year.commitments for theme in item.themes) for year in years]
    return [
        {
            "theme": theme,
            "cells": [
                {"count": count[theme.slug], "href": f"{year.year}/?theme={theme.slug}#commitments"}
                for year, count in zip(years, counts, strict=True)
            ],
        }
        for theme in years[0].catalogue.themes
        if any(count[theme.slug] for count in counts)
    ]
