"""The three ways in which Duixian refuses, each with one printed form.

Every message says where, what was found, what was expected and what to do:
``path:line: [code] found; expected; what to do``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place. ``line`` counts from 1; 0 means the whole file."""

    path: Path | str
    line: int
    code: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return _on_one_line(f"{place}: [{self.code}] {self.found}; {self.expected}; {self.remedy}")


def _on_one_line(message: str) -> str:
    """A message as a terminal may print it: what documents say in it begins no line and moves no cursor."""
    if message.isprintable():
        return message
    return "".join(one if one.isprintable() else " " if one.isspace() else f"\\u{ord(one):04x}" for one in message)


class DuixianError(Exception):
    """A refusal that a user can act on. Carries one or more problems, never a traceback for the user."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[DuixianError], tuple[Problem, ...]]:
        """As it travels from a worker: its problems, of which it is made again."""
        return type(self), self.problems


class ContentError(DuixianError):
    """A file under ``content/`` (register, sidecar, lookup, schema) is not what it must be."""


class DocumentError(DuixianError):
    """A source document cannot be read, or is not the one that its sidecar names."""


class BuildError(DuixianError):
    """A package or a page cannot be made, or does not validate; nothing was replaced."""


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """A full disk does not say of which file: the OSError gets its name here."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
