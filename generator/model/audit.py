"""What was found when a sample was held against the source: ``content/audits/*.yml``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from generator.model.codes import FactKind, Judgement
from generator.model.record import Record


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
