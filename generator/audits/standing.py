"""An audit beside the register as it is today: which judgements hold, and which are about another reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from generator.audits.facts import Fact, register_to_facts
from generator.audits.sample import count_kinds
from generator.model import (
    AssessedCommitment,
    AssessedRegister,
    Audit,
    AuditItem,
    AuditState,
    FactKind,
    Judged,
    Judgement,
    Register,
    StaleItem,
)

_ORDER: tuple[Judgement, ...] = ("wrong", "unclear", "right")


def audit_to_state(audit: Audit, register: Register) -> AuditState:
    """The judgements of an audit, each held against what the register says now."""
    facts = register_to_facts(register)
    finder = _Finder(facts)
    judged: list[Judged] = []
    stale: list[StaleItem] = []
    unjudged = 0
    for item in audit.items:
        fact = finder.find(item)
        if not item.judgement:
            unjudged += 1
        elif fact is None:
            stale.append(StaleItem(item=item, now=finder.now(item)))
        else:
            judged.append(_judged(item, item.judgement, fact, audit))
    return AuditState(
        audit=audit, judged=tuple(judged), stale=tuple(stale), open=unjudged, population=count_kinds(facts)
    )


def add_sample(audit: Audit, register: Register, sample: Iterable[Fact]) -> Audit:
    """The audit with an item to judge for each fact of the sample that it does not judge as it reads now.

    What stands there stays: a judgement that does not hold any more tells what became of an error. Only an item
    that nobody has judged gives way to the present reading.
    """
    finder = _Finder(register_to_facts(register))
    kept = [item for item in audit.items if item.judgement or finder.find(item)]
    covered = {(fact.record, fact.kind) for item in kept if (fact := finder.find(item))}
    new = [
        AuditItem(record=fact.record, kind=fact.kind, read=fact.read)
        for fact in sample
        if (fact.record, fact.kind) not in covered
    ]
    return msgspec.structs.replace(audit, items=(*kept, *new))


def apply_audit(assessed: AssessedRegister, audit: Audit | None) -> AssessedRegister:
    """The assessed register with its audit, and every commitment with the judgements about it that hold."""
    if audit is None:
        return assessed
    state = audit_to_state(audit, assessed.register)
    by_commitment: dict[str, list[Judged]] = defaultdict(list)
    for one in state.judged:
        by_commitment[one.record.partition(".")[0]].append(one)

    def with_judgements(one: AssessedCommitment) -> AssessedCommitment:
        found = by_commitment.get(one.commitment.id)
        return msgspec.structs.replace(one, judged=tuple(found)) if found else one

    commitments = tuple(with_judgements(one) for one in assessed.commitments)
    return msgspec.structs.replace(assessed, commitments=commitments, audit=state)


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """What is said of a row of which several facts were judged. Raises ValueError when there is none."""
    return min(judgements, key=_ORDER.index)


class _Finder:
    """The fact that an item is about, if it still reads as it did."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._by_id = {(fact.record, fact.kind): fact for fact in facts}
        self._by_read: dict[tuple[str, FactKind, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            self._by_read[fact.record.partition(".")[0], fact.kind, fact.read].append(fact)

    def find(self, item: AuditItem) -> Fact | None:
        """The fact of this id when it reads the same; else the only one of the commitment that does.

        Local ids move when a number before is read otherwise: a judgement goes with what it is about. Numbers in no
        record are found by their place alone: the same digits stand there many times.
        """
        fact = self._by_id.get((item.record, item.kind))
        if fact is not None and fact.read == item.read:
            return fact
        same = self._by_read[item.record.partition(".")[0], item.kind, item.read]
        return same[0] if len(same) == 1 and item.kind != "unassigned" else None

    def now(self, item: AuditItem) -> str:
        """What stands under the id of an item now; empty where nothing does."""
        fact = self._by_id.get((item.record, item.kind))
        return fact.read if fact else ""


def _judged(item: AuditItem, judgement: Judgement, fact: Fact, audit: Audit) -> Judged:
    return Judged(
        record=fact.row,
        kind=item.kind,
        judgement=judgement,
        on=item.date or audit.date or date.min,
        reader=item.reader or audit.reader,
        note=item.note,
    )
