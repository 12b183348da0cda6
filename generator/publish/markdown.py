"""The Markdown of a site on its way through MkDocs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from generator.publish.documents import keep_file
from generator.publish.entries import read_entry
from generator.publish.lastbuild import Mark, mark_files
from generator.publish.mkdocs import FOLDER, Batch, RenderedPage, Setup, html_path, page_entry, render_batch
from generator.publish.searched import searched_name
from generator.publish.shared import read_or_make
from generator.store import Store

PAGES_A_BATCH = 240
BYTES_A_BATCH = 6_000_000
"""As many pages, or pages of so many bytes, one run of MkDocs renders: more would take more memory, fewer begin it more
often.
"""


class Markdown:
    """The Markdown of a site on its way through MkDocs: what has not changed since it was rendered is not again.

    It is written below ``docs`` as well, where people look at it and serve it; what is not of this build goes.
    """

    def __init__(self, docs: Path, store: Store, setup: Setup, stubs: tuple[str, ...]) -> None:
        self.entries: dict[str, str] = {}
        self.docs = docs
        self._store = store
        self._setup = setup
        self._stubs = stubs
        self._written: set[str] = set()
        self._others: list[str] = []
        self._waiting: list[tuple[str, bytes, str]] = []
        self._known = store.names(FOLDER)

    def owner(self, entry: str) -> str:
        """Whose the files of an entry with Markdown are: another configuration of MkDocs makes other pages of it."""
        return f"{entry} {self._setup.digest}"

    def batches(self, pages: Iterable[tuple[str, bytes]]) -> Iterator[Batch]:
        """Those pages that have to be rendered, so many at a time; less than a batch waits for others."""
        for path, text in pages:
            self.keep(path, text)
            if not path.endswith(".md"):
                self._others.append(path)
                continue
            entry = self.entries[path] = page_entry(self._setup, path, text)
            if entry not in self._known:
                self._waiting.append((path, text, entry))
            bytes_waiting = sum(len(text) for _, text, _ in self._waiting)
            if len(self._waiting) == PAGES_A_BATCH or bytes_waiting >= BYTES_A_BATCH:
                yield from self.rest()

    def rest(self) -> Iterator[Batch]:
        """What still waits to be rendered, if anything does."""
        pages, self._waiting = tuple(self._waiting), []
        if pages:
            yield Batch(pages, self._stubs, self._setup, self._store.address)

    def keep(self, path: str, data: bytes | None) -> None:
        """Write a file below ``docs``, where there is one; what is there already is not touched."""
        if data is None:
            return
        self._written.add(f"{self.docs}/{path}")
        keep_file(self.docs / path, data)

    def stay(self, pages: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Files that are below ``docs`` as they have to be: path → entry, nothing of those that are no Markdown.

        Returned are those whose HTML is not kept any more.
        """
        for path, entry in pages.items():
            if entry and entry not in self._known:
                yield path, (self.docs / path).read_bytes()
                continue
            self._written.add(f"{self.docs}/{path}")
            if entry:
                self.entries[path] = entry
            else:
                self._others.append(path)

    def rendered(self, paths: Iterable[str]) -> Iterator[tuple[str, str, RenderedPage]]:
        """Path of each page in the site, its entry, and the page. Those that were lost come last, rendered again."""
        lost = []
        for path in paths:
            entry = self.entries[path]
            found = read_entry(self._store, entry, RenderedPage)
            if found is None:
                lost.append(path)
            else:
                yield html_path(path), entry, found
        for first in range(0, len(lost), PAGES_A_BATCH):
            paths = lost[first : first + PAGES_A_BATCH]
            self._render_again(*paths)
            for path in paths:
                entry, again = self.entries[path], partial(self._render_again, path)
                yield html_path(path), entry, read_or_make(self._store, entry, RenderedPage, again)

    def makers(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Each entry with what makes it again."""
        return ((entry, partial(self._render_again, path)) for path, entry in self.entries.items())

    def _render_again(self, *paths: str) -> None:
        pages = tuple((path, (self.docs / path).read_bytes(), self.entries[path]) for path in paths)
        render_batch(Batch(pages, self._stubs, self._setup, self._store.address))

    def find_entries(self, paths: Iterable[str]) -> dict[str, str]:
        """Path → entry, nothing for what is no Markdown."""
        return {path: self.entries.get(path, "") for path in paths}

    def mark(self, paths: Iterable[str]) -> dict[str, Mark]:
        """The marks of files below ``docs``."""
        return mark_files(self.docs, paths)

    def others(self) -> dict[str, str]:
        """Files that are no Markdown, which the site has as they are: by path, where they lie."""
        return {path: f"{self.docs}/{path}" for path in self._others}

    def used(self) -> Iterator[str]:
        """The entries of the store with the pages of this build."""
        for entry in self.entries.values():
            yield from (entry, searched_name(entry))

    def remove_others(self) -> None:
        """Take away what earlier builds wrote below ``docs`` and this one did not."""
        for folder, _, names in os.walk(self.docs, topdown=False):
            for name in names:
                if f"{folder}/{name}" not in self._written:
                    os.unlink(f"{folder}/{name}")
            if folder != str(self.docs) and not os.listdir(folder):
                os.rmdir(folder)
