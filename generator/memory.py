"""The memory of a process: the most that it has had, and how often it is looked through for what can go."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

_NEW_OBJECTS = 10_000
"""New objects after which Python looks for cycles. By itself it does after 700, of which a page alone makes several."""


def look_for_cycles_seldom() -> None:
    """Look through what is new for objects that only hold each other less often, and never through what is there now.

    What a year is made of holds nothing in cycles: looking for them takes a thirtieth of its time, and frees nothing.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def peak_memory() -> int:
    """The most bytes that this process, or one that it started and that has ended, has had; 0 where none is told."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    status = Path("/proc/self/status")
    if not status.exists():
        return max(below, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)
    # what getrusage tells of this process on Linux may be the peak of the one that started it
    lines = (line.split() for line in status.read_text(encoding="ascii", errors="replace").splitlines())
    return max(below, next((int(line[1]) * 1024 for line in lines if line[:1] == ["VmHWM:"]), 0))
