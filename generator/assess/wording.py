"""The wording of a promise beside that of later documents: what became of each target, step and date.

Only what is promised is compared, never what was achieved. Where the two cannot be told to speak of one thing, the
answer is ``unclear`` and nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from generator.assess.clauses import Span, clauses, nearest, sentences
from generator.assess.compare import may_stand_for_a_count, unit_relation
from generator.assess.ladders import height_in, promised_steps, sentences_about
from generator.assess.numbers import half_step
from generator.assess.pairs import Pair, names_of, pair_targets
from generator.assess.rules import ALIKE, ROUNDING
from generator.assess.words import ReportedWords
from generator.model import Change, Commitment, ComparedWording, Register, Restatement, Target, WordingChange
from generator.patterns import alternation
from generator.text import containment, similarity, squash

_CEILINGS = {"le", "lt"}
#: What may stand between two promised numbers of a clause.
_BETWEEN = "、,，和及 \n"
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十廿卅百千万亿]")
_DATE = re.compile(r"\d{1,2}月|年底|年末")


@dataclass(frozen=True)
class _Wording:
    """A wording with its place in its document, and its targets."""

    text: str
    start: int
    targets: tuple[Target, ...]

    def piece(self, target: Target) -> Span:
        """The clause of a target from the number before it up to its own; the printed number where it is not found."""
        place = self._places.get(target.id)
        if place is None:
            return Span(target.printed, target.start, target.end)
        end = place + len(target.printed)
        drift = target.start - place - _number_in(target.printed)
        begin = max(edge for edge in self._edges if edge <= place)
        said = self.text[begin:end].lstrip(_BETWEEN)
        return Span(said, max(self.start, end + drift - len(said)), end + drift)

    @cached_property
    def _edges(self) -> tuple[int, ...]:
        """Where a clause begins or a number ends: what stands before is not said of the number behind it."""
        begins = (clause.start for sentence in sentences(self.text) for clause in clauses(sentence))
        ends = (self._places[one.id] + len(one.printed) for one in self.targets if one.id in self._places)
        return (0, *begins, *ends)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Target → where its number stands in the text; those that are not found there have none."""
        found = {one.id: nearest(self.text, one.printed, one.start - self.start) for one in self.targets}
        return {name: place for name, place in found.items() if place is not None}


def _number_in(printed: str) -> int:
    """Where in the printed characters the number begins: they may open with 不少于."""
    match = _NUMERAL.search(printed)
    return match.start() if match else 0


def compare_wordings(register: Register, commitment: Commitment, words: ReportedWords) -> tuple[ComparedWording, ...]:
    """Each later wording of a commitment beside its own, in the order of the documents."""
    return tuple(
        ComparedWording(
            restatement=later, changes=tuple(_changes(commitment, later, words, numbered=_has_numbers(register, later)))
        )
        for later in commitment.restated
    )


def _has_numbers(register: Register, later: Restatement) -> bool:
    """Whether a document prints promised numbers at all, or only the names of the projects."""
    wordings = (one for commitment in register.commitments for one in commitment.restated)
    return any(one.targets for one in wordings if one.source == later.source)


def _changes(
    commitment: Commitment, later: Restatement, words: ReportedWords, *, numbered: bool
) -> Iterator[WordingChange]:
    before = _Wording(commitment.text, commitment.start, commitment.targets)
    after = _Wording(later.text, later.start, later.targets)
    pairs = pair_targets(commitment.targets, later.targets, words)
    for pair in pairs:
        if pair.later is not None:
            yield from _of_pair(pair.target, pair.later, before, after, words)
        else:
            yield _of_missing(pair, before, later, words, numbered=numbered)
    paired = {pair.later.id for pair in pairs if pair.later}
    open_ = any(pair.unclear for pair in pairs)
    for target in later.targets:
        if target.id not in paired:
            piece = after.piece(target)
            yield _change("unclear" if open_ else "added", None, piece, restated=target.id)
    yield from _of_steps(commitment, later, before, words)
    yield from _of_due(commitment, later)


def _change(
    change: Change,
    before: Span | None,
    after: Span,
    *,
    target: str = "",
    restated: str = "",
    weakening: bool = False,
) -> WordingChange:
    return WordingChange(
        change=change,
        target=target,
        restated=restated,
        weakening=weakening,
        before=before.text if before else "",
        after=after.text,
        before_start=before.start if before else None,
        before_end=before.end if before else None,
        after_start=after.start,
        after_end=after.end,
    )


def _of_pair(
    target: Target, later: Target, before: _Wording, after: _Wording, words: ReportedWords
) -> Iterator[WordingChange]:
    """What differs between a promised target and the same one of a later wording; ``same`` where nothing does.

    Another number with a part of the year beside it is what was planned by then, and none of the whole.
    """
    one, two = before.piece(target), after.piece(later)
    if target.value != later.value and _has(two.text, words.periods) and not _has(one.text, words.periods):
        yield _change("unclear", one, two, target=target.id, restated=later.id)
        return
    found = [
        *_of_number(target, later, words),
        *((change, True) for change in _of_words(one.text, two.text, words)),
    ]
    for change, weakening in found or [("same", False)]:
        yield _change(change, one, two, target=target.id, restated=later.id, weakening=weakening)


def _of_number(target: Target, later: Target, words: ReportedWords) -> Iterator[tuple[Change, bool]]:
    """What differs between two numbers, and whether it makes the promise lighter."""
    relation = unit_relation(target.unit, later.unit, words)
    if target.kind != later.kind or (
        relation == "missing" and not may_stand_for_a_count(target.unit or later.unit, words)
    ):
        yield "unclear", False
        return
    if relation == "differs":
        yield "unit", False
        return
    ceiling = target.comparator in _CEILINGS or any(word in target.measure for word in words.limits)
    lower, higher = later.value < target.value, later.value > target.value
    if (lower or higher) and _is_rounding(target, later):
        yield "rounded", False
    elif lower:
        yield "lowered", not ceiling
    elif higher:
        yield "raised", ceiling
    bound = _binds(target, ceiling=ceiling)
    if bound != _binds(later, ceiling=ceiling):
        yield ("weaker" if bound else "firmer"), bound


def _is_rounding(target: Target, later: Target) -> bool:
    off = abs(later.value - target.value)
    step = max(half_step(target.value, target.printed), half_step(later.value, later.printed))
    return off <= step and off <= ROUNDING.value * abs(target.value)


def _binds(target: Target, *, ceiling: bool) -> bool:
    """A plain number and a bound bind; 左右 does less, and a bound on the other side (at most, for a goal) nothing."""
    others = {"ge", "gt"} if ceiling else _CEILINGS
    return target.comparator != "approx" and target.comparator not in others


def _of_words(before: str, after: str, words: ReportedWords) -> Iterator[Change]:
    """What the words about a number say less: an earlier step, 力争, 新增 that became 新增(提升)."""
    for ladder in words.ladders:
        promised, said = height_in(before, ladder), height_in(after, ladder)
        if 0 <= said < promised:
            yield "verb"
    if _has(after, words.striving) and not _has(before, words.striving):
        yield "striving"
    if _has(before, words.new_verbs) and _is_wider(after, words) and not _is_wider(before, words):
        yield "widened"


def _is_wider(text: str, words: ReportedWords) -> bool:
    new, wider, joined = map(alternation, (words.new_verbs, words.wider_verbs, words.lists))
    folded = squash(text)
    beside = rf"(?:{new})(?:{joined})?(?:{wider})|(?:{wider})(?:{joined})?(?:{new})"
    return _has(folded, words.wider_forms) or re.search(beside, folded) is not None


def _has(text: str, group: tuple[str, ...]) -> bool:
    return any(word in text for word in group)


def _of_missing(
    pair: Pair, before: _Wording, later: Restatement, words: ReportedWords, *, numbered: bool
) -> WordingChange:
    """A promised number that the later wording has not.

    It weighs more where the thing itself is still named. A document that prints names of projects and no number of any
    says nothing by it.
    """
    piece, whole = before.piece(pair.target), Span(later.text, later.start, later.end)
    if pair.unclear or not numbered:
        return _change("unclear", piece, whole, target=pair.target.id)
    name = names_of(pair.target.measure, words)
    named = Decimal(str(containment(name, squash(later.text)))) >= ALIKE.value
    return _change("removed", piece, whole, target=pair.target.id, weakening=named)


def _of_steps(
    commitment: Commitment, later: Restatement, before: _Wording, words: ReportedWords
) -> Iterator[WordingChange]:
    """Steps without a number: 建成某某文化中心 that became 开工. One with a number is looked at with its target."""
    counted = [before.piece(target).text for target in commitment.targets]
    for step in promised_steps(commitment.text, words):
        if any(piece and piece in step.span.text for piece in counted):
            continue
        about = sentences_about(later.text, step.thing)
        height = height_in(about, words.ladders[step.ladder])
        if 0 <= height < step.height:
            begin = commitment.start + step.span.start
            said = Span(step.span.text, begin, begin + len(step.span.text))
            yield _change("verb", said, Span(about, later.start, later.end), weakening=True)


def _of_due(commitment: Commitment, later: Restatement) -> Iterator[WordingChange]:
    """Two printed due dates; those in the wording only where it is the same but for its numbers.

    A column of dates has no place of its own in the record, so neither has the change.
    """
    one, two = commitment.due, later.due
    if one is None or two is None or bool(commitment.due_text) != bool(later.due_text):
        return
    postponed, advanced = two > one, two < one
    if (postponed or advanced) and (commitment.due_text or _same_but_for_numbers(commitment.text, later.text)):
        yield WordingChange(
            change="later" if postponed else "earlier",
            before=commitment.due_text or _date_words(one),
            after=later.due_text or _date_words(two),
            weakening=postponed,
        )


def _same_but_for_numbers(one: str, two: str) -> bool:
    """Whether two wordings differ in little but their figures, and name as many dates."""
    as_many = len(_DATE.findall(one)) == len(_DATE.findall(two))
    return as_many and Decimal(str(similarity(one, two))) >= ALIKE.value


def _date_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
