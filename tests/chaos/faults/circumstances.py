"""Runs in circumstances that must not show: from nothing, and on what was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.chaos.grounds import Ground
from tests.chaos.runs import UNSET, Command
from tests.chaos.trials import Trial


def run_in(ground: Ground, folder: Path, environment: Mapping[str, str], *, begun: bool) -> Trial:
    """One run in an environment. It gives what it always gives."""
    command = replace(ground.lay(folder, begun=begun), environment=environment)
    shown = {name: value.rpartition("/")[2] for name, value in environment.items() if name != "PYTHONPATH"}
    told = " ".join(f"{name}{' unset' if value == UNSET else f'={value}'}" for name, value in shown.items())
    return tell_run(ground, command, f"{ground.arguments[0]}{'' if begun else ' from nothing'} {told}")


def tell_run(ground: Ground, command: Command, where: str) -> Trial:
    """The same, however the circumstances were made."""
    ran = command.run()
    return Trial(where, "refused" if ran.status else "new", tuple(ground.check_done(ran, command.root)))


def in_turn(grounds: Sequence[Ground]) -> list[tuple[Ground, bool]]:
    """Each ground from nothing, then on what was there."""
    return [(ground, begun) for ground in grounds for begun in (False, True)]
