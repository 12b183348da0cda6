"""Dates as Chinese documents print them: 3月底前, 9月份, 上半年, 截至11月底, 前三季度, 5月18日, 4月-8月, 年底."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DASH = r"\s*[-—–－~～至]+\s*"

#: A measure word, which makes a count of digits (2000株), and no other word that begins so (2023户外运动大会).
_MEASURE = (
    "[个张件辆位次场万亿亩吨米幢栋只艘枚间份册宗篇幅笔款颗株棵盏扇羽匹尾桩枪杆趟遍厘毫斤套所台]"
    "|人(?!工智|民|文|居|大(?!型))|户(?!外)|家(?![电居博庭])|项(?!目)|条(?!例)|名(?![师品城])|处(?!置)|座(?!谈)"
    "|元(?![旦宵宇])|支(?![持付出行撑])|架(?!构)|片(?!区)|部(?![分署门])|种(?![植子业粮])|门(?![诊户店票])|块(?!状)"
    "|例(?!会)|克(?!服)|[平立]方|平米|公[里顷斤]|千[米克瓦]|[车泊床学机工点]位|标箱|端口|站点|窗口|[课学]时"
    "|[美欧港日]元|[批班轮航剂针]次"
)

#: Everything that is a date and so holds no quantity, longest forms first. A lost 年, 月 or 日 (20236月, 1-6,)
#: is still a date: pages set digits in a font of their own and copies drop what stands beside them. Every form begins
#: with a year, or with digits and one of the characters that are looked for first: most numbers are left at once.
DATE_SPAN = re.compile(
    rf"""(?=19[4-9]\d|20[0-4]\d|\d{{1,2}}[\s月日\-—–－~～至.,，。;；]|\d{{2,6}}日)(?<![\d.])(?:
      {_YEAR}(?:\s*年)?\s*{_MONTH}\s*月\s*{_DAY}(?:\s*日)?{_DASH}(?:{_MONTH}\s*月\s*)?{_DAY}\s*日
    | {_YEAR}\s*年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*日)?
    | {_YEAR}(?:\s*年)?{_DASH}{_YEAR}\s*年?
    | {_YEAR}-{_MONTH}-{_DAY}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?
    | {_YEAR}(?:\s*年)?\s*{_MONTH}{_DASH}{_MONTH}\s*月(?:份)?
    | {_YEAR}{_MONTH}\s*月(?:份)?
    | {_YEAR}\s*年(?:度|末|底|初)?
    | {_YEAR}{_MONTH}{_DAY}日
    | {_MONTH}\s*月\s*{_DAY}(?:\s*日)?{_DASH}(?:{_MONTH}\s*月\s*)?{_DAY}\s*日
    | {_MONTH}\s*月份?{_DASH}{_MONTH}\s*月(?:份)?
    | {_MONTH}{_DASH}{_MONTH}\s*月(?:份)?
    | {_MONTH}\s*月\s*{_DAY}\s*日
    | {_MONTH}\s*月(?!龄|人均|均)(?:份|底|末|初|中旬|上旬|下旬)?
    | 1{_DASH}{_MONTH}(?=[,，](?!\d{{3}}(?!\d)))
    | (?<=截至){_MONTH}(?=[,，。;；](?!\d{{3}}(?!\d)))
    | {_DAY}\s*日(?=[前起至，,。、)）]|$)
    | 1[-—]{_MONTH}(?=[\u4e00-\u9fff])(?!{_MEASURE}|[分小天岁周星级倍]|[百千][万个人元])
    | (?:1[0-2]|[1-9])\.(?:0[1-9]|[12]\d|3[01])(?=[向前起在])
    | \d{{2,6}}日(?=[起前至]|汛期)
    | {_YEAR}(?=\s*[“”《]|(?!{_MEASURE})[\u4e00-\u9fff])
    )""",
    re.VERBOSE,
)

_QUARTERS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}

_DUE = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*年\s*)?(?:(?P<from>{_MONTH})(?:\s*月份?)?{_DASH})?(?P<month>{_MONTH})\s*月"
    rf"(?:\s*(?P<day>{_DAY})\s*日)?"
    rf"|(?:(?P<year2>{_YEAR})\s*(?:年\s*)?)?年\s*[底末终](?!数|余)"
    rf"|(?:(?P<year3>{_YEAR})\s*年\s*)?(?:[上下]半年|前?(?P<quarter>[一二三四1-4])个?季度|全年)"
)

#: Words that say a figure is of a period's end. 1-6月 and 上半年 are June, 前三季度 September, 全年 December.
_AS_OF = re.compile(
    rf"(?:(?P<year>{_YEAR})(?:\s*年)?\s*)?1[-—–－~～](?P<range>{_MONTH})(?:\s*月|(?=[,，]))"
    rf"|(?:截止|至|到)\s*(?:(?P<year2>{_YEAR})(?:\s*年)?\s*)?(?P<until>{_MONTH})(?:\s*月(?!人均)\s*(?:(?P<day>{_DAY})\s*日)?|(?=[,，]))"
    rf"|(?:(?P<year3>{_YEAR})(?:\s*年)?\s*)?(?P<end>{_MONTH})\s*月\s*[底末]"
    rf"|(?:(?P<year4>{_YEAR})(?:\s*年)?\s*)?(?:上半年|前?(?P<quarter>[一二三四1-4])个?季度|全年(?=新增|完成|共|实现|开展|举办|累计|招收|帮助|[，,])|年底(?!前))"
    rf"|(?P<past>{_YEAR})\s*年(?!度?计划|目标|[\d\s]*月)"
)


#: What follows these is what a figure is compared with, not when it is from.
_COMPARED = ("较", "比", "于")

#: Two characters and the first of a date: 去年底, 上年12月; 80%以上年底前 is of this year.
_LAST_YEAR = re.compile(r".?去年|[^以]?上年", re.DOTALL)
#: 明年底, 次年3月; 出具证明年底前 and 写明年底前 are of this year.
_NEXT_YEAR = re.compile(r"次年.|[^说证表写注标照文声申]?明年")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def find_due(text: str, year: int, start: int = 0) -> date | None:
    """The date by which something is due, from the first date phrase of ``text`` from ``start`` on, or None.

    A month without a day means its last day; of a range (4月-8月) the last month counts. ``3月前`` is taken as
    March, as documents that print 底前 beside it mean it. Nothing is due by a date of last year (较去年底).
    """
    for match in _DUE.finditer(text, start):
        own = _year_of(match, text[: match.start()].rstrip(), year)
        if own is not None:
            return _due_of(match, own)
    return None


def _year_of(match: re.Match[str], before: str, year: int) -> int | None:
    """The year of a phrase that names none: ``year`` or, as the words before it say, the next; None for the last."""
    words = before[-2:] + match[0][0]
    if _LAST_YEAR.match(words):
        return None
    return year + 1 if _NEXT_YEAR.match(words) else year


def _due_of(match: re.Match[str], year: int) -> date | None:
    """The date of one phrase, of the year that it names or of ``year``."""
    own = int(match["year"] or match["year2"] or match["year3"] or year)
    if match["month"]:
        month = int(match["month"])
        return _safe_date(own, month, int(match["day"])) if match["day"] else month_end(own, month)
    if match["quarter"]:
        return month_end(own, _QUARTERS[match["quarter"]])
    return month_end(own, 6 if "上半年" in match[0] else 12)


def find_as_of(text: str, year: int) -> date | None:
    """The end of the period that a passage speaks of, from its last such phrase; None where it names none."""
    found = None
    for match in _AS_OF.finditer(text):
        before = text[: match.start()].rstrip()
        compared = before.endswith(_COMPARED) and not before.endswith("关于")
        if compared or _year_of(match, before, year) != year:
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
