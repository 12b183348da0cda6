"""Text → grams: every pair of neighbours in it, and every character of it alone.

A gram is two UTF-16 units, as a browser counts them; a character alone is followed by a space. A piece of text stands
in a page only if all its grams do; of one or two units it stands there if and only if its gram does. A gram is a
number here, its first unit above its second: grams ascend as their numbers do.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Mapping

from generator.folding import fold_table

_ALONE = ord(" ")
"""Second unit of the gram of one character: no gram of two has a space."""
_EDGE = "\0"
"""Between texts: nothing that is printed has it, and it stands beside a space as the end of a text does."""

_SPACES = re.compile(" {2,}")
_UNREAD = re.compile(" (?:(?<![0-9a-z] )|(?![0-9a-z]))")


def fold_text(text: str) -> str:
    """Text as the worker compares it: folded, spaces only between two letters or digits."""
    table = fold_table()
    for character in table.keys() & text:  # few are; what they are compared as is compared as it stands
        text = text.replace(character, table[character])
    if " " not in text:
        return text
    return _UNREAD.sub("", _SPACES.sub(" ", text) if "  " in text else text)


def texts_to_pairs(texts: Iterable[str]) -> array[int]:
    """Every two units that stand side by side in the texts as they are printed, as often as they do.

    Each text ends with a space, and the next may begin after it: of a pair with a space only one unit is one of a gram.
    """
    folded = fold_text(_EDGE.join([*texts, ""])).replace(_EDGE, " ")
    keys = folded.encode("utf-16-be", "surrogatepass")
    return _keys_to_whole_numbers(keys) + _keys_to_whole_numbers(keys[2:])


def _keys_to_whole_numbers(keys: bytes) -> array[int]:
    return keys_to_numbers(keys[: len(keys) // 4 * 4])


def pairs_to_grams(places: Mapping[int, int]) -> dict[int, int]:
    """Bits of the places by pair → those by gram: a character stands alone wherever a pair begins with it."""
    grams: dict[int, int] = {}
    alone: dict[int, int] = {}
    for pair, bits in places.items():
        unit = pair >> 16
        if unit != _ALONE:
            grams[pair] = bits
            alone[unit] = alone.get(unit, 0) | bits
    return grams | {unit << 16 | _ALONE: bits for unit, bits in alone.items()}


def keys_to_numbers(keys: bytes) -> array[int]:
    """Grams that are kept as big-endian numbers of four bytes."""
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
