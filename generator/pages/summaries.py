"""What the pages of several years need of each: small summaries, made of one year at a time, read one after another.

A year with a hundred commitments takes megabytes in memory, a hundred thousand commitments more than a machine has. So
what a page of many years shows is gathered in two halves that stand beside each other in the module of that page: a
``Summary`` says what is taken of one year, and the page is rendered from these, in the order of the site. The build
makes the summaries where it makes the year, keeps them beside its other files, and reads them back for the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from generator.model import Catalogue, Place
from generator.pages.published import PublishedYear

T = TypeVar("T")


class YearRef(msgspec.Struct, frozen=True):
    """Which year of which place, and where its page is."""

    place: Place
    year: int

    @property
    def path(self) -> str:
        """Where its pages are, from the root of the site, without slashes at the ends."""
        return f"{self.place.slug}/{self.year}"


@dataclass(frozen=True)
class CityRef:
    """A place that has registers, with its years, newest first."""

    place: Place
    years: tuple[YearRef, ...]


@dataclass(frozen=True)
class Summary(Generic[T]):
    """One kind of summary. ``form`` is the msgspec type of what ``of_year`` makes of a year, in which it is kept."""

    name: str
    form: type[T]
    of_year: Callable[[PublishedYear], T]

    def encode(self, year: PublishedYear) -> bytes:
        """The summary of a year as it is kept."""
        return msgspec.msgpack.encode(self.of_year(year))

    def decode(self, data: bytes) -> T:
        """The summary again. Raises msgspec.DecodeError for data of another form."""
        return msgspec.msgpack.decode(data, type=self.form)


class Summaries(Protocol):
    """The summaries of all years, in the order of the site: cities by code, the years of a city newest first."""

    @property
    def catalogue(self) -> Catalogue:
        """The themes and shared measures that the registers were sorted by; empty where there are no registers."""

    @property
    def years(self) -> Sequence[YearRef]:
        """All years, in their order."""

    def read(self, kind: Summary[Any], years: Iterable[YearRef] | None = None) -> Iterator[bytes]:
        """The summaries of one kind as they are kept."""

    def of(self, kind: Summary[T], years: Iterable[YearRef] | None = None) -> Iterator[tuple[YearRef, T]]:
        """The summaries of one kind, read while they are asked for; only those of ``years`` where they are given."""


def named_years(years: Iterable[tuple[YearRef, T]]) -> list[tuple[str, T]]:
    """The same by the paths of years: all that tells them apart, for a digest."""
    return [(year.path, told) for year, told in years]


def years_to_cities(years: Iterable[YearRef]) -> tuple[CityRef, ...]:
    """The cities of these years, in their order."""
    groups = (tuple(group) for _, group in groupby(years, key=lambda one: one.place.slug))
    return tuple(CityRef(group[0].place, group) for group in groups)
