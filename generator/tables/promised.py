"""Rows of what documents promise: sources, commitments, units, targets, milestones, areas, later wordings, votes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.assess.department_slugs import department_slug
from generator.lookups import Places
from generator.model import AssessedCommitment, AssessedRegister, AssessedTarget
from generator.tables.cells import Row, area_code, place_and_year, published_id, published_number, unit_name


def source_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each document."""
    for source in assessed.register.sources:
        yield {
            "source_id": source.id,
            **place_and_year(assessed),
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


def commitment_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each commitment, with its five answers."""
    for one in assessed.commitments:
        commitment = one.commitment
        yield {
            "commitment_id": commitment.id,
            "source_id": commitment.source,
            **place_and_year(assessed),
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
            "attained": published_number(one.attained),
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


def responsibility_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each unit that answers for a commitment."""
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


def target_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each target, with what became of it."""
    for one in assessed.commitments:
        for position, became in enumerate(one.targets, start=1):
            yield {**_target_row(one, became, position), **_target_outcome(one, became)}


def _target_row(one: AssessedCommitment, became: AssessedTarget, position: int) -> Row:
    target = became.target
    return {
        "target_id": published_id(one, target.id),
        "commitment_id": one.commitment.id,
        "position": position,
        "measure": target.measure,
        "measure_id": became.measure_id,
        "comparator": target.comparator,
        "value": published_number(target.value),
        "unit": target.unit,
        "kind": target.kind,
        "part": target.part,
        "printed": target.printed,
        "start": target.start,
        "end": target.end,
    }


def _target_outcome(one: AssessedCommitment, became: AssessedTarget) -> Row:
    return {
        "attained": published_number(became.attained),
        "schedule_state": became.schedule_state,
        "reason": became.reason,
        "expected": published_number(became.expected),
        "linear": published_number(became.linear),
        "report_id": published_id(one, became.report),
        "result_id": published_id(one, became.report, became.result),
        "as_of": became.as_of,
        "points": published_number(became.points),
        "expected_value": published_number(became.expected_value),
        "areas": became.areas.areas if became.areas else None,
        "areas_at_target": became.areas.at_target if became.areas else None,
        "areas_silent": became.areas.silent if became.areas else None,
        "areas_capped": published_number(became.areas.capped) if became.areas else None,
        "measure_aspect": became.measure_aspect,
    }


def milestone_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each dated step."""
    for one in assessed.commitments:
        for milestone in one.commitment.milestones:
            yield {
                "milestone_id": published_id(one, milestone.id),
                "commitment_id": one.commitment.id,
                "target_id": published_id(one, milestone.target),
                "due": milestone.due,
                "comparator": milestone.comparator or "",
                "value": published_number(milestone.value),
                "unit": milestone.unit,
                "basis": milestone.basis,
                "text": milestone.text,
                "start": milestone.start,
                "end": milestone.end,
            }


def allocation_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each area's share of a target."""
    for one in assessed.commitments:
        for target in one.commitment.targets:
            for allocation in target.allocations:
                yield {
                    "allocation_id": published_id(one, target.id, allocation.id),
                    "target_id": published_id(one, target.id),
                    "area_code": area_code(allocation.area, assessed.register.place, places),
                    "area": allocation.area,
                    "part": allocation.part,
                    "value": published_number(allocation.value),
                    "unit": allocation.unit,
                    "printed": allocation.printed,
                    "start": allocation.start,
                    "end": allocation.end,
                    "commitment_id": one.commitment.id,
                }


def restatement_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each later wording of a commitment."""
    for one in assessed.commitments:
        for compared in one.wordings:
            wording = compared.restatement
            yield {
                "restatement_id": published_id(one, wording.id),
                "commitment_id": one.commitment.id,
                "source_id": wording.source,
                "text": wording.text,
                "due": wording.due,
                "due_text": wording.due_text,
                "changes": ";".join(dict.fromkeys(change.change for change in compared.changes)),
                "start": wording.start,
                "end": wording.end,
            }


def restated_target_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each number of a later wording."""
    for one in assessed.commitments:
        for compared in one.wordings:
            for target in compared.restatement.targets:
                changes = [change for change in compared.changes if change.restated == target.id]
                yield {
                    "restated_target_id": published_id(one, compared.restatement.id, target.id),
                    "restatement_id": published_id(one, compared.restatement.id),
                    "commitment_id": one.commitment.id,
                    "target_id": published_id(one, next((change.target for change in changes), "")),
                    "measure": target.measure,
                    "comparator": target.comparator,
                    "value": published_number(target.value),
                    "unit": target.unit,
                    "kind": target.kind,
                    "part": target.part,
                    "printed": target.printed,
                    "change": ";".join(change.change for change in changes),
                    "start": target.start,
                    "end": target.end,
                }


def appraisal_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each figure of a vote or an appraisal."""
    for source in assessed.register.sources:
        told = [(one, figure) for one in source.appraisals for figure in one.figures]
        for position, (one, figure) in enumerate(told, start=1):
            yield {
                "appraisal_id": f"{source.id}.s{position}",
                "source_id": source.id,
                "appraisal_kind": one.kind,
                "text": one.text,
                "value": published_number(figure.value),
                "unit": figure.unit,
                "printed": figure.printed,
                "start": figure.start,
                "end": figure.end,
            }
