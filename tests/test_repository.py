"""What code hosts read of the repository: workflows, forms for issues, how to cite."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml

from generator import __version__
from generator.package.releases import find_releases
from generator.publication import load_publication
from tests.conftest import REPOSITORY
from tests.own import OWN_REGISTERS

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PINNED = re.compile(r"uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)\Z")
#: What a job may be allowed to do, and no more.
ALLOWED = {"contents": {"read"}, "pages": {"read", "write"}, "id-token": {"write"}}


def load(path: Path) -> dict[str, Any]:
    """A YAML file as GitHub reads it; the key ``on`` is not taken for a truth value."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def read_mkdocs() -> tuple[str, dict[str, str]]:
    """The text of mkdocs.yml, and the variables that it takes from the environment with their defaults."""
    text = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    return text, {name: default.strip('"') for name, default in re.findall(r"!ENV \[(\w+), (.+)\]", text)}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_ask_for_little_and_say_how_long(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {"contents": "read"} and workflow["concurrency"] and workflow["on"]
    assert "pull_request_target" not in workflow["on"]
    for name, job in workflow["jobs"].items():
        assert int(job["timeout-minutes"]) <= 20 and re.fullmatch(r"ubuntu-\d\d\.04", job["runs-on"]), name
        for scope, access in job.get("permissions", {}).items():
            assert access in ALLOWED[scope], f"{name}: {scope}: {access}"
    writing = [name for name, job in workflow["jobs"].items() if "write" in job.get("permissions", {}).values()]
    assert writing in ([], ["deploy"])
    assert all(step["with"]["persist-credentials"] == "false" for step in steps(workflow) if "checkout" in str(step))


def test_actions_are_pinned_to_one_commit_each() -> None:
    lines = [
        line.strip().removeprefix("- ")
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    found = [PINNED.match(line) for line in lines]
    assert [line for line, match in zip(lines, found, strict=True) if not match] == []
    pins: dict[str, set[tuple[str, str]]] = {}
    for match in found:
        assert match
        pins.setdefault(match[1], set()).add((match[2], match[3]))
    assert {action: len(commits) for action, commits in pins.items() if len(commits) > 1} == {}
    versions = {action: version for action, ((_, version),) in ((name, tuple(one)) for name, one in pins.items())}
    assert {f"actions/{name}" for name in ("configure-pages", "upload-pages-artifact", "deploy-pages")} <= set(versions)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_workflows_run_exists_and_takes_nothing_from_outside(path: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    commands = [step["run"] for step in steps(load(path)) if "run" in step]
    assert commands
    for command in commands:
        assert "${{" not in command, "an expression in a script could be a script"
        assert set(re.findall(r"\bmake ([a-z-]+)", command)) <= targets
        for script in re.findall(r"^(\.[\w./-]+)", command, re.MULTILINE):
            assert os.access(REPOSITORY / script, os.X_OK), script


def test_the_site_is_built_for_whatever_repository_runs_it() -> None:
    path = GITHUB / "workflows" / "publish.yml"
    workflow, (text, variables) = load(path), read_mkdocs()
    assert "example" not in path.read_text(encoding="utf-8")
    (build,) = [step for step in steps(workflow) if step.get("run") == "make site"]
    assert build["env"] == {
        "DUIXIAN_SITE_URL": "${{ steps.pages.outputs.base_url }}",
        "DUIXIAN_REPOSITORY": "${{ github.server_url }}/${{ github.repository }}",
    }
    assert set(build["env"]) <= set(variables)
    # What names the default repository can be said by the environment.
    named = [line for line in text.splitlines() if re.search(r"example\.github|github\.com/example", line)]
    assert len(named) == 2 and all("!ENV" in line for line in named)
    (upload,) = [step for step in steps(workflow) if "upload-pages-artifact" in step.get("uses", "")]
    assert f"site_dir: {upload['with']['path']}\n" in text
    (cache,) = [step for step in steps(workflow) if "actions/cache" in step.get("uses", "")]
    assert cache["with"]["path"] == "build/cache" and cache["with"]["key"].startswith(cache["with"]["restore-keys"])
    for pattern in re.findall(r"'([^']+)'", cache["with"]["key"]):
        assert list(REPOSITORY.glob(pattern)), pattern


def test_the_tests_that_run_are_those_of_ci() -> None:
    commands = [step.get("run", "") for step in steps(load(GITHUB / "workflows" / "test.yml"))]
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert commands[-1] == ".ci/run" and script.rstrip().endswith("make --keep-going check")
    # A runner is no root, so the workflow installs before what its image does not have.
    on_the_image = {"chromium", "nodejs", "npm", "default-jre-headless", "curl", "git", "unzip"}
    wanted = {name for names in re.findall(r"missing\+=\(([^)]+)\)", script) for name in names.split()}
    assert wanted - on_the_image == set(commands[-2].split("--no-install-recommends ")[1].split())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_forms_are_what_github_takes(path: Path) -> None:
    form = load(path)
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert form["name"] and form["description"] and len(form["body"]) > 3
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    # Names that an address gives to the issue itself.
    assert not {"title", "body", "labels", "milestone", "assignees", "projects", "template"} & set(ids)
    for field in form["body"]:
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert field["type"] in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        words = field["attributes"]["value" if field["type"] == "markdown" else "label"]
        assert re.search(r"[\u4e00-\u9fff]", words) and re.search(r"[A-Za-z]{3}", words), words
        assert set(field.get("validations", {})) <= {"required"}
    assert any(field.get("validations") for field in form["body"])


def test_the_link_of_a_page_fills_in_fields_that_the_form_has() -> None:
    _, variables = read_mkdocs()
    query = dict(parse_qsl(urlsplit(variables["DUIXIAN_REPORT"]).query))
    form = load(GITHUB / "ISSUE_TEMPLATE" / query.pop("template"))
    assert query.pop("title") == "{title}"
    ids = {field["id"] for field in form["body"] if "id" in field}
    assert query.keys() <= ids and query == {name: f"{{{name}}}" for name in query}
    required = {field["id"] for field in form["body"] if field.get("validations", {}).get("required") == "true"}
    assert {"page", "words"} <= query.keys() & required


def test_the_pull_request_template_is_short() -> None:
    text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    assert 3 < len(text.splitlines()) < 15 and "CHANGELOG.md" in text


@pytest.mark.own(*OWN_REGISTERS)
def test_the_citation_file_says_what_the_repository_says() -> None:
    cited = load(REPOSITORY / "CITATION.cff")
    known = [
        "cff-version",
        "message",
        "type",
        "title",
        "abstract",
        "authors",
        "version",
        "date-released",
        "license",
        "keywords",
        "references",
    ]
    assert list(cited) == known, "CFF 1.2.0 needs the first, message, title and authors"
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    publication = load_publication(REPOSITORY / "content")
    (software,) = cited["references"]
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "dataset" and software["type"] == "software"
    newest = find_releases(REPOSITORY / "content")[0].descriptor
    assert (cited["version"], str(cited["date-released"])) == (newest["version"], newest["released"])
    assert software["version"] == __version__
    assert cited["authors"] == software["authors"] == project["authors"] == [{"name": publication.publisher.name.en}]
    assert cited["license"] in [licence.name for licence in publication.licenses]
    assert software["license"] == project["license"]
    assert publication.title.zh in cited["title"] and publication.title.en in cited["title"]
    assert set(publication.keywords.en) <= set(cited["keywords"])
