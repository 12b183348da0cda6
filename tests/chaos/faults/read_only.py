"""Folders in which the user of a run may write nothing: it says so, and what was there stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import check_said
from tests.chaos.trials import Fault, Stage, Trial

NOBODY = 65534
"""Where we are root, whom no rights stop, runs are another user's."""
_PLACES = {
    "build": ("", "site", "datapackage", "build", "build/docs", "build/downloads"),
    "ingest": ("content/registers", "content/registers/yunxi/2023"),
}


def forbid(stage: Stage, times: int) -> Iterator[Trial]:
    """Each place once; with few attempts the first of each command alone."""
    for name, places in _PLACES.items():
        for place in places[: max(1, times)]:
            with stage.scratch() as folder:
                yield _forbid(getattr(stage, name), folder, place)


def _forbid(ground: Ground, folder: Path, place: str) -> Trial:
    command = replace(ground.lay(folder), user=others_user())
    with lent(folder), forbidden(command.root / place):
        ran = command.run()
    states, faults = ground.state_of(command.root)
    faults += check_said(ran)
    faults += ground.check_next(command)
    said = f"refused ({ran.complained.partition('[')[2].partition(']')[0]})" if ran.status else "done"
    return Trial(
        f"{ground.arguments[0]}, {place or 'the whole folder'}", f"{said}, {tell_states(states)}", tuple(faults)
    )


def others_user() -> int | None:
    """Who runs it: somebody whom rights can stop."""
    return NOBODY if os.geteuid() == 0 else None


@contextmanager
def lent(folder: Path) -> Iterator[None]:
    """A folder and all below it as the other user's, and ours again afterwards."""
    _own(folder, others_user())
    try:
        yield
    finally:
        _own(folder, os.geteuid() if others_user() else None)


def _own(folder: Path, user: int | None) -> None:
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, -1)


@contextmanager
def forbidden(place: Path) -> Iterator[None]:
    """A folder in which nobody may make or remove anything."""
    mode = place.stat().st_mode
    place.chmod(0o555)
    try:
        yield
    finally:
        place.chmod(mode)


READ_ONLY = Fault("read-only output", forbid)
