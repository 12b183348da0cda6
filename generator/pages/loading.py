"""The examples of the data page: three questions about the data, answered from the registers of this very build.

The tests run each recipe of the page and compare what it prints with these answers, so that neither goes stale alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.assess.measures import same_unit
from generator.model import AssessedCommitment, Measure
from generator.pages.environment import render
from generator.pages.occurrences import Occurrence, cities_to_catalogue, cities_to_occurrences, measures_by_slug
from generator.pages.outline import City, CityYear, count_statuses
from generator.tables import render_cell
from generator.tables.cells import published_id

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class SharedResults:
    """A measure, and what the cities reported of it: place, year, as of, target, result, unit."""

    measure: Measure
    rows: Rows


def render_loading(cities: Sequence[City], site_url: str, whole: str) -> str:
    """The section about loading; empty where there is nothing to load.

    ``site_url`` is the address of the site, with a slash at its end; ``whole`` the name of the package of everything.
    """
    years = [year for city in cities for year in city.years]
    if not years:
        return ""
    counted = max(years, key=lambda year: (bool(year.place.code), count_statuses(year.commitments)["met"]))
    doubted = max(years, key=lambda year: len(_mismatches(year)))
    return render(
        "data_loading.md",
        site_url=site_url,
        whole=whole,
        counted=counted,
        where=("place_code", counted.place.code) if counted.place.code else ("place", counted.place.zh),
        statuses=_status_rows(counted),
        shared=_most_shared(cities),
        doubted=doubted,
        mismatches=_mismatches(doubted),
    )


def _status_rows(year: CityYear) -> Rows:
    counts = count_statuses(year.commitments)
    return [(code, str(counts[code])) for code in sorted(counts, key=lambda code: (-counts[code], code))]


def _most_shared(cities: Sequence[City]) -> SharedResults | None:
    """The measure of which the most places reported a comparable result; None where none did."""
    known = measures_by_slug(cities_to_catalogue(cities))
    found = {slug: _with_result(items) for slug, items in cities_to_occurrences(cities).items()}
    # All numbers of the example are in the unit of the measure: an example shows no comparison that is none.
    found = {
        slug: items
        for slug, items in found.items()
        if items and all(same_unit(known[slug], one.assessed.target.unit) for one in items)
    }
    if not found:
        return None
    slug = min(found, key=lambda slug: (-len({one.year.place.slug for one in found[slug]}), -len(found[slug]), slug))
    return SharedResults(known[slug], [_result_row(one) for one in found[slug]])


def _with_result(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    return [one for one in occurrences if one.assessed.result]


def _result_row(one: Occurrence) -> tuple[str, ...]:
    """What the target and the result that it was compared with say, as the published tables write it."""
    reported = next(
        result
        for report in one.item.commitment.reports
        for result in report.results
        if (report.id, result.id) == (one.assessed.report, one.assessed.result)
    )
    cells = (one.assessed.as_of, one.assessed.target.value, reported.value, reported.unit)
    return (one.year.place.zh, str(one.year.year), *map(render_cell, cells))


def _mismatches(year: CityYear) -> Rows:
    return [row for item in year.commitments for row in _mismatches_of(item)]


def _mismatches_of(item: AssessedCommitment) -> Rows:
    return [
        (
            published_id(item, one.report, one.rate.id),
            *map(render_cell, (one.rate.published, one.recomputed, one.difference)),
        )
        for one in item.rates
        if one.verdict == "mismatch"
    ]
