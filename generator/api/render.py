"""Records → JSON text: exact decimals as strings, days in ISO form, characters as they are."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import msgspec

from generator.assess.numbers import plain
from generator.tables import Row


def render_record(record: Row) -> str:
    """A record of the API as it is published. Fields stand in the order of the record."""
    # json indents in Python; without indents it writes in C, and msgspec sets the same indents in next to no time
    return msgspec.json.format(_dump(record), indent=1) + "\n"


def record_to_builtins(record: Row) -> Row:
    """A record in the plain types of JSON, of which the same text is rendered."""
    return msgspec.json.decode(_dump(record), type=Row)


def _dump(record: Row) -> str:
    return json.dumps(record, ensure_ascii=False, default=_builtin)


def value_to_builtins(value: object) -> object:
    """A value of a record as its JSON has it."""
    return value if value is None or isinstance(value, str | bool | int) else _builtin(value)


def _builtin(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value, builtin_types=(Decimal,))
    raise TypeError(f"no JSON for {type(value).__name__}")
