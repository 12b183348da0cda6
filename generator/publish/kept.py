"""The summaries of all years, read back from the store, without holding more than one of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from generator.model import Catalogue
from generator.pages.summaries import Summary, YearRef

T = TypeVar("T")


class KeptSummaries:
    """Summaries laid out kind by kind in files of a folder, so that the pages of one kind read one file through.

    The entries of the store hold all kinds of one year; they are read once, when this is made.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        years: Sequence[YearRef],
        folder: Path,
        read: Callable[[YearRef], dict[str, bytes]],
    ) -> None:
        self.catalogue = catalogue
        self.years = tuple(years)
        self._folder = folder
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        files: dict[str, IO[bytes]] = {}
        try:
            for year in self.years:
                for kind, data in read(year).items():
                    if kind not in files:
                        files[kind] = (folder / kind).open("wb")
                    self._places[kind, year.path] = files[kind].tell(), len(data)
                    files[kind].write(data)
        finally:
            for file in files.values():
                file.close()

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
