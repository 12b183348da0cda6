"""Every JSON file of a folder page, by its address."""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.departments import departments_to_records
from generator.api.measures import measure_records, measures_record
from generator.api.places import place_record, site_record
from generator.api.themes import theme_records, themes_record
from generator.pages.addresses import TWIN
from generator.pages.summaries import CityRef, Summaries
from generator.tables import Row


def site_to_records(summaries: Summaries, title: str) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, of what speaks of all places."""
    yield TWIN, site_record(summaries, title)
    yield f"measures/{TWIN}", measures_record(summaries)
    for slug, record in measure_records(summaries):
        yield f"measures/{slug}/{TWIN}", record
    yield f"themes/{TWIN}", themes_record(summaries)
    for slug, record in theme_records(summaries):
        yield f"themes/{slug}/{TWIN}", record


def city_to_records(summaries: Summaries, city: CityRef) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, of a place and of its departments; those of its years stand alone."""
    yield f"{city.place.slug}/{TWIN}", place_record(summaries, city)
    yield from departments_to_records(summaries, city)
