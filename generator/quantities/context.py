"""Numbers that look like quantities and are none because of what stands beside them, rule by rule.

Each rule has a name, which the register prints as the reason; the first that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

_LOOK_BACK = 40
_CLAUSE_END = re.compile(r"[\s”\"’)）]*(?:[，,。;；、:：!！]|和|及|与|$|\n)")
_EXCEEDS = re.compile(r"超|高于|大于|不足|低于|少于")
_COUNTS = {"count", "times", "people"}
_LIMIT = re.compile(r"(?:及|或)?以[上下内]|之内")
_MADE = re.compile(r"(?:新增|建成|争取|完成|实现|创建|打造|培育|举办|开展|引进|新建)(?:了|有)?$")
_RANK_MOVE = re.compile(r"(?:提升|上升|前移|下降|后退|前进|位列|位居|底|月)(?:了)?$")
_NAMED = re.compile(r"[”\"]?(?:行动|计划|工程|模式|体系|政策|平台|规划|方案|准入)")
_MEASURED_TIME = re.compile(r"(?:时效|时间|时限|时长|天数|周期|用时|期限|寿命|提前|缩短)[^，,。;；]{0,6}$")
#: What is put up piece by piece: a noun of two to eight characters, then 建设 at the clause's end.
_BUILT = re.compile(r"[\u3400-\u9fff]{2,8}建设(?=[，,。;；]|$)")
_BUILDING = re.compile(r"(?:^|[^\u3400-\u9fff])(?:加快|全面|全力|持续|有序)?(?:推进|加快|启动|完成)$")
#: A noun, in brackets or quotes or not; a name in quotes is taken out already.
_NOUN = re.compile(r"[\s(\0“”]*[\u3400-\u9fffA-Za-z]")
#: 10%以上的增长, 50万元以上的目标: the number is what is aimed at, and limits nothing.
_AIM = re.compile(r"\s*的(?:目标|任务|增长)")


class Candidate(Struct, frozen=True, gc=False):
    """A number of a text: its span with unit, its outer span with comparator words, its unit and kind.

    ``bare`` is a number with neither magnitude nor unit.
    """

    text: str
    start: int
    end: int
    left: int
    right: int
    unit: str
    kind: str
    bare: bool

    @property
    def before(self) -> str:
        """What stands just before the number: more than any rule looks back, and no longer than that."""
        return self.text[max(0, self.start - _LOOK_BACK) : self.start]

    @property
    def after(self) -> str:
        """The text behind the comparator words."""
        return self.text[self.right :]

    @property
    def limits(self) -> bool:
        """Whether 以上, 以下 or 以内 follows, and then more of the clause."""
        limit = _LIMIT.match(self.text, self.end)
        aimed_at = limit is not None and _AIM.match(self.text, limit.end()) is not None
        return limit is not None and not aimed_at and _CLAUSE_END.match(self.after) is None


def _is_name(number: Candidate) -> bool:
    """365行动; letters that touch a number without unit; 1/8+."""
    if not number.bare:
        return False
    before, after = number.text[: number.start][-1:], number.text[number.end : number.end + 1]
    graded = _GRADE.match(number.text, number.end) is not None
    lettered = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha() and not graded)
    joined = before in {"/", "+", "-", "\0"} and after in {"/", "+"}
    return _NAMED.match(number.text, number.end) is not None or lettered or joined


def _is_rank(number: Candidate) -> bool:
    """较上月上升1位."""
    return number.unit == "位" and _RANK_MOVE.search(number.before) is not None


def _is_time(number: Candidate) -> bool:
    """连续5年, 24小时; but 预警时效50分钟 is a quantity."""
    if number.kind not in {"duration", "temperature"}:
        return False
    measured = _MEASURED_TIME.search(number.before) is not None
    return not (measured and _CLAUSE_END.match(number.after))


def _is_range(number: Candidate) -> bool:
    """纵深10公里范围内."""
    return not number.bare and _RANGE.match(number.text, number.right) is not None


def _is_threshold(number: Candidate) -> bool:
    """10亿元以上项目, 10亿元以上“1521”项目, 50万元以上的村: the noun behind it is counted, not the money.

    A count limits only what another figure of its clause counts: 新增2个以上项目 and 15家以上医院 are quantities.
    """
    if number.bare or number.kind == "share" or not number.limits or not _NOUN.match(number.after):
        return False
    if number.kind not in _COUNTS:
        return True
    return _counts_on(number) and not _MADE.search(number.before)


def _is_share_threshold(number: Candidate) -> bool:
    """质押率80%以上上市公司数控制在5家: another figure of the clause is what is meant."""
    if number.kind != "share":
        return False
    if _EXCEEDS.search(number.text, number.left, number.start) and _OF.match(number.text, number.right):
        return True
    return number.limits and _counts_on(number)


def _counts_on(number: Candidate) -> bool:
    """Whether another figure follows in the clause."""
    return _FIGURE.match(number.text, number.right) is not None


def _is_class(number: Candidate) -> bool:
    """5大指标 and 3级 name a class; 组建10大联盟 counts what is made, 推进5大组团建设 what is built.

    Only figures count so, and only where the clause is the verb, the number, what is built and 建设: set phrases
    (推进三大攻坚战, 四大建设) are spelled in Chinese numerals or name no thing that is built.
    """
    if number.kind != "class":
        return False
    before = number.before
    made = _MADE_ITSELF.search(before) is not None
    built = _BUILDING.search(before) is not None and _BUILT.match(number.text, number.end) is not None
    figure = number.text[number.start].isdecimal()
    return not (number.unit == "大" and figure and (made or built))


def _is_base(number: Candidate) -> bool:
    """在原38类71项的基础上."""
    return _ON_TOP.match(number.text, number.end) is not None


_MADE_ITSELF = re.compile(r"(?:组建|新建)$")
_GRADE = re.compile(r"[A-Z]级")
_RANGE = re.compile(r"\s*(?:范围|以外|为半径|半径)")
_OF = re.compile(r"的[\u3400-\u9fff]")
_FIGURE = re.compile(r"[^，,。;；、\n]*?\d")
_ON_TOP = re.compile(r"[^,，。;；\n]{0,40}的基础上")

RULES: tuple[tuple[str, Callable[[Candidate], bool]], ...] = (
    ("name", _is_name),
    ("ordinal", _is_rank),
    ("age-limit", lambda number: number.kind == "age"),
    ("class", _is_class),
    ("baseline", _is_base),
    ("duration", _is_time),
    ("scope", _is_range),
    ("scope", _is_threshold),
    ("scope", _is_share_threshold),
)


def context_reason(number: Candidate) -> str:
    """The name of the first rule that makes a number no quantity; empty for a quantity."""
    for name, holds in RULES:
        if holds(number):
            return name
    return ""
