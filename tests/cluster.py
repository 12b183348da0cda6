"""A Dask scheduler and two workers, each a process of its own on loopback, which tests may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.golden import REPOSITORY

_BLIND = """\
import os, sys

BLIND_TO = tuple(os.environ["BLIND_TO"].split(os.pathsep))
LOOKS = {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink"}


def refuse(event, arguments):
    if event in LOOKS and isinstance(arguments[0], (str, bytes, os.PathLike)):
        if os.path.realpath(os.fsdecode(arguments[0])).startswith(BLIND_TO):
            raise PermissionError(13, "on another machine", arguments[0])


sys.addaudithook(refuse)
"""
"""What makes a process blind to folders, as one on another machine is."""


class Cluster:
    """The processes of the scheduler and of the workers; ``address`` is the scheduler's. Logs are in the folder.

    To what lies in the folders of ``blind_to`` none of them gets. ``program`` is the folder that theirs is in.
    """

    def __init__(self, folder: Path, blind_to: Sequence[Path] = (), program: Path = REPOSITORY) -> None:
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": str(program)}
        if blind_to:
            (folder / "blind").mkdir()
            (folder / "blind" / "sitecustomize.py").write_text(_BLIND, encoding="utf-8")
            self._environment["PYTHONPATH"] = f"{folder / 'blind'}{os.pathsep}{REPOSITORY}"
            self._environment["BLIND_TO"] = os.pathsep.join(str(path.resolve()) for path in blind_to)
        told = folder / "scheduler.json"
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        self.scheduler = self._start("scheduler", *where)
        self.workers: list[subprocess.Popen[bytes]] = []
        wait_until(lambda: told.exists() and told.read_bytes().rstrip().endswith(b"}"))
        self.address = str(json.loads(told.read_text(encoding="utf-8"))["address"])
        for name in ("one", "two"):
            alone = ("--no-nanny", "--nthreads", "1", "--name", name, "--local-directory", str(folder / name))
            self.workers.append(self._start("worker", self.address, *alone))

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with (self._folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=log, stderr=log)

    def wait_for_workers(self) -> None:
        """Until both have registered: a scheduler without workers is refused."""
        log = self._folder / "scheduler.log"
        wait_until(lambda: log.read_text(encoding="utf-8").count("Register worker") == len(self.workers))

    def stop(self) -> None:
        """End those that still live."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def can_read(path: str) -> bool:
    """Whether a file can be read where this is asked."""
    try:
        return bool(Path(path).read_bytes())
    except PermissionError:
        return False


def wait_until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Until something holds. Fails the test where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
