"""What the assessment says of a register, its commitments, targets, rates and wordings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.model.audit import AuditState, Judged
from generator.model.catalogue import Catalogue
from generator.model.codes import (
    BaseKind,
    Change,
    DueState,
    EvidenceGrade,
    ReportedState,
    ScheduleState,
    Status,
    Verdict,
)
from generator.model.finding import CheckTally, Finding
from generator.model.places import Place
from generator.model.promise import Target
from generator.model.record import Record
from generator.model.register import Commitment, Register, Restatement
from generator.model.report import Rate


class AssessedRate(Record):
    """A published rate beside the one recomputed, both in percent; difference is published − recomputed.

    ``reason`` is a code where it is not computable. ``base`` is the number that it was recomputed from, with
    ``base_kind`` and its place in the source; ``of_target`` is result ÷ target in percent where the rate names another
    base, so that the two are not taken for one another; ``implied_base`` is result ÷ rate (ours, never official).
    """

    rate: Rate
    report: str
    verdict: Verdict
    recomputed: Decimal | None = None
    difference: Decimal | None = None
    reason: str = ""
    result: str = ""
    base: Decimal | None = None
    base_unit: str = ""
    base_kind: BaseKind | None = None
    base_printed: str = ""
    base_start: int | None = None
    base_end: int | None = None
    of_target: Decimal | None = None
    implied_base: Decimal | None = None


class AreaTally(Record):
    """How the areas of a target stand, beside the figure of the whole place, which can hide the ones behind.

    ``areas`` have a share of the target and a result of their own, ``at_target`` of them reach theirs; ``silent``
    have a share and no result. ``capped`` is Σ min(result, share) ÷ Σ share: nothing beyond a target fills a gap
    elsewhere. It is None for percentages, which are not added.
    """

    areas: int
    at_target: int
    silent: int
    capped: Decimal | None = None


class AssessedTarget(Record):
    """A target with what became of it. ``attained`` is a share (0.9592), never capped; an amount has one.

    ``points`` is result − target in percentage points: a percentage has that and no share.
    ``expected`` is the share of the target that the last official milestone passed by then asks for,
    ``expected_value`` the same in the unit of the target, ``linear`` the straight-line reference (ours; decides
    nothing).
    ``measure_id`` and ``measure_aspect`` name the measure that several cities share, and what of it is counted.
    """

    target: Target
    schedule_state: ScheduleState
    reason: str = ""
    attained: Decimal | None = None
    points: Decimal | None = None
    expected: Decimal | None = None
    expected_value: Decimal | None = None
    linear: Decimal | None = None
    areas: AreaTally | None = None
    report: str = ""
    result: str = ""
    as_of: date | None = None
    measure_id: str = ""
    measure_aspect: str = ""


class WordingChange(Record):
    """What became of one thing of the promise in the wording of a later document.

    ``target`` is the local id of the promised target, ``restated`` that of the later wording's own, empty where one
    has none. ``before`` and ``after`` are the words as printed, each with its place in its own document. ``changes``
    that make the promise lighter are ``weakening``; what only differs is not.
    """

    change: Change
    before: str
    after: str
    target: str = ""
    restated: str = ""
    weakening: bool = False
    before_start: int | None = None
    before_end: int | None = None
    after_start: int | None = None
    after_end: int | None = None


class ComparedWording(Record):
    """The wording of a later document beside that of the promise, target by target."""

    restatement: Restatement
    changes: tuple[WordingChange, ...] = ()


class CommitmentTheme(Record):
    """A theme of a commitment: by which of its words, or for which reason of a person."""

    theme: str
    words: tuple[str, ...] = ()
    reason: str = ""


class AssessedCommitment(Record):
    """The five dated answers about one commitment, with the words and numbers that they rest on; its themes, if any."""

    commitment: Commitment
    due_state: DueState
    reported_state: ReportedState
    reported_words: str
    schedule_state: ScheduleState
    schedule_reason: str
    status: Status
    evidence_grade: EvidenceGrade
    attained: Decimal | None = None
    as_of: date | None = None
    targets: tuple[AssessedTarget, ...] = ()
    rates: tuple[AssessedRate, ...] = ()
    findings: tuple[Finding, ...] = ()
    themes: tuple[CommitmentTheme, ...] = ()
    wordings: tuple[ComparedWording, ...] = ()
    judged: tuple[Judged, ...] = ()


class AssessedRegister(Record):
    """A register with the assessment of every commitment in it, in the register's order.

    ``findings`` are those about the register as a whole.
    ``catalogue`` holds the themes and shared measures that its commitments were sorted by. ``audit`` is what was found
    when a sample of its facts was held against the source.
    """

    register: Register
    place: Place
    commitments: tuple[AssessedCommitment, ...]
    tallies: tuple[CheckTally, ...] = ()
    findings: tuple[Finding, ...] = ()
    catalogue: Catalogue = Catalogue()
    audit: AuditState | None = None
