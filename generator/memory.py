"""The most memory that this process, or one that it started and that has ended, has had."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_memory() -> int:
    """Bytes of the largest process; 0 where the system does not tell it."""
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
