"""Places: ``content/places.yml``."""

from __future__ import annotations

from generator.model.codes import AreaKind
from generator.model.record import Record


class Place(Record):
    """A place with its GB/T 2260 code. ``code`` is empty for a functional area (功能区), which has none."""

    zh: str
    en: str
    slug: str
    kind: AreaKind
    code: str = ""
    parent: str = ""
    short: tuple[str, ...] = ()
