"""Every page of a corpus read from end to end, for what a query should find, and queries drawn from what is there."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.search import Searched
from generator.search.grams import fold_text

_SEED = 7


@dataclass
class Plain:
    """Folded texts in files, a page a line, a shard a file; the locations of the pages."""

    folder: Path = Path("plain")
    locations: list[list[str]] = field(default_factory=list)

    def add(self, pages: Sequence[Searched]) -> None:
        """Write the texts of a shard."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = ["\0".join(map(fold_text, (p.page.title, p.wording, *p.page.texts))) for p in pages]
        self._path(len(self.locations)).write_text("\n".join(lines), encoding="utf-8")
        self.locations.append([page.location for page in pages])

    def read(self, number: int) -> str:
        """The texts of a shard."""
        return self._path(number).read_text(encoding="utf-8")

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.txt"

    def scan(self, queries: Sequence[str]) -> list[set[str]]:
        """For each query the locations of the pages that have every piece of it."""
        terms = [[fold_text(piece) for piece in query.split()] for query in queries]
        found: list[set[str]] = [set() for _ in queries]
        for number, locations in enumerate(self.locations):
            text = self.read(number)
            lines = text.split("\n")
            for its, names in zip(terms, found, strict=True):
                if all(term in text for term in its):
                    names.update(
                        name for name, line in zip(locations, lines, strict=True) if all(term in line for term in its)
                    )
        return found


def draw_queries(plain: Plain, count: int) -> Iterator[str]:
    """Pieces of texts, one to nine characters long; every fourth with a second one of the same page.

    Every tenth has its halves from two places, and may stand nowhere.
    """
    draw = random.Random(_SEED)
    for number in range(count):
        line = draw.choice(plain.read(draw.randrange(len(plain.locations))).split("\n"))
        piece = _draw_piece(draw, line)
        if number % 4 == 3:
            piece = f"{piece} {_draw_piece(draw, line)}"
        elif number % 10 == 9:
            piece = piece[: len(piece) // 2 + 1] + _draw_piece(draw, line)
        yield piece


def _draw_piece(draw: random.Random, line: str) -> str:
    texts = line.split("\0")
    while True:
        text = draw.choice(texts)
        if text:
            start = draw.randrange(len(text))
            piece = text[start : start + draw.randint(1, 9)]
            if " " not in piece and (len(piece) > 1 or piece > "\u2e7f"):
                return piece
