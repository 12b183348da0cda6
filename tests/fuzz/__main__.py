"""``python -m tests.fuzz``: mutate, read, check, and keep what is at fault. Exit status 1 where anything is."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from tests.conftest import REPOSITORY, SOURCES
from tests.fuzz import workers
from tests.fuzz.mutate import choose_seed, mutate
from tests.fuzz.reading import Depth, Outcome, read, read_in_this_process
from tests.fuzz.seeds import Seed, find_seeds
from tests.fuzz.workers import Done, Limits
from tests.golden import fixture_content

#: Of documents that are read to their registers, one in so many is made a data package, with all its downloads.
PACKAGED = 200
LIMITS = Limits(seconds=10, memory=700 << 20)


@dataclass
class Tally:
    """What has come of the documents so far."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    commitments: int = 0
    slowest: Done | None = None
    largest: Done | None = None
    seconds: float = 0.0
    faults: list[Done] = field(default_factory=list)

    def add(self, done: Done, suffix: str) -> None:
        """Count one more."""
        self.outcomes[suffix, done.outcome.reached] += 1
        self.commitments += done.outcome.commitments
        self.seconds += done.seconds
        self.slowest = max(self.slowest or done, done, key=lambda one: one.seconds)
        self.largest = max(self.largest or done, done, key=lambda one: one.memory)
        if done.outcome.faults:
            self.faults.append(done)


def depth_of(number: int, index: int, whole: float) -> Depth:
    """How far the document of an index goes, so that a share ``whole`` goes to its registers."""
    draw = Random(f"depth:{number}:{index}")
    if draw.random() >= whole:
        return Depth.BLOCKS
    return Depth.PACKAGE if draw.randrange(PACKAGED) == 0 else Depth.REGISTERS


def fuzz(seeds: Sequence[Seed], number: int, whole: float, index: int, folder: Path) -> Outcome:
    """Make the document of an index and read it."""
    read_in_this_process()
    return read(mutate(seeds, number, index), depth_of(number, index, whole), folder)


def run_fuzz(seeds: Sequence[Seed], indexes: Sequence[int], options: argparse.Namespace) -> Tally:
    """Read the documents of these indexes, with a line now and then."""
    tally, told = Tally(), time.monotonic()
    task = partial(fuzz, seeds, options.seed, options.whole)
    for done in map(_judged, workers.run(task, indexes, options.jobs, LIMITS)):
        tally.add(done, choose_seed(seeds, options.seed, done.index).suffix)
        if done.outcome.faults:
            _keep(done, seeds, options)
        if time.monotonic() - told > 30:
            told = time.monotonic()
            print(f"{tally.outcomes.total()} of {len(indexes)}, {len(tally.faults)} at fault", flush=True)
    return tally


def _judged(done: Done) -> Done:
    if done.memory <= LIMITS.memory:
        return done
    said = f"memory: {done.memory >> 20} MB"
    outcome = Outcome(done.outcome.reached, (*done.outcome.faults, said), done.outcome.commitments)
    return Done(done.index, outcome, done.seconds, done.memory)


def _keep(done: Done, seeds: Sequence[Seed], options: argparse.Namespace) -> None:
    """Write the document, and beside it what was found and the line that makes it again."""
    mutated = mutate(seeds, options.seed, done.index)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{options.seed}-{done.index}{mutated.seed.suffix}"
    path.write_bytes(mutated.data)
    again = f"python -m tests.fuzz --seed {options.seed} --whole {options.whole} --only {done.index}"
    told = [*done.outcome.faults, f"{mutated.seed.name}: {', '.join(mutated.steps)}", f"{done.seconds:.1f} s", again]
    said = "".join(f"{line}\n" for line in told)
    path.with_name(path.name + ".said").write_text(said, encoding="utf-8", errors="backslashreplace")
    print(f"{path}: {done.outcome.faults[0]!r:.300}", flush=True)


def _report(tally: Tally, elapsed: float) -> None:
    total = tally.outcomes.total()
    print(
        f"\n{total} documents in {elapsed:.0f} s ({tally.seconds:.0f} s of processor time), "
        f"{tally.commitments} commitments"
    )
    by_outcome: Counter[str] = Counter()
    for (_, reached), count in tally.outcomes.items():
        by_outcome[reached] += count
    for reached, count in by_outcome.most_common():
        shares = ", ".join(
            f"{suffix} {tally.outcomes[suffix, reached]}"
            for suffix in sorted({one for one, told in tally.outcomes if told == reached})
        )
        print(f"{count:8} {reached:28} {shares}")
    if tally.slowest and tally.largest:
        print(
            f"slowest: {tally.slowest.index}, {tally.slowest.seconds:.1f} s; "
            f"largest: {tally.largest.index}, {tally.largest.memory >> 20} MB"
        )
    print(f"{len(tally.faults)} at fault")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="how many documents (100,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same number gives the same documents (1)")
    parser.add_argument("--whole", type=float, default=0.2, help="share that is read to its registers (0.2)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    parser.add_argument(
        "--out", type=Path, default=REPOSITORY / "build" / "fuzz", help="where what is at fault is kept"
    )
    parser.add_argument("--only", type=int, help="this one again")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        seeds = find_seeds(fixture_content(Path(name)), REPOSITORY, SOURCES)
        if not any(seed.real for seed in seeds):
            print(f"the real documents are left out: none at {SOURCES}; set DUIXIAN_SOURCES")
        indexes = range(options.documents) if options.only is None else [options.only]
        started = time.monotonic()
        tally = run_fuzz(seeds, indexes, options)
        _report(tally, time.monotonic() - started)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
