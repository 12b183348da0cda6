"""A build by a Dask cluster of which a worker, or the scheduler, is killed in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.bench.corpus import write_corpus
from generator.store import FolderStore
from tests.cluster import Cluster, wait_until
from tests.conftest import REPOSITORY
from tests.test_reproducible import differences, digests

COMMITMENTS = 400
PUBLISHED = ("datapackage", "build/docs", "build/downloads", "site")

pytestmark = [pytest.mark.slow, pytest.mark.journey]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is in the extra duixian[cluster]")
    (tmp_path / "cluster").mkdir()
    found = Cluster(tmp_path / "cluster")
    try:
        found.wait_for_workers()
        yield found
    finally:
        found.stop()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_corpus(REPOSITORY / "content", tmp_path / "content", COMMITMENTS)
    return tmp_path / "content"


def start_build(content: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--out", str(out), *options]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_of(running: subprocess.Popen[str]) -> tuple[int, str]:
    _, complained = running.communicate(timeout=400)
    return running.returncode, complained


def assert_same(one: Path, other: Path) -> None:
    for folder in PUBLISHED:
        assert len(digests(one / folder)) > 3
        assert differences(digests(one / folder), digests(other / folder)) == []


@pytest.mark.parametrize("address", ["{}", "file://{}"])
def test_a_cluster_of_which_a_worker_is_killed_builds_the_same(
    cluster: Cluster, content: Path, tmp_path: Path, address: str
) -> None:
    local, shared, store = tmp_path / "local", tmp_path / "shared", tmp_path / "store"
    assert end_of(start_build(content, local, "--jobs", "1")) == (0, "")

    running = start_build(content, shared, "--scheduler", cluster.address, "--store", address.format(store))
    wait_until(lambda: FolderStore(store).names("years"), seconds=300)
    cluster.workers[0].kill()

    assert end_of(running) == (0, "")
    assert_same(local, shared)


def test_a_scheduler_that_goes_away_is_one_message_and_the_last_site_stays(
    cluster: Cluster, content: Path, tmp_path: Path
) -> None:
    out, store = tmp_path / "out", tmp_path / "store"
    assert end_of(start_build(content, out)) == (0, "")
    before = {folder: digests(out / folder) for folder in ("datapackage", "site")}
    register = next((content / "registers").rglob("*.yml"))
    register.write_text(register.read_text(encoding="utf-8").replace("text: ", "text: 另", 1), encoding="utf-8")

    running = start_build(content, out, "--scheduler", cluster.address, "--store", str(store))
    wait_until(lambda: FolderStore(store).names("years"), seconds=300)
    cluster.scheduler.kill()
    status, complained = end_of(running)

    assert status == 1
    (line,) = complained.splitlines()
    assert "[scheduler-lost]" in line
    assert {folder: digests(out / folder) for folder in before} == before
