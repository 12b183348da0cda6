"""Where shared measures occur: the catalogue by slug, and how many targets each year promises of each measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from generator.assess.measures import same_unit
from generator.model import AssessedCommitment, AssessedTarget, Catalogue, Measure, Theme
from generator.pages.commitment_page import commitment_file
from generator.pages.counts import Counts
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef
from generator.pages.words import STATE_TONES


@dataclass(frozen=True)
class Occurrence:
    """One target that promises a number of a shared measure, with where it stands."""

    year: CityYear
    programme: str
    item: AssessedCommitment
    assessed: AssessedTarget

    @property
    def path(self) -> str:
        """The target on its commitment's page, from the root of the site."""
        return f"{self.year.path}/{commitment_file(self.year, self.item.commitment)}.html#{self.assessed.target.id}"


def year_to_occurrences(year: CityYear) -> dict[str, list[Occurrence]]:
    """Slug of a measure → its targets in this year, in the order of the documents."""
    found: dict[str, list[Occurrence]] = {}
    for register in year.registers:
        for item in register.commitments:
            for assessed in item.targets:
                if assessed.measure_id:
                    occurrence = Occurrence(year, register.register.programme, item, assessed)
                    found.setdefault(assessed.measure_id, []).append(occurrence)
    return found


def measures_by_slug(catalogue: Catalogue) -> dict[str, Measure]:
    """Slug → measure."""
    return {measure.slug: measure for measure in catalogue.measures}


def themes_by_slug(catalogue: Catalogue) -> dict[str, Theme]:
    """Slug → theme."""
    return {theme.slug: theme for theme in catalogue.themes}


class MeasureCount(msgspec.Struct, frozen=True, array_like=True):
    """The targets of one measure in one year.

    ``counts`` are of its targets. ``aspects``: aspect → targets in the unit of the measure, which may be laid beside
    others. ``themed``: whether all these commitments have the theme under which the measure stands.
    """

    counts: Counts
    aspects: dict[str, int]
    themed: bool


class MeasureCounts(msgspec.Struct, frozen=True, array_like=True):
    """All targets of a year, and those of each measure by its slug, in the order of the documents."""

    targets: int
    measures: dict[str, MeasureCount]


def year_to_counts(published: PublishedYear) -> MeasureCounts:
    """How many targets a year has of each measure."""
    known = measures_by_slug(published.year.catalogue)
    found = year_to_occurrences(published.year)
    return MeasureCounts(
        targets=sum(len(item.targets) for item in published.year.commitments),
        measures={slug: _count(known[slug], occurrences) for slug, occurrences in found.items()},
    )


def _count(measure: Measure, occurrences: Sequence[Occurrence]) -> MeasureCount:
    aspects: dict[str, int] = {}
    for one in occurrences:
        if same_unit(measure, one.assessed.target.unit):
            aspects[one.assessed.measure_aspect] = aspects.get(one.assessed.measure_aspect, 0) + 1
    return MeasureCount(
        counts=count_targets(one.assessed for one in occurrences),
        aspects=aspects,
        themed=all(any(given.theme == measure.theme for given in one.item.themes) for one in occurrences),
    )


def count_targets(targets: Iterable[AssessedTarget]) -> Counts:
    """The sums of targets alone."""
    listed = list(targets)
    computed = [target for target in listed if target.schedule_state != "not_computable"]
    reached = sum(STATE_TONES[target.schedule_state] == "met" for target in computed)
    return Counts(targets=len(listed), computed=len(computed), reached=reached)


MEASURE_COUNTS = Summary("measure-counts", MeasureCounts, year_to_counts)
"""What a year promises of each measure."""


def year_to_targets(published: PublishedYear) -> dict[str, int]:
    """Slug of a measure → how many targets promise it in a year."""
    return {slug: len(occurrences) for slug, occurrences in year_to_occurrences(published.year).items()}


MEASURE_TARGETS: Summary[dict[str, int]] = Summary("measure-targets", dict[str, int], year_to_targets)
"""How many targets a year promises of each measure, in the order of the documents: a small part of the counts."""

Spread = Sequence[tuple[YearRef, MeasureCount]]
"""The years that promise a measure, in the order of the site."""


@dataclass(frozen=True)
class Promised:
    """How many targets there are in all, and by the slug of a measure the years that promise it."""

    targets: int
    spreads: dict[str, Spread]


def read_promised(summaries: Summaries) -> Promised:
    """Where each measure is promised, measures in the order in which they occur."""
    total = 0
    spreads: dict[str, list[tuple[YearRef, MeasureCount]]] = {}
    for year, counts in summaries.of(MEASURE_COUNTS):
        total += counts.targets
        for slug, count in counts.measures.items():
            spreads.setdefault(slug, []).append((year, count))
    return Promised(total, dict(spreads))


def read_occurring(summaries: Summaries) -> dict[str, list[YearRef]]:
    """Slug of a measure → the years that promise it, measures in the order in which they occur."""
    occurring: dict[str, list[YearRef]] = {}
    for year, targets in summaries.of(MEASURE_TARGETS):
        for slug in targets:
            occurring.setdefault(slug, []).append(year)
    return occurring


def count_places(years: Iterable[YearRef]) -> int:
    """In how many places these years are."""
    return len({year.place.slug for year in years})


def count_spread(spread: Spread) -> int:
    """In how many places a measure is promised."""
    return count_places(year for year, _ in spread)


def sum_targets(spread: Spread) -> int:
    """How many targets promise it."""
    return sum(count.counts.targets for _, count in spread)


def comparable_aspects(spread: Spread) -> dict[str, list[tuple[YearRef, int]]]:
    """Aspect → years with how many targets may be laid side by side: of one unit and aspect, in two years at least."""
    found: dict[str, list[tuple[YearRef, int]]] = {}
    for year, count in spread:
        for code, targets in count.aspects.items():
            found.setdefault(code, []).append((year, targets))
    return {code: years for code, years in found.items() if len(years) > 1}


def newest_years(years: Sequence[tuple[YearRef, int]], most: int) -> Iterator[YearRef]:
    """The newest years, places of one year in the order of the site, until they have ``most`` targets or more."""
    found = 0
    for year, targets in sorted(years, key=lambda one: -one[0].year):
        if found >= most:
            return
        found += targets
        yield year
