"""Folders in which the user of a run may write nothing: it says so, and what was there stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import check_said
from tests.chaos.trials import Fault, Stage, Trial

WITHOUT_POWERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Root is stopped by no rights: its runs are begun without that power."""
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
    command = replace(ground.lay(folder), wrapper=WITHOUT_POWERS)
    with forbidden(command.root / place):
        ran = command.run()
    states, faults = ground.state_of(command.root)
    faults += check_said(ran)
    faults += ground.check_next(command)
    said = f"refused ({ran.complained.partition('[')[2].partition(']')[0]})" if ran.status else "done"
    return Trial(
        f"{ground.arguments[0]}, {place or 'the whole folder'}", f"{said}, {tell_states(states)}", tuple(faults)
    )


@contextmanager
def forbidden(place: Path) -> Iterator[None]:
    """A folder in which nobody may make or remove anything."""
    mode = place.stat().st_mode
    place.chmod(0o555)
    try:
        yield
    finally:
        place.chmod(mode)


def cannot_forbid() -> str:
    """Why rights stop nobody here."""
    return "we are root, and there is no setpriv" if WITHOUT_POWERS and not shutil.which(WITHOUT_POWERS[0]) else ""


READ_ONLY = Fault("read-only output", forbid, cannot_forbid)
