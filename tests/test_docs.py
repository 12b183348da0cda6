"""The documentation says what there is, and only what there is, in both languages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from generator.__main__ import app

READMES = ("README.md", "README.zh-CN.md")
GUIDES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-DATA.md", "PUBLISHING.md", "SECURITY.md")
PROGRAM = r"(?:duixian|python -m generator)"


def read(repository: Path, name: str) -> str:
    return (repository / name).read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Command → its options with two dashes."""
    group: Any = typer.main.get_command(app)
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in group.commands.items()
    }


def make_targets(repository: Path) -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read(repository, "Makefile"), re.MULTILINE))


def headings(text: str) -> list[tuple[int, str]]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)]


def code(text: str) -> list[str]:
    """Lines of code blocks without their comments, and inline code."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", text)


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_target_is_in_the_readme(repository: Path, name: str) -> None:
    text = read(repository, name)
    tables = [line for line in text.splitlines() if line.startswith("| `")]
    for command, options in commands().items():
        (row,) = [
            line for line in tables if line.startswith(f"| `duixian {command} ") or f"| `duixian {command}`" in line
        ]
        missing = {option for option in options - {"--help", "--content"} if option not in row}
        assert not missing, f"{name}: {command} has {missing}"
    rows = "\n".join(line for line in tables if line.startswith("| `make "))
    assert set(re.findall(r"`make ([a-z-]+)`", rows)) == make_targets(repository)
    assert "--content" in text and "--help" in text


@pytest.mark.parametrize("name", GUIDES)
def test_what_the_documents_run_exists(repository: Path, name: str) -> None:
    known, targets = commands(), make_targets(repository)
    for line in code(read(repository, name)):
        for command in re.findall(rf"^{PROGRAM} ([a-z][a-z-]*)", line):
            assert command in known, f"{name}: {line}"
            options = set(re.findall(r"--[a-z][a-z-]*", line))
            assert options <= known[command] | {"--help"}, f"{name}: {line}"
        for target in re.findall(r"^make ([a-z-]+)", line):
            assert target in targets, f"{name}: {line}"


#: Folders that come with their first file: a repository that begins anew has none of them yet.
FILLED = {f"content/{name}" for name in ("documents", "registers", "audits", "changes", "releases")}
#: Files of a site in parts; the README says what they hold.
FILLED |= {"content/parts.yml", "content/parts/zhejiang.json"}


@pytest.mark.parametrize("name", GUIDES)
def test_links_and_paths_lead_somewhere(repository: Path, name: str) -> None:
    text = read(repository, name)
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
        assert (repository / target).exists(), f"{name}: {target}"
    for path in re.findall(r"`((?:content|generator|tests|\.github|\.ci)/[\w./-]*\w/?)`", text):
        assert (repository / path).exists() or path.strip("/") in FILLED, f"{name}: {path}"


def test_the_readmes_are_twins(repository: Path) -> None:
    english, chinese = (read(repository, name) for name in READMES)
    assert [level for level, _ in headings(english)] == [level for level, _ in headings(chinese)]
    assert re.findall(r"^```(\w+)", english, re.MULTILINE) == re.findall(r"^```(\w+)", chinese, re.MULTILINE)
    for pattern in (r"^\| `", r"^- "):
        counts = [len(re.findall(pattern, text, re.MULTILINE)) for text in (english, chinese)]
        assert counts[0] == counts[1] > 3
    ids = [sorted(set(re.findall(r"`([^`\n]+)`", text))) for text in (english, chinese)]
    assert len(set(ids[0]) ^ set(ids[1])) <= 4, set(ids[0]) ^ set(ids[1])


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_has_the_two_commands(repository: Path, name: str) -> None:
    first = "\n".join(read(repository, name).splitlines()[:20])
    assert "make site" in first and "make test" in first


def test_every_dependency_is_explained_and_locked(repository: Path) -> None:
    project = tomllib.loads(read(repository, "pyproject.toml"))["project"]
    table = set(re.findall(r"^\| ([a-z0-9-]+) \|", read(repository, "CONTRIBUTING.md"), re.MULTILINE)) - {"package"}
    names = [re.split(r"[<>=]", text)[0].lower() for text in project["dependencies"]]
    assert table == set(names)
    extra = [re.split(r"[<>=]", text)[0].lower() for text in project["optional-dependencies"]["cluster"]]
    told = re.findall(r"(\w+) \(", read(repository, "CONTRIBUTING.md").split("`duixian[cluster]`")[1].split("\n\n")[0])
    assert [name for name in extra if name not in told] == []
    developing = [re.split(r"[<>=]", text)[0].lower() for text in project["optional-dependencies"]["dev"]]
    prose = read(repository, "CONTRIBUTING.md").split("For work on it:")[1]
    assert [name for name in developing if name not in prose] == []
    lock = read(repository, "requirements.lock")
    assert [name for name in names + extra + developing if not re.search(rf"^{name}==", lock, re.MULTILINE)] == []


def test_the_lock_has_hashes_and_names_no_index(repository: Path) -> None:
    lock = read(repository, "requirements.lock")
    packages = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    assert len(packages) > 20
    assert [package for package in packages if not re.search(r"==.*\n\s+--hash=sha256:[0-9a-f]{64}", package)] == []
    assert "://" not in lock and "index" not in lock


def test_what_comes_from_npm_is_locked_with_its_digest(repository: Path) -> None:
    packages = json.loads(read(repository, "tests/browser/package-lock.json"))["packages"]
    fetched = {name: one for name, one in packages.items() if name}
    assert fetched and [name for name, one in fetched.items() if not one["integrity"].startswith("sha512-")] == []


def test_what_is_installed_is_held_against_the_hashes(repository: Path) -> None:
    """pip asks for them, npm installs what is locked and runs no script of a package."""
    lines = [
        line.strip()
        for line in read(repository, "Makefile").splitlines()
        if re.search(r"(pip|PIP).* install|npm ci", line)
    ]
    installs = [line for line in lines if "-r " in line or "npm ci" in line]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or ("npm ci" in line and "--ignore-scripts" in line), line


def test_the_changelog_knows_the_version(repository: Path) -> None:
    from generator import __version__

    assert __version__ in read(repository, "CHANGELOG.md")


@pytest.mark.parametrize("name", READMES)
def test_pictures_are_small_and_said_in_words(repository: Path, name: str) -> None:
    shown = dict(re.findall(r"^!\[([^]]+)\]\(([^)]+)\)$", read(repository, name), re.MULTILINE))
    there = sorted((repository / ".github" / "screenshots").iterdir())
    assert sorted(repository / path for path in shown.values()) == there and len(there) == 6
    assert all(len(words) > 12 for words in shown)
    assert all(path.stat().st_size < 150_000 and path.read_bytes().startswith(b"\x89PNG") for path in there)
