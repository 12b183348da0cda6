"""The words beside a number → its measure: what introduces it is cut off, the noun behind it is found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.ingest.rows import Reading
from generator.quantities.dates import DATE_SPAN


@dataclass(frozen=True)
class Wording:
    """A measure, the verb that leads it, the noun after the number and how many characters of it were taken."""

    measure: str
    verb: str
    noun: str
    taken: int


NO_WORDS = Wording("", "", "", 0)
#: The noun after a number ends at punctuation, or at an 和 that another number follows.
_END_OF_NOUN = re.compile(r"[，,。;；:：\n(（]|、(?!县)|(?:和|及|与|并)$")
#: … and where something begins to be said of it.
_SAID = re.compile(
    r"(?<=..)(?:已|实现|达到|(?<!标)达(?!标)|完成|(?<!平)均|(?<!全)覆盖|被|分别|进行|通过|启动|进入|列入|全部|成为|占|为主"
    r"|开展|得到|率先|参加|来[我自])"
)
#: A bracket without a figure belongs to the noun that it stands in: 村(社区), 乡镇(街道).
_ASIDE = re.compile(r"[(（][^()（）\d]*[)）]")
NOUN_LENGTH = 30
_NOUN_BEGINS = re.compile(r"[ \t]*(?:的)?[“\u3400-\u9fffA-Za-z]")


def words_to_measure(before: str, after: str, previous: Wording, reading: Reading, last: bool) -> Wording:
    """The measure of a number: the words before it, and the noun right after it where one stands there.

    老年助餐点20个 has its noun before the number, 建成20个老年助餐点 after it.
    """
    core = bare_words(before, reading)
    verb = reading.lookups.beginning("action_verbs", core)
    noun, taken = _noun_after(after, reading, last)
    named = len(core[len(verb) :].strip(' “”"')) >= 2
    if core in reading.lookups.words("bare_verbs") and previous.noun:
        return Wording(tidy(previous.noun + core), previous.verb, previous.noun, 0)
    if noun and (last or not named):
        return Wording(tidy((core or previous.verb) + noun), verb or previous.verb, noun, taken)
    if named or not previous.noun:
        return Wording(tidy(core) or previous.measure, verb or previous.verb, "", 0)
    return Wording(tidy(previous.noun + core), verb or previous.verb, previous.noun, 0)


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
    if said and not (last and length <= NOUN_LENGTH):
        length = said.start()
    told = after[:length].strip(" \t的")
    if len(told) < 2 or told.startswith((*reading.lookups.words("predicates"), *reading.lookups.words("not_nouns"))):
        return "", 0
    return told, length


def bare_words(words: str, reading: Reading) -> str:
    """Words without what only introduces them or the number after them (确保, 全年, 达到), and without loose quotes."""
    words = _BASELINE.sub("", _OPENING_DATE.sub("", _LINKED.sub("", words))).strip(" \t\n、,，:：")
    changed = True
    while changed and words:
        start = reading.lookups.beginning("fillers_before", words)
        start = "" if words.startswith(_WHOLE_WORDS) else start
        end = reading.lookups.ending("fillers_after", words) if len(words) > len(start) else ""
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
    "有效",
    "有机",
    "有关",
    "有序",
    "共同",
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


def tidy(words: str) -> str:
    """A measure without punctuation at its ends and without the half of a bracket or of a pair of quotes."""
    words = re.sub(r"至少|不少于|不低于", "", words.strip(" \t\n、,，;；:：。"))
    for opening, closing in ("()", "（）", "“”", "《》", "<>"):
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    return re.sub(r"^[\"”’的]+", "", words).strip()
