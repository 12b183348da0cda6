"""Assessed registers → the published tables, column by column as ``content/schemas/*.yml`` says.

A row is a dict whose keys are the columns of its schema, in their order. Values are ``str`` (``""`` for "not
printed"), ``int``, ``Decimal``, ``bool``, ``date`` or ``None`` ("no value"). Rows come in the order of the
registers (place, year, programme) and of the documents, never in set order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.assess.department_slugs import department_slug
from generator.assess.numbers import plain
from generator.audits import worst
from generator.lookups import Places
from generator.model import (
    AssessedCommitment,
    AssessedRegister,
    AssessedTarget,
    Catalogue,
    Commitment,
    Finding,
    Judged,
    Responsibility,
)

Row = dict[str, object]
Tables = dict[str, list[Row]]


def assessed_to_tables(registers: Sequence[AssessedRegister], places: Places) -> Tables:
    """The published tables of these registers, all of ``TABLES``, empty ones included."""
    ordered = sorted(registers, key=lambda a: (a.register.place, a.register.year, a.register.programme))
    tables = {
        name: [
            {**row, **_checked(name, row, judged)}
            for assessed, judged in zip(ordered, map(_judged_rows, ordered), strict=True)
            for row in rows_of(assessed, places)
        ]
        for name, rows_of in _ROWS.items()
    }
    catalogue = ordered[0].catalogue if ordered else Catalogue()
    return {**tables, "themes": list(_theme_rows(catalogue)), "measures": list(_measure_rows(catalogue))}


def area_code(area: str, place: str, places: Places) -> str:
    """The code of an area by the name that a document of a place prints; ``""`` where it has none or is unknown.

    Only areas of that place are looked at: 市本级 is the place's own level and no area, and names recur elsewhere.
    """
    for candidate in places.areas_of(place):
        if area == candidate.zh or area in candidate.short:
            return candidate.code
    return ""


def unit_name(unit: Responsibility) -> str:
    """The one normal name of a unit, to group by; as printed in a register that states none."""
    return unit.department or unit.unit


def leading_names(commitment: Commitment) -> tuple[str, ...]:
    """The normal names of the units that lead a commitment, each once."""
    return tuple(dict.fromkeys(unit_name(unit) for unit in commitment.responsibilities if unit.role == "lead"))


def _source_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for source in assessed.register.sources:
        yield {
            "source_id": source.id,
            **_where(assessed),
            "title": source.title,
            "issuer": source.issuer,
            "document_number": source.document_number,
            "index_number": source.index_number,
            "written_on": source.written_on,
            "published_on": source.published_on,
            "kind": source.kind,
            "as_of": source.as_of,
            "url": source.url,
            "sha256": source.sha256,
            "script": source.script,
            "note": source.note,
            "document": source.document,
            "as_of_reason": source.as_of_reason,
        }


def _commitment_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        commitment = one.commitment
        yield {
            "commitment_id": commitment.id,
            "source_id": commitment.source,
            **_where(assessed),
            "position": commitment.position,
            "number": commitment.number,
            "section": commitment.section,
            "category": commitment.category,
            "theme": ";".join(theme.theme for theme in one.themes),
            "text": commitment.text,
            "leader": commitment.leader,
            "due": commitment.due,
            "due_state": one.due_state,
            "reported_state": one.reported_state,
            "schedule_state": one.schedule_state,
            "status": one.status,
            "attained": _number(one.attained),
            "evidence_grade": one.evidence_grade,
            "as_of": one.as_of,
            "finding_count": len(one.findings),
            "start": commitment.start,
            "end": commitment.end,
            "due_text": commitment.due_text,
            "reported_words": one.reported_words,
            "schedule_reason": one.schedule_reason,
            "note": commitment.note,
        }


def _responsibility_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        position = {"lead": 0, "support": 0}
        for unit in one.commitment.responsibilities:
            position[unit.role] += 1
            yield {
                "commitment_id": one.commitment.id,
                "role": unit.role,
                "position": position[unit.role],
                "unit": unit.unit,
                "official": unit.official,
                "department": unit_name(unit),
                "kind": unit.kind,
                "leader": unit.leader,
                "scope": unit.scope,
                "department_slug": department_slug(unit_name(unit), assessed.register.place, assessed.catalogue.slugs),
            }


def _target_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for position, became in enumerate(one.targets, start=1):
            yield {**_target_row(one, became, position), **_target_outcome(one, became)}


def _target_row(one: AssessedCommitment, became: AssessedTarget, position: int) -> Row:
    target = became.target
    return {
        "target_id": _id(one, target.id),
        "commitment_id": one.commitment.id,
        "position": position,
        "measure": target.measure,
        "measure_id": became.measure_id,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "kind": target.kind,
        "part": target.part,
        "printed": target.printed,
        "start": target.start,
        "end": target.end,
    }


def _target_outcome(one: AssessedCommitment, became: AssessedTarget) -> Row:
    return {
        "attained": _number(became.attained),
        "schedule_state": became.schedule_state,
        "reason": became.reason,
        "expected": _number(became.expected),
        "linear": _number(became.linear),
        "report_id": _id(one, became.report),
        "result_id": _id(one, became.report, became.result),
        "as_of": became.as_of,
        "points": _number(became.points),
        "expected_value": _number(became.expected_value),
        "areas": became.areas.areas if became.areas else None,
        "areas_at_target": became.areas.at_target if became.areas else None,
        "areas_silent": became.areas.silent if became.areas else None,
        "areas_capped": _number(became.areas.capped) if became.areas else None,
        "measure_aspect": became.measure_aspect,
    }


def _milestone_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for milestone in one.commitment.milestones:
            yield {
                "milestone_id": _id(one, milestone.id),
                "commitment_id": one.commitment.id,
                "target_id": _id(one, milestone.target),
                "due": milestone.due,
                "comparator": milestone.comparator or "",
                "value": _number(milestone.value),
                "unit": milestone.unit,
                "basis": milestone.basis,
                "text": milestone.text,
                "start": milestone.start,
                "end": milestone.end,
            }


def _allocation_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for target in one.commitment.targets:
            for allocation in target.allocations:
                yield {
                    "allocation_id": _id(one, target.id, allocation.id),
                    "target_id": _id(one, target.id),
                    "area_code": area_code(allocation.area, assessed.register.place, places),
                    "area": allocation.area,
                    "part": allocation.part,
                    "value": _number(allocation.value),
                    "unit": allocation.unit,
                    "printed": allocation.printed,
                    "start": allocation.start,
                    "end": allocation.end,
                    "commitment_id": one.commitment.id,
                }


def _report_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for report in one.commitment.reports:
            yield {
                "report_id": _id(one, report.id),
                "commitment_id": one.commitment.id,
                "source_id": report.source,
                "as_of": report.as_of,
                "text": report.text,
                "start": report.start,
                "end": report.end,
            }


def _result_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for report in one.commitment.reports:
            for result in report.results:
                yield {
                    "result_id": _id(one, report.id, result.id),
                    "report_id": _id(one, report.id),
                    "commitment_id": one.commitment.id,
                    "target_id": _id(one, result.target),
                    "measure": result.measure,
                    "comparator": result.comparator,
                    "value": _number(result.value),
                    "unit": result.unit,
                    "area": result.area,
                    "as_of": result.as_of,
                    "forecast": result.forecast,
                    "printed": result.printed,
                    "start": result.start,
                    "end": result.end,
                    "area_code": area_code(result.area, assessed.register.place, places) if result.area else "",
                    "relation": result.relation if result.target else "",
                    "part_of": _id(one, report.id, result.part_of) if result.part_of else "",
                    "appraisal": result.appraisal or "",
                }


def _rate_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for checked in one.rates:
            rate = checked.rate
            yield {
                "rate_id": _id(one, checked.report, rate.id),
                "report_id": _id(one, checked.report),
                "commitment_id": one.commitment.id,
                "target_id": _id(one, rate.target),
                "result_id": _id(one, checked.report, checked.result or rate.result),
                "published": _number(rate.published),
                "recomputed": _number(checked.recomputed),
                "difference": _number(checked.difference),
                "verdict": checked.verdict,
                "basis": rate.basis,
                "start": rate.start,
                "end": rate.end,
                "printed": rate.printed,
                "reason": checked.reason,
                "implied_base": _number(checked.implied_base),
                "base": _number(checked.base),
                "base_unit": checked.base_unit,
                "base_kind": checked.base_kind or "",
                "base_printed": checked.base_printed,
                "base_start": checked.base_start,
                "base_end": checked.base_end,
                "of_target": _number(checked.of_target),
            }


def _restatement_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for compared in one.wordings:
            wording = compared.restatement
            yield {
                "restatement_id": _id(one, wording.id),
                "commitment_id": one.commitment.id,
                "source_id": wording.source,
                "text": wording.text,
                "due": wording.due,
                "due_text": wording.due_text,
                "changes": ";".join(dict.fromkeys(change.change for change in compared.changes)),
                "start": wording.start,
                "end": wording.end,
            }


def _restated_target_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for compared in one.wordings:
            for target in compared.restatement.targets:
                changes = [change for change in compared.changes if change.restated == target.id]
                yield {
                    "restated_target_id": _id(one, compared.restatement.id, target.id),
                    "restatement_id": _id(one, compared.restatement.id),
                    "commitment_id": one.commitment.id,
                    "target_id": _id(one, next((change.target for change in changes), "")),
                    "measure": target.measure,
                    "comparator": target.comparator,
                    "value": _number(target.value),
                    "unit": target.unit,
                    "kind": target.kind,
                    "part": target.part,
                    "printed": target.printed,
                    "change": ";".join(change.change for change in changes),
                    "start": target.start,
                    "end": target.end,
                }


def _appraisal_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for source in assessed.register.sources:
        told = [(one, figure) for one in source.appraisals for figure in one.figures]
        for position, (one, figure) in enumerate(told, start=1):
            yield {
                "appraisal_id": f"{source.id}.s{position}",
                "source_id": source.id,
                "appraisal_kind": one.kind,
                "text": one.text,
                "value": _number(figure.value),
                "unit": figure.unit,
                "printed": figure.printed,
                "start": figure.start,
                "end": figure.end,
            }


def _finding_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    register = assessed.register
    for finding in assessed.findings:
        yield _finding_row(f"{register.place}-{register.year}-{register.programme}.{finding.id}", "", "", finding)
    for one in assessed.commitments:
        for finding in one.findings:
            yield _finding_row(_id(one, finding.id), one.commitment.id, _id(one, finding.target_id), finding)


def _finding_row(finding_id: str, commitment_id: str, target_id: str, finding: Finding) -> Row:
    return {
        "finding_id": finding_id,
        "commitment_id": commitment_id,
        "target_id": target_id,
        "check": finding.check,
        "severity": finding.severity,
        "found": finding.found,
        "expected": finding.expected,
        "message_zh": finding.message_zh,
        "message_en": finding.message_en,
        "start": finding.start,
        "end": finding.end,
    }


def _commitment_theme_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    for one in assessed.commitments:
        for position, theme in enumerate(one.themes, start=1):
            yield {
                "commitment_id": one.commitment.id,
                "position": position,
                "theme_id": theme.theme,
                "words": "、".join(theme.words),
                "reason": theme.reason,
            }


def _theme_rows(catalogue: Catalogue) -> Iterator[Row]:
    """All themes, whether a commitment has them or not."""
    for theme in catalogue.themes:
        yield {
            "theme_id": theme.slug,
            "zh": theme.zh,
            "en": theme.en,
            "cofog_code": theme.cofog.code,
            "cofog_zh": theme.cofog.zh,
            "cofog_en": theme.cofog.en,
            "cofog_also": ";".join(division.code for division in theme.cofog_also),
            "reason_zh": theme.reason.zh,
            "reason_en": theme.reason.en,
        }


def _measure_rows(catalogue: Catalogue) -> Iterator[Row]:
    """All shared measures, whether a target has them or not."""
    for measure in catalogue.measures:
        yield {
            "measure_id": measure.slug,
            "zh": measure.zh,
            "en": measure.en,
            "unit": measure.unit,
            "measure_kind": measure.kind,
            "aspects": "；".join(f"{aspect.code} {aspect.zh}" for aspect in measure.aspects),
            "note_zh": measure.note.zh,
            "note_en": measure.note.en,
            "theme_id": measure.theme,
        }


def _judged_rows(assessed: AssessedRegister) -> dict[str, list[Judged]]:
    """Row id → the judgements of the audit about it."""
    rows: dict[str, list[Judged]] = {}
    for one in assessed.audit.judged if assessed.audit else ():
        rows.setdefault(one.record, []).append(one)
    return rows


def _checked(table: str, row: Row, judged: dict[str, list[Judged]]) -> Row:
    """The last columns of a table that an audit samples: when the row was held against the source, what was found.

    Of several judgements about one row the worst is published, with the newest date.
    """
    if table not in _JUDGED:
        return {}
    found = judged.get(".".join(str(row[column]) for column in _JUDGED[table]), [])
    return {
        "checked": max((one.on for one in found), default=None),
        "judgement": worst([one.judgement for one in found]) if found else "",
    }


def _where(assessed: AssessedRegister) -> Row:
    return {
        "place_code": assessed.place.code,
        "place": assessed.place.zh,
        "year": assessed.register.year,
        "programme": assessed.register.programme,
    }


def _id(one: AssessedCommitment, *local: str) -> str:
    """The published id of a record inside a commitment; ``""`` where the local id is empty."""
    return ".".join((one.commitment.id, *local)) if all(local) else ""


def _number(value: Decimal | None) -> Decimal | None:
    """The same number without exponent and trailing zeros."""
    return None if value is None else Decimal(plain(value))


_ROWS: dict[str, Callable[[AssessedRegister, Places], Iterator[Row]]] = {
    "sources": _source_rows,
    "commitments": _commitment_rows,
    "responsibilities": _responsibility_rows,
    "targets": _target_rows,
    "milestones": _milestone_rows,
    "allocations": _allocation_rows,
    "reports": _report_rows,
    "results": _result_rows,
    "rates": _rate_rows,
    "restatements": _restatement_rows,
    "restated_targets": _restated_target_rows,
    "appraisals": _appraisal_rows,
    "findings": _finding_rows,
    "commitment_themes": _commitment_theme_rows,
}

#: The columns that make up the id of a row that an audit judges.
_JUDGED: dict[str, tuple[str, ...]] = {
    "commitments": ("commitment_id",),
    "responsibilities": ("commitment_id", "role", "position"),
    "targets": ("target_id",),
    "milestones": ("milestone_id",),
    "allocations": ("allocation_id",),
    "reports": ("report_id",),
    "results": ("result_id",),
    "rates": ("rate_id",),
}


# --- Cells --------------------------------------------------------------------------------------


def render_cell(value: object) -> str:
    """A value as its CSV cell: ISO dates, plain decimals, ``true``/``false``, empty for no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def json_value(value: object) -> Any:
    """A value as JSON has it: dates as ISO text, no value as null; decimals stay exact."""
    return value.isoformat() if isinstance(value, date) else value
