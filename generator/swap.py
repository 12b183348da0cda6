"""Folders and files that belong together, put in the place of the old ones: all or none, whenever a run is killed.

Each is made beside its place. When all are whole, a journal names them; then each takes its place in one step, in
which it is exchanged for the old one, so that nobody finds it missing or half. Who comes after a run that was killed
between two of these steps finds the journal and takes the others. Where the system cannot exchange (only Linux can), a
folder is missing for the time between two renames, and the journal brings it back, too.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

JOURNAL = ".swap"
"""The end of the name of a journal, which lies beside the first of what it names."""
_PART = ".part"
_AT_ONCE = 4
"""Threads that remove what stands in a folder: a large site goes in a third of the time."""
_HERE, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux."""
_UNABLE = frozenset((errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM))
"""What a file system says that cannot exchange."""


def swap_in(staged: Mapping[Path, Path]) -> None:
    """Put each new folder or file (target → staged) in the place of the old one, which then stands where it was staged.

    Both are on one disk. When one cannot be put there, the old ones come back, and the OSError is raised.
    """
    journal = journal_of(next(iter(staged)))
    entries = [(target, new, _inode(new)) for target, new in staged.items()]
    _write_journal(journal, entries)
    try:
        for target, new in staged.items():
            _put(new, target)
    except BaseException:
        for entry in reversed(entries):
            _take_back(*entry)
        journal.unlink()
        raise
    journal.unlink()


def finish_swap(journal: Path) -> None:
    """After a run that was killed while it swapped: what it had not put in its place yet is put there."""
    for target, new, inode in _read_journal(journal):
        if inode not in {_inode(target), _inode(new)}:
            continue
        if _inode(target) != inode:
            _put(new, target)
        remove(_aside(target))
    remove(_part(journal))
    journal.unlink(missing_ok=True)


@contextmanager
def staging(target: Path, spare: Path | None = None) -> Iterator[Path]:
    """A folder beside a target, to be swapped with it. What is left there goes, that of a killed run, too.

    It is empty, or is what was kept as ``spare``, which is gone from there.
    """
    folder = target.with_name(f".{target.name}.new")
    remove(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if spare is None or not _move(spare, folder):
        folder.mkdir()
    try:
        yield folder
    finally:
        remove(folder)


def keep_spare(folder: Path, spare: Path) -> None:
    """Keep a folder that was swapped, to stage the next in it; where it cannot be moved there, it is taken away."""
    remove(spare)
    if not _move(folder, spare):
        remove(folder)


def _move(old: Path, new: Path) -> bool:
    """Rename a folder; False where there is none, or where it is on another disk, and then nothing is left of it."""
    try:
        old.rename(new)
    except OSError:
        remove(old)
        return False
    return True


def journal_of(target: Path) -> Path:
    """The journal of a swap of which this is the first target."""
    return target.with_name(f".{target.name}{JOURNAL}")


def journals_below(folder: Path) -> list[Path]:
    """The journals that runs left below a folder when they were killed, those that were never whole among them."""
    found = (path for path in folder.rglob(".*") if path.name.removesuffix(_PART).endswith(JOURNAL))
    return sorted({path.with_name(path.name.removesuffix(_PART)) for path in found})


def remove(path: Path) -> None:
    """Take away a file, a link or a folder; what cannot be taken away stays."""
    if path.is_dir() and not path.is_symlink():
        with suppress(OSError), ThreadPoolExecutor(_AT_ONCE) as threads:
            folders = [entry.path for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
            for folder in folders if len(folders) > 1 else ():
                threads.submit(_remove_folder, Path(folder), path)
        _remove_folder(path, path)
    else:
        with suppress(OSError):
            path.unlink()


def _remove_folder(folder: Path, below: Path) -> None:
    shutil.rmtree(folder, onerror=lambda _, name, __: _remove_locked(Path(name), below))


def _remove_locked(path: Path, below: Path) -> None:
    """What stands in a folder in which nothing may be removed goes all the same where the folder is ours."""
    with suppress(OSError):
        for folder in (path.parent, path):
            if folder.is_relative_to(below) and folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o700)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _aside(target: Path) -> Path:
    """Where an old folder stands for the moment where it cannot be exchanged."""
    return target.with_name(f".{target.name}.old")


def _write_journal(journal: Path, entries: Sequence[tuple[Path, Path, int]]) -> None:
    """Each place as it is seen from the journal, and the number by which the disk knows what is new."""
    told = [
        {"target": _seen(target, journal), "staged": _seen(new, journal), "inode": inode}
        for target, new, inode in entries
    ]
    part = _part(journal)
    try:
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(journal)
    except OSError as error:
        remove(part)
        error.filename = error.filename or str(journal)
        raise


def _part(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}{_PART}")


def _seen(path: Path, journal: Path) -> str:
    return os.path.relpath(path, journal.parent)


def _read_journal(journal: Path) -> list[tuple[Path, Path, int]]:
    """Target, staged place and number of each; nothing where there is no journal, or none of ours."""
    try:
        told: list[dict[str, Any]] = json.loads(journal.read_bytes())
        entries = [(journal.parent / one["target"], journal.parent / one["staged"], int(one["inode"])) for one in told]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [(target, new, inode) for target, new, inode in entries if _is_beside(new, target)]


def _is_beside(new: Path, target: Path) -> bool:
    return new.parent == target.parent and new.name.startswith(f".{target.name}.")


def _inode(path: Path) -> int:
    try:
        return path.lstat().st_ino
    except OSError:
        return 0


def _put(new: Path, target: Path) -> None:
    """Exchange; what has no counterpart is renamed."""
    if not os.path.lexists(target):
        aside = _aside(target)
        if not os.path.lexists(aside):
            new.rename(target)
            return
        aside.rename(target)  # a run was killed between two renames
    if not _exchange(new, target):
        _rename_both(new, target)


def _take_back(target: Path, new: Path, inode: int) -> None:
    """Undo one that was put, or half put, in its place."""
    aside = _aside(target)
    if _inode(target) == inode and os.path.lexists(new):
        _put(new, target)
    elif _inode(target) == inode:
        target.rename(new)
    if not os.path.lexists(target) and os.path.lexists(aside):
        aside.rename(target)
    remove(aside)


def _rename_both(new: Path, target: Path) -> None:
    """An exchange in three steps. A file is never missing; a folder is, between the first and the second."""
    aside = _aside(target)
    if target.is_file():
        shutil.copy2(target, aside)
        new.replace(target)
    else:
        target.rename(aside)
        new.rename(target)
    aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two places in one step; False where the system cannot. Raises OSError as a rename does."""
    rename = _find_exchange()
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@lru_cache(maxsize=1)
def _find_exchange() -> Any:
    """``renameat2`` of the C library, None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
