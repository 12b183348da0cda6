"""What is otherwise in the data of one day: ``content/changes/<day>.yml``."""

from __future__ import annotations

from datetime import date

from generator.model.record import Record, Remark


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
