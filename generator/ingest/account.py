"""Number accounting: every number of a source is in a record, or it is listed with the reason why it is in none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.ingest.blocks import Block
from generator.ingest.contacts import contact_offsets
from generator.ingest.rows import Reading
from generator.ingest.skipped import Skipped
from generator.model import Commitment, Unassigned

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
#: Stands for the digits of a telephone number, which no register repeats.
_WITHHELD = "…"


def recorded_spans(commitments: Iterable[Commitment], source: str) -> Iterator[tuple[int, int]]:
    """The offsets in one source of every number that is in a record."""
    for commitment in commitments:
        for target in commitment.targets if commitment.source == source else ():
            yield target.start, target.end
            yield from ((share.start, share.end) for share in target.allocations)
        for step in commitment.milestones if commitment.source == source else ():
            yield step.start, step.end
        for report in (one for one in commitment.reports if one.source == source):
            yield from ((result.start, result.end) for result in report.results)
            yield from ((rate.start, rate.end) for rate in report.rates)
            yield from ((rate.base.start, rate.base.end) for rate in report.rates if rate.base)
        for wording in (one for one in commitment.restated if one.source == source):
            yield from ((target.start, target.end) for target in wording.targets)
            yield from ((step.start, step.end) for step in wording.milestones)


def account(
    blocks: Sequence[Block],
    commitments: Sequence[Commitment],
    skipped: Sequence[Skipped],
    source: str,
    reading: Reading,
) -> tuple[Unassigned, ...]:
    """The numbers of ``blocks`` that are in no record, in the order of the source, each with its reason.

    Figures are listed by their digits, Chinese numerals before a measure word with that word (四个); numerals inside
    ordinary words (第三方) are no numbers. The reasons are those of the grammar (date, name, scope, article …), those
    of the reading (quoted-plan, describes, row-number, repeated, heading, note …), ``contact`` for telephone numbers
    (withheld), ``outside`` for text that no commitment holds, and ``unread`` for what nothing explains.
    """
    recorded = merge_spans([*recorded_spans(commitments, source)])
    texts = merge_spans([span for commitment in commitments for span in text_spans(commitment, source)])
    told = sorted((one.start, one.end, one.reason) for one in skipped)

    def reason_at(offset: int) -> str | None:
        """Why the digit at an offset is in no record; None when it is in one, empty when its text was not read."""
        if _inside(offset, recorded):
            return None
        index = bisect_right(told, (offset, float("inf"))) - 1
        if index >= 0 and told[index][0] <= offset < told[index][1]:
            return told[index][2]
        return "unread" if _inside(offset, texts) else ""

    found: list[Unassigned] = []
    for block in blocks:
        contacts = contact_offsets(block.text, reading)
        for start, end, text in sorted([*_figures(block, reason_at), *_numerals(block, reading)]):
            reason = reason_at(start)
            if reason == "":
                reason = _reason_alone(block, start, reading) or "outside"
            if reason is not None:
                reason = "contact" if start in contacts else reason
                shown = _WITHHELD if reason == "contact" else text
                found.append(Unassigned(text=shown, reason=reason, line=block.line, start=start, end=end))
    return tuple(found)


def _reason_alone(block: Block, offset: int, reading: Reading) -> str:
    """The grammar's reason for the digit or numeral at an offset, for a block whose text no commitment holds."""
    first = block.text.offsets.index(offset)
    # What a correction puts into a text has the offset of what stood there, several characters the same.
    places = range(first, first + block.text.offsets.count(offset))
    return next((reason for at in reversed(places) if (reason := reading.grammar.reason_at(block.text.text, at))), "")


def _figures(block: Block, reason_at: Callable[[int], str | None]) -> Iterator[tuple[int, int, str]]:
    """(start, end, digits) of each figure of a block; 3.12 is two where its halves went different ways."""
    for match in _DIGITS.finditer(block.text.text):
        offsets = block.text.offsets[match.start() : match.end()]
        point = match[0].find(".")
        if point >= 0 and reason_at(offsets[0]) != reason_at(offsets[point + 1]):
            yield offsets[0], offsets[point - 1] + 1, match[0][:point]
            yield offsets[point + 1], offsets[-1] + 1, match[0][point + 1 :]
        else:
            yield offsets[0], offsets[-1] + 1, match[0]


def _numerals(block: Block, reading: Reading) -> Iterator[tuple[int, int, str]]:
    """(start, end, characters) of each Chinese numeral of a block, with its measure word."""
    for number in reading.grammar.numerals(block.text.text):
        offsets = block.text.offsets[number.start : number.end]
        yield offsets[0], offsets[-1] + 1, number.printed


def text_spans(commitment: Commitment, source: str) -> Iterator[tuple[int, int]]:
    """The offsets in one source of the wording of a commitment, and of what is reported on it."""
    if commitment.text and commitment.source == source:
        yield commitment.start, commitment.end
    yield from ((report.start, report.end) for report in commitment.reports if report.source == source)
    yield from ((wording.start, wording.end) for wording in commitment.restated if wording.source == source)


def merge_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as spans in order that do not touch; empty ones are left out."""
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
