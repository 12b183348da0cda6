"""The search index of the site: what can be read in pages is kept beside them, and joined when all are made.

A small site has one file of everything. A large one is made of shards: the commitments of each year, and the other
pages of each folder at the root. A shard is made by a worker and kept, as years are.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

import msgspec

from generator.model import Split
from generator.parts import HOME
from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.folder import Folder
from generator.publish.shared import read_or_make, unkept
from generator.search import (
    INDEX,
    LARGE_SITE,
    Searched,
    SearchShard,
    ShardFiles,
    location_above,
    pages_to_shard,
    read_page,
    render_index,
    write_large_index,
)
from generator.store import Store, open_store
from generator.workers import Workers

FOLDER = "search"
"""Where the entries of shards are in the store."""
_MOST_OTHERS = 48
"""Pages that are no commitments, and may be long, in one shard."""
_OTHERS = "other"
"""Last folder of the records of pages that are no commitments; no year is called so."""

Files = Iterable[tuple[str, bytes]]


def searched_name(entry: str) -> str:
    """The entry with what can be read in the pages of another entry."""
    return f"{entry}.searched"


def read_searched(path: str, html: bytes, status: str = "", wording: str = "") -> Searched:
    """A finished page as it is searched, by its path in the site."""
    return Searched(path.removesuffix("index.html"), read_page(html), status, wording)


def encode_searched(pages: Iterable[Searched]) -> bytes:
    """Pages as they are kept."""
    return msgspec.msgpack.encode(list(pages))


@dataclass(frozen=True)
class Shard:
    """Pages that are indexed together. ``entries`` are those of the store that hold them, ``pages`` how many there are.

    ``titles``: location of the pages above them → title.
    """

    name: str
    entries: tuple[str, ...]
    pages: int
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def entry(self) -> str:
        """Where its part of the index is kept."""
        told = (part for pair in self.titles for part in pair)
        return f"{FOLDER}/{digest_of(program_digest(), self.name, *self.entries, *told)}"


def others_to_shards(pages: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[Shard]:
    """The pages that are no commitments, path → entry, by their folder at the root."""
    ordered = sorted(pages, key=lambda path: path.split("/"))
    for first, group in groupby(ordered, key=lambda path: path.split("/")[0]):
        paths = list(group)
        above = dict.fromkeys(location_above(path.removesuffix("index.html")) for path in paths)
        name = f"{first}/{_OTHERS}" if "/" in paths[0] else _OTHERS
        told = tuple((location, titles[location]) for location in sorted(above) if location and titles.get(location))
        for number, entries in enumerate(_cut(Counter(pages[path] for path in paths)), 1):
            numbered = name if number == 1 else f"{name}-{number}"
            yield Shard(numbered, tuple(entries), sum(entries.values()), told)


def _cut(entries: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Entries with their numbers of pages, so many together that a worker holds their text; none is cut in two."""
    few: dict[str, int] = {}
    for entry, pages in entries.items():
        if few and sum(few.values()) + pages > _MOST_OTHERS:
            yield few
            few = {}
        few[entry] = pages
    yield few


Restore = Callable[[str], None]
"""What makes an entry of pages again, and what can be read in them."""


def read_pages(store: Store, shard: Shard, restore: Restore) -> list[Searched]:
    """The pages of a shard, in their order. Those that were lost are made again."""
    found: list[Searched] = []
    for entry in shard.entries:
        found += read_or_make(store, searched_name(entry), list[Searched], partial(restore, entry))
    if shard.name.rpartition("/")[2].startswith(_OTHERS):
        found.sort(key=lambda page: _file_of(page).split("/"))
    return found


def _file_of(page: Searched) -> str:
    return f"{page.location}index.html" if page.location.endswith("/") or not page.location else page.location


@dataclass(frozen=True)
class ShardJob:
    """A shard, the address of the store that has its pages, and the entry that its part of the index goes to."""

    shard: Shard
    store: str
    entry: str


class _KeptShard(msgspec.Struct, frozen=True):
    shard: SearchShard
    records: dict[str, bytes]


class _LostError(Exception):
    """Pages that a worker needs are not there."""


def make_shard(job: ShardJob) -> None:
    """Make the part of the index and keep it; where pages were lost none is made. Raises BuildError if it is not kept.

    A worker cannot make pages again: who reads the part of the index finds it missing, and sees to them.
    """

    def give_up(entry: str) -> None:
        raise _LostError(entry)

    with suppress(_LostError):
        _make_shard(job, open_store(job.store), give_up)


def _make_shard(job: ShardJob, store: Store, restore: Restore) -> None:
    shard = job.shard
    made: ShardFiles = pages_to_shard(shard.name, read_pages(store, shard, restore), dict(shard.titles))
    if not store.write(job.entry, msgspec.msgpack.encode(_KeptShard(made.shard, made.records))):
        raise unkept(store)


def write_search(  # noqa: PLR0913, PLR0917  what is indexed, where it is kept, by whom it is made
    site: Folder,
    shards: Sequence[Shard],
    store: Store,
    workers: Workers,
    restore: Restore,
    roots: Sequence[str] = (),
    large: int = LARGE_SITE,
) -> bytes | None:
    """Write the index, from so many pages as ``large`` on the large one. The small one is returned, too.

    ``roots`` are those of other parts of the site, which are searched with it.
    """
    if sum(shard.pages for shard in shards) < large:
        pages = (page for shard in shards for page in read_pages(store, shard, restore))
        index = render_index(pages, roots).encode()
        site.write([(INDEX, index)])
        return index
    known = store.names(FOLDER)
    jobs = [ShardJob(shard, store.address, shard.entry) for shard in shards]
    for _ in workers.run(make_shard, (job for job in jobs if job.entry not in known)):
        pass
    write_large_index(site.root, _write_records(site, jobs, store, restore), roots)
    return None


def find_part_roots(split: Split | None, site_url: str) -> list[str]:
    """From the home of a site in parts: where the parts are, relative to it; those on other hosts are left out.

    Anywhere else none: a part searches its own pages.
    """
    if split is None or split.here != HOME:
        return []
    home = urlsplit(site_url)
    addresses = [urlsplit(part.address) for part in split.parts]
    near = [address.path for address in addresses if (address.scheme, address.netloc) == (home.scheme, home.netloc)]
    return [f"{posixpath.relpath(path, home.path or '/')}/" for path in near]


def _write_records(site: Folder, jobs: Iterable[ShardJob], store: Store, restore: Restore) -> Iterator[SearchShard]:
    """The parts of the index, one after another; the records of each are written before the next is read."""
    for job in jobs:
        kept = read_or_make(store, job.entry, _KeptShard, partial(_make_shard, job, store, restore))
        site.write(kept.records.items())
        yield kept.shard
