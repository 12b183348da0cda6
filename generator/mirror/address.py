"""An address of fsspec: a bucket of object storage, a server through ssh, whatever it has a file system for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import groupby
from pathlib import Path

from generator.elsewhere import Elsewhere, Found, join
from generator.mirror.destination import refusal
from generator.mirror.folder import refuse_overlap


class AddressDestination:
    """``protocol://…``. What is told of a file (size, MD5) is asked first; only what that leaves open is read."""

    def __init__(self, address: str, site: Path, below: str = "") -> None:
        """The folder ``below`` an address, or the address itself.

        Raises BuildError when it is no address, when it is the site, and when there is nothing that it lies in.
        """
        named = Elsewhere(address)
        self._there = Elsewhere(join(address, below)) if below else named
        if self._there.folder:
            refuse_overlap(self._there.folder, site, self.label)
        # A bucket that is not there would otherwise be made, and nobody would look at it.
        if not named.has_room():
            found, remedy = "no such bucket or folder to lie in", "create it, or correct the address"
            raise refusal(self.label, "publish-missing", found, "expected what it lies in", remedy)

    @property
    def label(self) -> str:
        """The address."""
        return self._there.at("")

    def held(self) -> AbstractContextManager[None]:
        """Nothing: fsspec has no lock. Two runs at once are told apart by the manifest at their ends."""
        return nullcontext()

    def list_files(self) -> frozenset[str]:
        """Every file there."""
        return frozenset(self._there.files())

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""
        try:
            return self._there.read(name)
        except FileNotFoundError:
            return None

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        """Name → SHA-256 of those of these files that are there: they are read."""
        names = list(names)
        found = self._there.each(self._digest, names)
        return {name: digest for name, digest in zip(names, found, strict=True) if digest}

    def _digest(self, name: str) -> str:
        data = self.read_file(name)
        return "" if data is None else hashlib.sha256(data).hexdigest()

    def different(self, root: Path, names: Iterable[str]) -> frozenset[str]:
        """Those that are not there with the bytes that they have below ``root``."""
        names, found = list(names), self._there.files()
        same = self._there.each(partial(self._is_same, root, found), names)
        return frozenset(name for name, is_same in zip(names, same, strict=True) if not is_same)

    def _is_same(self, root: Path, found: dict[str, Found], name: str) -> bool:
        if name not in found:
            return False
        data = (root / name).read_bytes()
        if found[name].size not in {-1, len(data)}:
            return False
        return found[name].is_surely(data) or self.read_file(name) == data

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Write files, each whole or not at all, those of one depth at the same time."""
        for _, together in groupby(names, key=lambda name: name.count("/")):
            for _ in self._there.each(partial(self._send, root), together):
                pass

    def _send(self, root: Path, name: str) -> None:
        self._there.write(name, root / name)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then, where there are folders."""
        for _ in self._there.each(self._there.remove, names):
            pass
