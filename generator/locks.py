"""Folders that one run at a time may write: the others wait for it, and say so.

The lock is the system's, on the folder itself: nothing is written for it, and it ends with the process that holds it,
however that ends. Where a folder cannot be locked (some network drives), nobody waits.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.errors import Problem

if sys.platform != "win32":
    import fcntl

_held: set[tuple[int, int]] = set()
"""Device and number of the folders that this process holds: asked for again, they are its own."""


@contextmanager
def holding(*folders: Path, reading: Sequence[Path] = ()) -> Iterator[None]:
    """Hold folders alone, which are made where they are missing, and together with other readers those of ``reading``.

    Waits, with a line on stderr, as long as another process holds one of them. A folder that was made for it and has
    stayed empty goes at the end.
    """
    with ExitStack() as stack:
        # Always in one order, so that two runs never wait for each other.
        wanted = {folder.resolve(): True for folder in reading} | {folder.resolve(): False for folder in folders}
        for folder in sorted(wanted):
            stack.enter_context(_holding(folder, shared=wanted[folder]))
        yield


@contextmanager
def _holding(folder: Path, *, shared: bool) -> Iterator[None]:
    made = [] if shared else [one for one in (folder, *folder.parents) if not one.exists()]
    handle = _take(folder, shared=shared)
    key = _key(os.fstat(handle)) if handle is not None else None
    ours = key is not None and key not in _held
    if key is not None and ours:
        _held.add(key)
    try:
        yield
    finally:
        with suppress(OSError):
            for one in made:
                one.rmdir()
        if key is not None and ours:
            _held.discard(key)
        if handle is not None:
            os.close(handle)


def _take(folder: Path, *, shared: bool) -> int | None:
    """The locked folder; None where it cannot be opened: whoever reads or writes there says why."""
    while True:
        if not shared:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            return None
        if _key(os.fstat(handle)) not in _held:
            _wait(handle, folder, shared=shared)
        with suppress(OSError):
            if _key(os.fstat(handle)) == _key(folder.stat()):
                return handle
        os.close(handle)  # it was removed, or replaced, while we waited


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


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
