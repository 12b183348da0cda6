"""The files of packages that readers can fetch."""

from __future__ import annotations

import os
from pathlib import Path

from generator.pages.data import Download


def list_downloads(datapackage: Path, downloads: Path) -> dict[Download, Path]:
    """Every file that readers can fetch, with where it lies now."""
    found = {}
    for root in (datapackage, downloads):
        names = (f"{folder}/{name}"[len(str(root)) + 1 :] for folder, _, names in os.walk(root) for name in names)
        for name in sorted(names, key=lambda name: name.split("/")):
            found[Download(f"data/{name}", os.stat(f"{root}/{name}").st_size)] = root / name
    return found
