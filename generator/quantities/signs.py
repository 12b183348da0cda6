"""Words beside a number that say how it is meant: 不少于, 超, 以上, 左右."""

from __future__ import annotations

import re

from generator.model import Comparator, Comparators
from generator.patterns import alternation

#: What may stand between a comparator and its number.
_REACHING = ("", "到", "至", "了", "达", "达到")


#: Characters before a comparator with which it is another word: 节约, 最近.
_NO_SIGN = re.compile(r"[节制最赶]$")
_CLAUSE_END = re.compile(r"[，,。;；\0]")
_AT_LEAST = re.compile(r"(?:至少|不少于|不低于|最少)[^\d]*$")


class Signs:
    """Finds the comparator before and after a number. Built from ``comparators.yml``."""

    def __init__(self, comparators: Comparators) -> None:
        self._before = [
            (re.compile(rf"(?:{alternation(words)})(?:{'|'.join(_REACHING[1:])})?\s*$"), sign)
            for sign, words in comparators.before.items()
        ]
        self._endings = tuple(word for words in comparators.before.values() for word in words)
        self._last = frozenset(word[-1] for word in (*self._endings, *_REACHING[1:]))
        self._first = frozenset(word[0] for words in comparators.after.values() for word in words)
        self._after = [(re.compile(alternation(words)), sign) for sign, words in comparators.after.items()]
        self.inside = alternation(word for words in comparators.inside.values() for word in words)

    def before(self, text: str, start: int) -> tuple[Comparator | None, int]:
        """The comparator that ends where a number begins, and where it begins: the longest (不超过, not 超过)."""
        left = text[max(0, start - 40) : start]
        bare = left.rstrip()
        if bare[-1:] not in self._last or not any(
            bare.removesuffix(word).endswith(self._endings) for word in _REACHING
        ):
            return self._in_clause(left, start)
        found = [
            (match.start(), sign)
            for pattern, sign in self._before
            if (match := pattern.search(left)) and not _NO_SIGN.search(left[: match.start()])
        ]
        if found:
            at, sign = min(found)
            return sign, start - len(left) + at
        return self._in_clause(left, start)

    def _in_clause(self, left: str, start: int) -> tuple[Comparator | None, int]:
        """至少 anywhere in the clause before a number."""
        if ("少" in left or "低于" in left) and _AT_LEAST.search(_CLAUSE_END.split(left)[-1]):
            return "ge", start
        return None, start

    def after(self, text: str, end: int) -> tuple[Comparator | None, int]:
        """The comparator that begins where a number ends, and where it ends itself."""
        if text[end : end + 1] not in self._first:
            return None, end
        for pattern, sign in self._after:
            if match := pattern.match(text, end):
                return sign, match.end()
        return None, end
