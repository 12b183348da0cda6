"""What all tests share: where things are, a content folder of one's own, and the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import registers
from generator.__main__ import main
from generator.model import Commitment
from tests.own import OWN_REGISTERS, missing

REPOSITORY = Path(__file__).resolve().parent.parent
FIXTURES = REPOSITORY / "tests" / "fixtures"
SOURCES = Path(os.environ.get("DUIXIAN_SOURCES") or REPOSITORY / "../shared/sources").resolve()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What must not leak into a build: the order of sets, the time zone, the language, rights, and where it is made.
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"},
)
UMASKS = (0o022, 0o077)


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
Read = Callable[..., tuple[Commitment, ...]]


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, and say why; CI has a browser, so there its absence is a failure."""
    no_browser = pytest.mark.skip(reason="no Chromium on this machine; .ci/run installs one")
    no_sources = pytest.mark.skip(reason=f"no source documents at {SOURCES.name}/; set DUIXIAN_SOURCES")
    for item in items:
        if item.get_closest_marker("browser") and not find_browser() and not os.environ.get("CI"):
            item.add_marker(no_browser)
        if item.get_closest_marker("corpus") and not SOURCES.is_dir():
            item.add_marker(no_sources)
        for mark in item.iter_markers("own"):
            if unknown := set(mark.args) - set(OWN_REGISTERS):
                raise pytest.UsageError(f"{item.nodeid}: {unknown} is none of OWN_REGISTERS in tests/own.py")
            if lost := missing(mark.args):
                item.add_marker(pytest.mark.skip(reason=lost))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the source documents; tests that use it are marked ``corpus``."""
    return SOURCES


@pytest.fixture(scope="session")
def our_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build from nothing of what the repository holds: ``our_build / "site"``."""
    return _build_once(tmp_path_factory, 0)


@pytest.fixture(scope="session")
def builds(our_build: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """That one, and another in other surroundings."""
    return our_build, _build_once(tmp_path_factory, 1)


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[], str]) -> str:
    """The text that ``make`` gives. Where tests run on several workers the first to ask makes it, the others wait."""
    said = shared_folder(tmp_path_factory) / f"{name}.txt"
    try:
        said.with_suffix(".lock").mkdir()
    except FileExistsError:
        _wait_for(said)
    else:
        unfinished = said.with_suffix(".part")
        unfinished.write_text(make(), encoding="utf-8")
        unfinished.replace(said)
    return said.read_text(encoding="utf-8")


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of the tests see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network at all; nothing where this system has no such way."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which(command[0]) and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        return command
    return ()


def _build_once(tmp_path_factory: pytest.TempPathFactory, number: int) -> Path:
    """The folder of one of the builds; the second is made without network if that can be."""
    out = shared_folder(tmp_path_factory) / ("first", "another-folder")[number]
    command = [*(without_network() if number else ()), sys.executable, "-m", "generator", "build", "--out", str(out)]
    failed = once(tmp_path_factory, out.name, lambda: _build(command, SURROUNDINGS[number], UMASKS[number]))
    assert not failed, failed
    return out


def _build(command: Sequence[str], surroundings: dict[str, str], umask: int) -> str:
    """What was said where it failed, else nothing."""
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        umask=umask,
        timeout=400,
        check=False,
    )
    return done.stdout.decode() if done.returncode else ""


def _wait_for(path: Path, seconds: int = 420) -> None:
    for _ in range(seconds * 5):
        if path.exists():
            return
        time.sleep(0.2)
    raise TimeoutError(f"{path} is not there after {seconds} seconds")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of one's own: places and publication of the fixtures, our other words, and nothing read yet."""
    folder = tmp_path / "content"
    for name in ("lookups", "schemas"):
        shutil.copytree(REPOSITORY / "content" / name, folder / name)
    for name in ("places.yml", "publication.yml"):
        shutil.copy(FIXTURES / "content" / name, folder)
    for name in ("documents", "registers"):
        (folder / name).mkdir()
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line and give what it printed: ``run("ingest", "--content", folder)``."""
    monkeypatch.delenv("DUIXIAN_DEBUG", raising=False)

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def read(content: Path, run: Run, tmp_path: Path) -> Read:
    """Read a text as a new document of a city of the fixtures, with ``new`` and ``ingest`` alone: ``read(text)``."""

    def call(text: str, name: str = "") -> tuple[Commitment, ...]:
        document = tmp_path / (name or ("notice.html" if "<table" in text else "notice.txt"))
        document.write_text(text, encoding="utf-8")
        new = run("new", document, "--place", "云溪市", "--year", 2024, "--content", content)
        assert new.status == 0, new.err
        ingested = run("ingest", "--documents", tmp_path, "--content", content)
        assert ingested.status == 0, ingested.err
        (path,) = registers.find_registers(content)
        return registers.load_register(path).commitments

    return call
