"""What machines read about the site: sitemap and JSON-LD of a commitment."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

from generator.pages.commitment_page import CommitmentPage
from generator.pages.departments import department_addresses
from generator.pages.occurrences import cities_to_catalogue, cities_to_occurrences
from generator.pages.outline import City, newest_date

_PAGES = ("findings", "due", "silence", "openness", "changes", "data", "method", "about", "adopt")
"""Pages at the root that are there whatever the registers hold."""


def render_sitemap(site_url: str, pages: Iterable[tuple[str, date | None]]) -> str:
    """A sitemap of addresses relative to the site's root, each with the day its data is of."""
    entries = "".join(
        f"<url><loc>{escape(site_url + path)}</loc>"
        + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
        + "</url>\n"
        for path, day in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def site_addresses(cities: Sequence[City], pages: Sequence[CommitmentPage]) -> list[tuple[str, date | None]]:
    """Every page of the site, from its root, with the day its data is of. The shell is none."""
    newest = newest_date(source for city in cities for year in city.years for source in year.sources)
    found: list[tuple[str, date | None]] = [("", newest)]
    found += [(f"{name}/", newest) for name in _PAGES]
    catalogue = cities_to_catalogue(cities)
    found += [(name, newest) for name in ("themes/", *(f"themes/{theme.slug}/" for theme in catalogue.themes))]
    found += [
        (name, newest) for name in ("measures/", *(f"measures/{slug}/" for slug in cities_to_occurrences(cities)))
    ]
    for city in cities:
        day = newest_date(source for year in city.years for source in year.sources)
        found += [(name, day) for name in (f"{city.place.slug}/", *department_addresses(city))]
        found += [(f"{year.path}/", newest_date(year.sources)) for year in city.years]
    return found + [(f"{page.year.path}/{page.file}.html", newest_date(page.sources)) for page in pages]


def compress(text: str) -> bytes:
    """Gzip without a time, so that the same text gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


def render_json_ld(page: CommitmentPage, site_url: str) -> str:
    """A commitment as schema.org sees it: a creative work that is part of a data set. Its documents are in its twin."""
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{site_url}{page.year.path}/{page.file}.html",
        "identifier": page.commitment.id,
        "name": page.title,
        "isPartOf": {"@type": "Dataset", "@id": f"{site_url}{page.year.path}/"},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
