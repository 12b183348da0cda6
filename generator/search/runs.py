"""Several shards in a row as one: their grams joined, so that the index is joined of few large parts.

A year that is corrected changes one run; those of all other places are kept, and the index of a large site is made of
some hundreds of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from generator.search.grams import keys_to_numbers, numbers_to_keys
from generator.search.postings import BETWEEN, encode_gap
from generator.search.shard import Group, SearchShard

SHARDS_A_RUN = 8
"""A run of so many shards ends with those of their folder at the root: with the last year of a city."""


class SearchRun(msgspec.Struct, frozen=True, array_like=True):
    """Shards that follow one another. ``names`` of each, in their order, with its groups.

    ``keys`` are the grams of all of them, ascending. ``first`` and ``last`` tell of each gram in which shards of the
    run it stands first and last, from 1 on, as ``keys`` are written; ``postings`` its places in the first and all that
    follows, between grams a byte of 255.
    """

    names: tuple[tuple[str, tuple[Group, ...]], ...]
    keys: bytes
    first: bytes
    last: bytes
    postings: bytes

    def grams(self) -> Iterator[tuple[int, int, int, bytes]]:
        """Each gram with first shard, last shard, and places."""
        postings = self.postings.split(BETWEEN) if self.keys else []
        numbers = map(keys_to_numbers, (self.keys, self.first, self.last))
        return zip(*numbers, postings, strict=True)


def cut_runs(names: Iterable[str]) -> Iterator[list[str]]:
    """The names of shards, in their order, as runs."""
    run: list[str] = []
    for _, group in groupby(names, key=lambda name: name.partition("/")[0]):
        run += group
        if len(run) >= SHARDS_A_RUN:
            yield run
            run = []
    if run:
        yield run


def shards_to_run(shards: Iterable[SearchShard]) -> SearchRun:
    """Shards, in their order, as one run."""
    names: list[tuple[str, tuple[Group, ...]]] = []
    joined: dict[int, bytearray] = {}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for number, shard in enumerate(shards, start=1):
        names.append((shard.name, shard.groups))
        gaps = [encode_gap(gap) for gap in range(1, number)]
        for gram, places in zip(keys_to_numbers(shard.keys), _postings(shard), strict=True):
            if gram in joined:
                joined[gram] += gaps[number - last[gram] - 1] + places
            else:
                joined[gram], first[gram] = bytearray(places), number
            last[gram] = number
    ordered = sorted(joined)
    return SearchRun(tuple(names), *_columns(ordered, first, last), BETWEEN.join(joined[gram] for gram in ordered))


def _postings(shard: SearchShard) -> Sequence[bytes]:
    return shard.postings.split(BETWEEN) if shard.keys else []


def _columns(ordered: Sequence[int], first: Mapping[int, int], last: Mapping[int, int]) -> tuple[bytes, bytes, bytes]:
    return (
        numbers_to_keys(array("I", ordered)),
        numbers_to_keys(array("I", map(first.__getitem__, ordered))),
        numbers_to_keys(array("I", map(last.__getitem__, ordered))),
    )
