"""Every record type of Duixian, and nothing else.

Three groups: what a person states about a document (``Sidecar``), what was read from documents
(``Register`` and below) and what the assessment says about it (``Assessed…``, ``Finding``).

Conventions:

* ``start`` and ``end`` are character offsets in the decoded source text, end exclusive.
* ``value`` is exact and in the base unit (85.8万人次 is 858000 人次); percentages stay percent;
  ``printed`` keeps the characters of the source.
* Identifiers inside a commitment are local: ``t1`` and ``m2`` in it, ``a4`` in a target, ``v3`` and ``p1`` in
  a report ``r1``. The published identifier joins them with full stops: ``yunxi-2024-livelihood-008.t1.a4``.
* Records are immutable. ``""`` means "not printed"; ``None`` means "no value".
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Programme = Literal["livelihood", "key-work", "feedback"]
DocumentKind = Literal["plan", "quarter", "half_year", "annual"]
Script = Literal["Hans", "Hant"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx"]
TargetKind = Literal["level", "growth", "rate"]
MilestoneBasis = Literal["amount", "share", "level", "none"]
Role = Literal["lead", "support"]
AreaKind = Literal["province", "city", "district", "county", "functional"]

DueState = Literal["not_due", "due", "past_due", "undated"]
ReportedState = Literal["completed", "exceeded", "under_way", "not_started", "changed", "not_mentioned", "no_report"]
ScheduleState = Literal[
    "exceeded", "met", "ahead", "on_schedule", "behind", "far_behind", "missed", "met_late", "not_computable"
]
Status = Literal["met", "on_schedule", "behind", "missed", "claimed", "under_way", "no_report"]
EvidenceGrade = Literal["A", "B", "C", "D", "E"]
Verdict = Literal["exact", "rounded", "truncated", "other_base", "mismatch", "not_computable"]
Severity = Literal["error", "warning", "notice"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all records: immutable, named fields only, unknown fields refused."""


# --- Places and measures (content/places.yml) ---------------------------------------------------


class Place(Record):
    """A place with its GB/T 2260 code. ``code`` is empty for a functional area (功能区), which has none."""

    zh: str
    en: str
    slug: str
    kind: AreaKind
    code: str = ""
    parent: str = ""
    short: tuple[str, ...] = ()


# --- Words (content/lookups) ---------------------------------------------------------------------


class Comparators(Record):
    """Words that say how a number is meant, before it, between it and its unit, and after it."""

    before: dict[Comparator, tuple[str, ...]]
    inside: dict[Comparator, tuple[str, ...]]
    after: dict[Comparator, tuple[str, ...]]


class Header(Record):
    """The words that head one column. ``exact`` matches the whole heading, ``contains`` a part of it."""

    field: str
    exact: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


class Phrases(Record):
    """Lists of words and patterns by name, with weights where they are cues."""

    words: dict[str, tuple[str, ...]]
    cues: dict[str, dict[str, float]]
    characters: dict[str, str]


# --- What a person states about a document (content/documents/*.yml) ----------------------------


class Stated(Record):
    """A value that the document does not print, stated by a person with the reason."""

    value: str
    reason: str


class Expect(Record):
    """Totals that the reading must reproduce, or it is refused."""

    commitments: int | None = None


class Part(Record):
    """One programme inside a document. ``title`` is the printed line that opens it."""

    programme: Programme
    title: str
    expect: Expect = Expect()


class Correction(Record):
    """A misprint or a lost word put right: ``found`` becomes ``replace`` in the text that is read."""

    found: str
    replace: str
    reason: str
    count: int = 1


class Ignored(Record):
    """Text of the document that is not content, with the reason."""

    text: str
    reason: str


class Sidecar(Record):
    """What a person states about one document: which, whose, when, what it is."""

    document: str
    sha256: str
    place: str
    year: int
    kind: DocumentKind
    programmes: tuple[Part, ...]
    title: str
    issuer: str = ""
    document_number: str = ""
    index_number: str = ""
    written_on: date | None = None
    published_on: date | None = None
    as_of: Stated | None = None
    url: str = ""
    layout: str = ""
    note: str = ""
    ignore: tuple[Ignored, ...] = ()
    corrections: tuple[Correction, ...] = ()


# --- What was read (content/registers/<place>/<year>/<programme>.yml) ---------------------------


class Source(Record):
    """A document that a register was read from. ``document`` is the file name of the text."""

    id: str
    document: str
    title: str
    kind: DocumentKind
    sha256: str
    script: Script
    issuer: str = ""
    document_number: str = ""
    index_number: str = ""
    written_on: date | None = None
    published_on: date | None = None
    as_of: date | None = None
    as_of_reason: str = ""
    url: str = ""
    note: str = ""


class Responsibility(Record):
    """A unit that answers for a commitment. ``unit`` as printed; ``official`` is the person named with it."""

    role: Role
    unit: str
    official: str = ""


class Allocation(Record):
    """An area's share of a target. ``part`` says of what, where one cell holds two numbers."""

    id: str
    area: str
    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    part: str = ""


class Target(Record):
    """A number that is promised. ``part`` names the component when the target is one of several of a total."""

    id: str
    measure: str
    comparator: Comparator
    value: Decimal
    unit: str
    kind: TargetKind
    printed: str
    start: int
    end: int
    part: str = ""
    allocations: tuple[Allocation, ...] = ()


class Milestone(Record):
    """A dated step of the city's own plan. ``target`` is a local target id, empty where none or several."""

    id: str
    text: str
    start: int
    end: int
    due: date | None = None
    target: str = ""
    comparator: Comparator | None = None
    value: Decimal | None = None
    unit: str = ""
    basis: MilestoneBasis = "none"


class Result(Record):
    """A number that a report gives. ``area`` is empty for the whole place; ``forecast`` for 预计."""

    id: str
    measure: str
    comparator: Comparator
    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    target: str = ""
    area: str = ""
    as_of: date | None = None
    forecast: bool = False


class Rate(Record):
    """A completion rate as published, in percent. ``basis`` quotes the words that say of what."""

    id: str
    published: Decimal
    printed: str
    start: int
    end: int
    target: str = ""
    result: str = ""
    basis: str = ""


class Report(Record):
    """What one document says about the progress of a commitment."""

    id: str
    source: str
    text: str
    start: int
    end: int
    as_of: date | None = None
    results: tuple[Result, ...] = ()
    rates: tuple[Rate, ...] = ()


class Commitment(Record):
    """One promise: its official wording (empty where only a report is printed), who, when, how much."""

    id: str
    position: int
    text: str
    start: int
    end: int
    source: str = ""
    number: str = ""
    section: str = ""
    category: str = ""
    leader: str = ""
    due: date | None = None
    due_text: str = ""
    note: str = ""
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()


class Unassigned(Record):
    """A number of the source that is in no record, and why. ``line`` counts from 1.

    ``source`` is empty in a register that was read from one document.
    """

    text: str
    reason: str
    line: int
    start: int
    end: int
    source: str = ""


class Register(Record):
    """One programme of one place and year, as read from its documents. The contract of the two halves."""

    place: str
    year: int
    programme: Programme
    title: str
    sources: tuple[Source, ...]
    commitments: tuple[Commitment, ...]
    retired: tuple[str, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()


# --- What the assessment says -------------------------------------------------------------------


class Finding(Record):
    """What a check found, with its operands. Start and end are those of the text that it quotes."""

    id: str
    check: str
    severity: Severity
    commitment_id: str
    found: str
    expected: str
    message_zh: str
    message_en: str
    target_id: str = ""
    start: int | None = None
    end: int | None = None


class AssessedRate(Record):
    """A published rate beside the one recomputed, both in percent; difference is published − recomputed.

    ``reason`` is a code where it is not computable; ``implied_base`` is result ÷ rate (ours, never official).
    """

    rate: Rate
    report: str
    verdict: Verdict
    recomputed: Decimal | None = None
    difference: Decimal | None = None
    reason: str = ""
    implied_base: Decimal | None = None


class AssessedTarget(Record):
    """A target with what became of it. ``attained`` is a share (0.9592), never capped.

    ``expected`` is the share of the target that the last official milestone passed by then asks for,
    ``linear`` the straight-line reference (ours; decides nothing).
    """

    target: Target
    schedule_state: ScheduleState
    reason: str = ""
    attained: Decimal | None = None
    expected: Decimal | None = None
    linear: Decimal | None = None
    report: str = ""
    result: str = ""
    as_of: date | None = None


class AssessedCommitment(Record):
    """The five dated answers about one commitment, with the words and numbers that they rest on."""

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


class CheckTally(Record):
    """How many things one check looked at, found right, found doubtful, and could not judge."""

    check: str
    looked_at: int
    clear: int
    found: int
    not_computable: int


class AssessedRegister(Record):
    """A register with the assessment of every commitment in it, in the register's order."""

    register: Register
    place: Place
    commitments: tuple[AssessedCommitment, ...]
    tallies: tuple[CheckTally, ...] = ()
