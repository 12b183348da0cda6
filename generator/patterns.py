"""Lists of words as patterns, each made once: most time of a careless reader goes into making them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

IDENTIFIER = re.compile(r"[A-Za-z0-9]+([-.][A-Za-z0-9]+)*\Z")
"""An id as it may stand in an address, in a file name and, behind a full stop, in an anchor."""


def alternation(words: Iterable[str]) -> str:
    """A pattern of literal words, longest first."""
    return _alternation(words if isinstance(words, tuple) else tuple(words))


def alternation_not_behind(before: str, words: Iterable[str]) -> str:
    """A pattern of literal words that do not stand behind one of ``before``, a set of characters: [一二三].

    It begins with the first characters of the words, and so is looked for only where one of these stands.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(rf"{re.escape(c)}(?<!{before}{re.escape(c)})(?:{alternation(rest)})" for c, rest in rests.items())


@cache
def _alternation(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
