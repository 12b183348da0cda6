"""What a build is doing now, told to whoever asked: each step by name, when it begins and when it ends.

Without an observer, which is the rule, nothing is told. An observer never changes what a step does. Steps of work that
is done by another process are told by the one that gave it out (``generator.workers``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Protocol


class Observer(Protocol):
    """Whom steps are told."""

    def __call__(self, name: str) -> AbstractContextManager[None]:
        """What is entered before the step of this name and left after it, also when the step fails."""

    def add(self, taken: Mapping[str, Seconds], memory: int) -> None:
        """Steps that another process has done, with what they took, and the most memory that it has had, in bytes."""


_observer: ContextVar[Observer | None] = ContextVar("observer", default=None)


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


class Stopwatch:
    """An observer. ``taken`` holds each step by name without those inside it, in the order in which they ended first.

    ``elsewhere`` is what other processes took of it, ``memory`` the most that one of them has had, in bytes.
    """

    def __init__(self, clocks: Callable[[], Seconds] = read_clocks) -> None:
        self.taken: dict[str, Seconds] = {}
        self.elsewhere = Seconds()
        self.memory = 0
        self._clocks = clocks
        self._inside = [Seconds()]
        self._lock = Lock()

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
            self._note(name, own)
            self._inside[-1] += whole

    def add(self, taken: Mapping[str, Seconds], memory: int) -> None:
        """As ``Observer`` says."""
        self.memory = max(self.memory, memory)
        for name, seconds in taken.items():
            self._note(name, seconds)
            self.elsewhere += seconds

    def _note(self, name: str, seconds: Seconds) -> None:
        with self._lock:  # what other processes took is told by a thread of its own
            self.taken[name] = self.taken.get(name, Seconds()) + seconds


@contextmanager
def step(name: str) -> Iterator[None]:
    """A step of a build, as a block or as the decorator of a function; steps may lie in one another."""
    told = _observer.get()
    with told(name) if told else nullcontext():
        yield


def current_observer() -> Observer | None:
    """Whom the steps of this thread are told, if anybody asked."""
    return _observer.get()


@contextmanager
def observed_by(observer: Observer) -> Iterator[None]:
    """Within the block, every step of this thread is told to the observer."""
    token = _observer.set(observer)
    try:
        yield
    finally:
        _observer.reset(token)
