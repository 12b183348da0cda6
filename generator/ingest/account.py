"""Number accounting: every number of a source is in a record, or it is listed with the reason why it is in none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from generator.ingest.blocks import Block
from generator.ingest.documents import Document
from generator.ingest.rows import Reading
from generator.ingest.skipped import Skipped
from generator.model import Commitment, Unassigned

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def recorded_spans(commitments: Iterable[Commitment]) -> Iterator[tuple[int, int]]:
    """The source offsets of every number that is in a record."""
    for commitment in commitments:
        for target in commitment.targets:
            yield target.start, target.end
            yield from ((share.start, share.end) for share in target.allocations)
        yield from ((step.start, step.end) for step in commitment.milestones)
        for report in commitment.reports:
            yield from ((result.start, result.end) for result in report.results)
            yield from ((rate.start, rate.end) for rate in report.rates)


def account(
    document: Document,
    blocks: Sequence[Block],
    commitments: Sequence[Commitment],
    skipped: Sequence[Skipped],
    reading: Reading,
) -> tuple[Unassigned, ...]:
    """The numbers of ``blocks`` that are in no record, in the order of the source, each with its reason.

    The reasons are those of the grammar (date, name, scope …), those of the reading (quoted-plan, describes …),
    ``outside`` for text that no commitment holds, and ``unread`` for what nothing explains.
    """
    recorded = _merge([*recorded_spans(commitments)])
    reasons = {(one.start, one.end): one.reason for one in skipped}
    texts = _merge([span for commitment in commitments for span in _text_spans(commitment)])
    found = []
    for block in blocks:
        for number in reading.grammar.read(block.text.text):
            span = block.text[number.start : number.end]
            for digits in _DIGITS.finditer(span.text):
                start, end = span.offsets[digits.start()], span.offsets[digits.end() - 1] + 1
                if _inside(start, recorded):
                    continue
                reason = number.reason or reasons.get((span.start, span.end), "")
                if not reason:
                    reason = "unread" if _inside(start, texts) else "outside"
                found.append(Unassigned(text=digits[0], reason=reason, line=block.line, start=start, end=end))
    return tuple(found)


def _text_spans(commitment: Commitment) -> Iterator[tuple[int, int]]:
    if commitment.text:
        yield commitment.start, commitment.end
    yield from ((report.start, report.end) for report in commitment.reports)


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (offset, float("inf"))) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]
