"""Files below an address: what one is, what is written, and what every failure of a file system becomes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.elsewhere import Elsewhere, hide_password, is_address
from tests.addresses import BUCKET, FAILING, clear_memory, disturbed, files_at, files_in, put_file


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("s3://bucket/folder", True),
        ("memory://", True),
        ("simplecache::s3://bucket", True),
        ("/srv/s3://bucket", False),
        ("./s3://bucket", False),
        ("host:folder", False),
        ("content", False),
        ("://", False),
    ],
)
def test_an_address_begins_with_a_protocol(text: str, held: bool) -> None:
    assert is_address(text) is held


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sftp://name:secret@host/folder", "sftp://name:…@host/folder"),
        ("ftp://:secret@host", "ftp://:…@host"),
        ("sftp://name@host/a:b@c", "sftp://name@host/a:b@c"),
        ("s3://bucket/folder", "s3://bucket/folder"),
    ],
)
def test_passwords_are_not_printed(address: str, told: str) -> None:
    assert hide_password(address) == told


def test_neighbours_with_a_longer_name_are_not_below() -> None:
    clear_memory()
    for name in ("a/one", "ab/two", "a2"):
        put_file(f"{BUCKET}/{name}", b"1")
    assert set(Elsewhere(f"{BUCKET}/a").files()) == {"one"}


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    clear_memory()
    return f"{BUCKET}/a" if request.param == "memory" else f"file://{tmp_path}/a"


def test_what_is_written_is_there_and_what_is_removed_is_gone(address: str, tmp_path: Path) -> None:
    there = Elsewhere(f"{address}/")
    assert there.files() == {} and there.files("b") == {} and there.address == address
    (tmp_path / "of.txt").write_bytes(b"as it lies here")
    there.write("b/c/one [1]*.txt", b"1")
    there.write("b/two.txt", tmp_path / "of.txt")
    assert files_at(address) == {"b/c/one [1]*.txt": b"1", "b/two.txt": b"as it lies here"}
    assert {name: found.size for name, found in there.files().items()} == {"b/c/one [1]*.txt": 1, "b/two.txt": 15}
    assert set(there.files("b/c")) == {"b/c/one [1]*.txt"}
    assert there.read("b/two.txt") == b"as it lies here"
    for name in ("b/c/one [1]*.txt", "b/two.txt", "never/was.txt"):
        there.remove(name)
    assert there.files() == {}
    there.write("b/c/again.txt", b"2")
    assert files_at(address) == {"b/c/again.txt": b"2"}
    with pytest.raises(FileNotFoundError) as refused:
        there.read("b/two.txt")
    assert refused.value.filename == f"{address}/b/two.txt"


def test_a_file_is_known_by_another_state_after_every_change(address: str) -> None:
    there = Elsewhere(address)
    there.write("one", b"1")
    first = there.files()["one"]
    there.read("one")
    assert there.files()["one"] == first, "reading is no change"
    there.write("one", b"2")
    assert there.files()["one"] != first


def test_folders_that_somebody_took_away_are_made_again(tmp_path: Path) -> None:
    clear_memory()
    there = Elsewhere(f"file://{tmp_path}/a")
    there.write("b/one", b"1")
    os.remove(tmp_path / "a" / "b" / "one")
    os.rmdir(tmp_path / "a" / "b")
    there.write("b/two", b"2")
    assert files_in(tmp_path) == {"a/b/two": b"2"}


def test_folders_that_hold_something_else_stay(tmp_path: Path) -> None:
    clear_memory()
    put_file(f"file://{tmp_path}/of-others.txt", b"")
    (tmp_path / "b" / "empty").mkdir(parents=True)
    there = Elsewhere(f"file://{tmp_path}")
    there.write("b/one", b"1")
    there.write("c/d/two", b"1")
    there.remove("b/one")
    there.remove("c/d/two")
    assert (tmp_path / "b" / "empty").is_dir() and not (tmp_path / "c").exists()


def test_a_renamed_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clear_memory()
    from fsspec.implementations.local import LocalFileSystem

    there = Elsewhere(f"file://{tmp_path}/a")
    there.write("one", b"old")

    def half(self: LocalFileSystem, path: str, value: bytes) -> None:
        Path(path).write_bytes(value[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LocalFileSystem, "pipe_file", half)
    with pytest.raises(OSError, match="No space left on device") as refused:
        there.write("one", b"new")
    assert refused.value.filename == f"file://{tmp_path}/a/one"
    assert files_in(tmp_path) == {"a/one": b"old"}


def test_whatever_a_file_system_raises_is_an_error_with_the_address() -> None:
    clear_memory()

    def fail(_: int) -> None:
        raise LookupError("who knows\nwhat")

    with disturbed(fail), pytest.raises(OSError, match="who knows") as refused:
        Elsewhere(f"{FAILING}/a").write("one", b"1")
    assert (refused.value.strerror, refused.value.filename) == ("who knows", f"{FAILING}/a/one")
