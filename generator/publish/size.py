"""How large a build is, against what GitHub takes: a site of 1 GB on Pages, a file of 100 MiB in a repository.

Sources: “GitHub Pages limits” and “About large files on GitHub” in GitHub's documentation.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.listing import walk_inodes

SITE_BYTES = 1_000_000_000
FILE_BYTES = 100 * 1024 * 1024
_WARNED_SHARE = 0.8
_LARGEST = 5


@dataclass(frozen=True)
class Limits:
    """The most bytes of the site, and of one file that is committed to git; 0 is no limit."""

    site: int = SITE_BYTES
    file: int = FILE_BYTES


@dataclass(frozen=True)
class Size:
    """Bytes and number of the files of a folder, and the folders, two levels deep, that take most of it."""

    bytes: int
    files: int
    largest: tuple[tuple[str, int], ...]


def measure_files(files: Iterable[tuple[str, int]]) -> Size:
    """The size of files, given as path and bytes; those beside no other folder are those of ``.``."""
    sizes, count = Counter[str](), 0
    for path, size in files:
        sizes[path.rpartition("/")[0]] += size
        count += 1
    folders = Counter[str]()
    for folder, size in sizes.items():
        folders["/".join(folder.split("/")[:2]) or "."] += size
    largest = sorted(((name, size) for name, size in folders.items() if size), key=lambda item: (-item[1], item[0]))
    return Size(folders.total(), count, tuple(largest[:_LARGEST]))


def measure_folder(folder: Path) -> Size:
    """The size of everything below a folder."""
    paths = (path for path, _ in walk_inodes(str(folder)))
    return measure_files((path, os.stat(f"{folder}/{path}", follow_symlinks=False).st_size) for path in paths)


def check_site_size(size: Size, name: Path, limit: int) -> list[Problem]:
    """A warning for a site of 80 % of the limit and more; ``name`` is what messages call it.

    Raises BuildError, with the largest folders, over the limit.
    """
    if not limit or size.bytes < _WARNED_SHARE * limit:
        return []
    largest = ", ".join(f"{folder} {render_bytes(taken)}" for folder, taken in size.largest)
    found = f"{render_bytes(size.bytes)} in {size.files:,} files; the largest folders are {largest}"
    expected = f"expected at most {render_bytes(limit)} (GitHub Pages takes 1 GB)"
    if size.bytes > limit:
        remedy = "publish fewer years or formats, or, for a server of your own, name another limit with --max-bytes"
        raise BuildError(Problem(name, 0, "site-too-large", found, expected, remedy))
    return [Problem(name, 0, "site-large", found, expected, "it is built; plan for what will be left out")]


def check_file_sizes(folder: Path, name: Path, limit: int) -> list[Problem]:
    """A warning for each file, of those that are committed, from 80 % of the limit on; they are named below ``name``.

    Raises BuildError over it.
    """
    paths = (f"{parent}/{name}" for parent, _, names in os.walk(folder) for name in names)
    sizes = {path: size for path in paths if limit and (size := os.stat(path).st_size) >= _WARNED_SHARE * limit}
    expected = f"expected at most {render_bytes(limit)} (GitHub refuses a push with a file over 100 MiB)"
    remedy = "leave the file out of git, or, for another host, name another limit with --max-file-bytes"
    problems = {
        path: Problem(name / Path(path).relative_to(folder), 0, "file-too-large", render_bytes(size), expected, remedy)
        for path, size in sorted(sizes.items())
    }
    refused = [problem for path, problem in problems.items() if sizes[path] > limit]
    if refused:
        raise BuildError(*refused)
    return list(problems.values())


def render_bytes(size: int) -> str:
    """Bytes in the unit that people read, a thousand each: ``31.4 MB``."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
