"""What became of a command: its refusals on stderr, its exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.errors import DuixianError, Problem


def attempt(action: Callable[[Path], None], path: Path) -> int:
    """Exit status of an action on one document, so that the others can go on."""
    return status_of(lambda: action(path), f"{path}: ")


def status_of(action: Callable[[], object], place: str = "") -> int:
    """Run an action; say on stderr what went wrong, and return the exit status."""
    try:
        action()
    except DuixianError as error:
        complain(error.problems)
        return 1
    except OSError as error:
        found = error.strerror or str(error)
        complain(
            [
                Problem(
                    error.filename or "", 0, "file", found, "expected access", "check the path, its rights and the disk"
                )
            ]
        )
        return 1
    except Exception as error:
        if os.environ.get("DUIXIAN_DEBUG") == "1":
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        print(
            f"{place}[internal] {what}; this is a defect of ours; please report it with the output of "
            "DUIXIAN_DEBUG=1 and the same command",
            file=sys.stderr,
        )
        return 2
    return 0


def complain(problems: Iterable[Problem]) -> None:
    """Print each on stderr, a line each."""
    for problem in problems:
        print(problem, file=sys.stderr)
