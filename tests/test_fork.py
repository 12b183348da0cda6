"""The test suite where somebody adopted the project: none of our registers, one document of a place of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FIXTURES, REPOSITORY
from tests.test_licences import NO_READERS

pytestmark = [pytest.mark.slow, pytest.mark.journey]

#: Names that an adopter puts in the place of ours, as the guide says: file → how lines begin, and what stands there.
NAMES = {
    "mkdocs.yml": {"site_name:": "云溪承诺"},
    "content/publication.yml": {
        "name:": "yunxi",
        "  zh:": "云溪承诺",
        "  en:": "Yunxi promises",
        "  name:": "{zh: 云溪日报, en: Yunxi Daily}",
    },
}

#: Tests that look at the repository's own folders. The others see fixtures only, and can not tell where they run.
LOOKS_AT_THE_REPOSITORY = re.compile(r"\b(CONTENT|REPOSITORY|repository)\b|Path\(\"content\"\)")
LEFT_OUT = ("this repository does not hold the register", "the registers of this repository have no", NO_READERS)


def tracked(folder: Path) -> list[str]:
    """The files that git knows, or would know with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a checkout of git: what belongs to the repository is not known")
    return [name for name in done.stdout.decode().split("\0") if name and (folder / name).is_file()]


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the fork, which knows nothing of the tests that run around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DUIXIAN"))}
    sources = {"DUIXIAN_SOURCES": str(folder / "content" / "documents")}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=folder, env=kept | sources, capture_output=True, text=True, encoding="utf-8", check=False
    )


def commit(folder: Path, *begin: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for step in (*(begin and [begin]), ("add", "--all"), (*author, "commit", "--quiet", "--message", "anew")):
        subprocess.run(["git", *step], cwd=folder, check=True)


def rename(path: Path, names: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for begin, name in names.items():
        text, count = re.subn(f"^{begin} .*", f"{begin} {name}", text, count=1, flags=re.MULTILINE)
        assert count, f"{path.name}: no line begins with {begin}"
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fork emptied and renamed as the guide says, with one document of a made-up city, read, built and validated.

    One commitment's wording begins as a formula does.
    """
    folder = tmp_path_factory.mktemp("fork")
    for name in tracked(REPOSITORY):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, folder / name)
    commit(folder, "init", "--quiet")
    done = python(folder, "generator", "new-site", "--here")
    assert done.returncode == 0, done.stdout + done.stderr
    for name, names in NAMES.items():
        rename(folder / name, names)
    shutil.copy(FIXTURES / "content" / "places.yml", folder / "content")
    document = folder / "content" / "documents" / "plan.txt"
    text = (FIXTURES / "documents" / document.name).read_text(encoding="utf-8")
    document.write_text(text.replace("困難群眾醫療", "@困難群眾醫療"), encoding="utf-8")
    for command in (
        ("new", str(document.relative_to(folder)), "--place", "云溪市", "--year", "2024"),
        ("ingest",),
        ("ingest", "--check"),
        ("build",),
        ("validate",),
    ):
        done = python(folder, "generator", *command)
        assert done.returncode == 0, done.stdout + done.stderr
    commit(folder)
    return folder


def test_every_test_can_be_collected(fork: Path) -> None:
    done = python(fork, "pytest", "--collect-only", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-4000:]


def test_what_looks_at_the_repository_passes_or_says_which_register_is_not_there(fork: Path) -> None:
    files = [
        path.relative_to(fork).as_posix()
        for path in sorted((fork / "tests").glob("test_*.py"))
        if LOOKS_AT_THE_REPOSITORY.search(path.read_text(encoding="utf-8"))
    ]
    options = ("-q", "-p", "no:cacheprovider", "-m", "not slow and not browser")
    done = python(fork, "pytest", *options, *files)
    assert done.returncode == 0, done.stdout[-8000:]
    reasons = re.findall(r"^SKIPPED \[\d+\] [^ ]+: (.+)$", done.stdout, re.MULTILINE)
    assert reasons and [why for why in reasons if not why.startswith(LEFT_OUT)] == []
