"""The same registers give the same bytes: two builds agree, and the committed packages are what a build gives."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.package import validate_packages
from generator.package.formats import SUFFIXES
from tests.conftest import REPOSITORY, SURROUNDINGS, UMASKS, without_network

WRITE = """
import sys, time
from pathlib import Path
from tests.package_examples import write
time.time = lambda: float(sys.argv[2])
write(Path(sys.argv[1]))
"""
CLOCKS = ("0", "1900000000")


def digests(folder: Path) -> dict[str, str]:
    """Path below the folder → SHA-256, for every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_packages_are_the_same_bytes_whatever_surrounds_the_process(tmp_path: Path) -> None:
    """Another process, seed, time zone, language, clock, umask and folder to stand in: every file of every format."""
    found = []
    for extra, umask, clock in zip(SURROUNDINGS, UMASKS, CLOCKS, strict=True):
        folder = tmp_path / clock
        folder.mkdir()
        command = [sys.executable, "-c", WRITE, "." if clock == "0" else str(folder), clock]
        env = os.environ | extra | {"PYTHONPATH": str(REPOSITORY)}
        subprocess.run(command, cwd=folder if clock == "0" else REPOSITORY.parent, env=env, umask=umask, check=True)
        found.append(digests(folder))
    assert differences(*found) == []
    assert {Path(name).suffix for name in found[0]} == {".csv", ".json", *SUFFIXES}


@pytest.mark.slow
@pytest.mark.journey
@pytest.mark.parametrize("folder", ["datapackage", "build/docs", "build/downloads", "site"])
def test_two_builds_are_byte_identical(builds: tuple[Path, Path], folder: str) -> None:
    one, other = (digests(out / folder) for out in builds)
    assert len(one) > 3, f"{folder} is as good as empty, so this proves nothing"
    assert differences(one, other) == []
    if folder == "build/downloads":
        assert {Path(name).suffix for name in one} == SUFFIXES


@pytest.mark.slow
@pytest.mark.journey
def test_a_build_needs_no_network(builds: tuple[Path, Path]) -> None:
    before = without_network()
    if not before:
        pytest.skip("this system has no `unshare --net`, so the second build had the network")
    reach = [*before, sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9), timeout=5)"]
    assert b"unreachable" in subprocess.run(reach, capture_output=True, check=False).stderr.lower()
    assert (builds[1] / "site" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.journey
def test_the_committed_packages_are_what_the_registers_give(builds: tuple[Path, Path], repository: Path) -> None:
    assert differences(digests(builds[0] / "datapackage"), digests(repository / "datapackage")) == [], (
        "run `make build` and commit datapackage/: its difference is the history of the data"
    )


@pytest.mark.slow
@pytest.mark.journey
@pytest.mark.parametrize("folders", [("datapackage", "build/downloads"), ("site/data", "site/data")])
def test_everything_that_is_published_validates_in_every_format(
    builds: tuple[Path, Path], folders: tuple[str, str]
) -> None:
    packages, downloads = folders
    report = validate_packages(builds[0] / packages, builds[0] / downloads)
    assert report.problems == []
    whole = next(package for package in report.packages if package.folder.name == "all")
    assert [f".{name}" for name in whole.formats if f".{name}" in SUFFIXES] == [".zip", ".xlsx", ".sqlite", ".parquet"]
    assert {"formats", "frictionless", "parts"} <= set(whole.checks) and whole.skipped == []


@pytest.mark.slow
@pytest.mark.journey
def test_nothing_of_this_machine_is_published(builds: tuple[Path, Path], repository: Path) -> None:
    """No page, package or search index names a folder of the machine that built it."""
    names = {str(builds[0]).encode(), str(repository).encode(), str(Path.home()).encode()} - {b"/"}
    for folder in ("datapackage", "site"):
        for path in (builds[0] / folder).rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert not [name for name in names if name + b"/" in data], path
