"""What the rules look at: one commitment with its register, its words and the answers found so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.assess.words import ReportedWords
from generator.model import AssessedRate, AssessedTarget, Commitment, Register, Report, ReportedState, Result, Source


@dataclass(frozen=True)
class Subject:
    """One commitment under assessment. Checks read it and change nothing."""

    register: Register
    commitment: Commitment
    words: ReportedWords
    targets: tuple[AssessedTarget, ...] = ()
    rates: tuple[AssessedRate, ...] = ()
    reported_state: ReportedState = "no_report"
    reported_words: str = ""

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
        return date(end.year + 1, 12, 31)

    def is_final(self, report: Report) -> bool:
        """Whether a report speaks when the promise should be kept: it closes the year, or the due date has passed."""
        if report.as_of is not None and report.as_of >= self.period_end():
            return True
        return self.is_annual(report) and report.as_of is None

    def is_annual(self, report: Report) -> bool:
        """Whether a report stands in the document that closes the year."""
        source = self.source(report.source)
        return source is not None and source.kind == "annual"


def result_date(report: Report, result: Result) -> date | None:
    """As of when a result holds: its own printed date, else the report's, and never later than the report.

    A date after the report's is that of the period that the sentence speaks of (完成全年目标的20%).
    """
    if result.as_of and report.as_of:
        return min(result.as_of, report.as_of)
    return result.as_of or report.as_of
