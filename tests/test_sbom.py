"""The bill of materials: of the lock and nothing else, valid, the same everywhere, true of what is installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from generator.package.releases import SUMS
from generator.package.sbom import DIFFERS, SBOM, bom_as_installed, installed_versions, release_sbom, render_sbom
from tests import sbom
from tests.conftest import REPOSITORY, SURROUNDINGS, UMASKS
from tests.test_licences import locked, normal


@pytest.fixture(scope="module")
def text() -> str:
    return sbom.FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bom(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def components(bom: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["bom-ref"]: one for one in bom["components"]}


def problem_of(text: str) -> str:
    """What the official schema of CycloneDX 1.6 has against it."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return "" if found is None else str(found)


def test_it_is_what_the_official_schema_allows(text: str) -> None:
    assert problem_of(text) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [('"library"', '"libary"'), ('"id": "MIT"', '"id": "MITX"'), ("urn:uuid:", "urn:"), ("SHA-256", "SHA")],
)
def test_what_the_schema_does_not_allow_is_found(text: str, old: str, new: str) -> None:
    assert problem_of(text.replace(old, new, 1)) != ""


def test_it_is_what_the_lock_gives(text: str) -> None:
    assert sbom.make_sbom(REPOSITORY) == text, "run `make sbom` and commit generator/sbom.cdx.json"


def test_it_holds_the_lock_whole_and_nothing_else(components: dict[str, dict[str, Any]]) -> None:
    lock = REPOSITORY / "requirements.lock"
    assert {one["name"] for one in components.values()} == locked(lock)
    hashes = [
        digest["content"]
        for one in components.values()
        for reference in one["externalReferences"]
        for digest in reference["hashes"]
    ]
    words = lock.read_text(encoding="utf-8").split("--hash=sha256:")[1:]
    assert sorted(hashes) == sorted(word[:64] for word in words) and len(hashes) > 1000
    assert all(one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in components.values())
    assert [name for name, one in components.items() if not one["licenses"]] == []


def test_it_says_what_a_build_runs_on_and_what_is_for_tests(components: dict[str, dict[str, Any]]) -> None:
    scopes = {one["name"]: one["scope"] for one in components.values()}
    assert {name: scopes[name] for name in ("mkdocs", "markupsafe", "jinja2", "distributed", "dask", "pytest")} == {
        **{"mkdocs": "required", "markupsafe": "required", "jinja2": "required"},
        **{"distributed": "optional", "dask": "optional", "pytest": "excluded"},
    }
    # What only another system or another Python needs is in a lock for all: for a build here as there.
    assert scopes["colorama"] == "required" and scopes["pymdown-extensions"] == "required"


def test_who_needs_what(bom: dict[str, Any]) -> None:
    needs = {one["ref"].partition("@")[0]: one.get("dependsOn", []) for one in bom["dependencies"]}
    assert [one.partition("@")[0] for one in needs["jinja2"]] == ["markupsafe"]
    known = {one["bom-ref"] for one in bom["components"]}
    assert all(set(refs) <= known for refs in needs.values()) and len(needs["duixian"]) > 20


def test_a_package_without_a_hash_is_refused() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert len(sbom.parse_lock(lock)) > 100
    with pytest.raises(AssertionError, match="no hash"):
        sbom.parse_lock(lock + "left-pad==1.0\n")


def test_another_clock_seed_language_and_folder_give_the_same_bytes(text: str, tmp_path: Path) -> None:
    write = "from tests import sbom; print(sbom.make_sbom(sbom.REPOSITORY), end='')"
    write = f"import time; time.time = lambda: 0.0; {write}"
    env = os.environ | SURROUNDINGS[1] | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", write]
    done = subprocess.run(command, cwd=tmp_path, env=env, umask=UMASKS[1], check=True, capture_output=True)
    assert done.stdout.decode() == text
    assert "timestamp" not in text


def test_its_serial_number_is_made_of_what_it_says(bom: dict[str, Any]) -> None:
    assert json.loads(render_sbom({**bom, "serialNumber": "x"}))["serialNumber"] == bom["serialNumber"]
    assert json.loads(render_sbom({**bom, "components": bom["components"][1:]}))["serialNumber"] != bom["serialNumber"]


# --- what comes into a site -----------------------------------------------------------------------


def files_of_material(components: dict[str, dict[str, Any]]) -> dict[str, str]:
    (material,) = [one for one in components.values() if one["name"] == "mkdocs-material"]
    return {one["name"]: one["hashes"][0]["content"] for one in material["components"] if one["type"] == "file"}


@pytest.mark.slow
@pytest.mark.journey
def test_every_file_of_the_site_that_is_not_ours_is_listed(
    components: dict[str, dict[str, Any]], builds: tuple[Path, Path]
) -> None:
    from tests.test_reproducible import digests

    found = digests(builds[0] / "site" / "assets")
    others = {f"assets/{name}": digest for name, digest in found.items() if not name.startswith("duixian/")}
    assert others == files_of_material(components)


def test_what_materials_files_are_made_of_is_listed(components: dict[str, dict[str, Any]]) -> None:
    (material,) = [one for one in components.values() if one["name"] == "mkdocs-material"]
    parts = {one["purl"] for one in material["components"] if one["type"] == "library"}
    assert {"pkg:npm/rxjs", "pkg:npm/lunr", "pkg:npm/%40mdi/svg", "pkg:npm/lunr-languages"} <= parts
    files = files_of_material(components)
    assert [name for name in sbom.COPIED if not any(one.startswith(f"assets/{name}") for one in files)] == []
    theirs = {name.split("/")[3] for name in files if name.startswith("assets/javascripts/lunr/")}
    assert theirs == {"min", "tinyseg.js", "wordcut.js"}, "say in COPIED of which package it is"


def test_a_script_that_material_bundles_and_nobody_knows_is_told() -> None:
    maps = {"a.js.map": json.dumps({"sources": ["src/a.ts", "node_modules/@new/thing/index.js"]}).encode()}
    assert sbom.bundled_names(maps) == {"@new/thing"}


def test_icons_in_materials_styles_are_of_the_sets_that_are_listed() -> None:
    package = distribution("mkdocs-material")
    folder = Path(str(package.locate_file("material/templates/.icons")))
    drawn = {
        name: {one for path in (folder / name).rglob("*.svg") for one in re.findall(r' d="([^"]+)"', path.read_text())}
        for name in sbom.ICONS
    }
    styles = b"".join(data for name, data in sbom.material_assets(package).items() if name.endswith(".css")).decode()
    icons = {one for one in re.findall(r" d=['\"]([^'\"]+)", unquote(styles)) if len(one) > 20}
    assert len(icons) > 30 and icons - set().union(*drawn.values()) == set()
    assert [name for name, all_of_it in drawn.items() if not icons & all_of_it] == [], "no icon of it is used"


# --- what a release says ---------------------------------------------------------------------------


def test_it_is_true_of_what_is_installed(bom: dict[str, Any]) -> None:
    """Where what is locked is installed, a release takes the list along as it is, to the byte."""
    installed = {name: version for name, version in installed_versions().items() if name in locked_versions(bom)}
    differing = {name for name, version in installed.items() if version not in locked_versions(bom)[name]}
    if differing:
        pytest.skip(f"installed otherwise than locked: {sorted(differing)}")
    assert release_sbom() == sbom.FILE.read_bytes()


def locked_versions(bom: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in bom["components"]:
        found.setdefault(normal(one["name"]), set()).add(one["version"])
    return found


def test_another_version_is_told_without_what_is_of_the_locked_one(bom: dict[str, Any]) -> None:
    told = bom_as_installed(bom, {"mkdocs-material": "99.1", "pymdown-extensions": "99.2", "lxml": "0"})
    changed = {one["name"]: one for one in told["components"] if one not in bom["components"]}
    assert changed.keys() == {"mkdocs-material", "pymdown-extensions", "lxml"}
    material = changed["mkdocs-material"]
    assert (material["version"], material["purl"]) == ("99.1", "pkg:pypi/mkdocs-material@99.1")
    assert not {"externalReferences", "licenses", "components"} & material.keys()
    assert [one["value"] for one in material["properties"] if one["name"] == DIFFERS] != []
    assert len(told["components"]) == len(bom["components"]) - 1, "one pymdown-extensions, where the lock names two"
    assert problem_of(render_sbom(told)) == ""


def test_one_of_two_locked_versions_is_no_difference(bom: dict[str, Any]) -> None:
    versions = sorted(locked_versions(bom)["pymdown-extensions"])
    assert len(versions) == 2
    assert all(bom_as_installed(bom, {"pymdown-extensions": version}) == bom for version in versions)


def test_a_release_has_it_under_its_sums(tmp_path: Path, content: Path) -> None:
    from generator.package import release_package
    from tests.test_releases import write

    folder = release_package(content, write(content, tmp_path, "某事"), date(2026, 3, 1), ("", ""))
    assert problem_of((folder / SBOM).read_text(encoding="utf-8")) == ""
    assert f"  {SBOM}\n" in (folder / SUMS).read_text(encoding="utf-8")
