"""Files below a folder, written as they come: a large site has hundreds of thousands of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.errors import naming
from generator.publish.lastbuild import LastBuild, Mark, Owned, mark_file, mark_of

SITE = "site"
"""The finished site among the folders of the notes of a build."""


class Folder:
    """Files below a folder, written by their paths. ``pages`` counts those that are HTML."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages = 0
        self._folders: set[str] = set()

    def write(self, files: Iterable[tuple[str, bytes]]) -> dict[str, Mark]:
        """Write files, and the folders that they need. Raises OSError, which names the file, when it cannot."""
        marks = {path: _write_file(self._place(path), data) for path, data in files}
        self._count(marks)
        return marks

    def copy(self, files: Iterable[tuple[str, Path]]) -> dict[str, Mark]:
        """Copy files to their paths."""
        marks = {}
        for path, source in files:
            place = self._place(path)
            with naming(place):
                Path(place).unlink(missing_ok=True)
                shutil.copyfile(source, place)
                marks[path] = mark_file(place)
        self._count(marks)
        return marks

    def _place(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self.root}/{path}"

    def _count(self, paths: Iterable[str]) -> None:
        self.pages += sum(path.endswith(".html") for path in paths)


class SiteFolder(Folder):
    """The new site: what the last build left in the old one, and nobody touched since, has a second name here."""

    def __init__(self, root: Path, last: LastBuild) -> None:
        super().__init__(root)
        self.last = last

    def take(self, owner: str) -> Owned | None:
        """Link the files of an owner; None, where they are not all as they were: then ``put`` them."""
        owned = self.last.find(owner)
        if owned is not None:
            self.link(owned.files.get(SITE, {}))
            self.last.note(owner, owned)
        return owned

    def put(self, owner: str, files: Iterable[tuple[str, bytes]], said: bytes = b"") -> None:
        """Write the files of an owner, and tell the next build of them, and what it has to know beside."""
        self.last.note(owner, Owned({SITE: self.write(files)}, said))

    def put_copies(self, files: Mapping[str, Path]) -> None:
        """Copies of files, path → where they lie, linked where the last build made the same.

        Raises OSError where one is not there.
        """
        for path, source in files.items():
            owner = f"{path} {mark_file(str(source))}"
            if self.take(owner) is None:
                self.last.note(owner, Owned({SITE: self.copy([(path, source)])}))

    def link(self, paths: Iterable[str]) -> None:
        """Files of the old site, untouched since, under the same paths; copies where the disk cannot link."""
        old, linked = self.last.roots[SITE], []
        for path in paths:
            place = self._place(path)
            try:
                os.link(f"{old}/{path}", place)
            except OSError:
                with naming(place):
                    Path(place).unlink(missing_ok=True)
                    shutil.copyfile(f"{old}/{path}", place)
            linked.append(path)
        self._count(linked)


def _write_file(path: str, data: bytes) -> Mark:
    """Without buffers, which cost more than small files do. What has this name is taken away and not written into."""
    with naming(path):
        file = _create(path)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            return mark_of(os.fstat(file))
        finally:
            os.close(file)


def _create(path: str) -> int:
    """A new file to write. One that is there may be another name of a file of the old site."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        os.unlink(path)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
