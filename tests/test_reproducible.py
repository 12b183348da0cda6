"""The same bytes of registers, packages and site for two machines, two users, two times and random seeds of hashes.

The committed packages are what a build gives, and a build needs no network.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.package import validate_packages
from generator.package.formats import SUFFIXES
from tests.conftest import REPOSITORY, without_network
from tests.golden import FIXTURES, fixture_content
from tests.machines import MACHINES, Place, make_place

PROGRAM = """
import shutil
from pathlib import Path
from generator import registers
from generator.ingest import find_sidecars, ingest_document
from tests.golden import FIXTURES
from tests.package_examples import write
content = Path("content")
for sidecar in find_sidecars(content):
    for register in ingest_document(sidecar, content, FIXTURES / "documents"):
        registers.write_register(content, register)
write(Path("packages"))
"""
#: Fixtures that are read in the short form: a plain text, a page, and tables of districts.
READ = ("yunxi-2021-feedback", "jingji-2024-key-work", "yunxi-2025-livelihood")
#: What a machine is asked to prove that it is another.
WHO = """
import os, socket, time
from pathlib import Path
names = os.listdir()
print(os.getuid(), socket.gethostname(), int(time.time()), time.strftime("%Z"), hash("a"), Path.home(), Path.cwd(),
      names == sorted(names, reverse=True), len(os.sched_getaffinity(0)), sep="|")
"""


def digests(folder: Path) -> dict[str, str]:
    """Path below the folder → SHA-256, for every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def modes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def places() -> Iterator[tuple[Place, ...]]:
    """The folders of two machines, with the documents of the fixtures and what people say of them."""
    with tempfile.TemporaryDirectory(prefix="two-machines-") as name:
        base = Path(name)
        base.chmod(0o755)
        yield tuple(make_place(machine, base) for machine in MACHINES)


def fill(place: Place, documents: Sequence[str] = ()) -> None:
    """Put the sidecars of these fixtures on a machine, of all without any named, as old as its files are."""
    content = fixture_content(place.root)
    for path in (content / "documents").glob("*.yml"):
        said = path.read_text(encoding="utf-8")
        if documents and path.stem not in documents:
            path.unlink()
        elif not re.search(r"^(written_on|published_on|as_of):", said, re.MULTILINE):
            year = re.search(r"^year: (\d{4})$", said, re.MULTILINE)
            assert year, path
            path.write_text(f"{said}written_on: {year[1]}-01-31\n", encoding="utf-8")  # or nothing may be published
    shutil.copytree(FIXTURES / "documents", place.root / "documents")
    shutil.copy(REPOSITORY / "mkdocs.yml", place.root)
    shutil.copy(FIXTURES / "content" / "publication.yml", content)
    place.give()


def say_what_is_lacking(places: Sequence[Place]) -> None:
    if lacks := [one for place in places for one in place.lacks]:
        warnings.warn(f"compared without {', '.join(lacks)}: this machine cannot play it", stacklevel=2)


def test_the_machines_are_unlike(places: tuple[Place, ...]) -> None:
    """Or the tests below would prove nothing."""
    told = []
    for place in places:
        for name in ("x", "a", "m"):
            (place.root / name).touch()
        place.give()
        told.append(place.run("-c", WHO).strip().split("|"))
    same = [one for one, other in zip(*told, strict=True) if one == other]
    processors = [cells.pop() for cells in told]
    assert processors[1] == "1"
    lacks = {one for place in places for one in place.lacks}
    may_be_same = {one for one in same if lacks or one == processors[0] == "1"}
    assert set(same) <= may_be_same, same
    if not any("clock" in one for one in lacks):
        assert int(told[1][2]) - int(told[0][2]) > 10 * 365 * 24 * 3600


def test_registers_and_packages_are_the_same_bytes_on_two_machines(places: tuple[Place, ...]) -> None:
    """The short form: three documents read, and packages of every format written, in a process of each machine."""
    for place in places:
        fill(place, READ)
        place.run("-c", PROGRAM)
    one, other = (place.root for place in places)
    for folder in ("content/registers", "packages"):
        assert differences(digests(one / folder), digests(other / folder)) == []
    assert len(digests(one / "content" / "registers")) == len(READ)
    assert {Path(name).suffix for name in digests(one / "packages")} == {".csv", ".json", *SUFFIXES}


@pytest.mark.slow
@pytest.mark.journey
def test_two_machines_give_the_same_registers_packages_and_site(places: tuple[Place, ...]) -> None:
    """Every document of the fixtures, from its text to the published site, by other hands at another time."""
    say_what_is_lacking(places)
    for place in places:
        fill(place)
        jobs = ("--jobs", str(place.machine.jobs), "--content", "content")
        place.run("-m", "generator", "ingest", "--documents", "documents", *jobs)
        place.run("-m", "generator", "build", "--out", "out", *jobs)
    one, other = (place.root for place in places)
    for folder, least in (("content/registers", 15), ("out/datapackage", 100), ("out/site", 300)):
        found = digests(one / folder)
        assert len(found) > least, f"{folder} is as good as empty, so this proves nothing"
        assert differences(found, digests(other / folder)) == [], folder
    # Who reviews a register may be another than who wrote it; what is published gets its rights from `publish`.
    assert {*modes(one / "content/registers").values(), *modes(other / "content/registers").values()} == {0o644}
    assert [name for root in (one, other) for name, mode in modes(root / "out").items() if mode & 0o111] == []


def test_nothing_in_the_program_asks_for_clock_or_machine() -> None:
    """What is never asked cannot show: no time of day, no name of machine or user anywhere in the generator."""
    clock = r"datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|strftime|ctime)"
    who = r"gethostname|getfqdn|getuser|getlogin|uuid1|uuid4|os\.uname|platform\.\w+|locale\.\w+"
    asks = re.compile(rf"\b({clock}|{who})\(")
    sources = sorted((REPOSITORY / "generator").rglob("*.py"))
    texts = {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in sources}
    assert len(texts) > 200 and asks.search("x = datetime.now(UTC)") and asks.search("socket.gethostname()")
    assert [f"{name}: {match[0]}" for name, text in texts.items() for match in asks.finditer(text)] == []


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
