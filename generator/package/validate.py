"""Is a package valid? The profile, plain checks, every format against the CSV files, then frictionless.

This is the only user of frictionless.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.compare import first_few
from generator.package.formats import check_downloads, formats_of, left_out
from generator.package.parts import check_parts
from generator.package.plain import check_json
from generator.package.plaincheck import check_package
from generator.package.report import Checked, ValidationReport
from generator.package.sheets import Published, read_sheet
from generator.package.subsets import EVERYTHING
from generator.package.wordcheck import check_words
from generator.steps import step

_PROFILE = Path(__file__).parents[1] / "profiles" / "datapackage-2.0.json"


@step("validation")
def validate_packages(folder: Path, downloads: Path | None = None) -> ValidationReport:
    """Look at the packages under a folder, and at their other formats where ``downloads`` holds them.

    A problem is no error: all of them are in the report. A build does not ask this: it checks the tables before it
    writes them (``year``); whoever publishes validates what was written.
    """
    descriptors = sorted(folder.glob("**/datapackage.json"))
    if not descriptors:
        none = problem_of(folder, "package-none", "no datapackage.json", "at least one package", "build first")
        return ValidationReport(folder, downloads, (), (none,))
    looked_at = [_check_package_at(path, _beside(path, folder, downloads)) for path in descriptors]
    packages = {checked.folder: checked for checked, _ in looked_at}
    readable = {one.folder: published for one, published in looked_at if published and not one.problems}
    _check_all_parts(packages, readable)
    return ValidationReport(folder, downloads, list(packages.values()))


def _beside(path: Path, folder: Path, downloads: Path | None) -> Path | None:
    return downloads / path.parent.relative_to(folder) if downloads else None


def _check_all_parts(packages: Mapping[Path, Checked], readable: Mapping[Path, Published]) -> None:
    """Each package of everything against those of places and years that stand beside it."""
    for folder, checked in packages.items():
        if folder.name != EVERYTHING:
            continue
        beside = sorted(
            one
            for one, other in packages.items()
            if other is not checked and not other.released and one.is_relative_to(folder.parent)
        )
        broken = [one for one in (folder, *beside) if one not in readable]
        if broken or not beside:
            reason = f"problems in {broken[0]}" if broken else "there is no other package"
            checked.skipped.append(f"packages of places and years together: {reason}")
        else:
            checked.problems += check_parts(readable[folder], [readable[one] for one in beside])
            checked.checks.append("parts")


def read_published(folder: Path) -> Published:
    """A package that is in order, with its rows."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    sheets = {one["name"]: read_sheet(folder / one["path"], one["schema"]) for one in descriptor["resources"]}
    return Published(folder, descriptor, sheets)


def validate_package(path: Path) -> list[Problem]:
    """What is wrong with the package of this ``datapackage.json`` alone."""
    return _check_package_at(path, None)[0].problems


def _check_package_at(path: Path, downloads: Path | None) -> tuple[Checked, Published | None]:
    """Look at the package of this ``datapackage.json``; return what was found, and the package where it can be read."""
    checked = Checked(path.parent)
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        found = str(error).partition("\n")[0]
        checked.problems.append(problem_of(path, "package-json", found, "a JSON object", "build again"))
        checked.skipped.append(f"everything else: {path.name} cannot be read")
        return checked, None
    checked.checks.append("profile")
    checked.problems += _profile_problems(path, descriptor)
    if not checked.problems:
        checked.checks.append("words")
        checked.problems += first_few(check_words(path, descriptor), path, "what it says")
    if checked.problems:
        checked.skipped.append(f"tables, formats, frictionless: problems in {path.name}")
        return checked, None
    published = _check_tables(checked, descriptor, alone=downloads is None or not _same_folder(path.parent, downloads))
    if checked.problems:
        checked.skipped.append("formats, frictionless: problems in the package's own files")
        return checked, None
    _check_formats(checked, published, downloads)
    checked.problems += _frictionless_problems(path, descriptor)
    checked.checks.append("frictionless")
    return checked, published


def _same_folder(one: Path, other: Path) -> bool:
    return other.is_dir() and one.samefile(other)


def _check_tables(checked: Checked, descriptor: dict[str, Any], *, alone: bool) -> Published:
    published, problems = check_package(checked.folder, descriptor, alone=alone)
    checked.name, checked.tables, checked.rows = published.name, len(published.sheets), published.rows()
    checked.formats.append("csv")
    checked.released = published.released
    checked.checks += ["hashes", "values", "keys", "references"]
    checked.problems += problems
    return published


def _check_formats(checked: Checked, published: Published, downloads: Path | None) -> None:
    """JSON beside the CSV files, and the downloads, against the CSV files."""
    for sheet in published.sheets.values():
        checked.problems += check_json(sheet, published)
    checked.formats.append("json")
    folder, rows = published.folder.resolve().name, published.rows()
    formats = [one.name for one in formats_of(folder, rows)]
    if published.released:
        checked.skipped.append("other formats: a release has none, and digests of its own")
    elif downloads:
        checked.problems += check_downloads(downloads, published)
        checked.formats += formats
        checked.skipped += [
            f"{one.name}: there is none of more than {one.most_rows:,} rows" for one in left_out(folder, rows)
        ]
    else:
        checked.skipped.append(
            f"{', '.join(formats)}: no folder of downloads; run `make site`, or give --downloads DIR"
        )
    checked.checks.append("formats")


def _profile_problems(path: Path, descriptor: Any) -> Iterator[Problem]:
    found = list(_profile_errors(_without_schemas(descriptor)))
    for resource in _resources(descriptor):
        errors = _schema_errors(json.dumps(resource.get("schema", {})))
        found += [f"{resource.get('name')}: {error}" for error in errors]
    for error in found:
        yield problem_of(path, "package-profile", error, "what the Data Package 2.0 profile asks for", "build again")


def _resources(descriptor: Any) -> list[dict[str, Any]]:
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []


def _without_schemas(descriptor: Any) -> Any:
    """The descriptor with empty schemas: they are nine tenths of the work, and the same in every package."""
    if not _resources(descriptor):
        return descriptor
    bare = [
        {**one, "schema": {"fields": [{"name": "x"}]}} if isinstance(one, dict) else one
        for one in descriptor["resources"]
    ]
    return {**descriptor, "resources": bare}


@cache
def _schema_errors(schema: str) -> tuple[str, ...]:
    """What the profile finds wrong with one table's schema, given as JSON."""
    resource = {"name": "x", "path": "x.csv", "schema": json.loads(schema)}
    return tuple(_profile_errors({"resources": [resource]}))


def _profile_errors(descriptor: Any) -> Iterator[str]:
    for error in sorted(_profile().iter_errors(descriptor), key=lambda error: error.json_path):
        yield f"{error.json_path}: {error.message[:200]}"


@cache
def _profile() -> Any:
    """The published profile, kept with the code so that validating needs no network."""
    from jsonschema import Draft7Validator

    return Draft7Validator(json.loads(_PROFILE.read_text(encoding="utf-8")))


def _frictionless_problems(path: Path, descriptor: dict[str, Any]) -> Iterator[Problem]:
    from frictionless import FrictionlessException, Package

    try:
        report = Package.from_descriptor(descriptor, basepath=str(path.parent)).validate()
        found = [f"{title}: {message}" for title, message in report.flatten(["title", "message"])]
    except FrictionlessException as error:
        found = [str(error.error.message)]
    for message in found:
        yield problem_of(path, "package-frictionless", message, "a valid package", "build again")


def problem_of(path: Path, code: str, found: str, expected: str, remedy: str) -> Problem:
    """A problem of a whole file."""
    return Problem(path, 0, code, found, f"expected {expected}", remedy)
