"""What crawlers read first: every page of the site with the day that its data is of, and ``robots.txt``."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from generator.metadata.addresses import to_url
from generator.model import DataRelease
from generator.pages.commitment_page import year_to_pages
from generator.pages.outline import City, newest_date

MOST_ADDRESSES = 50_000
"""As many addresses as a sitemap may hold (sitemaps.org); more need several, and an index of them."""

SITEMAP = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Page = tuple[str, date | None]
"""An address from the root of the site, and the day that its data is of."""


def render_sitemaps(site_url: str, pages: Sequence[Page], most: int = MOST_ADDRESSES) -> dict[str, str]:
    """Files of the site by name: one sitemap, or an index under the same name and the sitemaps that it lists."""
    if len(pages) <= most:
        return {SITEMAP: _render_set(site_url, pages)}
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}
    entries = "".join(
        _entry("sitemap", site_url + name, max((day for _, day in part if day), default=None))
        for name, part in named.items()
    )
    index = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'
    return {SITEMAP: index, **{name: _render_set(site_url, part) for name, part in named.items()}}


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


class PageDays:
    """The day that the data of a page is of: its newest document, or the newest recorded change of its data.

    A commitment's page knows its own documents and changes, the pages below a year or a city those of the year or the
    city, and every other page those of all.
    """

    def __init__(self, cities: Sequence[City], releases: Sequence[DataRelease]) -> None:
        self._days: dict[str, date | None] = {}
        changed = _newest_changes(releases)
        for city in cities:
            for year in city.years:
                prefix = f"{year.place.slug}-{year.year}-"
                own = [day for commitment, day in changed.items() if commitment.startswith(prefix)]
                self._note(f"{year.path}/", newest_date(year.sources), *own)
                for page in year_to_pages(year):
                    day = newest_date(page.sources)
                    self._note(f"{year.path}/{page.file}.html", day, changed.get(page.commitment.id))
            below = [self._days[f"{year.path}/"] for year in city.years]
            self._note(f"{city.place.slug}/", *below)
        self._note("", *(self._days[f"{city.place.slug}/"] for city in cities), *(one.day for one in releases))

    def _note(self, address: str, *days: date | None) -> None:
        self._days[address] = max((day for day in days if day), default=None)

    def day_of(self, address: str) -> date | None:
        """The day of a page by its address from the root of the site; None where no document states any."""
        while address not in self._days:
            address = f"{address.rstrip('/').rpartition('/')[0]}/".lstrip("/")
        return self._days[address]


def _newest_changes(releases: Iterable[DataRelease]) -> Mapping[str, date]:
    """The newest day on which something changed, by commitment id or, for what belongs to none, by record."""
    newest: dict[str, date] = {}
    for release in releases:
        for change in release.changes:
            key = change.commitment or change.record
            newest[key] = max(newest.get(key, release.day), release.day)
    return newest
