"""Steps of a build → seconds that each took, without those of the steps inside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Seconds:
    """Of the clock on the wall, and of processors: this process and those that it started and that have ended."""

    wall: float = 0.0
    processor: float = 0.0

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall + other.wall, self.processor + other.processor)

    def __sub__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall - other.wall, self.processor - other.processor)


def read_clocks() -> Seconds:
    """The clocks now; only differences mean anything."""
    times = os.times()
    return Seconds(time.perf_counter(), time.process_time() + times.children_user + times.children_system)


def median_seconds(taken: list[Seconds]) -> Seconds:
    """The medians of both clocks, each by itself."""
    return Seconds(median(one.wall for one in taken), median(one.processor for one in taken))


class Stopwatch:
    """An observer of ``generator.steps``; ``taken`` holds each step by name, in the order in which they ended first."""

    def __init__(self, clocks: Callable[[], Seconds] = read_clocks) -> None:
        self.taken: dict[str, Seconds] = {}
        self._clocks = clocks
        self._inside = [Seconds()]

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time one step."""
        start = self._clocks()
        self._inside.append(Seconds())
        try:
            yield
        finally:
            whole = self._clocks() - start
            own = whole - self._inside.pop()
            self.taken[name] = self.taken.get(name, Seconds()) + own
            self._inside[-1] += whole
