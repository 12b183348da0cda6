"""The summaries of all years, read back from the store, without holding more than one of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import IO, Any, TypeVar

from generator.model import Catalogue
from generator.pages.summaries import Summary, YearRef

T = TypeVar("T")


class KeptSummaries:
    """Summaries laid out kind by kind in files of a folder, so that the pages of one kind read one file through.

    ``years`` are all, in their order; each has to be laid out before it is read.
    """

    def __init__(self, catalogue: Catalogue, years: Sequence[YearRef], folder: Path) -> None:
        self.catalogue = catalogue
        self.years = tuple(years)
        self._folder = folder
        self._places: dict[tuple[str, str], tuple[int, int]] = {}

    def lay_out(self, years: Iterable[YearRef], read: Callable[[YearRef], dict[str, bytes]]) -> None:
        """Lay out some of the years. The entries of the store hold all kinds of one year; they are read once, here."""
        with ExitStack() as files:
            open_kind = cache(lambda kind: files.enter_context((self._folder / kind).open("ab")))
            for year in years:
                for kind, data in read(year).items():
                    file: IO[bytes] = open_kind(kind)
                    self._places[kind, year.path] = file.tell(), len(data)
                    file.write(data)

    def read(self, kind: Summary[Any], years: Iterable[YearRef] | None = None) -> Iterator[bytes]:
        """As ``generator.pages.summaries.Summaries`` says."""
        wanted = self.years if years is None else tuple(years)
        if not wanted:
            return
        with (self._folder / kind.name).open("rb") as file:
            for year in wanted:
                start, size = self._places[kind.name, year.path]
                file.seek(start)
                yield file.read(size)

    def of(self, kind: Summary[T], years: Iterable[YearRef] | None = None) -> Iterator[tuple[YearRef, T]]:
        """As ``generator.pages.summaries.Summaries`` says."""
        wanted = self.years if years is None else tuple(years)
        yield from zip(wanted, map(kind.decode, self.read(kind, wanted)), strict=True)
