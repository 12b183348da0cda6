"""What is published, as the API takes it: the outline of the pages beside the rows of the published tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.lookups import Places
from generator.pages.commitment_page import commitment_file
from generator.pages.outline import City, CityYear
from generator.tables import Row, Tables, assessed_to_tables


@dataclass(frozen=True)
class PublishedYear:
    """A year of a place with its rows, those of its data package."""

    year: CityYear
    tables: Tables

    @cached_property
    def commitments(self) -> dict[str, Row]:
        """Commitment → its row."""
        return {str(row["commitment_id"]): row for row in self.tables["commitments"]}

    @cached_property
    def targets(self) -> dict[str, Row]:
        """Target → its row."""
        return {str(row["target_id"]): row for row in self.tables["targets"]}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Commitment → its JSON, from the root of the site."""
        items = (item.commitment for item in self.year.commitments)
        return {one.id: f"{self.year.path}/{commitment_file(self.year, one)}.json" for one in items}


@dataclass(frozen=True)
class Published:
    """Everything that is published."""

    cities: tuple[City, ...]
    years: dict[str, PublishedYear]
    catalogue: Tables


def publish_outline(cities: Sequence[City], places: Places) -> Published:
    """The outline with its rows."""
    years = {
        year.path: PublishedYear(year, assessed_to_tables(year.registers, places))
        for city in cities
        for year in city.years
    }
    catalogue = next(iter(years.values())).tables if years else {"themes": [], "measures": []}
    return Published(tuple(cities), years, {name: catalogue[name] for name in ("themes", "measures")})
