"""Exact arithmetic on printed numbers: shares, digits as printed, the precision of an operand, and how to print."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

_NUMBER = re.compile(r"\d[\d,，]*(?:[.．]\d+)?")
_SHARE = Decimal("0.0001")
#: Digits enough for any value of a register (``registers.MOST_DIGITS``) over any other: rounding never fails.
_WIDE = Context(prec=200)


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros. 858000.0 is '858000', 0.50 is '0.5'."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit, the thousands set off: '1,000,000 平方米', '83%'."""
    whole, _, fraction = plain(abs(value)).partition(".")
    number = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    sign = "-" if value < 0 else ""
    return f"{sign}{number}{unit}" if unit == "%" else f"{sign}{number} {unit}".rstrip()


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Part ÷ whole to four digits, never rounded up to a share that is not reached. ``whole`` is not zero."""
    return _WIDE.divide(part, whole).quantize(_SHARE, rounding=ROUND_FLOOR, context=_WIDE)


def printed_digits(printed: str, value: Decimal) -> int:
    """How many digits stand after the decimal point of a printed number; of ``value`` where none is printed."""
    match = _NUMBER.search(printed)
    if match is None:
        return max(0, -int(value.normalize().as_tuple().exponent))
    return len(re.split(r"[.．]", match.group())[1]) if re.search(r"[.．]", match.group()) else 0


def rounded(value: Decimal, digits: int) -> Decimal:
    """Rounded half up, as people round."""
    return value.quantize(_step(digits), rounding=ROUND_HALF_UP, context=_WIDE)


def significant(value: Decimal, digits: int) -> Decimal:
    """Rounded half up to so many significant digits: 16920115495.67 to four is 16920000000."""
    if not value:
        return value
    rounded_off = rounded(value, digits - 1 - value.adjusted())
    return Decimal(format(rounded_off, "f"))  # no exponent, which would be printed


def truncated(value: Decimal, digits: int) -> Decimal:
    """Cut off after so many digits."""
    return value.quantize(_step(digits), rounding=ROUND_DOWN, context=_WIDE)


def half_step(value: Decimal, printed: str) -> Decimal:
    """Half of the last printed digit, in base units: ±500 for 85.8万, zero for a count such as 227.

    A number printed whole and not in 万 or 亿 is taken as exact.
    """
    match = _NUMBER.search(printed)
    if match is None:
        return Decimal(0)
    number = Decimal(re.sub(r"[,，]", "", match.group()).replace("．", "."))
    if not number:
        return Decimal(0)
    scale = abs(value) / number
    digits = printed_digits(printed, value)
    return Decimal(0) if scale == 1 and digits == 0 else scale * _step(digits) / 2


def _step(digits: int) -> Decimal:
    """One in the last of so many digits behind the point: 0.01 of two, 100 of minus two."""
    return Decimal(1).scaleb(-digits)
