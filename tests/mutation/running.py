"""Runs tests against mutants: one process that has collected the tests, and a fork of it for each mutant.

A mutant in a function is put into the functions that are there. One outside of functions shows only when its module is
imported: its fork imports everything again. Which tests run a line is found once, by tracing all of them.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import mmap
import os
import pickle
import resource
import signal
import struct
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, Literal

import pytest

from tests.mutation.mutants import Function, Mutant

Verdict = Literal["killed", "timed out", "survived"]
_KILLED, _SURVIVED, _FAILED = 41, 42, 43
_MEMORY = 4 << 30
_QUICK = 0.25
"""Seconds, traced, that a test may take in the first round; the slower ones are for what survives it."""
_LEFT_OUT = "not slow and not journey and not browser and not corpus"


@dataclass(frozen=True)
class Ran:
    """What became of a mutant, how many tests there were for it, and the processor time that they took."""

    mutant: Mutant
    verdict: Verdict
    tests: int
    seconds: float


@dataclass
class Trace:
    """Which tests ran which line, how long each took, what all of them loaded that is not ours."""

    lines: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def tests_of(self, path: str, lines: tuple[int, int]) -> list[str]:
        """The tests that ran any of the lines, the quickest first."""
        first, last = lines
        found = {test for line in range(first, last + 1) for test in self.lines.get((path, line), ())}
        return sorted(found, key=lambda test: (self.seconds[test], test))

    def tests_of_file(self, path: str) -> list[str]:
        """The tests that ran any line of a file, the quickest first."""
        found = {test for (name, _), tests in self.lines.items() if name == path for test in tests}
        return sorted(found, key=lambda test: (self.seconds[test], test))


class _Plugin:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, loop: Callable[[pytest.Session], None]) -> None:
        self._loop = loop

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._loop(session)
        return True


def _collect(repository: Path, files: Sequence[str], loop: Callable[[pytest.Session], None]) -> None:
    """Collect the tests of the files in this process, and do with them what ``loop`` does."""
    from hypothesis import Phase, settings

    # The same examples every time, and none made smaller: that a test fails is all that is asked.
    settings.register_profile(
        "mutation", derandomize=True, database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutation")
    sys.path.insert(0, str(repository))
    quiet = ["-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly", "-x", "-m", _LEFT_OUT]
    pytest.main([*quiet, *(str(repository / name) for name in files)], plugins=[_Plugin(loop)])


def _run(session: pytest.Session, items: Sequence[pytest.Item]) -> pytest.Item | None:
    """Run tests one by one, up to the first that fails; None where all of them passed."""
    for item, following in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return item
    return None


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)


def _limit(seconds: float) -> None:
    """Let the kernel end this process after so much processor time, or three times as much of the clock."""
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, whole * 20)


def _fork(work: Callable[[], int]) -> int:
    """Start a child that does the work and ends with its status; whatever it raises is a test that failed."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = _KILLED
    try:
        status = work()
    except BaseException:
        status = _KILLED
    finally:
        os._exit(status)


def _verdict(status: int) -> Verdict:
    if os.WIFSIGNALED(status):
        return "timed out" if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM} else "killed"
    return "survived" if os.WEXITSTATUS(status) == _SURVIVED else "killed"


def _in_forks(mutants: Iterable[Mutant], start: Callable[[Mutant], tuple[int, int] | None], jobs: int) -> Iterator[Ran]:
    """What becomes of each mutant, ``jobs`` at once. ``start`` gives a child and how many tests it runs, or None."""
    running: dict[int, tuple[Mutant, int]] = {}
    for mutant in [*mutants, None]:
        while running and (mutant is None or len(running) >= jobs):
            child, status, used = os.wait3(0)
            if child in running:
                one, tests = running.pop(child)
                yield Ran(one, _verdict(status), tests, used.ru_utime + used.ru_stime)
        if mutant is not None:
            started = start(mutant)
            if started is None:
                yield Ran(mutant, "survived", 0, 0)
            else:
                running[started[0]] = (mutant, started[1])


# --- tracing ------------------------------------------------------------------------------------


class _Tracer:
    """Notes which lines of some files run, for the test that is running."""

    def __init__(self, paths: set[str]) -> None:
        self._paths = paths
        self.lines: set[tuple[str, int]] = set()

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
        self._shared: dict[str, set[tuple[str, int]]] = defaultdict(set)
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
        return self.trace


def trace_tests(repository: Path, modules: Sequence[str], files: Sequence[str], out: Path) -> Trace:
    """Run the tests of the files once and see which lines of the modules each of them runs."""

    def loop(session: pytest.Session) -> None:
        tracer = _Tracer({str(repository / module) for module in modules})
        recorder = _Recorder(tracer)
        session.config.pluginmanager.register(recorder)
        sys.settrace(tracer)
        for item, following in zip_longest(session.items, session.items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.settrace(None)
        trace = recorder.finish()
        trace.lines = dict(trace.lines)
        trace.libraries = [name for name, module in sys.modules.items() if "-packages" in (_path(module))]
        out.write_bytes(pickle.dumps(trace))

    def work() -> int:
        _silence()
        _collect(repository, files, loop)
        return _SURVIVED

    _, status = os.waitpid(_fork(work), 0)
    if os.waitstatus_to_exitcode(status) != _SURVIVED or not out.exists():
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


# --- mutants that are put into what is loaded ---------------------------------------------------

_Functions = dict[tuple[str, str, int], list[FunctionType]]


def _code_of(code: CodeType, wanted: Function) -> CodeType | None:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == wanted.name and one.co_firstlineno == wanted.line:
                return one
            if found := _code_of(one, wanted):
                return found
    return None


def _functions_of(paths: set[str]) -> _Functions:
    found: _Functions = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename in paths:
            code = one.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return found


def _tests_of(repository: Path, mutant: Mutant, trace: Trace, functions: _Functions) -> list[str]:
    """The tests that run the lines of a mutant or, where it is in what is assigned, the functions that name it."""
    path = str(repository / mutant.module)
    if mutant.function is not None:
        live = functions.get((path, mutant.function.name, mutant.function.line))
        return trace.tests_of(path, mutant.change.lines) if live else []
    _, names = mutant.assignments(repository)
    found = {
        test
        for (where, _, _), live in functions.items()
        for one in live
        if names & _names_in(one.__code__)
        for test in trace.tests_of(where, _lines_of(one.__code__))
    }
    return sorted(found, key=lambda test: (trace.seconds[test], test))


def _names_in(code: CodeType) -> set[str]:
    inner = (_names_in(one) for one in code.co_consts if isinstance(one, CodeType))
    return {*code.co_names, *(name for names in inner for name in names)}


def _lines_of(code: CodeType) -> tuple[int, int]:
    """The lines of what a function does, without the one that defines it."""
    lines = [line for _, _, line in code.co_lines() if line is not None]
    inner = [_lines_of(one) for one in code.co_consts if isinstance(one, CodeType)]
    own = [line for line in lines if line > code.co_firstlineno] or lines
    return min(own), max([*own, *(last for _, last in inner)])


def _put_in(repository: Path, mutant: Mutant, functions: _Functions) -> None:
    """Put a mutant into what is loaded: new code into its function, or new values under the names of its module."""
    path = str(repository / mutant.module)
    if mutant.function is not None:
        code = _code_of(mutant.compile(repository), mutant.function)
        assert code is not None
        for one in functions[path, mutant.function.name, mutant.function.line]:
            one.__code__ = code
        return
    code, names = mutant.assignments(repository)
    own = vars(sys.modules[module_name(mutant.module)])
    before = {name: own.get(name) for name in names}
    exec(code, own)
    for module in [*sys.modules.values()]:
        held = getattr(module, "__dict__", {})
        for name, value in before.items():
            if value is not None and held.get(name) is value:
                held[name] = own[name]


def run_in_place(
    repository: Path, files: Sequence[str], mutants: Sequence[Mutant], trace: Trace, jobs: int
) -> Iterator[Ran]:
    """What becomes of mutants that can be put into what is loaded: each is tried by the tests that it may concern."""
    reader, writer = os.pipe()

    def loop(session: pytest.Session) -> None:
        items = {item.nodeid: item for item in session.items}
        places = {item.nodeid: place for place, item in enumerate(session.items)}
        # What one mutant dies of mostly kills the next one, too: each child notes here which test it was.
        numbers = {id(one): number for number, one in enumerate(mutants)}
        killed = mmap.mmap(-1, 4 * len(items))
        functions = _functions_of({path for path, _ in trace.lines})

        def last(test: str) -> int:
            """The number of the last mutant that a test killed."""
            number: int = struct.unpack_from("i", killed, 4 * places[test])[0]
            return number

        def start(mutant: Mutant) -> tuple[int, int] | None:
            found = _tests_of(repository, mutant, trace, functions)
            tests = sorted((one for one in found if trace.seconds[one] < _QUICK), key=lambda one: -last(one))
            if not tests and mutant.function is not None:
                return None

            def work() -> int:
                _limit(1 + 10 * sum(trace.seconds[test] for test in tests))
                _put_in(repository, mutant, functions)
                failed = _run(session, [items[test] for test in tests])
                if failed is None:
                    return _SURVIVED
                struct.pack_into("i", killed, 4 * places[failed.nodeid], numbers[id(mutant)] + 1)
                return _KILLED

            return _fork(work), len(tests)

        with os.fdopen(writer, "wb") as out:
            for one in _in_forks(mutants, start, jobs):
                pickle.dump((numbers[id(one.mutant)], one.verdict, one.tests, one.seconds), out)
                out.flush()

    def work() -> int:
        os.close(reader)
        _silence()
        _collect(repository, files, loop)
        return _SURVIVED

    child = _fork(work)
    os.close(writer)
    told = 0
    with os.fdopen(reader, "rb") as ran:
        while told < len(mutants):
            try:
                number, verdict, tests, seconds = pickle.load(ran)
            except EOFError:
                raise RuntimeError("the process that collected the tests has ended") from None
            yield Ran(mutants[number], verdict, tests, seconds)
            told += 1
    os.waitpid(child, 0)


# --- mutants that show when everything is imported anew -----------------------------------------


def module_name(path: str) -> str:
    """The dotted name of a module, of its path in the repository."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _load_instead(repository: Path, mutant: Mutant) -> None:
    """Let the import of one module give the mutant."""
    name = module_name(mutant.module)
    get_code = importlib.machinery.SourceFileLoader.get_code

    def get(loader: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        return mutant.compile(repository) if fullname == name else get_code(loader, fullname)

    importlib.machinery.SourceFileLoader.get_code = get  # type: ignore[method-assign, assignment]


def run_anew(
    repository: Path, files: Sequence[str], mutants: Sequence[Mutant], trace: Trace, jobs: int
) -> Iterator[Ran]:
    """What becomes of mutants when everything is imported anew and all tests run, those of the module first."""
    everything = sum(trace.seconds.values())

    def start(mutant: Mutant) -> tuple[int, int]:
        path = str(repository / mutant.module)
        order = {test: place for place, test in enumerate(trace.tests_of_file(path))}

        def work() -> int:
            _silence()
            _limit(10 + 10 * everything)
            _load_instead(repository, mutant)
            status = [_KILLED]

            def loop(session: pytest.Session) -> None:
                tests = sorted(session.items, key=lambda item: order.get(item.nodeid, len(order)))
                if not session.testsfailed and tests and _run(session, tests) is None:
                    status[0] = _SURVIVED

            _collect(repository, files, loop)
            return status[0]

        return _fork(work), len(trace.seconds)

    yield from _in_forks(mutants, start, jobs)
