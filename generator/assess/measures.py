"""Targets → shared measures: by the words of the measure and by the unit, never by the place.

The words are data of ``content/lookups/measures.yml``. A target that two measures fit belongs to neither: the words
must tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from generator.assess.clauses import nearest
from generator.model import Aspect, Commitment, Measure, Target, TargetKind
from generator.patterns import alternation

_QUOTES = str.maketrans("", "", "“”\"'《》 ")
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_CLAUSE = re.compile(r"[。；;！？!?\n，,]")


def fitting_measures(target: Target, commitment: Commitment, measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """All measures that a target fits; more than one means that the words of the lookup are too wide."""
    name = _bare(target.part or target.measure)
    sentence = name + _before_number(target, commitment, _SENTENCE)
    counted = _counted_in(target.kind, target.unit, measures)
    return tuple(measure for measure in counted if _fits(measure, name, sentence))


class LikelyMeasures:
    """Measures by what they are counted in, each with one pattern for the words that its name must have.

    Every measure would be tried with each of a hundred thousand targets, and nearly all fail for want of such a word.
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        known = tuple(measures)

        @cache
        def counted_in(kind: TargetKind, unit: str) -> list[tuple[Measure, re.Pattern[str]]]:
            return [(one, _necessary_words(one)) for one in _counted_in(kind, unit, known)]

        self._counted_in = counted_in

    def of(self, target: Target) -> list[Measure]:
        """The measures that a target may fit: all that it fits are among them."""
        name = _bare(target.part or target.measure)
        return [measure for measure, words in self._counted_in(target.kind, target.unit) if words.search(name)]


def _necessary_words(measure: Measure) -> re.Pattern[str]:
    return re.compile(alternation(word for group in measure.must for word in group))


def _counted_in(kind: TargetKind, unit: str, measures: Iterable[Measure]) -> Iterator[Measure]:
    return (
        measure
        for measure in measures
        if measure.kind == kind and (unit == measure.unit or unit in measure.units or unit in measure.other_units)
    )


def find_aspect(measure: Measure, target: Target, commitment: Commitment) -> Aspect | None:
    """What the number counts: the first aspect that a word of the measure names, else of its clause, else the rest."""
    texts = _bare(target.part or target.measure), _before_number(target, commitment, _CLAUSE)
    named = (aspect for text in texts for aspect in measure.aspects if any(word in text for word in aspect.words))
    left = (aspect for aspect in measure.aspects if not aspect.words)
    return next(named, None) or next(left, None)


def same_unit(measure: Measure, unit: str) -> bool:
    """Whether a number in this unit may be laid beside the others of the measure."""
    return unit in (measure.unit, *measure.units)


def _fits(measure: Measure, name: str, sentence: str) -> bool:
    return (
        all(any(word in name for word in group) for group in measure.must)
        and all(any(word in sentence for word in group) for group in measure.context)
        and not any(word in name for word in measure.without)
        and not any(word in sentence for word in measure.context_without)
    )


def _bare(text: str) -> str:
    return text.translate(_QUOTES)


def _before_number(target: Target, commitment: Commitment, ends: re.Pattern[str]) -> str:
    """The words from the last of ``ends`` up to the target's number; empty where the number is not found again.

    Offsets are those of the source text, in which lines may be broken otherwise, so they only choose between
    places where the same characters stand.
    """
    place = nearest(commitment.text, target.printed, target.start - commitment.start)
    return _bare(ends.split(commitment.text[: place or 0])[-1])
