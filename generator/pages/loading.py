"""The examples of the data page: three questions about the data, answered from the registers of this very build.

The tests run each recipe of the page and compare what it prints with these answers, so that neither goes stale alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from generator.assess.measures import same_unit
from generator.model import AssessedCommitment, Measure
from generator.pages.environment import render
from generator.pages.occurrences import Occurrence, measures_by_slug, year_to_occurrences
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.sums import SUMS
from generator.tables import render_cell
from generator.tables.cells import published_id

Rows = list[tuple[str, ...]]


class MeasureAnswers(msgspec.Struct, frozen=True):
    """What a year reported of a measure: place, year, as of, target, result, unit; and whether all in its own unit."""

    rows: list[tuple[str, str, str, str, str, str]]
    same_unit: bool


class YearAnswers(msgspec.Struct, frozen=True):
    """What a year answers: rates that do not follow from their numbers; measure → what was reported of it, if any."""

    mismatches: list[tuple[str, str, str, str]]
    measures: dict[str, MeasureAnswers]


def year_to_answers(year: CityYear) -> YearAnswers:
    """The answers of a year, as the published tables write them."""
    known = measures_by_slug(year.catalogue)
    found = {slug: [one for one in items if one.assessed.result] for slug, items in year_to_occurrences(year).items()}
    return YearAnswers(
        mismatches=[row for item in year.commitments for row in _mismatches_of(item)],
        measures={slug: _measure_answers(known[slug], items) for slug, items in found.items() if items},
    )


def _published_to_answers(published: PublishedYear) -> YearAnswers:
    return year_to_answers(published.year)


ANSWERS = Summary("answers", YearAnswers, _published_to_answers)
"""What each year answers to the questions of the examples."""


def _measure_answers(measure: Measure, occurrences: Iterable[Occurrence]) -> MeasureAnswers:
    items = list(occurrences)
    return MeasureAnswers(
        rows=[_result_row(one) for one in items],
        same_unit=all(same_unit(measure, one.assessed.target.unit) for one in items),
    )


def _result_row(one: Occurrence) -> tuple[str, str, str, str, str, str]:
    """What the target and the result that it was compared with say, as the published tables write it."""
    reported = next(
        result
        for report in one.item.commitment.reports
        for result in report.results
        if (report.id, result.id) == (one.assessed.report, one.assessed.result)
    )
    return (
        one.year.place.zh,
        str(one.year.year),
        render_cell(one.assessed.as_of),
        render_cell(one.assessed.target.value),
        render_cell(reported.value),
        render_cell(reported.unit),
    )


def _mismatches_of(item: AssessedCommitment) -> list[tuple[str, str, str, str]]:
    return [
        (
            published_id(item, one.report, one.rate.id),
            render_cell(one.rate.published),
            render_cell(one.recomputed),
            render_cell(one.difference),
        )
        for one in item.rates
        if one.verdict == "mismatch"
    ]


@dataclass(frozen=True)
class SharedResults:
    """A measure, and what the cities reported of it: place, year, as of, target, result, unit."""

    measure: Measure
    rows: Rows


def render_loading(summaries: Summaries, site_url: str, whole: str, *, database: bool = True) -> str:
    """The section about loading; empty where there is nothing to load.

    ``site_url`` is the address of the site, with a slash at its end; ``whole`` the name of the package of everything,
    of which there is a ``database`` unless it is too large.
    """
    if not summaries.years:
        return ""
    counted, statuses = _most_met(summaries)
    doubted, mismatches = max(
        ((year, answers.mismatches) for year, answers in summaries.of(ANSWERS)), key=lambda one: len(one[1])
    )
    return render(
        "data_loading.md",
        site_url=site_url,
        whole=whole,
        database=database,
        counted=counted,
        where=("place_code", counted.place.code) if counted.place.code else ("place", counted.place.zh),
        statuses=_status_rows(statuses),
        shared=_most_shared(summaries),
        doubted=doubted,
        mismatches=mismatches,
    )


def _most_met(summaries: Summaries) -> tuple[YearRef, dict[str, int]]:
    """The year with the most commitments that are met, of a place with a code where one has; and its statuses."""
    years = ((year, sums.counts.statuses) for year, sums in summaries.of(SUMS))
    return max(years, key=lambda one: (bool(one[0].place.code), one[1].get("met", 0)))


def _status_rows(counts: dict[str, int]) -> Rows:
    return [(code, str(counts[code])) for code in sorted(counts, key=lambda code: (-counts[code], code))]


def _most_shared(summaries: Summaries) -> SharedResults | None:
    """The measure of which the most places reported a comparable result; None where none did.

    All numbers of the example are in the unit of the measure: an example shows no comparison that is none.
    """
    places: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    mixed: set[str] = set()
    for year, answers in summaries.of(ANSWERS):
        for slug, found in answers.measures.items():
            places.setdefault(slug, set()).add(year.place.slug)
            rows[slug] = rows.get(slug, 0) + len(found.rows)
            mixed |= set() if found.same_unit else {slug}
    slug = min(rows.keys() - mixed, key=lambda slug: (-len(places[slug]), -rows[slug], slug), default="")
    return SharedResults(measures_by_slug(summaries.catalogue)[slug], _rows_of(slug, summaries)) if slug else None


def _rows_of(slug: str, summaries: Summaries) -> Rows:
    of_measure = (answers.measures.get(slug) for _, answers in summaries.of(ANSWERS))
    return [row for found in of_measure if found for row in found.rows]
