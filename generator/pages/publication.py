"""What the documents of a city's year publish, counted from the registers: how many commitments have what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from generator.model import AssessedCommitment, Commitment, Register, Report, Source
from generator.pages.outline import CityYear

#: Suffixes of files whose cells a program can read: tables and data, no text and no page.
MACHINE_READABLE = frozenset({".csv", ".json", ".ods", ".tsv", ".xls", ".xlsx", ".xml"})

Of = Literal["commitments", "documents"]


@dataclass(frozen=True)
class Share:
    """``count`` of ``total``; the total is all commitments or all documents of a year, never fewer."""

    count: int
    total: int

    @property
    def extent(self) -> str:
        """``all``, ``some`` or ``none``."""
        if not self.count:
            return "none"
        return "all" if self.count == self.total else "some"


def add_shares(shares: Iterable[Share]) -> Share:
    """The share of all together."""
    found = list(shares)
    return Share(sum(share.count for share in found), sum(share.total for share in found))


@dataclass(frozen=True)
class Aspect:
    """One thing that documents may publish. ``of`` says what is counted."""

    code: str
    zh: str
    en: str
    of: Of
    count: Callable[[CityYear], int]

    def share(self, year: CityYear) -> Share:
        """How much of a year has it."""
        return Share(self.count(year), len(year.commitments if self.of == "commitments" else year.sources))


def has_number(item: AssessedCommitment) -> bool:
    """Whether a number is promised."""
    return bool(item.commitment.targets)


def has_date(item: AssessedCommitment) -> bool:
    """Whether the document prints when: a due date, or a dated milestone."""
    return item.commitment.due is not None or has_milestone(item.commitment)


def has_milestone(commitment: Commitment) -> bool:
    """Whether a step of it is dated."""
    return any(step.due for step in commitment.milestones)


def has_owner(item: AssessedCommitment) -> bool:
    """Whether a single unit is named that leads; all areas together, and units without a name, are none.

    Where a document does not tell leading from supporting units, those it names lead.
    """
    return any(unit.role == "lead" and unit.kind == "unit" for unit in item.commitment.responsibilities)


def has_leader(commitment: Commitment) -> bool:
    """Whether a person is named: the leader, or who is named with a unit."""
    return bool(commitment.leader) or any(unit.leader or unit.official for unit in commitment.responsibilities)


def _commitments(code: str, zh: str, en: str, test: Callable[[Commitment], bool]) -> Aspect:
    return Aspect(
        code, zh, en, "commitments", lambda year: sum(bool(test(item.commitment)) for item in year.commitments)
    )


def _documents(code: str, zh: str, en: str, test: Callable[[Source], bool]) -> Aspect:
    return Aspect(code, zh, en, "documents", lambda year: sum(bool(test(source)) for source in year.sources))


def _reported(code: str, zh: str, en: str, kinds: Collection[str]) -> Aspect:
    """Commitments of which a report of these kinds gives a number."""

    def count(year: CityYear) -> int:
        return sum(
            any(_gives_number(report, register.register, kinds) for report in item.commitment.reports)
            for register in year.registers
            for item in register.commitments
        )

    return Aspect(code, zh, en, "commitments", count)


def _gives_number(report: Report, register: Register, kinds: Collection[str]) -> bool:
    """Whether a report from a document of these kinds has a number. Two programmes of one document name it apart.

    A register with a single document needs no id to say which document a report is from.
    """
    of_report = [one for one in register.sources if one.id == report.source or len(register.sources) == 1]
    return bool(report.results or report.rates) and any(one.kind in kinds for one in of_report)


PROMISED = (
    _documents("plan", "计划文件", "Plan", lambda source: source.kind == "plan"),
    _commitments("text", "承诺原文", "Wording", lambda one: bool(one.text)),
    _commitments("targets", "数量目标", "Numeric targets", lambda one: bool(one.targets)),
    _commitments("milestones", "带日期的节点", "Dated milestones", has_milestone),
    _commitments(
        "districts", "区县分解", "Split by district", lambda one: any(target.allocations for target in one.targets)
    ),
)
RESPONSIBLE = (
    _commitments("due", "完成期限", "Due date", lambda one: one.due is not None),
    Aspect(
        "lead",
        "牵头或责任单位",
        "Lead or responsible unit",
        "commitments",
        lambda year: sum(map(has_owner, year.commitments)),
    ),
    _commitments("leader", "领导或责任人", "Leader or official", has_leader),
)
REPORTED = (
    _reported("interim", "季度、半年报告有数字", "Interim report with numbers", ("quarter", "half_year")),
    _reported("annual", "年度报告有数字", "Annual report with numbers", ("annual",)),
    _commitments("rates", "公布完成率", "Published rates", lambda one: any(report.rates for report in one.reports)),
    _commitments(
        "areas",
        "区县进展数字",
        "District figures",
        lambda one: any(result.area for report in one.reports for result in report.results),
    ),
)
DOCUMENTED = (
    _documents("number", "文号", "Document number", lambda source: bool(source.document_number)),
    _documents("date", "成文或公布日期", "Date", lambda source: bool(source.written_on or source.published_on)),
    _documents("machine", "表格或数据文件", "Machine-readable", lambda source: is_machine_readable(source.document)),
)


def is_machine_readable(document: str) -> bool:
    """Whether a document is a table or data file, by its name."""
    return PurePosixPath(document).suffix.lower() in MACHINE_READABLE
