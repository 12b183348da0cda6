"""The grammar of quantities: number, magnitude, unit, comparator, and what makes a number no quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
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
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
#: A character of which one stands in every number: a digit, a numeral, the 半 of 一半 and 过半数, the 翻 of 翻番.
_NUMERIC = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿廿卅半几数翻倍]")
#: How many texts a grammar remembers the numbers of: those of a document of some megabytes.
_REMEMBERED = 1 << 14


#: A word or two that end a clause: where a number stands before them, they are its unit.
_LAST_WORD = r"[\u4e00-\u9fff]{1,2}(?=[,，。;；、]|$)"


class Grammar:
    """Reads the numbers of a text. Built once from the units, the comparators and the numerals of the lookups."""

    def __init__(self, units: Units, comparators: Comparators, numerals: Numerals) -> None:
        self.units = units
        # Layouts, targets and the accounting ask for the numbers of the same texts.
        self._read_once = lru_cache(_REMEMBERED)(self._read)
        self._exclude_once = lru_cache(1)(self._exclude)
        self._signs = Signs(comparators)
        self._numerals = NumeralReader(units, numerals, self._signs)
        self._folded = {ord(other): character for other, character in numerals.characters.items()}
        self._unfolded = re.compile(f"[{WIDE}{re.escape(''.join(numerals.characters))}]")
        inside = self._signs.inside
        # 分别 after a number whose unit is lost is no 分, and 365方案 is a name
        unit = alternation(units.kinds).replace("|分|", "|分(?![别之])|").replace("|方|", "|方(?![案面式针向位])|")
        figure = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
        power = "万亿|千万|百万|万|亿"
        between = r"[ \t\u3000]*(?:[-—–－~～]+|至)[ \t\u3000]*"
        self._number = re.compile(
            rf"""(?=[-－−\d])(?P<sign>(?<![\dA-Za-z)）\u6708%])[-－−](?=\d))?
            (?P<low>{figure})
            (?:(?=[^\d,，。;；\n]{{0,8}}?[-—–－~～至])
              (?:[ \t\u3000]*(?P<scale>{power})(?={between}(?:{figure})[ \t\u3000]*(?:万|亿))
              |[ \t\u3000]*(?P<scaled>{power})?(?P<same>{unit})(?={between}(?:{figure})(?:{power})?(?P=same)))?
              {between}(?P<high>{figure}))?
            (?:[ \t\u3000]*[(（][ \t\u3000]*(?P<bracket>\d+(?:\.\d+)?)[ \t\u3000]*[)）])?
            [ \t\u3000]*(?P<more>{inside})?[ \t\u3000]*
            (?P<magnitude>万亿|千万|百万|万|亿|千(?![瓦克米伏])|百(?!分|花|姓|货|企|年|日|千|强))?
            [ \t\u3000]*(?P<more2>{inside})?[ \t\u3000]*
            (?P<unit>{unit})?
            (?:[ \t\u3000]*[(（](?P<variant>[^()（）\d]{{1,8}})[)）])?""",
            re.VERBOSE,
        )

        # A figure is read with its unit where one that is known stands there; a share in words (三分之二) has none.
        ends = "".join({word[-1] for word in inside.split("|") if word} | set("万亿千百"))
        self._may_lack_unit = re.compile(rf"[\d)）{re.escape(ends)}][ \t\u3000]*(?!{unit}){_LAST_WORD}|分之")

    def read(self, text: str) -> list[Number]:
        """Every number of a text, in order: quantities, and what is none with the reason. Raises nothing."""
        return list(self._read_once(text))

    def _exclude(self, text: str) -> tuple[tuple[int, int, str], ...]:
        return tuple(find_exclusions(self._fold(text)))

    def _read(self, text: str) -> tuple[Number, ...]:
        folded = self._fold(text)
        if _NUMERIC.search(folded) is None:
            return ()
        numbers = [
            Number(start, end, text[start:end], reason, span=(start, end))
            for start, end, reason in find_exclusions(folded)
        ]
        rest = blank(folded, ((number.start, number.end) for number in numbers))
        numbers += [self._classify(rest, match, text) for match in self._number.finditer(rest)]
        numbers += self._numerals.read(rest, text)
        return tuple(_resolve(sorted(numbers, key=lambda number: number.start), folded))

    def reason_at(self, text: str, position: int) -> str:
        """Why the digit or numeral at a position of a text is no quantity; empty where it is one, or part of none.

        A rule that takes out a stretch of the text keeps what it takes, so that only what no rule takes is read.
        """
        taken = ((start, end, reason) for start, end, reason in self._exclude_once(text) if start <= position < end)
        if found := next(taken, None):
            return found[2]
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
        if self._may_lack_unit.search(self._fold(text)) is None:
            return []
        return [number for number in self.quantities(text) if not number.unit]

    def _classify(self, rest: str, match: re.Match[str], printed: str) -> Number:
        sign, low, scale, scaled, same, high, bracket, more, magnitude, more2, unit, variant = match.groups("")
        start, end = match.start(), _match_end(match, self.units)
        factor = MAGNITUDES[magnitude]
        # 2-3万人 shares its magnitude; 5000个至1万个 has two.
        own = scale or scaled or ("" if same else magnitude)
        value = _decimal(low) * MAGNITUDES[own] * (-1 if sign else 1)
        kind = self.units.kinds.get(unit, "")
        comparator, left = self._signs.before(rest, start)
        sign_after, right = self._signs.after(rest, end)
        bare = not unit and not magnitude
        reason = context_reason(Candidate(rest, start, end, left, right, unit, kind, bare))
        grows = self._numerals.grows(rest[:left])
        upper, _, _ = multiple_to_percent(plain(_decimal(high) * factor) if high else None, unit, kind, grows=grows)
        grown, unit, kind = multiple_to_percent(plain(value), unit, kind, grows=grows)
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
            variant=variant if variant and end == match.end() else "",
        )


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _match_end(match: re.Match[str], units: Units) -> int:
    """End of number and unit. A bracket belongs to it only when it holds another unit: 套(间), 条(个)."""
    if match["variant"] and match["variant"] in units.kinds and match["unit"]:
        return match.end()
    if match["variant"]:
        return (
            match.start("variant")
            - 1
            - len(match[0][: match.start("variant") - 1 - match.start()])
            + len(match[0][: match.start("variant") - 1 - match.start()].rstrip())
        )
    return match.start() + len(match[0].rstrip())


_BASELINE = re.compile(r"(?:从|由)(?P<between>[^\d，,。;；]{0,12})$")
_CHANGED_TO = re.compile(
    r"^[^\d，,。;；]{0,10}?(?:提高|增加|上升|提升|扩大|调整|下降|降低|减少|增|降|升|统一)?(?:到|至|为)"
)


def _resolve(numbers: list[Number], text: str) -> list[Number]:
    """Overlaps removed; the first figure of “from 5 to 10” told from the second."""
    kept: list[Number] = []
    for number in numbers:
        if kept and number.start < kept[-1].end:
            continue
        if not number.reason and number.upper is not None and "至" in number.printed and _raised(number, text):
            kept.append(replace(number, value=number.upper, upper=None, comparator="eq"))
        elif (
            not number.reason
            and _BASELINE.search(text[max(0, number.start - 14) : number.start])
            and _CHANGED_TO.match(text[number.end : number.end + 16])
        ):
            kept.append(replace(number, reason="baseline"))
        else:
            kept.append(number)
    return [_shared_unit(number, after, text) for number, after in zip_longest(kept, kept[1:])]


def _raised(number: Number, text: str) -> bool:
    """Whether two figures with 至 between them are where something came from and got to: 由70%至80%."""
    return _BASELINE.search(text[max(0, number.start - 14) : number.start]) is not None


def _shared_unit(number: Number, after: Number | None, text: str) -> Number:
    """1.03和0.53个百分点: the first figure has the unit of the second."""
    # 6.3个和6.2个百分点: the first 个 is what is left of 个百分点
    shortened = after is not None and number.unit == "个" and after.unit.endswith("百分点")
    bare = not number.reason and (not number.unit or shortened) and number.kind != "share"
    if (
        bare
        and after
        and after.unit
        and not after.reason
        and text[number.end : after.start] in {"和", "、", "与", "及"}
    ):
        return replace(number, unit=after.unit, kind=after.kind)
    return number
