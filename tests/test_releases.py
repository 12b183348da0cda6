"""Releases: the data of a day are kept for good, whoever changes a byte of them is told, and users find them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from generator.changes import load_releases, write_release
from generator.errors import BuildError, ContentError, DuixianError
from generator.model import DataRelease, Remark
from generator.package import check_releases, find_releases, release_package
from generator.package import validate as validate_module
from generator.package.releases import SUMS, release_digest, release_to_zip, render_sums
from generator.pages.changes import render_changes
from generator.pages.data import Download, render_data
from generator.publication import load_publication
from generator.publish.build import build_site
from generator.publish.releasefiles import list_releases, release_index, write_archives
from generator.schemas import load_schemas
from tests import page_examples as examples
from tests.conftest import REPOSITORY, Run
from tests.kept_examples import keep_years
from tests.own import leave_out
from tests.package_examples import PLACES, PUBLICATION, SCHEMAS, example
from tests.packed import write_packages
from tests.test_site import make_content

SITE = "https://example.org/duixian/"
FIRST, SECOND = date(2026, 3, 1), date(2026, 4, 1)
WHY = ("更正", "Corrected")


@pytest.fixture(autouse=True)
def _plain_checks_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frictionless takes a second a package: it is asked where the test says so."""
    if "frictionless" not in request.node.name:
        monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of a small register."""
    folder = tmp_path_factory.mktemp("releases")
    write_packages((example("某事"),), PUBLICATION, PLACES, SCHEMAS, (folder / "datapackage", folder / "downloads"))
    return folder


@pytest.fixture
def packages(written: Path, content: Path, tmp_path: Path) -> Path:
    """A copy of them, and a content folder without any release beside it."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return tmp_path / "datapackage"


def write(content: Path, folder: Path, text: str) -> Path:
    folders = folder / "datapackage", folder / "downloads"
    write_packages((example(text),), load_publication(content), PLACES, load_schemas(content), folders)
    return folder / "datapackage"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what a release is ---------------------------------------------------------------------------


def test_a_release_is_everything_as_it_is_under_its_day(content: Path, packages: Path) -> None:
    folder = release_package(content, packages, FIRST, ("", ""))
    assert folder == content / "releases" / "2026-03-01"
    found, everything = files(folder), files(packages / "all")
    assert set(found) == {*everything, "README.txt", "sbom.cdx.json", SUMS}
    assert {name for name in everything if found[name] != everything[name]} == {"datapackage.json"}
    sums = {line[66:]: line[:64] for line in found[SUMS].decode().splitlines()}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != SUMS}


def test_its_descriptor_says_which_one_it_is(content: Path, packages: Path) -> None:
    release_package(content, packages, FIRST, ("", ""))
    (release,) = find_releases(content)
    said = release.descriptor
    assert (said["name"], said["version"], said["released"]) == ("duixian-2026-03-01", "2026.3.1", "2026-03-01")
    assert said["title"].endswith(" · 2026-03-01")
    assert said["schemaVersion"] == load_publication(content).schema_version
    readme = (release.folder / "README.txt").read_text(encoding="utf-8")
    for words in ("永不改动", "never change", "CC-BY-4.0", "Duixian contributors", "2026.3.1", "某某市人民政府"):
        assert words in readme


@pytest.mark.slow
def test_frictionless_accepts_a_release(content: Path, packages: Path, run: Run) -> None:
    folder = release_package(content, packages, FIRST, ("", ""))
    done = run("validate", folder, "--content", content)
    assert (done.status, done.err) == (0, "")


def test_its_first_record_needs_no_reason_and_holds_the_digest(content: Path, packages: Path) -> None:
    folder = release_package(content, packages, FIRST, ("", ""))
    (record,) = load_releases(content)
    assert (record.day, record.since, record.changes) == (FIRST, FIRST, ())
    assert record.sha256 == hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()


def test_a_record_that_is_there_is_kept_and_gets_the_digest(content: Path, packages: Path) -> None:
    stated = DataRelease(day=FIRST, since=date(2026, 1, 1), reason=Remark(*WHY))
    write_release(content, stated)
    release_package(content, packages, FIRST, ("", ""))
    (record,) = load_releases(content)
    assert (record.since, record.reason) == (stated.since, stated.reason)
    assert len(record.sha256) == 64


def test_the_next_one_says_what_changed_and_leaves_the_first_alone(
    content: Path, packages: Path, tmp_path: Path
) -> None:
    before = files(release_package(content, packages, FIRST, ("", "")))
    write(content, tmp_path, "别的事")
    release_package(content, packages, SECOND, WHY)
    newest, first = load_releases(content)
    assert (newest.day, newest.since, newest.reason.en) == (SECOND, FIRST, "Corrected")
    assert [(one.column, one.old, one.new) for one in newest.changes] == [("text", "某事", "别的事")]
    assert files(content / "releases" / str(first.day)) == before
    assert check_releases(content, load_releases(content)) == []


# --- what is refused -----------------------------------------------------------------------------


def refused(action: Callable[[], object]) -> list[str]:
    with pytest.raises(DuixianError) as error:
        action()
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("day", [FIRST, date(2026, 2, 28)])
def test_a_day_that_is_published_or_before_it_is_refused(content: Path, packages: Path, day: date) -> None:
    release_package(content, packages, FIRST, ("", ""))
    before = files(content)
    assert refused(lambda: release_package(content, packages, day, WHY)) == ["release-day"]
    assert files(content) == before


@pytest.mark.parametrize("half", [("原因", ""), ("", "why")])
def test_a_reason_in_one_language_is_not_lost_in_silence(content: Path, packages: Path, half: tuple[str, str]) -> None:
    assert refused(lambda: release_package(content, packages, FIRST, half)) == ["release-reason"]
    assert not (content / "releases").exists()


def test_changes_without_a_reason_are_refused(content: Path, packages: Path, tmp_path: Path) -> None:
    release_package(content, packages, FIRST, ("", ""))
    write(content, tmp_path, "别的事")
    assert refused(lambda: release_package(content, packages, SECOND, ("", ""))) == ["changes-option"]
    assert not (content / "releases" / "2026-04-01").exists()


def test_a_record_of_other_changes_is_refused(content: Path, packages: Path, tmp_path: Path) -> None:
    release_package(content, packages, FIRST, ("", ""))
    write_release(content, DataRelease(day=SECOND, since=FIRST, reason=Remark(*WHY)))
    write(content, tmp_path, "别的事")
    assert refused(lambda: release_package(content, packages, SECOND, WHY)) == ["release-record"]


def test_what_was_said_of_a_published_day_stays(content: Path, packages: Path) -> None:
    release_package(content, packages, FIRST, ("", ""))
    again = DataRelease(day=FIRST, since=FIRST, reason=Remark(*WHY))
    with pytest.raises(ContentError, match="release-published"):
        write_release(content, again)


def test_without_a_package_there_is_nothing_to_release(content: Path, tmp_path: Path) -> None:
    assert refused(lambda: release_package(content, tmp_path / "nothing", FIRST, WHY)) == ["package-none"]


def test_a_package_that_does_not_validate_is_not_released(content: Path, packages: Path) -> None:
    path = packages / "all" / "commitments.csv"
    path.write_bytes(path.read_bytes() + b"x\n")
    assert "package-hash" in refused(lambda: release_package(content, packages, FIRST, WHY))
    assert not list((content / "releases").glob("*")) and not load_releases(content)


Damage = Callable[[Path], object]


def rewrite(name: str, old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return damage


def rewrite_and_sign(folder: Path) -> None:
    """A cell is changed, and digests and sizes after it, so that only the record outside can tell."""
    rewrite("commitments.csv", "某事", "某人")(folder)
    rewrite("commitments.json", "某事", "某人")(folder)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (one,) = [one for one in descriptor["resources"] if one["path"] == "commitments.csv"]
    one["hash"] = f"sha256:{hashlib.sha256((folder / 'commitments.csv').read_bytes()).hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != SUMS
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (rewrite("commitments.csv", "某事", "某人"), "release-changed"),
        (rewrite("README.txt", "永不", "常常"), "release-changed"),
        (rewrite("datapackage.json", '"version": "2026.3.1"', '"version": "2026.3.2"'), "release-changed"),
        (rewrite_and_sign, "release-changed"),
        (lambda folder: (folder / "rates.json").unlink(), "release-missing"),
        (lambda folder: (folder / "notes.csv").write_text("a\n", encoding="utf-8"), "release-stranger"),
        (lambda folder: (folder / SUMS).write_text("", encoding="utf-8"), "release-changed"),
        (lambda folder: (folder / SUMS).unlink(), "release-changed"),
        (shutil.rmtree, "release-missing"),
        (lambda folder: (folder / "datapackage.json").write_text("{", encoding="utf-8"), "release-invalid"),
        (lambda folder: folder.rename(folder.with_name("2026-03-02")), "release-unrecorded"),
        (lambda folder: folder.rename(folder.with_name("newest")), "release-invalid"),
    ],
)
def test_a_release_that_was_changed_is_refused(
    content: Path, packages: Path, damage: Damage, code: str, run: Run
) -> None:
    damage(release_package(content, packages, FIRST, ("", "")))
    done = run("validate", packages, "--content", content)
    assert done.status == 1 and f"[{code}]" in done.err
    assert code in refused(lambda: release_package(content, packages, SECOND, WHY))


def test_a_release_is_held_against_its_descriptor_too(content: Path, packages: Path) -> None:
    """Even where a release is signed and recorded as it is, what its descriptor says of its files must hold."""
    folder = release_package(content, packages, FIRST, ("", ""))
    rewrite("commitments.csv", "某事", "某人")(folder)
    (folder / SUMS).write_text(render_sums({k: v for k, v in files(folder).items() if k != SUMS}), encoding="utf-8")
    record = msgspec.structs.replace(load_releases(content)[0], sha256=release_digest(folder))
    (problem,) = check_releases(content, [record])
    assert (problem.code, problem.path) == ("release-changed", folder / "commitments.csv")


def test_a_changed_release_is_not_built(tmp_path: Path) -> None:
    content = make_content(tmp_path, examples.Words())
    write_release(content, DataRelease(day=FIRST, since=FIRST, reason=Remark(*WHY), sha256="0" * 64))
    with pytest.raises(BuildError, match="release-missing"):
        build_site(content, tmp_path / "datapackage", tmp_path / "docs", tmp_path / "site", REPOSITORY / "mkdocs.yml")
    assert not (tmp_path / "datapackage").exists()


# --- the command ---------------------------------------------------------------------------------


def test_the_command_releases_and_says_what_to_commit(content: Path, packages: Path, run: Run) -> None:
    done = run("release", "2026-03-01", "--datapackage", packages, "--content", content)
    assert (done.status, done.err) == (0, "")
    assert str(content / "releases" / "2026-03-01") in done.out and "2026-03-01.yml" in done.out
    assert run("release", "yesterday", "--content", content).status == 2


def test_changes_can_be_asked_since_a_release(content: Path, packages: Path, tmp_path: Path, run: Run) -> None:
    folder = release_package(content, packages, FIRST, ("", ""))
    write(content, tmp_path, "别的事")
    done = run("changes", folder, packages / "all", "--content", content)
    assert "text: 某事 → 别的事" in done.out and "1 changes" in done.out


# --- on the site ---------------------------------------------------------------------------------


@pytest.fixture
def two(content: Path, packages: Path, tmp_path: Path) -> Path:
    """A content folder with two releases."""
    release_package(content, packages, FIRST, ("", ""))
    write(content, tmp_path, "别的事")
    release_package(content, packages, SECOND, WHY)
    shutil.copytree(REPOSITORY / "content" / "pages", content / "pages")
    return content


def test_every_file_has_its_address_and_latest_is_the_newest(two: Path, tmp_path: Path) -> None:
    releases = find_releases(two)
    write_archives(releases, tmp_path / "archives")
    found = {one.path: Path(path) for one, path in list_releases(releases, tmp_path / "archives").items()}
    assert found["data/releases/2026-03-01/commitments.csv"] == two / "releases/2026-03-01/commitments.csv"
    assert found["data/latest/commitments.csv"] == two / "releases/2026-04-01/commitments.csv"
    assert found["data/latest/datapackage.json"] == two / "releases/2026-04-01/datapackage.json"
    assert "data/releases/2026-03-01/duixian-2026-03-01.zip" in found
    assert list_releases((), tmp_path / "archives") == {}


def test_the_archive_is_stored_so_that_no_library_decides_its_bytes(two: Path, tmp_path: Path) -> None:
    release = find_releases(two)[0]
    data = release_to_zip(release)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == files(release.folder)
    # The bytes follow from the files alone: a second writing, and one after a file was touched, gives the same.
    os.utime(release.folder / "commitments.csv", (1, 1))
    assert release_to_zip(release) == data


def test_the_index_leads_to_every_release_and_its_digests(two: Path, tmp_path: Path) -> None:
    releases, archives = find_releases(two), tmp_path / "archives"
    write_archives(releases, archives)
    written = dict(release_index(releases, load_releases(two), archives))
    files_of = {one.path: Path(path) for one, path in list_releases(releases, archives).items()}
    index = json.loads(written["data/releases/index.json"])
    assert index["latest"] == "2026-04-01"
    assert [one["released"] for one in index["releases"]] == ["2026-04-01", "2026-03-01"]
    assert json.loads(written["data/releases/latest.json"]) == index["releases"][0]
    for one in index["releases"]:
        archive = files_of[f"data/releases/{one['archive']['path']}"].read_bytes()
        assert one["archive"]["sha256"] == hashlib.sha256(archive).hexdigest()
        assert one["archive"]["bytes"] == len(archive)
        sums = files_of[f"data/releases/{one['sums']['path']}"].read_bytes()
        assert one["sums"]["sha256"] == hashlib.sha256(sums).hexdigest()
        assert f"data/releases/{one['descriptor']}" in files_of
    assert index["releases"][0]["reason"] == {"zh": "更正", "en": "Corrected"}


def test_without_a_release_the_index_is_empty_and_names_no_latest(tmp_path: Path) -> None:
    ((path, data),) = release_index((), (), tmp_path)
    assert path == "data/releases/index.json"
    assert json.loads(data) == {"latest": None, "releases": []}


def downloads_of(content: Path, folder: Path) -> list[Download]:
    releases = find_releases(content)
    write_archives(releases, folder)
    return list(list_releases(releases, folder))


def test_the_data_page_lists_releases_and_says_how_to_cite_the_newest(two: Path, tmp_path: Path) -> None:
    page = render_data(two, keep_years(), downloads_of(two, tmp_path / "archives"), SITE)
    for day in ("2026-03-01", "2026-04-01"):
        assert f'<li id="release-{day}">' in page
        assert f'href="releases/{day}/duixian-{day}.zip"' in page
        assert f'href="../changes/#d{day}"' in page
    assert "政府承诺与兑现：2026.4.1 版[DS/OL]. (2026-04-01)[引用日期]. https://" in page
    assert f"{SITE}data/releases/2026-04-01/datapackage.json" in page
    assert "@misc{duixian-2026-04-01," in page and "CC-BY-4.0" in page
    assert f"表结构版本 <b>{load_publication(two).schema_version}</b>" in page


def test_the_data_page_says_so_where_there_is_no_release(content: Path) -> None:
    shutil.copytree(REPOSITORY / "content" / "pages", content / "pages")
    page = render_data(content, keep_years(), (), SITE)
    assert "还没有按日期固定下来的一期" in page and "@misc" not in page


def test_the_changes_page_links_to_the_data_of_the_day(two: Path) -> None:
    page = render_changes(keep_years(), load_releases(two), load_schemas(two))
    assert page.count('<a href="../data/#release-') == 2
    kept_nowhere = DataRelease(day=date(2026, 5, 1), since=SECOND, reason=Remark(*WHY))
    assert "#release-" not in render_changes(keep_years(), [kept_nowhere], load_schemas(two))


# --- the releases of this repository -------------------------------------------------------------


def test_the_committed_releases_are_what_was_published(repository: Path) -> None:
    content = repository / "content"
    if not find_releases(content):
        leave_out("release")
    assert check_releases(content, load_releases(content)) == []
