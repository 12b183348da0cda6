"""The files of years and of places on their way to packages, Markdown and site.

Where the last build put the same ones, and they are as it left them, they are linked and not read: what a build reads,
writes and renders is what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from generator.package import PackageStage, Runner, Subset, WholeNotes
from generator.publish.bundle import CityFiles, YearFiles
from generator.publish.fingerprint import program_digest
from generator.publish.folder import SITE, SiteFolder
from generator.publish.lastbuild import Mark, Owned, mark_file, mark_files
from generator.publish.markdown import Markdown
from generator.publish.shared import read_or_make
from generator.publish.years import MadeYears
from generator.schemas import TableSchema
from generator.store import Store

DATAPACKAGE, DOWNLOADS, DOCS = "datapackage", "downloads", "docs"
"""Folders beside the site in the notes of a build."""

Documents = Iterator[tuple[str, bytes]]
"""Markdown, and parts of long lists, by path: those that may have to be rendered."""


class _YearSaid(msgspec.Struct, frozen=True, array_like=True):
    """What is told of a year whose files stay: its package, and its Markdown with the entries of the rendered pages.

    ``digests`` are those of the files of the package.
    """

    subset: Subset
    digests: dict[str, str]
    docs: dict[str, str]


@dataclass
class PlacedYears:
    """The years of a build, put one after the other. ``subsets`` are their packages, in the order of the years."""

    years: MadeYears
    stage: PackageStage
    site: SiteFolder
    markdown: Markdown
    subsets: list[Subset] = field(default_factory=list)
    _made: dict[str, tuple[Subset, list[str], dict[str, list[str]]]] = field(default_factory=dict)
    _kept: list[str] = field(default_factory=list)

    def put(self) -> Documents:
        """Put packages in their places, pages of years that were made, too, and give the Markdown."""
        for year in self.years.refs:
            owner = self.markdown.owner(self.years.files_entry(year))
            owned = self.site.last.find(owner)
            if owned is None:
                yield from self._put_year(owner, self.years.read_files(year))
            else:
                self.site.last.note(owner, owned)
                self._kept.append(owner)
                said = msgspec.msgpack.decode(owned.said, type=_YearSaid)
                self.stage.keep(said.subset, said.digests)
                self.subsets.append(said.subset)
                yield from self.markdown.stay(said.docs)

    def link_kept(self) -> None:
        """Put the pages of years that were kept in their places: nothing else waits for them."""
        for owner in self._kept:
            self.site.link(self.site.last.noted(owner).files.get(SITE, {}))

    def _put_year(self, owner: str, files: YearFiles) -> Documents:
        subset = files.packed.subset
        self.stage.put(files.packed)
        self.subsets.append(subset)
        self.site.put(owner, files.site.items())
        folders = {DATAPACKAGE: files.packed.files, DOWNLOADS: files.packed.downloads}
        packed = {root: [f"{subset.folder}/{name}" for name in names] for root, names in folders.items()}
        self._made[owner] = subset, list(files.docs), packed
        yield from files.docs.items()

    def finish(self, whole: Subset, schemas: Sequence[TableSchema], site_url: str, run: Runner) -> tuple[Path, ...]:
        """Make the package of everything, see all packages to their places, and return their folders."""
        owner = f"{whole.name} {program_digest()}"
        last = self.site.last.find(owner)
        notes = msgspec.msgpack.decode(last.said, type=WholeNotes) if last else None
        finished = self.stage.finish(whole, schemas, site_url, run, notes)
        marks = {
            root: mark_files(
                folder, sorted(f"{whole.folder}/{path.name}" for path in (folder / whole.folder).iterdir())
            )
            for root, folder in self._newest.items()
        }
        self.site.last.note_more(owner, marks, msgspec.msgpack.encode(finished.notes))
        return finished.packages

    def note(self) -> None:
        """Tell the next build of the years that were put, when packages and Markdown are where they stay."""
        for owner, (subset, docs, packed) in self._made.items():
            digests = dict(self.stage.digests[subset.folder])
            said = _YearSaid(subset, digests, self.markdown.find_entries(docs))
            marks = {root: mark_files(folder, packed[root]) for root, folder in self._newest.items()}
            self.site.last.note_more(owner, {**marks, DOCS: self.markdown.mark(docs)}, msgspec.msgpack.encode(said))

    @property
    def _newest(self) -> Mapping[str, Path]:
        """Where packages and downloads are now."""
        return dict(zip((DATAPACKAGE, DOWNLOADS), self.stage.newest, strict=True))


@dataclass
class PlacedCities:
    """What speaks of whole places, put one after the other. ``pages``: path of a page → the entry of its place."""

    store: Store
    site: SiteFolder
    markdown: Markdown
    pages: dict[str, str] = field(default_factory=dict)
    _made: dict[str, list[str]] = field(default_factory=dict)

    def put(self, entries: Mapping[str, Callable[[], None]]) -> Documents:
        """Put pages in their places, and give the Markdown. ``entries`` come with what makes each again."""
        for entry, again in entries.items():
            owner = self.markdown.owner(entry)
            owned = self.site.take(owner)
            if owned is None:
                files = read_or_make(self.store, entry, CityFiles, again)
                self.site.put(owner, files.site.items())
                self._made[owner] = list(files.docs)
                self._find_pages(files.site, entry)
                yield from files.docs.items()
            else:
                self._find_pages(owned.files[SITE], entry)
                yield from self.markdown.stay(msgspec.msgpack.decode(owned.said, type=dict[str, str]))

    def _find_pages(self, paths: Mapping[str, object], entry: str) -> None:
        self.pages |= dict.fromkeys((path for path in paths if path.endswith(".html")), entry)

    def note(self) -> None:
        """Tell the next build of the places that were put, when their Markdown is where it stays."""
        for owner, docs in self._made.items():
            said = self.markdown.find_entries(docs)
            self.site.last.note_more(owner, {DOCS: self.markdown.mark(docs)}, msgspec.msgpack.encode(said))


@dataclass
class PlacedDocuments:
    """The Markdown of what speaks of all places. ``owner`` says what all of it rests on: program, lookups, MkDocs."""

    owner: str
    site: SiteFolder
    markdown: Markdown
    _keys: dict[str, str] = field(default_factory=dict)

    @cached_property
    def kept(self) -> Mapping[str, str]:
        """Path → key of those that lie there as the last build made them."""
        return {path: key for path, (key, _) in self._said.items() if key}

    @cached_property
    def _said(self) -> Mapping[str, tuple[str, str]]:
        """The same with the entries of the rendered pages."""
        owned = self.site.last.find_some(self.owner)
        said = msgspec.msgpack.decode(owned.said, type=dict[str, tuple[str, str]]) if owned.said else {}
        return {path: said[path] for path in owned.files.get(DOCS, ())}

    def put(self, keys: Mapping[str, str]) -> Documents:
        """Give the Markdown that was written, path → key."""
        self._keys |= keys
        for path, key in keys.items():
            if key and self.kept.get(path) == key:
                yield from self.markdown.stay({path: self._said[path][1]})
            else:
                yield path, (self.markdown.docs / path).read_bytes()

    def note(self) -> None:
        """Tell the next build of the Markdown that lies there now."""
        said = {path: (key, self.markdown.entries.get(path, "")) for path, key in self._keys.items()}
        self.site.last.note_more(self.owner, {DOCS: self.markdown.mark(said)}, msgspec.msgpack.encode(said))


@dataclass
class PlacedFiles:
    """Files of the site that each have a key. ``owner`` says what all of them rest on: program and lookups."""

    owner: str
    site: SiteFolder

    @cached_property
    def _owned(self) -> Owned:
        return self.site.last.find_some(self.owner)

    @cached_property
    def kept(self) -> Mapping[str, str]:
        """Path → key of those that lie in the old site as the last build made them."""
        keys = msgspec.msgpack.decode(self._owned.said, type=dict[str, str]) if self._owned.said else {}
        return {path: keys[path] for path in self._owned.files.get(SITE, ()) if keys.get(path)}

    def put(self, keys: Mapping[str, str]) -> None:
        """Link those that are kept; the others were written by another process. The next build is told of all."""
        self._put(keys, self.site.find)

    def put_copies(self, files: Mapping[str, str]) -> None:
        """Copies of files, path → where they lie, linked where the last build made the same.

        Raises OSError where one is not there.
        """
        keys = {path: str(mark_file(source)) for path, source in files.items()}
        self._put(keys, lambda paths: self.site.copy((path, files[path]) for path in paths))

    def _put(self, keys: Mapping[str, str], find: Callable[[Iterable[str]], dict[str, Mark]]) -> None:
        same = [path for path, key in keys.items() if key and self.kept.get(path) == key]
        kept = {path: self._owned.files[SITE][path] for path in same}
        self.site.link(kept)
        found = find(path for path in keys if path not in kept)
        self.site.last.note(self.owner, Owned({SITE: {**kept, **found}}, msgspec.msgpack.encode(keys)))
