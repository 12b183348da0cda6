"""The sums of a year, from which the home page, the page of its city and the records of both are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from generator.model import AssessedRegister, CheckTally, Source
from generator.pages.counts import Counts, count_commitments
from generator.pages.outline import CityYear, newest_date
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summary
from generator.pages.texts import render_date
from generator.tables import leading_names, unit_name


class ProgrammeSums(msgspec.Struct, frozen=True):
    """A programme of a year. ``findings`` are about its register and its commitments; ``leading`` counts units."""

    programme: str
    counts: Counts
    findings: int
    leading: int


class Document(msgspec.Struct, frozen=True):
    """A document as lists name it. ``day`` is when it was published, else written, else what day it reports on."""

    title: str
    kind: str
    sha256: str
    day: date | None


class YearSums(msgspec.Struct, frozen=True):
    """What is added up of a year, and what it was read from.

    ``findings`` are all of the year, those about whole registers among them; ``units`` the normal names of all units
    that its commitments name; ``themes``: theme → commitments; ``material`` says in words what the newest material is;
    ``newest`` is the newest day that its documents state of themselves.
    """

    counts: Counts
    programmes: tuple[ProgrammeSums, ...]
    findings: int
    tallies: tuple[CheckTally, ...]
    units: tuple[str, ...]
    themes: dict[str, int]
    documents: tuple[Document, ...]
    material: str
    newest: date | None


def year_to_sums(year: CityYear) -> YearSums:
    """The sums of a year."""
    entries = (entry for item in year.commitments for entry in item.commitment.responsibilities)
    return YearSums(
        counts=count_commitments(year.commitments),
        programmes=tuple(map(_register_to_sums, year.registers)),
        findings=len(year.findings),
        tallies=tuple(tally for register in year.registers for tally in register.tallies),
        units=tuple(dict.fromkeys(map(unit_name, entries))),
        themes=dict(Counter(theme.theme for item in year.commitments for theme in item.themes)),
        documents=tuple(map(_source_to_document, year.sources)),
        material=material_date(year),
        newest=newest_date(year.sources),
    )


def _published_to_sums(published: PublishedYear) -> YearSums:
    return year_to_sums(published.year)


SUMS = Summary("sums", YearSums, _published_to_sums)
"""The sums of each year."""


def _register_to_sums(register: AssessedRegister) -> ProgrammeSums:
    counts = count_commitments(register.commitments)
    return ProgrammeSums(
        programme=register.register.programme,
        counts=counts,
        findings=len(register.findings) + counts.findings,
        leading=len({name for item in register.commitments for name in leading_names(item.commitment)}),
    )


def _source_to_document(source: Source) -> Document:
    day = source.published_on or source.written_on or source.as_of
    return Document(title=source.title, kind=source.kind, sha256=source.sha256, day=day)


def material_date(year: CityYear) -> str:
    """What the newest material of a year is, in words: a report's day, or the plan's where nothing was reported."""
    reported = max((item.as_of for item in year.commitments if item.as_of), default=None)
    return f"进展截至 {render_date(reported)}" if reported else f"只有计划（{render_date(newest_date(year.sources))}）"


def count_units(years: Iterable[YearSums]) -> int:
    """How many units, groups of units among them, the documents of these years name."""
    return len({name for year in years for name in year.units})
