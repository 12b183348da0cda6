"""Workers: results in order, refusals as themselves, and what happens when one dies."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import BuildError, ContentError, Problem
from generator.steps import Stopwatch, observed_by, step
from generator.workers import begun_apart, open_workers
from tests.cluster import wait_until
from tests.conftest import REPOSITORY

PROBLEM = Problem("content/x.yml", 3, "code", "found", "expected", "remedy")


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    if number == 5:
        raise ContentError(PROBLEM, PROBLEM)
    return number


def die_once(job: tuple[int, Path]) -> int:
    number, flag = job
    if number == 3 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def pid(_: int) -> int:
    return os.getpid()


def collector(_: int) -> tuple[int, bool]:
    return gc.get_threshold()[0], gc.get_freeze_count() > 0


def mark_with_pid(path: Path) -> int:
    path.write_text(str(os.getpid()))
    return os.getpid()


def mark_and_linger(path: Path) -> None:
    path.touch()
    time.sleep(0.5)


@step("stepping")
def stepping(number: int) -> int:
    return number


LEADER = """
import os, time
from generator.steps import Stopwatch, observed_by, step
from generator.workers import begun_apart, open_workers
from tests.test_workers import pid
if __name__ == "__main__":
    with open_workers(2) as workers:
        print(*set(workers.run(pid, range(40))), flush=True)
        time.sleep(300)
"""


def test_workers_end_with_a_leader_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "leader.py"
    script.write_text(LEADER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    leader = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert leader.stdout
    numbers = [int(one) for one in leader.stdout.readline().split()]
    leader.kill()
    leader.wait()
    wait_until(lambda: not any(map(runs, numbers)))


def runs(number: int) -> bool:
    """Whether a process runs: not one that is gone, or that only waits for somebody to take its exit code."""
    try:
        os.kill(number, 0)
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:  # no /proc here, or gone since the question
        return not Path("/proc").exists()
    except ProcessLookupError:  # gone, before the question or while it was read
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_inputs(jobs: int) -> None:
    with open_workers(jobs) as workers:
        assert list(workers.run(double, range(40))) == [2 * number for number in range(40)]
        assert list(workers.run(double, [])) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_refusal_arrives_with_its_problems(jobs: int) -> None:
    with open_workers(jobs) as workers, pytest.raises(ContentError) as caught:
        list(workers.run(refuse, range(40)))

    assert caught.value.problems == (PROBLEM, PROBLEM)


def test_inputs_are_taken_as_they_are_needed() -> None:
    taken = []

    def inputs() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with open_workers(2) as workers:
        assert next(iter(workers.run(double, inputs()))) == 0
        assert len(taken) < 20


def test_a_single_input_needs_no_process() -> None:
    with open_workers(2) as workers:
        assert list(workers.run(pid, [1])) == [os.getpid()]
        assert os.getpid() not in list(workers.run(pid, [1, 2]))


def test_a_single_input_goes_to_a_process_where_that_is_asked() -> None:
    with open_workers(2, least=1) as workers:
        assert list(workers.run(double, [])) == []
        assert os.getpid() not in list(workers.run(pid, [1]))


def test_tasks_are_begun_at_once_each_in_a_process_of_its_own(tmp_path: Path) -> None:
    begun = [tmp_path / str(number) for number in range(3)]
    with begun_apart([(mark_with_pid, path) for path in begun], 2) as results:
        wait_until(begun[0].exists)
        numbers = results()
    assert [int(path.read_text()) for path in begun] == numbers and len({*numbers, os.getpid()}) == 4
    with begun_apart([(double, 1), (refuse, 5)], 2) as results, pytest.raises(ContentError) as caught:
        results()
    assert caught.value.problems == (PROBLEM, PROBLEM)


def test_tasks_that_are_not_begun_are_not_when_nobody_needs_them_any_more(tmp_path: Path) -> None:
    begun = [tmp_path / str(number) for number in range(40)]
    with pytest.raises(ZeroDivisionError), begun_apart([(mark_with_pid, path) for path in begun]):
        wait_until(begun[0].exists)
        raise ZeroDivisionError
    assert not begun[-1].exists()


def test_a_refusal_is_raised_whenever_results_are_asked_for() -> None:
    with begun_apart([(double, 1), (refuse, 5)], 2) as results:
        for _ in range(2):
            with pytest.raises(ContentError):
                results()
    with begun_apart([(double, 1)]) as results:
        assert results() == results() == [2]
    with begun_apart([]) as results:
        assert results() == []


def test_what_was_given_out_is_not_done_where_there_is_no_next_input(tmp_path: Path) -> None:
    def inputs() -> Iterator[Path]:
        yield from (tmp_path / str(number) for number in range(4))
        raise ZeroDivisionError

    with open_workers(2) as workers:
        with pytest.raises(ZeroDivisionError):
            list(workers.run(mark_and_linger, inputs()))
        assert list(workers.run(double, range(4))) == [0, 2, 4, 6]
    assert not (tmp_path / "3").exists()


def test_what_processes_take_is_told_whoever_waits_for_them() -> None:
    watch = Stopwatch()
    with observed_by(watch), begun_apart([(stepping, 1), (stepping, 2)], 2) as results:
        results()
    assert watch.taken.keys() == {"stepping"} and watch.memory > 1_000_000


def test_work_of_a_killed_process_is_done_again(tmp_path: Path) -> None:
    jobs = [(number, tmp_path / "died") for number in range(12)]

    with open_workers(2) as workers:
        assert list(workers.run(die_once, jobs)) == list(range(12))

    assert (tmp_path / "died").exists()


def test_processes_that_keep_dying_end_in_one_message() -> None:
    with open_workers(2) as workers, pytest.raises(BuildError, match=r"^workers: \[worker-died\] .*--jobs$"):
        list(workers.run(die, range(12)))


def test_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="distributed is in the extra duixian[cluster]")
    monkeypatch.setattr("generator.workers.cluster._CONNECTS", 1)
    with (
        pytest.raises(BuildError, match=r"\[scheduler-lost\]"),
        open_workers(scheduler="tcp://127.0.0.1:1"),
    ):
        pass


def test_workers_look_for_cycles_seldom_and_this_process_as_ever() -> None:
    before = collector(0)
    with open_workers(2) as workers:
        told = set(workers.run(collector, range(4)))
    assert len(told) == 1 and collector(0) == before
    (threshold, frozen) = told.pop()
    assert threshold > 10 * 700 and frozen


def test_what_was_begun_ends_at_once_with_a_block_that_fails() -> None:
    start = time.monotonic()
    with pytest.raises(ZeroDivisionError), begun_apart([(time.sleep, 60)] * 9, 2):
        time.sleep(1)
        raise ZeroDivisionError
    assert time.monotonic() - start < 30


SOON = """
from multiprocessing import forkserver
from generator.workers import open_workers
if __name__ == "__main__":
    for soon in (False, True):
        with open_workers(2, soon=soon):
            print(forkserver._forkserver._forkserver_pid is not None)
"""


def test_what_processes_are_copies_of_is_begun_when_it_is_asked_for(tmp_path: Path) -> None:
    assert run_script(tmp_path, SOON) == "False\nTrue\n"


def run_script(folder: Path, text: str) -> str:
    """What a program prints that has ours, and complains of: a program by itself has no processes yet."""
    script = folder / "script.py"
    script.write_text(text, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout + done.stderr
