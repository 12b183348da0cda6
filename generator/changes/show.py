"""Changes as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import DataChange
from generator.text import printable

_LONGEST = 60


def render_changes(changes: Sequence[DataChange]) -> Iterator[str]:
    """A line each, and one that counts them: ``targets yunxi-2024-livelihood-001.t1 value: 300 → 30``."""
    for change in changes:
        where = f"{change.table} {change.record}"
        if change.column:
            yield f"{where} {change.column}: {_cell(change.old)} → {_cell(change.new)}"
        else:
            yield f"{where} {'+' if change.new else '-'} {_cell(change.new or change.old)}"
    of = len({change.commitment for change in changes if change.commitment})
    yield f"{len(changes)} changes, of {of} commitments"


def _cell(text: str) -> str:
    """A cell in one line; what a terminal would obey is left out."""
    shown = printable(text)
    return (shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…") or "(empty)"
