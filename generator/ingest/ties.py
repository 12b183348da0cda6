"""Which target a reported number answers: by unit and by the wording of the measure, never by order alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.model import Target
from generator.text import containment, similarity

#: A shorter measure (年度投资) says too little to be found in a passage.
_TELLING = 5
#: Wordings less alike than this are not taken for one measure.
ALIKE = 0.42


def same_unit(one: str, other: str, reading: Reading) -> bool:
    """Whether two units count the same things; a lost unit goes with any that counts."""
    if one == other:
        return True
    kinds = reading.lookups.units.kinds
    counts = {"count", "people", "times", ""}
    if not one or not other:
        return kinds.get(one, "") in counts and kinds.get(other, "") in counts
    return any(one in group and other in group for group in _groups(reading))


def _groups(reading: Reading) -> list[list[str]]:
    return [group.split("=") for group in reading.lookups.words("same_units")]


def tie_results(results: Sequence[Measured], targets: Sequence[Target], reading: Reading) -> list[str]:
    """For each result the local id of the target that it answers, empty where none can be told.

    The pairs are taken in the order of how alike they are; a target is answered once, but by figures of the same
    measure, and a result answers one target.
    """
    pairs = sorted(
        (
            (-_likeness(result, target, reading), index, target.id)
            for index, result in enumerate(results)
            for target in targets
            if _comparable(result, target, reading)
        ),
    )
    ties = [""] * len(results)
    answered: set[str] = set()
    for negative, index, target_id in pairs:
        if -negative < ALIKE or ties[index] or target_id in answered:
            continue
        ties[index] = target_id
        answered.add(target_id)
    return ties


def tie_by_rate(
    published: Decimal, digits: int, value: Decimal, unit: str, open_targets: Sequence[Target], reading: Reading
) -> str:
    """The only target still unanswered of which ``value`` is the published share, to the printed digits; or empty.

    The arithmetic is the evidence here, where the wordings differ. A round 100 % proves nothing.
    """
    step = Decimal(1).scaleb(-digits)
    fits = [
        target.id
        for target in open_targets
        if target.value
        and target.kind == "level"
        and same_unit(target.unit, unit, reading)
        and abs(value / target.value * 100 - published) <= step / 2
    ]
    return fits[0] if len(fits) == 1 and published != 100 else ""


def best_target(words: str, targets: Sequence[Target]) -> str:
    """The local id of the target whose measure a passage is about; empty when none is alike enough."""
    scored = sorted(
        (-containment(target.measure, words), target.id) for target in targets if len(target.measure) >= _TELLING
    )
    alone = len(scored) == 1 or (len(scored) > 1 and scored[0][0] < scored[1][0])
    return scored[0][1] if alone and -scored[0][0] >= 0.5 else ""


def _comparable(result: Measured, target: Target, reading: Reading) -> bool:
    number = result.number
    if target.unit == "%" or number.unit == "%":
        return target.unit == number.unit and (target.kind == "growth") == (result.kind == "growth")
    return same_unit(target.unit, number.unit, reading)


def _likeness(result: Measured, target: Target, reading: Reading) -> float:
    """How alike the wordings of a result and a target are, 0 to 1; 0 for look-alikes that mean something else."""
    words = _one_word(result.measure, reading)
    context = words + _one_word(result.before, reading)
    promise = _one_word(target.measure, reading)
    for pair in reading.lookups.words("contrasts"):
        promised, reported = pair.split("/")
        if promised in promise and reported in context and promised not in context:
            return 0.0
    refusals = (
        _other_level(promise, context, reading),
        _differs(words, promise, reading),
        _other_threshold(promise, words),
        _part_of_list(words, promise),
        any(stage in context and stage not in promise for stage in reading.lookups.words("stages")),
    )
    if any(refusals):
        return 0.0
    score = 0.4 * similarity(words, promise) + 0.3 * containment(promise, context)
    inside = containment(words, promise) if len(words) >= 3 else 0.0
    score -= 0.15 if _other_head(promise, context) else 0.0
    return score + 0.3 * inside + (0.02 if result.number.unit == target.unit else 0.0)


def _one_word(words: str, reading: Reading) -> str:
    for pair in reading.lookups.words("synonyms"):
        kept, other = pair.split("/")
        words = words.replace(other, kept)
    return words


def _other_level(promised: str, reported: str, reading: Reading) -> bool:
    """省级 is promised, and 市级 alone reported."""
    levels = reading.lookups.words("levels")
    asked = {level for level in levels if level in promised}
    given = {level for level in levels if level in reported}
    return bool(asked and given and not asked & given)


#: What is done to the things that are counted, said after them.
_ACTION = re.compile(r"(?:建设|创建|改造|整治|提升|工作|任务|培训|实际|完成|完工|竣工|开工)+$")


def _other_head(promised: str, reported: str) -> bool:
    """Whether what is counted, the end of a wording, stands nowhere in the other: …省级样板, …建设项目."""
    one, other = (_ACTION.sub("", re.sub(r"[\W_\d]+", "", words)) for words in (promised, reported))
    return one[-2:] not in other and other[-2:] not in one


_THRESHOLD = re.compile(r"[\d.]+\s*[百千万亿]*[\u4e00-\u9fff]{0,2}以[上下]|[百千]?[万亿]元以上|超[\d.]+%")


def _other_threshold(promised: str, reported: str) -> bool:
    """Projects of 50亿元以上 are promised, those of 3亿元以上 reported; or only one of the wordings limits."""
    asked, given = _thresholds(promised), _thresholds(reported)
    return bool(asked or given) and asked != given


def _thresholds(words: str) -> set[str]:
    """The thresholds of a wording, 百亿 written as 100亿."""
    return {re.sub(r"百(?=[万亿])", "100", re.sub(r"千(?=[万亿])", "1000", one)) for one in _THRESHOLD.findall(words)}


def _part_of_list(words: str, promise: str) -> bool:
    """Whether a result is of some members of a list that was promised together: 孵化器4家 of 孵化器、众创空间20家."""
    members = [member for member in re.split(r"[、]", promise) if len(member) >= 3]
    named = [containment(member[-4:], words) >= 0.6 for member in members]
    return len(members) >= 2 and any(named) and not all(named)


def _differs(words: str, measure: str, reading: Reading) -> bool:
    """Whether two wordings with the same end (民间投资增长, 固定资产投资增长) are told apart by their beginnings."""
    one, other = _bare(words, reading), _bare(measure, reading)
    end = _shared_length(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    start = _shared_length(one, other)
    one, other = one[start:], other[start:]
    return len(one) >= 2 and len(other) >= 2 and not set(one) & set(other)


def _shared_length(one: str, other: str) -> int:
    """How many characters two wordings have in common from the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _bare(words: str, reading: Reading) -> str:
    return _filler_pattern(reading.lookups.words("fillers_before")).sub("", words)


@cache
def _filler_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    fillers = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"[\W_]+|^(?:{fillers})+")
