"""What is searched: what can be read in pages is kept beside them, and shared out in shards when all are made.

A shard has the commitments of a year, or other pages of one folder at the root.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count, groupby

import msgspec

from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.shared import read_or_make
from generator.search import PageText, Searched, location_above, read_page
from generator.store import Store

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


class _KeptPage(msgspec.Struct, frozen=True, array_like=True):
    location: str
    title: int
    texts: list[int]
    status: str
    wording: str


class _KeptPages(msgspec.Struct, frozen=True, array_like=True):
    """Pages that have numbers in the place of their texts: most of these stand in many pages."""

    texts: list[str]
    pages: list[_KeptPage]

    def searched(self) -> Iterator[Searched]:
        """The pages as they were."""
        text = self.texts.__getitem__
        for page in self.pages:
            yield Searched(
                page.location, PageText(text(page.title), tuple(map(text, page.texts))), page.status, page.wording
            )


def encode_searched(pages: Iterable[Searched]) -> bytes:
    """Pages as they are kept."""
    texts = defaultdict[str, int](count().__next__)
    number = texts.__getitem__
    kept = [
        _KeptPage(one.location, number(one.page.title), [*map(number, one.page.texts)], one.status, one.wording)
        for one in pages
    ]
    return msgspec.msgpack.encode(_KeptPages(list(texts), kept))


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
        found += read_or_make(store, searched_name(entry), _KeptPages, partial(restore, entry)).searched()
    if shard.name.rpartition("/")[2].startswith(_OTHERS):
        found.sort(key=lambda page: _file_of(page).split("/"))
    return found


def _file_of(page: Searched) -> str:
    return f"{page.location}index.html" if page.location.endswith("/") or not page.location else page.location
