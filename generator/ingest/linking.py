"""A later document of a programme: its rows add reports to the commitments that are there, and their wording of them.

A row belongs to a commitment when their wordings say so, or their numbers and, less clearly, their wordings. What
cannot be matched with certainty is no guess: it becomes a commitment of its own, which the check ``orphan`` reports.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from msgspec.structs import replace

from generator.ingest.commitments import Read, row_to_commitment, row_to_report
from generator.ingest.documents import Document
from generator.ingest.rows import Reading, Row
from generator.ingest.skipped import Skipped
from generator.ingest.units import split_labels
from generator.model import Commitment, Restatement, Source
from generator.text import similarity, squash

#: Wordings this much alike are one commitment; with the same number less is enough.
ALIKE = 0.75
ALIKE_WITH_NUMBER = 0.5
#: The best match must be this much better than the next.
CLEAR = 0.1


def add_reports(
    commitments: Sequence[Commitment], rows: Sequence[Row], source: Source, document: Document, reading: Reading
) -> Read:
    """The commitments with the reports of a later document; rows that match none follow as commitments of their own."""
    merged = list(commitments)
    skipped: list[Skipped] = []
    taken: set[int] = set()
    for row in rows:
        index = _match(row, commitments, taken, reading)
        if index is None:
            commitment, left = row_to_commitment(len(merged) + 1, row, source, document, reading)
            merged.append(commitment)
        else:
            taken.add(index)
            merged[index], left = _with_wording(merged[index], row, source, document, reading)
            skipped += left
            merged[index], left = _with_report(merged[index], row, source, reading)
        skipped += left
    return Read(merged, skipped)


def _with_wording(
    commitment: Commitment, row: Row, source: Source, document: Document, reading: Reading
) -> tuple[Commitment, list[Skipped]]:
    """A commitment with its wording in the row, read as a promise is: a number that the plan has not is not lost."""
    told = {name: cells for name, cells in row.fields.items() if name != "report"}
    own, skipped = row_to_commitment(
        commitment.position, dataclasses.replace(row, fields=told, figures=()), source, document, reading
    )
    wording = Restatement(
        id=f"w{len(commitment.restated) + 1}",
        source=source.id,
        text=own.text,
        start=own.start,
        end=own.end,
        due=own.due,
        due_text=own.due_text,
        targets=own.targets,
        milestones=own.milestones,
    )
    return replace(commitment, restated=(*commitment.restated, wording)), skipped


def _with_report(
    commitment: Commitment, row: Row, source: Source, reading: Reading
) -> tuple[Commitment, list[Skipped]]:
    """A commitment with the report of a row, if it has one."""
    if not row.get("report") and not row.figures:
        return commitment, []
    report, skipped = row_to_report(row, len(commitment.reports) + 1, commitment.targets, source, reading)
    return replace(commitment, reports=(*commitment.reports, report)), skipped


def _match(row: Row, commitments: Sequence[Commitment], taken: set[int], reading: Reading) -> int | None:
    """Index of the commitment that a row is about; None when none is certain."""
    wording = squash(row.get("name").text + split_labels(row.get("text"), reading).text.text)
    number = row.get("number").text.rstrip(".、")
    if not wording:
        return None
    scored = sorted(
        (
            (_likeness(wording, commitment), commitment.number == number != "", index)
            for index, commitment in enumerate(commitments)
            if index not in taken
        ),
        reverse=True,
    )
    best = next(iter(scored), (0.0, False, -1))
    second = scored[1][0] if len(scored) > 1 else 0.0
    enough = best[0] >= (ALIKE_WITH_NUMBER if best[1] else ALIKE)
    return best[2] if enough and (best[0] == 1.0 or best[0] - second >= CLEAR) else None


def _likeness(wording: str, commitment: Commitment) -> float:
    """1 for the same wording; figures are left out of the comparison, as a later document may round them."""
    own = squash(commitment.text)
    return 1.0 if own == wording else min(0.99, similarity(own, wording))
