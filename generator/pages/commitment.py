"""One commitment's page: the body that is stamped into the shell, and the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator.assess.states import newest_document_date
from generator.model import AssessedTarget, Source
from generator.pages.answers import answer_rows
from generator.pages.audit import checked_rows
from generator.pages.changes import HistoryRow
from generator.pages.citations import cite_commitment
from generator.pages.commitment_page import CommitmentPage, find_source, has_stated_day
from generator.pages.environment import render_short
from generator.pages.outline import CityYear
from generator.pages.progress import report_to_row, step_rows
from generator.pages.rows import finding_to_row, source_to_row
from generator.pages.targets import district_table, find_result, target_to_row
from generator.pages.texts import render_date, shorten
from generator.pages.unit_paths import department_path
from generator.pages.wording import wording_rows
from generator.pages.words import PROGRAMMES, STATUSES, word_of
from generator.tables import unit_name

Row = dict[str, Any]


def render_commitment(page: CommitmentPage, address: str, site_name: str, history: Sequence[HistoryRow] = ()) -> str:
    """The body of the page. ``address`` is its permanent URL, for the citation; ``history`` when its data changed."""
    item, commitment = page.item, page.commitment
    targets = [_target_row(page, one) for one in item.targets]
    return render_short(
        "commitment.html",
        page=page,
        commitment=commitment,
        quote=commitment.text if commitment.text != page.title else "",
        status=_render_status(item.status),
        answers=answer_rows(item, _material_day(page)),
        targets=targets,
        reported_on=_common(row["reported_on"] for row in targets),
        measured=any(row["page"] for row in targets),
        bars=any(row["bar"] for row in targets),
        linear=_common(row["linear"] for row in targets),
        wordings=wording_rows(page),
        steps=step_rows(page),
        districts=district_table(commitment),
        leads=_units(page, "lead"),
        supports=_units(page, "support"),
        reports=[report_to_row(report, page) for report in commitment.reports],
        findings=[finding_to_row(finding) for finding in item.findings],
        evidence=_evidence(page),
        checked=checked_rows(page),
        citation=cite_commitment(page, address, site_name),
        history=history,
        neighbours=_neighbours(page),
        themes=_themes(page),
        due=render_date(commitment.due),
    )


def _material_day(page: CommitmentPage) -> date | None:
    """The day that the due date is held against: that of the newest report, else of the newest document."""
    return page.item.as_of or newest_document_date(page.common.register.register)


def render_crumbs(page: CommitmentPage) -> str:
    """The way from the home page to this one."""
    return _render_crumbs(page.year.place.zh, page.year.year, page.programme)


@lru_cache(maxsize=16)
def _render_crumbs(place: str, year: int, programme: str) -> str:
    word = word_of(PROGRAMMES, programme).zh
    return render_short("commitment_crumbs.html", place=place, year=year, programme=programme, word=word)


def render_retired(identifier: str, year: CityYear, history: Sequence[HistoryRow] = ()) -> str:
    """The body of the page of an id that was published once and has no record any more."""
    return render_short("retired.html", identifier=identifier, year=year, history=history)


def render_retired_crumbs(year: CityYear) -> str:
    """The way from the home page to the page of a retired id."""
    return render_short("retired_crumbs.html", year=year)


@lru_cache(maxsize=16)
def _render_status(status: str) -> Markup:
    return Markup('<span class="dx-badge dx-{}">{}</span>').format(status, word_of(STATUSES, status).zh)


@lru_cache(maxsize=64)
def _render_source(source: Source) -> Markup:
    """A document as the evidence of all pages that were read from it names it."""
    return Markup(render_short("commitment_source.html", source=source_to_row(source)))


def _target_row(page: CommitmentPage, assessed: AssessedTarget) -> Row:
    """A target with the day of its result, and the page on which all cities’ targets of its measure stand."""
    measure = assessed.measure_id
    return {
        **target_to_row(assessed, page.commitment),
        "reported_on": _reported_on(page, assessed),
        "page": f"../../measures/{measure}/" if measure else "",
    }


def _reported_on(page: CommitmentPage, assessed: AssessedTarget) -> str:
    """The day that a target's result is of, and whether the document prints it; empty where there is no result."""
    found = find_result(page.commitment, assessed)
    if found is None:
        return ""
    if assessed.as_of is None:
        return "原文未注明日期"
    day = render_date(assessed.as_of)
    return f"原文未注明日期，按 {day} 计" if has_stated_day(page, *found) else f"截至 {day}"


def _common(values: Iterable[str]) -> str:
    """What several targets share, to be said once above them; empty where they differ or only one says anything."""
    said = [value for value in values if value]
    different = {*said}
    return different.pop() if len(said) > 1 and len(different) == 1 else ""


def _units(page: CommitmentPage, role: str) -> list[Row]:
    entries = [entry for entry in page.commitment.responsibilities if entry.role == role]
    return [
        {
            "comma": "、" if index else "",
            "unit": entry.unit,
            "name": unit_name(entry),
            "href": f"../{department_path(page.year, unit_name(entry))}",
            "official": entry.official,
            "leader": entry.leader,
            "scope": shorten(entry.scope, 60),
        }
        for index, entry in enumerate(entries)
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
        if identifier not in rows:
            source = find_source(page, identifier)
            rows[identifier] = {"source": _render_source(source) if source else "", "pieces": []}
        rows[identifier]["pieces"].append({"label": label, "quote": quote, "position": f"{start}–{end}"})
    return list(rows.values())


def _themes(page: CommitmentPage) -> list[Row]:
    """The themes of the commitment as links, with the first word that each rests on."""
    return [
        {
            "comma": "、" if index else "",
            "zh": page.year.themes[given.theme].zh,
            "href": f"../../themes/{given.theme}/",
            "why": given.reason or f"原文有“{given.words[0]}”",
        }
        for index, given in enumerate(page.item.themes)
    ]


def _neighbours(page: CommitmentPage) -> list[Row]:
    """The commitments before and after it in the same register."""
    titles, files = page.common.titles, page.common.files
    return [
        {"label": label, "rel": rel, "title": shorten(titles[index], 24), "href": f"{files[index]}.html"}
        for label, index, rel in (("上一项", page.index - 1, "prev"), ("下一项", page.index + 1, "next"))
        if 0 <= index < len(titles)
    ]
