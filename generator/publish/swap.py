"""The finished site in the place of the last one: made beside it, renamed when it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path


def fresh_folder(site: Path, suffix: str) -> Path:
    """An empty folder beside the site, so that it can be renamed; what a killed build left there goes first."""
    restore_site(site)
    folder = _beside(site, suffix)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def restore_site(site: Path) -> None:
    """After a build that ended between its two renames, the old site comes back."""
    aside = _beside(site, "old")
    if aside.exists() and not site.exists():
        aside.rename(site)
    shutil.rmtree(aside, ignore_errors=True)


def swap_in(staged: Path, site: Path) -> None:
    """The new site in the place of the old one, which comes back when the new one cannot be put there."""
    aside = _beside(site, "old")
    if site.exists():
        site.rename(aside)
    try:
        staged.rename(site)
    except OSError:
        restore_site(site)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _beside(site: Path, suffix: str) -> Path:
    return site.parent / f".{site.name}.{suffix}"
