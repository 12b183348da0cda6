"""Which target a reported number answers: by unit and by the wording of the measure, never by order alone.

A tie says what it is worth (``Result.relation``). Only a number of the *same* measure is ever compared with its
target; what answers a part of it, or speaks of the same subject in another unit, scope or stage, is shown beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.ingest.likeness import (
    has_level,
    is_bare_head,
    level_elsewhere,
    list_members,
    measure_likeness,
    named_members,
    subject_likeness,
)
from generator.ingest.limits import MAX_TIED
from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.model import Relation, Target
from generator.patterns import alternation
from generator.text import containment

#: A shorter measure (年度投资) says too little to be found in a passage.
_TELLING = 5
#: Wordings less alike than this are not taken for one measure.
ALIKE = 0.42
#: Wordings less alike than this are not taken to speak of one subject.
ABOUT = 0.5


class Tie(Struct, frozen=True, gc=False):
    """The local id of the target that a number answers, empty where none can be told, and how it answers it."""

    target: str = ""
    relation: Relation = "same"


def same_unit(one: str, other: str, reading: Reading) -> bool:
    """Whether two units count the same things; a lost unit goes with any that counts."""
    if one == other:
        return True
    kinds = reading.lookups.units.kinds
    if not one or not other:
        return kinds.get(one, "") in _COUNTING and kinds.get(other, "") in _COUNTING
    return (one, other) in reading.lookups.once(_pairs_of_units)


_COUNTING = {"count", "people", "times", ""}


def _pairs_of_units(lookups: Lookups) -> frozenset[tuple[str, str]]:
    """Units that count the same, each with each."""
    groups = [group.split("=") for group in lookups.words("same_units")]
    return frozenset((one, other) for group in groups for one in group for other in group)


def tie_results(
    results: Sequence[Measured], said: Sequence[str], targets: Sequence[Target], reading: Reading
) -> list[Tie]:
    """For each result the target that it answers, and how. ``said`` is the line of each up to its number.

    First the figures of the same measure, the most alike first: a target is answered once, and a result answers one
    target. Then, for targets that nothing answers, the figures of some members of a list that was promised together;
    then the one figure that speaks of their subject. Of more than ``MAX_TIED`` pairs none is told.
    """
    ties = [Tie()] * len(results)
    if len(results) * len(targets) > MAX_TIED:
        return ties
    _tie_best(ties, _pairs(results, targets, reading, _same_measure), "same")
    of_id = {target.id: target for target in targets}
    for index, words in enumerate(said):
        target = of_id.get(ties[index].target)
        if target and _is_of_another_scope(results, index, words, target, targets, reading):
            ties[index] = Tie(target.id, "related")
    for index, target_id in _only_verbs(results, ties, targets, reading):
        ties[index] = Tie(target_id, "same")
    for index, target_id in _only_ends(results, said, ties, targets, reading):
        ties[index] = Tie(target_id, "same")
    for target in _unanswered(ties, targets):
        for index in _members(results, ties, target, reading):
            ties[index] = Tie(target.id, "part")
    _tie_best(ties, _pairs(results, _unanswered(ties, targets), reading, _same_subject), "related")
    left = {target.id for target in _unanswered(ties, targets)}
    _tie_best(ties, [pair for pair in _only_heads(results, targets, reading) if pair[2] in left], "related")
    return ties


def _is_of_another_scope(
    results: Sequence[Measured], index: int, said: str, target: Target, targets: Sequence[Target], reading: Reading
) -> bool:
    """Whether a figure of the same wording may still not be compared.

    It is counted otherwise, is of a level that was not promised, or says only how many things money is spent on
    (77个项目完成投资193亿元).
    """
    one, following = results[index], results[index + 1] if index + 1 < len(results) else None
    spent = following is not None and following.clause == one.clause and following.number.kind == "money"
    counted_otherwise = any(word in said for word in reading.lookups.words("other_scope"))
    return (one.describes and spent) or counted_otherwise or level_elsewhere(one, target, targets, reading)


_Pair = tuple[float, int, str]
_Likeness = Callable[[Measured, Target, Reading], float]


def _pairs(
    results: Sequence[Measured], targets: Sequence[Target], reading: Reading, likeness: _Likeness
) -> list[_Pair]:
    """(−likeness, index of the result, target) of what is alike enough, the most alike first."""
    scored = [
        (-likeness(result, target, reading), index, target.id)
        for index, result in enumerate(results)
        for target in targets
    ]
    return sorted(pair for pair in scored if pair[0] < 0)


def _tie_best(ties: list[Tie], pairs: Iterable[_Pair], relation: Relation) -> None:
    """Ties the pairs in their order; a target is answered once, and a result answers one target."""
    answered: set[str] = set()
    for _, index, target_id in pairs:
        if not ties[index].target and target_id not in answered:
            ties[index] = Tie(target_id, relation)
            answered.add(target_id)


def _unanswered(ties: Sequence[Tie], targets: Sequence[Target]) -> list[Target]:
    answered = {tie.target for tie in ties}
    return [target for target in targets if target.id not in answered]


def _same_measure(result: Measured, target: Target, reading: Reading) -> float:
    if not _comparable(result, target, reading):
        return 0.0
    score = measure_likeness(result, target, reading)
    return score if score >= ALIKE else 0.0


def _comparable(result: Measured, target: Target, reading: Reading) -> bool:
    number = result.number
    if target.unit == "%" or number.unit == "%":
        return target.unit == number.unit and (target.kind == "growth") == (result.kind == "growth")
    return same_unit(target.unit, number.unit, reading)


def _members(results: Sequence[Measured], ties: Sequence[Tie], target: Target, reading: Reading) -> list[int]:
    """The results that answer some members of the list that a target promises together (孵化器、众创空间20家)."""
    members = list_members(target.measure)
    if len(members) < 2 or target.unit == "%":
        return []
    return [
        index
        for index, result in enumerate(results)
        if not ties[index].target
        and same_unit(target.unit, result.number.unit, reading)
        and 0 < len(named_members(members, result.measure)) < len(members)
        and has_level(target.measure, result.measure, reading)
    ]


def _same_subject(result: Measured, target: Target, reading: Reading) -> float:
    """How surely a figure that is not of the same measure speaks of what was promised; 0 where it must not be said."""
    score = subject_likeness(result, target, reading) if _may_speak_of(result, target, reading) else 0.0
    return score if score >= ABOUT else 0.0


def _may_speak_of(result: Measured, target: Target, reading: Reading) -> bool:
    """Whether the units let a figure be shown beside a target: 事故34起 beside 事故下降25%, 吨 beside 斤."""
    number = result.number
    kinds = reading.lookups.units.kinds
    if target.unit == "%" and number.unit != "%":
        return target.kind == "growth" and kinds.get(number.unit) in _COUNTED
    if target.unit == "%":
        return (target.kind == "growth") == (result.kind == "growth")
    alike = target.unit in kinds and kinds.get(number.unit) == kinds[target.unit] and kinds[target.unit] in _CONVERTIBLE
    return alike or same_unit(target.unit, number.unit, reading)


def _only_verbs(
    results: Sequence[Measured], ties: Sequence[Tie], targets: Sequence[Target], reading: Reading
) -> list[tuple[int, str]]:
    """The figure that names nothing but what was done (已竣工投用15所), where that is what was promised (竣工学校18所).

    Both are alone with their unit: of two promises or two figures nobody can say which is meant.
    """
    told = reading.lookups.once(_verb_pattern)
    kinds = reading.lookups.units.kinds
    found: list[tuple[int, str]] = []
    for target in _unanswered(ties, targets):
        rivals = [one for one in targets if same_unit(one.unit, target.unit, reading)]
        alike = [
            (index, match["verb"])
            for index, one in enumerate(results)
            if same_unit(target.unit, one.number.unit, reading) and (match := told.fullmatch(one.measure))
        ]
        same = [index for index, verb in alike if verb in target.measure and not ties[index].target]
        if len(rivals) == 1 and len(same) == 1 and kinds.get(target.unit) in _COUNTED - {"money"}:
            found.append((same[0], target.id))
    return found


def _verb_pattern(lookups: Lookups) -> re.Pattern[str]:
    verb = alternation(lookups.words("action_verbs") + lookups.words("bare_verbs"))
    return re.compile(rf"(?:已|累计|共)*(?P<verb>{verb})(?:投用|投入使用|投产|使用|运营)?")


#: So many characters of a promise, found in the sentence of a figure, tell of what the figure is.
_BEGINNING = 4


def _only_ends(
    results: Sequence[Measured], said: Sequence[str], ties: Sequence[Tie], targets: Sequence[Target], reading: Reading
) -> list[tuple[int, str]]:
    """The figure that names the end of a promise whose beginning its sentence names before it.

    上门服务已开展356次,实现街道100%全覆盖 answers 上门服务各街道100%全覆盖. One figure only, of one promise only.
    """
    pairs: list[tuple[int, str]] = []
    for target in _unanswered(ties, targets):
        for index, one in enumerate(results):
            if ties[index].target or len(one.measure) < 2 or not target.measure.endswith(one.measure):
                continue
            sentence = re.split(r"[。;；]", said[index])[-1]
            beginning = re.sub(r"[各全]$", "", target.measure.removesuffix(one.measure))
            if len(beginning) < _BEGINNING or beginning not in sentence:
                continue
            if _same_measure(replace(one, measure=target.measure, before=sentence), target, reading):
                pairs.append((index, target.id))
    figures, promises = Counter(index for index, _ in pairs), Counter(target for _, target in pairs)
    return [(index, target) for index, target in pairs if figures[index] == promises[target] == 1]


def _only_heads(results: Sequence[Measured], targets: Sequence[Target], reading: Reading) -> list[_Pair]:
    """The figure that names nothing but the head of a target, where both are alone with their unit."""
    pairs: list[_Pair] = []
    kinds = reading.lookups.units.kinds
    for target in targets:
        rivals = [other for other in targets if same_unit(other.unit, target.unit, reading)]
        heads = [
            index
            for index, result in enumerate(results)
            if same_unit(target.unit, result.number.unit, reading) and is_bare_head(result, target, reading)
        ]
        if len(rivals) == 1 and len(heads) == 1 and kinds.get(target.unit) in {"money", *_CONVERTIBLE}:
            pairs.append((-ABOUT, heads[0], target.id))
    return pairs


#: What a promised fall or rise is told by when no percentage is given: 事故下降25% … 事故34起.
_COUNTED = {"count", "people", "times", "money"}
#: Kinds whose units can be converted into one another.
_CONVERTIBLE = {"mass", "area", "length", "volume"}


def tie_by_rate(
    published: Decimal, digits: int, value: Decimal, unit: str, open_targets: Sequence[Target], reading: Reading
) -> str:
    """The only target still unanswered of which ``value`` is the published share, to the printed digits; or empty.

    The arithmetic is the evidence here, where the wordings differ. A round 100 % proves nothing.
    """
    if published == 100:
        return ""
    step = Decimal(1).scaleb(-digits)
    fits = [
        target.id
        for target in open_targets
        if target.value
        and target.kind == "level"
        and same_unit(target.unit, unit, reading)
        and abs(value / target.value * 100 - published) <= step / 2
    ]
    return fits[0] if len(fits) == 1 else ""


def best_target(words: str, targets: Sequence[Target]) -> str:
    """The local id of the target whose measure a passage is about; empty when none is alike enough."""
    scored = sorted(
        (-containment(target.measure, words), target.id) for target in targets if len(target.measure) >= _TELLING
    )
    alone = len(scored) == 1 or (len(scored) > 1 and scored[0][0] < scored[1][0])
    return scored[0][1] if alone and -scored[0][0] >= 0.5 else ""
