"""The same registers give the same bytes: two builds agree, and the committed packages are what a build gives."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def digests(folder: Path) -> dict[str, str]:
    """Path below the folder → SHA-256, for every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("folder", ["datapackage", "build/docs", "build/downloads", "site"])
def test_two_builds_are_byte_identical(builds: tuple[Path, Path], folder: str) -> None:
    one, other = (digests(out / folder) for out in builds)
    assert len(one) > 3, f"{folder} is as good as empty, so this proves nothing"
    assert differences(one, other) == []


def test_the_committed_packages_are_what_the_registers_give(builds: tuple[Path, Path], repository: Path) -> None:
    assert differences(digests(builds[0] / "datapackage"), digests(repository / "datapackage")) == [], (
        "run `make build` and commit datapackage/: its difference is the history of the data"
    )


def test_nothing_of_this_machine_is_published(builds: tuple[Path, Path], repository: Path) -> None:
    """No page, package or search index names a folder of the machine that built it."""
    names = {str(builds[0]).encode(), str(repository).encode(), str(Path.home()).encode()} - {b"/"}
    for folder in ("datapackage", "site"):
        for path in (builds[0] / folder).rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert not [name for name in names if name + b"/" in data], path
