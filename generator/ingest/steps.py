"""Dates in the wording of a commitment: which of them is its due date, and which only date a step of it.

改造管网350公里,6月底前完成50%,12月底前全部完成: two steps, due on the last.
举办活动500场,3月底前制定实施细则: the date is that of the rules, not of the 500.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.ingest.rows import Reading
from generator.lookups import Lookups
from generator.patterns import alternation
from generator.quantities import find_due
from generator.text import Traced

#: 3月底前, 2024年5月20日前, 年底前, 2025年底; a month alone (3月举办) is no date by which something is done.
_DATE = re.compile(
    r"(?:(?:\d{4}|[明次])\s*年\s*)?\d{1,2}月(?:\d{1,2}日)?[底末]?前|(?:\d{4}\s*|[明次]年|明)?年(?:底前|[末底])"
)
#: A part of the year that dates a step behind a promise (其中上半年完成40台), and never the promise itself.
_PERIOD = re.compile(r"(?:其中)?(?:上半年|前?[一二三四1-4]个?季度)(?:末|底)?前?")
#: One of these stands in every date.
_ANY_DATE = re.compile(r"[月年季]")
_CLAUSE = re.compile(r"[^,，;；。\n]+")
#: What may stand around the number of a step beside the verb: all, the rest, by then.
_AROUND = (
    r"(?:力争|确保|争取|要|实现|累计|全部|全面|基本|均|都|各|并|任务|目标|的|以上|左右|不少于|不低于"
    r"|投入使用|投用|到位|[,，。;；\s])"
)


@dataclass(frozen=True)
class Dates:
    """What the dates of a wording say: the wording without its steps, clauses with dates of their own, the due date.

    ``due`` is None where dates are only of parts of the wording.
    """

    promised: Traced
    plan: Traced
    due: date | None


@dataclass(frozen=True)
class _Dated:
    """A clause that names a date, and its local start. ``bare``: it speaks only of what stands before it.

    ``first``: no quantity stands before it, so that the date is of all that follows. ``last``: by then all is done.
    """

    text: Traced
    start: int
    due: date
    bare: bool
    first: bool
    last: bool


def last_due(cell: str, year: int) -> date | None:
    """The date of a cell; of several (9月底前开工、12月底前完工) the last."""
    if not cell:
        return None
    return max((due for piece in re.split(r"[、,，;；\n]", cell) if (due := find_due(piece, year))), default=None)


def read_dates(text: Traced, stated: date | None, reading: Reading) -> Dates:
    """The dates of a wording whose due date is ``stated`` elsewhere, or None.

    Clauses that only say how far the promise before them has come by a date are steps, and none of what is promised:
    two or more, or one with a number. Steps and clauses of another date than the whole are the plan.
    """
    dated = _dated_clauses(text, reading)
    bare = [one for one in dated if one.bare]
    steps = bare if len(bare) > 1 or any(reading.grammar.quantities(one.text.text) for one in bare) else []
    due = stated or max((one.due for one in dated if one.last or one.first), default=None)
    planned = [one.text for one in dated if one in steps or one.due != due]
    promised = text.without((one.start, one.start + len(one.text)) for one in steps)
    return Dates(promised, Traced.join(planned, glue="；"), due)


def _dated_clauses(text: Traced, reading: Reading) -> list[_Dated]:
    found: list[_Dated] = []
    for clause in _CLAUSE.finditer(text.text) if _ANY_DATE.search(text.text) else ():
        match = _DATE.search(clause[0]) or _PERIOD.match(clause[0].strip())
        due = find_due(match.string, reading.year, match.start()) if match else None
        if match is None or due is None:
            continue
        said = text.text[: clause.start()]
        before = bool(reading.grammar.quantities(said))
        bare = before and _says_nothing_new(clause[0].replace(match[0], "", 1), said, reading)
        if match.re is _PERIOD and not (bare and reading.grammar.quantities(clause[0])):
            continue
        last = bare and _says_all(clause[0], said, reading)
        found.append(_Dated(text[clause.start() : clause.end()], clause.start(), due, bare, not before, last))
    return found


def _says_all(words: str, said: str, reading: Reading) -> bool:
    """Whether a step is the last: it states no figure, all of it (100%), or as much as was promised."""
    whole = {number.value for number in reading.grammar.quantities(said)} | {Decimal(100)}
    steps = reading.grammar.quantities(words)
    return not steps or any(number.value in whole for number in steps)


def _says_nothing_new(words: str, said: str, reading: Reading) -> bool:
    """Whether a clause without its date is a verb with a number, or with 全部: 完成50%, 全部建成, 完成8条.

    A noun that ``said`` names already is nothing new either: 完成投资1200亿元,3月底前完成投资150亿元.
    """
    rest = words
    for number in reversed(reading.grammar.quantities(words)):
        rest = rest[: number.span[0]] + rest[number.span[1] :]
    match = reading.lookups.once(_done_pattern).fullmatch(rest)
    noun = match["noun"] if match else rest
    return not noun or (len(noun) >= _NOUN and noun in said and bool(reading.grammar.quantities(words)))


def _done_pattern(lookups: Lookups) -> re.Pattern[str]:
    verbs = alternation((*lookups.words("action_verbs"), *lookups.words("bare_verbs")))
    return re.compile(rf"{_AROUND}*(?:{verbs})?(?:完成|完工|竣工|建成|投用)?{_AROUND}*(?P<noun>.*?){_AROUND}*")


#: A noun that is told again has so many characters.
_NOUN = 2
