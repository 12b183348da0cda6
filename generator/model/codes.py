"""The closed lists of codes that fields of records take."""

from __future__ import annotations

from typing import Literal

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
