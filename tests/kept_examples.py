"""Cities of tests as the pages of several years take them: through what is kept of each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator.api import city_to_records, list_site_records
from generator.api.years import year_record
from generator.lookups import Places, load_places
from generator.model import Catalogue
from generator.pages.addresses import TWIN
from generator.pages.city import render_city
from generator.pages.departments import DepartmentPage, render_department_pages, render_departments
from generator.pages.duties import CityDuties, read_duties
from generator.pages.home import render_home
from generator.pages.outline import City
from generator.pages.published import publish_year
from generator.pages.summaries import CityRef, Summary, YearRef, years_to_cities
from generator.tables import Row

PLACES = load_places(Path(__file__).resolve().parent.parent / "content")
T = TypeVar("T")


class YearsInMemory:
    """Summaries of cities that are held in memory, each made when it is asked for first."""

    def __init__(self, cities: Sequence[City], places: Places) -> None:
        years = [year for city in cities for year in city.years]
        self.catalogue = years[0].catalogue if years else Catalogue()
        self.years = tuple(YearRef(year.place, year.year) for year in years)
        self._published = {year.path: publish_year(year, places) for year in years}
        self._made: dict[tuple[str, str], bytes] = {}

    def read(self, kind: Summary[Any], years: Iterable[YearRef] | None = None) -> Iterator[bytes]:
        """As ``Summaries`` says."""
        yield from (self._encoded(kind, year.path) for year in (self.years if years is None else years))

    def of(self, kind: Summary[T], years: Iterable[YearRef] | None = None) -> Iterator[tuple[YearRef, T]]:
        """As ``Summaries`` says; they go through the form in which a build keeps them, so that nothing else is read."""
        wanted = self.years if years is None else tuple(years)
        yield from zip(wanted, map(kind.decode, self.read(kind, wanted)), strict=True)

    def _encoded(self, kind: Summary[Any], path: str) -> bytes:
        key = (kind.name, path)
        if key not in self._made:
            self._made[key] = kind.encode(self._published[path])
        return self._made[key]


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


def records_of(cities: Sequence[City], title: str) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, for everything but commitments, which are stamped."""
    kept = keep_years(*cities)
    yield from ((record.path, record.make()) for record in list_site_records(kept, title))
    for year in (year for city in cities for year in city.years):
        yield f"{year.path}/{TWIN}", year_record(publish_year(year, PLACES))
    for city in years_to_cities(kept.years):
        yield from city_to_records(kept, city)
