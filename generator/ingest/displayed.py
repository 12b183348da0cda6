"""Values of spreadsheet cells as the sheet shows them: 83%, 1,234.50, 2024-03-05."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: Literal text of a number format: "万元", \个, the space of _x; then colours and locales, which show nothing.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKET = re.compile(r"\[[^\]]*\]")
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")


def value_to_text(value: object, number_format: str = "General") -> str:
    """A value of a cell as text; dates as ISO writes them, to the month where the format shows no day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value, number_format)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _moment(value: datetime, number_format: str) -> str:
    if not _shows_day(number_format):
        return value.strftime("%Y-%m")
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")


def _shows_day(number_format: str) -> bool:
    bare = _BRACKET.sub("", _LITERAL.sub("", number_format)).lower()
    return "d" in bare or "m" not in bare or "h" in bare


def _number(value: int | float, number_format: str) -> str:
    general = _general(value)
    shown = _BRACKET.sub("", number_format.partition(";")[0])
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return "\x00"

    bare = _LITERAL.sub(keep, shown)
    places = _PLACES.findall(bare)
    # Fractions, exponents and dates are not taken apart; the plain number loses nothing.
    if len(places) != 1 or re.search(r"[A-Za-z/@]", bare):
        return general
    try:
        figure = _figure(Decimal(general), places[0], bare.count("%"))
    except InvalidOperation:
        return general
    words = iter(literals)
    return re.sub("\x00", lambda _: next(words), _PLACES.sub(lambda _: figure, bare, count=1)).strip()


def _figure(value: Decimal, places: str, percents: int) -> str:
    """A number in the places of a format: decimals rounded half up, as spreadsheets do, and thousands."""
    decimals = places.partition(".")[2].count("0") + places.partition(".")[2].count("?")
    most = len(re.sub(r"[^#0?]", "", places.partition(".")[2]))
    whole = places.partition(".")[0]
    scaled = value.scaleb(2 * percents).scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
    rounded = scaled.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    if most > decimals and "." in text:
        head, _, tail = text.partition(".")
        tail = tail[:decimals] + tail[decimals:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    return text


def _general(value: int | float) -> str:
    """A number in full with the fifteen digits that a spreadsheet keeps, without .0 and without an exponent."""
    if isinstance(value, int):
        return str(value)
    try:
        text = f"{Decimal(f'{value:.15g}'):f}"
    except InvalidOperation:
        return str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
