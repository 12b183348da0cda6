"""The part of the large index that one shard of the site makes by itself: all that costs is done here.

Beside it stand the records of its pages, in files of a few pages each: a small index without fold table and words,
compressed. They are what the worker compares and shows.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import msgspec

from generator.search.grams import numbers_to_keys, pairs_to_grams, texts_to_pairs
from generator.search.postings import BETWEEN, ELSEWHERE, PLACES, TITLE, WORDING, encode_places
from generator.search.small import pages_to_shelf
from generator.search.texts import Searched, squeeze

RECORDS = "search/records"
"""Folder of the records, from the root of the site."""
_CHARACTERS_A_RECORD = 6_000
_PAGES_A_RECORD = 8


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Pages that follow one another under one page. ``promised``: they are commitments, and counted as such.

    ``a_record``: how many of them share one file of records; the last has what is left.
    """

    location: str
    pages: int
    promised: bool
    a_record: int


class SearchShard(msgspec.Struct, frozen=True):
    """What the index needs of one shard. ``name`` is that of its folder of records, and no other shard's.

    ``keys`` are its grams, ascending; ``postings`` the places of each.
    """

    name: str
    groups: tuple[Group, ...]
    keys: bytes
    postings: bytes


class ShardFiles(NamedTuple):
    """What a shard gives: its part of the index, and its files by their paths from the root of the site."""

    shard: SearchShard
    records: dict[str, bytes]


def pages_to_shard(name: str, pages: Sequence[Searched], titles: Mapping[str, str]) -> ShardFiles:
    """The pages in the order in which results of equal rank are shown, commitments first.

    ``titles`` of the pages above them, by location: a group without one is headed as “other pages”.
    """
    groups: list[Group] = []
    records: dict[str, bytes] = {}
    for (location, promised), run in groupby(
        pages, key=lambda page: (location_above(page.location), bool(page.status))
    ):
        its = list(run)
        count = _count_a_record(its)
        groups.append(Group(location, len(its), promised, count))
        above = {"above": titles[location]} if location in titles else {}
        for start in range(0, len(its), count):
            shelf = pages_to_shelf(its[start : start + count]) | above
            records[f"{RECORDS}/{name}/{len(records)}.bin"] = zlib.compress(msgspec.json.encode(shelf), 9)
    return ShardFiles(SearchShard(name, tuple(groups), *_pages_to_postings(pages)), records)


def location_above(location: str) -> str:
    """The location of the page above: ``yunxi/2024/`` of ``yunxi/2024/livelihood-001.html``, ``yunxi/`` of that."""
    above, _, _ = location.removesuffix("/").rpartition("/")
    return f"{above}/" if above else ""


def _count_a_record(pages: Sequence[Searched]) -> int:
    size = sum(sum(map(len, page.page.texts)) for page in pages) // len(pages)
    count = 1
    while count < _PAGES_A_RECORD and 2 * count * size <= _CHARACTERS_A_RECORD:
        count *= 2
    return count


def _pages_to_postings(pages: Sequence[Searched]) -> tuple[bytes, bytes]:
    """By texts, not by pages, and those that stand in the same places at once: what many pages say is read once."""
    places: dict[int, int] = {}
    for bits, texts in _places_to_texts(pages).items():
        for pair in texts_to_pairs(texts):
            places[pair] = places.get(pair, 0) | bits
    grams = pairs_to_grams(places)
    ordered = sorted(grams)
    encode = lru_cache(maxsize=None)(encode_places)
    return numbers_to_keys(array("I", ordered)), BETWEEN.join([encode(grams[gram]) for gram in ordered])


def _places_to_texts(pages: Sequence[Searched]) -> dict[int, list[str]]:
    """Bits as ``encode_places`` takes them → the texts that stand in these places."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages):
        first = 1 << PLACES * number
        elsewhere = first << ELSEWHERE
        for text in page.page.texts:
            found[text] = found.get(text, 0) | elsewhere
        for text, place in ((page.page.title, TITLE), (squeeze(page.wording), WORDING)):
            found[text] = found.get(text, 0) | first << place
    texts: dict[int, list[str]] = {}
    for text, bits in found.items():
        texts.setdefault(bits, []).append(text)
    return texts
