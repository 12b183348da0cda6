"""What the government says about a commitment in its own words: the reported state, with the words quoted.

It speaks of the whole commitment. ``completed`` needs every sentence of the report to say so, by a claim of the
whole (全部完成, 完成全年目标) or by a number that reaches its target; anything less is ``under_way``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.assess.ahead import without_plans
from generator.assess.clauses import Span, clause_at, clauses, sentence_at, sentences
from generator.assess.compare import compare
from generator.assess.subject import Subject
from generator.assess.words import ReportedWords
from generator.model import Report, ReportedState
from generator.patterns import alternation

_QUOTE_LENGTH = 40
_NUMBER_AFTER = re.compile(r"\s*的?\s*(?:约|近)?(\d+(?:\.\d+)?)\s*[%％]")
_DENIED = re.compile(r"(?:未|没有?|不|难以|无法)(?:能|曾|予)?\Z")
_OPENING = re.compile(
    r"(?:截至|截止|至\d|今年|目前|上半年|全年|前[一二三]季度|\d\d?[-—~～至]\d|\d\d?月\d\d?[-—~～至日])\S{0,8}\Z"
)
_NUMBERED = re.compile(r"\s*1[.．、].*\n\s*2[.．、]", re.DOTALL)
_ITEM = re.compile(r"\d\d?[.．、]\s*")
_PLAIN_ITEM = re.compile(r"\d\d?[.．、](?!\d)\s*")
_NUMBER_AT_THE_CUT = re.compile(r"[\d.．,零〇一二两三四五六七八九十百千万亿]+\Z")


@dataclass(frozen=True)
class _Said:
    """What one sentence says, and the words that say it."""

    state: ReportedState
    words: str


def reported_state(subject: Subject) -> tuple[ReportedState, str]:
    """The reported state by the newest report, and its words, quoted from the report as they stand there."""
    reports = subject.reports()
    if not reports:
        return ("not_mentioned" if has_later_report(subject) else "no_report"), ""
    report = reports[0]
    spans = sentences(report.text)
    numbers = _all_targets_reached(subject, report)
    said = [one for span in spans if (one := _sentence_said(subject, report, span, numbers=numbers))]
    states = {one.state for one in said}
    if said and len(said) == len(spans):
        if states <= {"completed", "exceeded"}:
            state: ReportedState = "exceeded" if "exceeded" in states else "completed"
            return state, "；".join(dict.fromkeys(one.words for one in said if one.state == state))
        if len(states) == 1:
            return said[0].state, said[0].words
    return "under_way", _progress_quote(subject.words, report.text)


def has_later_report(subject: Subject) -> bool:
    """Whether the register has a document that reports on progress, and could have spoken of this commitment."""
    return any(source.kind != "plan" for source in subject.register.sources)


def whole_claim(text: str, words: ReportedWords) -> str:
    """The words of a clause that claim the whole (全部完成, 完成年度任务), or ``""``.

    A negation or a word of the future in the clause undoes the claim; so does a percentage below 100 after it
    (完成全年目标的20%).
    """
    if is_undone(text, words):
        return ""
    for match in _claim_pattern(words).finditer(text):
        number = _NUMBER_AFTER.match(text, match.end())
        if _DENIED.search(text, 0, match.start()) or text[: match.start()].endswith(words.weakeners):
            continue
        if number is None or float(number.group(1)) >= 100:
            return match.group()
    return ""


def is_undone(text: str, words: ReportedWords) -> bool:
    """Whether words deny a claim or speak of what is to come."""
    said = without_plans(text, words)
    return any(word in said for word in (*words.forward, *words.negations))


def _claim_pattern(words: ReportedWords) -> re.Pattern[str]:
    return _words_to_pattern(words.claims, words.exceeded, words.claim_verbs, words.claim_scopes, words.claim_nouns)


@cache
def _words_to_pattern(*lists: tuple[str, ...]) -> re.Pattern[str]:
    claims, exceeded, verbs, scopes, nouns = map(alternation, lists)
    within = "[^0-9]{0,6}?"
    composed = f"(?:{verbs})了?{within}(?:{scopes}){within}(?:{nouns})+"
    return re.compile(f"(?:{exceeded})(?:{within}(?:{nouns})+)?|{composed}|{claims}")


def _all_targets_reached(subject: Subject, report: Report) -> bool:
    """Whether each target of the commitment has a number in the report that reaches it: only then do numbers speak."""
    return all(
        any(
            compare(target, result, subject.words).reached
            for result in report.results
            if result.target == target.id and not result.forecast and not result.area
        )
        for target in subject.commitment.targets
    )


def _sentence_said(subject: Subject, report: Report, span: Span, *, numbers: bool) -> _Said | None:
    """What a sentence says of all that was promised; None where it speaks of work that goes on, or of other things."""
    words = subject.words
    if word := _first(words.not_started, span.text):
        return _Said("not_started", word)
    if word := _first((*words.changed, *words.delayed), span.text):
        return _Said("changed", word)
    short, reached = _numbers_in(subject, report, span)
    if short or is_undone(span.text, words):
        return None
    claims = [claim for clause in clauses(span) if (claim := whole_claim(clause.text, words))]
    beyond = [claim for claim in claims if _is_beyond(claim, span.text, words)]
    if claims:
        return _Said("exceeded" if beyond else "completed", (beyond or claims)[0])
    return _Said("completed", reached) if reached and numbers else None


def _is_beyond(claim: str, text: str, words: ReportedWords) -> bool:
    """超额完成, but not 完成或超额完成, which says of some parts only that they were exceeded."""
    return any(claim.startswith(word) for word in words.exceeded) and f"或{claim}" not in text


def _numbers_in(subject: Subject, report: Report, span: Span) -> tuple[bool, str]:
    """Whether a sentence holds a number that falls short of its target, and the words of the first that does not."""
    short, reached = False, ""
    targets = {target.id: target for target in subject.commitment.targets}
    for result in report.results:
        if result.target in targets and sentence_at(report, result.printed, result.start) == span:
            compared = compare(targets[result.target], result, subject.words)
            full = compared.reached and not result.forecast and targets[result.target].kind != "growth"
            short = short or not full
            reached = reached or _quote_at(report, result.printed, result.start)
    for rate in report.rates:
        if rate.target and sentence_at(report, rate.printed, rate.start) == span:
            short = short or rate.published < 100
            reached = reached or _quote_at(report, rate.printed, rate.start)
    return short, reached


def _progress_quote(words: ReportedWords, text: str) -> str:
    """The first clause that speaks of a delay, of work going on, nearly done or begun; cut at 40 characters.

    Else the first clause that says anything: an opening (今年以来) does not. Never reworded.
    """
    found = (_without_item(text, clause) for span in sentences(text) for clause in clauses(span))
    pieces = [piece for piece in found if piece]
    if not pieces:
        return ""
    telling = [piece for piece in pieces if not _OPENING.match(piece)] or pieces
    for group in ((*words.delayed, *words.not_started), words.under_way, words.nearly, words.begun):
        for piece in telling:
            if any(word in piece for word in group):
                return _cut(piece)
    return _cut(telling[0])


def _quote_at(report: Report, printed: str, start: int) -> str:
    clause = clause_at(report, printed, start)
    return _cut(_without_item(report.text, clause)) if clause else ""


def _without_item(text: str, clause: Span) -> str:
    """A clause as it stands in a text, without the number of its item.

    Before a digit it may be a number of the clause (3.5公里), unless the lines are numbered (1.6个区县…, 2.…).
    """
    heads_line = not text[: clause.start].rpartition("\n")[2].strip()
    item = (_ITEM if heads_line and _NUMBERED.match(text) else _PLAIN_ITEM).match(clause.text)
    return clause.text[item.end() :] if item else clause.text


def _cut(quote: str) -> str:
    """A quotation of 40 characters or fewer, which ends before a number rather than within it."""
    return quote if len(quote) <= _QUOTE_LENGTH else _NUMBER_AT_THE_CUT.sub("", quote[:_QUOTE_LENGTH])


def _first(candidates: tuple[str, ...], text: str) -> str:
    return next((word for word in candidates if word in text), "")
