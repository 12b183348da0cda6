"""Kill −9 of the one process that leads, as when memory runs out: the others end by themselves, at once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.trials import Fault, Stage, Trial

_PATIENCE = 20
"""Seconds after which a process without its leader is an orphan for ever."""


def kill_leaders(stage: Stage, times: int) -> Iterator[Trial]:
    """A twentieth as many attempts, at least one of each command."""
    for index in range(max(2, times // 20)):
        ground = (stage.build, stage.ingest)[index % 2]
        with stage.scratch() as folder:
            yield _kill(ground, folder, stage.draw("leader", index).uniform(0.3, 0.9))


def _kill(ground: Ground, folder: Path, share: float) -> Trial:
    command = ground.lay(folder, begun=False)
    process = command.start()
    time.sleep(ground.seconds * share)
    process.kill()
    process.wait()
    faults = [f"process {one} goes on without its leader" for one in _wait_for_group(process.pid)]
    process.communicate()
    states, wrong = ground.state_of(command.root, begun=False)
    faults += wrong + ground.check_next(command)
    return Trial(f"{ground.arguments[0]} at {share:.0%}", tell_states(states), tuple(faults))


def _wait_for_group(group: int) -> list[int]:
    """Those processes of a group that go on after a while; they are ended."""
    until = time.monotonic() + _PATIENCE
    while (found := _members(group)) and time.monotonic() < until:
        time.sleep(0.1)
    for one in found:
        os.kill(one, 9)
    return found


def _members(group: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


KILLED_LEADER = Fault(
    "leader killed", kill_leaders, lambda: "" if Path("/proc/self/stat").exists() else "no /proc on this system"
)
