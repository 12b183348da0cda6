"""What a recipe prints, compared with the answer of its page: every tool has a layout of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

Cell = str | Decimal
_NOTHING = frozenset(["", "nan", "nat", "none", "null", "na", "<na>"])


def printed_rows(printed: str) -> list[list[Cell]]:
    """The lines that hold a number among words, numbers as such, empty cells left out: headings are no rows."""
    lines = [_cells(re.split(r"[\s,|│]+", line)) for line in printed.splitlines()]
    return [row for row in lines if any(isinstance(cell, Decimal) for cell in row)]


def check_printed(printed: str, answer: Sequence[Sequence[str]]) -> None:
    """Fail unless the rows printed are those of the answer, in any order."""
    expected = sorted(map(str, (_cells(row) for row in answer)))
    found = sorted(map(str, printed_rows(printed)))
    assert found == expected, f"printed:\n{printed}\nthe page says: {answer}"


def _cells(words: Sequence[str]) -> list[Cell]:
    return [_cell(word.strip("\"'")) for word in words if word.strip("\"'").lower() not in _NOTHING]


def _cell(word: str) -> Cell:
    """A number, however it is written (2e+10 is 20000000000), without trailing zeros; anything else as it is."""
    try:
        date.fromisoformat(word)
    except ValueError:
        pass
    else:
        return word
    try:
        return Decimal(word).normalize()
    except InvalidOperation:
        return word
