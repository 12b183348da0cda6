"""What became of a command: its refusals on stderr, its exit status; and by what names it speaks of folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

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


class _Telling:
    """A stream that says the addresses of folders that were fetched, where they are spoken of by where they lie."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        for folder, address in _fetched.items():
            text = text.replace(folder, address)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_fetched: dict[str, str] = {}
"""Where a folder lies for a while → its address."""


@contextmanager
def telling_addresses() -> Iterator[None]:
    """Inside, what is printed speaks of addresses that ``tell_as`` names."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, _Telling(stream)) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
        _fetched.clear()


def tell_as(folder: Path, address: str) -> None:
    """A folder is spoken of by its address from now on: nobody has seen where it lies, and it goes with the run."""
    _fetched[str(folder)] = address
