"""Milestones and reports of a commitment: the line of time, results, published rates beside recomputed ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.model import AssessedRate, Commitment, Milestone, Report, Result
from generator.pages.commitment_page import CommitmentPage, find_source, has_stated_day
from generator.pages.texts import render_date, render_percent, render_points, render_quantity, render_target
from generator.pages.words import APPRAISALS, KINDS, REASONS, RELATIONS, VERDICTS, word_of

Row = dict[str, Any]

_VERDICT_TONES = {"exact": "met", "rounded": "met", "truncated": "met", "other_base": "claimed", "mismatch": "missed"}


def step_rows(page: CommitmentPage) -> list[Row]:
    """Milestones and reports on one line of time; what has no date stands where the document has it."""
    commitment, as_of = page.commitment, page.item.as_of
    dated = [
        (step.due or date.max, 0, index, _milestone_row(step, commitment, as_of))
        for index, step in enumerate(commitment.milestones)
    ]
    dated += [
        (report.as_of or date.max, 1, index, _report_step(report, page))
        for index, report in enumerate(commitment.reports)
        if commitment.milestones
    ]
    return [row for _, _, _, row in sorted(dated, key=lambda entry: entry[:3])]


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
    source = find_source(page, report.source)
    name = word_of(KINDS, source.kind).zh if source else "报告"
    return {
        "date": render_date(report.as_of),
        "text": name,
        "number": "",
        "measure": "",
        "kind": "reported",
        "state": "",
    }


def report_to_row(report: Report, page: CommitmentPage) -> Row:
    """A report with its words, its numbers, and its published rates beside the recomputed ones."""
    source = find_source(page, report.source)
    assessed = [rate for rate in page.item.rates if rate.report == report.id]
    return {
        "id": report.id,
        "kind": word_of(KINDS, source.kind).zh if source else "",
        "as_of": render_date(report.as_of),
        "stated": has_stated_day(page, report),
        "text": report.text,
        "results": [_result_row(result, report, page.commitment) for result in report.results],
        "rates": [_rate_row(rate, page.commitment) for rate in assessed],
    }


def _result_row(result: Result, report: Report, commitment: Commitment) -> Row:
    target = _target_name(commitment, result.target)
    value = render_target(result.comparator, result.value, result.unit)
    return {
        "measure": result.measure,
        "value": value,
        "printed": "" if result.printed == value.replace(" ", "").replace(",", "") else result.printed,
        "target": "同名" if target == result.measure else target or "—",
        "relation": "" if result.relation == "same" else word_of(RELATIONS, result.relation).zh,
        "appraisal": word_of(APPRAISALS, result.appraisal).zh if result.appraisal else "",
        "area": result.area,
        "as_of": render_date(result.as_of) if result.as_of not in (None, report.as_of) else "",
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
        "note": "；".join(_rate_notes(assessed, commitment)),
    }


def _rate_notes(assessed: AssessedRate, commitment: Commitment) -> list[str]:
    """Why a rate has its verdict, its base where that is not the target, what may explain one that does not follow."""
    notes = [word_of(REASONS, assessed.reason).zh] if assessed.reason else []
    base = render_quantity(assessed.base, assessed.base_unit) if assessed.base is not None else ""
    if assessed.base_kind == "printed":
        notes.append(f"基数为同处印出的“{assessed.base_printed}”（字符 {assessed.base_start}–{assessed.base_end}）")
    elif assessed.base_kind == "area":
        notes.append(f"基数为该地的分解数 {base}")
    elif assessed.base_kind == "count":
        notes.append(f"基数为并列的 {base}")
    elif assessed.base_kind == "other_target":
        notes.append(f"与另一目标 {base} 相符")
    if assessed.of_target is not None:
        notes.append(f"该数为本条目标的 {render_percent(assessed.of_target)}，与公布的比率基数不同")
    if assessed.implied_base is not None:
        unit = _result_unit(assessed, commitment)
        notes.append(f"倒推的基数约 {render_quantity(assessed.implied_base, unit)}（本站推算，非官方数字）")
    return notes


def _result_unit(assessed: AssessedRate, commitment: Commitment) -> str:
    results = (one for report in commitment.reports if report.id == assessed.report for one in report.results)
    return next((one.unit for one in results if one.id == assessed.result), "")


def _target_name(commitment: Commitment, target_id: str) -> str:
    return next((target.measure for target in commitment.targets if target.id == target_id), "")
