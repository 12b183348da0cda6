"""Work on several cores, or on the machines of a Dask cluster: one function over many inputs, results in their order.

The function stands at the top of a module; inputs and results are small and can be pickled, since they may travel to
another machine. A refusal (``DuixianError``) that it raises arrives as itself. A worker that dies is replaced and its
work done again; where that fails too, the run ends with one message.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from functools import partial
from itertools import chain, islice
from multiprocessing import connection
from typing import Any, Protocol, TypeVar

from generator.defaults import code_digest
from generator.errors import BuildError, Problem
from generator.memory import look_for_cycles_seldom, peak_memory
from generator.steps import Seconds, Stopwatch, current_observer, observed_by

Input = TypeVar("Input")
Output = TypeVar("Output")

_AHEAD = 3
"""Inputs for each worker that wait: more would only take memory."""
_ATTEMPTS = 2
_CONNECTS = 10
"""Seconds for which a scheduler is waited for."""
_LISTENS = 2
"""Seconds after which a cluster that says nothing is looked at."""


class Workers(Protocol):
    """What runs a function over inputs. ``count`` workers run at the same time."""

    @property
    def count(self) -> int:
        """How many."""

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """The results in the order of the inputs, which are taken as they are needed.

        Raises what the function raises, and BuildError when workers die or cannot be reached.
        """


@contextmanager
def open_workers(
    jobs: int | None = None, scheduler: str = "", preload: tuple[str, ...] = (), *, least: int = 2
) -> Iterator[Workers]:
    """Workers: those of the Dask scheduler at an address, else ``jobs`` processes, by default one a core.

    One job, and fewer inputs than ``least``, are done in this process. ``preload`` are modules that a process needs:
    loaded once for all of them. Raises BuildError where there is no such scheduler.
    """
    count = cores() if jobs is None else jobs
    if scheduler:
        with _open_cluster(scheduler) as workers:
            yield workers
    elif count <= 1:
        yield InThisProcess()
    else:
        processes = Processes(count, preload, least=least)
        try:
            yield processes
        except BaseException:
            processes.give_up()
            raise
        finally:
            processes.close()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Task = tuple[Callable[[Any], Any], Any]
"""A function and its input."""
Results = Callable[[], list[Any]]
"""Waits for the results of tasks, in their order."""
Begin = Callable[[Sequence[Task]], AbstractContextManager[Results]]
"""Begins tasks, it may be in other processes."""


def run_apart(tasks: Sequence[Task], count: int = 1, preload: tuple[str, ...] = ()) -> Iterator[Any]:
    """The results of tasks in their order, each done in a process of its own, with which the memory goes that it took.

    ``count`` are done at the same time. Raises what a function raises, and BuildError where a process dies.
    """
    processes = Processes(min(count, len(tasks)), preload, each_its_own=True)
    try:
        yield from processes.run_there(_do, tasks)
    finally:
        processes.close()


@contextmanager
def begun_apart(tasks: Sequence[Task], count: int = 1, preload: tuple[str, ...] = ()) -> Iterator[Results]:
    """The same, begun at once; what is given waits for the results, and raises what ``run_apart`` raises.

    At the end of the block what has not begun is not done.
    """
    processes = Processes(min(count, len(tasks)), preload, each_its_own=True)

    def gather() -> list[Any]:
        return list(processes.run_there(_do, tasks))

    try:
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(copy_context().run, gather)
            try:
                yield waiting.result
            except BaseException:
                processes.give_up()
                raise
            finally:
                processes.close()
    finally:
        processes.close()  # what the thread may have begun since


def _do(task: Task) -> Any:
    function, value = task
    return function(value)


class InThisProcess:
    """One after the other, here."""

    count = 1

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``Workers`` says."""
        return map(function, inputs)


class Processes:
    """Processes of this machine, begun for ``least`` inputs or more; ``each_its_own``: one for every input."""

    def __init__(self, count: int, preload: tuple[str, ...], *, each_its_own: bool = False, least: int = 2) -> None:
        self.count = count
        self._least = least
        self._most = 1 if each_its_own else None
        self._preload = list(preload)
        self._pool: ProcessPoolExecutor | None = None
        self._given_up = False

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``Workers`` says."""
        given = iter(inputs)
        first = list(islice(given, self._least))
        if len(first) < self._least:
            yield from map(function, first)
            return
        yield from self.run_there(function, chain(first, given))

    def run_there(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """The same, however few inputs there are."""
        return _in_order(self._submit, self._begin_anew, function, inputs, self.count, _result)

    def _submit(self, function: Callable[[Any], Any], value: Any) -> Future[Any]:
        if self._given_up:
            raise CancelledError
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count, _context(self._preload), _begin_process, max_tasks_per_child=self._most
            )
        return self._pool.submit(function, value)

    def _begin_anew(self) -> None:
        if self._given_up:
            raise CancelledError
        self.close()

    def give_up(self) -> None:
        """Kill what runs, of a run that failed, and begin nothing any more: a pool alone does all that it holds."""
        self._given_up = True
        pool = self._pool
        for process in list((pool._processes or {}).values()) if pool else ():
            process.kill()

    def close(self) -> None:
        """End the processes; what they have not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class Cluster:
    """Workers of a Dask scheduler, which replaces those that die by itself."""

    def __init__(self, client: Any, count: int, address: str, lost: tuple[type[BaseException], ...]) -> None:
        self.count = count
        self._client = client
        self._executor: Executor = client.get_executor(retries=2, pure=False)
        self._address = address
        self._lost = lost

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``Workers`` says."""
        try:
            yield from _in_order(self._executor.submit, _cannot, function, inputs, self.count, self._result)
        except self._lost as error:
            raise _unreachable(self._address, str(error).partition("\n")[0] or type(error).__name__) from None

    def _result(self, future: Future[Output] | None) -> Output:
        """The result of a future; one that was on its way when the scheduler died would never be told it."""
        assert future is not None
        while not wait([future], _LISTENS).done:
            if self._client.status != "running":
                raise _unreachable(self._address, "the scheduler is gone")
        return future.result()


def _in_order(
    submit: Callable[[Callable[[Any], Any], Any], Future[Any]],
    begin_anew: Callable[[], None],
    function: Callable[[Input], Output],
    inputs: Iterable[Input],
    count: int,
    result_of: Callable[[Future[Any] | None], Any],
) -> Iterator[Output]:
    """Results in the order of inputs, of which only so many wait. What dead processes had is given out once more."""
    given, waiting = iter(inputs), deque[tuple[Input, Future[Any] | None]]()
    attempts, observer = _ATTEMPTS, current_observer()
    told = _Timed(function) if observer else function
    while True:
        waiting.extend((value, None) for value in islice(given, max(count * _AHEAD - len(waiting), 0)))
        if not waiting:
            return
        try:
            waiting = deque((value, future or submit(told, value)) for value, future in waiting)
            result = result_of(waiting[0][1])
        except BrokenProcessPool:
            attempts -= 1
            if not attempts:
                raise _died() from None
            begin_anew()
            waiting = deque((value, None) for value, _ in waiting)
            continue
        except BaseException:
            for _, future in waiting:
                if future is not None:
                    future.cancel()
            raise
        waiting.popleft()
        if observer:
            result, taken, memory = result
            # Workers work at the same time: of the clock on the wall each takes its part.
            observer.add({name: Seconds(one.wall / count, one.processor) for name, one in taken.items()}, memory)
        yield result


class _Timed:
    """A function that returns its result with the steps that it took, and the memory that its process has had."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def __call__(self, value: Any) -> tuple[Any, dict[str, Seconds], int]:
        watch = Stopwatch()
        with observed_by(watch):
            result = self._function(value)
        return result, watch.taken, max(peak_memory(), watch.memory)


def _result(future: Future[Output] | None) -> Output:
    assert future is not None
    return future.result()


def _context(preload: list[str]) -> multiprocessing.context.BaseContext:
    """Processes that begin as copies of one that has loaded what they need, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context


def _begin_process() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the leader is told, too, and ends us
    look_for_cycles_seldom()
    _end_with_leader()


def _end_with_leader() -> None:
    """A process whose leader is killed ends, too: nobody else would tell it that no more work comes."""
    leader = multiprocessing.parent_process()
    assert leader is not None

    def watch() -> None:
        connection.wait([leader.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _cannot() -> None:
    raise _died()


def _died() -> BuildError:
    found, expected = "processes were killed, twice", "expected them to end their work"
    remedy = "look at the memory that is left, or give fewer --jobs"
    return BuildError(Problem("workers", 0, "worker-died", found, expected, remedy))


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
def _open_cluster(address: str) -> Iterator[Cluster]:
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
