"""Files below a folder, written as they come: a large site has hundreds of thousands of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from generator.errors import BuildError, Problem, naming
from generator.listing import list_folder, walk_inodes
from generator.publish.lastbuild import LastBuild, Mark, Owned, mark_file, mark_files, mark_of
from generator.publish.size import Size, measure_files
from generator.swap import keep_spare, remove

_LISTED = 64
"""Folders of the site before the last that are remembered: its files are asked for folder by folder."""
_LITTLE = 0.1
"""Of the bytes of a site: what the disk may hold twice until the next build."""
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

    def copy(self, files: Iterable[tuple[str, str]]) -> dict[str, Mark]:
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
            _make_folder(self.root / folder, self.root)
            self._folders.add(folder)
        return f"{self.root}/{path}"

    def _count(self, paths: Iterable[str]) -> None:
        self.pages += sum(path.endswith(".html") for path in paths)


class SiteFolder(Folder):
    """The new site: what the last build left in the old one, and nobody touched since, has a second name here.

    It is made in an empty folder, or in the site before the last: what is the same in all three stays where it is, and
    at the end ``settle`` takes away what is in none but that one. Each path is put once.
    """

    def __init__(self, root: Path, last: LastBuild) -> None:
        super().__init__(root)
        self.last = last
        self._ours: dict[int, int] = {}  # hash of a path → bytes: the paths of a large site would take much memory
        self._new_bytes = 0
        self._spare: Path | None = None
        self._spare_files = lru_cache(_LISTED)(self._list_spare)
        self._was_empty = not any(root.iterdir()) if root.exists() else True

    def write(self, files: Iterable[tuple[str, bytes]]) -> dict[str, Mark]:
        """As a folder does it."""
        return self._add(super().write(files))

    def copy(self, files: Iterable[tuple[str, str]]) -> dict[str, Mark]:
        """As a folder does it."""
        return self._add(super().copy(files))

    def find(self, paths: Iterable[str]) -> dict[str, Mark]:
        """Files that another process wrote here, path → mark."""
        return self._add(mark_files(self.root, paths))

    def _add(self, marks: dict[str, Mark]) -> dict[str, Mark]:
        self._know(marks)
        self._new_bytes += sum(size for _, size, _ in marks.values())
        return marks

    def _know(self, marks: Mapping[str, Mark]) -> None:
        self._ours.update((hash(path), size) for path, (_, size, _) in marks.items())

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

    def link(self, marks: Mapping[str, Mark]) -> None:
        """Files of the old site, untouched since, under the same paths; copies where the disk cannot link."""
        old = self.last.roots[SITE]
        for path, (inode, _, _) in marks.items():
            folder, _, name = path.rpartition("/")
            if self._was_empty or self._spare_files(folder).get(name) != inode:
                self._link(f"{old}/{path}", self._place(path))
        self._know(marks)
        self._count(marks)

    def _list_spare(self, folder: str) -> dict[str, int]:
        """The files of a folder as they were in the site before the last: name → inode."""
        try:
            return list_folder(f"{self.root}/{folder}").files
        except OSError:
            return {}

    def _link(self, old: str, place: str) -> None:
        try:
            if not self._was_empty:
                remove(Path(place))
            os.link(old, place)
        except OSError:
            with naming(place):
                Path(place).unlink(missing_ok=True)
                shutil.copyfile(old, place)
                self._new_bytes += mark_file(place)[1]

    def settle(self) -> Size:
        """Take away what is not of this site, and the folders that are empty then; returned is the size of the rest.

        Raises BuildError where a file that was put is not there: somebody changed the folder meanwhile.
        """
        return measure_files(self._settled())

    def _settled(self) -> Iterator[tuple[str, int]]:
        left = len(self._ours)
        for path, _ in walk_inodes(str(self.root)):
            if hash(path) in self._ours:
                left -= 1
                yield path, self._ours[hash(path)]
            else:
                self._take_away(f"{self.root}/{path}")
        if left:
            found, expected = f"{left} files are gone that were put there", "expected nobody to change the new site"
            raise BuildError(Problem(self.root, 0, "site-changed", found, expected, "build again"))

    def _take_away(self, place: str) -> None:
        os.unlink(place)
        with suppress(OSError):  # the first that is not empty ends it
            while (place := os.path.dirname(place)) != str(self.root):
                os.rmdir(place)

    @property
    def is_like_last(self) -> bool:
        """Whether almost all of it is of the old site, which then takes little room as what the next is made in."""
        return self._new_bytes < _LITTLE * sum(self._ours.values())

    def link_spare(self, spare: Path) -> None:
        """Give what is here by now a second name below ``spare``, where the disk can: the next site is made in it."""
        remove(spare)
        self._spare = spare
        with suppress(OSError):
            _link_tree(str(self.root), str(spare))

    def keep_spare(self, staged: Path, spare: Path) -> None:
        """Keep what was replaced, which is where the new site was staged, where it takes little room and is needed."""
        if self._spare is None and self.is_like_last:
            keep_spare(staged, spare)

    def give_up(self) -> None:
        """Of a site that is not put in its place nothing stays."""
        if self._spare:
            remove(self._spare)


def _link_tree(folder: str, other: str) -> None:
    """Every file below a folder, with a second name below another, which is made."""
    os.mkdir(other)
    listing = list_folder(folder)
    for name in listing.files:
        os.link(f"{folder}/{name}", f"{other}/{name}", follow_symlinks=False)
    for name in listing.folders:
        _link_tree(f"{folder}/{name}", f"{other}/{name}")


def _make_folder(folder: Path, root: Path) -> None:
    """A folder below the root, and those above it. A file of an older site that is in its way goes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for place in (folder, *folder.parents):
            if place.is_relative_to(root) and not place.is_dir():
                remove(place)
        folder.mkdir(parents=True, exist_ok=True)


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
        remove(Path(path))
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
