"""``new-site``: an empty project for another city, and a fork that is emptied for one; a site of nothing says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator import yamlfile
from generator.errors import BuildError
from generator.newsite import NAMED, Adopter, clear_entries, empty_content, program_requirement, write_project
from generator.publication import load_publication
from generator.publish import build_site
from tests.conftest import Run
from tests.guide import copy_repository

ADOPTER = Adopter("青禾“承诺”: #1", "青禾日报", "Qinghe-Daily/promises.2026", title_en="Qinghe's promises")
DOCUMENT = """青禾市2026年民生实事项目责任分解表
序号|项目名称|年度目标任务|牵头单位|完成时限
1|老年助餐|新建老年食堂30个。|市民政局|2026年10月底
发布日期：2026-02-10
"""


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_project_says_who_publishes_wherever_it_is_said(tmp_path: Path) -> None:
    written = write_project(tmp_path, ADOPTER)
    assert {path.relative_to(tmp_path).as_posix() for path in written} == files_of(tmp_path)
    publication = load_publication(tmp_path / "content")
    assert (publication.name, publication.title.zh, publication.title.en) == (
        "promises-2026",
        ADOPTER.title,
        "Qinghe's promises",
    )
    assert publication.publisher.name.zh == publication.publisher.name.en == "青禾日报"
    mkdocs = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    assert 'site_url: !ENV [DUIXIAN_SITE_URL, "https://qinghe-daily.github.io/promises.2026/"]' in mkdocs
    assert 'repository: !ENV [DUIXIAN_REPOSITORY, "https://github.com/Qinghe-Daily/promises.2026"]' in mkdocs
    assert (tmp_path / ".github" / "ISSUE_TEMPLATE" / "correction.yml").is_file()
    site_name = next(line for line in mkdocs.splitlines() if line.startswith("site_name: "))
    assert yaml.safe_load(site_name) == {"site_name": ADOPTER.title}
    citation = yaml.safe_load((tmp_path / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["title"], citation["authors"]) == (ADOPTER.title, [{"name": "青禾日报"}])


def test_a_project_knows_nothing_of_our_places(tmp_path: Path, repository: Path) -> None:
    write_project(tmp_path, ADOPTER)
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in files_of(tmp_path)}
    ours = yaml.safe_load((repository / "content" / "lookups" / "department_slugs.yml").read_text(encoding="utf-8"))
    for name in ("content/places.yml", "content/lookups/themes.yml", "content/lookups/department_slugs.yml"):
        assert not [slug for slug in ours["places"] if f"{slug}:" in texts[name] or f"{slug}-2" in texts[name]], name
    assert "example.github.io" not in "".join(texts.values()) and "github.com/example" not in "".join(texts.values())
    assert "--hash" not in texts["requirements.lock"] and "\\" not in texts["requirements.lock"]
    assert program_requirement() in texts["requirements.txt"].splitlines()


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    first = write_project(tmp_path, ADOPTER)
    (tmp_path / "Makefile").unlink()
    assert tmp_path / "README.md" not in first
    assert write_project(tmp_path, Adopter("b", "b", "b/b")) == (tmp_path / "Makefile",)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "options",
    [
        ("--publisher", "p", "--repository", "a/b"),
        ("--title", "t", "--repository", "a/b"),
        ("--title", "t", "--publisher", " ", "--repository", "a/b"),
        ("--title", "t", "--publisher", "p", "--repository", "https://github.com/a/b"),
    ],
)
def test_a_site_without_a_name_is_refused(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = run("new-site", tmp_path / "new", *options)
    assert ran.status == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("option", ["--title", "--publisher", "--repository", "--title-en", "--publisher-en"])
def test_a_fork_is_not_emptied_where_a_name_would_be_lost(run: Run, fork: Path, option: str) -> None:
    ran = run("new-site", fork, "--here", option, "青禾日报")
    assert ran.status == 2 and option in ran.err
    assert list(fork.glob("content/registers/**/*.yml"))


def test_whose_names_a_fork_still_has_is_said(run: Run, fork: Path) -> None:
    said = run("new-site", fork, "--here").out
    assert "put yours into mkdocs.yml, content/publication.yml, CITATION.cff" in said
    assert all((fork / name).is_file() for name in NAMED)


def test_an_empty_project_builds_a_site_that_says_so(tmp_path: Path) -> None:
    write_project(tmp_path, ADOPTER)
    build_site(tmp_path / "content", tmp_path / "d", tmp_path / "b" / "docs", tmp_path / "s", tmp_path / "mkdocs.yml")
    home = (tmp_path / "s" / "index.html").read_text(encoding="utf-8")
    assert "还没有登记任何文件" in home
    assert "Nothing is registered yet" in home
    assert not (tmp_path / "d").exists()


def test_packages_are_never_replaced_by_nothing(tmp_path: Path) -> None:
    write_project(tmp_path, ADOPTER)
    yamlfile.write_text(tmp_path / "d" / "all" / "datapackage.json", "{}")
    with pytest.raises(BuildError, match="registers-none"):
        build_site(tmp_path / "content", tmp_path / "d", tmp_path / "docs", tmp_path / "s", tmp_path / "mkdocs.yml")
    assert files_of(tmp_path / "d") == {"all/datapackage.json"}


def test_entries_are_cleared_and_nothing_else() -> None:
    text = "a: 1\n# of b\nb:\n  x:\n    y: z\n\n  # inside\n  w: {}\n\n# of c\nc: [1]\n"
    assert clear_entries(text, ("b",)) == "a: 1\n# of b\nb: {}\n\n# of c\nc: [1]\n"
    assert clear_entries(text, ("none",)) == text


@pytest.fixture(scope="module")
def committed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Program and content as they are, committed."""
    folder = copy_repository(repository, tmp_path_factory.mktemp("committed"))
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True)
    return folder


@pytest.fixture
def fork(committed: Path, tmp_path: Path) -> Path:
    """A fork."""
    return Path(shutil.copytree(committed, tmp_path / "fork", symlinks=True))


def duixian(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.journey
def test_a_fork_is_emptied_and_takes_a_document_of_another_city(fork: Path) -> None:
    duixian(fork, "new-site", "--here")
    assert not list(fork.glob("content/registers/**/*.yml")) and not (fork / "datapackage").exists()
    assert all((fork / "content" / name).is_dir() for name in ("registers", "documents", "releases", "changes"))
    duixian(fork, "build")
    assert "还没有登记任何文件" in (fork / "site" / "index.html").read_text(encoding="utf-8")
    places = fork / "content" / "places.yml"
    line = "- {zh: 青禾市, en: Qinghe, slug: qinghe, kind: city, code: '990100'}\n"
    places.write_text(places.read_text(encoding="utf-8") + line, encoding="utf-8")
    yamlfile.write_text(fork / "documents" / "plan.txt", DOCUMENT)
    duixian(fork, "new", "documents/plan.txt", "--place", "青禾市", "--year", "2026")
    duixian(fork, "ingest", "--documents", "documents")
    assert "1 commitments" in duixian(fork, "build")
    assert duixian(fork, "validate").endswith("datapackage: valid (2 packages)\n")
    assert duixian(fork, "ingest", "--check", "--documents", "documents")


def test_a_fork_is_emptied_only_of_what_git_can_give_back(fork: Path) -> None:
    mine = fork / "content" / "documents" / "mine.yml"
    yamlfile.write_text(mine, "a: b\n")
    with pytest.raises(BuildError, match=r"git-unclean.*mine\.yml"):
        empty_content(fork)
    assert mine.exists() and list(fork.glob("content/registers/**/*.yml"))


def test_what_is_no_git_repository_is_not_emptied(tmp_path: Path) -> None:
    write_project(tmp_path, ADOPTER)
    yamlfile.write_text(tmp_path / "content" / "documents" / "mine.yml", "a: b\n")
    with pytest.raises(BuildError, match="git-unclean"):
        empty_content(tmp_path)
    assert (tmp_path / "content" / "documents" / "mine.yml").exists()
