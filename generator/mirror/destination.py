"""What mirroring asks of a place to publish to, be it a folder, a server or an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from generator.errors import BuildError, Problem


class Destination(Protocol):
    """A place to publish to. Names are paths below it, with ``/``. Every method raises BuildError or OSError."""

    @property
    def label(self) -> str:
        """What messages call it."""

    def held(self) -> AbstractContextManager[None]:
        """Keep other runs out for a while, where the place can do that."""

    def list_files(self) -> frozenset[str]:
        """Every file there, links to folders among them; none where the place does not exist yet."""

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        """Name → SHA-256 of those of these files that are there."""

    def different(self, root: Path, names: Iterable[str]) -> frozenset[str]:
        """Those of these files that are not there, or not with the bytes that they have below ``root``."""

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Files below ``root``, in this order, each whole or not at all, readable by a web server."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then."""


def refusal(label: str, code: str, found: str, expected: str, remedy: str) -> BuildError:
    """A problem of the place to publish to."""
    return BuildError(Problem(label, 0, code, found, expected, remedy))
