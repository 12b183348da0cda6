"""Kill −9 of the whole group before one step of the process that writes: every step of a swap, and others by chance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import Command, end_of
from tests.chaos.trials import Fault, Stage, Trial

NARROW = ".swap.part w"
"""Where the narrow windows begin: the journal of a swap is opened to be written."""
_NARROW_STEPS = 14
"""Steps of a swap, and the first of clearing up after it."""
_MIDDLE = 3
"""The first attempt is in the middle: some folders are new, some old."""
_FIRST = 0.2
"""Share of the attempts on a first run."""


def kill_at_steps(name: str, stage: Stage, times: int) -> Iterator[Trial]:
    """Half as many attempts, every second at the steps of the swap, one after the other, the others at any step."""
    ground: Ground = getattr(stage, name)
    total = 0
    for index in range(-(-times // 2)):
        draw = stage.draw(f"{name} at steps", index)
        begun = draw.random() >= _FIRST
        at = NARROW, 1 + (_MIDDLE + index // 2) % _NARROW_STEPS
        if index % 2:
            with stage.scratch() as folder:
                total = total or _count_steps(ground, folder)
            at = "", draw.randint(1, total)
        with stage.scratch() as folder:
            yield _kill(ground, folder, at, begun=begun)


def _tripped(command: Command, said: Path, step: str, count: int) -> Command:
    before = ("-m", "tests.chaos.tripwire", step, str(count), str(said), "--")
    return Command(command.arguments, command.root, command.environment, before)


def _count_steps(ground: Ground, folder: Path) -> int:
    said = folder / "said"
    _tripped(ground.lay(folder), said, "", 0).run()
    return int(said.read_text(encoding="utf-8"))


def _kill(ground: Ground, folder: Path, at: tuple[str, int], *, begun: bool) -> Trial:
    command, said = ground.lay(folder, begun=begun), folder / "said"
    ran = end_of(_tripped(command, said, *at).start())
    words = said.read_text(encoding="utf-8", errors="replace").replace(f"{folder}/", "").replace("project/", "")
    where = f"before {_shortened(words)}" if ran.status < 0 else "ended before it was killed"
    states, faults = ground.state_of(command.root, begun=begun)
    faults += ground.check_next(command)
    return Trial(f"{where}{'' if begun else ', first run'}", tell_states(states), tuple(faults))


def _shortened(words: str) -> str:
    """A step as many are alike: names of pages are left out."""
    event, _, paths = words.partition(" ")
    first = paths.split(" ")[0] if event != "os.rename" else paths.split(" ")[-1]
    parts = Path(first).parts
    return f"{event} {'/'.join(parts[:2])}{'/…' if len(parts) > 2 else ''}"


BUILD_AT_STEPS = Fault("build killed at steps", partial(kill_at_steps, "build"))
INGEST_AT_STEPS = Fault("ingest killed at steps", partial(kill_at_steps, "ingest"))
