"""A folder at an address: fetched, worked in like any other, and what changed in it is sent back, all or none.

Before the first file is written there, the whole change is: as one file, with everything in it. A run that is cut off
after that has lost nothing; whoever comes next finds the change, works with it, and puts the rest in its place. Nobody
can lock an address: a file that is another one there than it was when it was fetched is not written over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import msgspec

from generator.elsewhere import Elsewhere, Found, is_below, is_part
from generator.errors import ContentError, Problem
from generator.scratch import scratch_folder, sweep_scratch
from generator.store import seal, unseal

CHANGE = ".duixian-change"
"""The file with a change that is being made: whoever fetches takes it as made."""


_PASSES = 5
"""How often what changes while it is fetched is fetched again."""


class Change(msgspec.Struct, frozen=True):
    """Files to be written, by their names, names of files to be taken away, and the digests of both as they were."""

    files: dict[str, bytes]
    removed: tuple[str, ...]
    before: dict[str, bytes]

    @property
    def names(self) -> tuple[str, ...]:
        """Every file that it is about."""
        return (*sorted(self.files), *self.removed)


class FetchedFolder:
    """``folder`` holds what there is at the address, once it was fetched; nothing where nothing is."""

    def __init__(self, there: Elsewhere, folder: Path) -> None:
        self.folder = folder
        self._there = there
        self._found: dict[str, Found] = {}
        self._digests: dict[str, bytes] = {}
        self._pending: Change | None = None

    def fetch(self) -> None:
        """Bring everything here, as it is at one moment.

        Raises ContentError for what can be no file of a folder, and where others never stop changing files.
        """
        for _ in range(_PASSES):
            found = self._there.files()
            if found == self._found:
                break
            self._fetch_changed(found)
        else:
            raise self._never_still()
        self._digests = _digests(self.folder)
        change = self._read_change() if CHANGE in self._found else None
        if change:
            self._pending = self._left_of(change)
            self._make_here(self._pending)
            self._digests = _digests(self.folder)

    def _fetch_changed(self, found: dict[str, Found]) -> None:
        for name in self._found.keys() - found.keys():
            (self.folder / name).unlink(missing_ok=True)
        new = [name for name, state in found.items() if self._found.get(name) != state and not _is_ours(name)]
        self._refuse_outside(new)
        for _ in self._there.each(self._fetch, new):
            pass
        self._found = found

    def _never_still(self) -> ContentError:
        found, expected = f"changed each of the {_PASSES} times that it was fetched", "expected it to stay"
        remedy = "wait until nobody writes there, or use another file system if nobody does"
        return ContentError(Problem(self._there.at(""), 0, "address-changing", found, expected, remedy))

    def _refuse_outside(self, names: list[str]) -> None:
        expected, remedy = "expected the path of a file below it", "rename or remove it there"
        problems = [
            Problem(self._there.at(name), 0, "address-name", f"the name {name!r}", expected, remedy)
            for name in names
            if not is_below(name)
        ]
        if problems:
            raise ContentError(*problems)

    def _fetch(self, name: str) -> None:
        try:
            data = self._there.read(name)
        except FileNotFoundError:  # taken away since it was listed, as the next list says
            return
        _write(self.folder / name, data)

    def _read_change(self) -> Change | None:
        """The change of a run that was cut off; None where there is none, or what nobody wrote whole."""
        try:
            data = unseal(CHANGE, self._there.read(CHANGE))
        except FileNotFoundError:
            return None
        with suppress(msgspec.MsgspecError):
            found = None if data is None else msgspec.msgpack.decode(data, type=Change)
            return found if found and all(map(is_below, found.names)) else None
        return None

    def _left_of(self, change: Change) -> Change:
        """What of a change is not made yet: what was made, or changed by hand since, is left as it is."""
        files = {name: data for name, data in change.files.items() if self._is_as_before(name, change)}
        removed = tuple(name for name in change.removed if self._is_as_before(name, change))
        return Change(files, removed, change.before)

    def _is_as_before(self, name: str, change: Change) -> bool:
        return self._digests.get(name) == change.before.get(name)

    def _make_here(self, change: Change) -> None:
        for name, data in change.files.items():
            _write(self.folder / name, data)
        for name in change.removed:
            (self.folder / name).unlink(missing_ok=True)

    def send_back(self) -> None:
        """Make there what changed here since it was fetched, and before that what a run that was cut off left to do.

        Raises ContentError where somebody else changed one of the files meanwhile, and where it cannot be sent.
        """
        change = self._changed()
        if not change.names:
            if self._pending:
                self._end(self._pending)
            return
        try:
            self._refuse_others(change)
            if self._pending:
                self._refuse_others(self._pending)
                self._make_there(self._pending)
            self._sweep()
            self._there.write(CHANGE, seal(CHANGE, msgspec.msgpack.encode(change)))
            self._make_there(change)
        except OSError as error:
            raise self._unsent(error) from None

    def _end(self, pending: Change) -> None:
        """What a run that was cut off left to do is done by one that only reads, if it can and nobody else is at it."""
        with suppress(OSError):
            if not self._others(pending):
                self._make_there(pending)

    def _changed(self) -> Change:
        now = _digests(self.folder)
        names = [name for name, digest in now.items() if self._digests.get(name) != digest]
        files = {name: (self.folder / name).read_bytes() for name in names}
        removed = tuple(sorted(self._digests.keys() - now.keys()))
        before = {name: self._digests[name] for name in (*names, *removed) if name in self._digests}
        return Change(files, removed, before)

    def _others(self, change: Change) -> list[str]:
        """The files of a change that are not there as they were when they were fetched."""
        now = self._there.files()
        return sorted(name for name in {CHANGE, *change.names} if now.get(name) != self._found.get(name))

    def _refuse_others(self, change: Change) -> None:
        others = self._others(change)
        if others:
            found = f"somebody changed it{f' and {len(others) - 1} more' if others[1:] else ''} meanwhile"
            expected, remedy = "expected it as it was fetched; nothing was sent", "run the command again"
            raise ContentError(Problem(self._there.at(others[0]), 0, "address-changed", found, expected, remedy))

    def _sweep(self) -> None:
        """Take away what runs that were killed left beside the places of files."""
        for name in filter(is_part, self._found):
            self._there.remove(name)

    def _make_there(self, change: Change) -> None:
        write = partial(self._put, change)
        for _ in self._there.each(write, sorted(change.files)):
            pass
        for _ in self._there.each(self._there.remove, change.removed):
            pass
        self._there.remove(CHANGE)

    def _put(self, change: Change, name: str) -> None:
        self._there.write(name, change.files[name])

    def _unsent(self, error: OSError) -> ContentError:
        found, expected = f"{error.strerror}", "expected to write there what the command changed"
        remedy = "check the network, the rights and the room there, and run the command again"
        place = error.filename or self._there.at("")
        return ContentError(Problem(place, 0, "address-unsent", found, expected, remedy))


@contextmanager
def fetched(address: str, name: str) -> Iterator[FetchedFolder]:
    """The folder at an address, as one of this name below a scratch folder, which is gone afterwards.

    What changed in it goes back with ``send_back`` alone. Raises BuildError where there can be no such address,
    ContentError for what can be no file of a folder, and OSError where it cannot be read.
    """
    there = Elsewhere(address)
    sweep_scratch()
    with scratch_folder(name) as scratch:
        found = FetchedFolder(there, scratch.resolve() / name)
        found.fetch()
        yield found


def _is_ours(name: str) -> bool:
    """Whether a file is there for the sake of sending alone."""
    return is_part(name) or name == CHANGE


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _digests(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name, with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes()).digest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
