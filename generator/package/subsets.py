"""What there is a package of: each place's year, and everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.assess import RULES_VERSION
from generator.model import AssessedRegister, Publication, Source

EVERYTHING = "all"
"""Folder of the package of everything, as it is now."""


@dataclass(frozen=True)
class Subset:
    """What a package is about: a place's year, or everything. ``folder`` is its path under ``datapackage/``.

    ``publication`` says who publishes it, and under what licence.
    """

    name: str
    folder: str
    title_zh: str
    title_en: str
    registers: tuple[AssessedRegister, ...]
    publication: Publication

    def sources(self) -> tuple[Source, ...]:
        """The documents behind it, in the order of the registers."""
        return tuple(source for assessed in self.registers for source in assessed.register.sources)

    def newest_date(self) -> date | None:
        """The newest date that the documents carry: the data's own time, in place of a clock."""
        days = [day for s in self.sources() for day in (s.written_on, s.published_on, s.as_of) if day]
        return max(days, default=None)

    def as_of(self) -> date | None:
        """As of when the newest progress speaks; None where only plans are known."""
        return max((source.as_of for source in self.sources() if source.as_of), default=None)

    def version(self) -> str:
        """The version of the rules, and the newest date of the data as build number: ``1.0.0+20240204``."""
        newest = self.newest_date()
        return f"{RULES_VERSION}+{newest:%Y%m%d}" if newest else RULES_VERSION


def packages_of(registers: Sequence[AssessedRegister], publication: Publication) -> tuple[Subset, ...]:
    """One package a place and year, in their order, then one of everything."""
    ordered = sorted(registers, key=lambda a: (a.register.place, a.register.year, a.register.programme))
    groups: dict[tuple[str, int], list[AssessedRegister]] = {}
    for assessed in ordered:
        groups.setdefault((assessed.register.place, assessed.register.year), []).append(assessed)
    subsets = [
        Subset(
            name=f"{slug}-{year}",
            folder=f"{slug}/{year}",
            registers=tuple(group),
            publication=publication,
            title_zh=f"{group[0].place.zh}{year}年{publication.title.zh}",
            title_en=f"{group[0].place.en} {year}: {_lower_first(publication.title.en)}",
        )
        for (slug, year), group in groups.items()
    ]
    everything = Subset(
        name=f"{publication.name}-all",
        folder=EVERYTHING,
        registers=tuple(ordered),
        publication=publication,
        title_zh=f"{publication.title.zh}（全部地区和年度）",
        title_en=f"{publication.title.en}, all places and years",
    )
    return (*subsets, everything)


def _lower_first(title: str) -> str:
    """A title after a colon: its first letter small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
