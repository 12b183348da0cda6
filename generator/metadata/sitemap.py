"""What crawlers read first: every page of the site with the day that its data is of, and ``robots.txt``."""

from __future__ import annotations

import gzip
import heapq
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from xml.sax.saxutils import escape

import msgspec

from generator.metadata.addresses import to_url
from generator.model import Catalogue, DataRelease
from generator.pages.commitment_page import year_to_pages
from generator.pages.outline import newest_date
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary
from generator.stamp import SHELLS

MOST_ADDRESSES = 50_000
"""As many addresses as a sitemap may hold (sitemaps.org); more need several, and an index of them."""

SITEMAP = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Page = tuple[str, date | None]
"""An address from the root of the site, and the day that its data is of."""


def render_sitemaps(site_url: str, pages: Iterable[Page], most: int = MOST_ADDRESSES) -> Iterator[tuple[str, str]]:
    """Files of the site by name, one after another: one sitemap, or several and last the index that lists them.

    No more than two sitemaps of pages are held at a time.
    """
    parts = _cut(pages, most)
    first, second = next(parts, []), next(parts, None)
    if second is None:
        yield SITEMAP, _render_set(site_url, first)
        return
    entries = ""
    for number, part in enumerate(chain((first, second), parts), start=1):
        name = f"sitemap-{number}.xml"
        yield name, _render_set(site_url, part)
        entries += _entry("sitemap", site_url + name, max((day for _, day in part if day), default=None))
    yield SITEMAP, f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'


def _cut(pages: Iterable[Page], most: int) -> Iterator[list[Page]]:
    left = iter(pages)
    while part := list(islice(left, most)):
        yield part


def _render_set(site_url: str, pages: Iterable[Page]) -> str:
    entries = "".join(_entry("url", site_url + path, day) for path, day in pages)
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{entries}</urlset>\n'


def _entry(element: str, address: str, day: date | None) -> str:
    modified = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{element}><loc>{escape(to_url(address))}</loc>{modified}</{element}>\n"


def render_robots(site_url: str) -> str:
    """Everything may be read, and where the sitemap is. Crawlers look for it at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {to_url(site_url + SITEMAP)}\n"


def compress(text: str) -> bytes:
    """Gzip without a time, so that the same text gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


class YearPages(msgspec.Struct, frozen=True):
    """The stamped pages of a year: files beside its page, without extension, each with the newest day of its documents.

    ``day`` is that of all its documents; ``retired`` are the pages of ids that have no record any more.
    """

    day: date | None
    commitments: dict[str, date | None]
    retired: tuple[str, ...]


def year_to_stamped(published: PublishedYear) -> YearPages:
    """The stamped pages of a year."""
    year, start = published.year, f"{published.year.place.slug}-{published.year.year}-"
    return YearPages(
        day=newest_date(year.sources),
        commitments={page.file: newest_date(page.sources) for page in year_to_pages(year)},
        retired=tuple(one.removeprefix(start) for register in year.registers for one in register.register.retired),
    )


STAMPED_PAGES = Summary("stamped-pages", YearPages, year_to_stamped)
"""The pages of commitments of a year, with their days."""


def list_pages(summaries: Summaries, releases: Sequence[DataRelease], documents: Iterable[str]) -> Iterator[Page]:
    """Every page that calls itself by its own address, in the order of their files; ``documents`` are Markdown paths.

    Not the shell, nor a page that only leads on to another, nor that of what is not found. A commitment's page is of
    the day of its own documents and changes, the pages below a year or a city of that of the year or the city, and
    every other page of the newest of all.
    """
    changed = _newest_changes(releases)
    days = _folder_days(summaries, releases, changed)
    ours = ((address, _day_of(address, days)) for address in documents_to_addresses(documents, summaries.catalogue))
    return heapq.merge(sorted(ours, key=_file_order), _stamped(summaries, changed, days), key=_file_order)


def documents_to_addresses(documents: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    """Paths of Markdown → the addresses of their pages, without the shell and without pages that only lead on."""
    former = catalogue.slugs.former
    moved = {f"{place}/departments/{old}/" for place, slugs in former.items() for old in slugs}
    for path in documents:
        name = path.removesuffix(".md")
        address = f"{name}/".removesuffix("index/") if name == "index" or name.endswith("/index") else f"{name}/"
        if path.endswith(".md") and address not in moved and not address.startswith(f"{SHELLS}/"):
            yield address


def _file_order(page: Page) -> tuple[str, ...]:
    """The order of files in folders, part by part of their path."""
    address = page[0]
    return tuple((f"{address}index.html" if address.endswith("/") or not address else address).split("/"))


def _stamped(summaries: Summaries, changed: Mapping[str, date], days: Mapping[str, date | None]) -> Iterator[Page]:
    """The stamped pages of all years, of which one at a time is read."""
    ordered = sorted(summaries.years, key=lambda year: (year.place.slug, str(year.year)))
    for year, pages in summaries.of(STAMPED_PAGES, ordered):
        start, own = f"{year.place.slug}-{year.year}-", days[f"{year.path}/"]
        found = [
            *((file, _newest(day, changed.get(f"{start}{file}"))) for file, day in pages.commitments.items()),
            *((file, own) for file in pages.retired if file not in pages.commitments),
        ]
        yield from sorted(((f"{year.path}/{file}.html", day) for file, day in found), key=_file_order)


def _folder_days(
    summaries: Summaries, releases: Sequence[DataRelease], changed: Mapping[str, date]
) -> dict[str, date | None]:
    """The days of all, of each place and of each year, by the address of its page."""
    newest = _newest_by_prefix(changed, {f"{year.place.slug}-{year.year}-" for year in summaries.years})
    days: dict[str, date | None] = {}
    for year, pages in summaries.of(STAMPED_PAGES):
        place = f"{year.place.slug}/"
        days[f"{year.path}/"] = _newest(pages.day, newest.get(f"{year.place.slug}-{year.year}-"))
        days[place] = _newest(days.get(place), days[f"{year.path}/"])
    days[""] = _newest(*days.values(), *(one.day for one in releases))
    return days


def _day_of(address: str, days: Mapping[str, date | None]) -> date | None:
    """The day of the nearest folder above that has one of its own; None where no document states any."""
    while address not in days:
        address = f"{address.rstrip('/').rpartition('/')[0]}/".lstrip("/")
    return days[address]


def _newest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _newest_by_prefix(changed: Mapping[str, date], prefixes: Container[str]) -> dict[str, date]:
    """Prefix of a year's ids → the newest day of what begins with it."""
    newest: dict[str, date] = {}
    for identifier, day in changed.items():
        for prefix in (identifier[: dash.end()] for dash in re.finditer("-", identifier)):
            if prefix in prefixes:
                newest[prefix] = max(newest.get(prefix, day), day)
    return newest


def _newest_changes(releases: Iterable[DataRelease]) -> Mapping[str, date]:
    """The newest day on which something changed, by commitment id or, for what belongs to none, by record."""
    newest: dict[str, date] = {}
    for release in releases:
        for change in release.changes:
            key = change.commitment or change.record
            newest[key] = max(newest.get(key, release.day), release.day)
    return newest
