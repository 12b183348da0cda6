"""Sums over commitments, each with what it is of: counted in one year, and added up over years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter

import msgspec

from generator.model import AssessedCommitment
from generator.pages.outline import count_statuses, has_report, is_computable
from generator.pages.tallies import target_tally
from generator.pages.words import STATE_TONES


class Counts(msgspec.Struct, frozen=True, array_like=True):
    """Commitments and what became of them.

    ``computed``: targets that could be computed, ``reached`` those of them that are met. ``statuses``: status →
    commitments. ``tally``: what became of all targets, as ``target_tally`` says. ``findings``: about these commitments.
    """

    targets: int = 0
    computed: int = 0
    reached: int = 0
    commitments: int = 0
    reported: int = 0
    computable: int = 0
    statuses: dict[str, int] = {}
    tally: dict[str, int] = {}
    findings: int = 0


_NUMBERS = tuple(name for name in Counts.__struct_fields__ if name not in {"statuses", "tally"})


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
    """The sums of all of them; codes in the order in which they first occur."""
    listed = list(counts)
    numbers = {name: sum(map(attrgetter(name), listed)) for name in _NUMBERS}
    statuses, tally = add_up(one.statuses for one in listed), add_up(one.tally for one in listed)
    return Counts(**numbers, statuses=statuses, tally=tally)


def add_up(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Code → the sum of its counts, codes in the order in which they first occur."""
    sums: dict[str, int] = {}
    for one in counts:
        for code, count in one.items():
            sums[code] = sums.get(code, 0) + count
    return sums
