"""What each unit of a city answers for: its commitments, led and supported, over all years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.assess.department_slugs import department_slug
from generator.model import DepartmentSlugs
from generator.pages.summaries import CityRef, Summaries, YearRef
from generator.pages.unit_lines import DUTIES, Answered, UnitLine, YearDuties

#: What a target that could be computed came to, in the order of the columns.
OUTCOMES = ("met", "on_schedule", "behind", "missed")


@dataclass(frozen=True)
class Duty:
    """One unit's part in one commitment, by one role. ``lines`` are those in which the document names it."""

    year: YearRef
    item: Answered
    role: str
    lines: tuple[UnitLine, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The parts of the wording that it answers for; none where one line has it answer for the whole."""
        scopes = tuple(dict.fromkeys(line.scope for line in self.lines))
        return () if "" in scopes else scopes

    @property
    def others(self) -> int:
        """How many other units lead the same commitment."""
        return self.item.leading - (self.role == "lead")


@dataclass(frozen=True)
class Department:
    """A unit of a city by its normal name, with what it leads and what it only supports."""

    name: str
    slug: str
    kind: str
    led: tuple[Duty, ...]
    supported: tuple[Duty, ...]

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The names by which documents print it, newest year first."""
        duties = (*self.led, *self.supported)
        return tuple(dict.fromkeys(line.unit for duty in duties for line in duty.lines))

    @cached_property
    def years(self) -> tuple[YearRef, ...]:
        """The years in which it is named, newest first."""
        found = {duty.year.year: duty.year for duty in (*self.led, *self.supported)}
        return tuple(found[year] for year in sorted(found, reverse=True))


@dataclass(frozen=True)
class CityDuties:
    """What the documents of a city say of its units. ``years``: year → what is kept of it, newest first.

    ``departments`` are those that lead most first, single units before groups. ``former``: slug that a department had
    before → the one that it has.
    """

    city: CityRef
    departments: tuple[Department, ...]
    years: Mapping[int, YearDuties]
    former: Mapping[str, str]

    @property
    def total(self) -> int:
        """All commitments of the city."""
        return sum(year.commitments for year in self.years.values())

    @property
    def named(self) -> int:
        """How many commitments name any unit."""
        return sum(len(year.answered) for year in self.years.values())

    @property
    def led(self) -> int:
        """How many commitments name a unit that leads."""
        return sum(bool(item.leading) for year in self.years.values() for item in year.answered)

    def undivided(self, years: Iterable[YearRef]) -> list[str]:
        """Those of the years whose documents name units and none that supports: they may not tell the roles apart."""
        return [str(year.year) for year in years if self.years[year.year].roles == ("lead",)]


def read_duties(summaries: Summaries, city: CityRef) -> CityDuties:
    """Every unit that a document of the city names, with its commitments of all years."""
    years = list(summaries.of(DUTIES, city.years))
    slugs = summaries.catalogue.slugs
    return CityDuties(
        city=city,
        departments=_group_by_unit(years, city.place.slug, slugs),
        years={year.year: duties for year, duties in years},
        former=slugs.former.get(city.place.slug, {}),
    )


def _group_by_unit(
    years: Iterable[tuple[YearRef, YearDuties]], place: str, slugs: DepartmentSlugs
) -> tuple[Department, ...]:
    led: dict[str, list[Duty]] = {}
    supported: dict[str, list[Duty]] = {}
    kinds: dict[str, str] = {}
    for year, item in ((year, item) for year, duties in years for item in duties.answered):
        for part in item.parts:
            kinds.setdefault(part.name, part.kind)
            duty = Duty(year, item, part.role, part.lines)
            (led if part.role == "lead" else supported).setdefault(part.name, []).append(duty)
    departments = [
        Department(
            name,
            department_slug(name, place, slugs),
            kind,
            tuple(led.get(name, ())),
            tuple(supported.get(name, ())),
        )
        for name, kind in kinds.items()
    ]
    return tuple(sorted(departments, key=_order))


def _order(department: Department) -> tuple[bool, int, int, str]:
    return department.kind != "unit", -len(department.led), -len(department.supported), department.slug
