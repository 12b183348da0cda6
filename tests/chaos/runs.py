"""Runs of the program in a process group of their own: started, killed, waited for, and what they said."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import REPOSITORY

LONGEST = 300
"""Seconds after which a run hangs."""
_LOOK = 0.0005
"""Seconds between two looks for what appears for a moment."""
_SAID = re.compile(r"\S[^\[]*: \[[a-z0-9-]+\] [^;]+; .+; .+")
_INHERITED = ("PATH", "HOME")


@dataclass(frozen=True)
class Ran:
    """How a run ended: its status (negative: the signal), and what it said on stdout and stderr."""

    status: int
    told: str
    complained: str


@dataclass(frozen=True)
class Command:
    """A run to come: the arguments of the program, where it runs, and in which circumstances.

    ``root`` is the folder of a project, beside which stands ``tmp`` for temporary files. ``before`` are arguments of
    Python in the place of ``-m generator``. ``wrapper`` is a program, with its arguments, that runs Python.
    """

    arguments: tuple[str, ...]
    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ("-m", "generator")
    wrapper: tuple[str, ...] = ()

    @property
    def temporary(self) -> Path:
        """The folder for temporary files."""
        return self.root.with_name("tmp")

    def start(self) -> subprocess.Popen[str]:
        """Begin it, in a process group of its own."""
        self.temporary.mkdir(exist_ok=True)
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        stated = {"PYTHONPATH": str(REPOSITORY), "TMPDIR": str(self.temporary), "LANG": "C.UTF-8"}
        environment = {**inherited, **stated, **self.environment}
        return subprocess.Popen(
            [*self.wrapper, sys.executable, *self.before, *self.arguments],
            cwd=self.root,
            env={name: value for name, value in environment.items() if value != UNSET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="backslashreplace",
            start_new_session=True,
        )

    def run(self) -> Ran:
        """Run it to its end."""
        return end_of(self.start())


UNSET = "\0"
"""In the place of a value: the variable is not set."""


def end_of(process: subprocess.Popen[str], longest: float = LONGEST) -> Ran:
    """Wait for the end of a run. One that hangs is killed, and says so."""
    try:
        told, complained = process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        kill(process)
        told, complained = process.communicate()
        complained += f"hung for {longest} s"
    return Ran(process.returncode, told, complained)


def kill(process: subprocess.Popen[str]) -> None:
    """Kill −9 of the whole group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill the whole group after so many seconds; False where the run had ended by then."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    running = process.poll() is None
    kill(process)
    return running


def kill_on_sight(process: subprocess.Popen[str], root: Path, pattern: str, seconds: float) -> bool:
    """Kill the whole group so long after a path has appeared; False where the run ended before."""
    while process.poll() is None:
        if any(root.glob(pattern)):
            time.sleep(seconds)
            return kill_after(process, 0)
        time.sleep(_LOOK)
    return kill_after(process, 0)


def check_said(ran: Ran, statuses: Sequence[int] = (0, 1)) -> list[str]:
    """What is wrong with how a run that could end by itself ended."""
    if ran.status not in statuses:
        return [f"status {ran.status}: {ran.complained[-300:]}"]
    lines = ran.complained.splitlines()
    wrong = [f"said: {line[:300]}" for line in lines if not _SAID.match(line) or "Traceback" in line]
    return wrong + ["refused without a word"] * (ran.status == 1 and not lines)
