"""What documents say about the progress of a commitment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.model.codes import AppraisalKind, Comparator, Relation
from generator.model.record import Record


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
