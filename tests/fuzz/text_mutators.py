"""What happens to words and figures: other digits, units, brackets, bars, headings, invisible characters, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

import opencc

from tests.fuzz.byte_mutators import span

TextMutator = Callable[[str, str, Random], str]

_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_OTHER_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_NUMERALS = "零〇一二两三四五六七八九十百千万亿几数半廿卅点分之成倍番第约余多"
_UNITS = (
    "个",
    "家",
    "万人次",
    "%",
    "个百分点",
    "亿元",
    "万亿元",
    "公里",
    "㎡",
    "套(间)",
    "平方米/人",
    "年",
    "月底前",
    "日",
    "‰",
    "倍",
    "小时",
)
_BRACKETS = "（）()【】〔〕[]《》“”‘’「」{}<>＜＞"
_SIGNS = (
    "以上",
    "不少于",
    "超",
    "约",
    "从",
    "到",
    "至",
    "-",
    "—",
    "~",
    "×",
    "+",
    "/",
    "：",
    ":",
    "；",
    "、",
    ",",
    "，",
    "。",
)
_FIGURES = (
    "0", "00", "-1", "1,234,567", "1,23", "0.1", "1.2.3", "99999999999999", "9" * 40, "1e400", "3.", ".5", "5(4)",
    "2-3万", "１２３", "①", "²", "½", "Ⅳ", "1/3", "12:30", "2024年", "2月30日", "13月", "1-99月", "０", "1" + "0" * 400,
    "0." + "0" * 60 + "1", "百分之百", "亿亿", "一二三", "千千万万", "三分之零", "零分之三",
)  # fmt: skip
_HEADS = (
    "序号 | 目标任务 | 牵头单位 | 完成情况 |", "## ", "###### ", "一、", "（一）", "(1)", "1.", "1．", "第1项", "附件1",
    "进展情况：", "【推进情况】", "责任单位：", "牵头单位 | 配合单位", "合计 | ", "|---|---|", "备注：", "其中：",
    "项目名称：",
)  # fmt: skip
_INVISIBLE = (
    "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2028", "\u2029", "\x85", "\x1c", "\x0b", "\x0c",
    "\r", "\r\n",
    "\t", "\u3000", "\xa0", "\u0301", "\u20dd", "\ufe0f", "\U000e0001", "\U0001f468\u200d\U0001f469", "\ufffd",
    "\ufdd0", "\ue000",
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\ud800", "\udc00", "\ufffe",
)  # fmt: skip
_HOSTILE = (
    "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "&amp;", "&#0;", "{{7*7}}", "!!python/object", "- &a [*a]",
    "--- ", "...",
    "null", "~", "yes", "0571", "'", '"', "\\", "`", "${x}", "%s", "../../etc/passwd", "\\u202e", "https://例.中国/?a=1&b=2",
    "|", "||", "| | |", "#", "# #", "：：", "？", "﻿", "𠮷野家", "⺠生", "凃",
)  # fmt: skip


def _at(text: str, draw: Random) -> int:
    """A place in a text: beside a digit half of the time."""
    digits = [match.start() for match in re.finditer(r"\d", text)] if draw.random() < 0.5 else []
    return draw.choice(digits) + draw.randint(0, 1) if digits else draw.randint(0, len(text))


def _inserted(words: tuple[str, ...] | str) -> TextMutator:
    def insert(text: str, _: str, draw: Random) -> str:
        for _again in range(draw.choice((1, 1, 2, 5))):
            at = _at(text, draw)
            text = text[:at] + draw.choice(words) + text[at:]
        return text

    return insert


def _translated(table: dict[int, int]) -> TextMutator:
    def translate(text: str, _: str, draw: Random) -> str:
        start, end = span(len(text), draw)
        return text[:start] + text[start:end].translate(table) + text[end:]

    return translate


def change_figure(text: str, _: str, draw: Random) -> str:
    """A figure becomes another."""
    figures = [*re.finditer(r"[\d.,]+", text)]
    if not figures:
        return text
    one = draw.choice(figures)
    figure = draw.choice((*_FIGURES, "".join(draw.choices("0123456789", k=draw.choice((1, 3, 8, 16, 31, 200))))))
    return text[: one.start()] + figure + text[one.end() :]


def spell(text: str, _: str, draw: Random) -> str:
    """A run of Chinese numerals, well-formed or not."""
    at = _at(text, draw)
    return text[:at] + "".join(draw.choices(_NUMERALS, k=draw.choice((1, 2, 4, 9, 60)))) + text[at:]


def lose(text: str, _: str, draw: Random) -> str:
    """A stretch is missing."""
    start, end = span(len(text), draw, 400)
    return text[:start] + text[end:]


def double(text: str, _: str, draw: Random) -> str:
    """A stretch stands there again, some of the time very often."""
    start, end = span(len(text), draw, 200)
    return text[:end] + text[start:end] * draw.choice((1, 1, 1, 2, 20)) + text[end:]


def lengthen(text: str, _: str, draw: Random) -> str:
    """One thing again and again in one line: bars, digits, units, brackets, whole clauses."""
    unit = draw.choice(
        (
            "|",
            " | ",
            "1",
            "一",
            "万",
            "(",
            "（",
            "“",
            "、",
            " ",
            "\u3000",
            "第1",
            "新增1个，",
            "1-",
            "1.",
            "；",
            "12月",
            "%",
        )
    )
    times = draw.choice((50, 200, 1000, 3000, 8000))
    at = _at(text, draw)
    return text[:at] + unit * (times // len(unit) + 1) + text[at:]


def join_lines(text: str, _: str, draw: Random) -> str:
    """Line ends are lost, or become others."""
    glue = draw.choice(("", " ", " | ", "\r", "\r\n", "\n\n", "\x85", "\u2028", "\t"))
    lines = text.split("\n")
    return "".join(line + (glue if draw.random() < 0.3 else "\n") for line in lines)


def break_lines(text: str, _: str, draw: Random) -> str:
    """Lines end where they should not."""
    for _again in range(draw.choice((1, 3, 20))):
        at = _at(text, draw)
        text = text[:at] + draw.choice(("\n", "\n\n", "\n\t", "\n  ")) + text[at:]
    return text


def move_line(text: str, _: str, draw: Random) -> str:
    """A line stands elsewhere, or twice, or not at all."""
    lines = text.split("\n")
    line = lines.pop(draw.randrange(len(lines)))
    for _again in range(draw.choice((0, 1, 1, 2, 30))):
        lines.insert(draw.randint(0, len(lines)), line)
    return "\n".join(lines)


def mix_lines(text: str, other: str, draw: Random) -> str:
    """Some lines of another document in between."""
    lines, others = text.split("\n"), other.split("\n")
    start, end = span(len(others), draw, 12)
    at = draw.randint(0, len(lines))
    return "\n".join([*lines[:at], *others[start:end], *lines[at:]])


def change_bars(text: str, _: str, draw: Random) -> str:
    """Cells come and go."""
    old, new = draw.choice(
        ((" | ", " "), ("，", " | "), (" | ", " | | "), ("：", " | "), ("|", "｜"), ("\n", " | \n| "), ("、", "|"))
    )
    return text.replace(old, new, draw.choice((1, 2, 10, -1)))


def widen(text: str, _: str, draw: Random) -> str:
    """A row of very many cells."""
    cell = draw.choice(("", "1个", "东塘区", "序号", "12%"))
    row = " | ".join([cell] * draw.choice((30, 300, 2000)))
    at = text.find("\n", draw.randint(0, len(text)))
    return f"{text[:at]}\n{row}\n{text[at:]}"


def traditional(text: str, _: str, draw: Random) -> str:
    """In Traditional characters, or some of it."""
    start, end = (0, len(text)) if draw.random() < 0.5 else span(len(text), draw)
    converted = _to_traditional().convert(re.sub("[\ud800-\udfff]", "", text[start:end]))
    return text[:start] + str(converted) + text[end:]


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


MUTATORS: tuple[TextMutator, ...] = (
    change_figure,
    change_figure,
    spell,
    spell,
    _inserted(_UNITS),
    _inserted(_BRACKETS),
    _inserted(_SIGNS),
    _inserted(_FIGURES),
    _inserted(_HEADS),
    _inserted(_INVISIBLE),
    _inserted(_HOSTILE),
    _translated(_WIDE),
    _translated(_OTHER_DIGITS),
    _translated(_CHINESE),
    lose,
    double,
    lengthen,
    join_lines,
    break_lines,
    move_line,
    mix_lines,
    change_bars,
    widen,
    traditional,
)


def excerpt(text: str, title: str, draw: Random) -> str:
    """Some tens of lines of a long document, below its title."""
    lines = text.split("\n")
    start = draw.randrange(len(lines))
    return "\n".join([title, *lines[start : start + draw.choice((5, 20, 40))]])


def encode(text: str, draw: Random) -> bytes:
    """The bytes of a text in one of the encodings that are met; halves of surrogate pairs stay in them."""
    encoding = draw.choices(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5"), (80, 4, 8, 4, 1, 3))[0]
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return text.encode(encoding, errors)
