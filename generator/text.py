"""Characters: where they came from, their width and script, and Chinese numerals.

A ``Traced`` text knows for each of its characters the offset in the decoded source, so that anything cut out
of it, cleaned or joined can still say where it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from operator import ne

import opencc
from msgspec import Struct

#: Share of characters that conversion must change before a text counts as Traditional. Simplified documents
#: stay under 0.001 (a few rare characters); a Traditional page changes a third of its characters.
TRADITIONAL_SHARE = 0.05

#: How the lines of a text end: on Windows, on old Macs, elsewhere.
LINE_END = re.compile(r"\r\n|\r|\n")
_CJK = r"\u3400-\u9fff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL_WIDTH |= {0xFF0E: 0x2E, 0xFF05: 0x25, 0xFF0B: 0x2B, 0xFF0F: 0x2F}
#: The characters that ``fold_width`` changes.
WIDE = "".join(map(chr, _FULL_WIDTH))
_WIDE = re.compile(f"[{WIDE}]")


class Traced(Struct, frozen=True, gc=False):
    """A text with the source offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Traced:
        """A text that stands in the source as it is, from ``start``."""
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def join(cls, parts: Iterable[Traced], glue: str = "") -> Traced:
        """Parts one after the other. Glue takes the offset of the character before it."""
        parts = list(parts)
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        text, offsets = "", list[int]()
        for part in parts:
            if text and glue:
                text += glue
                offsets += [offsets[-1]] * len(glue)
            text += part.text
            offsets += part.offsets
        return cls(text, tuple(offsets))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __getitem__(self, index: slice) -> Traced:
        return Traced(self.text[index], self.offsets[index])

    @property
    def start(self) -> int:
        """Source offset of the first character; 0 for an empty text."""
        return self.offsets[0] if self.offsets else 0

    @property
    def end(self) -> int:
        """Source offset after the last character; 0 for an empty text."""
        return self.offsets[-1] + 1 if self.offsets else 0

    def strip(self, characters: str | None = None) -> Traced:
        """Without the given characters (white space by default) at both ends."""
        bare = self.text.strip(characters)
        if len(bare) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip(characters))
        return self[left : left + len(bare)]

    def split(self, pattern: str) -> list[Traced]:
        """The pieces between the matches of a regular expression, empty ones too."""
        pieces, last = [], 0
        for match in re.finditer(pattern, self.text):
            pieces.append(self[last : match.start()])
            last = match.end()
        pieces.append(self[last:])
        return pieces

    def without(self, spans: Iterable[tuple[int, int]]) -> Traced:
        """The text with the given local spans cut out."""
        text, offsets, last = "", tuple[int, ...](), 0
        for start, end in sorted(spans):
            if start > last:
                text, offsets = text + self.text[last:start], offsets + self.offsets[last:start]
            last = max(last, end)
        return Traced(text + self.text[last:], offsets + self.offsets[last:]) if last else self

    def sub(self, pattern: str) -> Traced:
        """The text without the matches of a regular expression."""
        return self.without(match.span() for match in re.finditer(pattern, self.text))

    def replace(self, found: str, replacement: str) -> Traced:
        """Every ``found`` replaced; the new characters take the offsets of the old ones, then the last of them."""
        parts, last = [], 0
        for match in re.finditer(re.escape(found), self.text):
            old = self.offsets[match.start() : match.end()]
            new = tuple(old[min(index, len(old) - 1)] for index in range(len(replacement)))
            parts += [self[last : match.start()], Traced(replacement, new)]
            last = match.end()
        return Traced.join([*parts, self[last:]])

    def lines(self) -> Iterator[Traced]:
        """The lines, without their ends."""
        last = 0
        for match in LINE_END.finditer(self.text):
            yield self[last : match.start()]
            last = match.end()
        if last < len(self.text):
            yield self[last:]


NOTHING = Traced("", ())
"""An empty text."""
_SIGNS = re.compile(r"[\W_]+")
_WRAPPED = rf"(?<=[{_CJK}(（])\s+(?=[{_CJK}\d)）])|(?<=\d)\s+(?=[{_CJK})）])|(?<=\d)[^\S\n]+(?=\d)|^\s+|\s+$"
_SPACE = re.compile(r"\s")


def unwrap(text: Traced) -> Traced:
    """Without the white space that wrapping left inside a cell: between two Chinese characters, or a digit and one.

    Between two digits a line feed stays: it stands between the numbers of two cells, too, and would make them one.
    """
    return text.sub(_WRAPPED) if _SPACE.search(text.text) else text


def squash(text: str) -> str:
    """Letters and digits only, half width: for comparing two wordings of one thing."""
    return _SIGNS.sub("", fold_width(text))


def printable(line: str) -> str:
    """A line without the characters that a terminal would obey."""
    return "".join(char for char in line if char.isprintable())


def fold_width(text: str) -> str:
    """Full-width digits, letters, ``．％＋／`` as half-width; nothing else, and the length stays."""
    return text.translate(_FULL_WIDTH) if _WIDE.search(text) else text


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether so many characters change under conversion that the text must be Traditional Chinese."""
    sample = re.findall(f"[{_CJK}]", text)
    if not sample:
        return False
    joined = "".join(sample)
    converted = _converter().convert(joined)
    changed = sum(map(ne, joined, converted))
    return bool(changed / len(joined) > TRADITIONAL_SHARE)


def to_simplified(text: str, more: Mapping[str, str]) -> str:
    """Traditional → Simplified of the same length, character for character.

    ``more`` holds characters that OpenCC leaves (谘 → 咨). A line whose length would change is converted one
    character at a time, so that offsets stay those of the source.
    """
    lines = []
    for line in text.splitlines(keepends=True):
        converted = _converter().convert(line)
        if len(converted) != len(line):
            converted = "".join(_same_length(character) for character in line)
        lines.append(converted)
    return "".join(lines).translate(str.maketrans(dict[str, str | int | None](more)))


def _same_length(character: str) -> str:
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def chinese_to_decimal(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral (十四, 两百, 三十六万); None for what is not one (几, 数十)."""
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        elif character in _MYRIADS:
            total += (section + digit or 1) * _MYRIADS[character]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit) if numeral else None


_SIMILAR_STOP = re.compile(r"[\W_\d]+")


@lru_cache(1 << 14)  # each wording of a document is compared with many others
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a wording, without digits and punctuation."""
    squashed = _SIMILAR_STOP.sub("", fold_width(text))
    pairs = frozenset(map("".join, pairwise(squashed)))
    return pairs or frozenset([squashed] if squashed else [])


def similarity(one: str, other: str) -> float:
    """Dice coefficient of the bigrams of two wordings, 0 to 1."""
    left, right = bigrams(one), bigrams(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def containment(part: str, whole: str) -> float:
    """Share of the bigrams of ``part`` that ``whole`` has too, 0 to 1."""
    left, right = bigrams(part), bigrams(whole)
    return len(left & right) / len(left) if left else 0.0
