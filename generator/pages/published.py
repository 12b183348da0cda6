"""A year as it is published: its assessed registers beside the rows of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generator.lookups import Places
from generator.pages.commitment_page import commitment_file
from generator.pages.outline import CityYear
from generator.tables import Row, Tables, assessed_to_tables


@dataclass(frozen=True)
class PublishedYear:
    """A year of a place with its tables, and its rows by id."""

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


def publish_year(year: CityYear, places: Places) -> PublishedYear:
    """The year with its tables."""
    return PublishedYear(year, assessed_to_tables(year.registers, places))
