"""The grammar of quantities: number, magnitude, unit, comparator, and what makes a number no quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial
from itertools import zip_longest

from msgspec.structs import replace

from generator.lookups import Units
from generator.model import Comparators, Numerals
from generator.patterns import alternation
from generator.quantities.context import Candidate, context_reason
from generator.quantities.exclusions import blank, find_exclusions
from generator.quantities.number import MAGNITUDES, Number, plain
from generator.quantities.numerals import NumeralReader, multiple_to_percent
from generator.quantities.signs import Signs
from generator.text import WIDE, fold_width

#: Commas between full-width digits are of the same width: １，２３４.
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
#: A character of which one stands in every number: a digit, a numeral, the 半 of 一半 and 过半数.
_NUMERIC = re.compile(r"[\d半零〇一二两三四五六七八九十百千万亿]")
#: How many texts a grammar remembers the numbers of: those of a document of some megabytes.
_REMEMBERED = 1 << 14
#: Kinds of which a figure behind a date may be negative.
_RISING = {"share", "points"}
#: A word or two that end a clause: where a number without a unit stands before them, they are its unit.
_LAST_WORD = re.compile(r"[ \t\u3000]*[\u4e00-\u9fff]{1,2}(?=[,，。;；、]|$)")


class Grammar:
    """Reads the numbers of a text. Built once from the units, the comparators and the numerals of the lookups."""

    def __init__(self, units: Units, comparators: Comparators, numerals: Numerals) -> None:
        self.units = units
        # Layouts, targets and the accounting ask for the numbers of the same texts.
        self._read_once = lru_cache(_REMEMBERED)(self._read)
        self._signs = Signs(comparators)
        self._numerals = NumeralReader(units, numerals, self._signs)
        self._folded = {ord(other): character for other, character in numerals.characters.items()}
        self._unfolded = re.compile(f"[{WIDE}{re.escape(''.join(numerals.characters))}]")
        inside = self._signs.inside
        # 分别 after a number whose unit is lost is no 分, and 365方案 is a name
        unit = alternation(units.kinds).replace("|分|", "|分(?![别之])|").replace("|方|", "|方(?![案式针向位])|")
        figure = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
        gap = r"[ \t\u3000]*"
        power = "万亿|千万|百万|万|亿|千(?![瓦克米伏])|百(?!分|花|姓|货|企|年|日|千|强)"
        between = rf"{gap}(?:[-－−—–~～]+|至){gap}"
        self._number = re.compile(
            rf"""(?=[-－−\d])(?P<sign>(?<![A-Za-z)）])[-－−])?
            (?P<low>{figure})
            (?:(?:{gap}(?P<scale>{power})(?={between}(?:{figure}){gap}(?:{power}))
              |{gap}(?P<scaled>{power})?(?P<same>{unit})(?={between}(?:{figure})(?:{power})?(?P=same)))?
              {between}(?P<high>{figure}))?
            (?:{gap}[(（]{gap}(?P<bracket>\d+(?:\.\d+)?){gap}[)）])?
            {gap}(?P<more>{inside})?{gap}
            (?P<magnitude>{power})?
            {gap}(?P<more2>{inside})?{gap}
            (?:(?P<unit>{unit})(?:{gap}[(（](?P<variant>{unit})[)）])?)?""",
            re.VERBOSE,
        )

    def read(self, text: str) -> list[Number]:
        """Every number of a text, in order: quantities, and what is none with the reason. Raises nothing."""
        return list(self._read_once(text))

    def _read(self, text: str) -> tuple[Number, ...]:
        folded = self._fold(text)
        if _NUMERIC.search(folded) is None:
            return ()
        numbers = [
            Number(start, end, text[start:end], reason, span=(start, end))
            for start, end, reason in find_exclusions(folded)
        ]
        rest = blank(folded, ((number.start, number.end) for number in numbers))
        numbers += self._figures(rest, text)
        numbers += self._numerals.read(rest, text)
        return tuple(_resolve(sorted(numbers, key=lambda number: number.start), folded))

    def reason_at(self, text: str, position: int) -> str:
        """Why the digit or numeral at a position of a text is no quantity; empty where it is one, or part of none."""
        return next((one.reason for one in self._read_once(text) if one.start <= position < one.end), "")

    def numerals(self, text: str) -> list[Number]:
        """The Chinese numerals of a text alone, in order, those too that a rule takes with the stretch around them."""
        return sorted(self._numerals.read(self._fold(text), text), key=lambda number: number.start)

    def _fold(self, text: str) -> str:
        """A text of the same length with characters of one width and numerals of one writing; most are so already."""
        if self._unfolded.search(text) is None:
            return text
        return fold_width(_WIDE_COMMA.sub(",", text)).translate(self._folded)

    def quantities(self, text: str) -> list[Number]:
        """The quantities of a text alone."""
        return [number for number in self._read_once(text) if not number.reason]

    def unitless(self, text: str) -> list[Number]:
        """The quantities of a text that have no unit though a word or two of the clause follow."""
        return [number for number in self.quantities(text) if not number.unit and _LAST_WORD.match(text, number.end)]

    def _figures(self, rest: str, printed: str) -> Iterator[Number]:
        behind: int | None = None
        for match in self._number.finditer(rest):
            yield self._classify(rest, match, printed, behind)
            behind = match.end()

    def _classify(self, rest: str, match: re.Match[str], printed: str, behind: int | None) -> Number:
        """A figure as a number. ``behind`` is where the figure before it ends; None for the first."""
        sign, low, scale, scaled, same, high, bracket, more, magnitude, more2, unit, variant = match.groups("")
        kind = self.units.kinds.get(unit, "")
        # 10个-15家 and 第3-5位 have a dash; of what rises and falls it is a sign: 1-6月-5.2%
        begins = match.start()
        dash = begins == behind or (kind not in _RISING and rest[begins - 1 : begins] == "\0")
        start, end = match.start("low") if dash else begins, begins + len(match[0].rstrip())
        factor = MAGNITUDES[magnitude]
        # 2-3万人 shares its magnitude; 5000个至1万个 has two.
        own = scale or scaled or ("" if same else magnitude)
        value = _decimal(low) * MAGNITUDES[own]
        if sign and not dash:
            value = -value
        comparator, left = self._signs.before(rest, start)
        sign_after, right = self._signs.after(rest, end)
        bare = not unit and not magnitude
        reason = context_reason(Candidate(rest, start, end, left, right, unit, kind, bare))
        grows = partial(self._numerals.grows, rest, left)
        upper, _, _ = multiple_to_percent(plain(_decimal(high) * factor) if high else None, unit, kind, grows)
        grown, unit, kind = multiple_to_percent(plain(value), unit, kind, grows)
        return Number(
            start=start,
            end=end,
            printed=printed[start:end],
            reason=reason,
            value=grown,
            unit=unit,
            kind=kind,
            comparator=sign_after or ("gt" if more or more2 else None) or comparator or ("ge" if high else "eq"),
            upper=upper,
            bracket=plain(Decimal(bracket) * factor) if bracket else None,
            span=(left, right),
            variant=variant,
        )


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


#: 从5元, 由原来的5元: what stands before a figure that something rose or fell from.
_FROM = re.compile(r"[从由][^\d，,。;；]*$")
#: 提高到10元, 统一调整为10元: what stands behind it.
_TO = re.compile(r"[^\d，,。;；]*?[到至为]")
#: How far both may be from the figure, in characters.
_NEAR = 13


def _resolve(numbers: list[Number], text: str) -> list[Number]:
    """Overlaps removed; the first figure of “from 5 to 10” told from the second."""
    kept: list[Number] = []
    for number in numbers:
        if kept and number.start < kept[-1].end:
            continue
        if not _comes_from(number, text):
            kept.append(number)
        elif "至" in number.printed:
            # 由70%至80% is in one stretch
            kept.append(replace(number, value=number.upper, upper=None, comparator="eq"))
        elif not number.reason and _TO.match(text[number.end : number.end + _NEAR]):
            kept.append(replace(number, reason="baseline"))
        else:
            kept.append(number)
    return [_shared_unit(number, after, text) for number, after in zip_longest(kept, kept[1:])]


def _comes_from(number: Number, text: str) -> bool:
    """Whether 从 or 由 stands before a number, in its clause and with no other number between."""
    return _FROM.search(text[max(0, number.start - _NEAR) : number.start]) is not None


def _shared_unit(number: Number, after: Number | None, text: str) -> Number:
    """1.03和0.53个百分点: the first figure has the unit of the second."""
    if after is None or number.reason or after.reason or text[number.end : after.start] not in {"和", "、", "与", "及"}:
        return number
    # 6.3个和6.2个百分点: the first 个 is what is left of 个百分点
    shortened = number.unit == "个" and after.unit.endswith("百分点")
    if shortened or (after.unit and not number.unit and number.kind != "share"):
        return replace(number, unit=after.unit, kind=after.kind)
    return number
