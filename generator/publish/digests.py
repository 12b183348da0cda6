"""SHA-256 of files that readers can fetch: of those that are the same files as for the last build it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from generator.publish.lastbuild import LastBuild, Mark, Owned, mark_file

_OWNER = "digests of files"


@dataclass
class KnownDigests:
    """The digests of the last build. Those of this one are told to the next."""

    last: LastBuild

    @cached_property
    def _kept(self) -> dict[str, tuple[Mark, str]]:
        said = self.last.find_some(_OWNER).said
        return msgspec.msgpack.decode(said, type=dict[str, tuple[Mark, str]]) if said else {}

    def find(self, files: Mapping[str, str]) -> dict[str, str]:
        """Of files, address → where they lie, the digests of those that nobody touched since they were taken."""
        marks = {address: mark_file(files[address]) for address in self._kept.keys() & files.keys()}
        return {address: self._kept[address][1] for address, mark in marks.items() if self._kept[address][0] == mark}

    def note(self, digests: Mapping[str, str], files: Mapping[str, str]) -> None:
        """Keep the digests of files for the next build."""
        told = {address: (mark_file(files[address]), digest) for address, digest in digests.items()}
        self.last.note(_OWNER, Owned({}, msgspec.msgpack.encode(told)))


def digest_file(path: str) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
