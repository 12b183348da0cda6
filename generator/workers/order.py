"""Results in the order of inputs, whoever works: of many inputs only so many are taken as are worked on soon."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import islice
from typing import Any, TypeVar

from generator.memory import peak_memory
from generator.steps import Seconds, Stopwatch, current_observer, observed_by

Input = TypeVar("Input")
Output = TypeVar("Output")
Submit = Callable[[Callable[[Any], Any], Any], Future[Any]]
"""Gives a function and its input to somebody who works."""

_AHEAD = 3
"""Inputs for each worker that wait: more would only take memory."""


def in_order(
    submit: Submit,
    function: Callable[[Input], Output],
    inputs: Iterable[Input],
    count: int,
    result_of: Callable[[Future[Any]], Any] = Future.result,
    ahead: int = 0,
) -> Iterator[Output]:
    """The results of ``count`` workers, who are given the first inputs, or ``ahead`` of them, by this call.

    The others they are given as results are taken. What has not begun when a result is not to be had is not done.
    """
    observer = current_observer()
    told = _Timed(function) if observer else function
    given, waiting = iter(inputs), deque[Future[Any]]()

    def fill() -> None:
        waiting.extend(submit(told, value) for value in islice(given, max((ahead or count * _AHEAD) - len(waiting), 0)))

    def results() -> Iterator[Output]:
        try:
            while waiting:
                result = result_of(waiting[0])
                waiting.popleft()
                if observer:
                    result, taken, memory = result
                    # Workers work at the same time: of the clock on the wall each takes its part.
                    observer.add(
                        {name: Seconds(one.wall / count, one.processor) for name, one in taken.items()}, memory
                    )
                yield result
                fill()
        finally:
            _cancel(waiting)

    try:
        fill()
    except BaseException:
        _cancel(waiting)
        raise
    return results()


def _cancel(waiting: Iterable[Future[Any]]) -> None:
    for future in waiting:
        future.cancel()


class _Timed:
    """A function that returns its result with the steps that it took, and the memory that its process has had."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def __call__(self, value: Any) -> tuple[Any, dict[str, Seconds], int]:
        watch = Stopwatch()
        with observed_by(watch):
            result = self._function(value)
        return result, watch.taken, max(peak_memory(), watch.memory)
