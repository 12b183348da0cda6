"""Text → grams: every pair of neighbours in it, and every character of it alone.

A gram is two UTF-16 units, as a browser counts them; a character alone is followed by a space. A piece of text stands
in a page only if all its grams do; of one or two units it stands there if and only if its gram does.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from operator import add

from generator.folding import fold_table

ALONE = " "
"""Second unit of the gram of one character: no gram of two has a space."""

_SPACES = re.compile(" {2,}")
_UNREAD = re.compile("(?<![0-9a-z]) | (?![0-9a-z])")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class _Folded(dict[int, str]):
    """What each character is compared as; those that stay as they are are learnt as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


@cache
def _folded() -> _Folded:
    return _Folded({ord(old): new for old, new in fold_table().items()})


def fold_text(text: str) -> str:
    """Text as the worker compares it: folded, spaces only between two letters or digits, in UTF-16 units."""
    folded = text.translate(_folded())
    if " " in folded:
        folded = _UNREAD.sub("", _SPACES.sub(" ", folded))
    return _BEYOND.sub(_to_pair, folded)


def _to_pair(character: re.Match[str]) -> str:
    high, low = divmod(ord(character[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def text_to_grams(text: str) -> frozenset[str]:
    """The grams of a text as it is printed."""
    grams: set[str] = set()
    for word in fold_text(text).split(" "):
        grams.update(map(add, word, word[1:]))
        grams.update(map(add, word, repeat(ALONE)))
    return frozenset(grams)


def grams_to_keys(grams: Iterable[str]) -> bytes:
    """Grams as big-endian numbers of four bytes, in the order given."""
    return "".join(grams).encode("utf-16-be", "surrogatepass")


def keys_to_numbers(keys: bytes) -> array[int]:
    """The numbers; they ascend as their grams do."""
    numbers = array("I", keys)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def numbers_to_keys(numbers: array[int]) -> bytes:
    """The same numbers as bytes again."""
    turned = array("I", numbers)
    if sys.byteorder == "little":
        turned.byteswap()
    return turned.tobytes()
