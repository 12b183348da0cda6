"""The files of packages that readers can fetch."""

from __future__ import annotations

from pathlib import Path

from generator.pages.data import Download


def list_downloads(datapackage: Path, downloads: Path) -> dict[Download, Path]:
    """Every file that readers can fetch, with where it lies now."""
    found = {}
    for root in (datapackage, downloads):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                address = f"data/{path.relative_to(root).as_posix()}"
                found[Download(address, path.stat().st_size)] = path
    return found
