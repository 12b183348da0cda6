"""Every record type of Duixian, and nothing else.

Three groups: what a person states about a document (``Sidecar``), what was read from documents
(``Register`` and below) and what the assessment says about it (``Assessed…``, ``Finding``).

Conventions:

* ``start`` and ``end`` are character offsets in the decoded source text, end exclusive.
* ``value`` is exact and in the base unit (85.8万人次 is 858000 人次); percentages stay percent;
  ``printed`` keeps the characters of the source.
* Identifiers inside a commitment are local: ``t1`` and ``m2`` in it, ``a4`` in a target, ``v3`` and ``p1`` in
  a report ``r1``, ``t1`` and ``m1`` in a wording ``w1`` of a later document. The published identifier joins them
  with full stops: ``yunxi-2024-livelihood-008.t1.a4``.
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
TotalOf = Literal["items", "groups"]
MilestoneBasis = Literal["amount", "share", "level", "none"]
Role = Literal["lead", "support"]
#: What a tie of a result to a target is worth: see ``Result``.
Relation = Literal["same", "part", "related"]
#: What a number says of how something was judged: by votes, by the people asked, by somebody else.
AppraisalKind = Literal["vote", "satisfaction", "evaluation"]
#: What became of a target in the wording of a later document: see ``WordingChange``.
Change = Literal[
    "same",
    "rounded",
    "removed",
    "lowered",
    "raised",
    "weaker",
    "firmer",
    "unit",
    "verb",
    "striving",
    "widened",
    "added",
    "later",
    "earlier",
    "unclear",
]
UnitKind = Literal["unit", "areas", "others"]
AreaKind = Literal["province", "city", "district", "county", "functional"]
#: What an audit judges: see ``AuditItem``.
FactKind = Literal[
    "wording",
    "unit",
    "leader",
    "due",
    "target",
    "milestone",
    "allocation",
    "result",
    "tie",
    "untied",
    "rate",
    "unassigned",
]
Judgement = Literal["right", "wrong", "unclear"]

DueState = Literal["not_due", "due", "past_due", "undated"]
ReportedState = Literal["completed", "exceeded", "under_way", "not_started", "changed", "not_mentioned", "no_report"]
ScheduleState = Literal[
    "exceeded", "met", "ahead", "on_schedule", "behind", "far_behind", "missed", "met_late", "not_computable"
]
Status = Literal["met", "on_schedule", "behind", "missed", "claimed", "under_way", "no_report"]
EvidenceGrade = Literal["A", "B", "C", "D", "E"]
Verdict = Literal["exact", "rounded", "truncated", "other_base", "mismatch", "not_computable"]
BaseKind = Literal["target", "area", "printed", "count", "other_target"]
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


class English(Record):
    """The interface in English (``english.yml``): Chinese phrase → English, unit → English or nothing."""

    phrases: dict[str, str]
    units: dict[str, str]


class Numerals(Record):
    """Words about Chinese numerals before a measure word; ``numerals.yml`` says what each list is for."""

    characters: dict[str, str]
    words: tuple[str, ...]
    classifiers: tuple[str, ...]
    classes: tuple[str, ...]
    longer: tuple[str, ...]
    ordinal_before: tuple[str, ...]
    no_ordinal_before: tuple[str, ...]
    stages: tuple[str, ...]
    doing: tuple[str, ...]
    done: tuple[str, ...]
    doing_after: tuple[str, ...]
    summed_up: tuple[str, ...]
    multiple_of_growth: tuple[str, ...]


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


class LocalNames(Record):
    """Normal names that only their place tells, with the reason. Those of a province hold for every place in it."""

    place: str
    reason: str
    names: dict[str, tuple[str, ...]]


class AreaWords(Record):
    """The words of an addressee that is all or some areas of a place. ``forms`` are the ways to write the levels."""

    all: tuple[str, ...]
    some: tuple[str, ...]
    levels: tuple[str, ...]
    governments: tuple[str, ...]
    forms: tuple[str, ...]


class Departments(Record):
    """Normal name of a unit → its short names; what ends the part before a name; units that are no single one."""

    names: dict[str, tuple[str, ...]]
    local: tuple[LocalNames, ...]
    levels: tuple[str, ...]
    areas: AreaWords
    others: str


class Remark(Record):
    """A text of ours in the two languages of the site."""

    zh: str
    en: str


class Aspect(Record):
    """What the number of a shared measure counts, said by words near it; without words it is what is left."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...] = ()


class Measure(Record):
    """What several cities promise a number of (``content/lookups/measures.yml``).

    Of each group of ``must`` one word stands in the target's own measure, of each group of ``context`` in the
    sentence up to its number; no word of ``without`` stands in the measure, none of ``context_without`` in the
    sentence. ``unit`` and ``units`` count the same; a target in one of ``other_units`` belongs here, but its number
    is not laid beside the others (``""`` there: the source has lost the unit). ``theme`` orders the index of measures.
    """

    slug: str
    zh: str
    en: str
    unit: str
    theme: str
    must: tuple[tuple[str, ...], ...]
    note: Remark
    kind: TargetKind = "level"
    units: tuple[str, ...] = ()
    other_units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    context: tuple[tuple[str, ...], ...] = ()
    context_without: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()


class Cofog(Record):
    """A division of COFOG, the United Nations' classification of the functions of government (1999)."""

    code: str
    zh: str
    en: str


class Theme(Record):
    """A part of life that residents think in (``content/lookups/themes.yml``).

    ``words`` weigh what a commitment says; ``without`` are phrases that hold one of the words and mean something
    else. ``cofog`` is the main division, ``cofog_also`` what the theme covers besides. ``reason``: what it is for.
    """

    slug: str
    zh: str
    en: str
    cofog: Cofog
    reason: Remark
    words: dict[str, Decimal]
    without: tuple[str, ...] = ()
    cofog_also: tuple[Cofog, ...] = ()


class Overrule(Record):
    """The themes of one commitment as a person sees them, main theme first, against the words, with the reason."""

    themes: tuple[str, ...]
    reason: str


class DepartmentSlugs(Record):
    """What the slugs of units' pages are made of (``content/lookups/department_slugs.yml``).

    ``levels`` and ``names`` map what stands before a name and the name itself; ``places`` has whole names by place.
    ``former`` is old slug → slug now, by place. ``areas`` comes from ``places.yml``: area → slug, by place.
    """

    levels: dict[str, str] = {}
    names: dict[str, str] = {}
    places: dict[str, dict[str, str]] = {}
    former: dict[str, dict[str, str]] = {}
    areas: dict[str, dict[str, str]] = {}


class Catalogue(Record):
    """Themes and shared measures, in the order of their files; what a person overruled, by commitment id.

    ``slugs`` name the pages of units.
    """

    measures: tuple[Measure, ...] = ()
    themes: tuple[Theme, ...] = ()
    overrule: dict[str, Overrule] = {}
    slugs: DepartmentSlugs = DepartmentSlugs()


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
    """Text of the document that is not content, or looks private and is not (a hotline), with the reason."""

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
    public: tuple[Ignored, ...] = ()
    corrections: tuple[Correction, ...] = ()


# --- What was read (content/registers/<place>/<year>/<programme>.yml) ---------------------------


class StatedTotal(Record):
    """A total that a document states of its own list (48项, 十方面): ``of`` items or of the groups they stand in.

    ``quote`` are the words around it; ``section`` is the heading that states it for what stands below, else empty.
    """

    value: int
    of: TotalOf
    quote: str
    start: int
    end: int
    section: str = ""


class AppraisalFigure(Record):
    """A number of votes, of people asked, of those satisfied."""

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int


class Appraisal(Record):
    """What a document says beside its list of how the whole was voted on or judged (票决, 满意度测评, 第三方评价).

    ``text`` are the clauses that say it, ``figures`` the numbers in them; a statement without a number is none.
    """

    kind: AppraisalKind
    text: str
    start: int
    end: int
    figures: tuple[AppraisalFigure, ...]


class Source(Record):
    """A document that a register was read from. ``document`` is the file name of the text.

    ``stated`` are the totals that the document itself prints (``Expect`` are those that a person counted),
    ``appraisals`` what it says beside its list of votes and surveys.
    """

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
    stated: tuple[StatedTotal, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()


class Responsibility(Record):
    """A unit that answers for a commitment. ``unit`` as printed, ``department`` its one normal name in its place.

    ``official`` is who is named with it. ``leader`` and ``scope`` are set where units answer for parts of the wording:
    the leader named with the unit, and the part.
    """

    role: Role
    unit: str
    official: str = ""
    department: str = ""
    kind: UnitKind = "unit"
    leader: str = ""
    scope: str = ""


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


class Listed(Record):
    """The same project in another list of the document (a split by areas), as it stands there.

    ``text`` is its wording where that is no part of the first list's, punctuation aside. ``target`` is the local id of
    the target that has this total; ``own`` says that none of the first list had, so that the target was made of it.
    """

    value: Decimal
    unit: str
    printed: str
    target: str
    start: int
    end: int
    text: str = ""
    own: bool = False


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
    """A number that a report gives. ``area`` is empty for the whole place; ``forecast`` for 预计.

    ``relation`` says how it answers its target: ``same``, the same measure, to be compared number with number;
    ``part``, one of several members of what was promised together; ``related``, the same subject in another unit,
    scope or stage, to be shown beside the target and never compared. A figure of one area names in ``part_of`` the
    result of the same report that it is a part of, and then has no target of its own. ``appraisal`` is set where it
    counts votes, or how people or others judged (满意度98%), and no work.
    """

    id: str
    measure: str
    comparator: Comparator
    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    target: str = ""
    relation: Relation = "same"
    area: str = ""
    part_of: str = ""
    as_of: date | None = None
    forecast: bool = False
    appraisal: AppraisalKind | None = None


class Base(Record):
    """The number that a published rate is a rate of, where the report itself prints it (年度计划投资167.8亿元)."""

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int


class Rate(Record):
    """A completion rate as published, in percent. ``basis`` quotes the words that say of what.

    ``base`` is the plan that the report quotes and measures itself by; no promise of this commitment.
    """

    id: str
    published: Decimal
    printed: str
    start: int
    end: int
    target: str = ""
    result: str = ""
    basis: str = ""
    base: Base | None = None


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


class Restatement(Record):
    """The wording of a commitment as a later document of its programme prints it again, with its own numbers.

    They promise nothing: what is held against the results are the targets of the commitment itself.
    """

    id: str
    source: str
    text: str
    start: int
    end: int
    due: date | None = None
    due_text: str = ""
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()


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
    listed: tuple[Listed, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()
    restated: tuple[Restatement, ...] = ()


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


# --- What was found when a sample was held against the source (content/audits/*.yml) -------------


class AuditItem(Record):
    """One fact of the sample: what was read when it was judged, and the judgement, ``""`` while there is none.

    ``record`` is the published id. An id inside its commitment stands for the wording (of the commitment, or of a
    report) or for the number; ``.leader`` and ``.due`` name what has no row of its own, ``.lead.2`` the second
    leading unit, ``<source id>.n1234`` a number in no record by where it starts. A result is judged twice: what it
    says, and which target it answers (``tie``), or that it answers none of those there are (``untied``).
    ``note`` says what would be right. ``reader`` and ``date`` are set where they are not those of the file.
    """

    record: str
    kind: FactKind
    read: str
    judgement: Judgement | Literal[""] = ""
    note: str = ""
    reader: str = ""
    date: date | None = None


class Audit(Record):
    """The judgements about a random sample of one register. ``seed`` draws the same sample again."""

    register: str
    seed: str
    reader: str = ""
    date: date | None = None
    method: str = ""
    items: tuple[AuditItem, ...] = ()


class Judged(Record):
    """A judgement that holds for a row as it reads now. ``record`` is the id of the row, as it is now."""

    record: str
    kind: FactKind
    judgement: Judgement
    on: date
    reader: str
    note: str = ""


class StaleItem(Record):
    """A judgement about what has been read otherwise since. ``now`` is the reading of today, empty where it is gone."""

    item: AuditItem
    now: str


class AuditState(Record):
    """An audit beside the register as it is: judgements that hold, that do not any more, and how many are missing.

    ``population`` counts the facts of each kind that the sample was drawn from.
    """

    audit: Audit
    judged: tuple[Judged, ...] = ()
    stale: tuple[StaleItem, ...] = ()
    open: int = 0
    population: dict[FactKind, int] = {}


# --- Who publishes, and under what licence (content/publication.yml) -----------------------------


class Publisher(Record):
    """Who publishes the data. ``url`` and ``email`` are empty where the site itself is the address."""

    name: Remark
    url: str = ""
    email: str = ""


class License(Record):
    """A licence of the data: its SPDX identifier, the address of its text, and its name."""

    name: str
    path: str
    title: Remark


class Keywords(Record):
    """Words under which a catalogue lists the data."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Publication(Record):
    """What every package, catalogue and citation says of the data as a whole.

    ``name`` is for machines and begins the names of packages that are of no single place; ``schema_version`` is that
    of the published tables (semver).
    """

    name: str
    title: Remark
    description: Remark
    publisher: Publisher
    licenses: tuple[License, ...]
    schema_version: str
    keywords: Keywords = Keywords()


# --- A site in parts (content/parts.yml) ---------------------------------------------------------


class SplitPart(Record):
    """A site that holds the places in ``place`` (a province) and no others. ``address`` is that of its home page."""

    place: str
    address: str


class Split(Record):
    """A site that is split: ``home`` is the address of the site that holds no places and leads to the parts.

    ``here`` says which of them this content is of: the place of a part, or ``home``; empty for the whole.
    """

    home: str
    parts: tuple[SplitPart, ...]
    here: str = ""


# --- What the assessment says -------------------------------------------------------------------


class Finding(Record):
    """What a check found, with its operands. Start and end are those of the text that it quotes.

    ``commitment_id`` is empty where it is about a register as a whole.
    """

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


class CheckTally(Record):
    """How many things one check looked at, found right, found doubtful, and could not judge."""

    check: str
    looked_at: int
    clear: int
    found: int
    not_computable: int


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


class DataChange(Record):
    """One thing that the published data say otherwise than before (``content/changes``).

    ``record`` is the primary key of the row, its columns joined by ``/``. Without ``column`` the whole row came
    (``new`` says what it is) or went (``old`` does). ``commitment`` is empty for what belongs to none.
    """

    table: str
    record: str
    commitment: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


class DataRelease(Record):
    """What is otherwise in the data of one day than in those before: ``content/changes/<day>.yml``, made by a command.

    ``since`` is the day of the data that were compared with; ``rules`` the versions of the rules before and after,
    where those differ; ``reason`` what led to it, in words. ``sha256`` is that of ``SHA256SUMS`` of the data of this
    day, which are kept in ``content/releases/<day>`` and never change; empty where they were not kept. ``departments``
    are the slugs of the departments that lead or support a changed commitment in the newer or in the older data, by
    commitment.
    """

    day: date
    since: date
    reason: Remark
    rules: tuple[str, ...] = ()
    sha256: str = ""
    departments: dict[str, tuple[str, ...]] = {}
    changes: tuple[DataChange, ...] = ()
