"""New packages in the place of the old ones: all or none; a file that has not changed stays the same file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from generator.errors import BuildError
from generator.package.validate import problem_of

_PACKAGE_SUFFIXES = {".csv", ".json"}
_DOWNLOAD_SUFFIXES = {".zip", ".xlsx"}


def _aside(out: Path) -> Path:
    """Where the old packages stand for the moment between two renames."""
    return out.parent / f".{out.name}.old"


def restore_packages(out: Path) -> None:
    """After a build that was killed: what it left goes, and the old packages come back if they had been moved away."""
    aside = _aside(out)
    prefix = f".{out.name}.new."
    for staging in out.parent.glob(f"{prefix}*"):
        if not _is_running(staging.name.removeprefix(prefix).partition(".")[0]):
            shutil.rmtree(staging, ignore_errors=True)
    if aside.exists() and not out.exists():
        aside.rename(out)
    elif aside.exists():
        shutil.rmtree(aside)


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
    files = [path for path in sorted(out.rglob("*")) if path.is_file()] if out.exists() else []
    strangers = [
        path
        for path in files
        if path.suffix not in _PACKAGE_SUFFIXES or not (path.parent / "datapackage.json").is_file()
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


def swap_in(staged: Path, out: Path) -> None:
    """Put the new folder in place of the old; a file that has not changed is the old file itself."""
    for path in staged.rglob("*"):
        old = out / path.relative_to(staged)
        if path.is_file() and old.is_file() and old.read_bytes() == path.read_bytes():
            path.unlink()
            _link_or_copy(old, path)
    aside = _aside(out)
    if out.exists():
        out.rename(aside)
    staged.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


def _link_or_copy(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def merge_downloads(staged: Path, downloads: Path) -> None:
    """Write downloads that differ, and remove those of packages that are gone. Other files are left alone."""
    fresh = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    for name in sorted(fresh):
        target, data = downloads / name, (staged / name).read_bytes()
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.part")
            part.write_bytes(data)
            part.replace(target)
    for path in sorted(downloads.rglob("*")):
        if path.suffix in _DOWNLOAD_SUFFIXES and path.relative_to(downloads) not in fresh:
            path.unlink()
