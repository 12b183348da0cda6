"""Runs tests against mutants, put into what is loaded where that can be, else with everything imported anew."""

from __future__ import annotations

import gc
import importlib.machinery
import mmap
import os
import pickle
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.mutation.forks import KILLED, SURVIVED, Ran, collect, fork, limit, run_forks, run_tests, silence
from tests.mutation.mutants import Function, Mutant, module_name
from tests.mutation.tracing import Trace

_QUICK = 0.25
"""Seconds, traced, that a test may take in the first round; the slower ones are for what survives it."""

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
    return trace.quickest_first(found)


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


class _InPlace:
    """Starts a fork for each mutant, of the process that has collected the tests, with the mutant in what is loaded."""

    def __init__(self, session: pytest.Session, repository: Path, mutants: Sequence[Mutant], trace: Trace) -> None:
        self._session, self._repository, self._trace = session, repository, trace
        self._items = {item.nodeid: item for item in session.items}
        self._places = {item.nodeid: 4 * place for place, item in enumerate(session.items)}
        self._functions = _functions_of({path for path, _ in trace.lines})
        self.numbers = {id(one): number for number, one in enumerate(mutants)}
        # What one mutant dies of mostly kills the next one, too: each child notes here which test it was.
        self._killed = mmap.mmap(-1, 4 * len(self._items))

    def start(self, mutant: Mutant) -> tuple[int, int] | None:
        """A child that tries a mutant, and with how many tests; None where none runs it."""
        found = _tests_of(self._repository, mutant, self._trace, self._functions)
        quick = [test for test in found if self._trace.seconds[test] < _QUICK]
        tests = sorted(quick, key=self._last_kill, reverse=True)
        if not tests and mutant.function is not None:
            return None
        return fork(lambda: self._try(mutant, tests)), len(tests)

    def _last_kill(self, test: str) -> int:
        number: int = struct.unpack_from("i", self._killed, self._places[test])[0]
        return number

    def _try(self, mutant: Mutant, tests: Sequence[str]) -> int:
        limit()
        _put_in(self._repository, mutant, self._functions)
        failed = run_tests(self._session, [self._items[test] for test in tests], self._trace.seconds)
        if failed is None:
            return SURVIVED
        struct.pack_into("i", self._killed, self._places[failed.nodeid], self.numbers[id(mutant)] + 1)
        return KILLED


def run_in_place(
    repository: Path, files: Sequence[str], mutants: Sequence[Mutant], trace: Trace, jobs: int
) -> Iterator[Ran]:
    """What becomes of mutants that can be put into what is loaded: each is tried by the tests that it may concern."""
    reader, writer = os.pipe()

    def loop(session: pytest.Session) -> None:
        place = _InPlace(session, repository, mutants, trace)
        with os.fdopen(writer, "wb") as out:
            for one in run_forks(mutants, place.start, jobs):
                pickle.dump((place.numbers[id(one.mutant)], one.verdict, one.tests, one.seconds), out)
                out.flush()

    def work() -> int:
        os.close(reader)
        silence()
        collect(repository, files, loop)
        return SURVIVED

    child = fork(work)
    os.close(writer)
    with os.fdopen(reader, "rb") as ran:
        for _ in mutants:
            try:
                number, verdict, tests, seconds = pickle.load(ran)
            except EOFError:
                raise RuntimeError("the process that collected the tests has ended") from None
            yield Ran(mutants[number], verdict, tests, seconds)
    os.waitpid(child, 0)


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

    def start(mutant: Mutant) -> tuple[int, int]:
        path = str(repository / mutant.module)
        order = {test: place for place, test in enumerate(trace.tests_of_file(path))}

        def work() -> int:
            silence()
            limit()
            _load_instead(repository, mutant)
            status = [KILLED]

            def loop(session: pytest.Session) -> None:
                tests = sorted(session.items, key=lambda item: order.get(item.nodeid, len(order)))
                if not session.testsfailed and tests and run_tests(session, tests, trace.seconds) is None:
                    status[0] = SURVIVED

            collect(repository, files, loop)
            return status[0]

        return fork(work), len(trace.seconds)

    yield from run_forks(mutants, start, jobs)
