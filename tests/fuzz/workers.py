"""Worker processes that are watched: one that hangs, dies or grows is replaced, and its document is told."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.fuzz.reading import Outcome

#: Documents that a worker is given at once.
_BATCH = 25
#: By the clock, a last resort: a document is ended by its processor time.
_WALL_SECONDS = 300
_ADDRESS_SPACE = 6 << 30

Task = Callable[[int, Path], Outcome]


@dataclass(frozen=True)
class Limits:
    """What one document may take: seconds of processor time, bytes of memory beyond what its process began with."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Done:
    """A document by its index, what came of it, and what that took."""

    index: int
    outcome: Outcome
    seconds: float = 0.0
    memory: int = 0


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    waiting: deque[int] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)


def run(task: Task, indexes: Iterable[int], jobs: int, limits: Limits) -> Iterator[Done]:
    """What comes of every index, in the order in which they are done."""
    left = deque(indexes)
    workers: list[_Worker] = []
    try:
        while left or workers:
            while left and len(workers) < jobs:
                workers.append(_start(task, limits))
                _feed(workers[-1], left)
            ready = wait([worker.pipe for worker in workers], timeout=1)
            for worker in [*workers]:
                yield from _hear(worker, limits, alive=worker.pipe in ready)
                if worker.pipe.closed or (not worker.waiting and not _feed(worker, left)):
                    left.extendleft(reversed(worker.waiting))
                    workers.remove(worker)
                    _stop(worker)
    finally:
        for worker in workers:
            _stop(worker)


def _start(task: Task, limits: Limits) -> _Worker:
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(task, theirs, limits), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _feed(worker: _Worker, left: deque[int]) -> bool:
    """Give a worker its next documents; whether there are any."""
    worker.waiting.extend(left.popleft() for _ in range(min(_BATCH, len(left))))
    if worker.waiting:
        with suppress(OSError):
            worker.pipe.send([*worker.waiting])
    return bool(worker.waiting)


def _hear(worker: _Worker, limits: Limits, *, alive: bool) -> Iterator[Done]:
    """What a worker has done since; its last document is at fault where it died or is silent for too long."""
    if not alive:
        if time.monotonic() - worker.heard > _WALL_SECONDS:
            yield _fault(worker, f"hang: silent for {_WALL_SECONDS} s")
        return
    try:
        while worker.waiting and worker.pipe.poll():
            done: Done = worker.pipe.recv()
            worker.waiting.popleft()
            worker.heard = time.monotonic()
            yield done
            if done.memory > limits.memory:
                worker.pipe.close()
                return
    except (EOFError, OSError):
        worker.process.join(10)
        code = worker.process.exitcode or 0
        slow = code == -signal.SIGPROF
        yield _fault(worker, f"hang: more than {limits.seconds} s" if slow else f"death: the process ended with {code}")


def _fault(worker: _Worker, said: str) -> Done:
    worker.pipe.close()
    return Done(worker.waiting.popleft(), Outcome(said.partition(":")[0], (said,)))


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(task: Task, pipe: Connection, limits: Limits) -> None:
    """The other end: indexes in, what came of each out. The kernel ends a document that takes too long (SIGPROF)."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _forget_peak()
    begun = _peak()  # what is there of the process that this one is a copy of
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, suppress(EOFError, BrokenPipeError):
        while True:
            for index in pipe.recv():
                done = _measured(task, index, Path(name), limits)
                pipe.send(replace(done, memory=max(done.memory - begun, 0)))


def _measured(task: Task, index: int, folder: Path, limits: Limits) -> Done:
    _forget_peak()
    before = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    try:
        outcome = task(index, folder)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Done(index, outcome, time.process_time() - before, _peak())


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """The most memory since the peak was forgotten, in bytes; where the system does not tell, since the start."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
