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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from generator.folding import fold_table
from generator.pages.words import SHORT_STATUSES
from generator.search.postings import BETWEEN, encode_gap
from generator.search.runs import SearchRun
from generator.search.shard import Group
from generator.search.small import INDEX, dump_json

GRAMS = "search/grams"
"""Folder of the postings, from the root of the site."""
BYTES_A_FILE = 8_192
"""A file of postings is closed before it gets larger, unless one gram alone is."""


Write = Callable[[str, bytes], object]
"""Takes a file of the site, by its path, to its place."""


def write_large_index(
    write: Write, runs: Iterable[SearchRun], parts: Sequence[str] = (), kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Write everything but the records. The order of the shards is that of results of equal rank.

    ``parts`` are the roots of the other parts of a site that is split, relative to this one: ``../other/``. ``kept``:
    path → key of files of an index that was written before; those that would be the same are not written. Returned is
    the key of each file by its path, empty for those that are always written.

    Runs are read one after another and none is kept, only their postings, as bytes: some 700 a page.
    Raises ValueError when two shards have one name.
    """
    names: dict[str, tuple[Group, ...]] = {}
    files = _postings_to_files(_join(_named(runs, names)))
    before, keys, firsts = kept or {}, dict[str, str](), list[int]()

    def changed() -> Iterator[tuple[str, bytes]]:
        for number, file in enumerate(files):
            path, data = f"{GRAMS}/{number}.bin", _file_to_bytes(file)
            keys[path] = hashlib.sha256(data).hexdigest()
            firsts.append(file[0][0])
            if before.get(path) != keys[path]:
                yield path, data

    with ThreadPoolExecutor(2) as threads:  # compression lets go of the lock
        for path, data in threads.map(_compress, changed()):
            write(path, data)
    return keys | dict.fromkeys(_write_manifest(write, names, firsts, parts), "")


def _named(runs: Iterable[SearchRun], names: dict[str, tuple[Group, ...]]) -> Iterator[SearchRun]:
    for run in runs:
        for name, groups in run.names:
            if name in names:
                message = f"two shards of the search have the name {name!r}"
                raise ValueError(message)
            names[name] = groups
        yield run


def _join(runs: Iterable[SearchRun]) -> dict[int, bytearray]:
    """Each gram with its postings of all shards."""
    joined: dict[int, bytearray] = {}
    last: dict[int, int] = {}
    gaps, before = [encode_gap(0)], 0
    for run in runs:
        gaps += map(encode_gap, range(len(gaps), before + len(run.names) + 1))
        for gram, begin, end, places in run.grams():
            if gram in joined:
                joined[gram] += gaps[before + begin - last[gram]] + places
            else:
                joined[gram] = bytearray(gaps[before + begin] + places)
            last[gram] = before + end
        before += len(run.names)
    return joined


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


def _file_to_bytes(file: Sequence[tuple[int, bytearray]]) -> bytes:
    head = [len(file), *(gram for gram, _ in file)]
    keys = b"".join(number.to_bytes(4, "big") for number in head)
    return keys + BETWEEN.join(places for _, places in file)


def _compress(file: tuple[str, bytes]) -> tuple[str, bytes]:
    path, data = file
    return path, zlib.compress(data, 6)


def _write_manifest(
    write: Write, shards: Mapping[str, tuple[Group, ...]], firsts: Sequence[int], parts: Sequence[str]
) -> tuple[str, str]:
    """The paths of what leads to the rest, and of the fold table."""
    fold = pack_fold(fold_table())
    name = f"search/fold-{hashlib.sha256(fold).hexdigest()[:8]}.bin"
    manifest = {
        "shards": [[shard, [_group_to_json(shard, group) for group in groups]] for shard, groups in shards.items()],
        "grams": "".join(chr(gram >> 16) + chr(gram & 0xFFFF) for gram in firsts),
        "fold": name,
        "statuses": SHORT_STATUSES,
        "parts": list(parts),
    }
    write(name, zlib.compress(fold, 9))
    # half a character beyond the basic plane can not be written in UTF-8, and JSON has a way to say it
    write(INDEX, dump_json(manifest).encode("utf-8", "backslashreplace"))
    return INDEX, name


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
