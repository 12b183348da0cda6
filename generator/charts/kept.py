"""Drawings, and kinds of charts as they were compiled, kept from build to build.

Nothing rests on them: what is damaged, or cannot be kept, is made again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.defaults import code_digest
from generator.swap import remove

KIND = ".json"
"""What the names of compiled kinds end with."""
_DIGEST = 64
"""Hexadecimal digits of the digest before a drawing, by which damage is seen."""


@cache
def drawn_by() -> bytes:
    """The program, and the versions of what it draws with: others draw something else."""
    return " ".join((code_digest(), *map(metadata.version, ("altair", "vl-convert-python")))).encode()


def read_kept(folder: Path, name: str) -> str | None:
    """The drawing of this name, marked as used; None where there is none, or one that is not as it was written."""
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[_DIGEST:]).hexdigest().encode() != data[:_DIGEST]:
        return None
    with suppress(OSError):
        os.utime(path)
    return data[_DIGEST:].decode()


def keep(folder: Path, name: str, svg: str) -> None:
    """Keep a drawing, whole or not at all: others may write the same one now. A folder that takes nothing is let be."""
    data = svg.encode()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(data).hexdigest().encode() + data)
            if (folder / name).is_dir():  # whoever put it there: nothing can be renamed over it
                remove(folder / name)
            Path(part).replace(folder / name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise


def begin_use(folder: Path) -> int:
    """The moment from which drawings are used, in nanoseconds of the clock that dates files there; 0 where none is."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return _now(folder)


def _now(folder: Path) -> int:
    with suppress(OSError), tempfile.NamedTemporaryFile(dir=folder, suffix=".part") as file:
        return os.stat(file.name).st_mtime_ns
    return 0


def forget_unused(folder: Path, since: int) -> None:
    """Remove the drawings that were not used since that moment (``begin_use``): the folder holds one build's.

    Kinds stay, of which there are a handful: a build that draws nothing does not read them.
    What is of a later day than now was not used either: the clock was wrong.
    """
    until = _now(folder)
    for path in folder.glob("*") if since and until else ():
        with suppress(OSError):
            if path.suffix != KIND and not since <= path.lstat().st_mtime_ns <= until:
                remove(path)
