"""A Dask scheduler and two workers, each a process of its own on loopback, which tests may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.golden import REPOSITORY


class Cluster:
    """The processes of the scheduler and of the workers; ``address`` is the scheduler's. Logs are in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with (self._folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, env=environment, stdout=log, stderr=log)

    def wait_for_workers(self) -> None:
        """Until both have registered: a scheduler without workers is refused."""
        log = self._folder / "scheduler.log"
        wait_until(lambda: log.read_text(encoding="utf-8").count("Register worker") == len(self.workers))

    def stop(self) -> None:
        """End those that still live."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def wait_until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Until something holds. Fails the test where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
