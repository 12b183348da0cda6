"""Pages stamped into their shells: commitments and retired ids, each with its JSON twin, and departments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from generator import stamp
from generator.api import releases_to_records, render_retired_twin, render_twin
from generator.metadata.commitment import render_json_ld
from generator.model import DataRelease
from generator.pages.changes import HistoryRow, releases_to_history
from generator.pages.commitment import render_commitment, render_crumbs, render_retired, render_retired_crumbs
from generator.pages.commitment_page import CommitmentPage, record_file, year_to_pages
from generator.pages.departments import DepartmentPage, render_department_pages
from generator.pages.outline import CityYear
from generator.pages.summaries import CityRef, Summaries
from generator.pages.texts import shorten
from generator.tables import Row

StampedFile = tuple[str, bytes]
"""A file of the site: its path from the root, and what it holds."""


@dataclass(frozen=True)
class Told:
    """What releases of the data changed of which commitment, as its page and its twin tell it."""

    rows: dict[str, list[HistoryRow]] = field(default_factory=dict)
    records: dict[str, list[Row]] = field(default_factory=dict)


def tell_releases(releases: Sequence[DataRelease]) -> Told:
    """Worked out once for all years, or for the changes of one alone."""
    return Told(releases_to_history(releases), releases_to_records(releases))


def stamp_year(year: CityYear, shell: stamp.Shell, told: Told) -> Iterator[StampedFile]:
    """The page of every commitment of the year and of every id that has no record any more, each with its twin."""
    for page in year_to_pages(year):
        identifier, path = page.commitment.id, f"{year.path}/{page.file}"
        yield f"{path}.html", _stamp_commitment(page, shell, told.rows.get(identifier, ()))
        yield f"{path}.json", render_twin(page, told.records.get(identifier, ()))
    for identifier in (identifier for register in year.registers for identifier in register.register.retired):
        path = f"{year.path}/{record_file(year, identifier)}"
        yield f"{path}.html", _stamp_retired(year, identifier, shell, told.rows.get(identifier, ()))
        yield f"{path}.json", render_retired_twin(identifier, told.records.get(identifier, ()))


def stamp_departments(summaries: Summaries, city: CityRef, shell: stamp.Shell) -> Iterator[StampedFile]:
    """The page of every unit of the city. ``shell`` is that of departments."""
    pages = render_department_pages(summaries, city)
    return ((f"{page.path}/index.html", _stamp_department(page, shell)) for page in pages)


def _stamp_commitment(page: CommitmentPage, shell: stamp.Shell, history: Sequence[HistoryRow]) -> bytes:
    address = f"{shell.site_url}{page.year.path}/{page.file}.html"
    values = {
        "title": stamp.text_slot(f"{page.title} · {page.place_and_year}"),
        "heading": stamp.text_slot(page.title),
        "description": stamp.text_slot(_description(page)),
        "crumbs": render_crumbs(page),
        "body": render_commitment(page, address, shell.site_name, history),
        "canonical": stamp.text_slot(address),
        "json": stamp.text_slot(f"{page.file}.json"),
        "jsonld": stamp.json_slot(render_json_ld(page, shell.site_url)),
        "status": stamp.text_slot(page.item.status),
        **_report_slots(page, address),
    }
    return shell.fill(values).encode()


def _description(page: CommitmentPage) -> str:
    text = page.commitment.text or next((report.text for report in page.commitment.reports), page.title)
    return shorten(f"{page.place_and_year}：{text}", 80)


def _report_slots(page: CommitmentPage, address: str) -> dict[str, str]:
    """What a report of an error is filled in with: each field, and all of them as the text of a mail."""
    commitment = page.commitment
    words, place = shorten(commitment.text or page.title, 40), f"{commitment.start}-{commitment.end}"
    return {
        "report_title": stamp.query_slot(commitment.id),
        "report_page": stamp.query_slot(address),
        "report_words": stamp.query_slot(words),
        "report_place": stamp.query_slot(place),
        "report_body": stamp.query_slot(f"{address}\n\n{words}\n字符位置 {place}\n\n哪里不对："),
    }


def _stamp_department(page: DepartmentPage, shell: stamp.Shell) -> bytes:
    values = {
        "title": stamp.text_slot(page.title),
        "heading": stamp.text_slot(page.heading),
        "description": stamp.text_slot(page.description),
        "crumbs": page.crumbs,
        "toc": page.toc,
        "body": page.body,
        "canonical": stamp.text_slot(f"{shell.site_url}{page.path}/"),
    }
    return shell.fill(values).encode()


def _stamp_retired(year: CityYear, identifier: str, shell: stamp.Shell, history: Sequence[HistoryRow]) -> bytes:
    file = record_file(year, identifier)
    title = f"编号 {identifier} 已停用"
    address = f"{shell.site_url}{year.path}/{file}.html"
    record = msgspec.json.encode({"id": identifier, "retired": True}).decode()
    values = {
        "title": stamp.text_slot(title),
        "heading": stamp.text_slot(title),
        "description": stamp.text_slot(title),
        "crumbs": render_retired_crumbs(year),
        "body": render_retired(identifier, year, history),
        "canonical": stamp.text_slot(address),
        "json": stamp.text_slot(f"{file}.json"),
        "jsonld": stamp.json_slot(record),
        "status": "no_report",
        "report_title": stamp.query_slot(identifier),
        "report_page": stamp.query_slot(address),
        "report_words": "",
        "report_place": "",
        "report_body": stamp.query_slot(address),
    }
    return shell.fill(values).encode()
