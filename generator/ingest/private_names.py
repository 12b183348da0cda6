"""Private persons in running text: 市民张三反映, 李女士, 王某某, 赵六（男，45岁）, 联系人：孙七, 获奖名单：周八、吴九.

A name alone cannot be told from other words: every pattern wants a family name and a word beside it that is said of
persons. Who holds an office (副市长林溪) is named with it and is not meant. Names without such a word, and family names
that ``surnames`` does not have, are not found: whoever reviews a register looks for these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.lookups import Lookups
from generator.patterns import alternation

_CHARACTER = r"[\u4e00-\u9fff]"
_END = r"(?:[、，,；;。.（()）\s]|$)"
#: 于某日, 方某些: no person behind a family name.
_NOT_MASKED = "(?![些个种项类天日时月年段地处市县区镇乡村街路号楼单企公局部门方人])"
_SEX = r"[，,（(、]\s*[男女]\s*(?:[）)]|[，,]\s*(?:\d|生于|现年|住|系|身份证|[\u4e00-\u9fff]{1,4}(?:族|人)))"
_AGE = r"[，,（(]\s*(?:现年|今年)?\d{1,3}岁(?![以至及\-—~～到])"


def find_private_names(text: str, lookups: Lookups) -> Iterator[str]:
    """What names a private person, with all of the name but its first character withheld: 市民张…反映."""
    if text.isascii() or not any(map(text.lower().__contains__, lookups.once(private_name_signs))):
        return
    told: set[int] = set()
    for match in (match for pattern in lookups.once(_patterns) for match in pattern.finditer(text)):
        start, end = match.span("name")
        if start not in told and _is_name(match["name"], lookups):
            told.add(start)
            yield f"{text[match.start() : start + 1]}…{text[end : match.end()]}"


def private_name_signs(lookups: Lookups) -> tuple[str, ...]:
    """Words of which one stands in every text in which a name is found; none is part of another."""
    lists = (name for name in _LISTS if name != "private_roles")  # which stand before a verb
    words = {*(word for name in lists for word in lookups.words(name)), "某", "×", "＊", "xx", "男", "女", "岁"}
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


def _is_name(name: str, lookups: Lookups) -> bool:
    """Whether it is one, rather than a word that begins like one (安全, 方便, 车主), a unit or a place (金华市)."""
    others = (*lookups.words("unit_endings"), *lookups.words("area_endings"))
    return name[:2] not in lookups.words("no_names") and (len(name) == 1 or not name.endswith(others))


def _patterns(lookups: Lookups) -> tuple[re.Pattern[str], ...]:
    words = {name: alternation(lookups.words(name)) for name in _LISTS}
    single = "".join(one for one in lookups.words("surnames") if len(one) == 1)
    family = f"(?:{alternation(one for one in lookups.words('surnames') if len(one) > 1)}|[{single}])"
    full = f"{family}{_CHARACTER}{{1,2}}?"
    masked = rf"{family}(?:某某?{_NOT_MASKED}|[×＊]{{1,2}}(?!\d)|(?i:x){{1,2}}(?![A-Za-z\d路街]))"
    # Markdown, too, has ** behind a word.
    who = rf"(?P<name>{masked}|{family}\*{{1,2}}|{full})"
    behind = rf"(?:{words['private_titles']})?(?:等(?:\d+[名位户人]|人)?)?(?:{words['private_roles']})?"
    others = rf"(?:、{full})*"
    return tuple(
        map(
            re.compile,
            (
                rf"(?:{words['private_roles']})(?:代表)?{who}{behind}(?:{words['private_verbs']})",
                rf"(?:(?<!{_CHARACTER})|(?<=据)){who}{behind}(?:{words['private_letters']})",
                rf"(?P<name>{full}|{family})(?:{words['private_titles']})",
                rf"(?<!\d)(?P<name>{masked})",
                rf"(?P<name>{full})(?:{_SEX}|{_AGE})",
                rf"(?:{words['label_named']})\s*[:：]\s*{who}(?={others}{_END})",
                rf"(?:{words['private_households']}){who}(?=家(?![具电庭属人乡政园禽畜长居纺装务教校企机])|一家|夫妇|等\d+[户人名])",
                rf"(?:{words['award_verbs']}){who}(?={others}(?:同学|“|等\d*[名位人]))",
            ),
        )
    )


_LISTS = (
    *("label_named", "private_roles", "private_titles", "private_verbs", "private_letters", "private_households"),
    "award_verbs",
)
