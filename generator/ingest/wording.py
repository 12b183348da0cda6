"""The words beside a number → its measure: what introduces it is cut off, the noun behind it is found."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.patterns import alternation
from generator.quantities.dates import DATE_SPAN


class Wording(Struct, frozen=True, gc=False):
    """A measure, the verb that leads it, the noun after the number and how many characters of it were taken."""

    measure: str
    verb: str
    noun: str
    taken: int


NO_WORDS = Wording("", "", "", 0)
#: The noun after a number ends at punctuation, or at an 和 that another number follows; not between its own
#: attributes (体系化、任务型创新联盟).
_END_OF_NOUN = re.compile(r"[，,。;；:：\n(（]|(?<![化型])、(?!县)|(?:和|及|与|并)$")
#: … and where something begins to be said of it.
_SAID = re.compile(
    r"(?<=..)(?:已|实现|达到|(?<!标)达(?!标)|完成|(?<!平)均|(?<!全)覆盖|被|分别|进行|通过|启动|进入|列入|全部|成为|占|为主"
    r"|开展|得到|率先|参加|来[我自]|计划实施|计划完成)"
)
#: What leads on to the next statement at the end of a noun: 405个在建文旅项目实际完成投资.
_LEADS_ON = re.compile(r"(?<=..)(?:实际|累计|计划|共|已)+$")
#: A bracket without a figure belongs to the noun that it stands in: 村(社区), 乡镇(街道).
_ASIDE = re.compile(r"[(（][^()（）\d]*[)）]")
_OPENING = re.compile(r"[(（]")
NOUN_LENGTH = 30
#: A threshold or an age may stand before the noun: 77个10亿元以上项目, 6.5万名65岁以上老年人, 9万名7-12岁儿童.
_NOUN_BEGINS = re.compile(
    r"[ \t]*(?:的)?"
    r"(?:\d[\d.]*[万亿]*(?:元|公里|人|年)?以[上下内](?:的)?|\d{1,2}(?:[-—–至]\d{1,2})?(?:周?岁|月龄)(?:[及或]?以[上下])?)?"
    r"[“\u3400-\u9fffA-Za-z]"
)


def words_to_measure(before: str, after: str, previous: Wording, reading: Reading, last: bool) -> Wording:
    """The measure of a number: the words before it, and the noun right after it where one stands there.

    老年助餐点20个 has its noun before the number, 建成20个老年助餐点 after it. Words before it that only lead up to
    it (累计向986家企业, 全面完成500户改造) name nothing; nor do examples before 等 (下涯镇等5家敬老院).
    """
    core = bare_words(before, reading)
    verb = reading.lookups.beginning("action_verbs", core)
    noun, taken = _noun_after(after, reading, last)
    if _SHARE_OF.search(before):
        noun, taken = "", 0
    if noun and core.endswith(_TOWARDS):
        core, verb = "", ""
        noun, taken = _receiver(after, reading) or (noun, taken)
    elif noun and core in reading.lookups.words("adverbs"):
        core, verb = "", ""
    if use := _USE.match(after):
        return Wording(tidy(core.removesuffix("的") + use[0]), verb, "", use.end())
    named = len(core[len(verb) :].strip(' “”"')) >= 2 and not (noun and _NOUN_FOLLOWS.search(before + "|" + after))
    if core in reading.lookups.words("bare_verbs") and previous.noun:
        return Wording(tidy(previous.noun + core), previous.verb, previous.noun, 0)
    if noun and (last or not named):
        return Wording(tidy((core or previous.verb) + noun), verb or previous.verb, noun, taken)
    if named or not previous.noun:
        return Wording(tidy(core) or previous.measure, verb or previous.verb, "", 0)
    return Wording(tidy(previous.noun + core), verb or previous.verb, previous.noun, 0)


#: Examples and 等 right before a number, or a noun between it and the 、 or 和 before the next number: the noun is
#: after each number (10家品牌社会组织、10个品牌项目).
_NOUN_FOLLOWS = re.compile(r"等\|.|\|[ \t]*(?![、和及与,，])[^、，,]{2,20}(?:、|[和及与])$")


#: A share of what is named before it has no noun after it: 占全市的23%东塘区项目落地 has lost a mark.
_SHARE_OF = re.compile(r"占[^,，。;；]{2,}的\s*$")
#: What a share or an amount is for: 新增财力的三分之二以上用于民生.
_USE = re.compile(r"用于[\u3400-\u9fff]{2,12}(?=[,，。;；\n]|$)")
#: Who is given something: 累计向986家…企业发放贷款405亿元.
_TOWARDS = ("向", "对", "由", "给")


def _receiver(after: str, reading: Reading) -> tuple[str, int] | None:
    """(noun, length) of the receivers after a number, a list of them too, up to what is given; None where none is."""
    match = reading.lookups.once(_given_pattern).match(after)
    return (match[1].strip(), match.end()) if match else None


def _given_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"[ \t]*([^,，。;；\d]{{2,{NOUN_LENGTH}}}?)(?=(?:{alternation(lookups.words('given'))}))")


def _noun_after(after: str, reading: Reading, last: bool) -> tuple[str, int]:
    """(noun, length) of what stands right after a number and its unit; empty where it is no noun.

    ``last`` is for the last number of a clause: what is said of the noun then belongs to it (3家企业被列入试点).
    """
    if not _NOUN_BEGINS.match(after):
        return "", 0
    veiled = _ASIDE.sub(lambda match: "〇" * len(match[0]), after) if _OPENING.search(after) else after
    end = _END_OF_NOUN.search(veiled)
    length = end.start() if end else len(veiled)
    said = _SAID.search(veiled[:length])
    if said and not (last and length <= NOUN_LENGTH):
        length = said.start()
    told = _LEADS_ON.sub("", after[:length].strip(" \t的"))
    if len(told) < 2 or told.startswith((*reading.lookups.words("predicates"), *reading.lookups.words("not_nouns"))):
        return "", 0
    return told, length


def bare_words(words: str, reading: Reading) -> str:
    """Words without what only introduces them or the number after them (确保, 全年, 达到), and without loose quotes."""
    return reading.of_text(_bare_words, words)


def _bare_words(words: str, reading: Reading) -> str:
    for opening in (_LINKED, _OPENING_DATE):
        if match := opening.match(words):
            words = words[match.end() :]
    if "由" in words or "从" in words:
        words = _BASELINE.sub("", words)
    changed = True
    while changed and (words := words.strip(_AROUND)):
        start = reading.lookups.beginning("fillers_before", words)
        start = "" if start and words.startswith(_WHOLE_WORDS) else start
        end = reading.lookups.ending("fillers_after", words) if len(words) > len(start) else ""
        end = "" if end and words.endswith(_AVERAGES) else end
        changed = bool(start or end)
        words = words[len(start) : len(words) - len(end)]
    return words


_AROUND = " \t\n、,，:："
_AVERAGES = ("平均", "人均", "亩均", "户均")


#: 低保标准由月人均850元统一提高到: what is measured stands before 由.
_BASELINE = re.compile(r"(?<=..)(?:由|从(?!事|业))[^,，]*\d.*$", re.DOTALL)
#: 截至6月底,1-11月,到2021年: when, not what.
_OPENING_DATE = re.compile(rf"\s*(?:截[至止]|到|至|于)?\s*(?:{DATE_SPAN.pattern})", re.VERBOSE)
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
_LINKED = re.compile(r"\s*(?:[、和及与(（]|以及|并|其中)\s*")


def tidy(words: str) -> str:
    """A measure without punctuation at its ends and without the half of a bracket or of a pair of quotes."""
    words = _AT_LEAST.sub("", words.strip(" \t\n、,，;；:：。"))
    if _PAIRED.search(words):
        for opening, closing in ("()", "（）", "“”", "《》", "<>"):
            if words.count(opening) != words.count(closing):
                words = words.replace(opening, "").replace(closing, "")
    return words.lstrip('"”’的').strip()


_AT_LEAST = re.compile(r"至少|不少于|不低于")
_PAIRED = re.compile(r"[()（）“”《》<>]")
