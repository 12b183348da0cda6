"""Folders that one run at a time may write: the others wait for it, and say so.

The lock is the system's, on the folder itself: nothing is written for it, and it ends with the process that holds it,
however that ends. Where a folder cannot be locked (some network drives), nobody waits.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.errors import Problem

if sys.platform != "win32":
    import fcntl

_held: set[tuple[int, int]] = set()
"""Device and number of the folders that this process holds: asked for again, they are its own."""


@contextmanager
def holding(*folders: Path, reading: Sequence[Path] = ()) -> Iterator[None]:
    """Hold folders alone, which are made where they are missing, and together with other readers those of ``reading``.

    Waits, with a line on stderr, as long as another process holds one of them.
    """
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        # Always in one order, so that two runs never wait for each other.
        wanted = {folder.resolve(): True for folder in reading} | {folder.resolve(): False for folder in folders}
        for folder in sorted(wanted):
            stack.enter_context(_holding(folder, shared=wanted[folder]))
        yield


@contextmanager
def _holding(folder: Path, *, shared: bool) -> Iterator[None]:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # whoever reads or writes there says why it cannot
        yield
        return
    try:
        status = os.fstat(handle)
        key = status.st_dev, status.st_ino
        if key in _held:
            yield
            return
        _wait(handle, folder, shared=shared)
        _held.add(key)
        try:
            yield
        finally:
            _held.discard(key)
    finally:
        os.close(handle)


def _wait(handle: int, folder: Path, *, shared: bool) -> None:
    if sys.platform == "win32":
        return
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        found, expected = "another run of duixian is at work here", "expected to be alone"
        print(Problem(folder, 0, "folder-busy", found, expected, "it is waited for"), file=sys.stderr, flush=True)
        fcntl.flock(handle, kind)
    except OSError:
        return
