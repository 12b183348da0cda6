"""Work on several cores, or on the machines of a Dask cluster: one function over many inputs, results in their order.

The function stands at the top of a module; inputs and results are small and can be pickled, since they may travel to
another machine. A refusal (``DuixianError``) that it raises arrives as itself. A worker that dies is replaced and its
work done again; where that fails too, the run ends with one message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice
from threading import Semaphore
from typing import Any, Protocol, TypeVar

from generator.workers.cluster import open_cluster
from generator.workers.cores import cores
from generator.workers.order import in_order
from generator.workers.processes import Processes

Input = TypeVar("Input")
Output = TypeVar("Output")


class Workers(Protocol):
    """What runs a function over inputs. ``count`` workers run at the same time."""

    @property
    def count(self) -> int:
        """How many."""

    @property
    def room(self) -> Semaphore:
        """A place for each process of this machine that may work at the same time."""

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """The results in the order of the inputs, which are taken as they are needed.

        Raises what the function raises, and BuildError when workers die or cannot be reached.
        """


@contextmanager
def open_workers(
    jobs: int | None = None, scheduler: str = "", preload: tuple[str, ...] = (), *, least: int = 2, soon: bool = False
) -> Iterator[Workers]:
    """Workers: those of the Dask scheduler at an address, else ``jobs`` processes, by default one a core.

    One job, and fewer inputs than ``least``, are done in this process. ``preload`` are modules that a process needs:
    loaded once for all of them, and with ``soon`` at once: there will be work. Raises BuildError where there is no such
    scheduler.
    """
    count = cores() if jobs is None else jobs
    if scheduler:
        with open_cluster(scheduler) as workers:
            yield workers
    elif count <= 1:
        yield InThisProcess()
    else:
        room = Semaphore(count)
        with _ended(Processes(count, preload, room=room)) as processes:
            if soon:
                processes.prepare()
            yield OnThisMachine(processes, room, least)


Task = tuple[Callable[[Any], Any], Any]
"""A function and its input."""
Results = Callable[[], list[Any]]
"""Waits for the results of tasks, in their order."""
Begin = Callable[[Sequence[Task]], AbstractContextManager[Results]]
"""Begins tasks, it may be in other processes."""


def run_apart(
    tasks: Sequence[Task], count: int = 1, preload: tuple[str, ...] = (), room: Semaphore | None = None
) -> Iterator[Any]:
    """The results of tasks in their order, each done in a process of its own, with which the memory goes that it took.

    ``count`` are done at the same time, as far as there is a place in the ``room``. Raises what a function raises, and
    BuildError where a process dies.
    """
    with _ended(_each_its_own(tasks, count, preload, room)) as processes:
        yield from in_order(processes.submit, _do, tasks, processes.count)


@contextmanager
def begun_apart(
    tasks: Sequence[Task], count: int = 1, preload: tuple[str, ...] = (), room: Semaphore | None = None
) -> Iterator[Results]:
    """The same, begun at once; what is given waits for the results, and raises what ``run_apart`` raises.

    At the end of the block what has not begun is not done; where the block fails, what has begun ends at once.
    """
    with _ended(_each_its_own(tasks, count, preload, room)) as processes:
        results = in_order(processes.submit, _do, tasks, processes.count, ahead=len(tasks))
        yield _once(lambda: list(results))


def _each_its_own(tasks: Sequence[Task], count: int, preload: tuple[str, ...], room: Semaphore | None) -> Processes:
    return Processes(max(min(count, len(tasks)), 1), preload, room=room, each_its_own=True)


def _once(gather: Results) -> Results:
    """Gathers at the first call, and gives or raises the same at every other."""
    gathered = Future[list[Any]]()

    def results() -> list[Any]:
        if not gathered.done():
            try:
                gathered.set_result(gather())
            except Exception as error:
                gathered.set_exception(error)
        return gathered.result()

    return results


def _do(task: Task) -> Any:
    function, value = task
    return function(value)


@contextmanager
def _ended(processes: Processes) -> Iterator[Processes]:
    """They end with the block; at once, where it fails."""
    try:
        yield processes
    except BaseException:
        processes.give_up()
        raise
    finally:
        processes.close()


class InThisProcess:
    """One after the other, here."""

    count = 1

    def __init__(self) -> None:
        self.room = Semaphore(1)

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``Workers`` says."""
        return map(function, inputs)


class OnThisMachine:
    """Processes; fewer inputs than ``least`` are not worth one."""

    def __init__(self, processes: Processes, room: Semaphore, least: int) -> None:
        self.count = processes.count
        self.room = room
        self._processes = processes
        self._least = least

    def run(self, function: Callable[[Input], Output], inputs: Iterable[Input]) -> Iterator[Output]:
        """As ``Workers`` says."""
        given = iter(inputs)
        first = list(islice(given, self._least))
        if len(first) < self._least:
            yield from map(function, first)
        else:
            yield from in_order(self._processes.submit, function, chain(first, given), self.count)
