"""What the rules look at: one commitment with its register, its words and the answers found so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date

from msgspec.structs import replace

from generator.assess.ahead import looks_ahead
from generator.assess.words import ReportedWords
from generator.model import (
    AssessedRate,
    AssessedTarget,
    Commitment,
    ComparedWording,
    Register,
    Report,
    ReportedState,
    Result,
    Source,
)


@dataclass(frozen=True)
class Subject:
    """One commitment under assessment. Checks read it and change nothing.

    ``commitment`` keeps only the ties that may be compared (``comparable_ties``); ``shown`` holds the targets for
    which there is nothing but figures to be shown beside them.
    """

    register: Register
    commitment: Commitment
    words: ReportedWords
    shown: frozenset[str] = frozenset()
    targets: tuple[AssessedTarget, ...] = ()
    rates: tuple[AssessedRate, ...] = ()
    reported_state: ReportedState = "no_report"
    reported_words: str = ""
    wordings: tuple[ComparedWording, ...] = ()

    def source(self, source_id: str) -> Source | None:
        """The source with this id, if the register names it."""
        return next((source for source in self.register.sources if source.id == source_id), None)

    def reports(self) -> tuple[Report, ...]:
        """The reports on this commitment, newest first; undated ones last."""
        return tuple(sorted(self.commitment.reports, key=lambda report: report.as_of or date.min, reverse=True))

    def year_end(self) -> date:
        """The last day of the programme's year."""
        return date(self.register.year, 12, 31)

    def period_end(self) -> date:
        """When the promise falls due: its printed date, else the end of the programme's year."""
        return self.commitment.due or self.year_end()

    def first_day(self) -> date:
        """The first day of the programme's year."""
        return date(self.register.year, 1, 1)

    def last_day(self) -> date:
        """The last day that can be spoken of: a year after the period. A later date is that of something else."""
        end = max(self.period_end(), self.year_end())
        return date(min(end.year + 1, MAXYEAR), 12, 31)

    def is_final(self, report: Report) -> bool:
        """Whether a report speaks when the promise should be kept: it closes the year, or the due date has passed."""
        if self.is_written_earlier(report):
            return False
        if report.as_of is not None and report.as_of >= self.period_end():
            return True
        return self.is_annual(report) and report.as_of is None

    def is_written_earlier(self, report: Report) -> bool:
        """Whether a report of the year's end speaks of the rest of the year as still to come: its day is not known."""
        closes = self.is_annual(report) or (report.as_of is not None and report.as_of >= self.year_end())
        return closes and looks_ahead(report.text, self.register.year, self.words)

    def is_annual(self, report: Report) -> bool:
        """Whether a report stands in the document that closes the year."""
        source = self.source(report.source)
        return source is not None and source.kind == "annual"


def comparable_ties(commitment: Commitment) -> Commitment:
    """The commitment with the ties that may be compared, number with number; those of other results are cut.

    The rate of a result that may not be compared with a target is not judged by that target either.
    """
    return replace(commitment, reports=tuple(_with_comparable_ties(report) for report in commitment.reports))


def _with_comparable_ties(report: Report) -> Report:
    loose = {result.id for result in report.results if result.relation != "same"}
    return replace(
        report,
        results=tuple(replace(one, target="") if one.id in loose else one for one in report.results),
        rates=tuple(replace(one, target="") if one.result in loose else one for one in report.rates),
    )


def shown_only(commitment: Commitment) -> frozenset[str]:
    """The local ids of targets that figures speak of (``part``, ``related``) and none answers."""
    results = [result for report in commitment.reports for result in report.results if result.target]
    answered = {result.target for result in results if result.relation == "same"}
    return frozenset(result.target for result in results) - answered


@dataclass(frozen=True)
class RegisterSubject:
    """A register under the checks that look at all of it, with the other registers of its place and year.

    ``siblings`` hold the programmes that come before its own, so that a pair of programmes is looked at once.
    """

    register: Register
    words: ReportedWords
    siblings: tuple[Register, ...] = ()


def result_date(report: Report, result: Result) -> date | None:
    """As of when a result holds: its own printed date, else the report's, and never later than the report.

    A date after the report's is that of the period that the sentence speaks of (完成全年目标的20%).
    """
    if result.as_of and report.as_of:
        return min(result.as_of, report.as_of)
    return result.as_of or report.as_of
