"""Numbers, dates and titles as text for people."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from generator.model import Commitment, Target
from generator.pages.words import COMPARATORS

_BREAK = re.compile(r"[。；;！？\n]|，|,|、")
_TITLE_LENGTH = 40
_TITLES_KEPT = 1_000
"""A page, its twin, lists and feeds say a title some twenty times, all while its year is made."""
_SIZES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
_LARGE = _SIZES[-1][1]


def render_number(value: Decimal) -> str:
    """A number with thousands separators and no needless zeros: ``12,345.6``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def render_quantity(value: Decimal, unit: str) -> str:
    """A number of base units as people write it: 858000 人次 is ``85.8 万人次``, 15 % is ``15%``."""
    if unit == "%":
        return f"{render_number(value)}%"
    if not -_LARGE < value < _LARGE:
        for word, size in _SIZES:
            if abs(value) >= size and (value / size * 10000) % 1 == 0:
                return f"{render_number((value / size).normalize())} {word}{unit}"
    return f"{render_number(value)} {unit}" if unit else render_number(value)


def render_target(comparator: str, value: Decimal, unit: str) -> str:
    """A quantity with its comparator in front: ``≥ 200 亿元``."""
    sign = COMPARATORS[comparator]
    return f"{sign} {render_quantity(value, unit)}".strip()


def render_share(share: Decimal | None) -> str:
    """A share as percent with at most one decimal: 0.9592 is ``95.9%``; nothing is a dash."""
    if share is None:
        return "—"
    return f"{render_number((share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP))}%"


def render_percent(percent: Decimal | None) -> str:
    """A figure that is in percent already, with at most two decimals."""
    if percent is None:
        return "—"
    return f"{render_number(percent.quantize(Decimal('0.01'), ROUND_HALF_UP))}%"


def render_points(points: Decimal | None) -> str:
    """A difference of two percentages, with its sign, in points (百分点)."""
    if points is None:
        return "—"
    rounded = points.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'+' if rounded > 0 else ''}{render_number(rounded)} 点" if rounded else "0"


def render_date(day: date | None) -> str:
    """A date as ISO text; none is a dash."""
    return day.isoformat() if day else "—"


def shorten(text: str, length: int) -> str:
    """The text cut to ``length`` characters, with an ellipsis where something was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip("，,、；;。 ") + "…"


def fit(text: str, width: float) -> str:
    """The text cut to a width in Chinese characters; others are taken for a bit more than half as wide."""
    flat, used = " ".join(text.split()), 0.0
    if len(flat) <= width:
        return flat
    for place, char in enumerate(flat):
        used += 0.58 if char < "\u2000" else 1.0
        if used > width:
            return flat[: max(place - 1, 1)].rstrip("，,、；;。 ") + "…"
    return flat


def commitment_to_title(commitment: Commitment) -> str:
    """A commitment's short name: its first clauses, else its section, else how its report begins (仅见进展)."""
    if commitment.text:
        return _first_clauses(commitment.text)
    if commitment.section:
        return shorten(commitment.section, _TITLE_LENGTH)
    if commitment.reports:
        return f"（仅见进展）{_first_clauses(commitment.reports[0].text)}"
    return f"第 {commitment.position} 项"


@lru_cache(_TITLES_KEPT)
def _first_clauses(text: str) -> str:
    """As many whole clauses as fit in a title; a first clause that is too long is cut."""
    flat = " ".join(text.split())
    if len(flat) <= _TITLE_LENGTH:
        return flat.rstrip("。；;")
    ends = [match.start() for match in _BREAK.finditer(flat[:_TITLE_LENGTH])]
    sentence = flat.find("。")
    if 8 <= sentence <= _TITLE_LENGTH:
        return flat[:sentence]
    return flat[: ends[-1]] + "…" if ends and ends[-1] >= 10 else shorten(flat, _TITLE_LENGTH)


def render_measure(target: Target) -> str:
    """What a target measures, with the part that it is of where the wording does not name it."""
    named = not target.part or target.part in target.measure
    return target.measure if named else f"{target.measure}（{target.part}）"
