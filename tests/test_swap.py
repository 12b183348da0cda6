"""New packages and downloads replace the old ones together or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands.outcome import status_of
from generator.errors import BuildError
from generator.package import swap
from generator.package.swap import restore_folders, swap_in
from tests.package_examples import example, files, write

OLD, NEW = "旧的承诺", "新的承诺"


def targets(folder: Path) -> dict[Path, Path]:
    """Two folders that hold something old, and something new for each."""
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "file").write_text("old", encoding="utf-8")
        (folder / f"new-{name}").mkdir()
        (folder / f"new-{name}" / "file").write_text("new", encoding="utf-8")
    return {folder / name: folder / f"new-{name}" for name in ("one", "two")}


def states(folder: Path) -> list[str]:
    """What stands in the two folders: old, new, or missing."""
    paths = [folder / name / "file" for name in ("one", "two")]
    return [path.read_text(encoding="utf-8") if path.exists() else "missing" for path in paths]


KILLED = """
import os, sys
from pathlib import Path
from generator.package.swap import swap_in
steps, rename, rmtree = int(sys.argv[1]), Path.rename, __import__("shutil").rmtree
def count(act):
    def counted(*args, **options):
        global steps
        if steps == 0:
            os._exit(9)
        steps -= 1
        return act(*args, **options)
    return counted
Path.rename = count(Path.rename)
Path.mkdir = count(Path.mkdir)
import generator.package.swap as swap
swap.shutil.rmtree = count(rmtree)
folder = Path(sys.argv[2])
swap_in({folder / name: folder / f"new-{name}" for name in ("one", "two")})
"""


@pytest.mark.parametrize(
    ("steps", "seen", "after"),
    [
        (0, ["old", "old"], "old"),
        (1, ["missing", "old"], "old"),
        (2, ["missing", "missing"], "old"),
        (3, ["new", "missing"], "old"),
        (4, ["new", "new"], "new"),
        (5, ["new", "new"], "new"),
    ],
)
def test_a_swap_killed_at_any_step_mixes_nothing(tmp_path: Path, steps: int, seen: list[str], after: str) -> None:
    made = targets(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(steps), str(tmp_path)], check=False)
    assert done.returncode == 9
    assert states(tmp_path) == seen
    restore_folders(list(made))
    assert states(tmp_path) == [after, after]
    assert not list(tmp_path.glob(".*"))


def test_a_swap_where_there_was_nothing_leaves_nothing_behind(tmp_path: Path) -> None:
    made = targets(tmp_path)
    for target in made:
        (target / "file").unlink()
        target.rmdir()
    done = subprocess.run([sys.executable, "-c", KILLED, "3", str(tmp_path)], check=False)
    assert (done.returncode, states(tmp_path)) == (9, ["new", "missing"])
    restore_folders(list(made))
    assert states(tmp_path) == ["missing", "missing"]
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_swap_that_fails_takes_the_old_ones_back(tmp_path: Path, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made, rename, done = targets(tmp_path), Path.rename, [0]

    def failing(path: Path, target: Path) -> Path:
        done[0] += 1
        if done[0] == steps + 1:
            raise OSError(errno.EIO, "Input/output error", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output"):
        swap_in(made)
    assert states(tmp_path) == ["old", "old"]
    assert not list(tmp_path.glob(".*"))


def test_taking_back_that_is_killed_goes_on_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = targets(tmp_path)
    subprocess.run([sys.executable, "-c", KILLED, "3", str(tmp_path)], check=False)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda path, target: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore_folders(list(made))
    restore_folders(list(made))
    assert states(tmp_path) == ["old", "old"]


# --- whole builds -------------------------------------------------------------------------------


MAKERS = (
    *("year.package_to_zip", "year.write_workbook"),
    *("whole._write_zip", "whole.write_workbook", "whole.write_sqlite", "whole.write_parquet"),
)


@pytest.mark.parametrize("name", MAKERS)
def test_a_format_that_raises_replaces_nothing(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out, downloads = write(tmp_path, example(OLD))
    before = files(out), files(downloads)

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"generator.package.{name}", stop)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, example(NEW))
    assert (files(out), files(downloads)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage", "downloads"]


def test_packages_and_downloads_are_swapped_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, downloads = write(tmp_path, example(OLD))
    before = files(out), files(downloads)

    def fail(target: Path, new: Path) -> None:
        if target == downloads:
            raise OSError(errno.EIO, "Input/output error", str(target))

    monkeypatch.setattr(swap, "_keep_unchanged", fail)
    with pytest.raises(OSError, match="Input/output"):
        write(tmp_path, example(NEW))
    assert (files(out), files(downloads)) == before


WRITE = """
import resource, sys
from pathlib import Path
from generator.commands.outcome import status_of
from tests.package_examples import example, write
limit = int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(status_of(lambda: write(Path(sys.argv[1]), example("新的承诺"))))
"""


def write_elsewhere(folder: Path, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """Write the packages in a process of its own, whose files may not become larger than the limit."""
    command = [sys.executable, "-c", WRITE, str(folder), str(limit)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("share", [0.1, 0.9])
@pytest.mark.parametrize("name", ["all/datapackage.json", "all/duixian-all.sqlite", "all/duixian-all.xlsx"])
def test_a_disk_that_is_full_leaves_the_old_ones(tmp_path: Path, name: str, share: float) -> None:
    """The write that does not fit fails in the middle of a file, as it does on a full disk."""
    out, downloads = write(tmp_path, example(OLD))
    before = files(out), files(downloads)
    size = next((folder / name).stat().st_size for folder in (out, downloads) if (folder / name).exists())
    done = write_elsewhere(tmp_path, int(size * share))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/.") and "[file]" in line and "check the path, its rights and the disk" in line
    assert (files(out), files(downloads)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage", "downloads"]
    assert write_elsewhere(tmp_path).returncode == 0


Block = Callable[[Path], None]


def file_at(name: str) -> Block:
    def block(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")

    return block


def folder_at(name: str) -> Block:
    return lambda folder: (folder / name).mkdir(parents=True)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (file_at("datapackage"), "datapackage: [package-stranger]"),
        (file_at("datapackage/all"), "datapackage/all: [package-stranger]"),
        (file_at("downloads"), "downloads: [download-blocked] a file; expected a folder of downloads"),
        (file_at("downloads/all"), "downloads/all: [download-blocked] a file; expected a folder of downloads"),
        (folder_at("downloads/all/duixian-all.sqlite"), "duixian-all.sqlite: [download-blocked] a folder"),
    ],
)
def test_what_is_in_the_way_is_named_and_stays(tmp_path: Path, block: Block, said: str) -> None:
    block(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BuildError) as refused:
        write(tmp_path)
    (problem,) = refused.value.problems
    assert said in str(problem) and "move it elsewhere" in str(problem)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["datapackage", "downloads"])
def test_a_folder_that_may_not_be_written_is_one_message(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, downloads = write(tmp_path, example(OLD))
    before, mkdir = (files(out), files(downloads)), os.mkdir

    def refuse(path: str, *arguments: object, **options: object) -> None:
        if Path(path).name.startswith(f".{name}.new."):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        mkdir(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "mkdir", refuse)
    assert status_of(lambda: write(tmp_path, example(NEW))) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "[file] Permission denied" in line
    assert (files(out), files(downloads)) == before
