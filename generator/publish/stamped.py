"""The pages of commitments and of retired ids, stamped into the shell, each with its JSON twin."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from generator import stamp
from generator.api import releases_to_records, render_retired_twin, render_twin
from generator.metadata.commitment import render_json_ld
from generator.model import DataRelease
from generator.pages.changes import HistoryRow, releases_to_history
from generator.pages.commitment import render_commitment, render_crumbs, render_retired, render_retired_crumbs
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.outline import City, CityYear
from generator.pages.texts import shorten
from generator.steps import step


@step("stamping")
def write_stamped(staged: Path, cities: Sequence[City], shell: stamp.Shell, releases: Sequence[DataRelease]) -> None:
    """The page of every commitment and of every id that was published once and has no record any more."""
    history, records = releases_to_history(releases), releases_to_records(releases)
    for year in (year for city in cities for year in city.years):
        for page in year_to_pages(year):
            _write_commitment(staged, page, shell, history.get(page.commitment.id, []))
            twin = staged / year.path / f"{page.file}.json"
            twin.write_text(render_twin(page, records.get(page.commitment.id, ())), encoding="utf-8")
        for identifier in _retired(year):
            _write_retired(staged, year, identifier, shell, history.get(identifier, []))
            twin = staged / year.path / f"{_retired_file(year, identifier)}.json"
            twin.write_text(render_retired_twin(identifier, records.get(identifier, ())), encoding="utf-8")


def _write_commitment(staged: Path, page: CommitmentPage, shell: stamp.Shell, history: Sequence[HistoryRow]) -> None:
    address = f"{shell.site_url}{page.year.path}/{page.file}.html"
    where = f"{page.title} · {page.place_and_year}"
    values = {
        "title": stamp.text_slot(where),
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
    (staged / page.year.path / f"{page.file}.html").write_text(shell.fill(values), encoding="utf-8")


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


def _retired(year: CityYear) -> list[str]:
    return [identifier for register in year.registers for identifier in register.register.retired]


def _retired_file(year: CityYear, identifier: str) -> str:
    return identifier.removeprefix(f"{year.place.slug}-{year.year}-")


def _write_retired(
    staged: Path, year: CityYear, identifier: str, shell: stamp.Shell, history: Sequence[HistoryRow]
) -> None:
    file = _retired_file(year, identifier)
    title = f"编号 {identifier} 已停用"
    address = f"{shell.site_url}{year.path}/{file}.html"
    record = json.dumps({"id": identifier, "retired": True}, ensure_ascii=False)
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
    (staged / year.path / f"{file}.html").write_text(shell.fill(values), encoding="utf-8")
