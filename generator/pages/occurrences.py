"""Where themes and shared measures occur: the catalogue by slug, and the targets and commitments of all cities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.assess.measures import same_unit
from generator.model import Aspect, AssessedCommitment, AssessedTarget, Catalogue, Measure, Theme
from generator.pages.commitment_page import commitment_file
from generator.pages.outline import City, CityYear


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


def cities_to_catalogue(cities: Sequence[City]) -> Catalogue:
    """The themes and measures that the registers were sorted by; empty where there are no registers."""
    return cities[0].years[0].catalogue if cities else Catalogue()


def measures_by_slug(catalogue: Catalogue) -> dict[str, Measure]:
    """Slug → measure."""
    return {measure.slug: measure for measure in catalogue.measures}


def themes_by_slug(catalogue: Catalogue) -> dict[str, Theme]:
    """Slug → theme."""
    return {theme.slug: theme for theme in catalogue.themes}


def cities_to_occurrences(cities: Iterable[City]) -> dict[str, list[Occurrence]]:
    """Slug of a measure → its targets, in the order of the cities and their documents."""
    found: dict[str, list[Occurrence]] = {}
    for year in (year for city in cities for year in city.years):
        for slug, occurrences in year_to_occurrences(year).items():
            found.setdefault(slug, []).extend(occurrences)
    return found


def year_to_occurrences(year: CityYear) -> dict[str, list[Occurrence]]:
    """Slug of a measure → its targets in one year, in the order of the documents."""
    found: dict[str, list[Occurrence]] = {}
    for register in year.registers:
        for item in register.commitments:
            for assessed in item.targets:
                if assessed.measure_id:
                    occurrence = Occurrence(year, register.register.programme, item, assessed)
                    found.setdefault(assessed.measure_id, []).append(occurrence)
    return found


def aspect_of(measure: Measure, assessed: AssessedTarget) -> Aspect | None:
    """What the target counts of the measure, where that is told apart."""
    return next((aspect for aspect in measure.aspects if aspect.code == assessed.measure_aspect), None)


def count_cities(occurrences: Iterable[Occurrence]) -> int:
    """In how many places a measure was promised."""
    return len({occurrence.year.place.slug for occurrence in occurrences})


def comparable_groups(measure: Measure, occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    """Aspect → targets whose numbers may be laid side by side: one unit, one aspect, two city-years at least."""
    groups: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        if same_unit(measure, occurrence.assessed.target.unit):
            groups.setdefault(occurrence.assessed.measure_aspect, []).append(occurrence)
    return {code: group for code, group in groups.items() if len({one.year.path for one in group}) > 1}
