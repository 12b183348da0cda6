"""Reading and building by workers that see no folder of ours, all that is read and written being at addresses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.mirror.manifest import MANIFEST
from generator.workers import open_workers
from tests.addresses import files_in
from tests.cluster import Cluster, can_read
from tests.conftest import FIXTURES, REPOSITORY
from tests.golden import fixture_content

pytestmark = [pytest.mark.slow, pytest.mark.journey]


class Away:
    """Folders that stand for what lies elsewhere, by their addresses, and the folder that the user works in."""

    def __init__(self, root: Path, scratch: Path) -> None:
        root.mkdir()
        self.root, self.scratch = root, scratch
        self.content = fixture_content(root)
        shutil.copy(FIXTURES / "content" / "publication.yml", self.content)
        shutil.copytree(FIXTURES / "documents", root / "sources")
        for sidecar in (self.content / "documents").glob("*.yml"):  # a package has a date
            if "\nwritten_on:" not in (stated := sidecar.read_text(encoding="utf-8")):
                sidecar.write_text(f"{stated}written_on: 2024-03-01\n", encoding="utf-8")
        for name in ("cluster", "out", "work"):
            (root / name).mkdir()
        shutil.copy(REPOSITORY / "mkdocs.yml", root / "work")

    def address(self, name: str) -> str:
        return f"file://{self.root / name}"

    def run(self, *arguments: str) -> str:
        """What a command says that is run where the user works. Fails the test where it complains."""
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=self.root / "work",
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(self.scratch)},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        assert (done.stderr, done.returncode) == ("", 0)
        return done.stdout


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary files with a name that is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="dx") as name:
        yield Path(name)


@pytest.fixture
def away(tmp_path: Path, scratch: Path) -> Away:
    pytest.importorskip("distributed", reason="distributed is in the extra duixian[cluster]")
    return Away(tmp_path / "away", scratch)


@pytest.fixture
def cluster(away: Away) -> Iterator[Cluster]:
    ours = [away.root / name for name in ("content", "sources", "out", "work")]
    found = Cluster(away.root / "cluster", blind_to=[*ours, away.scratch])
    try:
        found.wait_for_workers()
        yield found
    finally:
        found.stop()


def test_workers_that_see_no_folder_of_ours_read_and_build_the_same(
    away: Away, cluster: Cluster, tmp_path: Path
) -> None:
    with open_workers(scheduler=cluster.address) as workers:
        seen = (__file__, *(str(away.root / name) for name in ("content/places.yml", "work/mkdocs.yml")))
        assert [*workers.run(can_read, seen)] == [True, False, False]
    local = Away(tmp_path / "local", away.scratch)
    folders = ("--content", str(local.content), "--documents", str(local.root / "sources"))
    addresses = ("--content", away.address("content"), "--documents", away.address("sources"))
    told = local.run("ingest", *folders)
    assert away.run("ingest", *addresses, "--scheduler", cluster.address) == told.replace(
        str(local.content), away.address("content")
    )
    assert told.count("commitments") > 10
    assert files_in(away.content) == files_in(local.content)

    local.run("build", "--content", str(local.content), "--out", str(local.root / "out"))
    where = ("--content", away.address("content"), "--out", away.address("out"), "--store", away.address("store"))
    said = away.run("build", *where, "--scheduler", cluster.address)
    assert f"{away.address('out')}/site: " in said and "of the others" not in said
    for name in ("datapackage", "site"):
        made = files_in(away.root / "out" / name)
        assert made.pop(MANIFEST) and made == files_in(local.root / "out" / name) and len(made) > 10
    again = away.run("build", *where, "--scheduler", cluster.address)
    assert "\n0 of " in again
    left = {path.name for path in (away.root / "cluster").iterdir()}
    assert left <= {"blind", "one", "two", "scheduler.json", "scheduler.log", "worker.log"}, "workers wrote there"
