"""What stands in a folder: the bytes of every file, and what nobody asked for."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

REGISTERS = "content/registers"
KEPT = ("site", "datapackage", "build/downloads", REGISTERS)
"""What must be whole at any moment, each for itself."""
Tree = dict[str, str]


def read_tree(folder: Path) -> Tree:
    """Path → digest of each file below a folder, hidden ones too; nothing where there is no folder."""
    found: Tree = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = Path(at, name)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def read_trees(root: Path) -> dict[str, Tree]:
    """The trees of all that is kept below the folder of a project."""
    return {name: read_tree(root / name) for name in KEPT}


def list_names(root: Path) -> set[str]:
    """Every file and folder of a project but drawings, which no two builds have to keep alike."""
    found = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    return {name for name in found if not name.startswith("build/cache/charts/")}


def find_left(temporary: Path) -> list[str]:
    """What stands in the folder for temporary files, but for what is Python's own."""
    return sorted(path.name for path in temporary.iterdir() if not _is_pythons(path))


def _is_pythons(path: Path) -> bool:
    """Sockets for its processes, and the file with which ``tempfile`` tries whether a folder takes any."""
    if path.name.startswith("pymp-"):
        return True
    return (
        re.fullmatch("[a-z0-9_]{8}", path.name) is not None and path.is_file() and path.read_bytes() in {b"", b"blat"}
    )


def tell_difference(found: Tree, expected: Tree) -> str:
    """A few of the files that are otherwise."""
    names = sorted({name for name, digest in {*found.items()} ^ {*expected.items()}})
    shown = ", ".join(f"{name} ({'gone' if name not in found else 'other bytes or new'})" for name in names[:3])
    return f"{len(names)} files are otherwise: {shown}"
