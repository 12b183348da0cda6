"""What became of one target: the number that counts, and where it stands against target and milestones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from generator.assess.areas import area_tally
from generator.assess.compare import Comparison, compare, is_percentage
from generator.assess.doubts import doubt_about_missing, is_at_a_stage, is_confirmed, is_of_an_earlier_day, must_hold
from generator.assess.milestones import agree, expected_share, linear_share, official_steps
from generator.assess.numbers import rounded
from generator.assess.rules import AHEAD, BEHIND, FAR_BEHIND
from generator.assess.subject import Subject, result_date
from generator.model import AssessedTarget, Report, Result, ScheduleState, Target, Verdict

_CONTRADICTIONS: dict[Verdict, str] = {"mismatch": "rate_disagrees", "other_base": "rate_other_base"}


@dataclass(frozen=True)
class _Reading:
    """The one result that counts for a target, or the reason why there is none."""

    report: Report
    reason: str = ""
    result: Result | None = None
    at: date | None = None


def assess_target(subject: Subject, target: Target) -> AssessedTarget:
    """The schedule state of one target, from the newest report that has a number for it."""
    for report in subject.reports():
        tied = [result for result in report.results if result.target == target.id]
        if tied:
            reading = _choose(subject, target, report, tied)
            if _another_says_otherwise(subject, target, reading):
                reading = _Reading(reason="documents_disagree", report=report)
            return msgspec.structs.replace(_judge(subject, target, reading), areas=area_tally(subject, target))
    # without a number that is tied to it, a target has no areas to tell of either
    return AssessedTarget(target=target, schedule_state="not_computable", reason=_why_no_result(subject, target))


def _another_says_otherwise(subject: Subject, target: Target, reading: _Reading) -> bool:
    """Whether another document as of the same day gives another number for the target."""
    if reading.result is None:
        return False
    for report in subject.reports():
        if report.as_of != reading.report.as_of:
            continue
        tied = [result for result in report.results if result.target == target.id]
        other = _choose(subject, target, report, tied)
        if other.result is not None and other.at == reading.at and other.result.value != reading.result.value:
            return True
    return False


def _why_no_result(subject: Subject, target: Target) -> str:
    if not subject.commitment.reports:
        return subject.reported_state  # no_report, or not_mentioned
    if target.id in subject.shown:
        return "shown_only"
    rated = any(rate.target == target.id for report in subject.commitment.reports for rate in report.rates)
    return "rate_only" if rated else "no_result"


def _choose(subject: Subject, target: Target, report: Report, tied: list[Result]) -> _Reading:
    """Actual before forecast, the whole place before areas, the newest date; several of one date are left open."""
    whole = [result for result in tied if not result.area]
    actual = [result for result in whole if not result.forecast]
    if not actual:
        return _Reading(reason="forecast_only" if whole else "area_only", report=report)
    first_day = subject.first_day()
    current = [result for result in actual if (result_date(report, result) or first_day) >= first_day]
    if not current:
        return _Reading(reason="earlier_year", report=report)
    newest = max(result_date(report, result) or date.min for result in current)
    if newest > subject.last_day():
        return _Reading(reason="later_year", report=report)
    latest = [result for result in current if (result_date(report, result) or date.min) == newest]
    at = None if newest == date.min else newest
    if len(latest) > 1:
        return _of_several(subject, target, report, latest, at)
    return _Reading(report=report, result=latest[0], at=at)


def _of_several(subject: Subject, target: Target, report: Report, results: list[Result], at: date | None) -> _Reading:
    """Several numbers for one target decide it only when each of them reaches it; the lowest is then shown."""
    compared = [compare(target, result, subject.words) for result in results]
    if not all(comparison.reached for comparison in compared):
        return _Reading(reason="several_results", report=report)
    return _Reading(report=report, result=min(results, key=lambda result: result.value), at=at)


def _judge(subject: Subject, target: Target, reading: _Reading) -> AssessedTarget:
    report = reading.report
    assessed = AssessedTarget(
        target=target,
        schedule_state="not_computable",
        reason=reading.reason,
        report=report.id,
        as_of=reading.at,
    )
    if reading.result is None:
        return assessed
    compared = compare(target, reading.result, subject.words, confirmed=is_confirmed(subject, report, target))
    reason = compared.reason or _rate_reason(subject, target, report, compared)
    if not reason and is_at_a_stage(subject, target, report, reading.result):
        reason = "stage_of_work"
    doubtful = reason in {"tie_doubtful", "rate_disagrees", "rate_other_base", "stage_of_work"}
    assessed = msgspec.structs.replace(
        assessed,
        result=reading.result.id,
        reason=reason,
        attained=None if doubtful else compared.attained,
        points=None if doubtful else compared.points,
    )
    return assessed if reason else _place_in_time(subject, assessed, compared, report, reading)


def _rate_reason(subject: Subject, target: Target, report: Report, compared: Comparison) -> str:
    """Why the published rate of a target forbids to judge its number.

    A rate that does not follow from the number leaves open which of the two is misread or of another scope. A
    target that is reached stays reached where the rate, too, is 100 % or more.
    """
    if is_confirmed(subject, report, target):
        return ""
    for assessed in subject.rates:
        if assessed.report != report.id or assessed.rate.target != target.id:
            continue
        if assessed.reason in {"tie_doubtful", "several_rates"}:
            return "tie_doubtful"
        agrees = compared.reached and assessed.rate.published >= 100
        if assessed.verdict in _CONTRADICTIONS and not agrees:
            return _CONTRADICTIONS[assessed.verdict]
    return ""


def _place_in_time(
    subject: Subject, assessed: AssessedTarget, compared: Comparison, report: Report, reading: _Reading
) -> AssessedTarget:
    passed = _period_has_passed(subject, report, reading)
    if subject.commitment.due and subject.commitment.due < subject.first_day() and not compared.reached:
        return msgspec.structs.replace(assessed, reason="date_doubtful")
    if not passed and _is_of_the_whole(subject, assessed.target, report, reading.result):
        return msgspec.structs.replace(assessed, reason="partial_period")
    if compared.reached:
        return msgspec.structs.replace(assessed, schedule_state=_reached_state(subject, assessed, compared, report))
    if passed:
        return _short_at_the_end(subject, assessed, report, reading)
    return _against_milestones(subject, assessed, report, reading)


def _is_of_the_whole(subject: Subject, target: Target, report: Report, result: Result | None) -> bool:
    """Whether a number of a part of the period decides nothing: growth, a ceiling, what must hold to the end."""
    ceiling = target.comparator in {"le", "lt"}
    return target.kind == "growth" or ceiling or must_hold(subject, target, report, result)


def _period_has_passed(subject: Subject, report: Report, reading: _Reading) -> bool:
    """Whether the number is one of the period's end. An annual report's undated number is, unless its words deny it."""
    if is_of_an_earlier_day(subject, report, reading.result):
        return False
    if subject.is_annual(report) and reading.result is not None and reading.result.as_of is None:
        return subject.commitment.due is None or report.as_of is None or report.as_of >= subject.commitment.due
    return reading.at is not None and reading.at >= subject.period_end()


def _reached_state(subject: Subject, assessed: AssessedTarget, compared: Comparison, report: Report) -> ScheduleState:
    if _was_missed_before(subject, assessed.target, report):
        return "met_late"
    return "exceeded" if compared.beyond else "met"


def _was_missed_before(subject: Subject, target: Target, newest: Report) -> bool:
    """Whether an earlier report, dated at or after the printed due date, still fell short."""
    due = subject.commitment.due
    if due is None:
        return False
    for report in subject.reports():
        if report.id == newest.id:
            continue
        for result in report.results:
            at = result_date(report, result)
            if result.target != target.id or result.area or result.forecast or at is None or at < due:
                continue
            compared = compare(target, result, subject.words)
            if not compared.reason and not compared.reached:
                return True
    return False


def _short_at_the_end(subject: Subject, assessed: AssessedTarget, report: Report, reading: _Reading) -> AssessedTarget:
    """Short when the period is over: missed, unless the words leave open whether the number is all there is."""
    doubt = doubt_about_missing(subject, assessed.target, report, reading.result)
    if doubt:
        return msgspec.structs.replace(assessed, reason=doubt)
    return msgspec.structs.replace(assessed, schedule_state="missed")


def _against_milestones(
    subject: Subject, assessed: AssessedTarget, report: Report, reading: _Reading
) -> AssessedTarget:
    if is_of_an_earlier_day(subject, report, reading.result):
        doubt = doubt_about_missing(subject, assessed.target, report, reading.result)
        return msgspec.structs.replace(assessed, reason=doubt or "written_earlier")
    at = reading.at
    steps = official_steps(subject.commitment, assessed.target, subject.words)
    linear = None
    if at and assessed.target.kind == "level":
        linear = linear_share(subject.first_day(), subject.period_end(), at)
    assessed = msgspec.structs.replace(assessed, linear=linear)
    if not steps or at is None:
        reason = "partial_period" if subject.is_annual(report) else "no_official_milestone"
        return msgspec.structs.replace(assessed, reason=reason)
    if any(step.due < subject.first_day() for step in steps):
        return msgspec.structs.replace(assessed, reason="date_doubtful")
    if not agree(steps):
        return msgspec.structs.replace(assessed, reason="milestones_disagree")
    expected = expected_share(steps, at)
    if expected is None or reading.result is None:
        return msgspec.structs.replace(assessed, reason="no_milestone_passed")
    ahead = _points_ahead(assessed.target, reading.result, expected)
    return msgspec.structs.replace(
        assessed,
        expected=None if is_percentage(assessed.target.unit) else rounded(expected, 4),
        expected_value=rounded(expected * assessed.target.value, 4),
        schedule_state=_schedule_state(ahead),
    )


def _points_ahead(target: Target, result: Result, expected: Decimal) -> Decimal:
    """How many points above the milestone: of the target for an amount, of the percentage itself for a rate."""
    if target.kind == "level" and not is_percentage(target.unit):
        return (result.value / target.value - expected) * 100
    return result.value - expected * target.value


def _schedule_state(ahead: Decimal) -> ScheduleState:
    if ahead >= AHEAD.value:
        return "ahead"
    if ahead > -BEHIND.value:
        return "on_schedule"
    return "behind" if ahead >= -FAR_BEHIND.value else "far_behind"
