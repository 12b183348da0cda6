"""Numbers that reading saw and made no record of, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.quantities import Number
from generator.text import Traced


class Skipped(Struct, frozen=True, gc=False):
    """A number (source offsets, end exclusive) that is in no record, and why."""

    start: int
    end: int
    reason: str


def skip(text: Traced, number: Number, reason: str) -> Skipped:
    """A number of a text left out for a reason."""
    span = text[number.start : number.end]
    return Skipped(span.start, span.end, reason)


def skip_excluded(text: Traced, numbers: Iterable[Number]) -> list[Skipped]:
    """The numbers that the grammar tells are no quantities, with its reasons."""
    return [skip(text, number, number.reason) for number in numbers if number.reason]
