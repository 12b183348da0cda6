"""The build timed, stage by stage: synthetic registers → packages and site, each run in its own process and folder.

Folders of earlier runs stay until all is measured: taking a tree away slows the making of the next.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from generator.bench.corpus import write_corpus
from generator.bench.rivals import Rival, Run, find_stamped, run_rival
from generator.bench.stopwatch import median_seconds
from generator.errors import BuildError, Problem
from generator.memory import peak_memory
from generator.steps import Seconds, Stopwatch, observed_by, read_clocks

STAGES = (
    *("load", "assess", "tables", "packages", "formats", "validation", "pages", "charts", "mkdocs"),
    *("stamping", "departments", "api", "feeds", "images", "downloads", "descriptions", "summaries", "search", "other"),
)
"""The steps of a build in their order, and last what is none of them."""

T = TypeVar("T")


class Builder(Protocol):
    """What makes packages and a site of a content folder."""

    def __call__(self, *, content: Path, datapackage: Path, docs: Path, site: Path) -> object:
        """Build."""


@dataclass(frozen=True)
class BuildTiming:
    """How so many commitments were built: medians of the runs. ``memory`` is that of the largest process, in bytes.

    ``files`` and ``size`` (bytes) are those of the site, ``packaged`` those of the packages kept in git. ``corrected``:
    built again after one word of one register was corrected.
    """

    commitments: int
    stages: dict[str, Seconds]
    total: Seconds
    memory: int
    files: int
    size: int
    packaged: int
    corrected: Seconds | None = None


@dataclass(frozen=True)
class Comparison:
    """The same pages made by another program: medians, beside those of ours in runs that took turns with it."""

    commitments: int
    rival: str
    taken: Seconds
    memory: int
    files: int
    size: int
    stamping: Seconds
    build: Seconds


@dataclass(frozen=True)
class BuildBench:
    """All that was measured. ``growth``: what the stages, and the total, grow with, as an exponent of commitments."""

    runs: int
    builds: list[BuildTiming]
    growth: dict[str, float] = field(default_factory=dict)
    comparisons: list[Comparison] = field(default_factory=list)


@dataclass
class _Case:
    """One size: where its corpus lies, and what its runs took."""

    commitments: int
    folder: Path
    runs: list[Run] = field(default_factory=list)
    rivals: dict[str, list[Run]] = field(default_factory=dict)
    corrected: list[Run] = field(default_factory=list)


def bench_build(  # noqa: PLR0913  what is built, how often, beside what
    build: Builder,
    content: Path,
    sizes: Sequence[int],
    runs: int,
    rivals: Sequence[Rival],
    keep: Path | None,
    *,
    correct: bool = False,
) -> BuildBench:
    """Time builds of so many commitments, and ``rivals`` with the pages of each; all runs take turns.

    ``correct``: each build is done again after a correction of one word. ``keep`` is a folder that must not exist yet
    and in which everything is left. Raises BuildError when it does, and when a run fails.
    """
    with _folder(keep) as folder:
        cases = [_Case(size, folder / str(size)) for size in dict.fromkeys(sizes)]
        for case in cases:
            write_corpus(content, case.folder / "content", case.commitments)
        for number in range(runs):
            for case in cases:
                _run_case(build, case, rivals, number)
                if correct:
                    _run_corrected(build, case, number)
        builds = [_summarize(case) for case in cases]
        comparisons = [
            _compare(case, timing, name) for case, timing in zip(cases, builds, strict=True) for name in case.rivals
        ]
    return BuildBench(runs, builds, measure_growth(builds), comparisons)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="duixian-bench.") as name:
            yield Path(name)
        return
    try:
        keep.mkdir(parents=True)
    except FileExistsError:
        raise BuildError(
            Problem(keep, 0, "bench-keep", "it is there already", "expected a new folder", "name another --keep")
        ) from None
    yield keep


def _run_case(build: Builder, case: _Case, rivals: Sequence[Rival], number: int) -> None:
    out = case.folder / f"run-{number + 1}"
    case.runs.append(_apart(_run_build, build, case.folder / "content", out))
    for rival in rivals:
        workshop = case.folder / rival.name
        if not workshop.exists():
            rival.prepare(find_stamped(out / "site"), workshop)
        made = case.folder / f"{rival.name}-{number + 1}"
        case.rivals.setdefault(rival.name, []).append(_apart(run_rival, rival, workshop, made))


def _run_corrected(build: Builder, case: _Case, number: int) -> None:
    """A build where the last one stands, of registers of which one says one word more; it is taken out again."""
    registers = sorted((case.folder / "content" / "registers").rglob("*.yml"))
    register = registers[len(registers) // 2]
    before = register.read_bytes()
    register.write_bytes(before.replace(b"text: ", "text: 全市".encode(), 1))
    try:
        run = _apart(_run_build, build, case.folder / "content", case.folder / f"run-{number + 1}")
        case.corrected.append(run)
    finally:
        register.write_bytes(before)


def _apart(function: Callable[..., T], *arguments: object) -> T:
    """What the function returns in a fresh process, whose memory is its own, with a disk that has nothing to do.

    A run leaves gigabytes that the system writes later; they would take time from the next.
    """
    if hasattr(os, "sync"):
        os.sync()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(function, *arguments).result()
        except BrokenProcessPool:
            remedy = "look at the memory that is left, or take fewer --commitments"
            raise BuildError(
                Problem("bench", 0, "bench-died", "a run was killed", "expected it to end", remedy)
            ) from None


def _run_build(build: Builder, content: Path, out: Path) -> Run:
    watch, start = Stopwatch(), read_clocks()
    with observed_by(watch):
        build(content=content, datapackage=out / "datapackage", docs=out / "build" / "docs", site=out / "site")
    total = read_clocks() - start + Seconds(0, watch.elsewhere.processor)
    other = total
    for taken in watch.taken.values():
        other -= taken
    return Run(total, max(peak_memory(), watch.memory), out, {**watch.taken, "other": other})


def _summarize(case: _Case) -> BuildTiming:
    names = {name for run in case.runs for name in run.stages}
    stages = {
        name: median_seconds([run.stages.get(name, Seconds()) for run in case.runs])
        for name in (*STAGES, *sorted(names - {*STAGES}))
        if name in names
    }
    out = case.runs[0].out
    files, size = measure_folder(out / "site")
    packaged = measure_folder(out / "datapackage")[1]
    memory = max(run.memory for run in (*case.runs, *case.corrected))
    total = median_seconds([run.taken for run in case.runs])
    corrected = median_seconds([run.taken for run in case.corrected]) if case.corrected else None
    return BuildTiming(case.commitments, stages, total, memory, files, size, packaged, corrected)


def _compare(case: _Case, ours: BuildTiming, name: str) -> Comparison:
    runs = case.rivals[name]
    files, size = measure_folder(runs[0].out)
    taken, memory = median_seconds([run.taken for run in runs]), max(run.memory for run in runs)
    stamping = ours.stages.get("stamping", Seconds())
    return Comparison(case.commitments, name, taken, memory, files, size, stamping, ours.total)


def measure_folder(folder: Path) -> tuple[int, int]:
    """How many files it has, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def measure_growth(builds: Sequence[BuildTiming]) -> dict[str, float]:
    """The exponent of each stage and of the total: slope of log processor seconds over log commitments.

    1 is growth with the number of commitments, 2 with its square. Empty with fewer than two sizes.
    """
    if len(builds) < 2:
        return {}
    names = [name for name in builds[0].stages if all(name in one.stages for one in builds)]
    curves = {name: [(one.commitments, one.stages[name].processor) for one in builds] for name in names}
    curves["total"] = [(one.commitments, one.total.processor) for one in builds]
    return {name: _slope(curve) for name, curve in curves.items() if all(seconds > 0 for _, seconds in curve)}


def _slope(curve: Sequence[tuple[int, float]]) -> float:
    xs, ys = [math.log(size) for size, _ in curve], [math.log(seconds) for _, seconds in curve]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - mean_x) ** 2 for x in xs)
