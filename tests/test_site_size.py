"""How large a site may be: said after a build, warned of in time, refused with what takes the room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.publish import Limits, measure_folder, render_bytes
from generator.publish.size import FILE_BYTES, SITE_BYTES, check_file_sizes, check_site_size
from tests import page_examples as examples
from tests.conftest import REPOSITORY, Run
from tests.test_site import make_content


def write_files(folder: Path, sizes: dict[str, int]) -> Path:
    for name, size in sizes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * size)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    sizes = {"index.html": 10, "data/all/a.csv": 500, "data/all/deep/b.csv": 100, "hangzhou/2024/index.html": 200}
    return write_files(tmp_path / "site", {**sizes, "hangzhou/index.html": 50, "themes/index.html": 5, "a/b.html": 5})


def test_a_folder_is_measured_with_what_takes_the_room(site: Path) -> None:
    size = measure_folder(site)
    assert (size.bytes, size.files) == (870, 7)
    assert size.largest == (("data/all", 600), ("hangzhou/2024", 200), ("hangzhou", 50), (".", 10), ("a", 5))


@pytest.mark.parametrize(
    ("limit", "code"), [(0, ""), (2000, ""), (1088, ""), (1087, "site-large"), (870, "site-large")]
)
def test_a_site_within_its_limit_is_built_and_warned_of_in_time(site: Path, limit: int, code: str) -> None:
    warnings = check_site_size(measure_folder(site), Path("site"), limit)
    assert [warning.code for warning in warnings] == [code] * bool(code)


def test_a_site_over_its_limit_is_refused_with_its_largest_folders(site: Path) -> None:
    with pytest.raises(BuildError) as refused:
        check_site_size(measure_folder(site), Path("site"), 869)
    (problem,) = refused.value.problems
    assert str(problem).startswith("site: [site-too-large] 870 bytes in 7 files; the largest folders are data/all 600")
    assert "--max-bytes" in problem.remedy


def test_files_that_github_does_not_take_are_refused(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"all/a.csv": 101, "all/b.csv": 80, "all/c.csv": 79})
    with pytest.raises(BuildError, match=r"a\.csv: \[file-too-large\] 101 bytes.*--max-file-bytes") as refused:
        check_file_sizes(folder, folder, 100)
    assert len(refused.value.problems) == 1
    assert [Path(warning.path).name for warning in check_file_sizes(folder, folder, 101)] == ["a.csv"]
    assert check_file_sizes(folder, folder, 0) == []


def test_the_limits_are_those_of_github() -> None:
    assert Limits() == Limits(SITE_BYTES, FILE_BYTES) == Limits(1_000_000_000, 104_857_600)
    assert [render_bytes(size) for size in (999, 1000, 31_449_999, 10**9)] == [
        "999 bytes",
        "1.0 KB",
        "31.4 MB",
        "1.0 GB",
    ]


@pytest.mark.slow
@pytest.mark.journey
def test_a_build_says_its_size_and_one_that_is_too_large_leaves_the_last_site(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPOSITORY)
    arguments = ("build", "--content", make_content(tmp_path, examples.Words()), "--out", tmp_path)
    said = run(*arguments)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    size = render_bytes(sum(path.stat().st_size for path in files))
    assert (said.status, said.err) == (0, "") and f"{len(files):,} files, {size}" in said.out
    assert "built for https://" in said.out
    before = {path: path.stat().st_mtime_ns for path in files}
    refused = run(*arguments, "--max-bytes", 100_000)
    assert refused.status == 1 and "site: [site-too-large]" in refused.err and "assets/" in refused.err
    refused = run(*arguments, "--max-file-bytes", 2000)
    assert refused.status == 1 and "datapackage.json: [file-too-large]" in refused.err
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()} == before
    assert json.loads((tmp_path / "datapackage/all/datapackage.json").read_text(encoding="utf-8"))["name"]
