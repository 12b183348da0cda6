"""The five dated answers about one commitment (design: due, reported, schedule, evidence, findings) and its status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.assess.clauses import clauses, nearest, sentences
from generator.assess.compare import compare
from generator.assess.subject import Subject
from generator.model import (
    AssessedTarget,
    Commitment,
    DueState,
    EvidenceGrade,
    Register,
    Report,
    ReportedState,
    Result,
    ScheduleState,
    Status,
)

_WORST_FIRST: tuple[ScheduleState, ...] = (
    "missed",
    "far_behind",
    "behind",
    "on_schedule",
    "met_late",
    "ahead",
    "met",
    "exceeded",
)
FALLING_SHORT = {"missed", "far_behind", "behind"}
STATUS_OF_SCHEDULE: dict[ScheduleState, Status] = {
    "exceeded": "met",
    "met": "met",
    "met_late": "met",
    "ahead": "on_schedule",
    "on_schedule": "on_schedule",
    "behind": "behind",
    "far_behind": "behind",
    "missed": "missed",
}
_STATUS_OF_REPORT: dict[ReportedState, Status] = {
    "completed": "claimed",
    "exceeded": "claimed",
    "under_way": "under_way",
    "not_started": "under_way",
    "changed": "under_way",
    "not_mentioned": "no_report",
    "no_report": "no_report",
}


def newest_report_date(subject: Subject) -> date | None:
    """As of when the newest report on this commitment speaks; None where there is none, or none is dated."""
    return max((report.as_of for report in subject.commitment.reports if report.as_of), default=None)


def due_state(subject: Subject) -> DueState:
    """Calendar only: the printed due date against the newest report, or the newest document where none reports."""
    at = newest_report_date(subject) or newest_document_date(subject.register)
    return calendar_state(subject.commitment.due, at)


def calendar_state(due: date | None, at: date | None) -> DueState:
    """A due date against the day that documents speak of; never against the clock."""
    if due is None:
        return "undated"
    if at is None or at < due:
        return "not_due"
    return "due" if at == due else "past_due"


def newest_document_date(register: Register) -> date | None:
    """As of when the newest document of a register speaks; None where none is dated."""
    dates = [source.as_of or source.published_on or source.written_on for source in register.sources]
    return max((day for day in dates if day), default=None)


def schedule_state(targets: tuple[AssessedTarget, ...]) -> tuple[ScheduleState, str]:
    """The worst computable target drives the commitment; returns the state and a reason code (``""`` for none).

    Falling short in one target is falling short. The good states need every target to be computable: a
    commitment with one target met and one unknown is not met. A component (``part``) without a number of its own
    does not stand in the way where the total is computable.
    """
    if not targets:
        return "not_computable", "no_target"
    computable = [target.schedule_state for target in targets if target.schedule_state != "not_computable"]
    open_reasons = {target.reason for target in targets if _is_open(target, targets)}
    if not computable:
        return "not_computable", open_reasons.pop() if len(open_reasons) == 1 else "no_single_reason"
    worst = min(computable, key=_WORST_FIRST.index)
    if not open_reasons:
        return worst, ""
    return (worst if worst in FALLING_SHORT else "not_computable"), "partly_computable"


def _is_open(target: AssessedTarget, targets: tuple[AssessedTarget, ...]) -> bool:
    if target.schedule_state != "not_computable":
        return False
    total_is_known = any(not other.target.part and other.schedule_state != "not_computable" for other in targets)
    return not (target.target.part and target.reason == "no_result" and total_is_known)


def says_more(commitment: Commitment) -> bool:
    """Whether a promise has a clause without any of its numeric targets: reached numbers are then not all of it."""
    text = commitment.text
    found = (nearest(text, target.printed, target.start - commitment.start) for target in commitment.targets)
    places = [place for place in found if place is not None]
    pieces = [clause for sentence in sentences(text) for clause in clauses(sentence)]
    return any(not any(piece.start <= place < piece.end for place in places) for piece in pieces)


def least_attained(targets: tuple[AssessedTarget, ...]) -> Decimal | None:
    """The smallest share that any target attained: a mean would let one that is far over hide one that is short."""
    return min((target.attained for target in targets if target.attained is not None), default=None)


def status(schedule: ScheduleState, reported: ReportedState) -> Status:
    """For filters and charts: the computed answer, and the reported one where nothing can be computed."""
    return STATUS_OF_SCHEDULE.get(schedule) or _STATUS_OF_REPORT[reported]


def evidence_grade(subject: Subject) -> EvidenceGrade:
    """A: a number with its date, comparable with a target; B: a number; C: a rate only; D: words only; E: nothing.

    The date is one that the document prints, with the number or for the whole, not one that a person stated.
    """
    results = [(report, result) for report in subject.commitment.reports for result in report.results]
    if any(_is_full_evidence(subject, report, result) for report, result in results):
        return "A"
    if results:
        return "B"
    if any(report.rates for report in subject.commitment.reports):
        return "C"
    return "D" if any(report.text for report in subject.commitment.reports) else "E"


def _is_full_evidence(subject: Subject, report: Report, result: Result) -> bool:
    target = next((t for t in subject.commitment.targets if t.id == result.target), None)
    if target is None or result.area or result.forecast:
        return False
    source = subject.source(report.source)
    dated = result.as_of is not None or (report.as_of is not None and source is not None and not source.as_of_reason)
    return dated and not compare(target, result, subject.words).reason
