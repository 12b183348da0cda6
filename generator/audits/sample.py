"""A random sample of the facts of a register: the same register and seed always give the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from generator.audits.facts import KINDS, Fact
from generator.model import FactKind

SAMPLE = 60
SEED = "1"


def facts_to_sample(
    facts: Iterable[Fact], size: int = SAMPLE, seed: str = SEED, kinds: Collection[FactKind] = ()
) -> tuple[Fact, ...]:
    """``size`` facts, as many of each kind as of any other, as far as there are; rare kinds are taken whole.

    Inside a kind the facts are ordered by a hash of seed and id, and the first ones are taken. So a register that
    grows keeps most of its sample, and nobody picks.
    """
    by_kind: dict[FactKind, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not kinds or fact.kind in kinds:
            by_kind[fact.kind].append(fact)
    shares = _equal_shares({kind: len(by_kind[kind]) for kind in KINDS}, size)
    return tuple(
        fact for kind in KINDS for fact in sorted(by_kind[kind], key=lambda one: _lot(seed, one))[: shares[kind]]
    )


def count_kinds(facts: Sequence[Fact]) -> dict[FactKind, int]:
    """How many facts of each kind there are; kinds of which there are none are left out."""
    counts = {kind: sum(fact.kind == kind for fact in facts) for kind in KINDS}
    return {kind: count for kind, count in counts.items() if count}


def _equal_shares(counts: dict[FactKind, int], size: int) -> dict[FactKind, int]:
    """One of each kind in turn, until the size is reached or nothing is left."""
    shares = dict.fromkeys(counts, 0)
    while size > 0 and any(shares[kind] < counts[kind] for kind in counts):
        for kind, count in counts.items():
            if size > 0 and shares[kind] < count:
                shares[kind] += 1
                size -= 1
    return shares


def _lot(seed: str, fact: Fact) -> tuple[str, str]:
    return sha256(f"{seed}\n{fact.kind}\n{fact.record}".encode()).hexdigest(), fact.record
