"""The last columns of tables that an audit samples: when a row was held against the source, and how it came out."""

from __future__ import annotations

from generator.audits import worst
from generator.model import AssessedRegister, Judged
from generator.tables.cells import Row


def judged_rows(assessed: AssessedRegister) -> dict[str, list[Judged]]:
    """Row id → the judgements of the audit about it."""
    rows: dict[str, list[Judged]] = {}
    for one in assessed.audit.judged if assessed.audit else ():
        rows.setdefault(one.record, []).append(one)
    return rows


def checked_columns(table: str, row: Row, judged: dict[str, list[Judged]]) -> Row:
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
