"""New packages and downloads replace the old ones together or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import swap
from generator.commands.outcome import status_of
from generator.errors import BuildError
from generator.package import stage
from generator.swap import finish_swap, journal_of, keep_spare, staging, swap_in
from tests.package_examples import example, files, write

OLD, NEW = "旧的承诺", "新的承诺"


def targets(folder: Path) -> dict[Path, Path]:
    """Two folders that hold something old, and something new for each."""
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "file").write_text("old", encoding="utf-8")
        (folder / f".{name}.new").mkdir()
        (folder / f".{name}.new" / "file").write_text("new", encoding="utf-8")
    return {folder / name: folder / f".{name}.new" for name in ("one", "two")}


def left_in(folder: Path) -> list[str]:
    """What a swap left beside the folders but the old ones in the places of the new."""
    return sorted(path.name for path in folder.glob(".*") if path.name not in {".one.new", ".two.new"})


def states(folder: Path) -> list[str]:
    """What stands in the two folders: old, new, or missing."""
    return [states_of(folder / name) for name in ("one", "two")]


def states_of(folder: Path) -> str:
    path = folder / "file"
    return path.read_text(encoding="utf-8") if path.exists() else "missing"


KILLED = """
import os, sys
from pathlib import Path
from generator import swap
steps, way, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
if way == "renamed":
    swap._find_exchange = lambda: None
def count(act):
    def counted(*args, **options):
        global steps
        if steps == 0:
            os._exit(9)
        steps -= 1
        return act(*args, **options)
    return counted
for name in ("rename", "replace", "unlink"):
    setattr(Path, name, count(getattr(Path, name)))
swap._exchange = count(swap._exchange)
swap.swap_in({folder / name: folder / f".{name}.new" for name in ("one", "two")})
"""


def kill_swap(folder: Path, steps: int, way: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(steps), way, str(folder)], check=False)
    assert done.returncode == 9


@pytest.mark.parametrize(
    ("way", "steps", "seen", "after"),
    [
        ("exchanged", 0, ["old", "old"], "old"),
        ("exchanged", 1, ["old", "old"], "new"),
        ("exchanged", 2, ["new", "old"], "new"),
        ("exchanged", 3, ["new", "new"], "new"),
        ("renamed", 0, ["old", "old"], "old"),
        ("renamed", 1, ["old", "old"], "new"),
        ("renamed", 2, ["old", "old"], "new"),
        ("renamed", 3, ["missing", "old"], "new"),
        ("renamed", 4, ["new", "old"], "new"),
        ("renamed", 5, ["new", "old"], "new"),
        ("renamed", 6, ["new", "old"], "new"),
        ("renamed", 7, ["new", "missing"], "new"),
        ("renamed", 8, ["new", "new"], "new"),
        ("renamed", 9, ["new", "new"], "new"),
    ],
)
def test_a_swap_killed_at_any_step_mixes_nothing(
    tmp_path: Path, way: str, steps: int, seen: list[str], after: str
) -> None:
    made = targets(tmp_path)
    kill_swap(tmp_path, steps, way)
    assert states(tmp_path) == seen
    finish_swap(journal_of(tmp_path / "one"))
    assert states(tmp_path) == [after, after]
    assert left_in(tmp_path) == []
    assert after == "old" or "new" not in map(states_of, made.values())


@pytest.mark.parametrize("way", ["exchanged", "renamed"])
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_where_there_was_nothing_a_swap_is_ended_too(tmp_path: Path, way: str, steps: int) -> None:
    for target in targets(tmp_path):
        (target / "file").unlink()
        target.rmdir()
    kill_swap(tmp_path, steps, way)
    assert states(tmp_path) == [["missing", "missing"], ["new", "missing"], ["new", "new"]][steps - 1]
    finish_swap(journal_of(tmp_path / "one"))
    assert states(tmp_path) == ["new", "new"]
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("way", ["exchanged", "renamed"])
@pytest.mark.parametrize("steps", range(4))
def test_files_are_never_missing(tmp_path: Path, way: str, steps: int) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text("old", encoding="utf-8")
        (tmp_path / f".{name}.new").write_text("new", encoding="utf-8")
    kill_swap(tmp_path, steps, way)
    assert {(tmp_path / name).read_text(encoding="utf-8") for name in ("one", "two")} <= {"old", "new"}
    finish_swap(journal_of(tmp_path / "one"))
    after = {(tmp_path / name).read_text(encoding="utf-8") for name in ("one", "two")}
    assert after == ({"new"} if steps else {"old"})
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("way", ["exchanged", "renamed"])
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("there", [True, False])
def test_a_swap_that_fails_takes_the_old_ones_back(
    tmp_path: Path, way: str, step: int, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, rename, exchange, done = targets(tmp_path), Path.rename, swap._exchange, [0]
    if not there:
        shutil.rmtree(tmp_path / "two")

    def failing(act: Callable[[Path, Path], object]) -> Callable[[Path, Path], object]:
        def counted(path: Path, target: Path) -> object:
            done[0] += 1
            if done[0] == step:
                raise OSError(errno.EIO, "Input/output error", str(path))
            return act(path, target)

        return counted

    monkeypatch.setattr(Path, "rename", failing(rename))
    monkeypatch.setattr(swap, "_exchange", failing(exchange) if way == "exchanged" else lambda *_: False)
    if (
        step
        > {("exchanged", True): 2, ("exchanged", False): 2, ("renamed", True): 6, ("renamed", False): 4}[way, there]
    ):
        swap_in(made)
        assert states(tmp_path) == ["new", "new"]
    else:
        with pytest.raises(OSError, match="Input/output"):
            swap_in(made)
        assert states(tmp_path) == ["old", "old" if there else "missing"]
        assert [states_of(new) for new in made.values()] == ["new", "new"]
    assert left_in(tmp_path) == []


def test_a_journal_that_is_none_of_ours_does_nothing(tmp_path: Path) -> None:
    targets(tmp_path)
    for text in ("", "[", "{}", '[{"target": "one"}]', '[{"target": "one", "staged": ".one.new", "inode": 1}]'):
        journal_of(tmp_path / "one").write_text(text, encoding="utf-8")
        finish_swap(journal_of(tmp_path / "one"))
        assert states(tmp_path) == ["old", "old"]
        assert left_in(tmp_path) == []


def test_a_journal_leads_to_nothing_that_was_not_staged(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("victim", "file", ".victim.old"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    inode = (tmp_path / "file").stat().st_ino
    for staged in ("../file", "../.victim.new"):
        entry = {"target": "../victim", "staged": staged, "inode": inode}
        (tmp_path / "in" / ".x.swap").write_text(json.dumps([entry]), encoding="utf-8")
        finish_swap(tmp_path / "in" / ".x.swap")
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in ("victim", ".victim.old")] == [
        *("victim", ".victim.old")
    ]


@pytest.mark.skipif(not shutil.which("setpriv") and os.geteuid() == 0, reason="rights stop nobody here")
def test_what_may_not_be_removed_goes_where_it_is_ours(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "file").touch()
    for path in (folder / "in" / "file", folder / "in", folder):
        path.chmod(0o500)
    powers = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    code = "import sys; from pathlib import Path; from generator.swap import remove; remove(Path(sys.argv[1]))"
    subprocess.run([*powers, sys.executable, "-c", code, str(folder)], check=True)
    assert not folder.exists()
    folder.mkdir()
    tmp_path.chmod(0o500)
    subprocess.run([*powers, sys.executable, "-c", code, str(folder)], check=True)
    assert folder.exists() and tmp_path.stat().st_mode & 0o777 == 0o500, "what it stands in is none of ours"
    tmp_path.chmod(0o700)


def test_what_a_killed_run_staged_goes(tmp_path: Path) -> None:
    (tmp_path / ".site.new" / "old").mkdir(parents=True)
    with staging(tmp_path / "site") as folder:
        assert list(folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_swapped_is_kept_and_the_next_is_staged_in_it(tmp_path: Path) -> None:
    target, spare = tmp_path / "site", tmp_path / "build" / "spare"
    target.mkdir()
    (target / "old").touch()
    spare.parent.mkdir()
    with staging(target, spare) as folder:
        (folder / "new").touch()
        swap_in({target: folder})
        keep_spare(folder, spare)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "build/spare/old",
        "site/new",
    ]
    with staging(target, spare) as folder:
        assert [path.name for path in folder.iterdir()] == ["old"]
        assert not spare.exists()
    assert not folder.exists()


def test_a_spare_that_cannot_be_moved_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, to: Path) -> None:
        raise OSError(errno.EXDEV, "another disk", str(path), None, str(to))

    spare = tmp_path / "spare"
    (spare / "old").mkdir(parents=True)
    monkeypatch.setattr(Path, "rename", refuse)
    with staging(tmp_path / "site", spare) as folder:
        assert list(folder.iterdir()) == [] and not spare.exists()
        keep_spare(folder, spare)
    assert list(tmp_path.iterdir()) == []


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

    monkeypatch.setattr(stage, "keep_unchanged", fail)
    with pytest.raises(OSError, match="Input/output"):
        write(tmp_path, example(NEW))
    assert (files(out), files(downloads)) == before


WRITE = """
import resource, sys
from pathlib import Path
from generator.commands.outcome import status_of
from tests.package_examples import example, write
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(status_of(lambda: write(Path(sys.argv[1]), example("新的承诺"))))
"""


def write_elsewhere(folder: Path, limit: int) -> subprocess.CompletedProcess[str]:
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
    write(tmp_path, example(NEW))
    assert files(out) != before[0]


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
        if Path(path).name.startswith(f".{name}.new"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        mkdir(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "mkdir", refuse)
    assert status_of(lambda: write(tmp_path, example(NEW))) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "[file] Permission denied" in line
    assert (files(out), files(downloads)) == before
