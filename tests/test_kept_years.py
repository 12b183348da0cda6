"""What is kept of a year says the same as the year itself: lines of lists, sums, and lines of the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from generator.api.departments import LINES
from generator.api.lines import commitment_line
from generator.api.places import place_record, site_record
from generator.api.render import record_to_builtins, render_record
from generator.api.summary import items_to_summary
from generator.pages.city_year import commitment_row
from generator.pages.listed import list_commitment, listed_to_row
from generator.pages.outline import City, registers_to_cities
from generator.pages.published import publish_year
from generator.pages.summaries import years_to_cities
from generator.pages.sums import SUMS, count_units, year_to_sums
from generator.pages.unit_lines import DUTIES, year_to_duties
from tests import page_examples as examples
from tests.assess_examples import WORDS
from tests.kept_examples import PLACES, keep_years


def two_years() -> City:
    """The example register in two years; every field of it is set in some commitment."""
    register = examples.make_register(examples.Words())
    years = [msgspec.structs.replace(register, year=year) for year in (2023, 2024)]
    (city,) = registers_to_cities([examples.assess(one, WORDS) for one in years])
    return city


def test_a_kept_line_is_the_line_of_the_list() -> None:
    (year, *_) = two_years().years
    for item in year.commitments:
        listed = list_commitment(item, "livelihood", year)
        assert listed_to_row(listed) == commitment_row(item, "livelihood", year)


def test_sums_and_duties_come_back_as_they_were_kept() -> None:
    city = two_years()
    kept = keep_years(city)
    assert [sums for _, sums in kept.of(SUMS)] == [year_to_sums(year) for year in city.years]
    assert [duties for _, duties in kept.of(DUTIES)] == [year_to_duties(year) for year in city.years]
    assert any(item.findings for _, duties in kept.of(DUTIES) for item in duties.answered)


def test_records_of_places_have_the_sums_of_their_commitments() -> None:
    city = two_years()
    kept = keep_years(city)
    (only,) = years_to_cities(kept.years)
    sums = items_to_summary(city.commitments)
    assert sums["commitments"] == 2 * len(city.years[0].commitments) > 0
    assert place_record(kept, only)["summary"] == site_record(kept, "兑现")["summary"] == sums
    lines: Any = place_record(kept, only)["years"]
    assert [line["summary"] for line in lines] == [items_to_summary(year.commitments) for year in city.years]


def test_a_unit_of_two_years_is_counted_once() -> None:
    years = [sums for _, sums in keep_years(two_years()).of(SUMS)]
    assert count_units(years) == count_units(years[:1]) == len(years[0].units) > 0


def test_kept_lines_of_the_api_render_as_their_rows_do() -> None:
    city = two_years()
    for (_, lines), year in zip(keep_years(city).of(LINES), city.years, strict=True):
        published = publish_year(year, PLACES)
        naming = [item for item in year.commitments if item.commitment.responsibilities]
        assert lines and len(lines) == len(naming)
        for item in naming:
            assert render_record(lines[item.commitment.id]) == render_record(commitment_line(published, item, ""))


def test_decimals_of_kept_lines_stay_exact() -> None:
    assert record_to_builtins({"value": Decimal("1E+3"), "share": Decimal("0.90")}) == {"value": "1000", "share": "0.9"}
