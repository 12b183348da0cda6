"""Runs in circumstances that must not show: from nothing, and on what was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.chaos.grounds import Ground
from tests.chaos.runs import UNSET
from tests.chaos.trials import Trial


def run_in(
    ground: Ground,
    folder: Path,
    environment: Mapping[str, str],
    *,
    begun: bool,
    change: Callable[[Path], None] | None = None,
) -> Trial:
    """One run in an environment, on a project that something was done to. It gives what it always gives."""
    command = replace(ground.lay(folder, begun=begun), environment=environment)
    if change:
        change(command.root)
    ran = command.run()
    faults = ground.check_done(ran, command.root)
    told = " ".join(f"{name}={'' if value == UNSET else Path(value).name}" for name, value in environment.items())
    where = f"{ground.arguments[0]}{'' if begun else ' from nothing'} {told}"
    return Trial(where, "refused" if ran.status else "new", tuple(faults))


def in_turn(grounds: Iterator[Ground]) -> Iterator[tuple[Ground, bool]]:
    """Each ground on what was there, then from nothing."""
    for ground in grounds:
        for begun in (True, False):
            yield ground, begun
