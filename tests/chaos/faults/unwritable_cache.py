"""A cache that takes nothing: the build does without, and warns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.chaos.faults.read_only import WITHOUT_POWERS, cannot_forbid, forbidden
from tests.chaos.grounds import Ground, tell_states
from tests.chaos.runs import check_said
from tests.chaos.trials import Fault, Stage, Trial

_PLACES = ("", "years", "pages", "charts", "search")


def forbid(stage: Stage, times: int) -> Iterator[Trial]:
    """Each folder of the cache once."""
    for place in _PLACES[: max(1, times)]:
        with stage.scratch() as folder:
            yield _forbid(stage.build, folder, place)


def _forbid(ground: Ground, folder: Path, place: str) -> Trial:
    command = replace(ground.lay(folder), wrapper=WITHOUT_POWERS)
    cache = command.root / "build" / "cache" / place
    cache.mkdir(exist_ok=True)
    with forbidden(cache):
        ran = command.run()
    states, faults = ground.state_of(command.root)
    faults += check_said(ran, [0]) + [f"not done: {name} is {one}" for name, one in states.items() if one != "new"]
    if place != "charts" and "[store-unwritable]" not in ran.complained:
        faults.append("no warning")
    faults += ground.check_next(command)
    return Trial(f"build/cache/{place}", tell_states(states), tuple(faults))


UNWRITABLE_CACHE = Fault("unwritable cache", forbid, cannot_forbid)
