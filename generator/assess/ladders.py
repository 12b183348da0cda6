"""How far a work was promised to be, and how far it is reported: words of a ladder (招标 < 开工 < 建成)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.assess.clauses import Span, clauses, sentences
from generator.assess.rules import SAME_THING
from generator.assess.words import ReportedWords
from generator.model import Report

_TITLE = re.compile(r"《[^《》]{4,}》")
#: Titles, one that begins in the text and one that began before it.
_IN_TITLES = re.compile(r"《[^》]+|^[^《]+》")
_DENIED = re.compile(r"(?:未|没有|不|待|拟|将|要|尽快|适时|确保|准备|推动|推进|加快|促进).{0,3}\Z")
_ALIKE = int(SAME_THING.value)


@dataclass(frozen=True)
class Step:
    """A word of a ladder about one thing: which ladder, how high, the word, the thing, the span that says so."""

    ladder: int
    height: int
    word: str
    thing: str
    span: Span


def promised_steps(text: str, words: ReportedWords) -> tuple[Step, ...]:
    """The highest steps that a promise names, each with the thing that it is about: 出台《办法》, 建成某某文化中心.

    Only a step above the first is a promise to get somewhere; a clause that only strives for it is none.
    """
    found = []
    for sentence in sentences(text):
        for clause in clauses(sentence):
            if any(word in clause.text for word in words.striving):
                continue
            said = _outside_titles(clause.text)
            for index, ladder in enumerate(words.ladders):
                step = _promised(clause, said, index, ladder)
                if step is not None:
                    found.append(step)
    return tuple(found)


def _promised(clause: Span, said: str, index: int, ladder: tuple[tuple[str, ...], ...]) -> Step | None:
    """The highest step of a ladder in a clause; ``said`` is its text outside of titles."""
    for height in range(len(ladder) - 1, 0, -1):
        for word in ladder[height]:
            place = said.find(word)
            if place < 0 or clause.text.startswith("率", place + len(word)) or _DENIED.search(clause.text, 0, place):
                continue
            thing = _thing(clause.text[:place], clause.text[place + len(word) :])
            if thing.startswith("《") or (index == 0 and thing):
                return Step(index, height, word, thing, clause)
    return None


def height_in(text: str, ladder: tuple[tuple[str, ...], ...]) -> int:
    """How high on a ladder a text goes at most, titles aside; -1 where it is not on it."""
    said = _outside_titles(text)
    return max((height for height, group in enumerate(ladder) for word in group if word in said), default=-1)


def sentences_about(text: str, thing: str) -> str:
    """The sentences of a text that name the thing of a step, one a line."""
    return "\n".join(sentence.text for sentence in sentences(text) if _names(sentence.text, thing))


def _thing(before: str, after: str) -> str:
    """What a step is about: a title after its word, else what the word governs (建成…), else what stands before it."""
    title = _TITLE.search(after)
    if title:
        return title.group()
    governed = re.split(r"[、（(“”\d]|和|及", after)[0].strip()
    named = re.split(r"[、（()）“”\d]|和|及", before)[-1].strip()
    return next((thing for thing in (governed, named) if len(thing) >= _ALIKE), "")


def reported_step(report: Report, promised: Step, words: ReportedWords) -> Step | None:
    """The highest step that a report gives for the thing of a promise; None where it does not speak of how far it is.

    Words of what is still to come (将, 预计) and denials give no step. The whole sentence of the thing counts.
    """
    best: Step | None = None
    ladder = words.ladders[promised.ladder]
    for sentence in sentences(report.text):
        if not _names(sentence.text, promised.thing):
            continue
        for clause in clauses(sentence):
            for height, group in enumerate(ladder):
                for word in group:
                    if (best is None or height > best.height) and _is_said(clause.text, word, words):
                        best = Step(promised.ladder, height, word, promised.thing, clause)
    return best


def _names(text: str, thing: str) -> bool:
    if thing.startswith("《"):
        return thing in text
    return any(thing[at : at + _ALIKE] in text for at in range(len(thing) - _ALIKE + 1))


def _outside_titles(text: str) -> str:
    """The text with its titles blanked, of the same length: 《…实施意见》 says nothing of how far a work is."""
    return _IN_TITLES.sub(lambda title: "·" * len(title.group()), text)


def _is_said(clause: str, word: str, words: ReportedWords) -> bool:
    place = _outside_titles(clause).find(word)
    if place < 0 or _DENIED.search(clause, 0, place):
        return False
    return not any(forward in clause[:place] for forward in words.forward)
