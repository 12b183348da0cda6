"""Summaries of years come back from the disk as they were made, one year in memory at a time."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.assess import load_reported_words
from generator.model import Catalogue
from generator.pages.outline import registers_to_cities
from generator.pages.published import PublishedYear, publish_year
from generator.pages.summaries import Summary, YearRef
from generator.publish import assess_content
from generator.publish.city import CityJob, SummariesOfOne
from generator.publish.kept import KeptSummaries
from generator.publish.kinds import CITY_KINDS, KINDS
from tests import page_examples as examples
from tests.conftest import REPOSITORY
from tests.kept_examples import PLACES

CONTENT = REPOSITORY / "content"
YEARS = tuple(YearRef(examples.PLACE, year) for year in (2024, 2023, 2022))


@cache
def real_years() -> tuple[PublishedYear, ...]:
    cities = registers_to_cities(assess_content(CONTENT))
    return tuple(publish_year(year, PLACES) for city in cities for year in city.years)


@cache
def made_years() -> tuple[PublishedYear, ...]:
    words = load_reported_words(CONTENT)
    registers = (
        examples.make_register(examples.Words(text, text)) for text in ("新增老年助餐服务点227个", examples.HOSTILE)
    )
    cities = [registers_to_cities([examples.assess(register, words)])[0] for register in registers]
    return tuple(publish_year(city.years[0], PLACES) for city in cities)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_summary_survives_being_kept(kind: Summary[Any]) -> None:
    for year in made_years():
        assert kind.decode(kind.encode(year)) == kind.of_year(year)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_summaries_of_the_repository_survive_being_kept(kind: Summary[Any]) -> None:
    assert real_years()
    for year in real_years():
        assert kind.decode(kind.encode(year)) == kind.of_year(year)


def test_every_kind_has_a_name_of_its_own_that_a_file_can_have() -> None:
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names) > len(CITY_KINDS) > 0
    assert all(name.replace("_", "").replace("-", "").isalnum() for name in names)


class Read(dict[str, bytes]):
    """What was read of a year, of which can be seen whether it is still in memory."""


NUMBERS: Summary[int] = Summary("numbers", int, lambda _: 0)


def test_summaries_of_one_year_are_held_at_a_time(tmp_path: Path) -> None:
    held: list[weakref.ref[Read]] = []

    def read(year: YearRef) -> dict[str, bytes]:
        gc.collect()
        assert len([one for one in held if one() is not None]) <= 1
        found = Read(numbers=msgspec.msgpack.encode(year.year))
        held.append(weakref.ref(found))
        return found

    kept = KeptSummaries(Catalogue(), YEARS, tmp_path)
    kept.lay_out(YEARS[1:], read)
    kept.lay_out(YEARS[:1], read)
    del read
    gc.collect()
    assert len(held) == len(YEARS) and [one() for one in held[:-1]] == [None, None]
    assert list(kept.of(NUMBERS)) == [(year, year.year) for year in YEARS]
    assert list(kept.of(NUMBERS, (YEARS[2], YEARS[0]))) == [(YEARS[2], 2022), (YEARS[0], 2024)]
    assert list(kept.of(NUMBERS, ())) == []


def test_a_summary_is_decoded_when_it_is_asked_for(tmp_path: Path) -> None:
    data = {2024: msgspec.msgpack.encode(1), 2023: b"\xc1", 2022: b"\xc1"}
    kept = KeptSummaries(Catalogue(), YEARS, tmp_path)
    kept.lay_out(YEARS, lambda year: {"numbers": data[year.year]})
    found = kept.of(NUMBERS)
    assert next(found) == (YEARS[0], 1)
    with pytest.raises(msgspec.DecodeError):
        next(found)


def test_no_years_have_no_summaries(tmp_path: Path) -> None:
    kept = KeptSummaries(Catalogue(), (), tmp_path)
    kept.lay_out((), lambda _: {})
    assert list(kept.of(NUMBERS)) == []


def test_what_a_place_is_made_of_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = tuple(msgspec.msgpack.encode({"year": year.year}) for year in YEARS)
    kind = Summary("sums", dict[str, int], lambda _: {})
    job = CityJob(YEARS, {kind.name: data}, b"", date(2024, 1, 1), "", "", "", "")
    decoded, decode = list[bytes](), Summary.decode

    def count(self: Summary[Any], one: bytes) -> Any:
        decoded.append(one)
        return decode(self, one)

    monkeypatch.setattr(Summary, "decode", count)
    summaries = SummariesOfOne(job, Catalogue())
    assert list(summaries.of(kind, YEARS[1:])) == [(year, {"year": year.year}) for year in YEARS[1:]]
    assert list(summaries.of(kind)) == [(year, {"year": year.year}) for year in YEARS]
    assert decoded == [data[1], data[2], data[0]]
