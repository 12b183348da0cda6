"""What the grammar reads: a number with its place in the text."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from generator.model import Comparator

MAGNITUDES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


class Number(Struct, frozen=True, gc=False):
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


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    if not value:
        return Decimal(0)  # a dash before a nought makes no other number of it
    short = value.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]
