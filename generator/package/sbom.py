"""What a release was made with: a software bill of materials, CycloneDX 1.6 in JSON.

``generator/sbom.cdx.json`` lists what the lock names, and is made from it (``make sbom``). A release takes the list
along; where something else is installed than the lock names, it says what is, so that the list is true of that release.
No clock and no chance is in it: its serial number is made of its content, and it bears no time.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from typing import Any

from generator.defaults import PACKAGE

SBOM = "sbom.cdx.json"
#: The property of a component that is not what the lock names.
DIFFERS = "duixian:differs-from-lock"
_SERIALS = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/schema/bom-1.6.schema.json")
_OF_ONE_VERSION = ("externalReferences", "licenses", "components")


def release_sbom() -> bytes:
    """The list of what this program runs on here."""
    listed = json.loads((PACKAGE / SBOM).read_text(encoding="utf-8"))
    return render_sbom(bom_as_installed(listed, installed_versions())).encode()


def installed_versions() -> dict[str, str]:
    """The normal name of each package that is installed → its version."""
    return {normal_name(one.name): one.version for one in distributions() if one.name}


def normal_name(name: str) -> str:
    """The name of a package as its address has it: ``pyyaml`` for ``PyYAML``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bom_as_installed(bom: Mapping[str, Any], installed: Mapping[str, str]) -> dict[str, Any]:
    """The list with the versions that are installed; what is not installed stays as the lock names it.

    Hashes, licence and parts are those of one version, and go with it. A package that the lock names twice, for two
    versions of Python, is there once when neither is installed but a third.
    """
    return {**bom, "components": list(_components(bom["components"], installed))}


def _components(components: list[dict[str, Any]], installed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    locked: dict[str, set[str]] = {}
    for one in components:
        locked.setdefault(one["name"], set()).add(one["version"])
    changed = set()
    for one in components:
        name, found = one["name"], installed.get(one["name"], one["version"])
        if found in locked[name]:
            yield one
        elif name not in changed:
            changed.add(name)
            yield _in_version(one, found)


def _in_version(component: Mapping[str, Any], version: str) -> dict[str, Any]:
    kept = {key: value for key, value in component.items() if key not in _OF_ONE_VERSION}
    told = {"name": DIFFERS, "value": str(component["version"])}
    return {
        **kept,
        "version": version,
        "purl": f"pkg:pypi/{component['name']}@{version}",
        "properties": [*component.get("properties", ()), told],
    }


def render_sbom(bom: Mapping[str, Any]) -> str:
    """The file, one component or dependency a line, under a serial number that is made of what it says."""
    said = {key: value for key, value in bom.items() if key != "serialNumber"}
    sealed = {**said, "serialNumber": uuid.uuid5(_SERIALS, _to_json(said)).urn}
    return "{\n" + ",\n".join(f'"{key}": {_to_lines(sealed[key])}' for key in sorted(sealed)) + "\n}\n"


def _to_lines(value: object) -> str:
    return "[\n" + ",\n".join(map(_to_json, value)) + "\n]" if isinstance(value, list) else _to_json(value)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
