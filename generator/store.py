"""A store of byte strings by name, on disk or at any address that fsspec knows: what a build keeps between runs.

Everything in it can be made again. Each entry begins with the digest of its name and of what follows: one that was cut
off, changed, renamed or written by something else is as good as missing, and is never used. Entries are written beside
their place and renamed, so that several processes, or machines on a shared folder, may write the same one at the same
time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Protocol

from generator.elsewhere import Elsewhere, is_address
from generator.swap import remove

_SIZE = 32


class Store(Protocol):
    """Names are relative paths with ``/``; values are bytes."""

    @property
    def address(self) -> str:
        """What ``open_store`` opens it by again, in another process."""

    def read(self, name: str) -> bytes | None:
        """The value, or None where there is none or it is damaged."""

    def write(self, name: str, data: bytes) -> bool:
        """Keep a value; False where it cannot be kept, which a build that needs it told again has to say."""

    def names(self, folder: str) -> set[str]:
        """The names of the entries below a folder."""

    def remove(self, names: Iterable[str]) -> None:
        """Take entries away that nobody needs any more."""


def open_store(address: str) -> Store:
    """The store at an address: a folder, or ``protocol://…`` of fsspec. Raises BuildError where it is none."""
    return FsspecStore(address) if is_address(address) else FolderStore(Path(address))


def seal(name: str, data: bytes) -> bytes:
    """Data as an entry of this name holds them: the digest of both before them."""
    return _digest(name, data) + data


def unseal(name: str, sealed: bytes) -> bytes | None:
    """The data, or None where they are not those of the digest."""
    data = sealed[_SIZE:]
    return data if len(sealed) >= _SIZE and _digest(name, data) == sealed[:_SIZE] else None


def _digest(name: str, data: bytes) -> bytes:
    made = hashlib.blake2b(f"{name}\0".encode(), digest_size=_SIZE)
    made.update(data)
    return made.digest()


class FolderStore:
    """Entries are files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._folder.absolute())

    def read(self, name: str) -> bytes | None:
        """The value, or None where there is none, it is damaged, or it may not be read."""
        try:
            with (self._folder / name).open("rb", buffering=0) as file:
                sealed, data = file.read(_SIZE), file.readall()  # apart, since an entry may be large: it is not copied
        except OSError:
            return None
        return data if _digest(name, data) == sealed else None

    def write(self, name: str, data: bytes) -> bool:
        """Keep a value; False where the folder takes none: full, read-only, or not a folder."""
        path = self._folder / name
        beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.writelines((_digest(name, data), data))
            if path.is_dir():  # whoever put it there: nothing can be renamed over it
                remove(path)
            beside.replace(path)
        except OSError:
            remove(beside)
            return False
        return True

    def names(self, folder: str) -> set[str]:
        """The names of the entries below a folder; what killed writers left there, too."""
        start = len(f"{self._folder}/")
        walked = os.walk(f"{self._folder}/{folder}")
        return {f"{at}/{name}"[start:] for at, _, names in walked for name in names}

    def remove(self, names: Iterable[str]) -> None:
        """Take entries away, and folders that are empty then; one that cannot be taken away stays."""
        for name in names:
            remove(self._folder / name)
            with contextlib.suppress(OSError):
                for parent in PurePosixPath(name).parents[:-1]:
                    (self._folder / parent).rmdir()


class FsspecStore:
    """Entries are files below an address of fsspec: object storage, ssh, or a folder as ``file://``."""

    def __init__(self, address: str) -> None:
        """Raises BuildError where there is no fsspec, and where it does not know the address."""
        self._files = Elsewhere(address)
        self.address = self._files.address

    def read(self, name: str) -> bytes | None:
        """The value, or None where there is none, it is damaged, or it cannot be reached."""
        try:
            return unseal(name, self._files.read(name))
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> bool:
        """Keep a value, so that nobody reads half of it; False where it cannot be kept."""
        try:
            self._files.write(name, seal(name, data))
        except OSError:
            return False
        return True

    def names(self, folder: str) -> set[str]:
        """The names of the entries below a folder."""
        try:
            return set(self._files.files(folder))
        except OSError:
            return set()

    def remove(self, names: Iterable[str]) -> None:
        """Take entries away; one that cannot be taken away stays."""
        for name in names:
            with contextlib.suppress(OSError):
                self._files.remove(name)
