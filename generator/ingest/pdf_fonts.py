"""Widths of the characters of a PDF's fonts, before pdfminer writes them out one by one.

A font may give one width to a range of characters: twenty bytes of a file name two thousand million of them, and
pdfminer 20260107 keeps a number for each, 3 GB and no end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from pdfminer import pdffont
from pdfminer.pdftypes import resolve1

from generator.ingest.limits import MAX_WIDTHS


@cache
def bound_widths() -> None:
    """Refuse fonts that name more characters than any has, wherever pdfminer reads one from now on."""
    pdffont.get_widths = _bounded(pdffont.get_widths, 3)  # type: ignore[assignment]
    pdffont.get_widths2 = _bounded(pdffont.get_widths2, 5)  # type: ignore[assignment]


def _bounded(read: Callable[[Iterable[object]], Any], numbers: int) -> Callable[[Iterable[object]], Any]:
    """The same function, which raises ValueError for too many; ``numbers`` make a range, the first two its ends."""

    def read_bounded(widths: Iterable[object]) -> Any:
        given = list(widths)
        if count_widths(given, numbers) > MAX_WIDTHS:
            message = f"a font with the widths of more than {MAX_WIDTHS} characters"
            raise ValueError(message)
        return read(given)

    return read_bounded


def count_widths(widths: Iterable[object], numbers: int) -> int:
    """How many characters a list of widths names in ranges: so many numbers each, the first two its ends.

    The other form, a number and a list, names as many as it has (ISO 32000-1, 9.7.4.3).
    """
    count, read = 0, list[float]()
    for one in map(resolve1, widths):
        if isinstance(one, list):
            read = []
        elif isinstance(one, int | float):
            read.append(one)
            if len(read) == numbers:
                count += max(int(read[1]) - int(read[0]) + 1, 0) if abs(read[0]) + abs(read[1]) < 1e18 else MAX_WIDTHS
                read = []
    return count
