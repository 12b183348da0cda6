"""What each unit of a city answers for: its commitments, led and supported, over all years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.assess.department_slugs import department_slug
from generator.model import AssessedCommitment, AssessedTarget, Responsibility
from generator.pages.outline import City, CityYear
from generator.pages.words import STATE_TONES
from generator.tables import unit_name

#: What a target that could be computed came to, in the order of the columns.
OUTCOMES = ("met", "on_schedule", "behind", "missed")


@dataclass(frozen=True)
class Duty:
    """One unit's part in one commitment, by one role. ``entries`` are the lines in which the document names it."""

    year: CityYear
    programme: str
    item: AssessedCommitment
    entries: tuple[Responsibility, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The parts of the wording that it answers for; none where one line has it answer for the whole."""
        scopes = tuple(dict.fromkeys(entry.scope for entry in self.entries))
        return () if "" in scopes else scopes


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
        return tuple(dict.fromkeys(entry.unit for duty in duties for entry in duty.entries))

    @cached_property
    def years(self) -> tuple[CityYear, ...]:
        """The years in which it is named, newest first."""
        found = {duty.year.year: duty.year for duty in (*self.led, *self.supported)}
        return tuple(found[year] for year in sorted(found, reverse=True))


def department_path(year: CityYear, name: str) -> str:
    """A unit's page from the folder of its place: ``departments/city-education-bureau/``."""
    return f"departments/{department_slug(name, year.place.slug, year.catalogue.slugs)}/"


def city_to_departments(city: City) -> tuple[Department, ...]:
    """Every unit that a document of the city names: those that lead most first, single units before groups."""
    led: dict[str, list[Duty]] = {}
    supported: dict[str, list[Duty]] = {}
    kinds: dict[str, str] = {}
    for duty in (duty for year in city.years for duty in _year_duties(year)):
        name, role = unit_name(duty.entries[0]), duty.entries[0].role
        kinds.setdefault(name, duty.entries[0].kind)
        (led if role == "lead" else supported).setdefault(name, []).append(duty)
    slugs = city.years[0].catalogue.slugs
    departments = [
        Department(
            name,
            department_slug(name, city.place.slug, slugs),
            kind,
            tuple(led.get(name, ())),
            tuple(supported.get(name, ())),
        )
        for name, kind in kinds.items()
    ]
    return tuple(sorted(departments, key=_order))


def _order(department: Department) -> tuple[bool, int, int, str]:
    return department.kind != "unit", -len(department.led), -len(department.supported), department.slug


def _year_duties(year: CityYear) -> Iterable[Duty]:
    """The duties of a year. A unit that leads a commitment is not counted among its supporters, too."""
    for register in year.registers:
        for item in register.commitments:
            entries: dict[tuple[str, str], list[Responsibility]] = {}
            for entry in item.commitment.responsibilities:
                entries.setdefault((unit_name(entry), entry.role), []).append(entry)
            for (name, role), found in entries.items():
                if role == "lead" or (name, "lead") not in entries:
                    yield Duty(year, register.register.programme, item, tuple(found))


def count_units(city: City) -> int:
    """How many units, groups of units among them, the documents of a city name."""
    items = (item.commitment for item in city.commitments)
    return len({unit_name(entry) for commitment in items for entry in commitment.responsibilities})


def named_commitments(city: City) -> tuple[int, int]:
    """How many commitments name any unit, and how many name one that leads."""
    items = [item.commitment.responsibilities for item in city.commitments]
    return sum(map(bool, items)), sum(any(entry.role == "lead" for entry in found) for found in items)


def years_without_support(years: Iterable[CityYear]) -> list[str]:
    """The years whose documents name units and none that supports: they may not tell the two roles apart."""
    roles = {
        str(year.year): {entry.role for item in year.commitments for entry in item.commitment.responsibilities}
        for year in years
    }
    return [year for year, found in roles.items() if found == {"lead"}]


def duties_to_targets(duties: Iterable[Duty]) -> list[AssessedTarget]:
    """The targets of the commitments, in their order."""
    return [target for duty in duties for target in duty.item.targets]


def count_outcomes(targets: Iterable[AssessedTarget]) -> Counter[str]:
    """How many targets came to which of ``OUTCOMES``; the rest, under ``under_way``, could not be computed."""
    return Counter(STATE_TONES[target.schedule_state] for target in targets)
