"""Chinese numerals before a measure word, and shares and multiples in words: 四个, 三百二十亿元, 三分之二, 翻一番.

万 and 亿 alone (亿元以上项目, 万元能耗) are magnitudes of a unit and no numerals, but 超万人 is over ten thousand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from generator.lookups import Units
from generator.model import Comparator, Numerals
from generator.patterns import alternation, alternation_not_behind
from generator.quantities.exclusions import blank
from generator.quantities.number import MAGNITUDES, Number, plain
from generator.quantities.numeral_rules import Numeral, NumeralRules
from generator.quantities.signs import Signs
from generator.text import chinese_to_decimal

_DIGITS = r"一二两三四五六七八九"
_FIRST = rf"{_DIGITS}十百千"
_NUMERALS = rf"零〇{_FIRST}"
_ANY = re.compile(rf"[半万亿{_NUMERALS}]")
#: A numeral below ten thousand as it is said: 一千二百零五. 三五 and 七八 are about so many, 二〇二四 is a year, and
#: 一百五 is 105 to some and 150 to others.
_WELL_FORMED = re.compile(
    rf"(?:[{_DIGITS}]?千)?零?(?:[{_DIGITS}]?百)?零?(?:[{_DIGITS}]?十)?(?:(?<![百千])[{_DIGITS}])?"
)
_DECIMALS = rf"(?:点[零〇{_DIGITS}]+)?"
#: A numeral in a text; 廿 and 卅 belong to it and are not read, so that 廿五 is never 五.
_NUMBER = rf"[廿卅{_FIRST}][廿卅{_NUMERALS}]*(?:[万亿]零?[{_FIRST}][{_NUMERALS}]*)*{_DECIMALS}"
_DASH = r"[-—–－~～]"
#: What follows a share: 百分之五至六的企业; in 百分之五至六家 the second number is another.
_AFTER_RANGE = r"[，,。;；、]|$|的|以|左右|之间"
_SHARE = re.compile(
    rf"(?P<below>[万{_NUMERALS}]+)分之(?P<above>[{_NUMERALS}]+{_DECIMALS})"
    rf"(?:(?:至|{_DASH})(?:(?P=below)分之)?(?P<high>[{_NUMERALS}]+{_DECIMALS})(?={_AFTER_RANGE}))?"
    r"|(?P<over>过)半数|一半|半数"
)
#: Shares that are stated as such: 百分之三点一四五 is 3.145 %.
_STATED = {"百", "千", "万"}
#: What follows a half that something is, or is at least: 减少一半。 一半的; in 一半企业 it only describes.
_AFTER_HALF = re.compile(r"的|\s*(?:[，,。;；、]|$)")
_HALF = Decimal(50)
#: Decimals of a share that no whole hundredth of a percent gives (三分之二 → 0.6667).
_ROUNDED_TO = Decimal("0.0001")


class NumeralReader:
    """Reads the Chinese numerals of a text. Built once from the units, the words about numerals and the signs."""

    def __init__(self, units: Units, numerals: Numerals, signs: Signs) -> None:
        self._kinds = units.kinds
        self._signs = signs
        self._rules = NumeralRules(numerals)
        self._words = re.compile(alternation_not_behind(rf"[廿卅万亿{_NUMERALS}]", numerals.words))
        self._growth = re.compile(rf"(?:{alternation(numerals.multiple_of_growth)})了?$")
        unit = alternation(units.kinds)
        self._counted = re.compile(
            rf"""(?<![\d.万亿廿卅{_NUMERALS}])(?<![{_NUMERALS}]点)(?P<vague>[数几])?(?!百分|千[瓦克米])
            (?P<number>{_NUMBER}|(?<=[超破近约过逾])[万亿])
            (?:(?P<same>{unit})(?=(?:至|{_DASH}){_NUMBER}(?P=same)))?(?:(?:至|到|{_DASH})(?P<high>{_NUMBER}))?
            (?P<few>[几来])?(?P<more>{signs.inside})?
            (?P<magnitude>万亿|亿|万)?(?P<more2>{signs.inside})?
            (?!{alternation(numerals.longer)})(?P<unit>{unit})(?P<half>半(?![导年岛径山数决]))?""",
            re.VERBOSE,
        )

    def read(self, text: str, printed: str) -> Iterator[Number]:
        """The numerals of a text, in order, quantities and others with the reason; ordinary words are left out.

        ``printed`` is the text as printed, of the same length.
        """
        if _ANY.search(text) is None:
            return
        shares = [*self._shares(text, printed)]
        yield from shares
        rest = blank(text, (number.span for number in shares))
        rest = blank(rest, [match.span() for match in self._words.finditer(rest) if self._is_word(match)])
        told = 0
        for match in self._counted.finditer(rest):
            # 至少 is of the first number behind it: 至少在一个领域打造一批样板
            yield self._numeral("\0" * told + text[told:], (text, rest), match, printed)
            told = match.end()

    def _is_word(self, match: re.Match[str]) -> bool:
        """Whether no numeral with a longer measure word begins where the word does: 十分, not 十分钟."""
        longer = self._counted.match(match.string, match.start())
        return longer is None or longer.end() <= match.end()

    def _shares(self, text: str, printed: str) -> Iterator[Number]:
        """Shares in words. What is exact to a hundredth of a percent is in percent (一半 → 50 %).

        Another is a share of one, rounded to four decimals and without a unit (三分之二 → 0.6667): a percentage would
        look like one that the document states.
        """
        for match in _SHARE.finditer(text):
            value, upper, unit = _shares_of(match)
            before, left = self._signs.before(text, match.start())
            after, right = self._signs.after(text, match.end())
            start = max(match.start(), match.end("over"))
            shown = match["below"] or match["over"] or after or before or _AFTER_HALF.match(text, match.end())
            yield Number(
                start,
                match.end(),
                printed[start : match.end()],
                reason="vague" if value is None else "" if shown else "describes",
                value=value,
                unit=unit,
                kind="share",
                comparator=after or before or ("gt" if match["over"] else "ge" if upper else "eq"),
                upper=upper,
                span=(left, right),
            )

    def _numeral(self, left_text: str, texts: tuple[str, str], match: re.Match[str], printed: str) -> Number:
        text, rest = texts
        before, left = self._signs.before(left_text, match.start())
        after, right = self._signs.after(text, match.end())
        said = match.groupdict("")
        more: Comparator | None = "gt" if said["more"] or said["more2"] else None
        low, high = (_value(said[name], said["magnitude"]) for name in ("number", "high"))
        unread = low is None or (said["high"] and high is None)
        kind = self._kinds[said["unit"]]
        sign, grows = after or more or before, partial(self.grows, rest, left)
        numeral = Numeral(
            text,
            rest,
            match.start(),
            match.end(),
            (left, right),
            said["number"] + said["magnitude"],
            said["unit"],
            kind,
            vague=bool(said["vague"] or said["few"] or said["half"] or unread),
            compared=sign is not None,
        )
        upper, _, _ = _tenths_to_percent(high, said["unit"], kind, grows)
        value, unit, kind = _tenths_to_percent(low, said["unit"], kind, grows)
        return Number(
            *match.span(),
            printed[slice(*match.span())],
            reason=self._rules.reason(numeral),
            value=value,
            unit=unit,
            kind=kind,
            comparator=sign or ("ge" if high else "eq"),
            upper=upper,
            span=(left, right),
        )

    def grows(self, text: str, left: int) -> bool:
        """Whether the words before a multiple say that something grows by it: 增长, 翻; not 增长到, 是…的."""
        return self._growth.search(text[:left].rstrip()) is not None


def multiple_to_percent(
    value: Decimal | None, unit: str, kind: str, grows: Callable[[], bool]
) -> tuple[Decimal | None, str, str]:
    """Value, unit and kind of a multiple in percent: 增长一倍 100 %, 翻两番 300 %.

    ``grows`` says whether something grows by it; 1.5倍 without that stays a multiple. Anything else comes back as it
    is.
    """
    if value is None:
        return value, unit, kind
    if unit == "倍" and grows():
        return plain(value * 100), "%", "share"
    if unit == "番" and value in range(1, 10) and grows():
        return plain(Decimal(2 ** int(value) - 1) * 100), "%", "share"
    return value, unit, kind


def _tenths_to_percent(
    value: Decimal | None, unit: str, kind: str, grows: Callable[[], bool]
) -> tuple[Decimal | None, str, str]:
    """Tenths (八成) and multiples in percent."""
    if unit == "成" and value is not None:
        return plain(value * 10), "%", "share"
    return multiple_to_percent(value, unit, kind, grows)


def _shares_of(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, higher end and unit of a share in words.

    Nothing where a part of it says no number (百分之三五, 零分之一).
    """
    if not match["below"]:
        return _HALF, None, "%"
    below = _value(match["below"], "")
    ends = [_value(match[name], "") for name in ("above", "high") if match[name]]
    known = [end for end in ends if end is not None]
    if not below or len(known) < len(ends):
        return None, None, ""
    shares = [end / below for end in known]
    exact = match["below"] in _STATED or all(share * 10000 % 1 == 0 for share in shares)
    value, *upper = (plain(share * 100) if exact else share.quantize(_ROUNDED_TO) for share in shares)
    return value, next(iter(upper), None), "%" if exact else ""


def _value(numeral: str, magnitude: str) -> Decimal | None:
    """The value of a well-formed numeral (两万五千, 三点五 with 亿); None for another or for none."""
    whole, point, decimals = numeral.partition("点")
    if not point:
        return _whole(whole + magnitude) if whole else None
    value = _whole(whole)
    digits = "".join(str(chinese_to_decimal(digit)) for digit in decimals)
    return None if value is None else plain((value + Decimal(f"0.{digits}")) * MAGNITUDES[magnitude])


def _whole(numeral: str) -> Decimal | None:
    """A numeral without decimals: 一亿五千万 is 一 with 亿 and 五千 with 万. None where it is not well-formed.

    三万五 is 30005 to some and 35000 to others.
    """
    for name in ("亿", "万"):
        above, found, below = numeral.rpartition(name)
        if found:
            high = _whole(above) if above else Decimal(1)
            low = _whole(below) if below else Decimal(0)
            unclear = len(below) == 1
            return None if high is None or low is None or unclear else plain(high * MAGNITUDES[name] + low)
    return chinese_to_decimal(numeral) if _WELL_FORMED.fullmatch(numeral) else None
