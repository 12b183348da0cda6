"""Clocks that are wrong: files of the past and of the future, a program that reads another year, or several."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from random import Random

from tests.chaos.faults.circumstances import in_turn, run_in, tell_run
from tests.chaos.trials import Fault, Stage, Trial
from tests.conftest import REPOSITORY

_YEAR = 31_536_000
_PATH = os.pathsep.join((str(Path(__file__).parents[1] / "otherclock"), str(REPOSITORY)))
CLOCKS: tuple[dict[str, str], ...] = (
    {"CHAOS_CLOCK": str(-30 * _YEAR), "PYTHONPATH": _PATH},
    {"CHAOS_CLOCK": str(60 * _YEAR), "PYTHONPATH": _PATH, "TZ": "Pacific/Kiritimati"},
    {"CHAOS_CLOCK": "PID", "PYTHONPATH": _PATH, "TZ": "Etc/GMT+12"},
    {"SOURCE_DATE_EPOCH": "4102444800"},
    {"SOURCE_DATE_EPOCH": "yesterday"},
)


def set_clocks(stage: Stage, times: int) -> Iterator[Trial]:
    """Each clock, on what was there and from nothing, and dates of files; with few attempts the first of each."""
    grounds = in_turn((stage.build, stage.ingest))
    for environment, (ground, begun) in islice(product(CLOCKS, grounds), times):
        with stage.scratch() as folder:
            yield run_in(ground, folder, environment, begun=begun)
    for index, (name, moment) in islice(enumerate(MOMENTS.items()), times):
        with stage.scratch() as folder:
            command = stage.build.lay(folder)
            _date(moment, stage.draw("clock", index), command.root)
            yield tell_run(stage.build, command, f"build, files {name}")


MOMENTS: dict[str, Callable[[Random], float]] = {
    "of 1970": lambda _: 86_400.0,
    "of the future": lambda _: time.time() + 50 * _YEAR,
    "of any time": lambda draw: time.time() + draw.uniform(-30, 30) * _YEAR,
}


def _date(moment: Callable[[Random], float], draw: Random, root: Path) -> None:
    for path in sorted(root.rglob("*")):
        of = moment(draw)
        os.utime(path, (of, of))


CLOCK = Fault("clock", set_clocks)
