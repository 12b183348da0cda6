"""Medians of what was timed several times."""

from __future__ import annotations

from statistics import median

from generator.steps import Seconds


def median_seconds(taken: list[Seconds]) -> Seconds:
    """The medians of both clocks, each by itself."""
    return Seconds(median(one.wall for one in taken), median(one.processor for one in taken))
