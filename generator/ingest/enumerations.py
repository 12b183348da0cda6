"""The verb that a list of quantities shares: 建设公园10个、绿地20个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from generator.ingest.measured import Measured
from generator.ingest.measures import measure_numbers
from generator.ingest.rows import Reading
from generator.ingest.wording import bare_words
from generator.model import Commitment, Target

#: What links a thing to the one before it in a list.
_LINKS = "、和与及"


def with_shared_verbs(commitment: Commitment, reading: Reading) -> Commitment:
    """The commitment with its targets in a list, in all its wordings, worded with the verb that stands before the list.

    It comes after all reports are read: what a report says is not more like a promise for a verb that is not printed
    there, and ties are told without it.
    """
    restated = (replace(one, targets=_worded(one.targets, one.text, reading)) for one in commitment.restated)
    return replace(commitment, targets=_worded(commitment.targets, commitment.text, reading), restated=tuple(restated))


def _worded(targets: Sequence[Target], text: str, reading: Reading) -> tuple[Target, ...]:
    verbs = {
        (text[one.number.span[0] : one.number.span[1]], one.measure): verb for one, verb in _shared_verbs(text, reading)
    }
    return tuple(replace(one, measure=verbs.get((one.printed, one.measure), "") + one.measure) for one in targets)


def _shared_verbs(text: str, reading: Reading) -> Iterator[tuple[Measured, str]]:
    """Each quantity that continues a list, with the verb before the list.

    It is certain only where a list has nothing but the name of the next thing between two numbers, and
    all count things in one unit (新增企业10家、税收3亿元 shares nothing).
    """
    if not any(link in text for link in _LINKS):
        return
    verb = ""
    for one, following in pairwise(measure_numbers(text, reading)):
        verb = verb or _leading_verbs(bare_words(one.before, reading), reading)
        verb = verb if _continues(one, following, reading) else ""
        if verb:
            yield following, verb


def _continues(one: Measured, following: Measured, reading: Reading) -> bool:
    words = following.before.strip()
    counted = one.number.kind == following.number.kind == "count" and one.number.unit == following.number.unit
    listed = one.clause == following.clause and words[:1] in set(_LINKS) and words[1:].strip() == following.measure
    return counted and listed and bool(following.measure) and not _has_a_word_of_its_own(following.measure, reading)


def _has_a_word_of_its_own(measure: str, reading: Reading) -> bool:
    """Whether a name holds a verb or says how much of something it speaks of: then the list may end before it."""
    kinds = ("action_verbs", "bare_verbs", "predicates", "scopes", "no_shared_verb")
    return any(word in measure for kind in kinds for word in reading.lookups.words(kind) if len(word) > 1)


def _leading_verbs(words: str, reading: Reading) -> str:
    """All the verbs that words begin with: 申报创建, 新建成和改扩建."""
    verbs, rest = "", words
    while verb := reading.lookups.beginning("action_verbs", rest.lstrip(_LINKS) if verbs else rest):
        end = rest.index(verb) + len(verb)
        verbs, rest = verbs + rest[:end], rest[end:]
    return verbs if len(verbs) > 1 and len(rest) > 1 else ""
