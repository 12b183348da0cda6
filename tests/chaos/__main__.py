"""``python -m tests.chaos``: disturb, look at what is left, run again. Exit status 1 where anything is lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.faults import FAULTS
from tests.chaos.trials import Fault, Stage, Trial


def disturb(fault: Fault, stage: Stage, times: int) -> list[Trial]:
    """All attempts of a fault, each that is at fault told at once."""
    trials, told = [], time.monotonic()
    for trial in fault.run(stage, times):
        trials.append(trial)
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(f"{fault.name}: {len(trials)} attempts so far", flush=True)
        for one in trial.faults:
            print(f"AT FAULT {fault.name}, {trial.where}: {one}", flush=True)
    return trials


def _report(fault: Fault, trials: Sequence[Trial], seconds: float) -> None:
    wrong = sum(bool(trial.faults) for trial in trials)
    print(f"\n{fault.name}: {len(trials)} attempts in {seconds:.0f} s, {wrong} at fault")
    for (where, found), count in sorted(Counter((trial.where, trial.found) for trial in trials).items()):
        print(f"{count:6} {where}: {found}")
    sys.stdout.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    names = ", ".join(fault.name for fault in FAULTS)
    parser.add_argument("--times", type=int, default=100, help="kills of each command; others in proportion (100)")
    parser.add_argument("--seed", type=int, default=1, help="the same number draws the same moments (1)")
    parser.add_argument("--only", action="append", default=[], metavar="FAULT", help=f"one of: {names}")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for."""
    options = _options(arguments)
    if unknown := [name for name in options.only if name not in {fault.name for fault in FAULTS}]:
        print(f"no such fault: {', '.join(unknown)}", file=sys.stderr)
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        Path(name).chmod(0o755)
        stage = Stage(Path(name), options.seed)
        for fault in (one for one in FAULTS if not options.only or one.name in options.only):
            if why := fault.left_out():
                print(f"{fault.name}: left out, {why}")
                continue
            started = time.monotonic()
            trials = disturb(fault, stage, options.times)
            _report(fault, trials, time.monotonic() - started)
            wrong += sum(bool(trial.faults) for trial in trials)
    print(f"\n{wrong} at fault")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
