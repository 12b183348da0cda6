"""Shared measures: the index, and one page a measure with what every city and year promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.assess.measures import same_unit
from generator.model import Catalogue, Measure
from generator.pages.environment import render
from generator.pages.figure import Draw
from generator.pages.measure_figure import measure_figures
from generator.pages.occurrences import (
    Occurrence,
    aspect_of,
    cities_to_catalogue,
    cities_to_occurrences,
    comparable_groups,
    count_cities,
    measures_by_slug,
    themes_by_slug,
)
from generator.pages.outline import City
from generator.pages.targets import target_to_row
from generator.pages.texts import commitment_to_title
from generator.pages.words import PROGRAMMES, TARGET_KINDS, word_of

Row = dict[str, Any]


def render_measures(cities: Sequence[City], draw: Draw) -> dict[str, str]:
    """The Markdown of ``/measures/`` and of ``/measures/<slug>/`` for each measure that a city promises."""
    catalogue, found = cities_to_catalogue(cities), cities_to_occurrences(cities)
    known = measures_by_slug(catalogue)
    pages = {
        f"measures/{slug}.md": _render_measure(known[slug], occurrences, catalogue, draw)
        for slug, occurrences in found.items()
    }
    total = sum(len(item.targets) for city in cities for item in city.commitments)
    index = render(
        "measures.md",
        groups=_groups(catalogue, found),
        total=total,
        matched=sum(map(len, found.values())),
        found=len(found),
        shared=sum(count_cities(occurrences) > 1 for occurrences in found.values()),
        waiting=[measure.zh for measure in catalogue.measures if measure.slug not in found],
    )
    return {"measures/index.md": index, **pages}


def shared_measures(cities: Sequence[City]) -> list[Row]:
    """The measures that two places or more promise, most places first, as links from the root of the site."""
    found = cities_to_occurrences(cities)
    rows: list[Row] = [
        {"zh": measure.zh, "href": f"measures/{measure.slug}/", "cities": count_cities(found[measure.slug])}
        for measure in cities_to_catalogue(cities).measures
        if measure.slug in found
    ]
    return sorted((row for row in rows if row["cities"] > 1), key=lambda row: -row["cities"])


def _groups(catalogue: Catalogue, found: Mapping[str, Sequence[Occurrence]]) -> list[Row]:
    """The measures by theme, those of several places apart; what no city has promised yet is left out."""
    groups = []
    for theme in catalogue.themes:
        rows = [_index_row(m, found[m.slug]) for m in catalogue.measures if m.theme == theme.slug and m.slug in found]
        if rows:
            shared = sorted((row for row in rows if row["cities"] > 1), key=lambda row: -row["cities"])
            groups.append({"theme": theme, "shared": shared, "single": [row for row in rows if row["cities"] == 1]})
    return groups


def _index_row(measure: Measure, occurrences: Sequence[Occurrence]) -> Row:
    return {
        "zh": measure.zh,
        "en": measure.en,
        "href": f"{measure.slug}/",
        "unit": measure.unit,
        "cities": count_cities(occurrences),
        "where": list(dict.fromkeys(f"{one.year.place.zh} {one.year.year}" for one in occurrences)),
        "comparable": bool(comparable_groups(measure, occurrences)),
    }


def _render_measure(measure: Measure, occurrences: Sequence[Occurrence], catalogue: Catalogue, draw: Draw) -> str:
    return render(
        "measure.md",
        measure=measure,
        theme=themes_by_slug(catalogue)[measure.theme],
        kind=word_of(TARGET_KINDS, measure.kind),
        cities=count_cities(occurrences),
        rows=[_target_row(measure, one) for one in occurrences],
        figures=measure_figures(measure, occurrences, draw),
        description=f"{measure.zh}：{count_cities(occurrences)} 个市、区公开承诺的目标与完成情况，并列比较。",
    )


def _target_row(measure: Measure, one: Occurrence) -> Row:
    aspect = aspect_of(measure, one.assessed)
    unit = one.assessed.target.unit
    remark = "" if same_unit(measure, unit) else ("原文缺单位" if not unit else "单位不同，不并列")
    return {
        **target_to_row(one.assessed, one.item.commitment),
        "place": one.year.place.zh,
        "year": one.year.year,
        "programme": word_of(PROGRAMMES, one.programme).zh,
        "aspect": aspect.zh if aspect else "",
        "remark": remark,
        "title": commitment_to_title(one.item.commitment),
        "href": f"../../{one.path}",
    }
