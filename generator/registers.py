"""Registers on disk: find, load, write. The register is the contract between reading and building."""

from __future__ import annotations

from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Register


def register_path(content: Path, place: str, year: int, programme: str) -> Path:
    """Where a register lives: ``content/registers/<place>/<year>/<programme>.yml``."""
    return content / "registers" / place / str(year) / f"{programme}.yml"


def find_registers(content: Path) -> tuple[Path, ...]:
    """All register files under a content folder, in the order of their paths."""
    return tuple(sorted((content / "registers").glob("*/*/*.yml")))


def load_register(path: Path) -> Register:
    """Read one register. Raises ContentError when it is broken, or when it names another place than its path."""
    register = yamlfile.load(path, Register)
    expected = (path.parent.parent.name, path.parent.name, path.stem)
    found = (register.place, str(register.year), register.programme)
    if found != expected:
        raise ContentError(
            Problem(
                path, 1, "register-path", f"place, year and programme are {'/'.join(found)}",
                f"expected {'/'.join(expected)}, as the path says", "move the file or run ingest again",
            )
        )
    _refuse_duplicate_ids(register, path)
    return register


def load_registers(content: Path) -> tuple[Register, ...]:
    """All registers. Raises one ContentError with the problems of all files that are broken."""
    loaded, problems = [], []
    for path in find_registers(content):
        try:
            loaded.append(load_register(path))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(*problems)
    return tuple(loaded)


def write_register(content: Path, register: Register) -> Path:
    """Write a register where it belongs, whole or not at all, and return its path."""
    path = register_path(content, register.place, register.year, register.programme)
    yamlfile.dump(register, path)
    return path


def _refuse_duplicate_ids(register: Register, path: Path) -> None:
    seen: set[str] = set()
    for commitment in register.commitments:
        if commitment.id in seen:
            raise ContentError(
                Problem(
                    path, 0, "id-duplicate", f"commitment {commitment.id} stands twice",
                    "expected each id once", "run ingest again",
                )
            )
        seen.add(commitment.id)
