"""What there is a package of: each place's year, and everything. Small, so that those of all years fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from generator.assess import RULES_VERSION
from generator.model import AssessedRegister, Place, Publication, Record, Source, Theme

EVERYTHING = "all"
"""Folder of the package of everything, as it is now."""

MOST_IN_FULL = 100
"""As many packages are told of file by file, to people and to programs; of more, those of years by whole files alone.

A thousand of them would make a page of four megabytes and a catalogue of twenty, which nobody reads. The descriptor of
each package names its other files.
"""


class SubsetSource(Record, frozen=True):
    """A document behind a package: what descriptors, READMEs and catalogues say of it."""

    document: str
    title: str
    issuer: str = ""
    document_number: str = ""
    url: str = ""
    written_on: date | None = None
    published_on: date | None = None
    as_of: date | None = None


class Subset(Record, frozen=True):
    """What a package is about: a place's year, or everything. ``folder`` is its path under ``datapackage/``.

    ``publication`` says who publishes it, and under what licence. ``places``, ``years`` and ``sources`` come in the
    order of the registers; ``themes`` are those that its commitments have, by their position in the catalogue of themes
    and without the words that they are found by. Where nothing is registered, everything has no years.
    """

    name: str
    folder: str
    title_zh: str
    title_en: str
    publication: Publication
    places: tuple[Place, ...] = ()
    years: tuple[int, ...] = ()
    sources: tuple[SubsetSource, ...] = ()
    themes: dict[int, Theme] = msgspec.field(default_factory=dict)

    def order(self) -> tuple[str, int]:
        """Where a place's year comes among the others."""
        return self.places[0].slug, self.years[0]

    def newest_date(self) -> date | None:
        """The newest date that the documents carry: the data's own time, in place of a clock."""
        days = [day for s in self.sources for day in (s.written_on, s.published_on, s.as_of) if day]
        return max(days, default=None)

    def as_of(self) -> date | None:
        """As of when the newest progress speaks; None where only plans are known."""
        return max((source.as_of for source in self.sources if source.as_of), default=None)

    def version(self) -> str:
        """The version of the rules, and the newest date of the data as build number: ``1.0.0+20240204``."""
        newest = self.newest_date()
        return f"{RULES_VERSION}+{newest:%Y%m%d}" if newest else RULES_VERSION


def year_to_subset(registers: Sequence[AssessedRegister], publication: Publication) -> Subset:
    """What the package of a place's year is about; ``registers`` are all of that year."""
    ordered = sorted(registers, key=lambda assessed: assessed.register.programme)
    place, year = ordered[0].place, ordered[0].register.year
    slug = ordered[0].register.place
    found = {one.theme for assessed in ordered for item in assessed.commitments for one in item.themes}
    known = enumerate(ordered[0].catalogue.themes)
    return Subset(
        name=f"{slug}-{year}",
        folder=f"{slug}/{year}",
        title_zh=f"{place.zh}{year}年{publication.title.zh}",
        title_en=f"{place.en} {year}: {_lower_first(publication.title.en)}",
        publication=publication,
        places=(place,),
        years=(year,),
        sources=tuple(_to_source(source) for assessed in ordered for source in assessed.register.sources),
        themes={
            position: msgspec.structs.replace(theme, words={}, without=())
            for position, theme in known
            if theme.slug in found
        },
    )


def join_subsets(years: Iterable[Subset], publication: Publication) -> Subset:
    """What the package of everything is about, from what those of all places and years are."""
    ordered = sorted(years, key=Subset.order)
    themes = {position: theme for subset in ordered for position, theme in subset.themes.items()}
    return Subset(
        name=f"{publication.name}-{EVERYTHING}",
        folder=EVERYTHING,
        title_zh=f"{publication.title.zh}（全部地区和年度）",
        title_en=f"{publication.title.en}, all places and years",
        publication=publication,
        places=tuple({place.slug: place for subset in ordered for place in subset.places}.values()),
        years=tuple(year for subset in ordered for year in subset.years),
        sources=tuple(source for subset in ordered for source in subset.sources),
        themes=dict(sorted(themes.items())),
    )


def _to_source(source: Source) -> SubsetSource:
    return SubsetSource(
        document=source.document,
        title=source.title,
        issuer=source.issuer,
        document_number=source.document_number,
        url=source.url,
        written_on=source.written_on,
        published_on=source.published_on,
        as_of=source.as_of,
    )


def _lower_first(title: str) -> str:
    """A title after a colon: its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
