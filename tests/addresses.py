"""Addresses for tests: memory, of which nothing stays, and storage that fails, or that others change, at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest

BUCKET = "memory://bucket"
FAILING = "failing://bucket"
"""The same files, in storage whose writes ``disturb`` counts."""


def clear_memory() -> None:
    """Begin with an empty bucket. Skips the test where there is no fsspec."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is in the extra duixian[cluster]")
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = ["", "/bucket"]


def put(folder: Path, address: str) -> None:
    """Put the files of a folder to an address."""
    for path in folder.rglob("*"):
        if path.is_file():
            put_file(f"{address}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def put_file(address: str, data: bytes) -> None:
    """Put one file to an address."""
    import fsspec

    with fsspec.open(address, "wb") as file:
        file.write(data)


def files_at(address: str) -> dict[str, bytes]:
    """What there is below an address."""
    import fsspec

    files, root = fsspec.core.url_to_fs(address)
    return {path.removeprefix(root).lstrip("/"): files.cat_file(path) for path in files.find(root)}


def files_in(folder: Path) -> dict[str, bytes]:
    """What there is below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def disturbed(before_write: Callable[[int], None]) -> Iterator[None]:
    """Inside, ``failing://`` is memory that calls this before each write, with its number from 1."""
    import fsspec
    from fsspec.implementations.memory import MemoryFileSystem

    class Failing(MemoryFileSystem):  # type: ignore[misc]  # it has no types
        protocol: ClassVar[Any] = "failing"
        cachable = False
        writes = 0

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return str(super()._strip_protocol(path.replace("failing://", "memory://")))

        def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
            type(self).writes += 1
            before_write(self.writes)
            super().pipe_file(path, value, **options)

        def put_file(self, lpath: str, rpath: str, **options: Any) -> None:
            self.pipe_file(rpath, Path(lpath).read_bytes())

    fsspec.register_implementation("failing", Failing, clobber=True)
    yield
