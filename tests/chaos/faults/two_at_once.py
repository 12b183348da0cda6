"""Two runs at once in the same folders: one waits for the other, and says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import check_said, end_of
from tests.chaos.trials import Fault, Stage, Trial


def run_twice(stage: Stage, times: int) -> Iterator[Trial]:
    """A tenth as many attempts, builds and readings in turn, the second some time after the first."""
    for index in range(max(2, times // 10)):
        ground = (stage.build, stage.ingest)[index % 2]
        with stage.scratch() as folder:
            yield _run_twice(ground, folder, stage.draw("twice", index).choice([0.0, 0.1, 0.4, 0.7]))


def _run_twice(ground: Ground, folder: Path, share: float) -> Trial:
    command = ground.lay(folder)
    first = command.start()
    time.sleep(share * ground.seconds)
    runs = [end_of(second) for second in (command.start(), first)]
    faults = [fault for ran in runs for fault in check_said(ran, [0])]
    waited = [line for ran in runs for line in ran.complained.splitlines() if "[folder-busy]" in line]
    faults += [f"said: {line}" for ran in runs for line in ran.complained.splitlines() if line not in waited]
    states, wrong = ground.state_of(command.root)
    faults += wrong + [f"not done: {name} is {one}" for name, one in states.items() if one != "new"]
    faults += ground.check_next(command)
    found = f"{'one waited' if waited else 'neither waited'}, {tell_states(states)}"
    return Trial(f"{ground.arguments[0]}, the second at {share:.0%}", found, tuple(faults))


TWO_AT_ONCE = Fault("two at once", run_twice)
