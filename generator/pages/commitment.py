"""One commitment's page: the body that is stamped into the shell, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.assess.states import newest_document_date
from generator.model import AssessedTarget
from generator.pages.answers import answer_rows
from generator.pages.audit import checked_rows
from generator.pages.changes import HistoryRow
from generator.pages.citations import citation_rows
from generator.pages.commitment_page import CommitmentPage, commitment_file, find_source, has_stated_day
from generator.pages.environment import render
from generator.pages.occurrences import themes_by_slug
from generator.pages.outline import CityYear
from generator.pages.progress import report_to_row, step_rows
from generator.pages.rows import finding_to_row, source_to_row
from generator.pages.targets import district_table, target_to_row
from generator.pages.texts import commitment_to_title, render_date, shorten
from generator.pages.unit_paths import department_path
from generator.pages.wording import wording_rows
from generator.pages.words import PROGRAMMES, STATUSES, word_of
from generator.tables import unit_name

Row = dict[str, Any]


def render_commitment(page: CommitmentPage, address: str, site_name: str, history: Sequence[HistoryRow] = ()) -> str:
    """The body of the page. ``address`` is its permanent URL, for the citation; ``history`` when its data changed."""
    item, commitment = page.item, page.commitment
    targets = [{**target_to_row(one, commitment), "reported_on": _reported_on(page, one)} for one in item.targets]
    reported_on = _common([row["reported_on"] for row in targets if row["reached"]])
    return render(
        "commitment.html",
        page=page,
        commitment=commitment,
        quote=commitment.text if commitment.text != page.title else "",
        status=word_of(STATUSES, item.status),
        status_code=item.status,
        programme=word_of(PROGRAMMES, page.programme),
        answers=answer_rows(item, _material_day(page)),
        targets=targets,
        reported_on=reported_on,
        bars=any(row["bar"] for row in targets),
        linear=_common([row["linear"] for row in targets if row["linear"]]),
        wordings=wording_rows(page),
        steps=step_rows(page),
        districts=district_table(commitment),
        leads=_units(page, "lead"),
        supports=_units(page, "support"),
        reports=[report_to_row(report, page) for report in commitment.reports],
        findings=[finding_to_row(finding) for finding in item.findings],
        evidence=_evidence(page),
        checked=checked_rows(page),
        citations=citation_rows(page, address, site_name),
        history=history,
        neighbours=_neighbours(page),
        themes=_themes(page),
        measures=_measures(page),
        due=render_date(commitment.due),
    )


def _material_day(page: CommitmentPage) -> date | None:
    """The day that the due date is held against: that of the newest report, else of the newest document."""
    registers = (one.register for one in page.year.registers if one.register.programme == page.programme)
    return page.item.as_of or newest_document_date(next(registers))


def render_crumbs(page: CommitmentPage) -> str:
    """The way from the home page to this one."""
    return render("commitment_crumbs.html", page=page, programme=word_of(PROGRAMMES, page.programme))


def render_retired(identifier: str, year: CityYear, history: Sequence[HistoryRow] = ()) -> str:
    """The body of the page of an id that was published once and has no record any more."""
    return render("retired.html", identifier=identifier, year=year, history=history)


def render_retired_crumbs(year: CityYear) -> str:
    """The way from the home page to the page of a retired id."""
    return render("retired_crumbs.html", year=year)


def _reported_on(page: CommitmentPage, assessed: AssessedTarget) -> str:
    """The day that a target's result is of, and whether the document prints it; empty where there is no result."""
    report = next((one for one in page.commitment.reports if one.id == assessed.report), None)
    result = next((one for one in report.results if one.id == assessed.result), None) if report else None
    if report is not None and result is not None and has_stated_day(page, report, result):
        return f"原文未注明日期，按 {render_date(assessed.as_of)} 计"
    return f"截至 {render_date(assessed.as_of)}"


def _common(values: Sequence[str]) -> str:
    """What several targets share, to be said once above them; empty where they differ or there is only one."""
    return values[0] if len(values) > 1 and len(set(values)) == 1 else ""


def _units(page: CommitmentPage, role: str) -> list[Row]:
    return [
        {
            "unit": entry.unit,
            "name": unit_name(entry),
            "href": f"../{department_path(page.year, unit_name(entry))}",
            "official": entry.official,
            "leader": entry.leader,
            "scope": shorten(entry.scope, 60),
        }
        for entry in page.commitment.responsibilities
        if entry.role == role
    ]


def _evidence(page: CommitmentPage) -> list[Row]:
    """Where the page was read, document by document: offsets and hash; the quote where no other part shows it."""
    commitment = page.commitment
    pieces = [(report.source, "进展原文", "", report.start, report.end) for report in commitment.reports]
    pieces += [(wording.source, "再印的表述", "", wording.start, wording.end) for wording in commitment.restated]
    if commitment.text:
        quote = commitment.text if commitment.text == page.title else ""
        pieces.insert(0, (commitment.source, "承诺原文", quote, commitment.start, commitment.end))
    rows: dict[str, Row] = {}
    for identifier, label, quote, start, end in pieces:
        source = find_source(page, identifier)
        row = rows.setdefault(identifier, {"source": source_to_row(source) if source else None, "pieces": []})
        row["pieces"].append({"label": label, "quote": quote, "position": f"{start}–{end}"})
    return list(rows.values())


def _themes(page: CommitmentPage) -> list[Row]:
    """The themes of the commitment as links, with the first word that each rests on."""
    known = themes_by_slug(page.year.catalogue)
    return [
        {
            "zh": known[given.theme].zh,
            "href": f"../../themes/{given.theme}/",
            "why": given.reason or f"原文有“{given.words[0]}”",
        }
        for given in page.item.themes
    ]


def _measures(page: CommitmentPage) -> dict[str, str]:
    """Target → the page on which all cities’ targets of its measure stand side by side."""
    return {one.target.id: f"../../measures/{one.measure_id}/" for one in page.item.targets if one.measure_id}


def _neighbours(page: CommitmentPage) -> list[Row]:
    rows = []
    for label, item, rel in (("上一项", page.previous, "prev"), ("下一项", page.next, "next")):
        if item:
            rows.append(
                {
                    "label": label,
                    "rel": rel,
                    "title": shorten(commitment_to_title(item.commitment), 24),
                    "href": f"{commitment_file(page.year, item.commitment)}.html",
                }
            )
    return rows
