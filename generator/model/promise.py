"""What is promised: who answers for it, how much, where, and until when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.model.codes import Comparator, MilestoneBasis, Role, TargetKind, UnitKind
from generator.model.record import Record


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
