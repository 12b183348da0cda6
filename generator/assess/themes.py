"""Commitments → themes: by weighed words of their headings and wording. Two at most, and none rather than a forced one.

The words are data of ``content/lookups/themes.yml``; so is what a person overruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from generator.assess.rules import SECOND_THEME, THEME_SCORE
from generator.model import Catalogue, Commitment, CommitmentTheme, Theme
from generator.patterns import alternation

_HEADING_COUNTS = Decimal(2)
_MOST = 2


class _Scored(NamedTuple):
    """What the words of one theme weigh, and which they are."""

    slug: str
    score: Decimal
    words: tuple[str, ...]


def commitment_themes(commitment: Commitment, catalogue: Catalogue) -> tuple[CommitmentTheme, ...]:
    """The themes of a commitment, main theme first: those that a person gave it, else those that its words tell."""
    overruled = catalogue.overrule.get(commitment.id)
    if overruled is not None:
        return tuple(CommitmentTheme(theme=slug, reason=overruled.reason) for slug in overruled.themes)
    return themes_of_words(commitment, catalogue.themes)


def themes_of_words(commitment: Commitment, themes: Iterable[Theme]) -> tuple[CommitmentTheme, ...]:
    """The themes that the words tell. Words of the headings count twice.

    Where a document prints no wording, the headings tell; where these say nothing, the first report does.
    """
    headings = f"{commitment.section}\n{commitment.category}"
    themes = tuple(themes)
    scored = _score_all(themes, headings, commitment.text)
    if not commitment.text and commitment.reports and not any(one.score for one in scored):
        scored = _score_all(themes, headings, commitment.reports[0].text)
    ranked = sorted(scored, key=lambda one: -one.score)
    return tuple(
        CommitmentTheme(theme=one.slug, words=one.words)
        for one in ranked[:_MOST]
        if one.score >= max(THEME_SCORE.value, ranked[0].score * SECOND_THEME.value)
    )


def _score_all(themes: Iterable[Theme], headings: str, text: str) -> list[_Scored]:
    """The themes of which a word, or an excluding phrase, stands in the headings or in the text."""
    scored = []
    for theme in themes:
        pattern = _pattern((*theme.words, *theme.without))
        in_headings, in_text = _find_words(pattern, headings), pattern.findall(text)
        if in_headings or in_text:
            scored.append(_score(theme, in_headings, in_text))
    return scored


def _score(theme: Theme, in_headings: Sequence[str], in_text: Sequence[str]) -> _Scored:
    """The weight of the theme's words, each counted once, and the words in the order in which they stand."""
    words = tuple(word for word in dict.fromkeys((*in_headings, *in_text)) if word in theme.words)
    weights = (theme.words[word] * (_HEADING_COUNTS if word in in_headings else 1) for word in words)
    return _Scored(theme.slug, sum(weights, Decimal(0)), words)


@lru_cache  # a heading stands over many commitments
def _find_words(pattern: re.Pattern[str], headings: str) -> tuple[str, ...]:
    return tuple(pattern.findall(headings))


@cache
def _pattern(known: tuple[str, ...]) -> re.Pattern[str]:
    """Finds words and excluding phrases, the longest first, so that a phrase hides the word inside it."""
    return re.compile(alternation(known))
