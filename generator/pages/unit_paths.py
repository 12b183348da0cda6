"""Where the page of a unit is."""

from __future__ import annotations

from generator.pages.outline import CityYear


def department_path(year: CityYear, name: str) -> str:
    """A unit's page from the folder of its place: ``departments/city-education-bureau/``."""
    return f"departments/{year.unit_slugs[name]}/"
