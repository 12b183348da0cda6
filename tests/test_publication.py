"""Who publishes and under what licence is stated once, and what is missing is named with the line to add."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import publication, yamlfile
from generator.errors import ContentError, Problem
from generator.model import Publication
from generator.publication import LINES, load_publication
from tests.conftest import FIXTURES, REPOSITORY

STATED = (FIXTURES / "content" / "publication.yml").read_text(encoding="utf-8")


def refused(folder: Path, text: str | None) -> tuple[Problem, ...]:
    if text is not None:
        (folder / "publication.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_publication(folder)
    return error.value.problems


def without(key: str) -> str:
    """The file of the fixtures without one entry, its nested lines included."""
    return re.sub(rf"^{key}:.*\n(?:[ ].*\n)*", "", STATED, flags=re.MULTILINE)


def test_the_repository_states_everything() -> None:
    stated = load_publication(REPOSITORY / "content")
    assert stated.name and stated.licenses and stated.keywords.zh and stated.keywords.en


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("name", "publication-name"),
        ("title", "publication-title"),
        ("description", "publication-description"),
        ("publisher", "publication-publisher"),
        ("licenses", "publication-licence"),
        ("schema_version", "publication-schema-version"),
    ],
)
def test_what_is_missing_is_refused_with_the_line_to_add(tmp_path: Path, key: str, code: str) -> None:
    for text in (without(key), f"{without(key)}{key}:\n"):
        (problem,) = refused(tmp_path, text)
        assert problem.code == code
        assert problem.remedy == f'add the line "{LINES[key]}"'


@pytest.mark.parametrize("key", LINES)
def test_the_line_to_add_is_all_that_is_missing(tmp_path: Path, key: str) -> None:
    (tmp_path / "publication.yml").write_text(f"{without(key)}{LINES[key]}\n", encoding="utf-8")
    load_publication(tmp_path)


def test_without_the_file_every_line_is_named_and_together_they_make_one(tmp_path: Path) -> None:
    assert [problem.remedy for problem in refused(tmp_path, None)] == [
        f'add the line "{one}"' for one in LINES.values()
    ]
    (tmp_path / "publication.yml").write_text("\n".join(LINES.values()), encoding="utf-8")
    assert load_publication(tmp_path).licenses


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: duixian", "name: Dui Xian", "publication-name"),
        ("name: CC-BY-4.0", "name: CC BY", "publication-licence"),
        ("path: https://creative", "path: creative", "publication-licence"),
        ("schema_version: 1.0.0", "schema_version: 1.0", "publication-schema-version"),
        ("en: Duixian contributors", "en: ' '", "publication-publisher"),
        ("zh: 政府承诺与兑现", "zh: 政府承诺 · 兑现", "publication-title"),
        ("zh: 知识共享", "zh: 知识 · 共享", "publication-licence"),
        ("  zh: 中国城市政府", "  zh: |\n    一段\n\n    又一段：", "publication-description"),
        ("publisher:\n", "publisher:\n  email: nobody\n", "publication-publisher"),
        ("publisher:\n", "publisher:\n  url: javascript:alert(1)\n", "publication-publisher"),
    ],
)
def test_a_wrong_value_is_refused_on_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = STATED.replace(old, new, 1)
    assert text != STATED
    (problem,) = refused(tmp_path, text)
    assert problem.code == code
    key = problem.found.partition(":")[0]
    assert text.splitlines()[problem.line - 1].startswith(f"{key}:")


def test_an_entry_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, f"{STATED}license: CC-BY-4.0\n")
    assert problem.code == "content-invalid"


def test_it_is_read_as_it_is_written(tmp_path: Path) -> None:
    stated = load_publication(REPOSITORY / "content")
    yamlfile.dump(stated, tmp_path / "publication.yml")
    assert load_publication(tmp_path) == stated == yamlfile.load(tmp_path / publication.FILE, Publication)


def test_the_statement_of_the_licence_names_the_same_one() -> None:
    statement = (REPOSITORY / "LICENSE-DATA.md").read_text(encoding="utf-8")
    assert [one.path for one in load_publication(REPOSITORY / "content").licenses if one.path not in statement] == []
