"""The index of our worker, of every page as it stands in the finished site: one file, or for a large site many."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from generator.lookups import load_places
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.listparts import is_list_part
from generator.pages.outline import City
from generator.parts import HOME, load_split
from generator.search import (
    INDEX,
    LARGE_SITE,
    Searched,
    SearchShard,
    location_above,
    pages_to_shard,
    read_page,
    render_index,
    write_large_index,
)
from generator.steps import step

_OTHERS = "other"
"""Last folder of the records of pages that are no commitments; no year is called so."""


@step("search")
def write_search(
    staged: Path, cities: Sequence[City], docs: Path, large: int = LARGE_SITE, roots: Sequence[str] = ()
) -> None:
    """Write the index: commitments first and in their order. From so many pages as ``large`` on it is the large one.

    ``roots`` are those of other parts of the site, which are searched with it. A copy of the small index beside the
    Markdown lets ``mkdocs serve`` search, too.
    """
    shards = dict(_plan_shards(staged, cities))
    if sum(map(len, shards.values())) >= large:
        write_large_index(staged, _write_shards(staged, shards), roots)
        (docs / INDEX).unlink(missing_ok=True)
        return
    searched = (_read(staged, name, page) for pages in shards.values() for name, page in pages.items())
    index = render_index(searched, roots)
    for folder in (staged, docs):
        path = folder / INDEX
        path.parent.mkdir(exist_ok=True)
        path.write_text(index, encoding="utf-8")


def find_part_roots(content: Path, site_url: str) -> list[str]:
    """From the home of a site in parts: where the parts are, relative to it; those on other hosts are left out.

    Anywhere else none: a part searches its own pages.
    """
    split = load_split(content, load_places(content))
    if split is None or split.here != HOME:
        return []
    home = urlsplit(site_url)
    addresses = [urlsplit(part.address) for part in split.parts]
    near = [address.path for address in addresses if (address.scheme, address.netloc) == (home.scheme, home.netloc)]
    return [f"{posixpath.relpath(path, home.path or '/')}/" for path in near]


def _plan_shards(staged: Path, cities: Sequence[City]) -> Iterator[tuple[str, dict[str, CommitmentPage | None]]]:
    """The commitments of each year, then the other pages of each folder at the root: names of their files."""
    ours: set[str] = set()
    for year in (year for city in cities for year in city.years):
        pages = {f"{year.path}/{page.file}.html": page for page in year_to_pages(year)}
        ours.update(pages)
        yield year.path, dict(pages)
    others: dict[str, dict[str, CommitmentPage | None]] = {}
    for name in (path.relative_to(staged).as_posix() for path in sorted(staged.rglob("*.html"))):
        if name not in ours and name != "404.html" and not is_list_part(name):
            others.setdefault(f"{_folder(name)}{_OTHERS}", {})[name] = None
    yield from others.items()


def _folder(name: str) -> str:
    folder, slash, _ = name.partition("/")
    return f"{folder}/" if slash else ""


def _read(staged: Path, name: str, page: CommitmentPage | None) -> Searched:
    location, text = name.removesuffix("index.html"), read_page((staged / name).read_bytes())
    return Searched(location, text, page.item.status, page.commitment.text) if page else Searched(location, text)


def _write_shards(staged: Path, shards: Mapping[str, Mapping[str, CommitmentPage | None]]) -> Iterator[SearchShard]:
    """The parts of the index, one after another; the records of each are written before the next is read."""

    @cache
    def title_of(location: str) -> str:
        path = staged / location / "index.html"
        return read_page(path.read_bytes()).title if path.is_file() else ""

    for name, pages in shards.items():
        searched = [_read(staged, *page) for page in pages.items()]
        above = {location_above(page.location) for page in searched} - {""}
        titles = {location: title for location in sorted(above) if (title := title_of(location))}
        shard, records = pages_to_shard(name, searched, titles)
        for address, data in records.items():
            path = staged / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield shard
