"""New packages and downloads in the place of the old ones: all or none; an unchanged file stays the same file.

The folders are replaced by renaming, first all old ones away, then all new ones in. So whoever looks after a build was
killed finds each folder whole or missing, and never packages of one build beside downloads of another: as long as
one is missing, the next build takes the old ones back.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import BuildError
from generator.package.formats import SUFFIXES
from generator.package.validate import problem_of

_PACKAGE_SUFFIXES = {".csv", ".json"}


def staging_prefix(target: Path) -> str:
    """How the names of staging folders beside a folder begin; the number of the process follows."""
    return f".{target.name}.new."


def restore_folders(targets: Sequence[Path]) -> None:
    """After a build that was killed: what it left goes, and old folders come back if not all new ones were in place."""
    for target in targets:
        prefix = staging_prefix(target)
        for staging in target.parent.glob(f"{prefix}*"):
            if not _is_running(staging.name.removeprefix(prefix).partition(".")[0]):
                shutil.rmtree(staging, ignore_errors=True)
    if not all(target.exists() for target in targets):
        _take_back(targets)
    for target in targets:
        shutil.rmtree(_aside(target), ignore_errors=True)


def _take_back(targets: Sequence[Path]) -> None:
    """Those that are missing last: as long as one is, a next attempt knows that it has to go on."""
    for target in sorted(targets, key=lambda one: not one.exists()):
        aside = _aside(target)
        if aside.exists():
            shutil.rmtree(target, ignore_errors=True)
            if any(aside.iterdir()):
                aside.rename(target)
            else:
                aside.rmdir()


def _aside(target: Path) -> Path:
    """Where an old folder stands while the new ones come in; an empty one there says that there was none."""
    return target.parent / f".{target.name}.old"


def _is_running(process: str) -> bool:
    """Whether the build that named its staging folder after its process is still at work: then the folder stays."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


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


def swap_in(staged: Mapping[Path, Path]) -> None:
    """Put new folders (target → staged) in the place of the old; a file that has not changed is the old file itself.

    All or none: when one cannot be put there, the old ones come back, and the error is raised.
    """
    for target, new in staged.items():
        _keep_unchanged(target, new)
    try:
        for target in staged:
            if target.exists():
                target.rename(_aside(target))
            else:
                _aside(target).mkdir()
        for target, new in staged.items():
            new.rename(target)
    except BaseException:
        if not all(target.exists() for target in staged):
            _take_back(list(staged))
        raise
    for target in staged:
        shutil.rmtree(_aside(target), ignore_errors=True)


def _keep_unchanged(target: Path, new: Path) -> None:
    for path in new.rglob("*"):
        old = target / path.relative_to(new)
        if path.is_file() and old.is_file() and not old.samefile(path) and filecmp.cmp(old, path, shallow=False):
            path.unlink()
            link_or_copy(old, path)


def link_or_copy(old: Path, new: Path) -> None:
    """The same file under another name, where the disk can do that; else a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
