"""Measures that say too little alone get what the sentence says before them: topic, subject, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, zip_longest

from msgspec.structs import replace

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.ingest.wording import NOUN_LENGTH, bare_words, tidy
from generator.lookups import Lookups
from generator.patterns import alternation

#: A measure of this length at the most may be a bare verb (完工, 实际完成, 累计投资) or a bare time (前三季度).
_BARE = 6
_TIME_WORDS = re.compile(r"(?:前[一二三]季度|[一二三四]季度|上半年|下半年|全年|今年|年度|目前|截至目前|当前)+")


#: What a figure without words of its own does not take over from the figure before it.
_GROWTH = re.compile(r"(?:同比)?(?:增长|下降|提高|增速)$")


def _bare_pattern(lookups: Lookups) -> re.Pattern[str]:
    verbs = "|".join(lookups.words("action_verbs") + lookups.words("bare_verbs"))
    return re.compile(rf"(?:累计|实际|已|共|{_TIME_WORDS.pattern})*(?:{verbs})?(?:了|达到|达)?")


def with_topics(text: str, measured: list[Measured], reading: Reading) -> list[Measured]:
    """Measures that are a bare verb or a time get the clause before as their topic: 推进山塘整治,完工65座."""
    bare = reading.lookups.once(_bare_pattern)
    done: list[Measured] = []
    for one in measured:
        if not one.measure or (not one.before.strip() and one.measure.startswith(("均", "分别"))):
            topic = _clause_before(text, one, reading) if one.before.strip() else ""
            before = _GROWTH.sub("", done[-1].measure) if done else ""
            done.append(replace(one, measure=topic or before or tidy(one.before + one.after)))
        elif len(one.measure) <= _BARE and bare.fullmatch(one.measure):
            verb = _TIME_WORDS.sub("", one.measure)
            topic = _clause_before(text, one, reading) or _figure_before(text, one, done, verb, reading)
            done.append(replace(one, measure=topic + verb) if topic else one)
        else:
            done.append(one)
    return done


#: What is promised or done to a thing, at the end of a measure, and no part of its name.
_DONE_TO = re.compile(r"(?<=..)(?:任务|指标|目标|计划|开工|完工|竣工|建成|申报|上报|实际|累计|已|均|全部|全面)+$")


def _figure_before(text: str, one: Measured, done: list[Measured], verb: str, reading: Reading) -> str:
    """The thing that the figure of the clause before counts in the same unit: 除险加固开工60座,完工28座.

    Money that is put into it (累计投资) is of it whatever its unit.
    """
    last = done[-1] if done else None
    if last is None or last.clause[1] > one.clause[0] or _SENTENCE_END.search(text[last.clause[1] : one.clause[0]]):
        return ""
    if last.number.kind in {"share", "points"} or verb in last.measure:
        return ""
    if last.number.unit != one.number.unit and not verb.endswith(("投资", "投入")):
        return ""
    leading = reading.lookups.beginning("action_verbs", last.measure)
    topic = _DONE_TO.sub("", last.measure[len(leading) :])
    return topic if 2 <= len(topic) <= NOUN_LENGTH else ""


_SENTENCE_END = re.compile(r"[。;；\n]")


def _clause_before(text: str, one: Measured, reading: Reading) -> str:
    """The words of the clause before that of a figure, in the same sentence and without a figure; else empty."""
    head = text[: one.clause[0]].rstrip(" ,，")
    start = max(head.rfind(mark) for mark in "。;；\n，,")
    clause = head[start + 1 :]
    joined = text[len(head) : one.clause[0]].strip() in {",", "，"}
    if not joined or any(character.isdigit() for character in clause):
        return ""
    words = bare_words(clause, reading)
    verb = reading.lookups.beginning("action_verbs", words)
    topic = tidy(words[len(verb) :] or words)
    return topic if 2 <= len(topic) <= NOUN_LENGTH else ""


def with_levels(measured: list[Measured], reading: Reading) -> list[Measured]:
    """Measures that name only a level get the noun of the figure after them: 培育3个省级、10个市级实践品牌."""
    levels = reading.lookups.words("levels")
    done = list(measured)
    for index in range(len(done) - 2, -1, -1):
        one, following = done[index], done[index + 1]
        if not one.measure.endswith(levels):
            continue
        level = next((level for level in levels if one.measure.endswith(level)), "")
        other = next((level for level in levels if level in following.measure), "")
        if level and other and one.clause == following.clause and one.number.unit == following.number.unit:
            noun = following.measure.partition(other)[2]
            done[index] = replace(one, measure=one.measure + noun)
    return done


def with_lists(measured: list[Measured], reading: Reading) -> list[Measured]:
    """Figures of an enumeration that a list closes are of the list, each of them: 确定10家企业、20名人才的名单."""
    closing = reading.lookups.once(_closing_pattern)
    done = list(measured)
    for index in range(len(done) - 2, -1, -1):
        one, following = done[index], done[index + 1]
        list_word = closing.search(following.measure)
        if one.clause != following.clause or list_word is None or not _LINKS.search(following.before):
            continue
        opening = next(other for other in done if other.clause == one.clause)
        if bare_words(opening.before, reading).startswith(reading.lookups.words("fixes_lists")) and not closing.search(
            one.measure
        ):
            done[index] = replace(one, measure=one.measure + list_word[0])
    return done


def _closing_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"的(?:{alternation(lookups.words('lists'))})$")


#: What links a number to the one before it in an enumeration.
_LINKS = re.compile(r"[、和及与]\s*$")


_PART = re.compile(r"[\s,，、]*(?:[(（]\s*(?:其中)?|其中)[:：]?\s*(?P<part>[^\d,，。;；]{1,12})$")
#: 其中10亿元以上项目42个: told by a threshold, such a part is no member that adds up to the whole.
_SIZED_PART = re.compile(r"[\s,，、]*其中[:：]?\s*(?P<part>\d[^,，。;；]{2,16})$")
#: 其中8个已获批复, 其余4个正在建设: what is said of the part stands after it.
_SAID_PART = re.compile(r"[\s,，、]*(?:其中|其余)$")
_SAID_LENGTH = 16


def _part(one: Measured) -> str:
    """The words that tell the part which a figure is of; empty where it is of no part."""
    if match := _PART.match(one.before) or _SIZED_PART.match(one.before):
        return match["part"].strip()
    if not _SAID_PART.fullmatch(one.before):
        return ""
    said = re.split(r"[,，。;；\n、(（]", one.after)[0].strip()
    return said if 2 <= len(said) <= _SAID_LENGTH else ""


def with_parts(measured: list[Measured]) -> list[Measured]:
    """Figures in brackets or after 其中 are of a part of the one before them: 托位1000个(其中普惠托位600个)."""
    done: list[Measured] = []
    wholes: dict[int, str] = {}
    for one in measured:
        part = _part(one)
        sized = _SIZED_PART.match(one.before)
        whole = done[-1] if done else None
        if part and whole and one.number.unit == whole.number.unit and not one.shared:
            whole = replace(whole, measure=wholes.get(whole.number.start, whole.measure))
            wholes[one.number.start] = whole.measure
            done.append(replace(one, part="" if sized else part, measure=f"{whole.measure}({part})", kind=whole.kind))
        else:
            done.append(one)
    return done


#: A measure that begins so says how much more or less of something named before: 同比增长, 比年初下降, 占.
_RELATIVE = re.compile(
    r"(?:其中)?(?:同比|环比|比[^重例]|较(?![大小多少高低])|高于|快于|增长|下降|上升|提升|提高|增速|增幅|降幅|占比|占|余额同比)"
)


def with_subjects(text: str, measured: list[Measured], reading: Reading) -> list[Measured]:
    """Measures that name no subject get that of the figures before them in the sentence.

    One each where there are as many: 总产值231.9亿元,增加值161.74亿元,同比增长4.2%、3.4%.
    """
    done: list[Measured] = []
    index = 0
    while index < len(measured):
        run = _relative_run(measured, index)
        if not run:
            done.append(measured[index])
            index += 1
            continue
        start = max(text.rfind(mark, 0, measured[index].number.start) + 1 for mark in "。;；\n")
        subjects = [*islice(_subjects_since(start, done), run)][::-1]
        if not subjects and (topic := _clause_before(text, measured[index], reading)):
            subjects = [topic]
        names = subjects[-run:] if run > 1 and len(subjects) >= run else subjects[-1:] * run
        for one, name in zip_longest(measured[index : index + run], names[:run]):
            done.append(replace(one, measure=name + one.measure) if name else one)
        index += run
    return done


def _subjects_since(start: int, done: list[Measured]) -> Iterator[str]:
    """The measures that name a subject of their own, from the last back to where a sentence begins."""
    for one in reversed(done):
        if one.number.start < start:
            return
        if not _RELATIVE.match(one.measure):
            yield one.measure


def _relative_run(measured: list[Measured], index: int) -> int:
    """How many figures from ``index`` share one relative measure; 0 where the first has a subject of its own."""
    if not _RELATIVE.match(measured[index].measure):
        return 0
    count = 1
    while index + count < len(measured) and re.fullmatch(r"[\s、和与及,，]*", measured[index + count].before or "x"):
        count += 1
    return count
