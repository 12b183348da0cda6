"""How alike the wordings of a reported number and of a target are, and what tells look-alikes apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.model import Target
from generator.patterns import alternation
from generator.text import containment, similarity


def measure_likeness(result: Measured, target: Target, reading: Reading) -> float:
    """How alike the measures of a result and a target are, 0 to 1; 0 for look-alikes that mean something else."""
    words = _one_word(result.measure, reading)
    context = words + _one_word(result.before, reading)
    promise = _one_word(target.measure, reading)
    subject, promised = subject_of(words, reading), subject_of(promise, reading)
    if (
        is_contrast(promise, context, reading, "contrasts")
        or is_contrast(promise, context, reading, "steps")
        or other_level(promise, context, reading)
        or _other_threshold(promise, words)
        or _is_narrower(promised, subject)
        or any(stage in context and stage not in promise for stage in reading.lookups.words("stages"))
    ):
        return 0.0
    if subject == promised:
        return 1.0
    members = list_members(promise)
    if _differs(words, promise, reading) or 0 < len(named_members(members, words)) < len(members):
        return 0.0
    score = 0.4 * similarity(words, promise) + 0.3 * containment(promise, context)
    inside = containment(words, promise) if len(words) >= 3 else 0.0
    score -= 0.15 if _other_head(promise, context) else 0.0
    return score + 0.3 * inside + (0.02 if result.number.unit == target.unit else 0.0)


def is_contrast(promise: str, reported: str, reading: Reading, name: str) -> bool:
    """Whether one word of a pair is promised (认定) and the other reported (推荐), by the pairs of that name."""
    pairs = reading.of_text(_word_pairs, name)
    return any(one in promise and other in reported and one not in reported for one, other in pairs)


def _word_pairs(name: str, reading: Reading) -> tuple[tuple[str, str], ...]:
    """The pairs of a list of one/other, by its name."""
    split = (pair.partition("/") for pair in reading.lookups.words(name))
    return tuple((one, other) for one, _, other in split)


def _one_word(words: str, reading: Reading) -> str:
    return reading.of_text(_with_one_word, words)


def _with_one_word(words: str, reading: Reading) -> str:
    for kept, other in reading.of_text(_word_pairs, "synonyms"):
        words = words.replace(other, kept)
    return words


def has_level(promised: str, reported: str, reading: Reading) -> bool:
    """Whether what is reported is of a level that was promised (省级), where one was."""
    asked = _levels(promised, reading)
    return not asked or bool(asked & _levels(reported, reading))


def other_level(promised: str, reported: str, reading: Reading) -> bool:
    """省级 is promised, and 市级 alone reported."""
    asked, given = _levels(promised, reading), _levels(reported, reading)
    return bool(asked and given and not asked & given)


def _levels(words: str, reading: Reading) -> frozenset[str]:
    return reading.of_text(_levels_in, words)


def _levels_in(words: str, reading: Reading) -> frozenset[str]:
    return frozenset(level for level in reading.lookups.words("levels") if level in words)


def level_elsewhere(result: Measured, target: Target, targets: Sequence[Target], reading: Reading) -> bool:
    """Whether a figure is of a level (区县级) that no target names, beside targets that name one (市级以上)."""
    asked = {level for other in targets for level in _levels(other.measure, reading)}
    given = _levels(result.measure, reading)
    return bool(asked and given) and not _levels(target.measure, reading) and not asked & given


def _is_narrower(promise: str, words: str) -> bool:
    """Whether a figure is of one branch of what was promised: 核心产业制造业增加值 of 核心产业增加值."""
    start = _shared_length(promise, words)
    end = _shared_length(promise[start:][::-1], words[start:][::-1])
    inserted = words[start : len(words) - end]
    return start + end == len(promise) and start > 0 and len(inserted) >= 2 and inserted.endswith(("业", "类"))


#: What is done to the things that are counted, said after them.
_ACTION = re.compile(r"(?:建设|创建|改造|整治|提升|工作|任务|培训|实际|完成|完工|竣工|开工)+$")


def _other_head(promised: str, reported: str) -> bool:
    """Whether what is counted, the end of a wording, stands nowhere in the other: …省级样板, …建设项目."""
    one, other = (_ACTION.sub("", _SIGNS_AND_DIGITS.sub("", words)) for words in (promised, reported))
    return one[-2:] not in other and other[-2:] not in one


_SIGNS_AND_DIGITS = re.compile(r"[\W_\d]+")
_THRESHOLD = re.compile(r"[\d.]+\s*[百千万亿]*[\u4e00-\u9fff]{0,2}以[上下]|[百千]?[万亿]元以上|超[\d.]+%")


def _other_threshold(promised: str, reported: str) -> bool:
    """Projects of 50亿元以上 are promised, those of 3亿元以上 reported; or only one of the wordings limits."""
    asked, given = _thresholds(promised), _thresholds(reported)
    return bool(asked or given) and asked != given


def _thresholds(words: str) -> set[str]:
    """The thresholds of a wording, 百亿 written as 100亿."""
    return {re.sub(r"百(?=[万亿])", "100", re.sub(r"千(?=[万亿])", "1000", one)) for one in _THRESHOLD.findall(words)}


_EACH = re.compile(r"[每各](?:个)?(?:区[、,]?县|县)[(（、]?[区市县、]*[)）]?")


def list_members(promise: str) -> list[str]:
    """The members of a list that is promised together (孵化器、众创空间); the wording itself where it is none.

    Names before 等 (下涯镇、寿昌镇等敬老院) are examples and no members.
    """
    members = [member for member in _EACH.sub("", promise).split("、") if len(member) >= 3]
    return members if len(members) > 1 and "等" not in members[-1] else [promise]


def named_members(members: list[str], words: str) -> list[str]:
    """The members of a list whose heads a wording names."""
    return [member for member in members if len(members) > 1 and containment(member[-4:], words) >= 0.6]


def subject_likeness(result: Measured, target: Target, reading: Reading) -> float:
    """How surely a figure speaks of the subject of a target, 0 to 1, whatever it says of it; 0 for look-alikes."""
    words, promise = _one_word(result.measure, reading), _one_word(target.measure, reading)
    if is_contrast(promise, words + result.before, reading, "contrasts") or other_level(promise, words, reading):
        return 0.0
    words, promise = subject_of(words, reading), subject_of(promise, reading)
    if not words or not promise:
        return 0.0
    if _thresholds(promise) and _thresholds(words) and _thresholds(promise) != _thresholds(words):
        return 0.0
    score = containment(promise, words)
    if len(words) >= 3 and len(promise) <= 4 * len(words):
        score = max(score, 0.9 * containment(words, promise))
    return score + (0.05 if score and words[-2:] == promise[-2:] else 0.0)


def is_bare_head(result: Measured, target: Target, reading: Reading) -> bool:
    """Whether a figure names nothing but the head of what was promised: 累计完成投资 where 水利投资 was."""
    words, promise = subject_of(result.measure, reading), subject_of(target.measure, reading)
    return 2 <= len(words) <= 3 and promise.endswith(words)


def _leading_words(lookups: Lookups) -> tuple[str, ...]:
    """What may stand before a subject, longest first."""
    kinds = ("action_verbs", "bare_verbs", "fillers_before", "scopes")
    return tuple(sorted((word for kind in kinds for word in lookups.words(kind)), key=len, reverse=True))


def _growth_pattern(lookups: Lookups) -> re.Pattern[str]:
    growth = "|".join(map(re.escape, lookups.words("growth")))
    return re.compile(rf"(?:比[^比]{{2,12}})?(?:平均)?(?:{growth})+(?:率|幅)?$")


def subject_of(words: str, reading: Reading) -> str:
    """The subject of a measure: without verbs, time, scope and what is said of its growth."""
    return reading.of_text(_find_subject, words)


def _find_subject(words: str, reading: Reading) -> str:
    leading = reading.lookups.once(_leading_words)
    words = _SIGNS.sub("", words)
    for name in (reading.place.zh, *reading.place.short):
        words = words.removeprefix(name) if len(words) > len(name) + 1 else words
    words = reading.lookups.once(_growth_pattern).sub("", _MEAN.sub("", words))
    changed = True
    while changed:
        start = next((word for word in leading if words.startswith(word) and len(words) - len(word) >= 2), "")
        changed = bool(start)
        words = words[len(start) :]
    return _COUNT.sub("", _ACTION.sub("", words))


_SIGNS = re.compile(r"[\W_]+")
#: How a mean or a sum was taken is no part of the subject.
_MEAN = re.compile(r"(?:累计|年均|年度)?平均(?!每)|总额|总量")
#: A measure that says of what it is a number: 死亡人数, 火灾起数.
_COUNT = re.compile(r"(?<=..)[人起件户家个]数$")


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
    return reading.lookups.once(_introducing).sub("", words)


def _introducing(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"[\W_]+|^(?:{alternation(lookups.words('fillers_before'))})+")
