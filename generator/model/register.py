"""A commitment and the register that it stands in: ``content/registers/<place>/<year>/<programme>.yml``."""

from __future__ import annotations

from datetime import date

from generator.model.codes import Programme
from generator.model.promise import Listed, Milestone, Responsibility, Target
from generator.model.record import Record
from generator.model.report import Report
from generator.model.source import Source


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
