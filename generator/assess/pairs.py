"""Which target of a promise a target of a later wording is: by what they count, then by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.assess.compare import unit_relation
from generator.assess.rules import SAME_NAME, SAME_WORDS
from generator.assess.words import ReportedWords
from generator.model import Target
from generator.patterns import alternation
from generator.text import containment, similarity, squash


@dataclass(frozen=True)
class Pair:
    """A promised target with the one of a later wording; ``later`` is None where it has none.

    ``unclear`` says that several would fit, so that nothing is compared.
    """

    target: Target
    later: Target | None = None
    unclear: bool = False


def pair_targets(promised: Sequence[Target], later: Sequence[Target], words: ReportedWords) -> tuple[Pair, ...]:
    """Each promised target with its counterpart, in the order of the promise. No counterpart is given twice.

    First the same number of the same thing, then another number of it where only one fits, then the same number under
    another name.
    """
    left, open_ = list(later), list(promised)
    pairs: dict[str, Pair] = {}
    for step in (_same_number_and_name, _same_name, _same_number):
        for target in list(open_):
            fitting = [one for one in left if step(target, one, words)]
            if not fitting:
                continue
            rivals = [one for one in open_ if one is not target and step(one, fitting[0], words)]
            if step is _same_number_and_name or (len(fitting) == 1 and not rivals):
                pairs[target.id] = Pair(target, fitting[0])
                left.remove(fitting[0])
                open_.remove(target)
            else:
                pairs[target.id] = Pair(target, unclear=True)
    return tuple(pairs.get(target.id, Pair(target)) for target in promised)


def names_of(measure: str, words: ReportedWords) -> str:
    """What a measure counts, without marks and the verbs before it: 新增（提升）老年助餐服务点 → 老年助餐服务点."""
    verbs = {*words.garbled.action_verbs, *words.new_verbs, *words.wider_verbs, *words.wider_forms, *words.striving}
    verbs |= {word for ladder in words.ladders for group in ladder for word in group}
    return re.sub(rf"^(?:(?:{alternation(verbs)})(?=..))+", "", squash(measure))


def _same_number_and_name(target: Target, other: Target, words: ReportedWords) -> bool:
    return _same_number(target, other, words) and _same_name(target, other, words)


def _same_name(target: Target, other: Target, words: ReportedWords) -> bool:
    if target.part != other.part:
        return False
    one, two = names_of(target.measure, words), names_of(other.measure, words)
    within = max(containment(one, two), containment(two, one)) >= float(SAME_NAME.value)
    return one == two or within or similarity(one, two) >= SAME_WORDS.value


def _same_number(target: Target, other: Target, words: ReportedWords) -> bool:
    return (
        target.value == other.value
        and target.kind == other.kind
        and unit_relation(target.unit, other.unit, words) == "same"
    )
