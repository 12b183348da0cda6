"""A commitment with its surroundings: where its page is, what it was read from, who its neighbours are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from generator.model import AssessedCommitment, AssessedRegister, Commitment, Report, Result, Source
from generator.pages.outline import CityYear
from generator.pages.texts import commitment_to_title
from generator.pages.words import PROGRAMMES, word_of


@dataclass(frozen=True)
class RegisterPages:
    """What the pages of one register have in common, worked out once and when it is first asked for."""

    year: CityYear
    register: AssessedRegister

    @cached_property
    def place_and_year(self) -> str:
        """Place, year and programme in words."""
        programme = word_of(PROGRAMMES, self.register.register.programme).zh
        return f"{self.year.place.zh} {self.year.year} 年{programme}"

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The short names of the commitments."""
        return tuple(commitment_to_title(item.commitment) for item in self.register.commitments)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Their file names beside the page of the year, without extension: ``livelihood-008``."""
        return tuple(commitment_file(self.year, item.commitment) for item in self.register.commitments)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Its documents by their ids."""
        return {source.id: source for source in self.register.register.sources}


@dataclass(frozen=True)
class CommitmentPage:
    """A commitment with its surroundings. ``index`` is its place in the register, from 0."""

    item: AssessedCommitment
    index: int
    common: RegisterPages

    @property
    def year(self) -> CityYear:
        """The place and year that it is of."""
        return self.common.year

    @property
    def programme(self) -> str:
        """The code of its programme."""
        return self.common.register.register.programme

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of its register."""
        return self.common.register.register.sources

    @property
    def commitment(self) -> Commitment:
        """The commitment as read."""
        return self.item.commitment

    @property
    def file(self) -> str:
        """Its file name beside the page of the year, without extension: ``livelihood-008``."""
        return self.common.files[self.index]

    @property
    def title(self) -> str:
        """Its short name."""
        return self.common.titles[self.index]

    @property
    def place_and_year(self) -> str:
        """Place, year and programme in words."""
        return self.common.place_and_year


def commitment_file(year: CityYear, commitment: Commitment) -> str:
    """The file name of a commitment beside the page of its year, without extension: ``livelihood-008``."""
    return record_file(year, commitment.id)


def record_file(year: CityYear, identifier: str) -> str:
    """The id of a commitment, or of one that is retired, without place and year, which the folder says already."""
    return identifier.removeprefix(f"{year.place.slug}-{year.year}-")


def year_to_pages(year: CityYear) -> tuple[CommitmentPage, ...]:
    """The pages of all commitments of a year, programme after programme."""
    groups = [RegisterPages(year, register) for register in year.registers]
    return tuple(
        CommitmentPage(item, index, group) for group in groups for index, item in enumerate(group.register.commitments)
    )


def has_stated_day(page: CommitmentPage, report: Report, result: Result | None = None) -> bool:
    """Whether the day of a report, or of one of its numbers, is not printed but stated for the whole document.

    A day that is printed with the number and lies behind that of the report is that of a period, not of the number.
    """
    if report.as_of is None:
        return False
    if result is not None and result.as_of is not None and result.as_of <= report.as_of:
        return False
    source = find_source(page, report.source)
    return bool(source and source.as_of_reason)


def find_source(page: CommitmentPage, identifier: str) -> Source | None:
    """The source with this id; a register with a single document needs no id."""
    found = page.common.sources.get(identifier)
    return found or (page.sources[0] if len(page.sources) == 1 else None)
