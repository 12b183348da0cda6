"""What every record is, and a text of ours in the two languages of the site."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Base of all records: immutable, named fields only, unknown fields refused."""


class Remark(Record):
    """A text of ours in the two languages of the site."""

    zh: str
    en: str
