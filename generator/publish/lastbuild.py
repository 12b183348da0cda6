"""What the last build put where: what is still as it was left there is linked into the new site, and not made again.

Of each owner, an entry of the store or the digest of what files were made from, a build notes the files that came of
it, each with its inode, size and time. Where the next build has the same owner and all its files are the same ones,
untouched, it gives them a second name in the new site. Files are never changed in place by a build, so the old site
stays what it was. Without the notes, or where one file is not as it was noted, all of the owner is made from the store.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from generator.publish.entries import read_entry
from generator.store import FolderStore

Mark = tuple[int, int, int]
"""What tells a file from any other and from itself after a change: inode, bytes, time of its last change in ns."""

_FOLDER = "last"
_NOTES = f"{_FOLDER}/build"
"""The entry with the notes. There is one: they are of one site."""


class Owned(msgspec.Struct, frozen=True, array_like=True):
    """The files of one owner: root → path from there → mark; and what else the next build has to know, encoded."""

    files: dict[str, dict[str, Mark]]
    said: bytes = b""


class LastBuild:
    """The notes of the last build, which are read, and those of this one, which are gathered and kept at its end.

    The notes of an owner are read once, and gone then: memory does not hold them twice.

    ``roots``: where the files are, by the names that notes have for these folders.
    """

    def __init__(self, cache: Path, roots: Mapping[str, Path]) -> None:
        self.roots = roots
        self._store = FolderStore(cache)
        self._old = read_entry(self._store, _NOTES, dict[str, bytes]) or {}
        self._new: dict[str, bytes] = {}

    def find(self, owner: str) -> Owned | None:
        """The files of an owner, if each of them is as the last build left it."""
        owned = self._read(owner)
        whole = owned and all(len(files) == len(self._same(root, files)) for root, files in owned.files.items())
        return owned if whole else None

    def find_some(self, owner: str) -> Owned:
        """The same with those of the files that are as the last build left them; none of an owner that is not known."""
        owned = self._read(owner) or Owned({})
        return Owned({root: self._same(root, files) for root, files in owned.files.items()}, owned.said)

    def _read(self, owner: str) -> Owned | None:
        noted = self._old.pop(owner, None)
        return None if noted is None else msgspec.msgpack.decode(noted, type=Owned)

    def _same(self, root: str, files: Mapping[str, Mark]) -> dict[str, Mark]:
        """Those files, path → mark, that are as they were noted."""
        if root not in self.roots:
            return {}
        folder, same = f"{self.roots[root]}/", {}
        for path, mark in files.items():
            try:  # without a context, which takes a sixth of the time: of a large site there are 300,000
                if mark_of(os.lstat(folder + path)) == mark:
                    same[path] = mark
            except OSError:
                continue
        return same

    def note(self, owner: str, owned: Owned) -> None:
        """Tell the next build of the files of an owner."""
        self._new[owner] = msgspec.msgpack.encode(owned)

    def noted(self, owner: str) -> Owned:
        """What the next build is told of an owner. Raises KeyError where that is nothing."""
        return msgspec.msgpack.decode(self._new[owner], type=Owned)

    def note_more(self, owner: str, files: Mapping[str, dict[str, Mark]], said: bytes) -> None:
        """Add to the notes of an owner: files that have come to their places since, root → paths; and what it says."""
        owned = self.noted(owner) if owner in self._new else Owned({})
        self.note(owner, Owned({**owned.files, **files}, said))

    def keep(self) -> None:
        """Keep what was noted in place of the last notes. Where that cannot be, the next build makes all anew."""
        self._old.clear()
        kept = self._store.write(_NOTES, msgspec.msgpack.encode(self._new))
        # the last notes are not of this site, and a build that was killed may have left half of others
        self._store.remove(self._store.names(_FOLDER) - ({_NOTES} if kept else set()))


def mark_of(found: os.stat_result) -> Mark:
    """The mark of a file by what the system says of it."""
    return found.st_ino, found.st_size, found.st_mtime_ns


def mark_file(path: str) -> Mark:
    """The mark of a file. Raises OSError where there is none."""
    return mark_of(os.lstat(path))


def mark_files(root: Path, paths: Iterable[str]) -> dict[str, Mark]:
    """Path from a folder → mark. Raises OSError where one is not there."""
    return {path: mark_file(f"{root}/{path}") for path in paths}
