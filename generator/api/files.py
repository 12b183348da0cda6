"""Every JSON file of a folder page, by its address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.api.departments import department_record, departments_record, moved_record
from generator.api.measures import measure_records, measures_record
from generator.api.places import place_record, site_record
from generator.api.published import Published, publish_outline
from generator.api.themes import theme_records, themes_record
from generator.api.years import year_record
from generator.lookups import Places
from generator.pages.addresses import TWIN
from generator.pages.duties import city_to_departments
from generator.pages.outline import City
from generator.tables import Row


def outline_to_records(cities: Sequence[City], places: Places, title: str) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, for everything but commitments, which are stamped."""
    published = publish_outline(cities, places)
    yield TWIN, site_record(published, title)
    yield f"measures/{TWIN}", measures_record(published)
    for slug, record in measure_records(published).items():
        yield f"measures/{slug}/{TWIN}", record
    yield f"themes/{TWIN}", themes_record(published)
    for slug, record in theme_records(published).items():
        yield f"themes/{slug}/{TWIN}", record
    for city in cities:
        yield from _city_records(published, city)


def _city_records(published: Published, city: City) -> Iterator[tuple[str, Row]]:
    yield f"{city.place.slug}/{TWIN}", place_record(city)
    for year in city.years:
        yield f"{year.path}/{TWIN}", year_record(published.years[year.path])
    departments = city_to_departments(city)
    if not departments:
        return
    folder = f"{city.place.slug}/departments"
    yield f"{folder}/{TWIN}", departments_record(city)
    for one in departments:
        yield f"{folder}/{one.slug}/{TWIN}", department_record(published, city, one)
    for former, slug in city.years[0].catalogue.slugs.former.get(city.place.slug, {}).items():
        yield f"{folder}/{former}/{TWIN}", moved_record(former, slug)
