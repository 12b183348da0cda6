"""Releases of the data → feeds, their entries with what changed. Dates are those of the records.

A place and year has one entry a release, a department one for all its years. The id of an entry is made of the day,
the place, and the year or the department, and of nothing that a later correction may change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.model import DataChange, DataRelease, Place
from generator.pages.changes import Changed, release_to_changed, release_to_others
from generator.pages.duties import CityDuties, Department, read_duties
from generator.pages.summaries import CityRef, Summaries, YearRef

_MOST_ENTRIES = 100
"""The newest that a feed holds; the page of changes holds them all."""


@dataclass(frozen=True)
class Entry:
    """A release as the readers of one feed see it. ``address`` and ``identifier`` are from the root of the site.

    ``others`` are changes that belong to no commitment: documents, findings about a register.
    """

    identifier: str
    place: str
    title: str
    address: str
    release: DataRelease
    changed: tuple[Changed, ...] = ()
    others: tuple[DataChange, ...] = ()

    @property
    def day(self) -> date:
        """The day of the release."""
        return self.release.day


@dataclass(frozen=True)
class Feed:
    """``address`` is the page that it belongs to, ``path`` where it lies, both from the root, without its suffix.

    ``also`` are paths where it lay before; it is kept there, too.
    """

    title: str
    address: str
    path: str
    entries: tuple[Entry, ...]
    also: tuple[str, ...] = ()


def site_feed(releases: Sequence[DataRelease], summaries: Summaries, site_name: str) -> Feed:
    """The feed of everything; empty where nothing changed."""
    entries = [entry for release in releases for entry in _year_entries(release, summaries)]
    return _feed(f"{site_name}：数据变动", "changes/", "changes/feed", entries)


def city_feeds(releases: Sequence[DataRelease], summaries: Summaries, city: CityRef, site_name: str) -> Iterator[Feed]:
    """The feeds of a place and of each of its departments. ``summaries`` may be those of this place alone."""
    slug = city.place.slug
    own = [entry for release in releases for entry in _year_entries(release, summaries) if entry.place == slug]
    yield _feed(f"{site_name}：{city.place.zh}的数据变动", f"{slug}/", f"{slug}/changes", own)
    yield from _department_feeds(read_duties(summaries, city), own, site_name)


def _feed(title: str, address: str, path: str, entries: Sequence[Entry], also: tuple[str, ...] = ()) -> Feed:
    return Feed(title, address, path, tuple(entries[:_MOST_ENTRIES]), also)


def _year_entries(release: DataRelease, summaries: Summaries) -> Iterator[Entry]:
    """An entry for each year of a place that has changes; what belongs to none of them has one of its own."""
    changed, others = release_to_changed(release, summaries), release_to_others(release, summaries)
    of_year = {year.path if year else "": tuple(items) for year, items in groupby(changed, key=lambda one: one.year)}
    for year in summaries.years:
        if year.path in of_year or year.path in others:
            yield _year_entry(release, year, of_year.get(year.path, ()), others.get(year.path, ()))
    if "" in of_year or "" in others:
        day = release.day.isoformat()
        gone, rest = of_year.get("", ()), tuple(others.get("", ()))
        title = f"已撤下的地区或年份：{_count(gone, rest)}"
        yield Entry(f"changes/#d{day}-gone", "", title, f"changes/#d{day}", release, gone, rest)


def _year_entry(
    release: DataRelease, year: YearRef, changed: tuple[Changed, ...], others: Sequence[DataChange]
) -> Entry:
    address = f"changes/#d{release.day.isoformat()}"
    title = f"{year.place.zh} {year.year} 年：{_count(changed, others)}"
    identifier = f"{address}-{year.place.slug}-{year.year}"
    return Entry(identifier, year.place.slug, title, address, release, changed, tuple(others))


def _count(changed: Sequence[Changed], others: Sequence[DataChange]) -> str:
    said = [f"{len(changed)} 项承诺的数据有变动"] if changed else []
    return "，".join([*said, *([f"文件等另有 {len(others)} 处变动"] if others else [])])


def _department_feeds(duties: CityDuties, own: Sequence[Entry], site_name: str) -> Iterator[Feed]:
    """The feeds of a place's departments, from the entries of the place, of which there is one a year and release."""
    place, former, now = duties.city.place, duties.former, _answering(duties)
    releases = [
        (group[0].release, _by_department(group, former, now))
        for group in (list(entries) for _, entries in groupby(own, key=lambda entry: entry.day))
    ]
    for one in duties.departments:
        folder = f"{place.slug}/departments/{one.slug}"
        entries = [
            _department_entry(release, one, place, found[one.slug]) for release, found in releases if one.slug in found
        ]
        also = tuple(f"{place.slug}/departments/{old}/changes" for old, new in former.items() if new == one.slug)
        title = f"{site_name}：{place.zh}{one.name}的数据变动"
        yield _feed(title, f"{folder}/", f"{folder}/changes", entries, also)


def _department_entry(release: DataRelease, one: Department, place: Place, changed: Sequence[Changed]) -> Entry:
    day = release.day.isoformat()
    return Entry(
        identifier=f"{place.slug}/departments/{one.slug}/#d{day}",
        place=place.slug,
        title=f"{one.name}（{place.zh}）：{_count(changed, ())}",
        address=f"changes/#d{day}",
        release=release,
        changed=tuple(changed),
    )


def _by_department(
    entries: Sequence[Entry], former: Mapping[str, str], now: Mapping[str, tuple[str, ...]]
) -> dict[str, list[Changed]]:
    """Department → the commitments that a release changed, for which it answers in the newer or the older data.

    A release recorded without departments is taken by those that answer now.
    """
    answering = entries[0].release.departments or now
    found: dict[str, list[Changed]] = {}
    for one in (one for entry in entries for one in entry.changed):
        for slug in dict.fromkeys(former.get(slug, slug) for slug in answering.get(one.commitment, ())):
            found.setdefault(slug, []).append(one)
    return found


def _answering(duties: CityDuties) -> dict[str, tuple[str, ...]]:
    """Commitment → the departments that lead or support it now."""
    found: dict[str, list[str]] = {}
    for one in duties.departments:
        for duty in (*one.led, *one.supported):
            found.setdefault(duty.item.id, []).append(one.slug)
    return {identifier: tuple(slugs) for identifier, slugs in found.items()}
