"""Timings → a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

from generator.bench.measure import Timing

_HEAD = ("format", "layout", "text bytes", "seconds", "MB/s", "commitments", "peak MB")


def timings_to_table(timings: Sequence[Timing]) -> Iterator[str]:
    """Lines of a table; seconds are those of the processor."""
    return rows_to_lines([_HEAD, *map(_row, timings)], left=(0, 1))


def rows_to_lines(rows: Sequence[Sequence[str]], left: Collection[int]) -> Iterator[str]:
    """Cells in columns; those whose numbers are in ``left`` stand left, the others right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = enumerate(zip(row, widths, strict=True))
        yield "  ".join(cell.ljust(width) if at in left else cell.rjust(width) for at, (cell, width) in cells)


def _row(timing: Timing) -> tuple[str, ...]:
    return (
        timing.format,
        timing.layout,
        str(timing.text),
        f"{timing.seconds:.2f}",
        f"{timing.rate:.3f}",
        str(timing.commitments),
        f"{timing.memory / 1e6:.0f}" if timing.memory else "?",
    )


def timings_to_json(timings: Sequence[Timing]) -> str:
    """The same as a list of records."""
    records = [{**asdict(timing), "megabytes_a_second": round(timing.rate, 4)} for timing in timings]
    return json.dumps(records, ensure_ascii=False, indent=2)
