"""A reader run in a process of its own, so that no document can hang, crash or exhaust the one that asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from generator.ingest.limits import CPU_SECONDS, MAX_MEMORY, WALL_SECONDS
from generator.ingest.refusals import refuse

_CHILD = "from generator.ingest.readers import serve; serve()"


def read_apart(suffix: str, data: bytes, cpu_seconds: int = CPU_SECONDS) -> str:
    """What the reader of a suffix makes of the bytes. Raises DocumentError as it does, and when it takes too long."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, suffix, str(cpu_seconds)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise refuse(
            "too-slow",
            f"reading took more than {cpu_seconds} s or {MAX_MEMORY >> 30} GB, or crashed the library of the format",
            "expected a document that is read in seconds",
            "open it and save it anew, or save the pages or sheets that matter as a file of their own",
        )
    answer = json.loads(done.stdout)
    if "text" not in answer:
        raise refuse(*answer["refused"])
    return str(answer["text"])


def limit_resources(cpu_seconds: int) -> None:
    """Bind this process to so much processor time and memory, where the system can."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
