"""A commitment with its surroundings: where its page is, what it was read from, who its neighbours are."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import AssessedCommitment, Commitment, Report, Result, Source
from generator.pages.outline import CityYear
from generator.pages.texts import commitment_to_title
from generator.pages.words import PROGRAMMES, word_of


@dataclass(frozen=True)
class CommitmentPage:
    """A commitment with its surroundings: where it stands, what it was read from, who its neighbours are."""

    item: AssessedCommitment
    year: CityYear
    programme: str
    sources: tuple[Source, ...]
    previous: AssessedCommitment | None = None
    next: AssessedCommitment | None = None

    @property
    def commitment(self) -> Commitment:
        """The commitment as read."""
        return self.item.commitment

    @property
    def file(self) -> str:
        """Its file name beside the page of the year, without extension: ``livelihood-008``."""
        return commitment_file(self.year, self.commitment)

    @property
    def title(self) -> str:
        """Its short name."""
        return commitment_to_title(self.commitment)

    @property
    def place_and_year(self) -> str:
        """Place, year and programme in words."""
        return f"{self.year.place.zh} {self.year.year} 年{word_of(PROGRAMMES, self.programme).zh}"


def commitment_file(year: CityYear, commitment: Commitment) -> str:
    """The id without place and year, which the folder says already."""
    return commitment.id.removeprefix(f"{year.place.slug}-{year.year}-")


def year_to_pages(year: CityYear) -> tuple[CommitmentPage, ...]:
    """The pages of all commitments of a year; neighbours are those of the same programme."""
    pages = []
    for register in year.registers:
        items = register.commitments
        for index, item in enumerate(items):
            pages.append(
                CommitmentPage(
                    item=item,
                    year=year,
                    programme=register.register.programme,
                    sources=register.register.sources,
                    previous=items[index - 1] if index else None,
                    next=items[index + 1] if index + 1 < len(items) else None,
                )
            )
    return tuple(pages)


def has_stated_day(page: CommitmentPage, report: Report, result: Result | None = None) -> bool:
    """Whether the day of a report, or of one of its numbers, is not printed but stated for the whole document."""
    source = find_source(page, report.source)
    printed = result is not None and result.as_of is not None
    return not printed and report.as_of is not None and source is not None and bool(source.as_of_reason)


def find_source(page: CommitmentPage, identifier: str) -> Source | None:
    """The source with this id; a register with a single document needs no id."""
    found = next((source for source in page.sources if source.id == identifier), None)
    return found or (page.sources[0] if len(page.sources) == 1 else None)
