"""Rows of what the checks found."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lookups import Places
from generator.model import AssessedRegister, Finding
from generator.tables.cells import Row, published_id


def finding_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """The findings about a whole register, then those about its commitments."""
    register = assessed.register
    for finding in assessed.findings:
        yield _finding_row(f"{register.place}-{register.year}-{register.programme}.{finding.id}", "", "", finding)
    for one in assessed.commitments:
        for finding in one.findings:
            yield _finding_row(
                published_id(one, finding.id), one.commitment.id, published_id(one, finding.target_id), finding
            )


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
