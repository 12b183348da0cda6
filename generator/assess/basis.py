"""What the words beside a rate say that it is a rate of: the target, another base, the progress of a work, a share."""

from __future__ import annotations

import re
from typing import Literal

from generator.assess.clauses import clause_at, clauses, position_in_text, sentence_at
from generator.assess.compare import is_percentage
from generator.assess.rules import BARE_RATE
from generator.assess.subject import Subject
from generator.assess.words import ReportedWords
from generator.model import Rate, Report, Result

Named = Literal["target", "other", "progress", "share", ""]

_SHARE = re.compile(r"率(?:已|均)*(?:达|为|保持在?|至|到)*\s*$")


def words_beside(report: Report, rate: Rate) -> str:
    """The words that a rate stands with: its basis and the clause around it."""
    clause = clause_at(report, rate.printed, rate.start)
    return rate.basis + (clause.text if clause else "")


def named_base(subject: Subject, report: Report, rate: Rate) -> Named:
    """What a rate is said to be a rate of; empty where the words do not say.

    Another base goes before the target (年度计划任务, 省定时序任务); progress goes before it, too (任务平均进度).
    """
    said, words = words_beside(report, rate), subject.words
    if _has(words.other_bases, said):
        return "other"
    if _has(words.progress_rates, said):
        return "progress"
    if _has(words.target_bases, said):
        return "target"
    if _has(words.work_parts, said):
        return "progress"
    return "share" if _is_share(rate.basis, words) else ""


def _is_share(basis: str, words: ReportedWords) -> bool:
    """落地率, 优良率, 达标率: part of a whole, and no completion rate. 完成率 and its like are none."""
    end = _SHARE.search(basis)
    return end is not None and not basis[: end.start() + 1].endswith(words.completion_rates)


def _has(candidates: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in candidates)


def result_beside(report: Report, rate: Rate) -> Result | None:
    """The number that a rate follows: the last amount of the whole place in its own clause or the one before.

    A number inside the rate's own words (98个项目年度投资完成率) says what the rate is about and is not it.
    """
    place = position_in_text(report, rate.printed, rate.start)
    sentence = sentence_at(report, rate.printed, rate.start)
    if place is None or sentence is None:
        return None
    near = [span for span in clauses(sentence) if span.start <= place][-2:]
    counts = amounts_before(report, rate)
    last = counts[-1] if counts else None
    if last is None or not near or last[0] < near[0].start or last[1].area or last[1].printed in rate.basis:
        return None
    return last[1]


def amounts_before(report: Report, rate: Rate) -> list[tuple[int, Result]]:
    """The results before a rate in its sentence that are no percentages, each with its place in the text."""
    sentence = sentence_at(report, rate.printed, rate.start)
    place = position_in_text(report, rate.printed, rate.start)
    if sentence is None or place is None:
        return []
    placed = []
    for result in report.results:
        where = position_in_text(report, result.printed, result.start)
        if where is not None and sentence.start <= where < place and not is_percentage(result.unit):
            placed.append((where, result))
    return sorted(placed, key=lambda item: item[0])


def may_imply_a_base(subject: Subject, report: Report, rate: Rate, result: Result, named: Named) -> bool:
    """Whether result ÷ rate means anything: the rate is one of this number, and of a quantity.

    No progress, and no rate with a subject of its own; where several amounts of the unit stand before the rate, only
    if the sentence goes through them one by one (分别, or a rate for each).
    """
    said = words_beside(report, rate)
    if (
        is_percentage(result.unit)
        or not rate.published
        or named == "progress"
        or _has(subject.words.progress_rates, said)
    ):
        return False
    if named in {"share", ""} and len(rate.basis) > BARE_RATE.value:
        return False
    sentence = sentence_at(report, rate.printed, rate.start)
    last = [one for _, one in amounts_before(report, rate) if one.unit == result.unit][-1:]
    clause = clause_at(report, rate.printed, rate.start)
    listed = sum(clause_at(report, other.printed, other.start) == clause for other in report.rates) > 1
    one_by_one = listed or (sentence is not None and _has(subject.words.respectively, sentence.text))
    return one_by_one or not last or last[0].id == result.id
