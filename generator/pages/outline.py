"""Assessed registers grouped as the site shows them: cities, their years, their programmes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from generator.assess.department_slugs import department_slug
from generator.model import (
    AssessedCommitment,
    AssessedRegister,
    Catalogue,
    DepartmentSlugs,
    Finding,
    Place,
    Source,
    Theme,
)
from generator.pages.words import PROGRAMMES


class UnitSlugs(dict[str, str]):
    """Normal name of a unit of a place → its slug, worked out when it is first asked for."""

    def __init__(self, place: str, slugs: DepartmentSlugs) -> None:
        super().__init__()
        self._place, self._slugs = place, slugs

    def __missing__(self, name: str) -> str:
        """The slug that the vocabulary gives."""
        self[name] = department_slug(name, self._place, self._slugs)
        return self[name]


@dataclass(frozen=True)
class CityYear:
    """The registers of one place and year, in the order of their programmes."""

    place: Place
    year: int
    registers: tuple[AssessedRegister, ...]

    @property
    def path(self) -> str:
        """Where its pages are, from the root of the site, without slashes at the ends."""
        return f"{self.place.slug}/{self.year}"

    @cached_property
    def commitments(self) -> tuple[AssessedCommitment, ...]:
        """All commitments of the year, programme after programme."""
        return tuple(item for register in self.registers for item in register.commitments)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents, each once, although two programmes may share one."""
        found = {source.sha256: source for register in self.registers for source in register.register.sources}
        return tuple(found.values())

    @property
    def catalogue(self) -> Catalogue:
        """The themes and shared measures that its registers were sorted by."""
        return self.registers[0].catalogue

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """Slug → theme."""
        return {theme.slug: theme for theme in self.catalogue.themes}

    @cached_property
    def unit_slugs(self) -> UnitSlugs:
        """Units of the place by their normal names → their slugs."""
        return UnitSlugs(self.place.slug, self.catalogue.slugs)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found in the year, about its registers and about their commitments."""
        own = [finding for register in self.registers for finding in register.findings]
        return (*own, *(finding for item in self.commitments for finding in item.findings))


@dataclass(frozen=True)
class City:
    """A place that has registers, with its years, newest first."""

    place: Place
    years: tuple[CityYear, ...]

    @cached_property
    def commitments(self) -> tuple[AssessedCommitment, ...]:
        """All commitments of all years."""
        return tuple(item for year in self.years for item in year.commitments)


def registers_to_cities(registers: Iterable[AssessedRegister]) -> tuple[City, ...]:
    """Group by place and year. Cities stand in the order of their codes, a city's years newest first."""

    def key(item: AssessedRegister) -> tuple[str, str, int, int]:
        order = list(PROGRAMMES).index(item.register.programme)
        return (item.place.code or "999999", item.place.slug, -item.register.year, order)

    cities = []
    for _, of_place in groupby(sorted(registers, key=key), key=lambda item: item.place.slug):
        years = tuple(
            CityYear(place=group[0].place, year=year, registers=group)
            for year, group in (
                (year, tuple(items)) for year, items in groupby(of_place, key=lambda item: item.register.year)
            )
        )
        cities.append(City(place=years[0].place, years=years))
    return tuple(cities)


def count_statuses(commitments: Iterable[AssessedCommitment]) -> Counter[str]:
    """How many commitments have each status."""
    return Counter(item.status for item in commitments)


def has_report(item: AssessedCommitment) -> bool:
    """Whether any document says something about its progress."""
    return bool(item.commitment.reports)


def is_computable(item: AssessedCommitment) -> bool:
    """Whether a number could be compared with a number."""
    return item.schedule_state != "not_computable"


def newest_date(sources: Iterable[Source]) -> date | None:
    """The newest day that the documents state of themselves."""
    days = [day for source in sources for day in (source.published_on, source.written_on, source.as_of) if day]
    return max(days, default=None)
