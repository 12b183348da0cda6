"""Files below a folder, written as they come: a large site has hundreds of thousands of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


class Folder:
    """Files below a folder, written by their paths. ``pages`` counts those that are HTML."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages = 0
        self._folders: set[str] = set()

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write files, and the folders that they need. Raises OSError, which names the file, when it cannot."""
        for path, data in files:
            self._make(path.rpartition("/")[0])
            self.pages += path.endswith(".html")
            _write_file(f"{self.root}/{path}", data)

    def copy(self, files: Iterable[tuple[str, Path]]) -> None:
        """Copy files to their paths."""
        for path, source in files:
            self._make(path.rpartition("/")[0])
            shutil.copyfile(source, self.root / path)

    def _make(self, folder: str) -> None:
        if folder not in self._folders:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def _write_file(path: str, data: bytes) -> None:
    """Without buffers, which cost more than small files do."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
    except OSError as error:
        error.filename = path  # a full disk does not say of which file
        raise
    finally:
        os.close(file)
