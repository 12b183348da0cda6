"""Lists of words as patterns, each made once: most time of a careless reader goes into making them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


def alternation(words: Iterable[str]) -> str:
    """A pattern of literal words, longest first."""
    return _alternation(words if isinstance(words, tuple) else tuple(words))


@cache
def _alternation(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
