"""The files of packages that readers can fetch."""

from __future__ import annotations

import os
from pathlib import Path

from generator.pages.data import Download


def list_downloads(datapackage: Path, downloads: Path) -> dict[Download, str]:
    """Every file that readers can fetch, with where it lies now: as text, since a large site has tens of thousands."""
    found = {}
    for root in (datapackage, downloads):
        names = (f"{folder}/{name}"[len(str(root)) + 1 :] for folder, _, names in os.walk(root) for name in names)
        for name in sorted(names, key=lambda name: name.split("/")):
            place = f"{root}/{name}"
            found[Download(f"data/{name}", os.stat(place).st_size)] = place
    return found
