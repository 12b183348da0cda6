"""Processes with a pipe each: what happens when one is killed, at whatever it does, and what cannot travel."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.workers.processes import Processes
from tests.cluster import wait_until
from tests.test_workers import die, double, mark_with_pid, pid, run_script, runs


@pytest.fixture
def two() -> Iterator[Processes]:
    with closing(Processes(2)) as processes:
        yield processes


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_answering(flag: Path) -> int:
    """Killed when half of the answer is sent, the first time."""
    if not flag.exists():
        flag.touch()
        pipe = sys._getframe(2).f_locals["pipe"]
        os.write(pipe.fileno(), struct.pack("!i", 1_000_000) + b"half")
        _kill()
    return 7


def die_with_a_child(flag: Path) -> int:
    """Killed, the first time, while a child lives that has the same pipe."""
    if not flag.exists():
        flag.touch()
        child = os.fork()
        if not child:
            time.sleep(60)
            os._exit(0)
        flag.write_text(str(child))
        _kill()
    return 7


class MuteError(Exception):
    """Does not travel and has no text."""

    def __str__(self) -> str:
        raise ValueError


class TwoArgumentsError(Exception):
    """Pickled with one argument, and made anew with it: which fails."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_with(what: str) -> object:
    if what == "two":
        raise TwoArgumentsError("a", "b")
    if what == "lock":
        error = ValueError("with a lock")
        error.lock = threading.Lock()  # type: ignore[attr-defined]
        raise error
    if what == "mute":
        raise MuteError(threading.Lock())
    return threading.Lock() if what == "locked" else ZeroDivisionError("told")


def mark_and_sleep(path: Path) -> None:
    whole = path.with_suffix(".whole")
    whole.write_text(str(os.getpid()))
    whole.rename(path)
    time.sleep(60)


def divide(number: int) -> float:
    return 1 / number


def test_a_process_killed_while_it_answers_is_replaced(two: Processes, tmp_path: Path) -> None:
    assert two.submit(die_answering, tmp_path / "answering").result(30) == 7


def test_a_process_killed_while_a_child_has_its_pipe_is_replaced(two: Processes, tmp_path: Path) -> None:
    flag = tmp_path / "child"
    try:
        assert two.submit(die_with_a_child, flag).result(30) == 7
        assert runs(int(flag.read_text()))
    finally:
        os.kill(int(flag.read_text()), signal.SIGKILL)


def test_a_process_killed_while_it_waits_is_replaced() -> None:
    with closing(Processes(1)) as one:
        waiting = one.submit(pid, 0).result(30)
        os.kill(waiting, signal.SIGKILL)
        wait_until(lambda: not runs(waiting))
        assert one.submit(pid, 0).result(30) != waiting


def test_only_the_task_that_kills_fails(two: Processes) -> None:
    numbers = range(8)
    futures = [two.submit(die, number) for number in numbers]
    with pytest.raises(BuildError, match=r"\[worker-died\]"):
        futures.pop(3).result(60)
    assert [future.result(30) for future in futures] == [number for number in numbers if number != 3]


def test_a_process_serves_many_tasks_or_one() -> None:
    for own, expected in ((False, 1), (True, 4)):
        with closing(Processes(1, each_its_own=own)) as processes:
            assert len({processes.submit(pid, number).result(30) for number in range(4)}) == expected


def test_what_cannot_travel_is_told(two: Processes) -> None:
    with pytest.raises(TypeError, match="pickle"):
        two.submit(fail_with, threading.Lock()).result(30)
    with pytest.raises(TypeError, match="pickle"):
        two.submit(fail_with, "locked").result(30)
    with pytest.raises(RuntimeError, match=r"^TwoArgumentsError: ab$"):
        two.submit(fail_with, "two").result(30)
    with pytest.raises(RuntimeError, match=r"^ValueError: with a lock$"):
        two.submit(fail_with, "lock").result(30)
    with pytest.raises(RuntimeError, match=r"^MuteError$"):
        two.submit(fail_with, "mute").result(30)
    assert repr(two.submit(fail_with, "").result(30)) == "ZeroDivisionError('told')", "a result, however it looks"
    assert two.submit(double, 4).result(30) == 8


def test_an_error_says_where_it_was_raised(two: Processes) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        two.submit(divide, 0).result(30)
    assert "in divide\n    return 1 / number" in raised.value.__notes__[0]


def test_what_is_given_up_ends_and_nothing_begins(tmp_path: Path) -> None:
    begun = [tmp_path / str(number) for number in range(2)]
    with closing(Processes(1)) as processes:
        running = processes.submit(mark_and_sleep, begun[0])
        later = processes.submit(mark_with_pid, begun[1])
        wait_until(begun[0].exists)
        processes.give_up()
        for future in (running, later, processes.submit(double, 1)):
            with pytest.raises(CancelledError):
                future.result(30)
    assert not begun[1].exists()


def alone(folder: Path) -> int:
    """How many are at it at the same time."""
    mine = folder / str(os.getpid())
    mine.touch()
    time.sleep(0.05)
    others = len(list(folder.iterdir()))
    mine.unlink()
    return others


@pytest.mark.parametrize("places", [1, 3])
def test_pools_with_one_room_begin_no_more_than_has_place(places: int, tmp_path: Path) -> None:
    room = threading.Semaphore(places)
    with closing(Processes(2, room=room)) as one, closing(Processes(2, room=room, each_its_own=True)) as other:
        futures = [pool.submit(alone, tmp_path) for _ in range(6) for pool in (one, other)]
        assert max(future.result(60) for future in futures) <= places


def test_who_waits_for_a_place_is_told_that_all_is_given_up(tmp_path: Path) -> None:
    room = threading.Semaphore(1)
    with closing(Processes(1, room=room)) as one, closing(Processes(1, room=room)) as other:
        running = one.submit(mark_and_sleep, tmp_path / "begun")
        wait_until((tmp_path / "begun").exists)
        waiting = other.submit(double, 1)
        other.give_up()
        with pytest.raises(CancelledError):
            waiting.result(30)
        assert not running.done()
        one.give_up()


def test_whoever_does_not_wait_for_the_end_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody interrupts what waits for a process: the process does not live on."""
    processes, begun = Processes(1), tmp_path / "begun"
    running = processes.submit(mark_and_sleep, begun)
    wait_until(begun.exists)

    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(processes._threads, "shutdown", interrupted)
    with pytest.raises(KeyboardInterrupt):
        processes.close()
    with pytest.raises(CancelledError):
        running.result(30)
    wait_until(lambda: not runs(int(begun.read_text())))


UNCLOSED = """
from generator.workers.processes import Processes
from tests.test_workers import double
if __name__ == "__main__":
    processes = Processes(2)
    print(processes.submit(double, 2).result())
"""


def test_a_program_ends_that_does_not_close_its_processes(tmp_path: Path) -> None:
    assert run_script(tmp_path, UNCLOSED) == "4\n"
