"""Published packages as text: from a folder, or as they were at a revision of the repository."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.inert import unguard_text
from generator.schemas import TABLES

PACKAGE = "datapackage/all"
"""The package of everything, from the root of the repository."""

TextRow = dict[str, str]


@dataclass(frozen=True)
class PublishedData:
    """The tables of a package, every cell as printed, and the version of the rules that it was made by.

    A table that the package does not have yet is empty, and named in ``missing``. ``day`` is the day of the revision,
    None for a folder.
    """

    tables: dict[str, list[TextRow]]
    rules: str
    day: date | None = None
    missing: frozenset[str] = frozenset()


def read_package(folder: Path) -> PublishedData:
    """The package in a folder. Raises BuildError when there is none, or a file of it is lost."""

    def read(name: str) -> str | None:
        path = folder / name
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    return _read(read, folder)


def read_revision(revision: str, repository: Path = Path()) -> PublishedData:
    """The package of everything at a revision (a commit, a tag, a branch), with the day of the revision.

    Raises BuildError when git knows no such revision, when it has no package, and when a file of that is lost.
    """

    def read(name: str) -> str | None:
        return _git(repository, "show", f"{revision}:{PACKAGE}/{name}")

    day = _git(repository, "show", "--no-patch", "--format=%cs", f"{revision}^{{commit}}")
    if day is None:
        expected = "expected a commit, a tag or a branch of the repository, or a folder with datapackage.json"
        raise BuildError(Problem(repository, 0, "revision-unknown", repr(revision), expected, "correct the name"))
    found = _read(read, repository / PACKAGE)
    return replace(found, day=date.fromisoformat(day.strip()))


def _read(read: Callable[[str], str | None], where: Path) -> PublishedData:
    descriptor = read("datapackage.json")
    if descriptor is None:
        problem = Problem(where, 0, "package-none", "no datapackage.json", "expected a data package", "run `make site`")
        raise BuildError(problem)
    stated = json.loads(descriptor)
    listed = {resource["name"] for resource in stated["resources"]}
    texts = {name: read(f"{name}.csv") if name in listed else "" for name in TABLES}
    lost = [where / f"{name}.csv" for name, text in texts.items() if text is None]
    if lost:
        # Taken for empty, everything in it would be told to be gone.
        expected, remedy = "expected the file that datapackage.json names", "build again, or restore it from git"
        raise BuildError(*(Problem(path, 0, "package-table", "no such file", expected, remedy) for path in lost))
    tables = {name: _parse_table(text or "") for name, text in texts.items()}
    # Older packages have it in their version alone, 2.0.0+20240204: the rules, and the newest day of the data.
    rules = stated.get("rulesVersion") or str(stated["version"]).partition("+")[0]
    return PublishedData(tables, rules, missing=frozenset(TABLES) - listed)


def _parse_table(text: str) -> list[TextRow]:
    """Cells as they were before the apostrophe that keeps formulas inert in CSV."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: unguard_text(cell) for name, cell in row.items()} for row in rows]


def _git(repository: Path, *arguments: str) -> str | None:
    """What git prints; None when it refuses. A name that begins with a dash would be an option, and is refused."""
    if any(argument.startswith("-") for argument in arguments[-1:]):
        return None
    command = ["git", "-C", str(repository), *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8") if done.returncode == 0 else None
