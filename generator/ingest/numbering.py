"""The numbers that Word puts before paragraphs and keeps out of their text: 1. 一、 （三） ①."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


@dataclass(frozen=True)
class Level:
    """One level of a list: the number it starts with, how it is written, and its text with ``%1`` for numbers."""

    start: int
    form: str
    text: str


@dataclass
class Counter:
    """How far each list of a document has come."""

    lists: Mapping[str, Mapping[int, Level]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a level; empty for bullets and for lists that are not known."""
        levels = self.lists.get(list_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].form in {"bullet", "none"}:
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            own = levels.get(index, levels[level])
            return render_number(counts.get(index, own.start), own.form)

        return re.sub(r"%([1-9])", number, levels[level].text)


def render_number(value: int, form: str) -> str:
    """A number in one of Word's forms; in those that are not known here as decimal digits."""
    if form in _CHINESE and 0 < value < 100:
        tens, ones = divmod(value, 10)
        head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form in _CIRCLED and 0 < value <= 20:
        return chr(0x245F + value)
    if form in {"upperLetter", "lowerLetter"} and 0 < value <= 26:
        return chr((0x40 if form == "upperLetter" else 0x60) + value)
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)
