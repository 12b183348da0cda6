"""Releases: the package of everything as it was published on a day, in ``content/releases/<day>``, for ever.

A release is a folder of plain files (descriptor, CSV, JSON, README, list of software) with their digests in
``SHA256SUMS``; the digest of that file stands in ``content/changes/<day>.yml``: no byte of it can change unseen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.errors import BuildError, Problem
from generator.model import DataRelease
from generator.package.archive import files_to_zip

RELEASES = "releases"
SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+)\Z", re.ASCII)
_REMEDY = "restore it from git; what is wrong in a release is put right in the next one (duixian release DAY)"


@dataclass(frozen=True)
class Release:
    """A release on disk: its day, its folder, and what its descriptor says."""

    day: date
    folder: Path
    descriptor: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the package, which its archive has too: ``duixian-2026-11-28``."""
        return str(self.descriptor["name"])


def find_releases(content: Path) -> tuple[Release, ...]:
    """The releases of a content folder, newest first. Raises BuildError for a folder that is none."""
    found, problems = [], []
    for folder in sorted((content / RELEASES).glob("[!.]*"), reverse=True):
        try:
            descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
            found.append(Release(date.fromisoformat(folder.name), folder, descriptor))
        except (OSError, ValueError) as error:
            said = str(error).partition("\n")[0]
            problems.append(_problem(folder, "invalid", said, "a day, and a data package in it"))
    if problems:
        raise BuildError(*problems)
    return tuple(found)


def render_sums(files: Mapping[str, bytes]) -> str:
    """``SHA256SUMS`` of these files, as ``sha256sum --check`` reads it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def release_digest(folder: Path) -> str:
    """The SHA-256 of a release's ``SHA256SUMS``, which stands for all of its bytes; empty where there is none."""
    path = folder / SUMS
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def release_to_zip(release: Release) -> bytes:
    """The files of a release as one archive, stored: its bytes depend on no version of a library."""
    files = {path.name: path.read_bytes() for path in sorted(release.folder.iterdir())}
    return files_to_zip(files)


def check_releases(content: Path, records: Sequence[DataRelease]) -> list[Problem]:
    """Whatever was changed, added or removed since a release was published, by its digests and by its descriptor.

    It was a valid package when it was made; checks that came later are not asked, since it cannot follow them.

    ``records`` are those of ``content/changes``: they say of which days data are kept, and with which digest.
    """
    kept = {record.day: record.sha256 for record in records if record.sha256}
    releases = {release.day: release for release in find_releases(content)}
    problems = [
        _problem(content / RELEASES / day.isoformat(), "missing", "no such folder", f"the data of {day}")
        for day in sorted(kept.keys() - releases.keys())
    ]
    for day, release in sorted(releases.items()):
        problems += _check_digest(release, kept.get(day, ""))
        problems += _check_sums(release.folder) or _check_descriptor(release)
    return problems


def refuse_changed(content: Path, records: Sequence[DataRelease]) -> None:
    """Raise BuildError when a release is not what it was when it was published."""
    problems = check_releases(content, records)
    if problems:
        raise BuildError(*problems)


def _check_digest(release: Release, expected: str) -> Iterator[Problem]:
    path, found = release.folder / SUMS, release_digest(release.folder)
    if not expected:
        where = f"content/changes/{release.day}.yml"
        yield _problem(path, "unrecorded", "no digest is recorded", f"sha256: {found} in {where}")
    elif found != expected:
        yield _problem(path, "changed", f"SHA-256 {found or 'of nothing'}", f"{expected}, as published")


def _check_sums(folder: Path) -> list[Problem]:
    path = folder / SUMS
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    matched = [match for line in lines if (match := _LINE.match(line))]
    sums = {match[2]: match[1] for match in matched}
    there = {file.name: file for file in sorted(folder.iterdir()) if file.name != SUMS}
    problems = [
        _problem(folder / name, "missing", "no such file", "a file of the release")
        for name in sums
        if name not in there
    ]
    for name, file in there.items():
        if name not in sums or not file.is_file():
            problems.append(_problem(file, "stranger", f"not in {SUMS}", "the files of the release and no other"))
        elif (found := hashlib.sha256(file.read_bytes()).hexdigest()) != sums[name]:
            problems.append(_problem(file, "changed", f"SHA-256 {found}", f"{sums[name]}, as published"))
    if len(matched) != len(lines) or not lines:
        problems.append(_problem(path, "changed", "not a list of digests", "what was published"))
    return problems


def _check_descriptor(release: Release) -> Iterator[Problem]:
    for resource in release.descriptor["resources"]:
        path = release.folder / str(resource["path"])
        data = path.read_bytes() if path.is_file() else b""
        if resource["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}" or resource["bytes"] != len(data):
            yield _problem(
                path, "changed", f"{len(data)} bytes", f"bytes and hash of {path.with_name('datapackage.json')}"
            )


def _problem(path: Path, code: str, found: str, expected: str) -> Problem:
    return Problem(path, 0, f"release-{code}", found, f"expected {expected}", _REMEDY)
