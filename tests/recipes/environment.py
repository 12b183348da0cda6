"""The readers' tools: an environment of their own, other programs of the machine, and no way out of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LOCK = Path(__file__).parent / "requirements.lock"
ENVIRONMENT = REPOSITORY / "build" / "recipes-env"
PYTHON = ENVIRONMENT / "bin" / "python"

_NOWHERE = "http://127.0.0.1:9"


def require_environment() -> None:
    """Leave the test out where `make recipes` has not run since the lock changed; fail where CI says that it has."""
    ready = ENVIRONMENT / ".ready"
    if not ready.is_file() or ready.read_bytes() != LOCK.read_bytes():
        _leave_out("no readers' tools, or not those of tests/recipes/requirements.lock: run `make recipes`")


def require_program(name: str) -> None:
    """Leave the test out where this machine lacks a program; fail where CI says that it has it."""
    if shutil.which(name) is None:
        _leave_out(f"no {name} on this machine; .ci/run installs it")


def _leave_out(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def run_clean(command: Sequence[str | Path], folder: Path, text: str = "", path: Sequence[Path] = ()) -> str:
    """Run a command in a folder, with ``text`` as its input; what it prints. Fails when it fails.

    It sees nothing of the surroundings of the test, and reaches no host but this machine.
    """
    environment = {
        "PATH": os.pathsep.join([*map(str, path), str(ENVIRONMENT / "bin"), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "no_proxy": "127.0.0.1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_PAGER": "cat",
    }
    done = subprocess.run(
        [str(part) for part in command],
        input=text,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def write_program(path: Path, text: str) -> None:
    """A shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def our_python() -> str:
    """The Python of the tests, in which our own commands run."""
    return sys.executable
