"""One place, from the summaries of its years to every file that speaks of all of them: the work of one worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import msgspec

from generator.api import city_to_records, render_record
from generator.feeds import city_feeds, render_atom, render_json_feed
from generator.model import Catalogue
from generator.pages.city import render_city
from generator.pages.departments import render_departments
from generator.pages.summaries import CityRef, Summaries, Summary, YearRef, years_to_cities
from generator.publish.bundle import CityFiles, city_name
from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.frame import fetch_shells
from generator.publish.kinds import CITY_KINDS
from generator.publish.searched import encode_searched, read_searched, searched_name
from generator.publish.shards import parse_history
from generator.publish.shared import Shared, fetch_shared, unkept
from generator.publish.stamped import stamp_departments
from generator.stamp import Shell
from generator.steps import step
from generator.store import open_store

T = TypeVar("T")


@dataclass(frozen=True)
class CityJob:
    """Everything that a worker needs to make what speaks of a whole place: its years, and their summaries by kind.

    ``releases`` are what was recorded to have changed in the place, encoded; ``newest`` is the newest day of any
    document of the site, which feeds without entries have. ``entry`` is where the files go: named after all of this,
    and after the program that gave the work out.
    """

    years: tuple[YearRef, ...]
    summaries: Mapping[str, tuple[bytes, ...]]
    releases: bytes
    newest: date
    store: str
    shared: str
    frame: str
    entry: str

    @property
    def place(self) -> str:
        """The slug of the place."""
        return self.years[0].place.slug


@dataclass(frozen=True)
class CityPlan:
    """What places are made of. ``history`` is by slug; ``where`` as ``CityJob`` has it: store, shared, frame.

    ``entry_of_year``: the entry of a year, which is named after all that the year is made of.
    """

    summaries: Summaries
    entry_of_year: Callable[[YearRef], str]
    history: Mapping[str, bytes]
    newest: date
    where: tuple[str, str, str]

    def entry(self, city: CityRef) -> str:
        """Where the files of a place are kept."""
        _, shared, frame = self.where
        told = msgspec.msgpack.encode((city.years, self.newest))
        years = map(self.entry_of_year, city.years)
        return city_name(
            city.place.slug, digest_of(program_digest(), shared, frame, told, self._releases(city), *years)
        )

    def job(self, city: CityRef) -> CityJob:
        """The work of one place."""
        found = {kind.name: tuple(self.summaries.read(kind, city.years)) for kind in CITY_KINDS}
        return CityJob(city.years, found, self._releases(city), self.newest, *self.where, self.entry(city))

    def _releases(self, city: CityRef) -> bytes:
        return self.history.get(city.place.slug, b"")


class SummariesOfOne:
    """The summaries of one place, as its job brings them; each is decoded once, and gone with the place."""

    def __init__(self, job: CityJob, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.years = job.years
        self._found = job.summaries
        self._decoded: dict[tuple[str, YearRef], Any] = {}

    def read(self, kind: Summary[Any], years: Iterable[YearRef] | None = None) -> Iterator[bytes]:
        """As ``Summaries`` says."""
        places = {year: place for place, year in enumerate(self.years)}
        yield from (self._found[kind.name][places[year]] for year in (self.years if years is None else years))

    def of(self, kind: Summary[T], years: Iterable[YearRef] | None = None) -> Iterator[tuple[YearRef, T]]:
        """As ``Summaries`` says."""
        for year in self.years if years is None else tuple(years):
            if (kind.name, year) not in self._decoded:
                (data,) = self.read(kind, (year,))
                self._decoded[kind.name, year] = kind.decode(data)
            yield year, self._decoded[kind.name, year]


def make_city(job: CityJob) -> None:
    """Make what speaks of a whole place and keep it in the store. Raises BuildError where it cannot be kept."""
    store, shared = open_store(job.store), fetch_shared(job.store, job.shared)
    summaries, (city,) = SummariesOfOne(job, shared.catalogue), years_to_cities(job.years)
    _, shell = fetch_shells(job.store, job.frame)
    with step("departments"):
        units = dict(stamp_departments(summaries, city, shell))
    with step("pages"):
        docs = {f"{job.place}/index.md": render_city(summaries, city), **render_departments(summaries, city)}
    with step("api"):
        records = {path: render_record(record) for path, record in city_to_records(summaries, city)}
    with step("feeds"):
        feeds = dict(_feeds(summaries, city, job, shell, shared))
    with step("search"):
        searched = encode_searched(read_searched(path, html) for path, html in units.items())
    files = CityFiles({**units, **records, **feeds}, {path: text.encode() for path, text in docs.items()})
    if not (store.write(searched_name(job.entry), searched) and store.write(job.entry, msgspec.msgpack.encode(files))):
        raise unkept(store)


def _feeds(
    summaries: Summaries, city: CityRef, job: CityJob, shell: Shell, shared: Shared
) -> Iterator[tuple[str, bytes]]:
    for feed in city_feeds(parse_history(job.releases), summaries, city, shell.site_name):
        atom = render_atom(feed, shell.site_url, shell.site_name, job.newest, shared.schemas).encode()
        as_json = render_json_feed(feed, shell.site_url, shell.site_name, shared.schemas).encode()
        for path in (feed.path, *feed.also):
            yield f"{path}.xml", atom
            yield f"{path}.json", as_json
