"""A timed build → tables for people, JSON for programs. Seconds are wall / processor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from generator.bench.build import BuildBench, BuildTiming, Comparison
from generator.bench.report import rows_to_lines
from generator.steps import Seconds

_STAGES = ("commitments", "stage", "wall s", "processor s", "share", "ms each")
_SIZES = (
    "commitments",
    "total wall s",
    "processor s",
    "ms each",
    "peak MB",
    "files",
    "site MB",
    "packages MB",
    "again",
)
_RIVALS = ("commitments", "with", "wall s", "processor s", "peak MB", "files", "MB", "stamping ÷ it", "build ÷ it")


def build_to_lines(bench: BuildBench) -> Iterator[str]:
    """Tables of the stages, of the sizes, of what they grow with, and of the comparisons."""
    yield from rows_to_lines([_STAGES, *(row for one in bench.builds for row in _stage_rows(one))], left=())
    yield from ("", *rows_to_lines([_SIZES, *map(_size_row, bench.builds)], left=()))
    if bench.growth:
        rows = [("growth of", "exponent"), *((name, f"{value:.2f}") for name, value in bench.growth.items())]
        yield from ("", *rows_to_lines(rows, left=(0,)))
    if bench.comparisons:
        yield from ("", *rows_to_lines([_RIVALS, *map(_rival_row, bench.comparisons)], left=()))
        yield "ratios are of wall / processor seconds; medians of runs that took turns"


def build_to_json(bench: BuildBench) -> str:
    """The same as one object; ratios are of wall and of processor seconds."""
    told = asdict(bench)
    for record, one in zip(told["builds"], bench.builds, strict=True):
        record["milliseconds_each"] = _each(one.total, one.commitments)
    for record, two in zip(told["comparisons"], bench.comparisons, strict=True):
        record["ratios"] = {"stamping": _ratios(two.stamping, two.taken), "build": _ratios(two.build, two.taken)}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _stage_rows(timing: BuildTiming) -> Iterator[tuple[str, ...]]:
    for name, taken in timing.stages.items():
        share = taken.processor / timing.total.processor if timing.total.processor else 0.0
        cells = (f"{taken.wall:.2f}", f"{taken.processor:.2f}", f"{share:.0%}")
        yield (str(timing.commitments), name, *cells, f"{_each(taken, timing.commitments):.2f}")


def _size_row(timing: BuildTiming) -> tuple[str, ...]:
    return (
        str(timing.commitments),
        f"{timing.total.wall:.2f}",
        f"{timing.total.processor:.2f}",
        f"{_each(timing.total, timing.commitments):.2f}",
        _megabytes(timing.memory),
        str(timing.files),
        _megabytes(timing.size),
        _megabytes(timing.packaged),
        _again(timing),
    )


def _again(timing: BuildTiming) -> str:
    """What a build takes after a correction of one word, of a whole one, by the clock on the wall."""
    if timing.corrected is None or not timing.total.wall:
        return "?"
    return f"{timing.corrected.wall:.2f} s ({timing.corrected.wall / timing.total.wall:.1%})"


def _rival_row(one: Comparison) -> tuple[str, ...]:
    return (
        str(one.commitments),
        one.rival,
        f"{one.taken.wall:.2f}",
        f"{one.taken.processor:.2f}",
        _megabytes(one.memory),
        str(one.files),
        _megabytes(one.size),
        _pair(_ratios(one.stamping, one.taken)),
        _pair(_ratios(one.build, one.taken)),
    )


def _each(taken: Seconds, commitments: int) -> float:
    """Milliseconds of a processor for one commitment."""
    return round(1000 * taken.processor / commitments, 2)


def _ratios(ours: Seconds, theirs: Seconds) -> dict[str, float | None]:
    """None where theirs was too short for the clock."""
    return {
        "wall": round(ours.wall / theirs.wall, 2) if theirs.wall else None,
        "processor": round(ours.processor / theirs.processor, 2) if theirs.processor else None,
    }


def _pair(ratios: dict[str, float | None]) -> str:
    return " / ".join("?" if value is None else f"{value:.2f}" for value in ratios.values())


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}" if size else "?"
