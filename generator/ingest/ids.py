"""Permanent identifiers: a wording that was published keeps its id, a new one takes the next free number."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.model import Commitment, Register
from generator.text import squash


def assign_ids(
    commitments: Sequence[Commitment], prefix: str, published: Register | None
) -> tuple[tuple[Commitment, ...], tuple[str, ...]]:
    """(commitments with ids, retired ids). ``published`` is the register that is there, read for its ids alone."""
    known: dict[str, list[str]] = {}
    retired = list(published.retired) if published else []
    for old in published.commitments if published else ():
        known.setdefault(_wording(old), []).append(old.id)
    taken = {int(name.rsplit("-", 1)[1]) for names in known.values() for name in names}
    taken |= {int(name.rsplit("-", 1)[1]) for name in retired}
    result = []
    for commitment in commitments:
        same = known.get(_wording(commitment), [])
        if same:
            name = same.pop(0)
        else:
            number = _next_free(commitment.position, taken)
            taken.add(number)
            name = f"{prefix}-{number:03d}"
        result.append(replace(commitment, id=name))
    kept = {commitment.id for commitment in result}
    retired += [old.id for old in (published.commitments if published else ()) if old.id not in kept]
    return tuple(result), tuple(sorted(set(retired)))


def _wording(commitment: Commitment) -> str:
    """What makes a commitment itself: its official wording; for a report without one, heading and report."""
    report = commitment.reports[0].text if commitment.reports and not commitment.text else ""
    return squash(commitment.text) or squash(commitment.section + report)


def _next_free(position: int, taken: set[int]) -> int:
    """The position itself while it is free, as it is in a first reading; then the number after the highest."""
    return position if position not in taken else max(taken) + 1
