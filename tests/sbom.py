"""The list of what the program runs on, ``generator/sbom.cdx.json``: of the lock, and of what the locked packages say.

``python -m tests.sbom`` (`make sbom`) writes it again after the lock or the version changed. The same lock gives the
same bytes on every machine: versions and hashes are the lock's, licences and dependencies those of the locked packages,
markers are asked for every system. What is bundled inside Material's scripts is read from its source maps.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseAcknowledgement, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL
from packaging.markers import Marker
from packaging.requirements import Requirement

from generator import __version__
from generator.package.sbom import SBOM, normal_name, render_sbom
from tests.conftest import REPOSITORY

FILE = REPOSITORY / "generator" / SBOM
_LOCKED = re.compile(
    r"^([A-Za-z0-9_.-]+)==(\S+)(?: ; ([^\\\n]+))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", re.M
)
_SYSTEMS = (("posix", "linux", "Linux"), ("posix", "darwin", "Darwin"), ("nt", "win32", "Windows"))
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
#: Extra of pyproject.toml → what CycloneDX calls that; a later extra counts only for what is in none before.
SCOPES = {"": ComponentScope.REQUIRED, "cluster": ComponentScope.OPTIONAL, "dev": ComponentScope.EXCLUDED}
#: Words of classifiers that name one licence.
_CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
MATERIAL = "mkdocs-material"
#: What Material's scripts and styles bundle, by the names of its source maps, with the licence that each states.
BUNDLED = {
    "clipboard": "MIT",
    "escape-html": "MIT",
    "focus-visible": "W3C-20150513",
    "lunr": "MIT",
    "material-design-color": "MIT",
    "rxjs": "Apache-2.0",
    "tslib": "0BSD",
}
#: What else stands among its files: file → what it is of, and the licence where one is stated.
COPIED = {
    "javascripts/lunr/min/": ("lunr-languages", "MPL-1.1"),
    "javascripts/lunr/tinyseg.js": ("tiny-segmenter", "BSD-3-Clause"),
    "javascripts/lunr/wordcut.js": ("wordcut", ""),
}
#: Icons in its styles: folder of `.icons` → package and licence.
ICONS = {
    "fontawesome": ("@fortawesome/fontawesome-free", "CC-BY-4.0"),
    "material": ("@mdi/svg", "Apache-2.0"),
    "octicons": ("@primer/octicons", "MIT"),
}
#: What stands in our own files and is not ours.
_IN_OURS = (
    ("Data Package profile", "2.0", "", "generator/profiles/datapackage-2.0.json"),
    ("Unicode EquivalentUnifiedIdeograph", "15.0.0", "Unicode-DFS-2016", "generator/radicals.py"),
)


@dataclass(frozen=True)
class Locked:
    """A package of the lock. ``marker`` says for which machines, empty for all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


@dataclass
class Packages:
    """The locked packages, and what those that are installed say of themselves."""

    locked: tuple[Locked, ...]
    installed: Mapping[str, Distribution]
    needs: dict[str, set[str]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)


def parse_lock(text: str) -> tuple[Locked, ...]:
    """The packages of a lock file with hashes."""
    found = tuple(
        Locked(normal_name(name), version, (marker or "").strip(), tuple(sorted(re.findall(r"sha256:(\w+)", hashes))))
        for name, version, marker, hashes in _LOCKED.findall(text)
    )
    assert len(found) == len(re.findall(r"^[^\s#].*==", text, re.M)), "a package of the lock has no hash"
    return found


def load_packages(root: Path) -> Packages:
    """What is locked, who needs it, and for which extra. Fails where a locked package is not installed."""
    locked = parse_lock((root / "requirements.lock").read_text(encoding="utf-8"))
    names = {one.name for one in locked}
    packages = Packages(
        locked, {normal_name(one.name): one for one in distributions() if normal_name(one.name) in names}
    )
    missing = sorted(names - packages.installed.keys())
    assert not missing, f"install what is locked, first: {missing}"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for extra in SCOPES:
        _walk(packages, project["optional-dependencies"][extra] if extra else project["dependencies"], extra)
    assert packages.extra.keys() == names, "what nothing needs is locked"
    return packages


def _walk(packages: Packages, wanted: Iterable[str], extra: str) -> None:
    """Note who needs what, from the requirements of the project down, for whatever machine."""
    todo = [("duixian", Requirement(one)) for one in wanted]
    done: set[tuple[str, str]] = set()
    while todo:
        who, requirement = todo.pop()
        name = normal_name(requirement.name)
        if name not in packages.installed:
            continue  # for a Python that the lock is not for
        packages.needs.setdefault(who, set()).add(name)
        packages.extra.setdefault(name, extra)
        for of in {"", *requirement.extras} - {of for known, of in done if known == name}:
            done.add((name, of))
            said = (Requirement(one) for one in packages.installed[name].requires or ())
            todo += [(name, one) for one in said if _holds_somewhere(one.marker, of)]


def _holds_somewhere(marker: Marker | None, extra: str) -> bool:
    return marker is None or any(marker.evaluate({**machine, "extra": extra}) for machine in _machines())


def _machines() -> Iterator[dict[str, str]]:
    for python in _PYTHONS:
        for os_name, platform, system in _SYSTEMS:
            yield {
                **{"os_name": os_name, "sys_platform": platform, "platform_system": system},
                **{"python_version": python, "python_full_version": f"{python}.9"},
                **{"implementation_name": "cpython", "implementation_version": f"{python}.9"},
                **{"platform_python_implementation": "CPython", "platform_machine": "x86_64"},
                **{"platform_release": "", "platform_version": ""},
            }


def licences_of(package: Distribution) -> list[License]:
    """What a package says of its licence: an expression, else one licence that it names, else its own words."""
    said = package.metadata
    expressions = said.get_all("License-Expression") or []
    classified = [one.rpartition("::")[2].strip() for one in said.get_all("Classifier") or [] if "License ::" in one]
    free = [str(one).partition("\n")[0] for one in said.get_all("License") or []]
    known = [one for one in (*expressions, *free) if is_supported_id(one) or is_expression(one)]
    if not known and len(classified) == 1:
        known = [_CLASSIFIED[one] for one in classified if one in _CLASSIFIED]
    return [declared(known[0] if known else "; ".join(classified or free))]


def declared(licence: str) -> License:
    """A licence as its authors name it."""
    how = LicenseAcknowledgement.DECLARED
    if is_supported_id(licence):
        return DisjunctiveLicense(id=licence, acknowledgement=how)
    if is_expression(licence):
        return LicenseExpression(licence, acknowledgement=how)
    return DisjunctiveLicense(name=licence, acknowledgement=how)


def _sha256(data: bytes) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(data).hexdigest())


def _component(one: Locked, packages: Packages) -> Component:
    extra, purl = packages.extra[one.name], PackageURL("pypi", None, one.name, one.version)
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes]
    properties = {"duixian:extra": extra, "duixian:marker": one.marker}
    package = packages.installed[one.name]
    return Component(
        type=ComponentType.LIBRARY,
        bom_ref=f"{one.name}@{one.version}",
        name=one.name,
        version=one.version,
        purl=purl,
        scope=SCOPES[extra],
        licenses=licences_of(package),
        external_references=[
            ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(purl.to_string()), hashes=hashes)
        ],
        properties=[Property(name=name, value=value) for name, value in properties.items() if value],
        components=list(_parts_of_material(package)) if one.name == MATERIAL else [],
    )


def material_assets(package: Distribution) -> dict[str, bytes]:
    """The files of Material that come into a site, by their paths below ``assets``."""
    folder = Path(str(package.locate_file("material/templates/assets")))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def bundled_names(assets: Mapping[str, bytes]) -> set[str]:
    """The packages of npm that Material's scripts and styles are made of, by its source maps."""
    sources = [one for name, data in assets.items() if name.endswith(".map") for one in json.loads(data)["sources"]]
    return {found[1] for one in sources if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", one))}


def _parts_of_material(package: Distribution) -> Iterator[Component]:
    assets = material_assets(package)
    unknown = bundled_names(assets) ^ BUNDLED.keys()
    assert not unknown, f"say in BUNDLED under which licence Material bundles these, or that it does no more: {unknown}"
    for name, licence in sorted({**BUNDLED, **dict(COPIED.values()), **dict(ICONS.values())}.items()):
        group, _, last = name.rpartition("/")
        yield Component(
            type=ComponentType.LIBRARY,
            name=last,
            group=group or None,
            bom_ref=f"{MATERIAL}/{name}",
            purl=PackageURL("npm", group or None, last),
            licenses=[declared(licence)] if licence else [],
        )
    for name, data in assets.items():
        path = f"assets/{name}"
        yield Component(type=ComponentType.FILE, name=path, bom_ref=f"{MATERIAL}/{path}", hashes=[_sha256(data)])


def _ours(root: Path) -> Component:
    """The program itself, with what stands in its files and is not ours."""
    parts = [
        Component(
            type=ComponentType.DATA,
            name=name,
            version=version,
            bom_ref=path,
            licenses=[declared(licence)] if licence else [],
            properties=[Property(name="duixian:file", value=path)],
        )
        for name, version, licence, path in _IN_OURS
        if (root / path).is_file()
    ]
    assert len(parts) == len(_IN_OURS), "a file of others is not where it was"
    return Component(
        type=ComponentType.APPLICATION,
        name="duixian",
        version=__version__,
        bom_ref="duixian",
        supplier=OrganizationalEntity(name="Duixian contributors"),
        licenses=[declared("MIT")],
        components=parts,
    )


def make_sbom(root: Path) -> str:
    """The list for the lock of a repository, from what is installed of it."""
    packages = load_packages(root)
    components = [_component(one, packages) for one in packages.locked]
    bom = Bom(components=components)
    bom.metadata.component = ours = _ours(root)
    for component in (ours, *components):
        needs = packages.needs.get(component.name, set())
        bom.register_dependency(component, [one for one in components if one.name in needs])
    made: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    del made["metadata"]["timestamp"]
    return render_sbom(made)


if __name__ == "__main__":
    FILE.write_text(make_sbom(REPOSITORY), encoding="utf-8", newline="\n")
