"""A sample on the terminal: each fact beside the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.audits.facts import Fact
from generator.model import AuditItem, AuditState, Commitment, Register
from generator.text import printable

#: Characters shown on each side of the place that a fact was read from.
_AROUND = 60


def render_facts(
    facts: Sequence[Fact], register: Register, texts: Mapping[str, str], items: Sequence[AuditItem]
) -> Iterator[str]:
    """Lines for a person to judge by. ``texts`` are the source texts by source id; without one the register's own."""
    yield from map(printable, _fact_lines(facts, register, texts, items))


def _fact_lines(
    facts: Sequence[Fact], register: Register, texts: Mapping[str, str], items: Sequence[AuditItem]
) -> Iterator[str]:
    commitments = {one.id: one for one in register.commitments}
    known = {(item.record, item.kind, item.read): item for item in items}
    for fact in facts:
        item = known.get((fact.record, fact.kind, fact.read))
        yield f"{fact.record} [{fact.kind}] {fact.start}-{fact.end}"
        yield f"  quote: {quote_fact(fact, commitments.get(fact.commitment), texts.get(fact.source))}"
        yield f"  read: {fact.read}"
        targets = commitments[fact.commitment].targets if fact.kind in {"tie", "untied"} else ()
        for target in targets:
            yield f"  target {target.id}: {target.measure} {target.comparator} {target.value:f} {target.unit}"
        yield f"  judgement: {item.judgement if item else ''}"


def quote_fact(fact: Fact, commitment: Commitment | None, text: str | None) -> str:
    """The words around the place, 【】 about the place itself, on one line."""
    if text is not None:
        before, after = text[max(0, fact.start - _AROUND) : fact.start], text[fact.end : fact.end + _AROUND]
        return _on_one_line(f"{before}【{text[fact.start : fact.end]}】{after}")
    if commitment is None:
        return "(in no record: give --documents to see the source)"
    report = next((one for one in commitment.reports if one.start <= fact.start and fact.end <= one.end), None)
    inside = commitment.start <= fact.start and fact.end <= commitment.end and commitment.text
    return _on_one_line(commitment.text if inside or report is None else report.text)


def render_stale(name: str, state: AuditState) -> Iterator[str]:
    """What was judged about another reading than today's, and how many judgements hold."""
    for one in state.stale:
        then = f"{one.item.record} [{one.item.kind}] judged {one.item.judgement}: {one.item.read}"
        yield printable(f"{name}: {then}")
        yield printable(f"  now: {one.now or '(nothing is read there)'}")
    yield f"{name}: {len(state.judged)} judgements hold, {len(state.stale)} stale, {state.open} still to judge"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
