"""``python -m tests.mutation``: every mutant of every subject is tried; those that survive are named.

Ends with 1 where one survives that ``survivors.yml`` does not explain, or where an explanation holds no longer.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.mutation.forks import Ran
from tests.mutation.mutants import Mutant, find_mutants
from tests.mutation.running import run_anew, run_in_place
from tests.mutation.subjects import SUBJECTS, Subject
from tests.mutation.survivors import Name, find_faults, load_explanations
from tests.mutation.tracing import load_libraries, trace_tests

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def try_mutants(subject: Subject, mutants: Sequence[Mutant], options: argparse.Namespace) -> Iterator[Ran]:
    """What becomes of each mutant of a subject. One that is not explained is tried twice before it survives."""
    modules, files = subject.find_modules(options.repository), subject.find_tests(options.repository)
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        trace = trace_tests(options.repository, modules, files, Path(folder) / "trace")
    load_libraries(trace)
    loaded = [one for one in mutants if one.function is not None or one.statement is not None]
    again = [one for one in mutants if one.function is None and one.statement is None]
    for ran in run_in_place(options.repository, files, loaded, trace, options.jobs):
        if ran.verdict == "survived" and ran.mutant.name not in options.explained and not options.once:
            again.append(ran.mutant)
        else:
            yield ran
    yield from run_anew(options.repository, files, again, trace, options.jobs)


def run(subjects: Iterable[Subject], options: argparse.Namespace) -> list[Ran]:
    """What becomes of every mutant of the subjects, or of those that are drawn. Survivors are printed at once."""
    done: list[Ran] = []
    for subject in subjects:
        mutants = [
            mutant
            for module in subject.find_modules(options.repository)
            if any(part in module for part in options.module or [""])
            for mutant in find_mutants(options.repository, module)
        ]
        if options.sample:
            mutants = Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
        for ran in try_mutants(subject, mutants, options) if mutants else ():
            done.append(ran)
            if ran.verdict == "survived" and ran.mutant.name not in options.explained:
                print("survived:", " | ".join(ran.mutant.name), f"| {ran.tests} tests", flush=True)
    return done


def _report(done: Sequence[Ran], explained: set[Name], elapsed: float) -> None:
    """How many of each module were killed, and how."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for ran in done:
        verdict = "explained" if ran.verdict == "survived" and ran.mutant.name in explained else ran.verdict
        counted[ran.mutant.module][verdict] += 1
    columns = ("killed", "timed out", "explained", "survived")
    print(f"{'':42}{'mutants':>10}{''.join(f'{name:>10}' for name in columns)}")
    for module, told in [*counted.items(), ("all", sum(counted.values(), Counter[str]()))]:
        print(f"{module:42}{told.total():10}{''.join(f'{told[name]:10}' for name in columns)}")
    print(f"{elapsed:.0f} s ({sum(ran.seconds for ran in done):.0f} s of processor time in tests)")


def _names(done: Iterable[Ran]) -> set[Name]:
    return {ran.mutant.name for ran in done}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    names = [one.name for one in SUBJECTS]
    parser.add_argument("subject", nargs="*", help=f"of {', '.join(names)} (all)")
    parser.add_argument("--module", action="append", help="only modules with this in their path")
    parser.add_argument("--sample", type=int, help="draw so many of each subject")
    parser.add_argument("--seed", type=int, default=1, help="the same number draws the same (1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    parser.add_argument("--once", action="store_true", help="do not try survivors a second time, with every test")
    parser.add_argument("--repository", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if unknown := set(options.subject) - set(names):
        parser.error(f"{', '.join(sorted(unknown))}: expected {', '.join(names)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for."""
    options = _options(arguments)
    options.explained = set(load_explanations())
    started = time.monotonic()
    done = run([one for one in SUBJECTS if not options.subject or one.name in options.subject], options)
    _report(done, options.explained, time.monotonic() - started)
    survived, tried = _names(ran for ran in done if ran.verdict == "survived"), _names(done)
    # of mutants that were drawn, those that were not say nothing
    explained = options.explained & tried if options.sample else options.explained
    faults = find_faults(survived, tried, explained)
    print(*faults, f"{len(faults)} at fault", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
