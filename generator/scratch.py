"""Folders for what is needed for a moment, below that of the system for temporary files.

Each is locked as long as it is used, and the lock goes with the process, however that ends: what a killed run left
is known by that, and goes with the next run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.swap import remove

if sys.platform != "win32":
    import fcntl

_PREFIX = "duixian-scratch-"
"""Nobody else calls a folder so: what has this name, and is not in use, is taken away."""


@contextmanager
def scratch_folder(what: str) -> Iterator[Path]:
    """A new folder, whose name says what it is for; it is gone afterwards."""
    folder, handle = _make(what)
    while handle is None:  # swept before it was locked
        folder, handle = _make(what)
    try:
        yield folder
    finally:
        remove(folder)
        os.close(handle)


def sweep_scratch() -> None:
    """Remove what killed runs of ours left; what is in use, or another user's, stays."""
    if sys.platform == "win32":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            if os.fstat(handle).st_uid == os.geteuid():
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)
        except OSError:  # in use
            continue
        finally:
            os.close(handle)


def _make(what: str) -> tuple[Path, int | None]:
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{what}."))
    if sys.platform == "win32":
        return folder, os.open(os.devnull, os.O_RDONLY)
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return folder, None
    fcntl.flock(handle, fcntl.LOCK_SH)
    if folder.exists():
        return folder, handle
    os.close(handle)
    return folder, None
