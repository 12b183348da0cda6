"""A folder of this machine, or a share that is mounted on it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.elsewhere import PART
from generator.locks import holding
from generator.mirror.destination import refusal


class FolderDestination:
    """A folder. Every file is written beside its place and renamed into it, so that readers get the old or the new."""

    def __init__(self, folder: Path, site: Path) -> None:
        """Raises BuildError when the folder overlaps the site, is a file, or when there is nothing to make it in."""
        self._folder = folder
        refuse_overlap(folder, site, self.label)
        if folder.exists() and not folder.is_dir():
            raise refusal(self.label, "publish-file", "a file", "expected a folder", "name another")
        # A share that is not mounted, or a typing error, would otherwise be a new folder that nobody looks at.
        above = folder.resolve().parent
        if not above.is_dir():
            found, remedy = f"no folder {above}", "create it, mount the share, or correct the name"
            raise refusal(self.label, "publish-missing", found, "expected the folder that it lies in", remedy)

    @property
    def label(self) -> str:
        """The folder as it was named."""
        return str(self._folder)

    @contextmanager
    def held(self) -> Iterator[None]:
        """The lock on the folder, which is made."""
        self._make_folder(self._folder)
        with holding(self._folder):
            yield

    def list_files(self) -> frozenset[str]:
        """Every file, and every link to a folder, which is not followed."""
        found = []
        for folder, folders, files in os.walk(self._folder):
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            found += [Path(folder, name).relative_to(self._folder).as_posix() for name in (*files, *links)]
        return frozenset(found)

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""
        with suppress(FileNotFoundError):
            return (self._folder / name).read_bytes()
        return None

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        """Name → SHA-256 of those of these files that are there."""
        read = {name: self.read_file(name) for name in names}
        return {name: hashlib.sha256(data).hexdigest() for name, data in read.items() if data is not None}

    def different(self, root: Path, names: Iterable[str]) -> frozenset[str]:
        """Those that are not there with the bytes that they have below ``root``."""
        return frozenset(name for name in names if self._differs(root / name, self._folder / name))

    @staticmethod
    def _differs(here: Path, there: Path) -> bool:
        if not there.is_file() or there.stat().st_size != here.stat().st_size:
            return True
        return there.read_bytes() != here.read_bytes()

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Copy each beside its place, then rename it; what an interrupted run left beside it is written over."""
        for name in names:
            target = self._folder / name
            self._make_folder(target.parent)
            part = target.with_name(f".{target.name}{PART}")
            try:
                shutil.copyfile(root / name, part)
                _open_to_readers(part, 0o644)
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            if folder != self._folder:
                self._make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            _open_to_readers(folder, 0o755)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then; other folders are left, empty or not."""
        for name in names:
            path = self._folder / name
            path.unlink(missing_ok=True)
            for folder in path.parents:
                if folder == self._folder or any(folder.iterdir()):
                    break
                folder.rmdir()


def refuse_overlap(folder: Path, site: Path, label: str) -> None:
    """Raises BuildError when the folder that a site is to be published to is the site, above it, or in it."""
    there, here = folder.resolve(), site.resolve()
    if there == here or here in there.parents or there in here.parents:
        remedy = "name a folder beside it"
        raise refusal(label, "publish-overlap", f"shares {site}", "expected another folder", remedy)


def _open_to_readers(path: Path, mode: int) -> None:
    # A mounted share may have no rights of its own; then its mount decides who reads.
    with suppress(OSError):
        path.chmod(mode)
