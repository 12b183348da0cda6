"""Sums over commitments, each with what it is of: counted in one year, and added up over years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from generator.model import AssessedCommitment
from generator.pages.outline import count_statuses, has_report, is_computable
from generator.pages.tallies import target_tally
from generator.pages.words import STATE_TONES


class Counts(msgspec.Struct, frozen=True):
    """Commitments and what became of them.

    ``statuses``: status → commitments. ``computed``: targets that could be computed, ``reached`` those of them that are
    met. ``tally``: what became of all targets, as ``target_tally`` says. ``findings``: about these commitments.
    """

    commitments: int = 0
    reported: int = 0
    computable: int = 0
    statuses: dict[str, int] = {}
    targets: int = 0
    computed: int = 0
    reached: int = 0
    tally: dict[str, int] = {}
    findings: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The sums of both."""
        return Counts(
            commitments=self.commitments + other.commitments,
            reported=self.reported + other.reported,
            computable=self.computable + other.computable,
            statuses=_add(self.statuses, other.statuses),
            targets=self.targets + other.targets,
            computed=self.computed + other.computed,
            reached=self.reached + other.reached,
            tally=_add(self.tally, other.tally),
            findings=self.findings + other.findings,
        )


def _add(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {code: one.get(code, 0) + other.get(code, 0) for code in {**one, **other}}


def count_commitments(items: Iterable[AssessedCommitment]) -> Counts:
    """The sums of these commitments."""
    listed = list(items)
    targets = [target for item in listed for target in item.targets]
    computed = [target for target in targets if target.schedule_state != "not_computable"]
    return Counts(
        commitments=len(listed),
        reported=sum(map(has_report, listed)),
        computable=sum(map(is_computable, listed)),
        statuses=dict(count_statuses(listed)),
        targets=len(targets),
        computed=len(computed),
        reached=sum(STATE_TONES[target.schedule_state] == "met" for target in computed),
        tally=target_tally(targets),
        findings=sum(len(item.findings) for item in listed),
    )


def add_counts(counts: Iterable[Counts]) -> Counts:
    """The sums of all of them."""
    return sum(counts, Counts())
