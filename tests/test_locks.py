"""One run at a time in a folder, whoever is killed; what a killed run left for a moment goes with the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.locks import holding
from generator.scratch import scratch_folder, sweep_scratch
from tests.conftest import REPOSITORY

HOLD = """
import sys
from pathlib import Path
from generator.locks import holding
kind, *folders = sys.argv[1:]
folders = [Path(one) for one in folders]
with holding(*folders) if kind == "alone" else holding(reading=folders):
    print("held", flush=True)
    sys.stdin.read()
print("free", flush=True)
"""


@contextmanager
def another(kind: str, *folders: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds folders until its input ends."""
    command = [sys.executable, "-c", HOLD, kind, *map(str, folders)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def complaint_of(process: subprocess.Popen[str]) -> str:
    assert process.stderr
    return process.stderr.readline().strip()


@pytest.mark.parametrize("end", ["leaves", "is killed"])
def test_the_second_waits_and_says_so(tmp_path: Path, end: str) -> None:
    with another("alone", tmp_path / "a", tmp_path / "b") as first:
        assert line_of(first) == "held"
        with another("alone", tmp_path / "b") as second:
            said = f"{tmp_path / 'b'}: [folder-busy] another run of duixian is at work here; expected to be alone; "
            assert complaint_of(second) == f"{said}it is waited for"
            assert second.poll() is None
            first.kill() if end == "is killed" else first.communicate()
            assert line_of(second) == "held"


def test_readers_hold_together_and_keep_a_writer_out(tmp_path: Path) -> None:
    with another("reading", tmp_path) as first, another("reading", tmp_path) as second:
        assert (line_of(first), line_of(second)) == ("held", "held")
        with another("alone", tmp_path) as writer:
            assert "[folder-busy]" in complaint_of(writer)
            first.communicate()
            second.communicate()
            assert line_of(writer) == "held"


def test_folders_are_taken_in_one_order(tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    for _ in range(5):
        with another("alone", one, two) as first, another("alone", two, one) as second:
            for process in (first, second):
                assert process.stdin
                process.stdin.close()
            assert (first.wait(60), second.wait(60)) == (0, 0)


def test_what_is_held_already_is_its_own_and_is_free_at_the_end(tmp_path: Path) -> None:
    with holding(tmp_path, reading=[tmp_path]), holding(tmp_path / "x" / ".."):
        pass
    with another("alone", tmp_path) as other:
        assert line_of(other) == "held"


def test_a_folder_that_is_not_there_keeps_nobody_out_of_reading(tmp_path: Path) -> None:
    with holding(reading=[tmp_path / "none"]):
        assert not (tmp_path / "none").exists()


def test_a_folder_that_was_made_for_it_and_stays_empty_goes(tmp_path: Path) -> None:
    with holding(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()
    assert list(tmp_path.iterdir()) == []
    with holding(tmp_path / "a" / "b"):
        (tmp_path / "a" / "file").touch()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "file"]


def test_who_waited_for_a_folder_that_is_gone_holds_the_one_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    with another("alone", folder) as first:
        assert line_of(first) == "held"
        with another("alone", folder) as second:
            assert "[folder-busy]" in complaint_of(second)
            folder.rmdir()
            first.communicate()
            assert line_of(second) == "held" and folder.is_dir()
            with another("alone", folder) as third:
                assert "[folder-busy]" in complaint_of(third)


@pytest.mark.parametrize(
    ("command", "held"),
    [
        (("ingest", "--content", "content"), "content"),
        (("build", "--content", "content", "--out", "out"), "out"),
        (("build", "--content", "content", "--out", "out"), "content"),
        (("publish", "there", "--site", "out/site"), "there"),
        (("publish", "there", "--site", "out/site"), "out"),
    ],
)
def test_a_command_waits_for_the_folders_that_it_writes_and_reads(
    tmp_path: Path, command: tuple[str, ...], held: str
) -> None:
    for name in ("content", "out/site", "there"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "out" / "site" / "index.html").touch()
    with another("alone", tmp_path / held) as first:
        assert line_of(first) == "held"
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert complaint_of(process).startswith(f"{tmp_path / held}: [folder-busy] ")
        first.communicate()
        process.communicate(timeout=60)
        assert process.returncode == (1 if command[0] == "build" else 0)  # nothing is registered


# --- scratch folders -----------------------------------------------------------------------------

LEAVE = """
import os
from generator.scratch import scratch_folder
with scratch_folder("test") as folder:
    (folder / "file").write_text("left")
    os._exit(9)
"""


def test_what_a_killed_run_left_goes_and_what_is_in_use_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    subprocess.run([sys.executable, "-c", LEAVE], env={"TMPDIR": str(tmp_path)}, check=False)
    (left,) = tmp_path.iterdir()
    (tmp_path / "duixian-file").touch()
    (tmp_path / "duixian-link").symlink_to(tmp_path)
    (tmp_path / "of-others").mkdir()
    with scratch_folder("test") as mine:
        sweep_scratch()
        assert mine.is_dir() and not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["duixian-file", "duixian-link", "of-others"]
