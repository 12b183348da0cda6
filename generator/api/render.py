"""Records → JSON: exact decimals as strings, days in ISO form, characters as they are, nothing between the tokens."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from generator import model
from generator.assess.numbers import plain
from generator.tables import Row


def render_record(record: Row) -> bytes:
    """A record of the API as it is published. Fields stand in the order of the record."""
    return encode_value(record) + b"\n"


def record_to_builtins(record: Row) -> Row:
    """A record in the plain types of JSON, of which the same text is rendered."""
    return msgspec.json.decode(encode_value(record), type=Row)


def join_members(members: Mapping[str, bytes]) -> bytes:
    """A record of which every value is encoded already."""
    return b"{%s}\n" % b",".join(b'"%s":%s' % (name.encode(), value) for name, value in members.items())


def encode_value(value: object) -> bytes:
    """A value as ``render_record`` writes it."""
    return _ENCODER.encode(value).encode()


encode_shared = lru_cache(maxsize=256)(encode_value)
"""The same for what many records have in common and what cannot change: a place, a document."""


def encode_assessed(item: model.AssessedCommitment) -> bytes:
    """The same for a commitment and all about it, in half of the time.

    msgspec writes decimals as they were computed, with their zeros and exponents. They are told by the names of their
    fields: a name in quotation marks, a colon and a digit never stand in a text, in which quotation marks are escaped.
    """
    pieces = _DECIMAL.split(_ASSESSED.encode(item))
    pieces[1::2] = map(_quote_plain, pieces[1::2])
    return b"".join(pieces)


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


@lru_cache(maxsize=1 << 14)
def _quote_plain(field: bytes) -> bytes:
    """A field that holds a number, ``"value":1.50``, with the number as text."""
    name, _, number = field.partition(b":")
    return b'%s:"%s"' % (name, plain(Decimal(number.decode())).encode())


def decimal_names(record: type[msgspec.Struct]) -> list[str]:
    """Fields that hold decimals, of a record type and of all that it may hold.

    Raises TypeError where a name holds a decimal in one record and a whole number in another: JSON could not tell them.
    """
    names: dict[type, set[str]] = {Decimal: set(), int: set()}
    for field in _fields_below(record):
        for kind in names.keys() & set(_types_in(field.type)):
            names[kind].add(field.encode_name)
    if both := names[Decimal] & names[int]:
        raise TypeError(f"decimals and whole numbers under one name: {', '.join(sorted(both))}")
    return sorted(names[Decimal])


def _fields_below(record: type[msgspec.Struct]) -> Iterator[msgspec.structs.FieldInfo]:
    waiting, seen = [record], {record}
    while waiting:
        for field in msgspec.structs.fields(waiting.pop()):
            yield field
            records = {kind for kind in _types_in(field.type) if issubclass(kind, msgspec.Struct)} - seen
            waiting += records
            seen |= records


def _types_in(kind: object) -> Iterator[type]:
    """The classes that a type is put together of."""
    if isinstance(kind, type):
        yield kind
    for part in typing.get_args(kind):
        yield from _types_in(part)


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_builtin)
_ASSESSED = msgspec.json.Encoder(decimal_format="number")
_DECIMAL = re.compile(rb'("(?:%s)":-?\d[^,}\]]*)' % "|".join(decimal_names(model.AssessedCommitment)).encode())
