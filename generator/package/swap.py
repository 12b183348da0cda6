"""What stands where packages and downloads are to come: what is left there, taken along, or in the way."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

from generator.errors import BuildError
from generator.listing import list_folder
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
    for folder, _, _ in os.walk(new):
        kept = f"{target}{folder[len(str(new)) :]}"
        before = list_folder(kept).files if os.path.isdir(kept) else {}
        for name, inode in list_folder(folder).files.items():
            if before.get(name, inode) != inode and _is_same(f"{kept}/{name}", f"{folder}/{name}"):
                os.unlink(f"{folder}/{name}")
                link_or_copy(f"{kept}/{name}", f"{folder}/{name}")


def _is_same(old: str, new: str) -> bool:
    return os.path.isfile(old) and filecmp.cmp(old, new, shallow=False)


def link_or_copy(old: Path | str, new: Path | str) -> None:
    """The same file under another name, where the disk can do that; else a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
