"""Files by their names and inodes, as folders list them: to look at each one takes three times as long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple


class Listing(NamedTuple):
    """What stands in a folder: the inode of each file by its name, links among them, and the names of its folders."""

    files: dict[str, int]
    folders: list[str]


def list_folder(folder: str) -> Listing:
    """What stands in a folder. Raises OSError where it cannot be read."""
    listing = Listing({}, [])
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                listing.folders.append(entry.name)
            else:
                listing.files[entry.name] = entry.inode()
    if _is_listed_otherwise(folder, listing.files):
        listing.files.update({name: _inode(folder, name) for name in listing.files})
    return listing


def walk_inodes(folder: str, within: str = "") -> Iterator[tuple[str, int]]:
    """Every file below a folder, links among them: its path from there, and its inode. Raises OSError as above."""
    listing = list_folder(folder)
    for name, inode in listing.files.items():
        yield f"{within}{name}", inode
    for name in listing.folders:
        yield from walk_inodes(f"{folder}/{name}", f"{within}{name}/")


def _is_listed_otherwise(folder: str, files: dict[str, int]) -> bool:
    """Whether a folder lists other numbers than its files have: layered file systems may."""
    first = next(iter(files), None)
    return first is not None and files[first] != _inode(folder, first)


def _inode(folder: str, name: str) -> int:
    return os.stat(f"{folder}/{name}", follow_symlinks=False).st_ino
