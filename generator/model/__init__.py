"""Every record type of Duixian, and nothing else, by families.

* what people write: ``sidecar`` (of a document), ``places``, ``words`` and ``catalogue`` (lookups), ``publication``,
  ``audit``
* what was read from documents: ``source``, ``promise``, ``report``, joined in ``register``
* what is made of it: ``assessment`` and ``finding``, ``changes``

``record`` is their base, ``codes`` the closed lists of codes in their fields. Who uses them imports from here.

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

from generator.model.assessment import (
    AreaTally,
    AssessedCommitment,
    AssessedRate,
    AssessedRegister,
    AssessedTarget,
    CommitmentTheme,
    ComparedWording,
    WordingChange,
)
from generator.model.audit import Audit, AuditItem, AuditState, Judged, StaleItem
from generator.model.catalogue import Aspect, Catalogue, Cofog, DepartmentSlugs, Measure, Overrule, Theme
from generator.model.changes import DataChange, DataRelease
from generator.model.codes import (
    AppraisalKind,
    AreaKind,
    BaseKind,
    Change,
    Comparator,
    DocumentKind,
    DueState,
    EvidenceGrade,
    FactKind,
    Judgement,
    MilestoneBasis,
    Programme,
    Relation,
    ReportedState,
    Role,
    ScheduleState,
    Script,
    Severity,
    Status,
    TargetKind,
    TotalOf,
    UnitKind,
    Verdict,
)
from generator.model.finding import CheckTally, Finding
from generator.model.places import Place
from generator.model.promise import Allocation, Listed, Milestone, Responsibility, Target
from generator.model.publication import Keywords, License, Publication, Publisher, Split, SplitPart
from generator.model.record import Record, Remark
from generator.model.register import Commitment, Register, Restatement, Unassigned
from generator.model.report import Base, Rate, Report, Result
from generator.model.sidecar import Correction, Expect, Ignored, Part, Sidecar, Stated
from generator.model.source import Appraisal, AppraisalFigure, Source, StatedTotal
from generator.model.words import AreaWords, Comparators, Departments, English, Header, LocalNames, Numerals, Phrases

__all__ = [
    "Allocation",
    "Appraisal",
    "AppraisalFigure",
    "AppraisalKind",
    "AreaKind",
    "AreaTally",
    "AreaWords",
    "Aspect",
    "AssessedCommitment",
    "AssessedRate",
    "AssessedRegister",
    "AssessedTarget",
    "Audit",
    "AuditItem",
    "AuditState",
    "Base",
    "BaseKind",
    "Catalogue",
    "Change",
    "CheckTally",
    "Cofog",
    "Commitment",
    "CommitmentTheme",
    "Comparator",
    "Comparators",
    "ComparedWording",
    "Correction",
    "DataChange",
    "DataRelease",
    "DepartmentSlugs",
    "Departments",
    "DocumentKind",
    "DueState",
    "English",
    "EvidenceGrade",
    "Expect",
    "FactKind",
    "Finding",
    "Header",
    "Ignored",
    "Judged",
    "Judgement",
    "Keywords",
    "License",
    "Listed",
    "LocalNames",
    "Measure",
    "Milestone",
    "MilestoneBasis",
    "Numerals",
    "Overrule",
    "Part",
    "Phrases",
    "Place",
    "Programme",
    "Publication",
    "Publisher",
    "Rate",
    "Record",
    "Register",
    "Relation",
    "Remark",
    "Report",
    "ReportedState",
    "Responsibility",
    "Restatement",
    "Result",
    "Role",
    "ScheduleState",
    "Script",
    "Severity",
    "Sidecar",
    "Source",
    "Split",
    "SplitPart",
    "StaleItem",
    "Stated",
    "StatedTotal",
    "Status",
    "Target",
    "TargetKind",
    "Theme",
    "TotalOf",
    "Unassigned",
    "UnitKind",
    "Verdict",
    "WordingChange",
]
