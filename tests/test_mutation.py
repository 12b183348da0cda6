"""Mutation testing itself: what it changes, that it notices what no test notices, and a few mutants, which must die."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.mutation.mutants import find_mutants
from tests.mutation.patterns import pattern_changes
from tests.mutation.subjects import SUBJECTS
from tests.mutation.survivors import find_faults, load_explanations

LIMITS = '''
"""Prose is left alone."""

import re

LIMIT = 10
WORDS = ("over", "under")
_OVER = re.compile("over|above")


class Scale:
    top: int = 3


def judge(value: int, word: str = "") -> str:
    """So is a docstring."""
    if value > LIMIT and not word:
        return "far"
    return "near" if _OVER.search(word) is None else "over"


def count(value: int) -> int:
    while value > Scale.top:
        value -= 1
    return value
'''
TESTS = """
import pytest
from planted.limits import Scale, count, judge


@pytest.mark.parametrize(("value", "word", "said"), [(11, "", "far"), (10, "", "near"), (11, "over", "over")])
def test_judge(value, word, said):
    assert judge(value, word) == said


def test_count():
    assert count(6) == Scale.top
    assert count(2) == 2
"""


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        ("ab", []),
        ("a?b", ["ab", "b"]),
        ("a*", ["a+", ""]),
        ("a+?", ["a"]),
        ("a|bc|d", ["bc|d", "a|d", "a|bc"]),
        ("x(?:a|(?=b))", ["x(?:(?=b))", "x(?:a)", "x(?:a|)"]),
        ("[^ab-d]", ["[^b-d]", "[^a]"]),
        ("[abcde]", ["[bcde]", "[abcd]"]),
        (r"[\d〇]", ["[〇]", r"[\d]"]),
        ("^a$", ["a$", "^a"]),
        ("(?<!x)(?P<n>a)(?P=n)", ["(?P<n>a)(?P=n)"]),
        ("a{2,4}", ["a{2,3}", "a{1,4}"]),
        ("a{0,2}", ["a{0,1}", "a{1,2}"]),
        ("a{3}", []),
        (r"\(a\|b\)", []),
    ],
)
def test_a_pattern_is_changed_in_one_place_at_a_time(pattern: str, changed: list[str]) -> None:
    found = [put for put, _ in pattern_changes(pattern)]
    assert sorted(found) == sorted(changed)
    assert all(re.compile(put) for put in found)


def _planted(folder: Path) -> Path:
    for name, text in (("planted/limits.py", LIMITS), ("planted/__init__.py", ""), ("checks/test_limits.py", TESTS)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_what_is_decided_is_changed_and_prose_is_not(tmp_path: Path) -> None:
    mutants = [*find_mutants(_planted(tmp_path), "planted/limits.py")]
    assert {(one.where, one.what) for one in mutants} >= {
        ("LIMIT", "10 → 11"),
        ("WORDS", "('over', 'under') without 'over'"),
        ("_OVER", "pattern over⟦|above⟧"),
        ("Scale", "3 → 4"),
        ("judge", "value > LIMIT → value >= LIMIT"),
        ("judge", "if value > LIMIT and (not word) → if True"),
        ("judge", "value > LIMIT and (not word) → value > LIMIT"),
        ("count", "while value > Scale.top → while False"),
        ("count", "value -= 1 → pass"),
    }
    assert len({one.name for one in mutants}) == len(mutants)
    assert not any("rose" in one.what or "docstring" in one.what for one in mutants)
    unchanged = ast.dump(ast.parse(LIMITS))
    assert all(ast.dump(one.change.apply(ast.parse(LIMITS))) != unchanged for one in mutants)


RUN = """
import argparse, sys
from pathlib import Path
from random import Random
from tests.mutation.__main__ import try_mutants
from tests.mutation.mutants import find_mutants
from tests.mutation.subjects import Subject
from tests.mutation.subjects import SUBJECTS
from tests.mutation.survivors import load_explanations

folder, modules, tests, drawn = Path(sys.argv[1]), sys.argv[2].split(), sys.argv[3].split(), int(sys.argv[4])
mutants = [mutant for module in modules for mutant in find_mutants(folder, module)]
mutants = Random(2026).sample(mutants, drawn) if drawn else mutants
options = argparse.Namespace(repository=folder, explained=set(load_explanations()), jobs=2, once=bool(drawn))
for ran in try_mutants(Subject("some", tuple(modules), tuple(tests)), mutants, options):
    told = "explained" if ran.verdict == "survived" and ran.mutant.name in options.explained else ran.verdict
    print(told, "|", ran.mutant.where, "|", ran.mutant.what)
"""


def _try(folder: Path, modules: str, tests: str, drawn: int = 0) -> dict[str, set[str]]:
    """Verdict → mutants, in a process of its own: it is forked many times."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, str(folder), modules, tests, str(drawn)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, set[str]] = defaultdict(set)
    for line in done.stdout.splitlines():
        verdict, name = line.split(" | ", 1)
        told[verdict].add(name)
    return told


@pytest.mark.slow
def test_mutants_that_are_drawn_are_killed() -> None:
    """The short form of ``make mutation``, over what compares one number with another."""
    modules = "generator/assess/compare.py generator/assess/milestones.py"
    tests = "tests/test_assess_compare.py tests/test_assess_milestones.py"
    told = _try(REPOSITORY, modules, tests, drawn=20)
    assert not told["survived"], told["survived"]
    assert len(told["killed"]) >= 15 and sum(map(len, told.values())) == 20


@pytest.mark.slow
def test_what_no_test_notices_survives_and_an_endless_loop_is_ended(tmp_path: Path) -> None:
    told = _try(_planted(tmp_path), "planted/limits.py", "checks/test_limits.py")
    # two words that nobody reads, one alternative that no test has, a default that no test leaves to itself
    assert told["survived"] == {
        "WORDS | ('over', 'under') without 'over'",
        "WORDS | ('over', 'under') without 'under'",
        "_OVER | pattern over⟦|above⟧",
        "judge | '' → '*'",
        "Scale | 3 → 4",
    }
    assert "count | value -= 1 → pass" in told["timed out"]
    assert {"LIMIT | 10 → 11", "_OVER | pattern ⟦over|⟧above", "judge | value > LIMIT → value >= LIMIT"} <= told[
        "killed"
    ]


def test_survivors_are_explained_once_and_explanations_hold(tmp_path: Path) -> None:
    path = tmp_path / "survivors.yml"
    path.write_text("- {module: a.py, where: f, changes: [x, y], why: no difference}\n", encoding="utf-8")
    explained = load_explanations(path)
    x, y, z = (("a.py", "f", name) for name in "xyz")
    assert list(explained) == [x, y]
    assert find_faults([x, y], [x, y, z], explained) == []
    assert find_faults([x, y, z], [x, y, z], explained) == ["survived: a.py | f | z"]
    assert find_faults([x], [x, y], explained) == ["explained, but killed: a.py | f | y"]
    assert find_faults([x], [x], explained) == ["explained, but no mutant: a.py | f | y"]
    assert find_faults([], [("b.py", "f", "x")], explained) == []
    for changes, why in (("[x, x]", "twice"), ("[x]", "' '")):
        path.write_text(f"- {{module: a.py, where: f, changes: {changes}, why: {why}}}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"a\.py"):
            load_explanations(path)


def test_every_explanation_is_of_a_mutant() -> None:
    explained = load_explanations()
    known = {one.name for module in {name[0] for name in explained} for one in find_mutants(REPOSITORY, module)}
    assert not set(explained) - known


def test_every_subject_has_modules_and_tests() -> None:
    for subject in SUBJECTS:
        assert subject.find_modules(REPOSITORY) and subject.find_tests(REPOSITORY)
