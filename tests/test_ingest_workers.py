"""Documents read by several processes, and by a cluster of which a worker or the scheduler is killed in the middle."""

from __future__ import annotations

import hashlib
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import BuildError, ContentError
from generator.ingest import Desk
from generator.workers import open_workers
from tests.cluster import Cluster, wait_until
from tests.golden import FIXTURES, REPOSITORY, fixture_content
from tests.test_workers import PROBLEM, double, pid, refuse

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is in the extra duixian[cluster]")
    found = Cluster(tmp_path)
    try:
        found.wait_for_workers()
        yield found
    finally:
        found.stop()


def start_ingest(content: Path, *options: str) -> subprocess.Popen[str]:
    where = ("--content", str(content), "--documents", str(FIXTURES / "documents"))
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "ingest", *where, *options],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ingest(content: Path, *options: str) -> tuple[int, str, str]:
    """Exit status, what is said, and what is complained of."""
    return end_of(start_ingest(content, *options), content)


def end_of(running: subprocess.Popen[str], content: Path) -> tuple[int, str, str]:
    told, complained = (text.replace(str(content), "CONTENT") for text in running.communicate(timeout=300))
    return running.returncode, told, complained


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[int, str, str]]:
    """The content of the fixtures as one process alone reads it, and what it says."""
    content = fixture_content(tmp_path_factory.mktemp("local"))
    return content, ingest(content, "--jobs", "1")


def digests(content: Path) -> dict[str, str]:
    found = sorted(path for path in (content / "registers").rglob("*") if path.is_file())
    return {path.relative_to(content).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_several_processes_write_and_say_the_same(tmp_path: Path) -> None:
    one, two = (fixture_content(tmp_path / name) for name in ("one", "two"))
    broken = next((two / "documents").glob("*.yml")).name
    for content in (one, two):
        (content / "documents" / broken).write_text("document: none.txt\n", encoding="utf-8")

    alone, together = ingest(one, "--jobs", "1"), ingest(two, "--jobs", "2")

    assert together == alone
    assert alone[0] == 1 and broken in alone[2] and alone[1].count("commitments") > 10
    assert digests(two) == digests(one) and len(digests(one)) > 10


def test_large_documents_are_sent_to_other_machines_alone(tmp_path: Path) -> None:
    """To a process of this machine their paths are enough."""
    content, document = fixture_content(tmp_path), tmp_path / "made.txt"
    document.write_bytes(b"x" * 1_000_000)
    sidecar = content / "documents" / "made.yml"
    stated = next((content / "documents").glob("*.yml")).read_text(encoding="utf-8")
    sidecar.write_text(re.sub(r"(?m)^document: .*$", "document: made.txt", stated), encoding="utf-8")
    near, far = (Desk(content, tmp_path, carry=carry).papers(sidecar) for carry in (False, True))
    assert near.read(document) == far.read(document) == document.read_bytes()
    document.unlink()
    assert len(far.read(document)) == 1_000_000
    with pytest.raises(FileNotFoundError):
        near.read(document)
    assert len(pickle.dumps(far)) - len(pickle.dumps(near)) > 1_000_000 > len(pickle.dumps(near))


def test_results_and_refusals_of_a_cluster_are_those_of_a_process(cluster: Cluster) -> None:
    with open_workers(scheduler=cluster.address) as workers:
        assert workers.count == 2
        assert list(workers.run(double, range(40))) == [2 * number for number in range(40)]
        assert len(set(workers.run(pid, range(40)))) == 2
        with pytest.raises(ContentError) as caught:
            list(workers.run(refuse, range(40)))
    assert caught.value.problems == (PROBLEM, PROBLEM)


@pytest.mark.journey
@pytest.mark.parametrize("said", ["def code_digest(): return 'of another version'", ""])
def test_a_cluster_with_another_program_is_refused(tmp_path: Path, said: str) -> None:
    """It would make something else under the name of ours, or never answer."""
    pytest.importorskip("distributed", reason="distributed is in the extra duixian[cluster]")
    (tmp_path / "other" / "generator").mkdir(parents=True)
    (tmp_path / "other" / "generator" / "__init__.py").touch()
    (tmp_path / "other" / "generator" / "defaults.py").write_text(said, encoding="utf-8")
    cluster = Cluster(tmp_path, program=tmp_path / "other")
    try:
        cluster.wait_for_workers()
        with pytest.raises(BuildError) as refused, open_workers(scheduler=cluster.address):
            pass
    finally:
        cluster.stop()
    assert [problem.code for problem in refused.value.problems] == ["scheduler-program"] * 3
    assert cluster.address in {problem.path for problem in refused.value.problems}


@pytest.mark.journey
def test_a_cluster_of_which_a_worker_is_killed_writes_the_same(
    cluster: Cluster, tmp_path: Path, local: tuple[Path, tuple[int, str, str]]
) -> None:
    shared, (content, alone) = fixture_content(tmp_path / "shared"), local

    running = start_ingest(shared, "--scheduler", cluster.address)
    wait_until(lambda: any((shared / "registers").rglob("*.yml")))
    cluster.workers[0].kill()

    assert end_of(running, shared) == alone and alone[0] == 0
    assert digests(shared) == digests(content) and len(digests(content)) > 10


@pytest.mark.journey
def test_a_scheduler_that_is_killed_leaves_whole_registers_and_one_message(
    cluster: Cluster, tmp_path: Path, local: tuple[Path, tuple[int, str, str]]
) -> None:
    shared, (content, alone) = fixture_content(tmp_path / "shared"), local
    assert alone[0] == 0

    running = start_ingest(shared, "--scheduler", cluster.address)
    wait_until(lambda: any((shared / "registers").rglob("*.yml")))
    cluster.scheduler.kill()
    status, _, complained = end_of(running, shared)

    assert status == 1
    (line,) = complained.splitlines()
    assert "[scheduler-lost]" in line
    assert digests(shared).items() <= digests(content).items() and not [*shared.rglob("*.tmp"), *shared.rglob(".*")]
