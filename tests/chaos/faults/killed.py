"""Kill −9 of the whole process group at a moment drawn over the length of a run, a fifth of them on a first run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import kill, kill_after, kill_on_sight
from tests.chaos.trials import Fault, Stage, Trial

SIGHTS = {
    "build": ("build/.summaries.*", ".site.new/*", ".site.swap", "build/.downloads.new"),
    "ingest": ("content/registers/*/*/.*",),
}
"""What appears for a moment; a fifth of the attempts wait for one of these and kill soon after."""
_FIRST, _AIMED = 0.2, 0.2
_ATTEMPTS = 3
"""Times as many attempts as kills, at most: some runs end before."""


def kill_often(name: str, stage: Stage, times: int) -> Iterator[Trial]:
    """So many kills of a command, or of as many as do not end before."""
    ground: Ground = getattr(stage, name)
    landed = 0
    for index in range(times * _ATTEMPTS):
        with stage.scratch() as folder:
            trial = _kill(name, ground, stage, index, folder)
        yield trial
        landed += not trial.where.startswith("ended before")
        if landed == times:
            return


def _kill(name: str, ground: Ground, stage: Stage, index: int, folder: Path) -> Trial:
    draw = stage.draw(f"killed {name}", index)
    begun = draw.random() >= _FIRST
    command = ground.lay(folder, begun=begun)
    process = command.start()
    if draw.random() < _AIMED:
        running = kill_on_sight(process, command.root, draw.choice(SIGHTS[name]), draw.random() * 0.005)
    else:
        running = kill_after(process, draw.random() * ground.seconds * (1 if begun else 1.3))
    kill(process)
    process.communicate()
    states, faults = ground.state_of(command.root, begun=begun)
    where = _stage_of(name, command.root, tell_states(states)) if running else "ended before it was killed"
    faults += ground.check_next(command)
    return Trial(f"{where}{'' if begun else ', first run'}", tell_states(states), tuple(faults))


def _stage_of(name: str, root: Path, state: str) -> str:
    """How far a run had come, by what it had written and replaced."""
    if name == "ingest":
        if list((root / "content" / "registers").rglob(".*")):
            return "writing registers"
        return "reading"
    if (root / ".site.swap").exists():
        return "swapping"
    if state == "new":
        return "clearing up"
    if (root / ".site.new").exists():
        return "pages and packages"
    return "loading and years"


KILLED_BUILD = Fault("killed build", partial(kill_often, "build"))
KILLED_INGEST = Fault("killed ingest", partial(kill_often, "ingest"))
