"""Feeds of changes in the data, Atom and JSON, for everything and for each city. Dates are those of the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from generator.model import DataRelease
from generator.pages.changes import Changed, release_to_changed
from generator.pages.outline import City

_MOST_NAMED = 20


@dataclass(frozen=True)
class Entry:
    """A release as one city's readers see it. ``address`` is from the root of the site."""

    place: str
    year: int
    title: str
    address: str
    day: date
    text: str


@dataclass(frozen=True)
class Feed:
    """``address`` is the page that it belongs to, ``path`` where it lies, both from the root, without its suffix."""

    title: str
    address: str
    path: str
    entries: tuple[Entry, ...]


def releases_to_feeds(releases: Sequence[DataRelease], cities: Sequence[City], site_name: str) -> list[Feed]:
    """One feed of everything, then one of each city; a city of which nothing changed has an empty one."""
    entries = [entry for release in releases for entry in _entries(release, cities)]
    feeds = [Feed(f"{site_name}：数据变动", "changes/", "changes/feed", tuple(entries))]
    for city in cities:
        own = tuple(entry for entry in entries if entry.place == city.place.slug)
        title = f"{site_name}：{city.place.zh}的数据变动"
        feeds.append(Feed(title, f"{city.place.slug}/", f"{city.place.slug}/changes", own))
    return feeds


def _entries(release: DataRelease, cities: Sequence[City]) -> Iterator[Entry]:
    changed = [one for one in release_to_changed(release, cities) if one.year]
    for year, items in groupby(changed, key=lambda one: one.year):
        if year:
            of_year = list(items)
            yield Entry(
                place=year.place.slug,
                year=year.year,
                title=f"{year.place.zh} {year.year} 年：{len(of_year)} 项承诺的数据有变动",
                address=f"changes/#d{release.day.isoformat()}",
                day=release.day,
                text=_entry_text(release, of_year),
            )


def _entry_text(release: DataRelease, changed: Sequence[Changed]) -> str:
    names = [f"{one.title}（{len(one.changes)} 处）" for one in changed[:_MOST_NAMED]]
    rest = f"……另 {len(changed) - _MOST_NAMED} 项" if len(changed) > _MOST_NAMED else ""
    return f"{release.reason.zh}\n" + "\n".join([*names, *([rest] if rest else [])])


def render_atom(feed: Feed, site_url: str, site_name: str, newest: date) -> str:
    """A feed as Atom (RFC 4287). ``newest`` is its day where it has no entry."""
    updated = max((entry.day for entry in feed.entries), default=newest)
    entries = "".join(_atom_entry(entry, site_url) for entry in feed.entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n'
        f"<title>{escape(feed.title)}</title>\n<id>{escape(site_url + feed.path)}.xml</id>\n"
        f"<updated>{updated.isoformat()}T00:00:00Z</updated>\n<author><name>{escape(site_name)}</name></author>\n"
        f"<link href={quoteattr(site_url + feed.address)}/>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(f"{site_url}{feed.path}.xml")}/>\n'
        f"{entries}</feed>\n"
    )


def _atom_entry(entry: Entry, site_url: str) -> str:
    return (
        f"<entry>\n<title>{escape(_printable(entry.title))}</title>\n<id>{escape(_entry_id(entry, site_url))}</id>\n"
        f"<updated>{entry.day.isoformat()}T00:00:00Z</updated>\n<link href={quoteattr(site_url + entry.address)}/>\n"
        f'<content type="text">{escape(_printable(entry.text))}</content>\n</entry>\n'
    )


def render_json_feed(feed: Feed, site_url: str) -> str:
    """The same feed as JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": site_url + feed.address,
        "feed_url": f"{site_url}{feed.path}.json",
        "language": "zh-Hans",
        "items": [
            {
                "id": _entry_id(entry, site_url),
                "url": site_url + entry.address,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": f"{entry.day.isoformat()}T00:00:00Z",
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _entry_id(entry: Entry, site_url: str) -> str:
    return f"{site_url}{entry.address}-{entry.place}-{entry.year}"


def _printable(text: str) -> str:
    """Without the control characters that XML does not have."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
