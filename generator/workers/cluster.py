"""Workers of a Dask scheduler, on one machine or many. Dask is an extra: ``duixian[cluster]``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import contextmanager
from functools import partial
from threading import Semaphore
from typing import Any, TypeVar

from generator.defaults import code_digest
from generator.errors import BuildError, Problem
from generator.workers.cores import cores
from generator.workers.order import in_order

Input = TypeVar("Input")
Output = TypeVar("Output")

_CONNECTS = 10
"""Seconds for which a scheduler is waited for."""
_LISTENS = 2
"""Seconds after which a cluster that says nothing is looked at."""


class Cluster:
    """Workers of a Dask scheduler, which replaces those that die by itself."""

    def __init__(self, client: Any, count: int, address: str, lost: tuple[type[BaseException], ...]) -> None:
        self.count = count
        self.room = Semaphore(cores())
        self._client = client
        self._executor: Executor = client.get_executor(retries=2, pure=False)
        self._address = address
        self._lost = lost

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``generator.workers.Workers`` says."""
        try:
            yield from in_order(self._executor.submit, function, inputs, self.count, self._result)
        except self._lost as error:
            raise _unreachable(self._address, str(error).partition("\n")[0] or type(error).__name__) from None

    def _result(self, future: Future[Any]) -> Any:
        """The result of a future; one that was on its way when the scheduler died would never be told it."""
        while not wait([future], _LISTENS).done:
            if self._client.status != "running":
                raise _unreachable(self._address, "the scheduler is gone")
        return future.result()


def _unreachable(address: str, found: str) -> BuildError:
    expected, remedy = "expected a Dask scheduler with workers", "start it, or leave --scheduler away"
    return BuildError(Problem(address, 0, "scheduler-lost", found, expected, remedy))


_ASKED = "__import__('generator.defaults').defaults.code_digest()"
"""As text: a function would be looked up in the program, which may be missing there, and nobody would answer."""


def _require_program(client: Any, address: str) -> None:
    """Raises BuildError where the scheduler or a worker has not this program: it would make something else, or hang."""
    told = {address: _ask(client.run_on_scheduler), **_ask(partial(client.run, on_error="return"))}
    problems = [
        Problem(
            place,
            0,
            "scheduler-program",
            "another version of the program" if isinstance(digest, str) else f"not the program: {digest}",
            "expected the one that runs here",
            "install it on every machine of the cluster",
        )
        for place, digest in sorted(told.items())
        if digest != code_digest()
    ]
    if problems:
        raise BuildError(*problems)


def _ask(run: Callable[..., Any]) -> Any:
    try:
        return run(eval, _ASKED)
    except Exception as error:
        return error


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address. Raises BuildError where there is none, or with another program."""
    try:
        import distributed  # noqa: PLC0415  an extra
    except ImportError:
        found, expected = "distributed is not installed", "expected it for --scheduler"
        raise BuildError(
            Problem(address, 0, "scheduler-missing", found, expected, "install duixian[cluster]")
        ) from None
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] in {"distributed", "tornado"}:  # what is lost is told once, by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
    lost = (distributed.comm.core.CommClosedError, distributed.KilledWorker, CancelledError)
    try:
        client = distributed.Client(address, timeout=_CONNECTS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _unreachable(address, str(error).partition("\n")[0]) from None
    try:
        count = sum(client.nthreads().values())
        if not count:
            raise _unreachable(address, "a scheduler without workers")
        _require_program(client, address)
        yield Cluster(client, count, address, lost)
    finally:
        client.close(timeout=2)
