"""What stands where packages and downloads are to come: what is left there, taken along, or in the way."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

from generator.errors import BuildError
from generator.package.formats import SUFFIXES
from generator.package.validate import problem_of

_PACKAGE_SUFFIXES = {".csv", ".json"}


def refuse_strangers(out: Path) -> None:
    """A folder that holds anything but packages is not ours to replace. Raises BuildError."""
    strangers = [
        Path(folder, name)
        for folder, _, names in sorted(os.walk(out))
        for name in sorted(names)
        if "datapackage.json" not in names or Path(name).suffix not in _PACKAGE_SUFFIXES
    ]
    if strangers or (out.exists() and not out.is_dir()):
        raise BuildError(
            *(
                problem_of(
                    path,
                    "package-stranger",
                    "not a file of a package",
                    "nothing but packages here",
                    "move it elsewhere, or name another folder",
                )
                for path in strangers or [out]
            )
        )


def refuse_blocked(staged: Path, downloads: Path) -> None:
    """A file where a folder of downloads belongs, or a folder where a download does. Raises BuildError."""
    found = [(downloads / path.relative_to(staged), path.is_dir()) for path in sorted(staged.rglob("*"))]
    places = [downloads, *(path for path, _ in found)]
    folders = {downloads, *(path for path, is_folder in found if is_folder)}
    wrong = [path for path in places if path.exists() and path.is_dir() != (path in folders)]
    if wrong:
        raise BuildError(
            *(
                problem_of(
                    path,
                    "download-blocked",
                    "a folder" if path.is_dir() else "a file",
                    "a folder of downloads" if path in folders else "a download",
                    "move it elsewhere",
                )
                for path in wrong
            )
        )


def keep_others(staged: Path, downloads: Path) -> None:
    """Files beside the downloads that are none (somebody's notes) are taken along."""
    for path in sorted(downloads.rglob("*")):
        if path.is_file() and path.suffix not in SUFFIXES:
            target = staged / path.relative_to(downloads)
            target.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(path, target)


def keep_unchanged(target: Path, new: Path) -> None:
    """A file that has not changed is the old file itself."""
    for folder, _, names in os.walk(new):
        kept = Path(target, Path(folder).relative_to(new))
        for old, path in ((f"{kept}/{name}", f"{folder}/{name}") for name in names):
            if os.path.isfile(old) and not os.path.samefile(old, path) and filecmp.cmp(old, path, shallow=False):
                os.unlink(path)
                link_or_copy(old, path)


def link_or_copy(old: Path | str, new: Path | str) -> None:
    """The same file under another name, where the disk can do that; else a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
