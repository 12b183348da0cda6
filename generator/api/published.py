"""What is published, as the API takes it: the outline of the pages beside the rows of the published tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.lookups import Places
from generator.pages.outline import City
from generator.pages.published import PublishedYear, publish_year
from generator.tables import Tables

__all__ = ["Published", "PublishedYear", "publish_outline"]


@dataclass(frozen=True)
class Published:
    """Everything that is published."""

    cities: tuple[City, ...]
    years: dict[str, PublishedYear]
    catalogue: Tables


def publish_outline(cities: Sequence[City], places: Places) -> Published:
    """Every year of the cities with its tables."""
    years = {year.path: publish_year(year, places) for city in cities for year in city.years}
    catalogue = next(iter(years.values())).tables if years else {"themes": [], "measures": []}
    return Published(tuple(cities), years, {name: catalogue[name] for name in ("themes", "measures")})
