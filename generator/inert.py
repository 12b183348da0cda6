"""Text that a spreadsheet would run as a formula, and the apostrophe that keeps it inert in CSV.

A CSV file cannot say that a cell is text. So text that begins with a character that starts a formula is written with an
apostrophe before it, unless it is a plain signed number (``-3.2%``, ``+5``), which is harmless. Text that itself begins
with apostrophes and such a character gets one more, so that taking one away always gives back what was there.
"""

from __future__ import annotations

import re

# Full-width signs start a formula, too, where a spreadsheet runs in an East Asian locale.
_STARTS_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n\0]")
FORMULA_STARTS = frozenset("'=+-@＝＋－＠\t\r\n\0")
"""Only text that begins with one of these can start a formula, or looks like text that was guarded."""
_PLAIN_NUMBER = re.compile(r"[+\-][0-9]+(\.[0-9]+)?%?")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could run this text, apostrophes before it left aside."""
    return bool(_STARTS_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def guard_text(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs."""
    return f"'{text}" if starts_formula(text) else text


def unguard_text(cell: str) -> str:
    """The text of a CSV cell: the inverse of ``guard_text``."""
    return cell[1:] if cell.startswith("'") and _STARTS_FORMULA.match(cell) else cell
