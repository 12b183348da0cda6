"""Cities of tests as the pages of several years take them: through what is kept of each year."""

from __future__ import annotations

from pathlib import Path

from generator.lookups import load_places
from generator.pages.city import render_city
from generator.pages.departments import DepartmentPage, render_department_pages, render_departments
from generator.pages.duties import CityDuties, read_duties
from generator.pages.home import render_home
from generator.pages.outline import City
from generator.pages.summaries import CityRef, YearsInMemory, years_to_cities

PLACES = load_places(Path(__file__).resolve().parent.parent / "content")


def keep_years(*cities: City) -> YearsInMemory:
    """What is kept of the years of these cities."""
    return YearsInMemory(cities, PLACES)


def _only(kept: YearsInMemory) -> CityRef:
    (city,) = years_to_cities(kept.years)
    return city


def home_of(*cities: City) -> str:
    """The home page of a site of these cities, without themes and measures."""
    return render_home(keep_years(*cities))


def city_page(city: City) -> str:
    """The page of the city."""
    kept = keep_years(city)
    return render_city(kept, _only(kept))


def ledger_pages(city: City) -> dict[str, str]:
    """The list of the city's units, and the pages of former addresses."""
    kept = keep_years(city)
    return render_departments(kept, _only(kept))


def unit_pages(city: City) -> dict[str, DepartmentPage]:
    """The pages of the city's units by their folders."""
    kept = keep_years(city)
    return {page.path: page for page in render_department_pages(kept, _only(kept))}


def duties_of(city: City) -> CityDuties:
    """The duties of the city's units."""
    kept = keep_years(city)
    return read_duties(kept, _only(kept))
