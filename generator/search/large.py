"""The large index, made of the parts of the shards: which pages have each gram, in files of some kilobytes.

``search/pages.json`` leads to the rest; the worker reads of it what a query needs::

    shards    [["yunxi/2024", [["yunxi/2024/", 102, true, 4], …]], …]   see generator.search.shard: name, groups
    grams     "…"       the first gram of each file of search/grams, two characters each, ascending
    fold      "search/fold-1f0a….bin"                                   the fold table, named after its content
    statuses  {"met": "达到", …}
    parts     ["../other/", …]   roots of the other parts of a site that is split, from its own

A group whose location is that of the shard has 0 there.

A file of ``search/grams`` holds, compressed: four bytes that say how many grams it has; the grams, four bytes each; and
their postings (generator.search.postings), between which a byte of 255 stands.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from generator.folding import fold_table
from generator.pages.words import SHORT_STATUSES
from generator.search.grams import keys_to_numbers
from generator.search.postings import BETWEEN, encode_gap
from generator.search.shard import Group, SearchShard
from generator.search.small import INDEX, dump_json

GRAMS = "search/grams"
"""Folder of the postings, from the root of the site."""
BYTES_A_FILE = 8_192
"""A file of postings is closed before it gets larger, unless one gram alone is."""


def write_large_index(root: Path, shards: Iterable[SearchShard], parts: Sequence[str] = ()) -> None:
    """Write everything but the records. The order of the shards is that of results of equal rank.

    ``parts`` are the roots of the other parts of a site that is split, relative to this one: ``../other/``.

    Shards are read one after another and none is kept, only their postings, as bytes: some 700 a page.
    Raises ValueError when two shards have one name.
    """
    names: dict[str, tuple[Group, ...]] = {}
    postings = _merge(_named(shards, names))
    folder = root / GRAMS
    folder.mkdir(parents=True, exist_ok=True)
    firsts = []
    with ThreadPoolExecutor(2) as threads:  # compression lets go of the lock
        for number, (first, data) in enumerate(threads.map(_compress, _postings_to_files(postings))):
            (folder / f"{number}.bin").write_bytes(data)
            firsts.append(first)
    _write_manifest(root, names, firsts, parts)


def _named(shards: Iterable[SearchShard], names: dict[str, tuple[Group, ...]]) -> Iterator[SearchShard]:
    for shard in shards:
        if shard.name in names:
            message = f"two shards of the search have the name {shard.name!r}"
            raise ValueError(message)
        names[shard.name] = shard.groups
        yield shard


def _merge(shards: Iterable[SearchShard]) -> dict[int, bytearray]:
    """Each gram with its postings of all shards."""
    merged: dict[int, bytearray] = {}
    last: dict[int, int] = {}
    for number, shard in enumerate(shards, start=1):
        gaps = [encode_gap(gap) for gap in range(number + 1)]
        postings = shard.postings.split(BETWEEN) if shard.keys else []
        for gram, places in zip(keys_to_numbers(shard.keys), postings, strict=True):
            if gram in merged:
                merged[gram] += gaps[number - last[gram]] + places
            else:
                merged[gram] = bytearray(gaps[number] + places)
            last[gram] = number
    return merged


def _postings_to_files(postings: dict[int, bytearray]) -> Iterator[list[tuple[int, bytearray]]]:
    """Grams in ascending order, as many as make a file. What was given is taken out."""
    file: list[tuple[int, bytearray]] = []
    size = 0
    for gram in sorted(postings):
        places = postings.pop(gram)
        if file and size + len(places) > BYTES_A_FILE:
            yield file
            file, size = [], 0
        file.append((gram, places))
        size += len(places)
    if file:
        yield file


def _compress(file: Sequence[tuple[int, bytearray]]) -> tuple[int, bytes]:
    """The first gram of a file, and its bytes."""
    head = [len(file), *(gram for gram, _ in file)]
    keys = b"".join(number.to_bytes(4, "big") for number in head)
    return file[0][0], zlib.compress(keys + BETWEEN.join(places for _, places in file), 6)


def _write_manifest(
    root: Path, shards: Mapping[str, tuple[Group, ...]], firsts: Sequence[int], parts: Sequence[str]
) -> None:
    fold = pack_fold(fold_table())
    name = f"search/fold-{hashlib.sha256(fold).hexdigest()[:8]}.bin"
    manifest = {
        "shards": [[shard, [_group_to_json(shard, group) for group in groups]] for shard, groups in shards.items()],
        "grams": "".join(chr(gram >> 16) + chr(gram & 0xFFFF) for gram in firsts),
        "fold": name,
        "statuses": SHORT_STATUSES,
        "parts": list(parts),
    }
    (root / name).write_bytes(zlib.compress(fold, 9))
    # half a character beyond the basic plane can not be written in UTF-8, and JSON has a way to say it
    (root / INDEX).write_text(dump_json(manifest), encoding="utf-8", errors="backslashreplace")


def _group_to_json(shard: str, group: Group) -> list[str | int]:
    location = 0 if group.location == f"{shard}/" else group.location
    return [location, group.pages, int(group.promised), group.a_record]


def pack_fold(table: Mapping[str, str]) -> bytes:
    """The fold table in half the bytes that its text takes when both are compressed.

    Two bytes: how many characters are compared as one; how far each of these is after the last (a byte, or 255 and
    two); high bytes of what they are compared as, low bytes of it; then the others, as JSON.
    """
    same = sorted((ord(old), ord(new)) for old, new in table.items() if len(new) == 1)
    codes = [0, *(old for old, _ in same)]
    steps = [code - before for before, code in pairwise(codes)]
    columns = [
        len(same).to_bytes(2, "big"),
        *(bytes([step]) if step < 255 else b"\xff" + step.to_bytes(2, "big") for step in steps),
        bytes(new >> 8 for _, new in same),
        bytes(new & 0xFF for _, new in same),
        dump_json({old: new for old, new in table.items() if len(new) != 1}).encode(),
    ]
    return b"".join(columns)
