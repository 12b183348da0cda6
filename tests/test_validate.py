"""``duixian validate``: one report of what was looked at and what was not, then each problem; exit status 1 for any."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from generator.package import validate as validate_module
from tests.assess_examples import ID, YEAR
from tests.conftest import Run
from tests.package_examples import FOLDER, sign, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a build leaves it: datapackage/ and build/downloads/."""
    folder = tmp_path_factory.mktemp("validate")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])
        _, downloads = write(folder)
    (folder / "build").mkdir()
    downloads.rename(folder / "build" / "downloads")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may damage, where no other content is found."""
    monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(made, tmp_path / "made"))


def change_unit(package: Path) -> None:
    """Another unit in CSV and JSON alike, with the hash put right: the package itself is in order."""
    for name in ("csv", "json"):
        path = package / f"responsibilities.{name}"
        path.write_bytes(path.read_bytes().replace("甲局".encode(), "乙局".encode()))
    sign(package, "responsibilities.csv")


def test_the_report_has_a_line_a_package_and_says_what_was_checked(folder: Path, run: Run) -> None:
    ran = run("validate", folder / "datapackage")
    assert (ran.status, ran.err) == (0, "")
    head, *lines = ran.out.splitlines()
    assert head.split() == ["package", "tables", "rows", "formats", "problems"]
    rows = {line.split()[0]: line.split() for line in lines[:2]}
    assert rows["all"][1] == "16" and rows["all"][3:] == [*["csv", "json", "zip", "xlsx", "sqlite", "parquet"], "0"]
    assert rows[FOLDER][3:] == [*["csv", "json", "zip", "xlsx"], "0"]
    said = (
        "2.0 profile",
        "in Chinese and English",
        "hashes",
        "enums and patterns",
        "references between tables",
        "the same rows in every format",
    )
    for check in (*said, "frictionless"):
        assert f"{check}\n" in ran.out
    assert "together the package of everything (all)" in ran.out
    assert "not looked at" not in ran.out
    assert lines[-1] == f"{folder / 'datapackage'}: valid (2 packages)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('  "licenses": [', '  "license": [', "[package-unstated] no licenses"),
        ('  "created": "', '  "made": "', "[package-unstated] no created"),
        ('  "title": "', '  "titel": "', "[package-words] the package: no title"),
        (' · Targets"', '"', "[package-words] targets: no title"),
        ("\\n\\nPermanent id.", "", "[package-words] sources.source_id: no description"),
        (' · leads"', '"', "[package-words] responsibilities.role, code lead: no label"),
    ],
)
def test_what_the_profile_does_not_ask_for_must_be_said(folder: Path, run: Run, old: str, new: str, said: str) -> None:
    """Without the downloads, too, whose copies would tell."""
    shutil.rmtree(folder / "build")
    path = folder / "datapackage" / "all" / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = run("validate", folder / "datapackage")
    assert ran.status == 1 and said in ran.err + ran.out


def test_a_package_that_has_lost_a_key_is_unlike_the_others(folder: Path, run: Run) -> None:
    shutil.rmtree(folder / "build")
    path = folder / "datapackage" / FOLDER / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["schema"].pop("foreignKeys", None)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    ran = run("validate", folder / "datapackage")
    assert ran.status == 1
    assert f"a table targets of another schema than in {folder / 'datapackage' / FOLDER}" in ran.err + ran.out


def test_without_downloads_it_says_so_and_is_content(folder: Path, run: Run) -> None:
    shutil.rmtree(folder / "build")
    ran = run("validate", folder / "datapackage")
    assert ran.status == 0
    assert "not looked at: zip, xlsx, sqlite, parquet (all): no folder of downloads; run `make site`" in ran.out
    assert f"not looked at: zip, xlsx ({FOLDER}): no folder of downloads" in ran.out


def test_downloads_can_be_named(folder: Path, run: Run) -> None:
    (folder / "build" / "downloads").rename(folder / "elsewhere")
    ran = run("validate", folder / "datapackage", "--downloads", folder / "elsewhere")
    assert ran.status == 0 and "sqlite" in ran.out and "not looked at" not in ran.out


@pytest.mark.parametrize("option", ["DIR", "--downloads"])
def test_a_folder_that_is_none_is_one_message(folder: Path, run: Run, option: str) -> None:
    for path, said in ((folder / "nowhere", "no such folder"), (folder / "file", "not a folder")):
        if said == "not a folder":
            path.write_text("", encoding="utf-8")
        arguments = [path] if option == "DIR" else [folder / "datapackage", "--downloads", path]
        ran = run("validate", *arguments)
        assert (ran.status, ran.out) == (1, "")
        (line,) = ran.err.splitlines()
        assert line.startswith(f"{path}: [packages-missing] {said}; expected ") and line.endswith("run `make site`")


def test_problems_come_after_the_table_one_a_line(folder: Path, run: Run) -> None:
    change_unit(folder / "datapackage" / FOLDER)
    ran = run("validate", folder / "datapackage")
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert all(line.startswith(f"{folder}/") and "]" in line and "; expected " in line for line in lines)
    counts = {line.split()[0]: int(line.split()[-1]) for line in ran.out.splitlines()[1:3]}
    assert sum(counts.values()) == len(lines) and counts[FOLDER] > 0
    assert f"{len(lines)} problems (2 packages)" in ran.out
    xlsx = folder / "build" / "downloads" / FOLDER / f"somewhere-{YEAR}.xlsx"
    assert any(line.startswith(f"{xlsx}:2: [package-differs] responsibilities {ID}/lead") for line in lines)
    assert any(line.startswith(f"{xlsx.with_suffix('.zip')}: [package-member-differs]") for line in lines)


def test_a_table_that_cannot_be_read_is_the_only_problem(folder: Path, run: Run) -> None:
    """That rows of other tables are not in it would be said of a table that nobody has looked at."""
    sources = folder / "datapackage" / FOLDER / "sources.csv"
    sources.write_bytes(sources.read_bytes() + b"\n")
    ran = run("validate", folder / "datapackage" / FOLDER)
    assert ran.status == 1
    (line,) = ran.err.splitlines()
    assert line.startswith(f"{sources}: [package-hash]")


@pytest.mark.parametrize("header", [b"source_id\rplace,", b'"' + b"x" * 200_000])
def test_a_header_that_is_none_is_a_problem_and_no_defect_of_ours(folder: Path, run: Run, header: bytes) -> None:
    csv.field_size_limit(131_072)  # as in a process that has read no table yet
    sources = folder / "datapackage" / FOLDER / "sources.csv"
    sources.write_bytes(header + sources.read_bytes())
    sign(sources.parent, sources.name)
    ran = run("validate", folder / "datapackage" / FOLDER)
    assert ran.status == 1
    assert f"{sources}:1: [package-header]" in ran.err and "[internal]" not in ran.err


def test_what_an_error_keeps_from_being_looked_at_is_said(folder: Path, run: Run) -> None:
    (folder / "datapackage" / FOLDER / "targets.csv").write_text("x\n", encoding="utf-8")
    ran = run("validate", folder / "datapackage")
    assert ran.status == 1
    assert f"not looked at: formats, frictionless ({FOLDER}): problems in the package's own files" in ran.out
    assert f"places and years together (all): problems in {folder / 'datapackage' / FOLDER}" in ran.out
    (folder / "datapackage" / FOLDER / "datapackage.json").write_text("{", encoding="utf-8")
    assert f"everything else ({FOLDER}): datapackage.json cannot be read" in run("validate", folder / "datapackage").out


def test_a_package_alone_is_looked_at_alone(folder: Path, run: Run) -> None:
    ran = run("validate", folder / "datapackage" / "all")
    assert ran.status == 0
    assert "not looked at: packages of places and years together: there is no other package" in ran.out


def test_json_holds_the_same_for_programs(folder: Path, run: Run) -> None:
    ran = run("validate", folder / "datapackage", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.status, said["valid"], said["problems"]) == (0, True, [])
    whole, part = said["packages"]
    assert (whole["folder"], part["folder"], part["name"]) == ("all", FOLDER, f"somewhere-{YEAR}")
    assert whole["formats"] == ["csv", "json", "zip", "xlsx", "sqlite", "parquet"]
    assert whole["checks"][-1] == "parts" and whole["not_looked_at"] == [] and whole["rows"] == part["rows"] > 10
    change_unit(folder / "datapackage" / FOLDER)
    ran = run("validate", folder / "datapackage", "--format", "json")
    said = json.loads(ran.out)
    assert (ran.status, said["valid"]) == (1, False)
    assert {"path", "line", "code", "found", "expected", "remedy"} == set(said["problems"][0])


def test_the_data_of_a_published_site_are_looked_at_where_they_lie(folder: Path, run: Run) -> None:
    """There all formats of a package are in one folder."""
    site = folder / "data"
    for part in (folder / "datapackage", folder / "build" / "downloads"):
        shutil.copytree(part, site, dirs_exist_ok=True)
    ran = run("validate", site)
    assert ran.status == 0 and "csv json zip xlsx sqlite parquet" in ran.out
    (site / "all" / "rates.parquet").unlink()
    ran = run("validate", site)
    assert ran.status == 1 and "rates.parquet: [package-file-missing]" in ran.err


def test_a_release_is_no_part_of_the_whole(folder: Path, run: Run) -> None:
    release = folder / "datapackage" / "releases" / "2024-01-01"
    shutil.copytree(folder / "datapackage" / "all", release)
    path = release / "datapackage.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "released": "2024-01-01"}), "utf-8")
    ran = run("validate", folder / "datapackage")
    assert ran.status == 0, ran.err
    assert "not looked at: other formats (releases/2024-01-01): a release has none" in ran.out
