"""Every locked package may be used by a project under MIT: its own metadata says so, or a person read its licence."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LOCKS = {"requirements.lock": Path(sys.prefix), "tests/recipes/requirements.lock": REPOSITORY / "build/recipes-env"}
"""Lock → the environment that is installed from it."""

NO_READERS = "there is no build/recipes-env"

COMPATIBLE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"),
        *("MIT License", "BSD License", "Apache Software License", "ISC License (ISCL)"),
        *("Python Software Foundation License", "CC0-1.0", "Unlicense"),
        # Copyleft of single files, which are used as they are.
        *("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
    }
)
READ_BY_A_PERSON = {
    "owlrl": "W3C Software Notice and Licence: permissive; its classifier says “OSI Approved” alone (tests only)",
    "partd": "BSD-3-Clause, as its LICENSE says; its metadata say “BSD” alone (duixian[cluster])",
    "pypdfium2": "BSD-3-Clause and Apache-2.0; PDFium and its parts are permissive, listed in its own LICENSES",
    "text-unidecode": "Artistic or GPL, at choice; used under the Artistic licence, unchanged, by python-slugify",
}


def locked(lock: Path) -> set[str]:
    """The normal names of the packages of a lock."""
    return {
        normal(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    }


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licences(package: Distribution) -> list[str]:
    """What a package says of its licence: an SPDX expression, else classifiers, else free words."""
    said = package.metadata
    expressions = said.get_all("License-Expression") or []
    classified = [one.rpartition("::")[2].strip() for one in said.get_all("Classifier") or [] if "License ::" in one]
    free = [str(one).partition("\n")[0] for one in said.get_all("License") or [""]]
    return expressions or classified or free


def is_compatible(said: str) -> bool:
    """Whether an expression can be met by compatible licences alone: one of each OR, all of each AND."""
    return any(
        all(part.strip() in COMPATIBLE for part in re.split(r"\s+AND\s+", choice))
        for choice in re.split(r"\s+OR\s+", said)
    )


def incompatible(packages: Iterator[Distribution], names: set[str]) -> list[str]:
    return sorted(
        f"{package.name}: {said}"
        for package in packages
        if normal(package.name) in names - READ_BY_A_PERSON.keys()
        for said in licences(package)
        if not is_compatible(said)
    )


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_every_locked_package_may_be_used(lock: str) -> None:
    environment = next(iter(LOCKS[lock].glob("lib/python*/site-packages")), None)
    if environment is None:
        pytest.skip(f"{NO_READERS}, which `make recipes` installs from {lock}")
    names = locked(REPOSITORY / lock)
    packages = list(distributions(path=[str(environment)]))
    assert len(names & {normal(package.name) for package in packages}) > len(names) * 0.8
    assert incompatible(iter(packages), names) == []


def test_what_a_person_read_is_still_locked() -> None:
    known = {name for lock in LOCKS for name in locked(REPOSITORY / lock)}
    assert READ_BY_A_PERSON.keys() <= known


@pytest.mark.parametrize(
    ("said", "usable"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-2.0-or-later", False),
        ("GNU Affero General Public License v3", False),
        ("", False),
    ],
)
def test_an_expression_is_read_as_choices(said: str, usable: bool) -> None:
    assert is_compatible(said) is usable
