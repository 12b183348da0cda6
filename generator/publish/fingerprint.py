"""What something was made from, as one digest: of the program, of files of the content, of anything that is named."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from generator.defaults import PACKAGE

_LEFT_OUT = {"__pycache__"}


def digest_of(*parts: bytes | str) -> str:
    """One digest of several things, in their order, each kept apart from the next."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


@cache
def program_digest() -> str:
    """Of everything of the program that may show in its output: code, templates, theme, Python, and libraries."""
    libraries = sorted({f"{one.name.lower()}=={one.version}" for one in distributions() if one.name})
    return digest_of(sys.version, *libraries, *_folder_parts(PACKAGE))


def files_digest(files: Iterable[tuple[str, bytes]]) -> str:
    """Of files by their names, in the order of the names."""
    return digest_of(*(part for name, data in sorted(files) for part in (name, data)))


def _folder_parts(folder: Path) -> Iterable[bytes | str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _LEFT_OUT & set(path.parts):
            yield from (path.relative_to(folder).as_posix(), path.read_bytes())
