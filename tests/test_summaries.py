"""Summaries of years: what they keep survives being kept, and comes back in the order of the site."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from generator.assess import load_reported_words
from generator.lookups import load_places
from generator.pages.counts import Counts, add_counts, count_commitments
from generator.pages.outline import City, registers_to_cities
from generator.pages.summaries import Summary, years_to_cities
from tests import page_examples as examples
from tests.kept_examples import YearsInMemory

CONTENT = Path("content")
PLACES = load_places(CONTENT)
(CITY,) = registers_to_cities([examples.assess(examples.make_register(examples.Words()), load_reported_words(CONTENT))])
COUNTS = Summary("counts", Counts, lambda published: count_commitments(published.year.commitments))


def test_summaries_come_in_the_order_of_the_site_and_as_they_were_made() -> None:
    summaries = YearsInMemory([CITY], PLACES)

    found = list(summaries.of(COUNTS))

    assert [year.path for year, _ in found] == [year.path for year in CITY.years]
    assert [counts for _, counts in found] == [count_commitments(year.commitments) for year in CITY.years]


def test_sums_of_years_are_the_sums_of_all() -> None:
    summaries = YearsInMemory([CITY], PLACES)

    assert add_counts(counts for _, counts in summaries.of(COUNTS)) == count_commitments(CITY.commitments)


def test_damaged_summary_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        COUNTS.decode(b"\x00")


def test_cities_have_their_years() -> None:
    summaries = YearsInMemory([CITY], PLACES)

    (city,) = years_to_cities(summaries.years)

    assert city.place == CITY.place
    assert [year.year for year in city.years] == [year.year for year in CITY.years]


def test_nothing_published_has_no_catalogue() -> None:
    nothing: list[City] = []

    assert not YearsInMemory(nothing, PLACES).catalogue.themes
