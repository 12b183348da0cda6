"""A feed as Atom (RFC 4287) and as JSON Feed 1.1. All addresses are absolute, all days those of the records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.feeds.content import entry_to_html, entry_to_text
from generator.feeds.entries import Entry, Feed
from generator.schemas import TableSchema


def render_atom(feed: Feed, site_url: str, site_name: str, newest: date, schemas: Sequence[TableSchema]) -> str:
    """A feed as Atom. ``newest`` is its day where it has no entry."""
    updated = max((entry.day for entry in feed.entries), default=newest)
    entries = "".join(_atom_entry(entry, site_url, schemas) for entry in feed.entries)
    address = site_url + feed.path
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n'
        f"<title>{_text(feed.title)}</title>\n<id>{_text(address)}.xml</id>\n"
        f"<updated>{_moment(updated)}</updated>\n"
        f"<author><name>{_text(site_name)}</name><uri>{_text(site_url)}</uri></author>\n"
        f'<link rel="alternate" type="text/html" href={_attribute(site_url + feed.address)}/>\n'
        f'<link rel="self" type="application/atom+xml" href={_attribute(f"{address}.xml")}/>\n'
        f"{entries}</feed>\n"
    )


def _atom_entry(entry: Entry, site_url: str, schemas: Sequence[TableSchema]) -> str:
    return (
        f"<entry>\n<title>{_text(entry.title)}</title>\n<id>{_text(site_url + entry.identifier)}</id>\n"
        f"<updated>{_moment(entry.day)}</updated>\n<published>{_moment(entry.day)}</published>\n"
        f'<link rel="alternate" type="text/html" href={_attribute(site_url + entry.address)}/>\n'
        f'<content type="html">{_text(entry_to_html(entry, site_url, schemas))}</content>\n</entry>\n'
    )


def render_json_feed(feed: Feed, site_url: str, site_name: str, schemas: Sequence[TableSchema]) -> str:
    """The same feed as JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": site_url + feed.address,
        "feed_url": f"{site_url}{feed.path}.json",
        "language": "zh-Hans",
        "authors": [{"name": site_name, "url": site_url}],
        "items": [
            {
                "id": site_url + entry.identifier,
                "url": site_url + entry.address,
                "title": entry.title,
                "content_html": entry_to_html(entry, site_url, schemas),
                "content_text": entry_to_text(entry, schemas),
                "date_published": _moment(entry.day),
                "date_modified": _moment(entry.day),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_printable(text))


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Without what XML does not have: control characters, halves of a pair, and the two that are no characters."""
    return "".join(char for char in text if char in "\n\t" or (char >= " " and not _is_no_character(ord(char))))


def _is_no_character(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}
