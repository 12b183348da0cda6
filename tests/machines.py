"""Two machines that are as unlike as this one can play them, to do the same work on both and compare the bytes.

They differ in user, name, clock, time zone, language, seed of hashes, home, rights of new files, processors, in the
order in which folders are listed, and in how long the path to everything is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.conftest import REPOSITORY

ELSEWHERE = Path(__file__).resolve().parent / "elsewhere"
_YEARS = 365 * 24 * 3600
#: A user that no machine knows by name.
STRANGER = 54321


@dataclass(frozen=True)
class Machine:
    """``folder`` is below where a test puts it; ``later`` are seconds that its clock is ahead; ``user`` and ``host``
    are those of the one who tests where they are empty; ``written`` is the time that its files were put there.
    """

    folder: str
    env: Mapping[str, str]
    umask: int
    jobs: int
    later: int = 0
    user: int = 0
    host: str = ""
    one_processor: bool = False
    written: int = 1_000_000_000


MACHINES = (
    Machine(
        folder="a",
        env={
            **{"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
            **{"DUIXIAN_TEST_ORDER": "forwards", "USER": "root", "COLUMNS": "80"},
        },
        umask=0o022,
        jobs=1,
    ),
    Machine(
        folder="b/" + "/".join(["a folder with a long name, blanks and 汉字"] * 3),
        env={
            **{"PYTHONHASHSEED": "random", "TZ": "America/Lima", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"},
            **{"DUIXIAN_TEST_ORDER": "backwards", "USER": "somebody", "COLUMNS": "300", "NO_COLOR": "1"},
        },
        umask=0o077,
        jobs=3,
        later=11 * _YEARS,
        user=STRANGER,
        host="another-machine",
        one_processor=True,
        written=1_700_000_000,
    ),
)


@dataclass(frozen=True)
class Place:
    """Where a machine works: its files are in ``root``, which is its own; what it cannot play stands in ``lacks``."""

    machine: Machine
    root: Path
    home: Path
    library: Path | None
    lacks: tuple[str, ...] = field(default=())

    def run(self, *command: str) -> str:
        """What a command of Python printed here. Raises AssertionError with that where it failed."""
        done = subprocess.run(
            [*_before(self.machine), sys.executable, *command],
            cwd=self.root,
            env=self._environment(),
            umask=self.machine.umask,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=400,
        )
        told = done.stdout.decode(errors="replace")
        assert done.returncode == 0, told
        return told

    def _environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
        env |= {**self.machine.env, "HOME": str(self.home), "PYTHONPATH": f"{ELSEWHERE}:{REPOSITORY}"}
        env |= {"DUIXIAN_TEST_LATER": str(self.machine.later), "PYTHONDONTWRITEBYTECODE": "1"}
        return env | ({"LD_PRELOAD": str(self.library)} if self.library else {})

    def give(self) -> None:
        """Hand all that is here to the user of this machine, as old as its files are."""
        for path in (self.root, *self.root.rglob("*")):
            os.utime(path, (self.machine.written,) * 2)
            if _user(self.machine.user):
                os.chown(path, self.machine.user, self.machine.user)


def make_place(machine: Machine, base: Path) -> Place:
    """A folder for a machine below one that everybody may enter; what a machine does not have it does without."""
    root = base / machine.folder
    root.mkdir(parents=True)
    home = base / f"home-{machine.folder[0]}"
    home.mkdir(mode=0o777)
    library = _compile_clock(base) if machine.later else None
    lacks = [] if library or not machine.later else ["another clock (no C compiler)"]
    lacks += [] if _user(machine.user) or not machine.user else ["another user"]
    lacks += [] if _host(machine.host) or not machine.host else ["another name"]
    return Place(machine, root, home, library, tuple(lacks))


def _before(machine: Machine) -> list[str]:
    """What makes a command run under another name, on one processor, as another user."""
    processor = str(min(os.sched_getaffinity(0)))
    one = ("taskset", "--cpu-list", processor) if machine.one_processor and _has("taskset") else ()
    return [*_host(machine.host), *one, *_user(machine.user)]


@cache
def _host(name: str) -> tuple[str, ...]:
    if not name or not _has("unshare"):
        return ()
    mapped = () if os.geteuid() == 0 else ("--map-root-user",)
    command = ("unshare", "--uts", *mapped, "sh", "-c", f'hostname {name} && exec "$@"', "sh")
    return command if _works(*command, "true") else ()


@cache
def _user(number: int) -> tuple[str, ...]:
    """Nothing where only root could become another, or where another may not run this Python.

    A Python below a home of root's own is read with the right to read, and no other right, of root.
    """
    if not number or os.geteuid() != 0 or not _has("setpriv"):
        return ()
    command = ("setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups")
    reading = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    asked = f"sys.path.insert(0, {str(REPOSITORY)!r}); import generator.__main__; assert os.getuid() == {number}"
    child = f"import os, sys; {asked}"
    twice = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    ways = (one for one in (command, (*command, *reading)) if _works(*one, sys.executable, "-c", twice))
    return next(ways, ())


def _compile_clock(base: Path) -> Path | None:
    compiler, made = shutil.which("cc") or shutil.which("gcc"), base / "clock.so"
    if compiler and sys.platform == "linux":
        source = str(ELSEWHERE / "clock.c")
        if _works(compiler, "-shared", "-fPIC", "-o", str(made), source, "-ldl"):
            made.chmod(0o755)
            return made
    return None


def _has(program: str) -> bool:
    return shutil.which(program) is not None


def _works(*command: str) -> bool:
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    return done.returncode == 0
