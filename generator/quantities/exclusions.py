"""Numbers that are not quantities, rule by rule. Each rule has a name, which the register prints as the reason.

The order counts: the first rule that covers a character keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_letters

from generator.quantities.dates import DATE_SPAN

#: A title, and a name in quotes.
TITLE = re.compile(r"《[^《》\n]{1,80}》")
QUOTED = re.compile(r"“[^“”\n。;；]{0,24}”")
_UNIT_SYMBOLS = r"(?:[kK]m|KM|kW|MW|GB|TB|PB|mg|ug|TEU)"
#: What 2.0 counts or measures. Before other words it is a version: 2.0项目 and 2.0场景 begin like a measure word.
_MEASURES = (
    "百|千|万|亿|个|人次|元|美元|倍|米|公里|公顷|公斤|厘米|毫米|毫克|微克|平方|平米|立方|亩|吨|兆瓦|蒸吨|标箱|分钟|小时"
)
#: A measure word of one character with which the clause ends: 6.0张, 3.0件以上.
_ALONE = r"[张件人家户次分度斤克升天年秒册名位台套辆篇岁](?:[，,。;；、/]|以|左右|$)"


@dataclass(frozen=True)
class Rule:
    """One reason for which digits are no quantity, and the pattern that finds them.

    ``needs`` are characters one of which stands in or behind everything that the pattern finds; empty where none must.
    A text without any is not searched. Texts have characters of one width (``fold_width``).
    """

    name: str
    pattern: re.Pattern[str]
    needs: frozenset[str] = frozenset()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the pattern finds something that holds a digit."""
        return [match.span() for match in self.pattern.finditer(text) if any(map(str.isdigit, match[0]))]


def _rule(name: str, pattern: str, needs: Iterable[str] = ()) -> Rule:
    return Rule(name, re.compile(pattern), frozenset(needs))


RULES = (
    # 〔2024〕4号, 绍政办发〔2020〕44号, 索引号 002489401/2024-00380
    _rule("document-number", r"[\[〔(（]\d{4}[\]〕)）]\s*\d+\s*号|第\s*\d+\s*号令?|\d{6,}/\d{4}-\d+", ["号", "/"]),
    # 1.  2.  (3)  1.(1), where a text or a sentence begins; 1.1-6月 is item 1 and January to June
    _rule(
        "list-number",
        r"(?:(?<=^)|(?<=[。;；\n])|(?<=附件[:：]))\s*\d\d?\s*[.、](?=\s*(?:[^\d\s]|\d{4}\s*年|\d\d?\s*月|\d\d?[-—]\d\d?[月,，]))",
        [".", "、"],
    ),
    _rule("list-number", r"(?:(?<=^)|(?<=[。;；:：\n\0]))\s*[(（]\d\d?[)）]", ["(", "（"]),
    # 《实施方案(2023-2027)》: a title is a name, whatever stands in it
    Rule("title", TITLE, frozenset({"》"})),
    Rule("date", DATE_SPAN),
    # “2+7+N”, “15分钟文明实践服务圈”, “最多80天”: a quoted number is a name
    Rule("name", QUOTED, frozenset({"”"})),
    # the same with the closing mark lost: “56配套政策, “10,全力, “2456+节能
    _rule("name", r"“\s*\d+(?:\.\d+)?(?:\+\w*)?", ["“"]),
    # 居全国157个城市第21位
    _rule("ordinal", r"(?<=[居列])(?:全国|全省|全市)\d+个[\u4e00-\u9fff]{1,4}(?=第)", ["全"]),
    # 第3位, 排名第2, 第24次, 第3-5位
    _rule("ordinal", r"第\s*\d+(?:\s*[、,，至—～-]\s*\d+)*\s*(?:位|名|次|批|届|期|类|个|两期)?", ["第"]),
    # 0575-12340
    _rule("telephone", r"(?<!\d)0\d{2,3}-\d{5,8}(?!\d)", ["-"]),
    # 2.0版, 行动2.0, V4.1
    _rule(
        "version",
        rf"(?<![\d.])\d\.0(?=[,，。;；、”\"\u4e00-\u9fff]|$)(?!{_MEASURES}|{_ALONE})|[Vv]\d+(?:\.\d+)*",
        [".", "V", "v"],
    ),
    # 8+4, 4+N, 1+X, 1+61, 3•19
    _rule("name", r"(?<![\d.])\d+(?:\s*\+\s*(?:\d+|[A-Za-z]+))+|\d+[•·]\d+", ["+", "•", "·"]),
    # 7×24小时, 7X24小时: before X24 is taken for a road
    _rule("name", r"\d+\s*[×xX*]\s*\d+\s*小时", ["×", "x", "X", "*"]),
    # PM2.5, G60, O3, BC1
    _rule("name", r"(?<![A-Za-z])(?:PM\s*(?:2\.5|10)|O3|[GSX]\d\d{0,3}(?!\d))", ["P", "O", "G", "S", "X"]),
    # 4A级景区; 新增39A级景区 has lost its measure word
    _rule("name", r"(?<!\d)[1-5]A(?=级)", ["A"]),
    # 5G, 3A, 531X, but not 36ug
    _rule("name", rf"\d+(?!{_UNIT_SYMBOLS}|[A-Z]级)[A-Za-z]+(?=[\u4e00-\u9fff“”,，。、;；)）]|$)", ascii_letters),
    # 318国道, 3号线
    _rule("name", r"\d+\s*(?:国道|省道|县道|号线|号路|弄)", ["道", "号", "弄"]),
    # 12345热线, 110指挥中心, 120急救
    _rule(
        "name",
        r"(?<!\d)1(?:2\d{3}|[12]\d)(?=(?:政务|市长|公共|便民)?(?:服务)?(?:便民)?"
        r"(?:热线|专线|平台|指挥|急救|调度|接处警|接警|电话))",
        ["热", "专", "平", "指", "急", "调", "接", "电"],
    ),
    # 提高到8月人均890元: what stood before 月人均 is lost
    _rule("garbled", r"(?<![\d.])\d\d?(?=月人均)", ["月"]),
    # no quantity of a city has so many digits
    _rule("garbled", r"\d{15,}(?:\.\d+)?|\d+\.\d{9,}"),
    # 14.910.7: two figures run together; nobody can say which
    _rule("garbled", r"\d+\.\d+\.\d+(?:\.\d+)*", ["."]),
)


_ITEM = re.compile(r"^[ \t]*(\d\d?)[.、]", re.MULTILINE)


def find_exclusions(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, reason) of every stretch that a rule takes out and that holds a digit, without overlaps."""
    if not any(map(str.isdigit, text)):
        return
    spans = _numbered_lines(text)
    yield from ((start, end, "list-number") for start, end in spans)
    rest = blank(text, spans)
    present = set(text)
    for rule in RULES:
        if rule.needs and rule.needs.isdisjoint(present):
            continue
        if spans := rule.spans(rest):
            yield from ((start, end, rule.name) for start, end in spans)
            rest = blank(rest, spans)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with the spans taken out, of the same length."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = "\0" * (end - start)
    return "".join(rest)


def _numbered_lines(text: str) -> list[tuple[int, int]]:
    """Item numbers of lines that count 1, 2, 3 …: there ``3.20个`` is item 3 and 20 个, never 3.20."""
    items = list(_ITEM.finditer(text))
    numbers = [int(match[1]) for match in items]
    if len(numbers) < 2 or any(after - before != 1 for before, after in pairwise(numbers)):
        return []
    return [match.span() for match in items]
