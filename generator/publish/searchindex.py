"""The search index of the site, made of the shards of what can be read in it.

A small site has one file of everything. For a large one workers make the part of each shard, and join those of a city;
both are kept, as years are. Of these runs one process makes the index, and writes what has changed in it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from generator.model import Split
from generator.parts import HOME
from generator.publish.entries import read_entry
from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.folder import Folder, SiteFolder
from generator.publish.placed import PlacedFiles
from generator.publish.searched import FOLDER, Restore, Shard, read_pages
from generator.publish.shared import read_or_make, unkept
from generator.search import (
    INDEX,
    LARGE_SITE,
    SearchRun,
    SearchShard,
    cut_runs,
    pages_to_shard,
    render_index,
    shards_to_run,
    write_large_index,
)
from generator.steps import step
from generator.store import Store, open_store
from generator.workers import Begin, Workers


@dataclass(frozen=True)
class RunJob:
    """Shards that follow one another, and the address of the store that has their pages and takes their index."""

    shards: tuple[Shard, ...]
    store: str

    @property
    def entry(self) -> str:
        """Where their part of the index is kept."""
        return f"{FOLDER}/{digest_of(program_digest(), *(shard.entry for shard in self.shards))}.run"

    @property
    def entries(self) -> set[str]:
        """Everything that is kept of it."""
        return {self.entry, *(shard.entry for shard in self.shards)}


class _KeptShard(msgspec.Struct, frozen=True):
    shard: SearchShard
    records: dict[str, bytes]


class _LostError(Exception):
    """Pages that a worker needs are not there."""


@step("search")
def make_run(job: RunJob) -> None:
    """Make the parts of the index and keep them; where pages were lost none is made. Raises BuildError if not kept.

    A worker cannot make pages again: who reads the part of the index finds it missing, and sees to them.
    """

    def give_up(entry: str) -> None:
        raise _LostError(entry)

    with suppress(_LostError):
        _make_run(job, open_store(job.store), give_up)


def _make_run(job: RunJob, store: Store, restore: Restore) -> None:
    run = shards_to_run(_read_shard(shard, store, restore).shard for shard in job.shards)
    if not store.write(job.entry, msgspec.msgpack.encode(run)):
        raise unkept(store)


def _read_shard(shard: Shard, store: Store, restore: Restore) -> _KeptShard:
    """The part of the index that is kept of a shard. One that is not, or not whole, is made and kept."""
    return read_or_make(store, shard.entry, _KeptShard, partial(_make_shard, shard, store, restore))


def _make_shard(shard: Shard, store: Store, restore: Restore) -> None:
    made = pages_to_shard(shard.name, read_pages(store, shard, restore), dict(shard.titles))
    if not store.write(shard.entry, msgspec.msgpack.encode(_KeptShard(made.shard, made.records))):
        raise unkept(store)


@dataclass(frozen=True)
class IndexJob:
    """The runs of an index, and the folder of the site that it goes to.

    ``roots``: see ``write_large_index``. ``kept``: path → key of files that are there from the last build.
    """

    root: Path
    runs: tuple[RunJob, ...]
    roots: tuple[str, ...]
    kept: Mapping[str, str]


@dataclass(frozen=True)
class IndexMade:
    """The key of each file of the index by its path; or which run was lost, and then there is no whole index."""

    keys: Mapping[str, str] = field(default_factory=dict)
    lost: RunJob | None = None


@step("search")
def make_index(job: IndexJob) -> IndexMade:
    """Write an index below the folder of the site, but for the records, and what would be the same as is kept."""
    lost: list[RunJob] = []

    def read(run: RunJob) -> SearchRun:
        found = read_entry(open_store(run.store), run.entry, SearchRun)
        if found is None:
            lost.append(run)
            raise _LostError(run.entry)
        return found

    site = Folder(job.root)
    with suppress(_LostError):
        runs = map(read, job.runs)
        return IndexMade(write_large_index(lambda path, data: site.write([(path, data)]), runs, job.roots, job.kept))
    return IndexMade(lost=lost[0])


@dataclass
class SearchIndex:
    """The index of a site. ``restore`` makes pages again that were lost, ``begin`` begins what takes memory.

    ``used``: the entries of the store that it is made of.
    """

    site: SiteFolder
    store: Store
    workers: Workers
    restore: Restore
    begin: Begin
    used: set[str] = field(default_factory=set)

    def write(
        self,
        shards: Sequence[Shard],
        roots: Sequence[str] = (),
        meanwhile: Callable[[], None] = lambda: None,
        large: int = LARGE_SITE,
    ) -> bytes | None:
        """Write the index, from so many pages as ``large`` on the large one. The small one is returned, too.

        ``roots`` are those of other parts of the site, which are searched with it. ``meanwhile`` is called once, while
        the large index is made.
        """
        if sum(shard.pages for shard in shards) < large:
            meanwhile()
            return self._write_small(shards, roots)
        runs = self._make_runs(shards)
        placed = PlacedFiles(f"search {program_digest()}", self.site)
        job = IndexJob(self.site.root, runs, tuple(roots), placed.kept)
        with self.begin([(make_index, job)]) as results:
            self._put_records(shards)
            meanwhile()
            (made,) = results()
        placed.put(self._make_whole(job, made).keys)
        return None

    def _make_whole(self, job: IndexJob, made: IndexMade) -> IndexMade:
        """The index, made again for each run that turns out to be lost."""
        seen = set[str]()
        while made.lost is not None:
            if made.lost.entry in seen:
                raise unkept(self.store)
            seen.add(made.lost.entry)
            _make_run(made.lost, self.store, self.restore)
            with self.begin([(make_index, job)]) as results:
                (made,) = results()
        return made

    @step("search")
    def _write_small(self, shards: Sequence[Shard], roots: Sequence[str]) -> bytes:
        pages = (page for shard in shards for page in read_pages(self.store, shard, self.restore))
        index = render_index(pages, roots).encode()
        self.site.write([(INDEX, index)])
        return index

    def _make_runs(self, shards: Sequence[Shard]) -> tuple[RunJob, ...]:
        """The runs of these shards, those made that are not kept."""
        named = {shard.name: shard for shard in shards}
        runs = [
            RunJob(tuple(named[name] for name in names), self.store.address)
            for names in cut_runs(shard.name for shard in shards)
        ]
        known = self.store.names(FOLDER)
        for run in runs:
            self.used |= run.entries
        for _ in self.workers.run(make_run, (run for run in runs if not run.entries <= known)):
            pass
        return tuple(runs)

    @step("search")
    def _put_records(self, shards: Sequence[Shard]) -> None:
        for shard in shards:
            if self.site.take(shard.entry) is None:
                self.site.put(shard.entry, _read_shard(shard, self.store, self.restore).records.items())


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
