"""A disk that is full at a moment drawn over the length of a run: a small tmpfs where one may be mounted.

Elsewhere no file may grow above a size (RLIMIT_FSIZE): a write that does not fit fails in the middle, as there.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import Ran, check_said
from tests.chaos.trials import Fault, Stage, Trial

_PAGE = 4096
_ROOMY = 512 << 20


def fill_disks(stage: Stage, times: int) -> Iterator[Trial]:
    """A fifth as many attempts, builds and readings in turn."""
    for index in range(max(2, times // 5)):
        ground, share = (stage.build, stage.ingest)[index % 2], stage.draw("disk", index).random()
        with stage.scratch() as folder:
            yield (_fill if may_mount() else _limit)(ground, folder, share)


@cache
def may_mount() -> bool:
    """Whether a small disk can be mounted here."""
    if os.geteuid() != 0 or not Path("/bin/mount").exists():
        return False
    done = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True
    )
    return done.returncode == 0


def _fill(ground: Ground, folder: Path, share: float) -> Trial:
    disk = folder / "disk"
    disk.mkdir()
    with _mounted(disk, _ROOMY):
        command = ground.lay(disk)
        command.temporary.mkdir()
        used = _used(disk)
        needed = _needed(ground)
        _remount(disk, used + _PAGE * round(share * needed / _PAGE))
        ran = command.run()
        states, faults = ground.state_of(command.root)
        faults += check_said(ran)
        _remount(disk, _ROOMY)
        faults += ground.check_next(command)
    where = f"{ground.arguments[0]}, tmpfs with {share:.0%} of what it needs"
    return Trial(where, f"{_end_of(ran)}, {tell_states(states)}", tuple(faults))


def _limit(ground: Ground, folder: Path, share: float) -> Trial:
    command = ground.lay(folder)
    sizes = sorted(path.stat().st_size for path in ground.before.rglob("*") if path.is_file())
    limit = sizes[int(len(sizes) * (0.5 + share / 2))]
    with _no_larger_than(limit):
        ran = command.run()
    states, faults = ground.state_of(command.root)
    faults += check_said(ran) + ground.check_next(command)
    where = f"{ground.arguments[0]}, no file above {limit} bytes"
    return Trial(where, f"{_end_of(ran)}, {tell_states(states)}", tuple(faults))


def _needed(ground: Ground) -> int:
    """About how many bytes a run writes beside what is there."""
    kept = ("content/registers",) if ground.arguments[0] == "ingest" else ("site", "datapackage", "build")
    files = (path for name in kept for path in (ground.before / name).rglob("*") if path.is_file())
    return sum(-(-path.stat().st_size // _PAGE) * _PAGE for path in files)


def _end_of(ran: Ran) -> str:
    return f"refused ({_code_of(ran)})" if ran.status else f"done{' with a warning' if ran.complained else ''}"


def _code_of(ran: Ran) -> str:
    return ran.complained.partition("[")[2].partition("]")[0]


@contextmanager
def _mounted(disk: Path, size: int) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _remount(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def _used(disk: Path) -> int:
    status = os.statvfs(disk)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


@contextmanager
def _no_larger_than(limit: int) -> Iterator[None]:
    """Our own limit, which processes begun now inherit."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


FULL_DISK = Fault("full disk", fill_disks)
