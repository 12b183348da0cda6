"""A file of the Markdown before it is rendered, with the digest of what it is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import msgspec


class Document(NamedTuple):
    """A page, or a further part of a long list: its path below ``build/docs``, and what makes its text.

    ``key`` is the digest of all that the text is made of, beside the program, lookups and places: of two builds with
    the same one only the first has to render it. Without a key it is always rendered.
    """

    path: str
    render: Callable[[], str]
    key: str = ""


def digest_parts(*parts: object) -> str:
    """A digest of records, texts, numbers and bytes, in their order."""
    return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()
