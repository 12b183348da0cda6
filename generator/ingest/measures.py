"""What a number measures: the clause around it, in the words of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from generator.ingest.rows import Reading
from generator.model import TargetKind
from generator.quantities import Number
from generator.quantities.dates import DATE_SPAN
from generator.text import Traced

#: A clause ends here; 、 and 和 separate quantities only between two of them.
_BREAK = re.compile(r"[，,。;；:：\n!！]")


@dataclass(frozen=True)
class Measured:
    """A quantity with the words that say of what, and whether it only describes another figure of its clause.

    ``part`` names the part of the figure before it that a number in brackets or after 其中 is of. ``before``
    and ``after`` are the words around it up to the next quantity or the clause's end; ``clause`` is the local
    span of the clause.
    """

    number: Number
    measure: str
    kind: TargetKind
    before: str
    after: str
    clause: tuple[int, int]
    describes: bool = False
    shared: tuple[str, ...] = ()
    part: str = ""


def measure_numbers(text: Traced, numbers: Sequence[Number], reading: Reading) -> list[Measured]:
    """The quantities of a text with their measures, in order."""
    measured: list[Measured] = []
    for start, end in clauses(text.text, numbers):
        inside = [number for number in numbers if start <= number.start < end and not number.reason]
        measured += _measure_clause(text.text, (start, end), inside, reading)
    return _with_parts(_with_subjects(text.text, _with_topics(text.text, measured, reading)))


#: A measure of this length at the most may be a bare verb (完工, 实际完成, 累计投资) or a bare time (前三季度).
_BARE = 6
_TIME_WORDS = re.compile(r"(?:前[一二三]季度|[一二三四]季度|上半年|下半年|全年|今年|年度|目前|截至目前|当前)+")


def _with_topics(text: str, measured: list[Measured], reading: Reading) -> list[Measured]:
    """Measures that are a bare verb or a time get the clause before as their topic: 推进山塘整治,完工65座."""
    verbs = reading.lookups.words("action_verbs") + reading.lookups.words("bare_verbs")
    bare = re.compile(rf"(?:累计|实际|已|共|{_TIME_WORDS.pattern})*(?:{'|'.join(verbs)})?(?:了|达到|达)?")
    done = []
    for one in measured:
        if len(one.measure) <= _BARE and bare.fullmatch(one.measure):
            topic = _clause_before(text, one, measured, reading)
            verb = _TIME_WORDS.sub("", one.measure)
            done.append(replace(one, measure=topic + verb) if topic else one)
        else:
            done.append(one)
    return done


def _clause_before(text: str, one: Measured, measured: list[Measured], reading: Reading) -> str:
    """The words of the clause before that of a figure, in the same sentence and without a figure; else empty."""
    head = text[: one.clause[0]].rstrip(" ,，")
    start = max(head.rfind(mark) for mark in "。;；\n，,")
    clause = head[start + 1 :]
    joined = text[len(head) : one.clause[0]].strip() in {",", "，"}
    if not joined or any(character.isdigit() for character in clause):
        return ""
    words = _core(clause, reading)
    verb = next(
        (v for v in sorted(reading.lookups.words("action_verbs"), key=len, reverse=True) if words.startswith(v)), ""
    )
    topic = _tidy(words[len(verb) :] or words)
    return topic if 2 <= len(topic) <= _NOUN_LENGTH else ""


_PART = re.compile(r"[\s,，、]*(?:[(（]\s*(?:其中)?|其中)[:：]?\s*(?P<part>[^\d,，。;；]{1,12})$")


def _with_parts(measured: list[Measured]) -> list[Measured]:
    """Figures in brackets or after 其中 are of a part of the one before them: 托位1000个(其中普惠托位600个)."""
    done: list[Measured] = []
    for one in measured:
        match = _PART.match(one.before)
        whole = done[-1] if done else None
        if match and whole and one.number.unit == whole.number.unit and not one.shared:
            part = match["part"].strip()
            done.append(replace(one, part=part, measure=f"{whole.measure}({part})", kind=whole.kind))
        else:
            done.append(one)
    return done


#: A measure that begins so says how much more or less of something named before: 同比增长, 比年初下降, 占.
_RELATIVE = re.compile(
    r"(?:其中)?(?:同比|环比|比[^重例]|较|高于|快于|增长|下降|上升|提升|提高|增速|增幅|降幅|占比|占|余额同比)"
)


def _with_subjects(text: str, measured: list[Measured]) -> list[Measured]:
    """Measures that name no subject get that of the figures before them in the sentence.

    One each where there are as many: 总产值231.9亿元,增加值161.74亿元,同比增长4.2%、3.4%.
    """
    done: list[Measured] = []
    index = 0
    while index < len(measured):
        run = _relative_run(measured, index)
        start = max((m.end() for m in re.finditer(r"[。;；\n]", text[: measured[index].number.start])), default=0)
        subjects = [one.measure for one in done if one.number.start >= start and not _RELATIVE.match(one.measure)]
        names = subjects[-run:] if run > 1 and len(subjects) >= run else subjects[-1:] * run
        for one, name in zip_longest(measured[index : index + max(run, 1)], names[:run]):
            done.append(replace(one, measure=name + one.measure) if name else one)
        index += max(run, 1)
    return done


def _relative_run(measured: list[Measured], index: int) -> int:
    """How many figures from ``index`` share one relative measure; 0 where the first has a subject of its own."""
    if not _RELATIVE.match(measured[index].measure):
        return 0
    count = 1
    while index + count < len(measured) and re.fullmatch(r"[\s、和与及,，]*", measured[index + count].before or "x"):
        count += 1
    return count


def clauses(text: str, numbers: Sequence[Number]) -> list[tuple[int, int]]:
    """Spans of the clauses of a text. A comma inside a number or a title breaks nothing; a list number does."""
    taken = [number.span for number in numbers]
    breaks = [number.span for number in numbers if number.reason == "list-number"]
    breaks += [
        match.span() for match in _BREAK.finditer(text) if not any(start <= match.start() < end for start, end in taken)
    ]
    spans, last = [], 0
    for start, end in sorted(breaks):
        spans.append((last, start))
        last = max(last, end)
    spans.append((last, len(text)))
    return [span for span in spans if span[1] > span[0]]


def _measure_clause(text: str, clause: tuple[int, int], numbers: list[Number], reading: Reading) -> list[Measured]:
    found: list[Measured] = []
    own = _respectively(text, clause, numbers)
    words = _NO_WORDS
    for index, number in enumerate(numbers):
        left = numbers[index - 1].span[1] if index else clause[0]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        before = text[left + words.taken : number.span[0]]
        after = text[number.span[1] : following.span[0] if following else clause[1]]
        words = _word(before, after, words, reading, following is None)
        measure = own.get(index, words.measure) or _tidy(before + after)
        found.append(
            Measured(
                number,
                measure,
                _kind(number, measure, before, reading),
                before,
                after,
                clause,
                describes=_describes(text, number, following, before, reading),
                shared=_shared(before, number, reading),
            )
        )
    return found


@dataclass(frozen=True)
class _Wording:
    """A measure, the verb that leads it, the noun after the number and how many characters of it were taken."""

    measure: str
    verb: str
    noun: str
    taken: int


_NO_WORDS = _Wording("", "", "", 0)
#: The noun after a number ends at punctuation, or at an 和 that another number follows.
_END_OF_NOUN = re.compile(r"[，,。;；:：\n(（]|、(?!县)|(?:和|及|与|并)$")
#: … and where something begins to be said of it.
_SAID = re.compile(
    r"(?<=..)(?:已|实现|达到|(?<!标)达(?!标)|完成|(?<!平)均|(?<!全)覆盖|被|分别|进行|通过|启动|进入|列入|全部|成为|占|为主"
    r"|开展|得到|率先|参加|来[我自])"
)
#: A bracket without a figure belongs to the noun that it stands in: 村(社区), 乡镇(街道).
_ASIDE = re.compile(r"[(（][^()（）\d]*[)）]")
_NOUN_LENGTH = 30
_NOUN_BEGINS = re.compile(r"[ \t]*(?:的)?[“\u3400-\u9fffA-Za-z]")


def _word(before: str, after: str, previous: _Wording, reading: Reading, last: bool) -> _Wording:
    """The measure of a number: the words before it, and the noun right after it where one stands there.

    老年助餐点20个 has its noun before the number, 建成20个老年助餐点 after it.
    """
    verbs = sorted(reading.lookups.words("action_verbs"), key=len, reverse=True)
    core = _core(before, reading)
    verb = next((word for word in verbs if core.startswith(word)), "")
    noun, taken = _noun_after(after, reading, last)
    if noun:
        return _Wording(_tidy((core or previous.verb) + noun), verb or previous.verb, noun, taken)
    if len(core[len(verb) :].strip(' “”"')) >= 2 or not previous.noun:
        return _Wording(_tidy(core) or previous.measure, verb or previous.verb, "", 0)
    return _Wording(_tidy(previous.noun + core), verb or previous.verb, previous.noun, 0)


def _noun_after(after: str, reading: Reading, last: bool) -> tuple[str, int]:
    """(noun, length) of what stands right after a number and its unit; empty where it is no noun.

    ``last`` is for the last number of a clause: what is said of the noun then belongs to it (3家企业被列入试点).
    """
    if not _NOUN_BEGINS.match(after):
        return "", 0
    veiled = _ASIDE.sub(lambda match: "〇" * len(match[0]), after)
    end = _END_OF_NOUN.search(veiled)
    length = end.start() if end else len(veiled)
    said = _SAID.search(veiled[:length])
    if said and not (last and length <= _NOUN_LENGTH):
        length = said.start()
    told = after[:length].strip(" \t的")
    if len(told) < 2 or told.startswith((*reading.lookups.words("predicates"), *reading.lookups.words("not_nouns"))):
        return "", 0
    return told, length


def _core(words: str, reading: Reading) -> str:
    """Words without what only introduces them or the number after them (确保, 全年, 达到), and without loose quotes."""
    openers = sorted(reading.lookups.words("fillers_before"), key=len, reverse=True)
    closers = sorted(reading.lookups.words("fillers_after"), key=len, reverse=True)
    words = _BASELINE.sub("", _OPENING_DATE.sub("", _LINKED.sub("", words))).strip(" \t\n、,，:：")
    changed = True
    while changed and words:
        start = next((word for word in openers if words.startswith(word)), "")
        start = "" if words.startswith(_WHOLE_WORDS) else start
        end = next((word for word in closers if words.endswith(word) and len(words) > len(start)), "")
        end = "" if words.endswith(("平均", "人均", "亩均", "户均")) else end
        changed = bool(start or end)
        words = words[len(start) : len(words) - len(end)].strip(" \t\n、,，:：")
    return words


#: 低保标准由月人均850元统一提高到: what is measured stands before 由.
_BASELINE = re.compile(r"(?<=..)(?:由|从(?!事|业))[^,，]*\d.*$", re.DOTALL)
#: 截至6月底,1-11月,到2021年: when, not what.
_OPENING_DATE = re.compile(rf"^\s*(?:截[至止]|到|至|于)?\s*(?:{DATE_SPAN.pattern})", re.VERBOSE)
#: Words that begin like a filler and are none.
_WHOLE_WORDS = (
    "为民",
    "为企",
    "全面",
    "全覆盖",
    "并网",
    "共建",
    "共享",
    "共富",
    "将军",
    "使用",
    "再生",
    "再就业",
    "再造",
    "完成率",
    "实现率",
)
#: A conjunction that only links a number to the one before it.
_LINKED = re.compile(r"^\s*(?:[、和及与(（]|以及|并|其中)\s*")


def _tidy(words: str) -> str:
    """A measure without punctuation at its ends and without the half of a bracket or of a pair of quotes."""
    words = words.strip(" \t\n、,，;；:：。")
    for opening, closing in ("()", "（）", "“”", "《》", "<>"):
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    return re.sub(r"^[\"”’的]+", "", words).strip()


def _kind(number: Number, measure: str, before: str, reading: Reading) -> TargetKind:
    if number.kind == "points":
        return "growth"
    if number.kind != "share":
        return "level"
    growth = reading.lookups.words("growth")
    tail = (measure + before)[-12:]
    return "growth" if any(word in tail for word in growth) else "rate"


def _describes(text: str, number: Number, following: Number | None, before: str, reading: Reading) -> bool:
    """Whether a count only says how many there are of what another figure is about: 11个发展区实现营收2800亿元."""
    if following is None or number.kind in {"share", "points", "money"}:
        return False
    between = text[number.span[1] : following.span[0]]
    if not between or between[0] in "、和及与(（" or re.search(r"[、和及与]$", between):
        return False
    if _core(before, reading).endswith(reading.lookups.words("action_verbs")):
        return False
    return any(word in between for word in reading.lookups.words("predicates"))


def _list_parts(words: str) -> list[str]:
    """The members of a list joined by 、 and 和."""
    pieces = re.split(
        r"、|(?<=[\u4e00-\u9fff])(?:[和与]|(?<![普涉以危])及(?!以上|以下|其|时|格))(?=[\u4e00-\u9fff])", words
    )
    return [piece for piece in pieces if piece.strip()]


def _respectively(text: str, clause: tuple[int, int], numbers: list[Number]) -> dict[int, str]:
    """Index of a number → its measure, where a list of measures is followed by 分别 and as many numbers."""
    for index, number in enumerate(numbers):
        left = numbers[index - 1].span[1] if index else clause[0]
        head, marker, tail = text[left : number.span[0]].rpartition("分别")
        parts = _list_parts(head)
        run = _run_of(text, numbers, index)
        if marker and 2 <= len(parts) == run:
            return {index + offset: _tidy(part + tail) for offset, part in enumerate(parts)}
    return {}


def _run_of(text: str, numbers: list[Number], index: int) -> int:
    """How many numbers follow each other from ``index`` with nothing but 、 or 和 between them."""
    count = 1
    for one, other in pairwise(numbers[index:]):
        if text[one.span[1] : other.span[0]].strip() not in {"", "、", "和", "与", "及"}:
            break
        count += 1
    return count


def _shared(before: str, number: Number, reading: Reading) -> tuple[str, ...]:
    """The measures that share one number (A率、B率均达到100%); empty where the number is of one thing."""
    if scopes := re.match(r"(全[市区县])[及和]((?:[市区县]级|[市区县]本级))(?=[\u4e00-\u9fff])", before.strip()):
        rest = _tidy(before.strip()[scopes.end() :])
        return (scopes[1] + rest, scopes[2] + rest)
    parts = _list_parts(before)
    if len(parts) < 2 or "分别" in parts[-1]:
        return ()
    tail = parts[-1]
    marked = re.search(rf"(?:{'|'.join(reading.lookups.words('shared'))})[^、]{{0,8}}$", tail) is not None
    ending = re.compile(r"(?:率|比例|起数|人数|户数|值|额|度|总量)$")
    core = re.sub(
        r"(?:平均|均|都|各|分别|同比|比.{2,12}|较.{2,12})*(?:实现|保持|达到?|增长|下降|提高|为|至|在|控制在|稳定在)*$",
        "",
        tail,
    )
    alike = number.kind == "share" and all(ending.search(part) for part in [*parts[:-1], core])
    if not (marked or alike):
        return ()
    rest = tail[len(core) :] if tail.startswith(core) else ""
    return tuple(
        _tidy(part + (rest if (number.kind == "share" and "下降" in rest) or "增长" in rest else ""))
        for part in [*parts[:-1], core]
    )
