"""The fuzzer itself: a short run finds nothing, and what is planted is found."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.errors import DocumentError, Problem
from generator.ingest import ingest_document
from generator.ingest.pipeline import open_document
from generator.model import Register
from tests.conftest import REPOSITORY
from tests.fuzz import __main__ as command
from tests.fuzz import workers
from tests.fuzz.invariants import check_refusal, check_registers, check_text
from tests.fuzz.mutate import WEIGHTS, mutate
from tests.fuzz.reading import Outcome
from tests.fuzz.seeds import Seed, find_seeds
from tests.golden import FIXTURES, fixture_content

LIMITS = workers.Limits(seconds=2, memory=150 << 20)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture_content(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def seeds(content: Path) -> list[Seed]:
    return find_seeds(content, REPOSITORY, Path("nowhere"))


@pytest.mark.slow
def test_a_short_run_finds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--documents", "120", "--seed", "3", "--whole", "0.6", "--jobs", "2", "--out", str(tmp_path)]
    assert command.main(options) == 0, capsys.readouterr().out
    said = capsys.readouterr().out
    assert "120 documents" in said and "0 at fault" in said
    assert all(f" {reached} " in said for reached in ("blocks", "registers", "damaged"))


def test_every_format_is_a_seed_and_the_same_numbers_give_the_same_bytes(seeds: list[Seed]) -> None:
    assert {one.suffix for one in seeds} == set(WEIGHTS)
    made = [mutate(seeds, 5, index) for index in range(40)]
    assert made == [mutate(seeds, 5, index) for index in range(40)]
    assert sum(one.data != one.seed.data for one in made) > 30
    assert [one.data for one in made] != [mutate(seeds, 6, index).data for index in range(40)]


def _faults(content: Path, change: object) -> list[str]:
    """What does not hold of the register of a fixture after a change that is planted."""
    path = content / "documents" / "yunxi-2021-key-work.yml"
    document, reading = open_document(path, content, FIXTURES / "documents")
    (register,) = ingest_document(path, content, FIXTURES / "documents")
    assert callable(change)
    return [*check_registers((change(register),), document, reading)]


def _first(register: Register, **changes: object) -> Register:
    one, *others = register.commitments
    return replace(register, commitments=(replace(one, **changes), *others))


def _moved(register: Register) -> Register:
    target, *others = register.commitments[0].targets
    return _first(register, targets=(replace(target, start=target.start + 5, end=target.end + 5), *others))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda register: replace(register, unassigned=register.unassigned[1:]), "accounting: the digit at"),
        (lambda register: _first(register, targets=()), "accounting: the digit at"),
        (_moved, "position: target"),
        (lambda register: _first(register, id=register.commitments[1].id), "ids:"),
        (lambda register: replace(register, place="elsewhere"), "storage:"),
        (lambda register: _first(register, text="\ud800"), "storage:"),
    ],
)
def test_what_is_planted_in_a_register_is_found(content: Path, change: object, said: str) -> None:
    assert _faults(content, lambda register: register) == []
    assert any(one.startswith(said) for one in _faults(content, change)), _faults(content, change)


def test_what_is_planted_in_a_text_or_a_refusal_is_found() -> None:
    assert [*check_text("一\n二\n", ".html")] == []
    for text in ("一\n\n二\n", "一", "\x00\n", "\ud800\n", "\u2028\n"):
        assert [*check_text(text, ".html")], text
    assert [*check_refusal(DocumentError(Problem("a", 0, "b", "c", "d", "e")))] == []
    assert [*check_refusal(DocumentError(Problem("a", 0, "b", "c", "d", "")))]
    assert [*check_refusal(DocumentError())]


def _task(kind: str, index: int, folder: Path) -> Outcome:
    if index != 3:
        return Outcome("read")
    if kind == "hang":
        while True:
            pass
    if kind == "death":
        import os

        os._exit(9)
    held = b"held" * (50 << 20)
    return Outcome(f"read {len(held)} bytes in {folder.is_dir()}")


@pytest.mark.parametrize("kind", ["hang", "death", "memory"])
def test_a_worker_that_hangs_dies_or_grows_is_replaced_and_the_others_go_on(kind: str) -> None:
    started = time.monotonic()
    done = {one.index: one for one in workers.run(partial(_task, kind), range(60), 2, LIMITS)}
    assert sorted(done) == [*range(60)]
    assert all(one.outcome == Outcome("read") for index, one in done.items() if index != 3)
    assert done[3].memory > LIMITS.memory if kind == "memory" else done[3].outcome.faults[0].startswith(kind)
    assert time.monotonic() - started < 60
