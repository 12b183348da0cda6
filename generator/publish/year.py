"""One year of a place, from its registers to every file and summary that it gives: the work of one worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from generator import charts
from generator.api import render_record
from generator.api.years import year_record
from generator.audits import load_audits
from generator.calendars import render_calendar
from generator.errors import BuildError, ContentError, Problem
from generator.model import AssessedRegister
from generator.package import pack_tables, refuse_undated, year_to_subset
from generator.pages.addresses import TWIN
from generator.pages.city_year import render_city_year
from generator.pages.commitment_page import year_to_pages
from generator.pages.documents import with_parts
from generator.pages.due import CALENDAR, has_dates
from generator.pages.outline import CityYear, registers_to_cities
from generator.pages.published import PublishedYear, publish_year
from generator.publish.assessed import assess_registers
from generator.publish.bundle import YearFiles, files_name, summaries_name
from generator.publish.frame import fetch_shells
from generator.publish.kinds import KINDS
from generator.publish.registercache import read_registers
from generator.publish.searched import encode_searched, read_searched, searched_name
from generator.publish.shards import Files, parse_history
from generator.publish.shared import STORE_FAILED, Shared, fetch_shared, unkept, unpacked
from generator.publish.stamped import stamp_year, tell_releases
from generator.search import Searched
from generator.shareimages import year_image
from generator.stamp import Shell
from generator.steps import step
from generator.store import Store, open_store


@dataclass(frozen=True)
class YearJob:
    """Everything that a worker needs to make a year, small enough to be sent to another machine.

    ``content`` is where the files come from and ``datapackage`` where packages will be, both for messages only;
    ``store`` is the address where ``shared`` and ``frame`` are found by digest, and to which the year goes under
    ``key``. ``charts`` is a folder in which drawings are kept; empty where the worker may be on another machine.
    """

    path: str
    key: str
    content: str
    datapackage: str
    files: Files
    history: bytes
    store: str
    shared: str
    frame: str
    charts: str


def make_year(job: YearJob) -> None:
    """Make a year and keep it in the store.

    Raises ContentError for what stands in its registers and audits, BuildError where it cannot be made or kept.
    """
    store, shared = open_store(job.store), fetch_shared(job.store, job.shared)
    shell, _ = fetch_shells(job.store, job.frame)
    with unpacked(job.files, job.content) as content:
        (city,) = registers_to_cities(_assess(content, job.files, shared, store))
    published = publish_year(city.years[0], shared.places)
    files = _make_files(published, job, shared, shell)
    with step("search"):
        searched = encode_searched(_read_pages(published.year, files.site))
    with step("summaries"):
        summaries = msgspec.msgpack.encode({kind.name: kind.encode(published) for kind in KINDS})
    name = files_name(job.path, job.key)
    entries = {name: msgspec.msgpack.encode(files), searched_name(name): searched}
    entries[summaries_name(job.path, job.key)] = summaries
    if not all(store.write(entry, data) for entry, data in entries.items()):
        raise unkept(store)


@dataclass(frozen=True)
class Refusal:
    """Why a year could not be made; without problems it was. ``of_content``: they are about files of the content."""

    problems: tuple[Problem, ...] = ()
    of_content: bool = True


def try_year(job: YearJob) -> Refusal:
    """Make a year, and tell what is wrong with it, so that all years can be looked at before a build ends.

    Raises BuildError where the store fails: then no other year can be made either.
    """
    try:
        make_year(job)
    except (ContentError, BuildError) as error:
        if any(problem.code in STORE_FAILED for problem in error.problems):
            raise
        return Refusal(error.problems, isinstance(error, ContentError))
    return Refusal()


def _assess(content: Path, files: Files, shared: Shared, store: Store) -> tuple[AssessedRegister, ...]:
    with step("load"):
        registers = read_registers(content, (name for name, _ in files if name.startswith("registers/")), store)
        audits = load_audits(content, registers)
    with step("assess"):
        return assess_registers(registers, audits, shared, content)


def _make_files(published: PublishedYear, job: YearJob, shared: Shared, shell: Shell) -> YearFiles:
    year = published.year
    subset = year_to_subset(year.registers, shared.publication)
    refuse_undated([subset], Path(job.content) / "documents")
    packed = pack_tables(subset, published.tables, shared.schemas, shell.site_url, Path(job.datapackage))
    with step("stamping"):
        site = dict(stamp_year(year, shell, tell_releases(parse_history(job.history))))
    site |= dict(_others(published, shell))
    with step("pages"):
        rendered = render_city_year(year, partial(charts.render_chart, cache=Path(job.charts) if job.charts else None))
        docs = {page.path: page.render().encode() for page in with_parts(f"{year.path}/index.md", rendered)}
    return YearFiles(site, docs, packed)


def _others(published: PublishedYear, shell: Shell) -> Iterator[tuple[str, bytes]]:
    """What stands beside the pages of a year: its JSON, its calendar, the picture of links to it."""
    year = published.year
    with step("api"):
        yield f"{year.path}/{TWIN}", render_record(year_record(published))
    with step("feeds"):
        if has_dates(year):
            yield f"{year.path}/{CALENDAR}", render_calendar(year, shell.site_url).encode()
    with step("images"):
        yield year_image(year)


def _read_pages(year: CityYear, site: Mapping[str, bytes]) -> Iterator[Searched]:
    """The pages of commitments in their order, then those of ids that are no commitments any more."""
    ours = {f"{year.path}/{page.file}.html": page for page in year_to_pages(year)}
    for path, page in ours.items():
        yield read_searched(path, site[path], page.item.status, page.commitment.text)
    for path in (path for path in site if path.endswith(".html") and path not in ours):
        yield read_searched(path, site[path])
