"""The grammar of quantities: number, magnitude, unit, comparator, and what makes a number no quantity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from generator.lookups import Units
from generator.model import Comparator, Comparators
from generator.quantities.context import Candidate, context_reason
from generator.quantities.exclusions import blank, find_exclusions
from generator.text import chinese_to_decimal, fold_width

MAGNITUDES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}

_FRACTION = re.compile(r"([二三四五六七八九十百]+)分之([一二两三四五六七八九十百]+)|一半(?=以上|的)|过半数")
#: What may stand between a comparator and its number.
_REACHING = ("", "到", "至", "了", "达", "达到")
_COUNTED = re.compile(r"(?P<number>[一二两三四五六七八九十百千]+)(?P<unit>个百分点|[个次场家处项条件名人支])")


_NUMERALS = "一二两三四五六七八九十百千"
#: A character of which one stands in every quantity: a digit, a numeral, the 半 of 一半 and 过半数.
_NUMERIC = re.compile(rf"[\d{_NUMERALS}半]")
#: How many texts a grammar remembers the numbers of: those of a document of some megabytes.
_REMEMBERED = 1 << 14
#: Kinds of unit that a numeral of two characters or more (十二个, 三百二十亿元) makes a quantity with.
_SPELLED_KINDS = {"count", "people", "times", "money", "area", "length", "mass"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text with its place in it. ``reason`` is empty for a quantity; otherwise it says why it is none.

    ``value`` is in the base unit (万 and 亿 multiplied out). ``start``–``end`` covers number, magnitude and unit;
    ``span`` also the comparator words beside them. ``upper`` is the higher end of a range. ``bracket`` is a second
    number in brackets: 5(4)个.
    """

    start: int
    end: int
    printed: str
    reason: str = ""
    value: Decimal | None = None
    unit: str = ""
    kind: str = ""
    comparator: Comparator = "eq"
    upper: Decimal | None = None
    bracket: Decimal | None = None
    span: tuple[int, int] = (0, 0)
    variant: str = ""


class Grammar:
    """Reads the numbers of a text. Built once from the units and comparators of the lookups."""

    def __init__(self, units: Units, comparators: Comparators) -> None:
        self.units = units
        # Layouts, targets and the accounting ask for the numbers of the same texts.
        self._read_once = lru_cache(_REMEMBERED)(self._read)
        self._before = [
            (re.compile(rf"(?:{_words(words)})(?:{'|'.join(_REACHING[1:])})?\s*$"), sign)
            for sign, words in comparators.before.items()
        ]
        self._ends_before = tuple(word for words in comparators.before.values() for word in words)
        self._after = [(re.compile(_words(words)), sign) for sign, words in comparators.after.items()]
        inside = _words(word for words in comparators.inside.values() for word in words)
        # 分别 after a number whose unit is lost is no 分
        unit = _words(units.kinds).replace("|分|", "|分(?![别之])|")
        counted = _words(name for name, kind in units.kinds.items() if kind in _SPELLED_KINDS)
        self._spelled = re.compile(
            rf"(?<![第零〇几数多“{_NUMERALS}])(?P<number>[{_NUMERALS}]{{2,}})"
            rf"(?P<magnitude>万亿|亿|万)?(?P<unit>{counted})"
        )
        figure = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
        self._number = re.compile(
            rf"""(?=[-－−\d])(?P<sign>(?<![\dA-Za-z)）\u6708%])[-－−](?=\d))?
            (?P<low>{figure})
            (?:[ \t\u3000]*(?:[-—–－~～]+|至)[ \t\u3000]*(?P<high>{figure}))?
            (?:[ \t\u3000]*[(（][ \t\u3000]*(?P<bracket>\d+(?:\.\d+)?)[ \t\u3000]*[)）])?
            [ \t\u3000]*(?P<more>{inside})?[ \t\u3000]*
            (?P<magnitude>万亿|千万|百万|万|亿|千(?![瓦克米伏])|百(?!分|花|姓|货|企|年|日|千|强))?
            [ \t\u3000]*(?P<more2>{inside})?[ \t\u3000]*
            (?P<unit>{unit})?
            (?:[ \t\u3000]*[(（](?P<variant>[^()（）\d]{{1,8}})[)）])?""",
            re.VERBOSE,
        )

    def read(self, text: str) -> list[Number]:
        """Every number of a text, in order: quantities, and what is none with the reason. Raises nothing."""
        return list(self._read_once(text))

    def _read(self, text: str) -> tuple[Number, ...]:
        folded = fold_width(text)
        if _NUMERIC.search(folded) is None:
            return ()
        numbers = [
            Number(start, end, text[start:end], reason, span=(start, end))
            for start, end, reason in find_exclusions(folded)
        ]
        rest = blank(folded, ((number.start, number.end) for number in numbers))
        numbers += [self._classify(folded, rest, match, text) for match in self._number.finditer(rest)]
        numbers += self._chinese(rest, text)
        return tuple(_resolve(sorted(numbers, key=lambda number: number.start), folded))

    def quantities(self, text: str) -> list[Number]:
        """The quantities of a text alone."""
        return [number for number in self._read_once(text) if not number.reason]

    def _classify(self, text: str, rest: str, match: re.Match[str], printed: str) -> Number:
        start, end = match.start(), _match_end(match, self.units)
        unit = match["unit"] or ""
        factor = MAGNITUDES[match["magnitude"] or ""]
        value = Decimal(match["low"].replace(",", "")) * factor * (-1 if match["sign"] else 1)
        kind = self.units.kinds.get(unit, "")
        more = match["more"] or match["more2"]
        comparator, left = self._comparator_before(rest, start)
        sign_after, right = self._comparator_after(rest, end)
        bracketed = match["variant"] and end == match.end()
        high = match["high"]
        return Number(
            start=start,
            end=end,
            printed=printed[start:end],
            reason=context_reason(
                Candidate(rest, start, end, left, right, unit, kind, bare=not unit and not match["magnitude"])
            ),
            value=plain(value),
            unit=unit,
            kind=kind,
            comparator=sign_after or ("gt" if more else None) or comparator or ("ge" if high else "eq"),
            upper=plain(Decimal(high.replace(",", "")) * factor) if high else None,
            bracket=plain(Decimal(match["bracket"]) * factor) if match["bracket"] else None,
            span=(left, right),
            variant=match["variant"] if bracketed else "",
        )

    def _comparator_before(self, text: str, start: int) -> tuple[Comparator | None, int]:
        left = text[max(0, start - 40) : start]
        bare = left.rstrip()
        if any(bare.removesuffix(word).endswith(self._ends_before) for word in _REACHING):
            for pattern, sign in self._before:
                match = pattern.search(left)
                if match and not left[: match.start()].removesuffix("\n").endswith(("节", "制", "最", "赶")):
                    return sign, start - len(left) + match.start()
        if "少" in left or "低于" in left:
            clause = re.split(r"[，,。;；\0]", left)[-1]
            if re.search(r"(?:至少|不少于|不低于|最少)[^\d]*$", clause):
                return "ge", start
        return None, start

    def _comparator_after(self, text: str, end: int) -> tuple[Comparator | None, int]:
        for pattern, sign in self._after:
            if match := pattern.match(text, end):
                return sign, match.end()
        return None, end

    def _chinese(self, text: str, printed: str) -> Iterator[Number]:
        """Quantities in Chinese numerals, where words beside them show that a quantity is meant."""
        for match in _FRACTION.finditer(text):
            value = Decimal("0.5")
            if match[1]:
                below, above = chinese_to_decimal(match[1]), chinese_to_decimal(match[2])
                if not below or above is None:
                    continue
                value = (above / below).quantize(Decimal("0.0001"))
            sign, right = self._comparator_after(text, match.end())
            yield Number(
                *match.span(),
                printed[slice(*match.span())],
                value=value,
                kind="share",
                comparator=sign or "eq",
                span=(match.start(), right),
            )
        for match in self._spelled.finditer(text):
            number = chinese_to_decimal(match["number"])
            if number is not None:
                yield self._numeral(text, printed, match, plain(number * MAGNITUDES[match["magnitude"] or ""]))
        for match in _COUNTED.finditer(text):
            number = chinese_to_decimal(match["number"])
            if number is not None:
                found = self._numeral(text, printed, match, number)
                if found.comparator == "ge":
                    yield found

    def _numeral(self, text: str, printed: str, match: re.Match[str], value: Decimal) -> Number:
        """The quantity of a numeral in Chinese characters, with the comparators beside it."""
        before, left = self._comparator_before(text, match.start())
        after, right = self._comparator_after(text, match.end())
        return Number(
            *match.span(),
            printed[slice(*match.span())],
            value=value,
            unit=match["unit"],
            kind=self.units.kinds.get(match["unit"], "count"),
            comparator=after or before or "eq",
            span=(left, right),
        )


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]


def _words(words: Iterable[str]) -> str:
    """An alternation of literal words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


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
        if (
            not number.reason
            and _BASELINE.search(text[max(0, number.start - 14) : number.start])
            and _CHANGED_TO.match(text[number.end : number.end + 16])
        ):
            kept.append(replace(number, reason="baseline"))
        else:
            kept.append(number)
    return [_shared_unit(number, after, text) for number, after in zip_longest(kept, kept[1:])]


def _shared_unit(number: Number, after: Number | None, text: str) -> Number:
    """1.03和0.53个百分点: the first figure has the unit of the second."""
    bare = not number.reason and not number.unit and number.kind != "share"
    if (
        bare
        and after
        and after.unit
        and not after.reason
        and text[number.end : after.start] in {"和", "、", "与", "及"}
    ):
        return replace(number, unit=after.unit, kind=after.kind)
    return number
