"""What entries of the store hold: records, encoded."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from generator.store import Store

T = TypeVar("T")


def read_entry(store: Store, name: str, form: type[T]) -> T | None:
    """What an entry holds; None where it is not kept, not whole, or of another form."""
    data = store.read(name)
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=form)
    except (msgspec.DecodeError, ValueError):
        return None
