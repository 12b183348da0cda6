"""Dates as Chinese documents print them: 3月底前, 9月份, 上半年, 截至11月底, 前三季度, 5月18日, 4月-8月, 年底."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DASH = r"\s*[-—–－~～至]+\s*"

#: Everything that is a date and so holds no quantity, longest forms first. A lost 年, 月 or 日 (20236月, 1-6,)
#: is still a date: pages set digits in a font of their own and copies drop what stands beside them. Every form begins
#: with a year, or with digits and one of the characters that are looked for first: most numbers are left at once.
DATE_SPAN = re.compile(
    rf"""(?=19[4-9]\d|20[0-4]\d|\d{{1,2}}[\s月日\-—–－~～至.,，。;；]|\d{{2,6}}日)(?<![\d.])(?:
      {_YEAR}\s*年?\s*{_MONTH}\s*月\s*{_DAY}\s*日?{_DASH}(?:{_MONTH}\s*月\s*)?{_DAY}\s*日
    | {_YEAR}\s*年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*日)?
    | {_YEAR}\s*年?{_DASH}{_YEAR}\s*年?
    | {_YEAR}-{_MONTH}-{_DAY}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?
    | {_YEAR}{_MONTH}{_DASH}{_MONTH}\s*月(?:份)?
    | {_YEAR}\s*年?\s*{_MONTH}{_DASH}{_MONTH}\s*月(?:份)?
    | {_YEAR}{_MONTH}\s*月(?:份)?
    | {_YEAR}\s*年(?:度|末|底|初)?
    | {_YEAR}{_MONTH}{_DAY}日
    | {_MONTH}\s*月\s*{_DAY}\s*日?{_DASH}(?:{_MONTH}\s*月\s*)?{_DAY}\s*日
    | {_MONTH}\s*月份?{_DASH}{_MONTH}\s*月(?:份)?
    | {_MONTH}{_DASH}{_MONTH}\s*月(?:份)?
    | {_MONTH}\s*月\s*{_DAY}\s*日
    | {_MONTH}\s*月(?!龄|人均|均)(?:份|底|末|初|中旬|上旬|下旬)?
    | 1{_DASH}{_MONTH}(?=[,，](?!\d{{3}}(?!\d)))
    | (?<=截至){_MONTH}(?=[,，。;；](?!\d{{3}}(?!\d)))
    | {_DAY}\s*日(?=[前起至，,。、)）]|$)
    | 1[-—]{_MONTH}(?=[\u4e00-\u9fff](?<![个家处条座台套户所张项件辆人名位次场万亿亩元吨米平公分小天岁周星级倍]))
    | (?:1[0-2]|[1-9])\.(?:[0-2]\d|3[01])(?=[向前起在])
    | \d{{2,6}}日(?=[起前至]|汛期)
    | {_YEAR}(?=\s*[“”《]|[\u4e00-\u9fff](?<![个家处条座台套户所张项件辆人名位次场万亿亩元吨米平公]))
    )""",
    re.VERBOSE,
)

_QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}

_DUE = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*年\s*)?(?:(?P<from>{_MONTH})\s*月?份?{_DASH})?(?P<month>{_MONTH})\s*月"
    rf"(?:\s*(?P<day>{_DAY})\s*日)?"
    rf"|(?:(?P<yearend>{_YEAR})\s*年|今年|本年|全年|年)\s*(?:年底|底|末|终)(?!数|余)|上半年|下半年|前?[一二三四1-4]个?季度|全年"
)

#: Words that say a figure is of a period's end. 1-6月 and 上半年 are June, 前三季度 September, 全年 December.
_AS_OF = re.compile(
    rf"(?:截[至止]到?|至|到)?\s*(?:(?P<year>{_YEAR})\s*年?\s*)?1[-—–－~～](?P<range>{_MONTH})(?:\s*月|(?=[,，]))"
    rf"|(?:截[至止]到?|至|到)\s*(?:(?P<year2>{_YEAR})\s*年?\s*)?(?P<until>{_MONTH})(?:\s*月(?!人均)\s*(?:(?P<day>{_DAY})\s*日)?|(?=[,，]))"
    rf"|(?:(?P<year3>{_YEAR})\s*年?\s*)?(?P<end>{_MONTH})\s*月\s*[底末]"
    rf"|(?:(?P<year4>{_YEAR})\s*年?)?(?:上半年|前?(?P<quarter>[一二三四1-4])个?季度|全年(?=新增|完成|共|实现|开展|举办|累计|招收|帮助|[，,])|年底(?!前))"
    rf"|(?P<past>{_YEAR})\s*年(?!度?计划|目标|[\d\s]*月)"
)


#: What follows these is what a figure is compared with, not when it is from.
_COMPARED = ("较", "比", "于", "去", "上")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def find_due(text: str, year: int) -> date | None:
    """The date by which something is due, from the first date phrase of ``text``; None where there is none.

    A month without a day means its last day; of a range (4月-8月) the last month counts. ``3月前`` is taken as
    March, as documents that print 底前 beside it mean it.
    """
    match = _DUE.search(text)
    if match is None:
        return None
    if match["month"]:
        own = int(match["year"] or year)
        month = int(match["month"])
        return _safe_date(own, month, int(match["day"])) if match["day"] else month_end(own, month)
    phrase = match[0]
    if "上半年" in phrase:
        return month_end(year, 6)
    if "季度" in phrase:
        return month_end(year, next(_QUARTERS[c] for c in phrase if c in _QUARTERS))
    return month_end(int(match["yearend"] or year), 12)


def find_as_of(text: str, year: int) -> date | None:
    """The end of the period that a passage speaks of, from its last such phrase; None where it names none."""
    found = None
    for match in _AS_OF.finditer(text):
        if text[: match.start()].endswith(_COMPARED) and not text[: match.start()].endswith("关于"):
            continue
        own = int(match["year"] or match["year2"] or match["year3"] or match["year4"] or year)
        if match["past"]:
            found = month_end(int(match["past"]), 12) if int(match["past"]) < year else found
        elif month := match["range"] or match["until"] or match["end"]:
            found = _safe_date(own, int(month), int(match["day"])) if match["day"] else month_end(own, int(month))
        elif match["quarter"]:
            found = month_end(own, _QUARTERS[match["quarter"]])
        else:
            found = month_end(own, 6 if "上半年" in match[0] else 12)
    return found


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
