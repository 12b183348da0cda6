"""Numbers that reading saw and made no record of, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Skipped:
    """A number (source offsets, end exclusive) that is in no record, and why."""

    start: int
    end: int
    reason: str
