"""Processes: the tests are collected in one, and a fork of it, with limits, tries one mutant."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

import pytest

from tests.mutation.mutants import Mutant

Verdict = Literal["killed", "timed out", "survived"]
KILLED, SURVIVED = 41, 42
"""What a fork ends with."""
_MEMORY = 4 << 30
_LEFT_OUT = "not slow and not journey and not browser and not corpus"


@dataclass(frozen=True)
class Ran:
    """What became of a mutant, how many tests there were for it, and the processor time that they took."""

    mutant: Mutant
    verdict: Verdict
    tests: int
    seconds: float


class _Plugin:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, loop: Callable[[pytest.Session], None]) -> None:
        self._loop = loop

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._loop(session)
        return True


def collect(repository: Path, files: Sequence[str], loop: Callable[[pytest.Session], None]) -> None:
    """Collect the tests of the files in this process, and do with them what ``loop`` does."""
    from hypothesis import Phase, settings

    # The same examples every time, and none made smaller: that a test fails is all that is asked.
    settings.register_profile(
        "mutation", derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutation")
    sys.path.insert(0, str(repository))
    quiet = ["-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-x", "-m", _LEFT_OUT]
    pytest.main([*quiet, *(str(repository / name) for name in files)], plugins=[_Plugin(loop)])


def run_tests(
    session: pytest.Session, items: Sequence[pytest.Item], seconds: Mapping[str, float]
) -> pytest.Item | None:
    """Run tests one by one, up to the first that fails; None where all of them passed.

    The kernel ends this process where one takes ten times the processor time that it took before, and a second more.
    """
    for item, following in zip_longest(items, items[1:]):
        signal.setitimer(signal.ITIMER_PROF, 1 + 10 * seconds.get(item.nodeid, 1))
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return item
    return None


def silence() -> None:
    """Let this process say nothing."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)


def limit() -> None:
    """Let the kernel end this process where it takes too much memory, or half an hour; a minute is for imports."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for name in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(name, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 1800)
    signal.setitimer(signal.ITIMER_PROF, 60)


def fork(work: Callable[[], int]) -> int:
    """Start a child that does the work and ends with its status; whatever it raises is a test that failed."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = KILLED
    try:
        status = work()
    finally:
        os._exit(status)


def run_forks(mutants: Iterable[Mutant], start: Callable[[Mutant], tuple[int, int] | None], jobs: int) -> Iterator[Ran]:
    """What becomes of each mutant, ``jobs`` at once. ``start`` gives a child and how many tests it runs, or None."""
    running: dict[int, tuple[Mutant, int]] = {}
    for mutant in [*mutants, None]:
        while running and (mutant is None or len(running) >= jobs):
            child, status, used = os.wait3(0)
            if child in running:
                one, tests = running.pop(child)
                yield Ran(one, _verdict(status), tests, used.ru_utime + used.ru_stime)
        if mutant is not None:
            started = start(mutant)
            if started is None:
                yield Ran(mutant, "survived", 0, 0)
            else:
                running[started[0]] = (mutant, started[1])


def _verdict(status: int) -> Verdict:
    if os.WIFSIGNALED(status):
        return "timed out" if os.WTERMSIG(status) in {signal.SIGPROF, signal.SIGALRM} else "killed"
    return "survived" if os.WEXITSTATUS(status) == SURVIVED else "killed"
