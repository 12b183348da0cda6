"""A quantity of a text together with what it measures."""

from __future__ import annotations

from msgspec import Struct

from generator.model import TargetKind
from generator.quantities import Number


class Measured(Struct, frozen=True, gc=False):
    """A quantity with the words that say of what, and whether it only describes another figure of its clause.

    ``part`` names the part of the figure before it that a number in brackets or after 其中 is of. ``before``
    and ``after`` are the words around it up to the next quantity or the clause's end; ``clause`` is the local
    span of the clause.
    """

    number: Number
    measure: str
    kind: TargetKind
    before: str
    after: str
    clause: tuple[int, int]
    describes: bool = False
    shared: tuple[str, ...] = ()
    part: str = ""
