"""Processes of this machine, each with a pipe of its own: one that is killed takes nothing with it but what it did.

The pool of the standard library has one queue for all its processes, with locks in shared memory. A process that is
killed while it sends a result leaves half of it there, and the leader, which holds the other end open for the others,
waits for the rest for ever. Here the end of a process is the end of its pipe, which is told at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from traceback import format_exc
from typing import Any

from generator.errors import BuildError, DuixianError, Problem
from generator.memory import look_for_cycles_seldom

_ATTEMPTS = 2
"""How often a task is given to a process that is killed at it."""

_LOOKS = 0.2
"""Seconds after which somebody who waits for a place looks whether all is given up."""

Function = Callable[[Any], Any]


class Processes:
    """At most ``count`` at the same time, begun when they are needed; ``each_its_own``: a new one for every task.

    ``preload`` are modules that a process needs: loaded once for all of them. For each process that works a thread of
    this one waits. Processes with one ``room`` work in it together: a task begins when there is a place. What is begun
    ends with ``close``, or at once with ``give_up``.
    """

    def __init__(
        self,
        count: int,
        preload: tuple[str, ...] = (),
        *,
        room: threading.Semaphore | None = None,
        each_its_own: bool = False,
    ) -> None:
        self.count = count
        self._room = room or threading.Semaphore(count)
        self._context = _context(preload)
        self._each_its_own = each_its_own
        self._threads = ThreadPoolExecutor(count)
        self._lock = threading.Lock()
        self._working = set[_Process]()
        self._idle = list[_Process]()
        self._given_up = False

    def prepare(self) -> None:
        """Let what processes are copies of load what they need, while this one does something else."""
        if self._context.get_start_method() == "forkserver":
            forkserver.ensure_running()

    def submit(self, function: Function, value: Any) -> Future[Any]:
        """The result to come of a function at the top of a module; it and its input travel as pickles.

        The future raises what the function raised, BuildError where its process was killed, and CancelledError after
        ``give_up``.
        """
        return self._threads.submit(self._do, function, value)

    def give_up(self) -> None:
        """Kill what runs, of a run that failed, and begin nothing any more."""
        with self._lock:
            self._given_up = True
            for process in self._working:
                process.kill()

    def close(self) -> None:
        """End the processes; what they have not begun is not done, what they have begun is."""
        try:
            self._threads.shutdown(wait=True, cancel_futures=True)
        except BaseException:  # whoever asked will not wait
            self.give_up()
            raise
        finally:
            while self._idle:
                self._idle.pop().end()

    def _do(self, function: Function, value: Any) -> Any:
        task = bytes(ForkingPickler.dumps((function, value)))
        for _ in range(_ATTEMPTS):
            with self._place():
                process = self._take()
                answer = process.ask(task)
                self._put(process, idle=answer is not None and not self._each_its_own)
            if answer is not None:
                succeeded, result = ForkingPickler.loads(answer)
                if succeeded:
                    return result
                raise result
        raise _died()

    @contextmanager
    def _place(self) -> Iterator[None]:
        while not self._room.acquire(timeout=_LOOKS):
            if self._given_up:
                raise CancelledError
        try:
            yield
        finally:
            self._room.release()

    def _take(self) -> _Process:
        with self._lock:
            if self._given_up:
                raise CancelledError
            process = self._idle.pop() if self._idle else _Process(self._context)
            self._working.add(process)
        return process

    def _put(self, process: _Process, *, idle: bool) -> None:
        with self._lock:
            self._working.discard(process)
            if idle and not self._given_up:
                self._idle.append(process)
                return
        process.end()


class _Process:
    """One process, and our end of its pipe. Used by one thread at a time."""

    def __init__(self, context: BaseContext) -> None:
        ours, theirs = context.Pipe()
        self._pipe: Connection[Any, Any] = ours
        self._process: BaseProcess | None = context.Process(  # type: ignore[attr-defined]
            target=_serve,
            args=(theirs,),
            daemon=True,  # or this program, at its end, waits for one that nobody has closed
        )
        try:
            self._process.start()
        except (ConnectionError, EOFError):  # the server that forks them was killed, too
            self._process = None
        theirs.close()  # so that its end is theirs alone, and tells when they end

    def ask(self, task: bytes) -> bytes | None:
        """The answer to a task; None where the process ended before it had answered."""
        try:
            if self._process is not None:
                self._pipe.send_bytes(task)
                # Of two ends the pipe is the sure one. A child of the process may hold it open: then the other tells.
                if self._pipe in connection.wait([self._pipe, self._process.sentinel]):
                    return self._pipe.recv_bytes()
        except (OSError, EOFError):
            pass
        return None

    def kill(self) -> None:
        """End it now; who waits for its answer is told."""
        if self._process is not None:
            self._process.kill()

    def end(self) -> None:
        """Let it end, and wait for that: what it has in memory is free then."""
        self._pipe.close()
        if self._process is not None:
            self._process.join()


def _context(preload: tuple[str, ...]) -> BaseContext:
    """Processes that begin as copies of one that has loaded what they need, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context


def _serve(pipe: Connection[Any, Any]) -> None:
    """What a process does: tasks, until the leader closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the leader is told, too, and ends us
    look_for_cycles_seldom()
    _end_with_leader()
    while True:
        try:
            pipe.send_bytes(_answer(pipe.recv_bytes()))
        except (OSError, EOFError):
            return


def _answer(task: bytes) -> bytes:
    try:
        function, value = ForkingPickler.loads(task)
        return bytes(ForkingPickler.dumps((True, function(value))))
    except BaseException as error:
        if not isinstance(error, DuixianError):
            error.add_note(format_exc())  # the leader has not this traceback
        return _failure(error)


def _failure(error: BaseException) -> bytes:
    try:
        answer = bytes(ForkingPickler.dumps((False, error)))
        ForkingPickler.loads(answer)
    except Exception:  # an exception that cannot travel
        return bytes(ForkingPickler.dumps((False, RuntimeError(_told(error)))))
    return answer


def _told(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # nor say what it is about
        return type(error).__name__


def _end_with_leader() -> None:
    """A process whose leader is killed ends, too, in the middle of its work."""
    leader = multiprocessing.parent_process()
    assert leader is not None

    def watch() -> None:
        connection.wait([leader.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _died() -> BuildError:
    found, expected = "processes were killed, twice", "expected them to end their work"
    remedy = "look at the memory that is left, or give fewer --jobs"
    return BuildError(Problem("workers", 0, "worker-died", found, expected, remedy))
