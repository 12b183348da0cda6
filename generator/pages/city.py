"""The page of a city: its years and programmes side by side."""

from __future__ import annotations

from typing import Any

from generator.model import Catalogue
from generator.pages.counts import add_counts
from generator.pages.environment import render
from generator.pages.home import Years, newest_documents, status_legend, status_mix
from generator.pages.summaries import CityRef, Summaries, YearRef
from generator.pages.sums import SUMS, ProgrammeSums, YearSums, count_units
from generator.pages.words import PROGRAMMES, word_of

Row = dict[str, Any]


def render_city(summaries: Summaries, city: CityRef) -> str:
    """The Markdown of ``/<city>/``."""
    years = list(summaries.of(SUMS, city.years))
    counts = add_counts(sums.counts for _, sums in years)
    return render(
        "city.md",
        title=city.place.zh,
        description=f"{city.place.zh}公开承诺 {counts.commitments} 项，按年份与项目列出。",
        city=city,
        total=counts.commitments,
        years=[_year_row(year, sums) for year, sums in years],
        legend=status_legend(counts),
        themes=_theme_rows(years, summaries.catalogue),
        documents=newest_documents(years, "../"),
        departments=count_units(sums for _, sums in years),
    )


def _year_row(year: YearRef, sums: YearSums) -> Row:
    """A year with its programmes, and the two together where there are several."""
    alone = len(sums.programmes) == 1
    rows = [_programme_row(one, year, alone=alone) for one in sums.programmes]
    return {"year": year.year, "href": f"{year.year}/", "as_of": sums.material, "programmes": rows}


def _programme_row(sums: ProgrammeSums, year: YearRef, *, alone: bool) -> Row:
    query = "" if alone else f"?programme={sums.programme}"
    counts = sums.counts
    return {
        "href": f"{year.year}/{query}#commitments",
        "programme": word_of(PROGRAMMES, sums.programme),
        "findings": sums.findings,
        "mix": status_mix(counts),
        "commitments": counts.commitments,
        "reported": counts.reported,
        "computable": counts.computable,
        "targets": counts.targets,
        "computed": counts.computed,
        "reached": counts.reached,
        "units": sums.leading,
    }


def _theme_rows(years: Years, catalogue: Catalogue) -> list[Row]:
    """How many commitments of each theme each year has; themes that no year has are left out."""
    return [
        {
            "theme": theme,
            "cells": [
                {"count": sums.themes.get(theme.slug, 0), "href": f"{year.year}/?theme={theme.slug}#commitments"}
                for year, sums in years
            ],
        }
        for theme in catalogue.themes
        if any(sums.themes.get(theme.slug) for _, sums in years)
    ]
