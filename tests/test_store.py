"""The store: what is kept comes back whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.store import FolderStore, open_store, seal, unseal


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "kept")

    assert store.read("years/a/1.files") is None
    assert store.write("years/a/1.files", b"\x00data")
    assert store.read("years/a/1.files") == b"\x00data"
    assert open_store(store.address).read("years/a/1.files") == b"\x00data"
    assert store.names("years") == {"years/a/1.files"}
    assert store.names("pages") == set()


def test_removed_entries_are_gone_and_a_missing_one_is_no_error(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("a", b"1")

    store.remove(["a", "b"])

    assert store.read("a") is None


@pytest.mark.parametrize("damage", ["cut", "changed", "longer", "empty", "digest"])
def test_damaged_entry_is_as_good_as_missing(tmp_path: Path, damage: str) -> None:
    store = FolderStore(tmp_path)
    store.write("entry", b"what was made")
    path = tmp_path / "entry"
    whole = path.read_bytes()
    damaged = {
        "cut": whole[:-1],
        "changed": whole[:-1] + b"!",
        "longer": whole + b"!",
        "empty": b"",
        "digest": b"!" + whole[1:],
    }
    path.write_bytes(damaged[damage])

    assert store.read("entry") is None


def test_seal_of_nothing() -> None:
    assert unseal("a", seal("a", b"")) == b""
    assert unseal("a", b"short") is None


def test_an_entry_under_the_name_of_another_is_as_good_as_missing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("years/a/1", b"of a")
    (tmp_path / "years" / "b").mkdir()
    (tmp_path / "years" / "a" / "1").rename(tmp_path / "years" / "b" / "1")

    assert store.read("years/b/1") is None


def test_store_that_takes_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert not FolderStore(tmp_path / "file").write("a", b"1")
    assert FolderStore(tmp_path / "file").read("a") is None


def test_half_written_entries_are_not_seen(tmp_path: Path) -> None:
    """A writer that is killed leaves its own file beside the entry, never a part of the entry."""
    store = FolderStore(tmp_path)
    store.write("a/b", b"old")
    (tmp_path / "a" / ".b.1.0").write_bytes(seal("a/b", b"new")[:5])

    assert store.read("a/b") == b"old"


def test_entries_replace_each_other(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("a", b"1")
    store.write("a", b"2")

    assert store.read("a") == b"2"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("held", [0, 1])
def test_a_folder_in_the_place_of_an_entry_is_as_good_as_missing(tmp_path: Path, held: int) -> None:
    store = FolderStore(tmp_path)
    (tmp_path / "a" / "b").mkdir(parents=True)
    for _ in range(held):
        (tmp_path / "a" / "b" / "file").write_bytes(b"")

    assert store.read("a/b") is None
    assert store.write("a/b", b"new")
    assert store.read("a/b") == b"new"


def test_removed_entries_leave_no_empty_folders_and_no_dead_links(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("years/a/1", b"data")
    store.write("years/b/1", b"data")
    (tmp_path / "years" / "a" / "2").symlink_to("nowhere")

    assert store.names("years") == {"years/a/1", "years/a/2", "years/b/1"}
    store.remove(["years/a/1", "years/a/2"])
    assert [path.name for path in (tmp_path / "years").iterdir()] == ["b"]


def test_address_of_fsspec(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec is in the extra duixian[cluster]")
    store = open_store(f"file://{tmp_path}/kept")

    assert store.read("years/a") is None
    assert store.write("years/a", b"data")
    assert store.read("years/a") == b"data"
    assert store.names("years") == {"years/a"}
    assert FolderStore(tmp_path / "kept").read("years/a") == b"data", "one form, whatever wrote it"
    store.remove(["years/a", "b"])
    assert store.read("years/a") is None
    with pytest.raises(BuildError, match="address-unknown"):
        open_store("nothing-of-that-name://x")
