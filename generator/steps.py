"""What a build is doing now, told to whoever asked: each step by name, when it begins and when it ends.

Without an observer, which is the rule, nothing is told. An observer never changes what a step does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

Observer = Callable[[str], AbstractContextManager[None]]
"""Name of a step → what is entered before the step and left after it, also when the step fails."""

_observer: ContextVar[Observer] = ContextVar("observer", default=lambda _name: nullcontext())


@contextmanager
def step(name: str) -> Iterator[None]:
    """A step of a build, as a block or as the decorator of a function; steps may lie in one another."""
    with _observer.get()(name):
        yield


@contextmanager
def observed_by(observer: Observer) -> Iterator[None]:
    """Within the block, every step of this thread is told to the observer."""
    token = _observer.set(observer)
    try:
        yield
    finally:
        _observer.reset(token)
