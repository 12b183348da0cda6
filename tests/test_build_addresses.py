"""A build whose content, store and outputs are at addresses gives what a build in folders gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.mirror.manifest import MANIFEST
from tests.addresses import BUCKET, FAILING, clear_memory, disturbed, files_at, files_in, put, put_file
from tests.build_examples import Project, make_project
from tests.conftest import Run

CONTENT, OUT = f"{BUCKET}/content", f"{BUCKET}/out"
PUBLISHED = ("datapackage", "site")

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in the working directory, the content of which is at an address, too."""
    clear_memory()
    made = make_project(tmp_path / "project")
    put(made.content, CONTENT)
    monkeypatch.chdir(made.root)
    return made


def published(address: str) -> dict[str, bytes]:
    return {name: data for name, data in files_at(address).items() if not name.endswith(MANIFEST)}


@pytest.mark.journey
def test_content_and_outputs_at_addresses_give_the_same_site(run: Run, project: Project) -> None:
    def build(*options: object) -> str:
        done = run("build", "--jobs", "1", *options)
        assert (done.status, done.err) == (0, "")
        return done.out

    assert "of 4 city-years" not in build()
    here = {name: files_in(project.root / name) for name in PUBLISHED}
    assert "0 of 4 city-years were made" in build("--content", CONTENT), "it is the same content"
    assert {name: files_in(project.root / name) for name in PUBLISHED} == here

    where = ("--content", CONTENT, "--out", OUT, "--store", "build/cache")
    said = build(*where)
    assert "0 of 4 city-years were made" in said
    assert f"{OUT}/datapackage: 5 packages" in said and f"{OUT}/site: " in said and "--site build/out/site" in said
    assert {name: published(f"{OUT}/{name}") for name in PUBLISHED} == here
    assert files_at(CONTENT) == files_in(project.content)
    before = files_at(OUT)
    build(*where)
    assert files_at(OUT) == before

    released = run("release", "2025-01-31", "--content", CONTENT)
    assert (released.status, released.err) == (0, "")
    assert f"commit it with {CONTENT}/changes/2025-01-31.yml" in released.out
    new = files_at(CONTENT).keys() - files_in(project.content).keys()
    assert {name.split("/")[0] for name in new} == {"changes", "releases"} and "changes/2025-01-31.yml" in new

    assert "[publish-missing]" in run("build", "--out", "memory://no/such").err
    assert "[address-unknown]" in run("build", "--out", "nothing-of-that-name://x").err
    put_file(f"{OUT}/site/theirs/index.html", b"theirs")
    put_file(f"{CONTENT}/registers/testville/2023/livelihood.yml", b"place: [")
    broken = run("build", "--jobs", "1", *where)
    assert broken.status == 1
    assert broken.err.startswith(f"{CONTENT}/registers/testville/2023/livelihood.yml:") and "scratch" not in broken.err
    assert published(f"{OUT}/site")["theirs/index.html"] == b"theirs"


def test_a_part_is_made_of_content_at_an_address(run: Run, project: Project) -> None:
    """As far as it is told apart from others: it is built like any site then."""
    put_file(
        f"{CONTENT}/parts.yml",
        b"home: https://example.org/\nparts:\n- place: testville\n  address: https://example.org/t/\n",
    )
    said = run("build", "--content", CONTENT, "--part", "atlantis")
    assert said.status == 1 and said.err.startswith(f"{CONTENT}/parts.yml: [part-unknown]"), said.err


@pytest.mark.journey
def test_an_output_that_stops_in_the_middle_is_mended_by_the_next_run(run: Run, project: Project) -> None:
    def fail(write: int) -> None:
        if write > 30:
            raise OSError(28, "No space left on device")

    with disturbed(fail):
        done = run("build", "--jobs", "1", "--out", f"{FAILING}/out")
    assert done.status == 1 and len(done.err.splitlines()) == 1
    assert done.err.startswith(f"{FAILING}/out/") and "No space left on device" in done.err
    assert not json.loads(files_at(f"{OUT}/site").get(MANIFEST, b'{"complete": false}'))["complete"]
    assert run("build", "--jobs", "1", "--out", OUT).status == 0
    for name in PUBLISHED:
        assert published(f"{OUT}/{name}") == files_in(project.root / "build" / "out" / name)
