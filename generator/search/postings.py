"""Which pages of a shard have a gram, as bytes that stand one after another: shard, pages, shard, pages, …

A page is three times the number of pages that are passed over, plus where the gram stands: 0 in the title, 1 in the
wording, 2 elsewhere. A shard is how many it comes after the last one that has the gram. First bytes tell them apart::

    0 … 199      a page, that number                     204 … 252  a shard, 1 … 49 after the last
    200 … 202    a page, 255 × (byte - 200) + next + 200  253        a shard, next two after it
    203          a page, next three                       254        a shard, next three after it

Numbers of several bytes are to the base of 255, highest first: the byte 255 is free, and stands between grams.
"""

from __future__ import annotations

from functools import lru_cache

TITLE, WORDING, ELSEWHERE = range(3)
"""Where a gram stands in a page, foremost place first."""
PLACES = 3
BETWEEN = b"\xff"

_BASE = 255
_PAGES = [bytes([value]) for value in range(200)]
_PAGES += [bytes([200 + value // _BASE, value % _BASE]) for value in range(3 * _BASE)]
_SHORT = len(_PAGES)
_SHARDS = [b"", *(bytes([203 + gap]) for gap in range(1, 50))]


def encode_places(places: int) -> bytes:
    """``places``: bits, numbered ``PLACES`` times the number of the page in its shard, plus where the gram stands.

    Of several places in one page the foremost counts.
    """
    pages = f"{places:o}"[::-1]
    for digit in "1234567":
        pages = pages.replace(digit, f"{digit} ")
    return b"".join(map(_encode_page, pages.split()))


@lru_cache(4_096)
def _encode_page(pages: str) -> bytes:
    """Octal digits, one a page: 0 for those that are passed over, and the places in the one after them."""
    places = int(pages[-1])
    passed = PLACES * (len(pages) - 1) + (places & -places).bit_length() - 1
    return _PAGES[passed] if passed < _SHORT else _long(203, passed, 3)


def encode_gap(gap: int) -> bytes:
    """``gap``: how many shards after the last one, 1 or more."""
    if gap < len(_SHARDS):
        return _SHARDS[gap]
    return _long(253, gap, 2) if gap < _BASE**2 else _long(254, gap, 3)


def _long(mark: int, value: int, digits: int) -> bytes:
    return bytes([mark, *(value // _BASE**power % _BASE for power in reversed(range(digits)))])
