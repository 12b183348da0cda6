"""What speaks against judging a number: words beside it, a rate, the day that it may be of."""

from __future__ import annotations

from generator.assess.clauses import clauses, nearest, sentence_at, sentences
from generator.assess.subject import Subject
from generator.model import Report, Result, Target


def is_confirmed(subject: Subject, report: Report, target: Target) -> bool:
    """Whether a published rate of this target, in this report, follows from its result."""
    return any(
        assessed.rate.target == target.id
        and assessed.verdict in {"exact", "rounded", "truncated"}
        and assessed.base_kind == "target"
        for assessed in subject.rates
        if assessed.report == report.id
    )


def is_at_a_stage(subject: Subject, target: Target, report: Report, result: Result) -> bool:
    """Whether the sentence of a count gives a progress below 100 %: the count may be the plan's (100个,平均进度13%)."""
    sentence = sentence_at(report, result.printed, result.start)
    if target.kind != "level" or sentence is None or is_confirmed(subject, report, target):
        return False
    for rate in report.rates:
        said = rate.basis + _clause_around(report.text, rate.printed, rate.start - report.start)
        beside = sentence_at(report, rate.printed, rate.start) == sentence
        if beside and rate.published < 100 and any(word in said for word in subject.words.stages):
            return True
    return False


def is_of_an_earlier_day(subject: Subject, report: Report, result: Result | None) -> bool:
    """Whether an undated number stands in a report of the year's end that says itself that it was written earlier."""
    return result is not None and result.as_of is None and subject.is_written_earlier(report)


def must_hold(subject: Subject, target: Target, report: Report, result: Result | None) -> bool:
    """Whether a number must hold to the end or is an average of the period, by the words of promise or report."""
    commitment = subject.commitment
    said = target.measure + _clause_around(commitment.text, target.printed, target.start - commitment.start)
    if result is not None:
        said += _clause_around(report.text, result.printed, result.start - report.start)
    return any(word in said for word in subject.words.kept)


def _clause_around(text: str, printed: str, expected: int) -> str:
    """The clause of a number; empty where the number does not stand in the text."""
    place = nearest(text, printed, expected)
    pieces = (clause for sentence in sentences(text) for clause in clauses(sentence))
    return "".join([one.text for one in pieces if place is not None and one.start <= place][-1:])


def doubt_about_missing(subject: Subject, target: Target, report: Report, result: Result | None) -> str:
    """Why not to call it missed: the rest is announced, the work is at a stage, or it is one of several things."""
    if result is None:
        return ""
    words = subject.words
    if _is_striven_for(subject, target):
        return "striven_for"
    sentence = sentence_at(report, result.printed, result.start)
    if sentence and any(word in sentence.text for word in words.forward):
        return "announced_for_later"
    if sentence and "%" not in result.unit and any(word in sentence.text for word in words.stages):
        return "stage_of_work"
    several = any(word in target.measure for word in words.lists)
    return "part_of_measure" if several and not any(word in result.measure for word in words.lists) else ""


def _is_striven_for(subject: Subject, target: Target) -> bool:
    """Whether the promise itself is only to strive (力争) for the number: the word stands before it in its sentence."""
    text = subject.commitment.text
    place = nearest(text, target.printed, target.start - subject.commitment.start)
    begun = [span.start for span in sentences(text) if place is not None and span.start <= place]
    return any(word in text[start:place] for start in begun[-1:] for word in subject.words.striving)
