"""Chaos itself: a short run finds nothing, and what is planted is found."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos import __main__ as command
from tests.chaos.faults import FAULTS
from tests.chaos.grounds import Ground
from tests.chaos.runs import Command, Ran, check_said, kill_after, kill_on_sight
from tests.chaos.trees import KEPT, find_left, list_names, read_trees
from tests.chaos.trials import Fault, Stage, Trial

OLD, NEW = "old", "new"
DONE = Ran(0, "", "")


@pytest.mark.journey
def test_a_short_run_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A build and a reading killed while they swap, a reading at another step, each followed by a whole run."""
    assert command.main(["--times", "1", "--only", "build killed at steps"]) == 0, capsys.readouterr().out
    said = capsys.readouterr().out
    assert "before duixian.exchange .datapackage.new" in said and "site new, datapackage old" in said
    assert command.main(["--times", "3", "--only", "ingest killed at steps"]) == 0, capsys.readouterr().out
    assert "ingest killed at steps: 2 attempts" in capsys.readouterr().out


def test_every_fault_has_a_name_and_another_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    names = [fault.name for fault in FAULTS]
    assert len(set(names)) == len(names) > 10
    assert command.main(["--only", "earthquake"]) == 2
    assert "no such fault: earthquake" in capsys.readouterr().err


def test_what_is_at_fault_is_told_and_what_cannot_be_tried_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = Fault("loss", lambda stage, times: iter([Trial("early", "old"), Trial("late", "neither", ("site: gone",))]))
    left_out = Fault("flood", lambda stage, times: iter(()), lambda: "no water")
    monkeypatch.setattr(command, "FAULTS", (lost, left_out))
    assert command.main([]) == 1
    said = capsys.readouterr().out
    assert "AT FAULT loss, late: site: gone" in said and "loss: 2 attempts" in said and "1 at fault" in said
    assert "flood: left out, no water" in said


def test_the_same_seed_draws_the_same_moments(tmp_path: Path) -> None:
    one, same, other = Stage(tmp_path, 1), Stage(tmp_path, 1), Stage(tmp_path, 2)
    assert one.draw("a", 1).random() == same.draw("a", 1).random()
    assert len({one.draw("a", 1).random(), one.draw("a", 2).random(), other.draw("a", 1).random()}) == 3


# --- what is planted ------------------------------------------------------------------------------------------------


def _write(root: Path, text: str) -> None:
    for name in KEPT:
        (root / name).mkdir(parents=True, exist_ok=True)
        for file in ("one", "two"):
            (root / name / file).write_text(text, encoding="utf-8")


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """The ground of a build that writes two files into each folder, with its project as the build left it."""
    for state in (OLD, NEW):
        _write(tmp_path / state, state)
    root = tmp_path / "here" / "project"
    _write(root, NEW)
    root.with_name("tmp").mkdir()
    trees = read_trees(tmp_path / OLD), read_trees(tmp_path / NEW)
    return Ground(("build",), tmp_path / OLD, tmp_path / NEW, 0, *trees, frozenset(list_names(root)))


def _root(ground: Ground) -> Path:
    return ground.before.parent / "here" / "project"


def test_old_and_new_are_told_apart(ground: Ground) -> None:
    root = _root(ground)
    assert ground.state_of(root) == (dict.fromkeys(KEPT, NEW), [])
    assert ground.check_done(DONE, root) == []
    _write(root, OLD)
    assert ground.state_of(root) == (dict.fromkeys(KEPT, OLD), [])
    assert any(fault.startswith("site: 2 files are otherwise") for fault in ground.check_done(DONE, root))


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "one").write_text(OLD, encoding="utf-8"),
        lambda folder: (folder / "one").unlink(),
        lambda folder: (folder / "three").touch(),
        lambda folder: (folder / ".left").touch(),
    ],
)
def test_a_mixture_and_a_loss_are_found(ground: Ground, name: str, damage: Callable[[Path], object]) -> None:
    damage(_root(ground) / name)
    states, faults = ground.state_of(_root(ground))
    assert states[name] == "neither" and faults and faults[0].startswith(f"{name}: ")


def test_registers_of_a_reading_may_differ_file_by_file_and_not_within_one(ground: Ground) -> None:
    reading = Ground(("ingest",), ground.before, ground.after, 0, ground.old, ground.new, ground.names)
    path = _root(ground) / "content/registers/one"
    path.write_text(OLD, encoding="utf-8")
    assert reading.state_of(_root(ground)) == ({"content/registers": "1 of 2 new"}, [])
    path.write_text("half", encoding="utf-8")
    assert reading.state_of(_root(ground))[1] == ["content/registers: one is neither"]
    path.unlink()
    assert reading.state_of(_root(ground))[1] == ["content/registers: one is neither"]


def test_what_is_left_and_what_is_said_is_found(ground: Ground) -> None:
    root = _root(ground)
    (root / ".site.new").mkdir()
    (root.with_name("tmp") / "duixian-mkdocs.x").mkdir()
    (root.with_name("tmp") / "pymp-x").mkdir()
    faults = ground.check_done(Ran(0, "", "x: [code] found; expected; do\n"), root)
    assert faults == [
        "said: x: [code] found; expected; do",
        "left or gone: .site.new",
        "left in the temporary folder: duixian-mkdocs.x",
    ]


@pytest.mark.parametrize(
    ("ran", "holds"),
    [
        (DONE, True),
        (Ran(1, "", "a/b.yml:3: [code-x] found; expected; what to do\n"), True),
        (Ran(1, "", "a: [mkdocs] Traceback (most recent call last): / OSError; expected; do\n"), False),
        (Ran(1, "", "Traceback (most recent call last):\n"), False),
        (Ran(1, "", ""), False),
        (Ran(1, "", ": [file] no place; expected access; check\n"), False),
        (Ran(2, "", "a: [internal] what; defect; report\n"), False),
        (Ran(-9, "", ""), False),
    ],
)
def test_how_a_run_ends_is_judged(ran: Ran, holds: bool) -> None:
    assert (check_said(ran) == []) == holds


def test_a_group_is_killed_whole_at_its_moment(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    script = (
        "import subprocess, sys, time; from pathlib import Path; "
        "Path('begun').touch(); subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    )
    started = time.monotonic()
    process = Command((), root, before=("-c", script)).start()
    assert kill_on_sight(process, root, "beg*", 0)
    process.communicate()  # waits for all that hold the pipes
    assert process.returncode == -9 and time.monotonic() - started < 50
    ended = Command((), root, before=("-c", "")).start()
    ended.wait()
    assert not kill_after(ended, 0)


def test_the_tripwire_kills_before_the_step(tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = (
        "import sys; from tests.chaos.tripwire import Tripwire; from pathlib import Path\n"
        f"sys.addaudithook(Tripwire(sys.argv[1], int(sys.argv[2]), {str(said)!r}))\n"
        "for name in 'abc': Path(name).write_bytes(b''); Path(name).rename(name * 2)\n"
    )

    def trip(step: str, count: int) -> int:
        command = [sys.executable, "-c", code, step, str(count)]
        done = subprocess.run(
            command, cwd=tmp_path, check=False, start_new_session=True, env={**os.environ, "PYTHONPATH": os.getcwd()}
        )
        return done.returncode

    assert trip("", 2) == -9 and said.read_text(encoding="utf-8") == "os.rename a aa"
    assert (tmp_path / "a").exists() and not (tmp_path / "aa").exists()
    assert trip("rename b", 3) == -9 and said.read_text(encoding="utf-8") == "os.rename c cc"
    assert trip("", 0) == 0 and said.read_text(encoding="utf-8") == "6"


def test_what_python_itself_left_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "pymp-7f").mkdir()
    for name, data in {"4ktyitea": b"blat", "prl90lks": b"", "half_one": b"text", "duixian-scratch-x": b""}.items():
        (tmp_path / name).write_bytes(data)
    assert find_left(tmp_path) == ["duixian-scratch-x", "half_one"]
