"""Which tests run which line: found once, by tracing all of them."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

from tests.mutation.forks import SURVIVED, collect, fork, silence

Line = tuple[str, int]
"""A path and a line of it."""


@dataclass
class Trace:
    """Which tests ran which line, how long each took, what all of them loaded that is not ours."""

    lines: dict[Line, set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def tests_of(self, path: str, lines: tuple[int, int]) -> list[str]:
        """The tests that ran any of the lines, the quickest first."""
        first, last = lines
        found = {test for line in range(first, last + 1) for test in self.lines.get((path, line), ())}
        return self.quickest_first(found)

    def tests_of_file(self, path: str) -> list[str]:
        """The tests that ran any line of a file, the quickest first."""
        return self.quickest_first({test for (name, _), tests in self.lines.items() if name == path for test in tests})

    def quickest_first(self, tests: set[str]) -> list[str]:
        """The tests in the order of how long they take."""
        return sorted(tests, key=lambda test: (self.seconds[test], test))


class _Tracer:
    """Notes which lines of some files run, for the test that is running."""

    def __init__(self, paths: set[str]) -> None:
        self._paths = paths
        self.lines: set[Line] = set()

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._line if frame.f_code.co_filename in self._paths else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


class _Recorder:
    """A plugin that takes the lines from the tracer after each test, those of shared fixtures for the whole file."""

    def __init__(self, tracer: _Tracer) -> None:
        self.trace = Trace()
        self._tracer = tracer
        self._shared: dict[str, set[Line]] = defaultdict(set)
        self._tests: dict[str, list[str]] = defaultdict(list)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._tracer.lines.clear()
        since = time.process_time()
        yield
        self.trace.seconds[item.nodeid] = time.process_time() - since
        self._tests[item.location[0]].append(item.nodeid)
        for line in self._tracer.lines:
            self.trace.lines[line].add(item.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        yield
        self._shared[item.location[0]] |= self._tracer.lines

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.trace.failed.append(report.nodeid)

    def finish(self) -> Trace:
        """All that was seen."""
        for file, lines in self._shared.items():
            for line in lines:
                self.trace.lines[line].update(self._tests[file])
        self.trace.lines = dict(self.trace.lines)
        self.trace.libraries = [name for name, module in sys.modules.items() if "-packages" in _path(module)]
        return self.trace


def trace_tests(repository: Path, modules: Sequence[str], files: Sequence[str], out: Path) -> Trace:
    """Run the tests of the files once and see which lines of the modules each of them runs.

    Raises RuntimeError where a test fails that is not to fail.
    """

    def loop(session: pytest.Session) -> None:
        # of the tests themselves, too: they may name what a module assigns
        tracer = _Tracer({str(repository / path) for path in (*modules, *files)})
        recorder = _Recorder(tracer)
        session.config.pluginmanager.register(recorder)
        sys.settrace(tracer)
        for item, following in zip_longest(session.items, session.items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.settrace(None)
        out.write_bytes(pickle.dumps(recorder.finish()))

    def work() -> int:
        silence()
        collect(repository, files, loop)
        return SURVIVED

    _, status = os.waitpid(fork(work), 0)
    if os.waitstatus_to_exitcode(status) != SURVIVED or not out.exists():
        raise RuntimeError(f"the tests could not be collected: {', '.join(files)}")
    trace: Trace = pickle.loads(out.read_bytes())
    if trace.failed:
        raise RuntimeError(f"these fail without any change: {', '.join(trace.failed)}")
    return trace


def _path(module: ModuleType) -> str:
    return getattr(module, "__file__", None) or ""


def load_libraries(trace: Trace) -> None:
    """Import what tests need and is not ours, so that no fork has to."""
    for name in trace.libraries:
        try:
            importlib.import_module(name)
        except Exception:  # what cannot be imported by itself a fork imports as it needs it
            continue
