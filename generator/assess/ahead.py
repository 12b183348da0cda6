"""Words of what is still to come, and reports that show by them that they were written before the year was over."""

from __future__ import annotations

import re
from functools import cache

from generator.assess.clauses import clauses, sentences
from generator.assess.words import ReportedWords
from generator.patterns import alternation

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def speaks_of_later(text: str, words: ReportedWords) -> bool:
    """Whether words speak of what is to come. 年度计划 is the plan of the year and no plan to act."""
    said = without_plans(text, words)
    return any(word in said for word in words.forward)


def without_plans(text: str, words: ReportedWords) -> str:
    """The text without names of what a year is to bring (年度计划, 全年目标)."""
    return _plans(words.claim_scopes, words.claim_nouns).sub("", text)


@cache
def _plans(scopes: tuple[str, ...], nouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(scopes)})(?:{alternation(nouns)})+")


def looks_ahead(text: str, year: int, words: ReportedWords) -> bool:
    """Whether a clause speaks of the rest of this year as still to come (下半年计划完成3场); next year is no matter."""
    return any(
        any(word in clause.text for word in words.rest_of_year)
        and speaks_of_later(clause.text, words)
        and not any(word in clause.text for word in words.next_year)
        and all(int(found) == year for found in _YEAR.findall(clause.text))
        for sentence in sentences(text)
        for clause in clauses(sentence)
    )
