"""What a build makes of one year, and of one place, as entries of the store.

A year has its files, what can be read in its pages, and small summaries for the pages of several years; a place has
files.
"""

from __future__ import annotations

import msgspec

from generator.package import PackedYear


class YearFiles(msgspec.Struct, frozen=True):
    """Every file that a year gives.

    ``site`` by path from the root of the site, ``docs`` (Markdown, and parts of long lists) from that of the Markdown.
    """

    site: dict[str, bytes]
    docs: dict[str, bytes]
    packed: PackedYear


class CityFiles(msgspec.Struct, frozen=True):
    """The files that speak of all years of a place, by path, as in ``YearFiles``."""

    site: dict[str, bytes]
    docs: dict[str, bytes]


YEARS = "years"
"""Where the entries of years are in the store."""
CITIES = "cities"
"""Where the entries of places are."""


def files_name(path: str, key: str) -> str:
    """The entry with the files of a year; that of its pages, as they are searched, is named after it."""
    return f"{YEARS}/{path}/{key}.files"


def summaries_name(path: str, key: str) -> str:
    """The entry with the summaries of a year. It is written last: a year that has it has the others."""
    return f"{YEARS}/{path}/{key}.summaries"


def city_name(place: str, key: str) -> str:
    """The entry of a place."""
    return f"{CITIES}/{place}/{key}"
