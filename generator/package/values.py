"""Values of cells, the same from whatever format they were read, so that formats can be compared.

A value is ``str``, ``int``, ``Decimal``, ``bool`` or ``date``, and ``None`` where there is none: formats differ in how
they say "nothing" (an empty cell, ``""``, null), and the published schemas say that an empty text is no value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.inert import unguard_text

Value = str | int | Decimal | bool | date | None
Values = tuple[Value, ...]

DOUBLE_DIGITS = 15
"""Significant decimal digits that a binary double keeps, and that SQLite and Excel show."""


def parse_cell(cell: str, kind: str) -> Value:
    """A CSV cell of a column of this type. Raises ValueError or ArithmeticError for what is none of its values."""
    if cell == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[cell]
    if kind == "integer":
        return int(cell)
    if kind == "number":
        return Decimal(cell)
    return date.fromisoformat(cell) if kind == "date" else unguard_text(cell)


def fits_double(value: Decimal) -> bool:
    """Whether a binary double gives this number back to the last digit."""
    return len(value.normalize().as_tuple().digits) <= DOUBLE_DIGITS


def double_to_decimal(value: float) -> Decimal:
    """The shortest decimal that is this double: what was written, where it had 15 digits or fewer."""
    return Decimal(repr(value))


def same_value(one: Value, other: Value) -> bool:
    """Equal, and of one type: 1 is not true, and text is not a number."""
    return type(one) is type(other) and one == other
