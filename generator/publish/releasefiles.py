"""Releases on the site: their files as they are, an archive of each, the newest one under ``latest``, and an index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.model import DataRelease
from generator.package.releases import RELEASES, SUMS, Release, release_digest, release_to_zip
from generator.pages.data import Download

LATEST = "latest"


def write_archives(releases: Sequence[Release], folder: Path) -> None:
    """The archive of each release under ``folder``, where there is none of these bytes yet."""
    for release in releases:
        path, data = _archive_of(release, folder), release_to_zip(release)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def list_releases(releases: Sequence[Release], archives: Path) -> dict[Download, str]:
    """Every file of every release, newest first, with where it lies now; those of the newest under ``latest`` too."""
    found = {}
    for release in releases:
        for path in (*sorted(release.folder.iterdir()), _archive_of(release, archives)):
            found[_download(f"{RELEASES}/{release.day}/{path.name}", path)] = str(path)
    for path in sorted(releases[0].folder.iterdir()) if releases else ():
        found[_download(f"{LATEST}/{path.name}", path)] = str(path)
    return found


def release_index(
    releases: Sequence[Release], records: Sequence[DataRelease], archives: Path
) -> Iterator[tuple[str, bytes]]:
    """``data/releases/index.json``, and ``latest.json`` beside it where there is a release. Addresses are relative."""
    reasons = {record.day: record.reason for record in records}
    entries = [
        {
            **_index_entry(release, _archive_of(release, archives).read_bytes()),
            "reason": {"zh": reasons[release.day].zh, "en": reasons[release.day].en},
        }
        for release in releases
    ]
    latest = entries[0]["released"] if entries else None
    yield f"data/{RELEASES}/index.json", _to_json({"latest": latest, "releases": entries})
    if entries:
        yield f"data/{RELEASES}/{LATEST}.json", _to_json(entries[0])


def _index_entry(release: Release, archive: bytes) -> dict[str, Any]:
    said, day = release.descriptor, release.day.isoformat()
    return {
        "released": day,
        **{key: said[key] for key in ("name", "version", "schemaVersion", "rulesVersion")},
        "descriptor": f"{day}/datapackage.json",
        "sums": {"path": f"{day}/{SUMS}", "sha256": release_digest(release.folder)},
        "archive": {
            "path": f"{day}/{release.name}.zip",
            "bytes": len(archive),
            "sha256": hashlib.sha256(archive).hexdigest(),
        },
        "changes": f"../../changes/#d{day}",
    }


def _archive_of(release: Release, folder: Path) -> Path:
    return folder / release.day.isoformat() / f"{release.name}.zip"


def _download(name: str, path: Path) -> Download:
    return Download(f"data/{name}", path.stat().st_size)


def _to_json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
