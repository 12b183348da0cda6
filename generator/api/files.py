"""Every JSON file of a folder page, by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from generator.api.departments import departments_to_records
from generator.api.measures import measure_records, measures_record
from generator.api.places import place_record, site_record
from generator.api.themes import theme_records, themes_record
from generator.pages.addresses import TWIN
from generator.pages.occurrences import read_promised
from generator.pages.summaries import CityRef, Summaries
from generator.pages.themes import read_theme_counts
from generator.tables import Row


class RecordFile(NamedTuple):
    """A record before it is made: its address from the root of the site, and what makes it.

    ``key`` is the digest of what it is made of, beside program and lookups; one without is always made.
    """

    path: str
    make: Callable[[], Row]
    key: str = ""


def list_site_records(summaries: Summaries, title: str) -> Iterator[RecordFile]:
    """The records of what speaks of all places."""
    yield RecordFile(TWIN, partial(site_record, summaries, title))
    promised = read_promised(summaries)
    yield RecordFile(f"measures/{TWIN}", partial(measures_record, summaries.catalogue, promised))
    for slug, make, key in measure_records(summaries, promised):
        yield RecordFile(f"measures/{slug}/{TWIN}", make, key)
    years = read_theme_counts(summaries)
    yield RecordFile(f"themes/{TWIN}", partial(themes_record, summaries.catalogue, years))
    for slug, make, key in theme_records(summaries, years, promised):
        yield RecordFile(f"themes/{slug}/{TWIN}", make, key)


def city_to_records(summaries: Summaries, city: CityRef) -> Iterator[tuple[str, Row]]:
    """Address from the root of the site → record, of a place and of its departments; those of its years stand alone."""
    yield f"{city.place.slug}/{TWIN}", place_record(summaries, city)
    yield from departments_to_records(summaries, city)
