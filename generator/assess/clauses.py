"""Sentences and clauses of a report, and where in it a printed number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.model import Report

_SENTENCE_END = re.compile(r"[。；;！!\n]|(?=(?<![\d.．])\d{1,2}[.．、](?!\d))")
_CLAUSE_END = re.compile(r"，|,(?!\d{3}(?!\d))")


@dataclass(frozen=True)
class Span:
    """A piece of a text with its place in it."""

    text: str
    start: int
    end: int


@lru_cache  # a dozen questions are asked of one text after the other
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a report: up to 。；; a line end, or the number of the next item ("2."). Never blank."""
    return _pieces(text, 0, _SENTENCE_END)


@lru_cache  # a dozen questions are asked of one text after the other
def clauses(span: Span) -> tuple[Span, ...]:
    """The clauses of a sentence: what stands between commas."""
    return _pieces(span.text, span.start, _CLAUSE_END)


def position_in_text(report: Report, printed: str, start: int) -> int | None:
    """Where a number of the report stands in the report's own text, which may be cleaned (offsets then drift).

    The occurrence nearest to where its offset says; None when the printed characters are not in the text.
    """
    return nearest(report.text, printed, start - report.start)


def nearest(text: str, printed: str, expected: int) -> int | None:
    """Where in a text the printed characters stand, nearest to where they are expected; None where nowhere."""
    return min(places_of(printed, text), key=lambda place: abs(place - expected), default=None)


def places_of(printed: str, text: str) -> Iterator[int]:
    """Where the printed characters stand in a text, one after the other; nothing stands nowhere."""
    place = 0
    while printed and (place := text.find(printed, place)) >= 0:
        yield place
        place += len(printed)


def sentence_at(report: Report, printed: str, start: int) -> Span | None:
    """The sentence of a report in which a printed number stands."""
    return _around(position_in_text(report, printed, start), sentences(report.text))


def clause_at(report: Report, printed: str, start: int) -> Span | None:
    """The clause of a report in which a printed number stands."""
    sentence = sentence_at(report, printed, start)
    return _around(position_in_text(report, printed, start), clauses(sentence)) if sentence else None


def _around(place: int | None, pieces: tuple[Span, ...]) -> Span | None:
    return next((span for span in pieces if place is not None and span.start <= place < span.end), None)


def _pieces(text: str, offset: int, end: re.Pattern[str]) -> tuple[Span, ...]:
    pieces, last = [], 0
    for match in [*end.finditer(text), None]:
        stop = match.start() if match else len(text)
        piece = text[last:stop]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            body = piece.strip()
            pieces.append(Span(body, offset + last + lead, offset + last + lead + len(body)))
        last = match.end() if match else stop
    return tuple(pieces)
