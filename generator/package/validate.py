"""Is a package valid? The Data Package 2.0 profile, plain checks, then frictionless, of which this is the only user."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.plaincheck import check_package

_PROFILE = Path(__file__).parents[1] / "profiles" / "datapackage-2.0.json"


def validate_packages(folder: Path) -> list[Problem]:
    """Everything that is wrong with the packages under a folder: the 2.0 profile, plain checks, then frictionless.

    Frictionless takes seconds, most of them for foreign keys, so a build asks it for all but those: the plain
    checks, which are stricter about keys, have looked at them.
    """
    descriptors = sorted(folder.glob("**/datapackage.json"))
    if not descriptors:
        return [problem_of(folder, "package-none", "no datapackage.json", "at least one package", "build first")]
    return [problem for path in descriptors for problem in validate_package(path, keys=True)]


def validate_package(path: Path, *, keys: bool) -> list[Problem]:
    """What is wrong with the package of this ``datapackage.json``; ``keys``: let frictionless look at foreign keys."""
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [problem_of(path, "package-json", str(error).partition("\n")[0], "a JSON object", "build again")]
    problems = list(_profile_problems(path, descriptor))
    if problems:
        return problems
    problems = check_package(path.parent, descriptor)
    if problems:
        return problems
    if not keys:
        for resource in descriptor["resources"]:
            resource["schema"].pop("foreignKeys", None)
    return list(_frictionless_problems(path, descriptor))


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
