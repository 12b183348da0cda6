"""Registers → assessment: five dated answers about each commitment, recomputed rates, and the checks' findings.

Pure: the same register, place and words always give the same answer. Nothing here reads a file or a clock,
except ``load_reported_words``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import msgspec

from generator.assess.catalogue import load_catalogue, sort_registers
from generator.assess.checks import CHECKS
from generator.assess.describe import CheckRule, Rules, describe_rules
from generator.assess.outcome import Outcome
from generator.assess.rates import assess_rate
from generator.assess.reported import reported_state
from generator.assess.rule_changes import RULES_VERSION, RuleChange
from generator.assess.rules import Threshold
from generator.assess.states import (
    FALLING_SHORT,
    due_state,
    evidence_grade,
    least_attained,
    newest_report_date,
    says_more,
    schedule_state,
    status,
)
from generator.assess.subject import RegisterSubject, Subject, comparable_ties, shown_only
from generator.assess.targets import assess_target
from generator.assess.terms import Term
from generator.assess.wording import compare_wordings
from generator.assess.words import ReportedWords, load_reported_words
from generator.model import (
    AssessedCommitment,
    AssessedRegister,
    CheckTally,
    Commitment,
    Finding,
    Place,
    Programme,
    Register,
)

__all__ = [
    "CHECKS",
    "RULES_VERSION",
    "CheckRule",
    "ReportedWords",
    "RuleChange",
    "Rules",
    "Term",
    "Threshold",
    "assess_register",
    "describe_rules",
    "load_catalogue",
    "load_reported_words",
    "sort_registers",
]


def assess_register(
    register: Register, place: Place, words: ReportedWords, registers: Sequence[Register] = ()
) -> AssessedRegister:
    """Assess every commitment of a register, in the register's order.

    ``words`` are those of ``content/lookups/reported_words.yml`` (``load_reported_words``). ``registers`` are all
    that there are: those of the same place and year are held beside this one. The tallies come in
    the order of ``CHECKS`` and cover the whole register, so that what was checked and found right is counted, too.
    """
    commitments, tallies = (
        [],
        {check.name: CheckTally(check=check.name, looked_at=0, clear=0, found=0, not_computable=0) for check in CHECKS},
    )
    for commitment in register.commitments:
        assessed, outcomes = _assess_commitment(register, commitment, words)
        commitments.append(assessed)
        for outcome in outcomes:
            tallies[outcome.check] = _add(tallies[outcome.check], outcome)
    subject = RegisterSubject(register=register, words=words, siblings=_siblings(register, registers))
    whole = [check.run_register(subject) for check in CHECKS if check.run_register]
    for outcome in whole:
        tallies[outcome.check] = _add(tallies[outcome.check], outcome)
    return AssessedRegister(
        register=register,
        place=place,
        commitments=_with_findings(commitments, whole),
        tallies=tuple(tallies.values()),
        findings=tuple(found for outcome in whole for found in outcome.findings if not found.commitment_id),
    )


def _siblings(register: Register, registers: Sequence[Register]) -> tuple[Register, ...]:
    """The programmes of the same place and year that come before this one, so that a pair is looked at once."""
    order = get_args(Programme)
    same = [one for one in registers if (one.place, one.year) == (register.place, register.year)]
    return tuple(one for one in same if order.index(one.programme) < order.index(register.programme))


def _with_findings(
    commitments: Sequence[AssessedCommitment], outcomes: Sequence[Outcome]
) -> tuple[AssessedCommitment, ...]:
    """The commitments with what the checks of the whole register found about each."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for outcome in outcomes:
        for finding in outcome.findings:
            found[finding.commitment_id].append(finding)
    return tuple(
        msgspec.structs.replace(one, findings=(*one.findings, *found[one.commitment.id])) for one in commitments
    )


def _assess_commitment(
    register: Register, commitment: Commitment, words: ReportedWords
) -> tuple[AssessedCommitment, list[Outcome]]:
    subject = _subject(register, commitment, words)
    outcomes = [check.run(subject) for check in CHECKS if check.run]
    schedule, reason = schedule_state(subject.targets)
    if subject.reported_state in {"no_report", "not_mentioned"}:
        reason = subject.reported_state
    elif not reason and schedule not in FALLING_SHORT and says_more(commitment):
        reason = "numbers_only"
    assessed = AssessedCommitment(
        commitment=commitment,
        due_state=due_state(subject),
        reported_state=subject.reported_state,
        reported_words=subject.reported_words,
        schedule_state=schedule,
        schedule_reason=reason,
        status=status(schedule, subject.reported_state),
        evidence_grade=evidence_grade(subject),
        attained=least_attained(subject.targets),
        as_of=newest_report_date(subject),
        targets=subject.targets,
        rates=subject.rates,
        findings=tuple(finding for outcome in outcomes for finding in outcome.findings),
        wordings=subject.wordings,
    )
    return assessed, outcomes


def _subject(register: Register, commitment: Commitment, words: ReportedWords) -> Subject:
    """The commitment with its reported state and its rates, then its targets, which rest on both."""
    bare = Subject(
        register=register,
        commitment=comparable_ties(commitment),
        words=words,
        shown=shown_only(commitment),
        wordings=compare_wordings(register, commitment, words),
    )
    state, quoted = reported_state(bare)
    rates = tuple(assess_rate(bare, report, rate) for report in bare.commitment.reports for rate in report.rates)
    rated = replace(bare, reported_state=state, reported_words=quoted, rates=rates)
    return replace(rated, targets=tuple(assess_target(rated, target) for target in commitment.targets))


def _add(tally: CheckTally, outcome: Outcome) -> CheckTally:
    return msgspec.structs.replace(
        tally,
        looked_at=tally.looked_at + outcome.looked_at,
        clear=tally.clear + outcome.clear,
        found=tally.found + len(outcome.findings),
        not_computable=tally.not_computable + outcome.not_computable,
    )
