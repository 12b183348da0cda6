"""What all tests share: where things are, a content folder of one's own, and the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.__main__ import main

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = Path(os.environ.get("DUIXIAN_SOURCES") or REPOSITORY / "../shared/sources").resolve()
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What must not leak into a build: the order of sets, the time zone, the language, and where it is made.
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"},
)


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


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


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the source documents; tests that use it are marked ``corpus``."""
    return SOURCES


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of two builds from nothing, side by side, each in surroundings of its own: ``builds[0] / "site"``.

    Tests that use them are marked ``xdist_group("builds")``, so that one worker builds for all of them.
    """
    outs = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("another-folder")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "generator", "build", "--out", str(out)],
            cwd=REPOSITORY,
            env=os.environ | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for out, extra in zip(outs, SURROUNDINGS, strict=True)
    ]
    for process in running:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said.decode()
    return outs


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of one's own: the repository's places, lookups and schemas, and nothing read yet."""
    folder = tmp_path / "content"
    for name in ("lookups", "schemas"):
        shutil.copytree(REPOSITORY / "content" / name, folder / name)
    shutil.copy(REPOSITORY / "content" / "places.yml", folder)
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
