"""``annex``: the same project in two lists, of one document or of two programmes, with another number or wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generator.assess.compare import unit_relation
from generator.assess.numbers import amount
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_register_finding
from generator.assess.rules import ALIKE, SAME_MEASURE
from generator.assess.subject import RegisterSubject
from generator.assess.words import ReportedWords
from generator.model import Commitment, Comparator, Finding, Listed, Register, Target
from generator.patterns import alternation
from generator.text import similarity, squash

_MEANT: dict[Comparator, tuple[str, str]] = {
    "ge": ("以上", "at least "),
    "gt": ("以上（不含）", "more than "),
    "le": ("以内", "at most "),
    "lt": ("以内（不含）", "less than "),
    "approx": ("左右", "about "),
}


@dataclass(frozen=True)
class _Promise:
    """A target with what it is of: the verbs at the head of its measure, and the thing that they are done to."""

    commitment: Commitment
    target: Target
    verbs: str
    thing: str


def check_annex(subject: RegisterSubject) -> Outcome:
    """Each line of a second list of the document, and each measure that two lists of the place and year promise."""
    outcome = Outcome("annex")
    for one in subject.register.commitments:
        for listed in one.listed:
            _check_listed(one, listed, subject.words, outcome)
    known: dict[str, list[_Promise]] = defaultdict(list)
    for register in subject.siblings:
        for promise in _promises(register, subject.words):
            known[promise.thing].append(promise)
    for promise in _promises(subject.register, subject.words):
        for earlier in known[promise.thing]:
            if _are_one(earlier, promise, subject.words):
                _check_pair(earlier, promise, outcome)
        known[promise.thing].append(promise)
    return outcome


# --- a second list of one document ---------------------------------------------------------------


def _check_listed(one: Commitment, listed: Listed, words: ReportedWords, outcome: Outcome) -> None:
    rival = _rival(one, listed, words)
    if rival:
        outcome.findings.append(_number_finding(one, listed, rival))
    elif listed.text:
        outcome.findings.append(_wording_finding(one, listed))
    else:
        outcome.clear += 1


def _rival(one: Commitment, listed: Listed, words: ReportedWords) -> Target | None:
    """The target of the first list that the second contradicts: the only one of that unit that no line repeats."""
    made = next((target for target in one.targets if target.id == listed.target), None)
    if not listed.own or made is None or made.part:
        return None
    repeated = {other.target for other in one.listed}
    left = [
        target
        for target in one.targets
        if target.id not in repeated and unit_relation(target.unit, listed.unit, words) == "same"
    ]
    return left[0] if len(left) == 1 else None


def _number_finding(one: Commitment, listed: Listed, rival: Target) -> Finding:
    here, there = amount(rival.value, rival.unit), amount(listed.value, listed.unit)
    message = Message(
        found=listed.printed,
        expected=rival.printed,
        zh=f"同一文件的两张清单里，这一项一处为{here}，另一处为{there}",
        en=f"In two lists of the document this one is {here} in the first and {there} in the other",
        cause_zh="两处口径不同",
        cause_en="the two differ in scope",
    )
    quoted = Quoted(listed.start, listed.end)
    return make_register_finding(one.id, "annex", f"{listed.target}-total", message, quoted, target_id=listed.target)


def _wording_finding(one: Commitment, listed: Listed) -> Finding:
    message = Message(
        found=listed.text,
        expected=one.text,
        zh=f"同一文件的另一张清单里，这一项的表述是“{listed.text}”",
        en=f"In another list of the document this one is worded “{listed.text}”",
        cause_zh="两处是同一项的不同写法",
        cause_en="the two wordings mean the same",
        severity="notice",
    )
    quoted = Quoted(listed.start, listed.end)
    return make_register_finding(one.id, "annex", f"{listed.target}-wording", message, quoted, target_id=listed.target)


# --- two programmes, or one list twice -----------------------------------------------------------


def _promises(register: Register, words: ReportedWords) -> Iterator[_Promise]:
    """The targets whose measure says enough to be known again. Growth is left out: of what, its measure seldom says."""
    for one in register.commitments:
        for target in one.targets:
            verbs, thing = _split_verbs(squash(target.measure), words)
            if target.kind != "growth" and not target.part and len(thing) >= SAME_MEASURE.value:
                yield _Promise(one, target, verbs, thing)


def _split_verbs(measure: str, words: ReportedWords) -> tuple[str, str]:
    """The verbs before what a measure counts, the longest first, and the rest, of which something is always left."""
    verbs = _verbs_before(words.garbled.action_verbs).match(measure)
    place = verbs.end() if verbs else 0
    return measure[:place], measure[place:]


@cache
def _verbs_before(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{alternation(verbs)})(?=.))+", re.DOTALL)


def _are_one(earlier: _Promise, later: _Promise, words: ReportedWords) -> bool:
    """Whether two targets are of one project: the same thing, done to in words that say no other, the same unit.

    Inside one register the wordings of both commitments must be alike, too: its lines speak of different places.
    """
    first, second = earlier.target, later.target
    if earlier.commitment.id == later.commitment.id or first.kind != second.kind:
        return False
    if not (set(earlier.verbs) <= set(later.verbs) or set(later.verbs) <= set(earlier.verbs)):
        return False
    if unit_relation(first.unit, second.unit, words) != "same":
        return False
    own, other = later.commitment, earlier.commitment
    same_register = own.id.rpartition("-")[0] == other.id.rpartition("-")[0]
    return not same_register or similarity(own.text, other.text) >= float(ALIKE.value)


def _check_pair(earlier: _Promise, later: _Promise, outcome: Outcome) -> None:
    first, second = earlier.target, later.target
    if first.value == second.value:
        outcome.clear += 1
        return
    (here_zh, here_en), (there_zh, there_en) = _promised(second), _promised(first)
    where = earlier.commitment.id
    message = Message(
        found=second.printed,
        expected=first.printed,
        zh=f"“{second.measure}”在这里为{here_zh}，在{where}中“{first.measure}”为{there_zh}",
        en=f"“{second.measure}” is {here_en} here; in {where} “{first.measure}” is {there_en}",
        cause_zh="两处范围不同、一处从略，或一处后来调整",
        cause_en="the two differ in scope, one is a round number, or one was changed later",
        severity="notice",
    )
    local_id = f"{second.id}-{where}.{first.id}"
    quoted = Quoted(second.start, second.end)
    finding = make_register_finding(later.commitment.id, "annex", local_id, message, quoted, target_id=second.id)
    outcome.findings.append(finding)


def _promised(target: Target) -> tuple[str, str]:
    """A target as it is meant, in both languages: 15,000 套以上 does not rule out 15,236."""
    number = amount(target.value, target.unit)
    after, before = _MEANT.get(target.comparator, ("", ""))
    return f"{number}{after}", f"{before}{number}"


CHECK = Check(
    name="annex",
    run_register=check_annex,
    zh="两处清单",
    en="The same project in two lists",
    rule_zh="同一文件的清单与分解表，或同一地区同一年度的两类项目，写同一件事、同一单位的数应相同，表述应一致；增速不比。",
    rule_en="Where a list and its split by areas, or two programmes of one place and year, name the same thing in the "
    "same unit, numbers and wording should agree; growth is not compared.",
)
