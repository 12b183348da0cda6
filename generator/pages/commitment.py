"""One commitment's page: the body that is stamped into the shell, and what the head needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model import (
    AssessedCommitment,
    AssessedRate,
    AssessedTarget,
    Commitment,
    Finding,
    Milestone,
    Report,
    Responsibility,
    Result,
    Source,
)
from generator.pages.environment import render
from generator.pages.figures import (
    commitment_to_title,
    render_date,
    render_percent,
    render_points,
    render_quantity,
    render_share,
    render_target,
)
from generator.pages.outline import CityYear
from generator.pages.words import (
    CHECKS,
    DUE_STATES,
    GRADES,
    KINDS,
    PROGRAMMES,
    REASONS,
    REPORTED_STATES,
    SCHEDULE_STATES,
    SEVERITIES,
    STATE_TONES,
    STATUSES,
    TARGET_KINDS,
    VERDICTS,
    word_of,
)

Row = dict[str, Any]

_VERDICT_TONES = {"exact": "met", "rounded": "met", "truncated": "met", "other_base": "claimed", "mismatch": "missed"}
_SEVERITY_TONES = {"error": "missed", "warning": "behind", "notice": "under_way"}


@dataclass(frozen=True)
class CommitmentPage:
    """A commitment with its surroundings: where it stands, what it was read from, who its neighbours are."""

    item: AssessedCommitment
    year: CityYear
    programme: str
    sources: tuple[Source, ...]
    previous: AssessedCommitment | None = None
    next: AssessedCommitment | None = None

    @property
    def commitment(self) -> Commitment:
        """The commitment as read."""
        return self.item.commitment

    @property
    def file(self) -> str:
        """Its file name beside the page of the year, without extension: ``livelihood-008``."""
        return commitment_file(self.year, self.commitment)

    @property
    def title(self) -> str:
        """Its short name."""
        return commitment_to_title(self.commitment)

    @property
    def place_and_year(self) -> str:
        """``杭州市 2024 年民生实事``."""
        return f"{self.year.place.zh} {self.year.year} 年{word_of(PROGRAMMES, self.programme).zh}"


def commitment_file(year: CityYear, commitment: Commitment) -> str:
    """The id without place and year, which the folder says already."""
    return commitment.id.removeprefix(f"{year.place.slug}-{year.year}-")


def year_to_pages(year: CityYear) -> tuple[CommitmentPage, ...]:
    """The pages of all commitments of a year; neighbours are those of the same programme."""
    pages = []
    for register in year.registers:
        items = register.commitments
        for index, item in enumerate(items):
            pages.append(
                CommitmentPage(
                    item=item,
                    year=year,
                    programme=register.register.programme,
                    sources=register.register.sources,
                    previous=items[index - 1] if index else None,
                    next=items[index + 1] if index + 1 < len(items) else None,
                )
            )
    return tuple(pages)


def render_commitment(page: CommitmentPage, address: str, site_name: str) -> str:
    """The body of the page. ``address`` is its permanent URL, for the citation."""
    item, commitment = page.item, page.commitment
    return render(
        "commitment.html",
        page=page,
        commitment=commitment,
        status=word_of(STATUSES, item.status),
        status_code=item.status,
        programme=word_of(PROGRAMMES, page.programme),
        answers=_answers(item),
        targets=[_target_row(target, page) for target in item.targets],
        steps=_steps(page),
        districts=_districts(commitment),
        leads=_units(commitment.responsibilities, "lead"),
        supports=_units(commitment.responsibilities, "support"),
        reports=[_report_row(report, page) for report in commitment.reports],
        findings=[finding_to_row(finding) for finding in item.findings],
        evidence=_evidence(page),
        citations=_citations(page, address, site_name),
        neighbours=_neighbours(page),
        due=render_date(commitment.due),
    )


def render_crumbs(page: CommitmentPage) -> str:
    """The way from the home page to this one."""
    return render("commitment_crumbs.html", page=page, programme=word_of(PROGRAMMES, page.programme))


def render_retired(identifier: str, year: CityYear) -> str:
    """The body of the page of an id that was published once and has no record any more."""
    return render("retired.html", identifier=identifier, year=year)


def render_retired_crumbs(year: CityYear) -> str:
    """The way from the home page to the page of a retired id."""
    return render("retired_crumbs.html", year=year)


# --- the answers ---------------------------------------------------------------------------------


def _answers(item: AssessedCommitment) -> list[Row]:
    """Reported beside computed, then when, how well documented. Each with its reason in words."""
    computed = word_of(SCHEDULE_STATES, item.schedule_state)
    return [
        {
            "label": "政府自报",
            "en": "Reported",
            "word": word_of(REPORTED_STATES, item.reported_state).zh,
            "note": f"“{item.reported_words}”" if item.reported_words else "没有可引用的说法",
            "tone": "plain",
        },
        {
            "label": "按数字核算",
            "en": "Computed",
            "word": computed.zh + (f" {render_share(item.attained)}" if item.attained is not None else ""),
            "note": _computed_note(item),
            "tone": STATE_TONES.get(item.schedule_state, "plain"),
        },
        {
            "label": "期限",
            "en": "Due",
            "word": word_of(DUE_STATES, item.due_state).zh,
            "note": _due_note(item),
            "tone": "plain",
        },
        {
            "label": "证据",
            "en": "Evidence",
            "word": f"{item.evidence_grade} 级",
            "note": word_of(GRADES, item.evidence_grade).zh,
            "tone": "plain",
        },
    ]


def _computed_note(item: AssessedCommitment) -> str:
    counted = sum(target.schedule_state != "not_computable" for target in item.targets)
    parts = [f"{len(item.targets)} 个目标中 {counted} 个可核算"] if item.targets else []
    if item.schedule_reason:
        parts.append(word_of(REASONS, item.schedule_reason).zh)
    return "；".join(parts) or "按目标与报告中的数字计算"


def _due_note(item: AssessedCommitment) -> str:
    due = item.commitment.due
    parts = [f"期限 {due.isoformat()}"] if due else []
    if item.commitment.due_text:
        parts.append(f"原文“{item.commitment.due_text}”")
    if item.as_of:
        parts.append(f"以最新材料日期 {item.as_of.isoformat()} 为准")
    return "；".join(parts) or "文件没有写明期限"


# --- targets ---------------------------------------------------------------------------------------


def _target_row(assessed: AssessedTarget, page: CommitmentPage) -> Row:
    target = assessed.target
    return {
        "id": target.id,
        "measure": target.measure + (f"（{target.part}）" if target.part else ""),
        "wanted": render_target(target.comparator, target.value, target.unit),
        "printed": target.printed,
        "kind": word_of(TARGET_KINDS, target.kind).zh,
        "reached": _reached(assessed, page.commitment),
        "share": render_share(assessed.attained),
        "word": word_of(SCHEDULE_STATES, assessed.schedule_state),
        "tone": STATE_TONES.get(assessed.schedule_state, "plain"),
        "reason": word_of(REASONS, assessed.reason).zh if assessed.reason else "",
        "expected": render_share(assessed.expected) if assessed.expected is not None else "",
        "linear": render_share(assessed.linear) if assessed.linear is not None else "",
        "bar": attainment_bar(assessed.attained, assessed.expected),
        "as_of": render_date(assessed.as_of),
        "position": f"{target.start}–{target.end}",
    }


def _reached(assessed: AssessedTarget, commitment: Commitment) -> str:
    """The result that the target was measured by, as people write it; empty where there is none."""
    result = _find_result(commitment, assessed.report, assessed.result)
    return render_quantity(result.value, result.unit) if result else ""


def _find_result(commitment: Commitment, report_id: str, result_id: str) -> Result | None:
    for report in commitment.reports:
        for result in report.results:
            if result.id == result_id and report_id in ("", report.id):
                return result
    return None


def attainment_bar(attained: Decimal | None, expected: Decimal | None) -> Row | None:
    """Where fill, goal and milestone stand on a track, in percent of its width. Over 100 % the goal moves left."""
    if attained is None:
        return None
    full = max(Decimal(1), attained, expected or Decimal(0))
    label = f"完成 {render_share(attained)}，目标 100%"
    if expected is not None:
        label += f"，已到期节点要求 {render_share(expected)}"
    return {
        "fill": _width(max(attained, Decimal(0)) / full),
        "goal": _width(1 / full),
        "due": _width(expected / full) if expected is not None else "",
        "label": label,
    }


def _width(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.1')):f}"


# --- milestones and reports in the order of time ------------------------------------------------------


def _steps(page: CommitmentPage) -> list[Row]:
    """Milestones and reports on one line of time; what has no date stands where the document has it."""
    commitment, as_of = page.commitment, page.item.as_of
    dated = [
        (_month_end(step.due), 0, index, _milestone_row(step, commitment, as_of))
        for index, step in enumerate(commitment.milestones)
    ]
    dated += [
        (report.as_of or date.max, 1, index, _report_step(report, page))
        for index, report in enumerate(commitment.reports)
        if commitment.milestones
    ]
    return [row for _, _, _, row in sorted(dated, key=lambda entry: entry[:3])]


def _month_end(due: date | None) -> date:
    return due or date.max


def _milestone_row(step: Milestone, commitment: Commitment, as_of: date | None) -> Row:
    passed = bool(step.due and as_of and step.due <= as_of)
    number = ""
    if step.value is not None:
        number = render_target(step.comparator or "eq", step.value, step.unit)
    measure = next((target.measure for target in commitment.targets if target.id == step.target), "")
    return {
        "date": render_date(step.due),
        "text": step.text,
        "number": number,
        "measure": measure if len(commitment.targets) > 1 else "",
        "kind": "passed" if passed else "ahead",
        "state": "已到期" if passed else "",
    }


def _report_step(report: Report, page: CommitmentPage) -> Row:
    source = _find_source(page, report.source)
    name = word_of(KINDS, source.kind).zh if source else "报告"
    return {"date": render_date(report.as_of), "text": name, "number": "", "measure": "", "kind": "report", "state": ""}


# --- districts, units --------------------------------------------------------------------------------


def _districts(commitment: Commitment) -> Row | None:
    """Areas down, targets across. A sum stands below where all cells of a column are amounts of one unit."""
    columns: list[tuple[str, str]] = []
    cells: dict[str, dict[tuple[str, str], Any]] = {}
    for target in commitment.targets:
        for share in target.allocations:
            column = (target.id, share.part)
            if column not in columns:
                columns.append(column)
            cells.setdefault(share.area, {})[column] = share
    if not columns:
        return None
    measures = {target.id: target for target in commitment.targets}
    return {
        "columns": [_district_head(measures[target_id], part) for target_id, part in columns],
        "rows": [
            {"area": area, "cells": [_district_cell(row.get(column)) for column in columns]}
            for area, row in cells.items()
        ],
        "sums": [_district_sum([row.get(column) for row in cells.values()]) for column in columns],
        "targets": [
            render_target(measures[target_id].comparator, measures[target_id].value, measures[target_id].unit)
            if not part
            else "—"
            for target_id, part in columns
        ],
    }


def _district_head(target: Any, part: str) -> str:
    return str(target.measure) + (f"（{part}）" if part else "")


def _district_cell(share: Any) -> str:
    return render_quantity(share.value, share.unit) if share else "—"


def _district_sum(shares: list[Any]) -> str:
    found = [share for share in shares if share]
    units = {share.unit for share in found}
    if len(units) != 1 or "%" in units:
        return "—"
    return render_quantity(sum((share.value for share in found), Decimal(0)), units.pop())


def _units(responsibilities: tuple[Responsibility, ...], role: str) -> list[Row]:
    return [
        {"unit": entry.unit, "official": entry.official} for entry in responsibilities if entry.role == role
    ]


# --- reports, findings, evidence ---------------------------------------------------------------------


def _report_row(report: Report, page: CommitmentPage) -> Row:
    source = _find_source(page, report.source)
    assessed = [rate for rate in page.item.rates if rate.report == report.id]
    return {
        "id": report.id,
        "kind": word_of(KINDS, source.kind).zh if source else "",
        "as_of": render_date(report.as_of),
        "text": report.text,
        "position": f"{report.start}–{report.end}",
        "results": [_result_row(result, page.commitment) for result in report.results],
        "rates": [_rate_row(rate, page.commitment) for rate in assessed],
    }


def _result_row(result: Result, commitment: Commitment) -> Row:
    return {
        "measure": result.measure,
        "value": render_target(result.comparator, result.value, result.unit),
        "printed": result.printed,
        "target": _target_name(commitment, result.target),
        "area": result.area,
        "as_of": render_date(result.as_of) if result.as_of else "",
        "forecast": result.forecast,
        "position": f"{result.start}–{result.end}",
    }


def _rate_row(assessed: AssessedRate, commitment: Commitment) -> Row:
    rate = assessed.rate
    verdict = word_of(VERDICTS, assessed.verdict)
    return {
        "of": _target_name(commitment, rate.target) or rate.basis or "未写明",
        "published": rate.printed,
        "recomputed": render_percent(assessed.recomputed),
        "difference": render_points(assessed.difference),
        "verdict": verdict,
        "tone": _VERDICT_TONES.get(assessed.verdict, "under_way"),
        "reason": word_of(REASONS, assessed.reason).zh if assessed.reason else "",
    }


def _target_name(commitment: Commitment, target_id: str) -> str:
    return next((target.measure for target in commitment.targets if target.id == target_id), "")


def finding_to_row(finding: Finding) -> Row:
    """A finding as it is shown: which check, how grave, its operands and its words."""
    return {
        "id": finding.id,
        "check": word_of(CHECKS, finding.check),
        "severity": word_of(SEVERITIES, finding.severity),
        "tone": _SEVERITY_TONES.get(finding.severity, "under_way"),
        "message": finding.message_zh,
        "message_en": finding.message_en,
        "found": finding.found,
        "expected": finding.expected,
        "position": "" if finding.start is None else f"{finding.start}–{finding.end}",
    }


def _evidence(page: CommitmentPage) -> list[Row]:
    """Where each piece of the page was read: document, what, character offsets, hash."""
    rows = []
    commitment = page.commitment
    if commitment.text:
        source = _find_source(page, commitment.source)
        rows.append(_evidence_row("承诺原文", commitment.text, commitment.start, commitment.end, source))
    for report in commitment.reports:
        source = _find_source(page, report.source)
        rows.append(_evidence_row("进展原文", report.text, report.start, report.end, source))
    return rows


def _evidence_row(label: str, quote: str, start: int, end: int, source: Source | None) -> Row:
    return {
        "label": label,
        "quote": quote,
        "position": f"{start}–{end}",
        "source": source_to_row(source) if source else None,
    }


def source_to_row(source: Source) -> Row:
    """A document as it is named in lists of sources."""
    return {
        "id": source.id,
        "title": source.title,
        "kind": word_of(KINDS, source.kind),
        "issuer": source.issuer,
        "number": source.document_number,
        "index": source.index_number,
        "written": render_date(source.written_on) if source.written_on else "",
        "published": render_date(source.published_on) if source.published_on else "",
        "as_of": render_date(source.as_of) if source.as_of else "",
        "as_of_reason": source.as_of_reason,
        "url": source.url if source.url.startswith(("https://", "http://")) else "",
        "document": source.document,
        "sha256": source.sha256,
        "script": "繁体（机器转换），本站以简体发布" if source.script == "Hant" else "",
        "note": source.note,
    }


def _find_source(page: CommitmentPage, identifier: str) -> Source | None:
    """The source with this id; a register with a single document needs no id."""
    found = next((source for source in page.sources if source.id == identifier), None)
    return found or (page.sources[0] if len(page.sources) == 1 else None)


# --- citation, neighbours ------------------------------------------------------------------------------


def _citations(page: CommitmentPage, address: str, site_name: str) -> list[Row]:
    source = _find_source(page, page.commitment.source) or (page.sources[0] if page.sources else None)
    return [
        {"label": "GB/T 7714—2015", "text": _gbt(page, address, site_name)},
        {"label": "BibTeX", "text": _bibtex(page, address, site_name)},
        *([{"label": "原文件", "text": source_to_gbt(source)}] if source else []),
    ]


def _updated(page: CommitmentPage) -> str:
    days = [day for source in page.sources for day in (source.published_on, source.written_on, source.as_of) if day]
    return f"（{max(days).isoformat()}）" if days else ""


def _gbt(page: CommitmentPage, address: str, site_name: str) -> str:
    number = page.commitment.id
    return f"{site_name}. {page.place_and_year}：{page.title}（{number}）[DB/OL].{_updated(page)}[引用日期]. {address}."


def _bibtex(page: CommitmentPage, address: str, site_name: str) -> str:
    fields = {
        "title": f"{page.place_and_year}：{page.title}",
        "author": f"{{{site_name}}}",
        "year": str(page.year.year),
        "howpublished": f"\\url{{{address}}}",
        "note": page.commitment.id,
    }
    lines = ",\n".join(f"  {name} = {{{_bibtex_text(value, name)}}}" for name, value in fields.items())
    return f"@misc{{{page.commitment.id},\n{lines}\n}}"


def _bibtex_text(value: str, name: str) -> str:
    """Characters that mean something to TeX, escaped; the fields that we wrote as TeX stay."""
    if name in ("author", "howpublished"):
        return value
    return "".join(f"\\{char}" if char in "&%$#_{}" else char for char in value if char != "\\")


def source_to_gbt(source: Source) -> str:
    """The official document in the form of GB/T 7714—2015."""
    issuer = f"{source.issuer}. " if source.issuer else ""
    number = f"：{source.document_number}" if source.document_number else ""
    day = source.published_on or source.written_on
    when = f"（{day.isoformat()}）" if day else ""
    address = f"[引用日期]. {source.url}" if source.url else ""
    return f"{issuer}{source.title}{number}[A{'/OL' if source.url else ''}].{when}{address}".rstrip(".") + "."


def _neighbours(page: CommitmentPage) -> list[Row]:
    rows = []
    for label, item, rel in (("上一项", page.previous, "prev"), ("下一项", page.next, "next")):
        if item:
            rows.append(
                {
                    "label": label,
                    "rel": rel,
                    "title": commitment_to_title(item.commitment),
                    "href": f"{commitment_file(page.year, item.commitment)}.html",
                }
            )
    return rows
