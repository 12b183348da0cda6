"""Chinese numerals that are no quantities, rule by rule; the name of a rule is the reason that the register prints.

Chinese numerals stand in names, ordinals and turns of phrase far more often than they count. So the rules end the
other way round: what no comparator, no verb of making and no place in the clause shows to be a count is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from generator.model import Numerals
from generator.patterns import alternation
from generator.quantities.context import Candidate, context_reason
from generator.quantities.exclusions import QUOTED, TITLE
from generator.text import chinese_to_decimal

_CLAUSE = re.compile(r"[，,。;；:：!！\n]")
_CJK = r"[\u3400-\u9fff]"
#: Kinds that are quantities wherever no other rule says that they are none.
_PLAIN_KINDS = {"money", "points"}
#: 一镇一方案, 一县一品牌, 一院一公司: two things, one for each other.
_PAIRED = re.compile(rf"一{_CJK}{{1,4}}$")
_PAIRS = re.compile(rf"{_CJK}{{0,3}}一{_CJK}")
_LISTED_ORDINAL = re.compile(r"第[一二三四五六七八九十]+(?:[、,，和及至到-][一二三四五六七八九十]+)*[、,，和及]$")
#: One of the names of a list.
_NAMED = rf"(?:{TITLE.pattern}|{QUOTED.pattern}|[^，,。;；、和及与《》“”\n]{{2,20}})"
_NAME = re.compile(_NAMED)
#: What stands between two names of a list; behind 》 and ” nothing needs to.
_BESIDE = r"(?:[、和及与]|(?<=[》”]))"
#: 十二届四次, 人大四次: a session is numbered.
_SESSION = re.compile(rf"届{_CJK}{{0,4}}$")
#: Stages go by these numerals; 两 is a count.
_STAGES = {"一", "三", "四", "五", "六", "七", "八", "九"}


class Numeral(Struct, frozen=True, gc=False):
    """A numeral with its measure word: its span, its outer span with comparator words, and what it consists of.

    ``rest`` is the text with ordinary words blanked. ``vague`` is a numeral that says no number (数十, 三五, 几十);
    ``compared`` one that a comparator stands beside.
    """

    text: str
    rest: str
    start: int
    end: int
    span: tuple[int, int]
    numeral: str
    unit: str
    kind: str
    vague: bool
    compared: bool

    @property
    def before(self) -> str:
        """The clause up to the numeral and its comparator."""
        return _CLAUSE.split(self.text[: self.span[0]])[-1]

    @property
    def after(self) -> str:
        """The clause behind the measure word and its comparator."""
        return _CLAUSE.split(self.text[self.span[1] :])[0]

    @property
    def is_one(self) -> bool:
        """Whether it is 一, which is an article more often than a number."""
        return self.numeral == "一"


class NumeralRules:
    """The rules, with the words that they go by."""

    def __init__(self, words: Numerals) -> None:
        self._words = words
        doing, after = alternation(words.doing), alternation(words.doing_after)
        self._done_to = re.compile(rf"(?:{doing})(?:{after})?$")
        self._list_of = re.compile(rf"(?:{doing})(?:{after})?(?P<names>{_NAMED}(?:{_BESIDE}{_NAMED})+)$")
        self._growth = re.compile(rf"(?:{alternation(words.multiple_of_growth)})了?$")
        self._item = re.compile(rf"[\d一两三四五六七八九十百](?:{alternation(words.classifiers)})$")
        self._completed = re.compile(rf"{_CJK}{{0,12}}(?:{alternation(words.done)})")
        self._ordinal = re.compile(
            rf"(?:{alternation(words.ordinal_before)})(?<!{')(?<!'.join(map(re.escape, words.no_ordinal_before))})$"
        )
        self._rules: tuple[tuple[str, Callable[[Numeral], bool]], ...] = (
            ("title", lambda one: _covers(TITLE, one)),
            ("name", lambda one: _covers(QUOTED, one) or self._is_pair(one) or _is_place(one)),
            ("date", lambda one: one.unit == "季度"),
            ("ordinal", self._is_ordinal),
            ("class", lambda one: one.unit in words.classes),
            ("scope", lambda one: not one.is_one and one.before.endswith("每")),
        )
        self._last: tuple[tuple[str, Callable[[Numeral], bool]], ...] = (
            ("vague", self._is_vague),
            ("article", self._is_article),
            ("describes", lambda one: not self._counts(one)),
        )

    def reason(self, one: Numeral) -> str:
        """The name of the first rule that makes a numeral no quantity; empty for a quantity."""
        first = next((name for name, holds in self._rules if holds(one)), "")
        return first or context_reason(_candidate(one)) or next((name for name, holds in self._last if holds(one)), "")

    def _is_ordinal(self, one: Numeral) -> bool:
        """第二批, 第六、七批, 前三位, 十二届四次会议, 三期工程; 二 where 两 would count (市二院, 新二轮)."""
        if not one.compared and (
            (one.numeral == "二" and one.kind != "multiple")
            or (one.unit in self._words.stages and one.numeral in _STAGES)
        ):
            return True
        before = one.text[: one.start]
        session = one.unit == "次" and _SESSION.search(before) is not None
        return session or any(pattern.search(before) for pattern in (self._ordinal, _LISTED_ORDINAL))

    def _is_pair(self, one: Numeral) -> bool:
        """一镇一方案."""
        paired = _PAIRED.search(one.text[: one.start]) or _PAIRS.match(one.text, one.end)
        return one.is_one and not one.compared and paired is not None

    def _is_vague(self, one: Numeral) -> bool:
        """数十个, 三五个, 十几家; 百家 and 千万亩 without 余, 近 or 超 are turns of phrase."""
        return one.vague or (not one.compared and re.fullmatch("[百千万亿]+", one.numeral) is not None)

    def _is_article(self, one: Numeral) -> bool:
        """打造一批, 每一个, 开展一次; but 至少一个, 一次以上, 各一个 and 提升一个百分点 count."""
        shared = re.search(r"[各均](?:建成?|设立?|有)?$", one.before) is not None
        return one.is_one and not (one.compared or shared or one.kind in _PLAIN_KINDS or self._is_multiple(one))

    def _counts(self, one: Numeral) -> bool:
        """Whether a comparator, the numeral itself, a verb of making, the clause or what follows shows a count."""
        if one.kind == "multiple":
            return self._is_multiple(one)
        if one.compared or one.kind in _PLAIN_KINDS or len(one.numeral) > 1:
            return True
        before, after = one.before.strip(), one.after.strip()
        if one.unit not in self._words.classifiers or after.startswith(self._words.summed_up):
            return False
        if self._done_to.search(before) or self._is_list_made(one):
            return True
        return self._ends(before, after) or self._completed.fullmatch(after) is not None

    def _ends(self, before: str, after: str) -> bool:
        """The clause or the item of a list ends behind the count: 引进院士两名、博士三名; not 甲、乙、丙三个."""
        items, comma, last = before.rpartition("、")
        alike = not comma or (last and self._item.search(items))
        return bool(alike) and (not after or after.startswith("、"))

    def _is_multiple(self, one: Numeral) -> bool:
        """一倍, 翻一番, 八成以上, 提高五成; not 一番事业, 三番五次 and 一成不变."""
        if one.unit == "番":
            return self._growth.search(one.text[: one.span[0]]) is not None
        return one.unit == "倍" or (one.unit == "成" and (one.compared or not one.after.strip()))

    def _is_list_made(self, one: Numeral) -> bool:
        """新增甲平台和乙平台两个应用: as many names as the numeral says, all of them made."""
        match = self._list_of.search(one.text[: one.start])
        return match is not None and chinese_to_decimal(one.numeral) == len(_NAME.findall(match["names"]))


#: Measure words that end a numeral in names of places too, and what shows that they count: 三元里, 七里河; 三元以上.
_PLACE_UNITS = ("元", "里")
_COUNTED_ON = re.compile(rf"(?![以至到的每等钱左上下提增涨降调升变起乘补标]|路程){_CJK}")


def _is_place(one: Numeral) -> bool:
    """七里河区, 三元里街道: one character and a measure word that a name goes on behind."""
    short = len(one.numeral) == 1 and one.unit in _PLACE_UNITS and not one.compared
    return short and _COUNTED_ON.match(one.text, one.end) is not None


def _covers(pattern: re.Pattern[str], one: Numeral) -> bool:
    return any(one.start in range(*match.span()) for match in pattern.finditer(one.text))


def _candidate(one: Numeral) -> Candidate:
    kind = "share" if one.unit == "成" else one.kind
    return Candidate(one.rest, one.start, one.end, *one.span, one.unit, kind, bare=False)
