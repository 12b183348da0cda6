"""Content at an address: what is read is fetched, what changes is sent back, all or none, and nobody else's is lost."""

from __future__ import annotations

import errno
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from generator.errors import BuildError, ContentError
from generator.fetched import CHANGE, fetched
from tests.addresses import BUCKET, FAILING, clear_memory, disturbed, files_at, files_in, put, put_file
from tests.conftest import FIXTURES, Run
from tests.golden import fixture_content
from tests.test_cli import DOCUMENT

CONTENT = f"{BUCKET}/content"


@pytest.fixture(autouse=True)
def memory() -> None:
    clear_memory()


@pytest.fixture
def there(content: Path) -> Path:
    """The content of a test, put to an address too."""
    put(content, CONTENT)
    return content


def scratch() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("duixian-scratch-content.*"))


def change(folder: Path) -> None:
    """Change two files, add one, remove one."""
    for name in ("a.yml", "b/c.yml"):
        (folder / name).write_text("later", encoding="utf-8")
    (folder / "new").mkdir()
    (folder / "new" / "d.yml").write_text("new", encoding="utf-8")
    (folder / "b" / "gone.yml").unlink()


OLD = {"a.yml": b"old", "b/c.yml": b"old", "b/gone.yml": b"old", "same.yml": b"same"}
NEW = {"a.yml": b"later", "b/c.yml": b"later", "new/d.yml": b"new", "same.yml": b"same"}


@pytest.fixture
def old() -> None:
    for name, data in OLD.items():
        put_file(f"{CONTENT}/{name}", data)


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_what_changed_is_sent_and_nothing_else_is_touched(tmp_path: Path, protocol: str) -> None:
    address = CONTENT if protocol == "memory" else f"file://{tmp_path}/content"
    (tmp_path / "content" / "b").mkdir(parents=True)
    for name, data in OLD.items():
        put_file(f"{address}/{name}", data)
    with fetched(address, "content") as work:
        assert files_in(work.folder) == OLD
        change(work.folder)
        work.send_back()
    assert files_at(address) == NEW and not work.folder.exists()


@pytest.mark.usefixtures("old")
def test_what_somebody_else_changed_meanwhile_is_not_written_over() -> None:
    for name in ("a.yml", "b/gone.yml", "new/d.yml"):
        clear_memory()
        for path, data in OLD.items():
            put_file(f"{CONTENT}/{path}", data)
        with fetched(CONTENT, "content") as work:
            change(work.folder)
            put_file(f"{CONTENT}/{name}", b"theirs")
            with pytest.raises(ContentError) as refused:
                work.send_back()
        (problem,) = refused.value.problems
        assert (problem.path, problem.code) == (f"{CONTENT}/{name}", "address-changed")
        assert files_at(CONTENT) == {**OLD, name: b"theirs"}


@pytest.mark.usefixtures("old")
def test_what_somebody_else_changed_beside_ours_is_no_obstacle() -> None:
    with fetched(CONTENT, "content") as work:
        change(work.folder)
        put_file(f"{CONTENT}/same.yml", b"theirs")
        work.send_back()
    assert files_at(CONTENT) == {**NEW, "same.yml": b"theirs"}


def fail_at(number: int) -> Callable[[int], None]:
    def fail(write: int) -> None:
        if write >= number:
            raise RuntimeError("the line is dead\nand more")

    return fail


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_sending_that_fails_in_the_middle_is_mended_by_the_next_run(number: int) -> None:
    """Of four writes: the change, and three files. Before the first nothing is there, after it all is, for whoever."""
    address = f"{FAILING}/content"
    with disturbed(fail_at(number)), fetched(address, "content") as work:
        change(work.folder)
        with pytest.raises(ContentError) as refused:
            work.send_back()
    (problem,) = refused.value.problems
    assert problem.code == "address-unsent" and "the line is dead;" in str(problem) and "and more" not in str(problem)
    expected = OLD if number == 1 else NEW
    with fetched(CONTENT, "content") as work:
        assert files_in(work.folder) == expected
        work.send_back()
    assert files_at(CONTENT) == expected


@pytest.mark.usefixtures("old")
def test_a_change_that_was_cut_off_and_a_new_one_are_both_made() -> None:
    with disturbed(fail_at(3)), fetched(f"{FAILING}/content", "content") as work:
        change(work.folder)
        with pytest.raises(ContentError):
            work.send_back()
    with fetched(CONTENT, "content") as work:
        (work.folder / "a.yml").write_text("later still", encoding="utf-8")
        work.send_back()
    assert files_at(CONTENT) == {**NEW, "a.yml": b"later still"}


@pytest.mark.usefixtures("old")
def test_who_only_reads_need_not_be_able_to_write() -> None:
    with disturbed(fail_at(3)), fetched(f"{FAILING}/content", "content") as work:
        change(work.folder)
        with pytest.raises(ContentError):
            work.send_back()
    with disturbed(fail_at(1)), fetched(f"{FAILING}/content", "content") as work:
        assert files_in(work.folder) == NEW
        work.send_back()


@pytest.mark.usefixtures("old")
def test_what_was_changed_by_hand_after_a_change_was_cut_off_stays() -> None:
    with disturbed(fail_at(2)), fetched(f"{FAILING}/content", "content") as work:
        change(work.folder)
        with pytest.raises(ContentError):
            work.send_back()
    put_file(f"{CONTENT}/b/c.yml", b"by hand")
    with fetched(CONTENT, "content") as work:
        assert files_in(work.folder) == {**NEW, "b/c.yml": b"by hand"}
        work.send_back()
    assert files_at(CONTENT) == {**NEW, "b/c.yml": b"by hand"}


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("said", [b"", b"no change at all", b"\x00" * 200])
def test_a_change_that_nobody_wrote_whole_is_none(said: bytes) -> None:
    put_file(f"{CONTENT}/{CHANGE}", said)
    with fetched(CONTENT, "content") as work:
        assert files_in(work.folder) == OLD
        change(work.folder)
        work.send_back()
    assert files_at(CONTENT) == NEW


@pytest.mark.usefixtures("old")
def test_what_killed_runs_left_beside_files_is_not_fetched_and_goes() -> None:
    put_file(f"{CONTENT}/b/.c.yml.0123.duixian-part", b"half")
    with fetched(CONTENT, "content") as work:
        assert files_in(work.folder) == OLD
        change(work.folder)
        work.send_back()
    assert files_at(CONTENT) == NEW


@pytest.mark.usefixtures("old")
def test_what_changes_while_it_is_fetched_is_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    read, left = MemoryFileSystem.cat_file, ["same.yml", "b/c.yml"]

    def read_and_change(self: MemoryFileSystem, path: str) -> bytes:
        data = bytes(read(self, path))
        if left:
            put_file(f"{CONTENT}/{left.pop()}", b"theirs")
        return data

    monkeypatch.setattr(MemoryFileSystem, "cat_file", read_and_change)
    with fetched(CONTENT, "content") as work:
        assert files_in(work.folder) == {**OLD, "same.yml": b"theirs", "b/c.yml": b"theirs"}


@pytest.mark.usefixtures("old")
def test_what_never_stays_as_it_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    listed, times = MemoryFileSystem.find, count()

    def otherwise(self: MemoryFileSystem, path: str, **options: object) -> dict[str, dict[str, object]]:
        return {name: {**told, "link": next(times)} for name, told in listed(self, path, **options).items()}

    monkeypatch.setattr(MemoryFileSystem, "find", otherwise)
    with pytest.raises(ContentError, match="address-changing"), fetched(CONTENT, "content"):
        pass


@pytest.mark.usefixtures("old")
def test_a_change_is_not_written_over_while_somebody_makes_it() -> None:
    """It is theirs until it is made: only where they stopped it is ended by another."""
    with disturbed(fail_at(3)), fetched(f"{FAILING}/content", "content") as work:
        change(work.folder)
        with pytest.raises(ContentError):
            work.send_back()
    with fetched(CONTENT, "content") as work:
        (work.folder / "same.yml").write_text("ours", encoding="utf-8")
        put_file(f"{CONTENT}/b/c.yml", b"later")  # they go on
        with pytest.raises(ContentError, match=r"b/c\.yml: \[address-changed\]"):
            work.send_back()
    assert files_at(CONTENT)[CHANGE] and files_at(CONTENT)["same.yml"] == b"same"


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    put_file(f"{CONTENT}/a.yml", b"old")
    store = fsspec.filesystem("memory").store
    store["/bucket/content/../../outside.yml"] = store["/bucket/content/a.yml"]
    found = {"/bucket/content/../../outside.yml": {"size": 3, "type": "file"}}
    monkeypatch.setattr("fsspec.implementations.memory.MemoryFileSystem.find", lambda *_, **__: found)
    with pytest.raises(ContentError, match="address-name"), fetched(CONTENT, "content"):
        pass


def test_a_folder_that_cannot_be_listed_is_not_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    listed = LocalFileSystem.ls
    (tmp_path / "b").mkdir()
    for name in OLD:
        (tmp_path / name).write_bytes(b"old")

    def refuse(self: LocalFileSystem, path: str, *args: object, **options: object) -> object:
        if path.rstrip("/").endswith("/b"):
            raise PermissionError(errno.EACCES, "not yours")
        return listed(self, path, *args, **options)

    monkeypatch.setattr(LocalFileSystem, "ls", refuse)
    address = f"file://{tmp_path}"
    with pytest.raises(PermissionError) as refused, fetched(address, "content"):
        pass
    assert (refused.value.strerror, refused.value.filename) == ("not yours", address)


@pytest.mark.parametrize(
    ("address", "code"), [("nothing-of-that-name://x", "address-unknown"), ("filecache://x", "address-un")]
)
def test_an_address_that_is_none_is_refused(address: str, code: str) -> None:
    with pytest.raises(BuildError, match=rf"{address}: \[{code}"), fetched(address, "content"):
        pass


def test_without_fsspec_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(BuildError, match=r"\[fsspec-missing\].*install duixian\[cluster\]"), fetched(CONTENT, "x"):
        pass


def test_documents_become_registers_at_an_address(run: Run, there: Path, tmp_path: Path) -> None:
    """The same commands, the same words, the same bytes, by the name of the address."""
    document = tmp_path / "notice.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    put_file(f"{BUCKET}/sources/notice.txt", document.read_bytes())
    said = {}
    for content, documents in ((there, tmp_path), (CONTENT, f"{BUCKET}/sources")):
        new = run("new", document, "--place", "云溪市", "--year", 2024, "--content", content)
        first = run("ingest", "--content", content, "--documents", documents)
        again = run("ingest", "--content", content, "--documents", documents, "--check")
        explained = run(
            "explain", "yunxi-2024-livelihood", "--stage", "rows", "--content", content, "--documents", documents
        )
        checked = run("check", "--content", content)
        as_json = run("check", "--format", "json", "--content", content)
        lost = run("ingest", "--content", content)
        said[str(content)] = [new, first, again, explained, checked, as_json, lost]
        assert [one.status for one in said[str(content)]] == [0, 0, 0, 0, 0, 0, 1]
        json.loads(as_json.out)
    here, elsewhere = ([(one.out, one.err) for one in found] for found in said.values())
    assert [tuple(text.replace(str(there), CONTENT) for text in told) for told in here] == elsewhere
    assert files_at(CONTENT) == files_in(there) and "registers/yunxi/2024/livelihood.yml" in files_in(there)
    assert not scratch()


def test_a_document_that_is_refused_does_not_keep_the_others_from_being_sent(
    run: Run, there: Path, tmp_path: Path
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(DOCUMENT, encoding="utf-8")
    for name, year in (("one.txt", 2023), ("two.txt", 2024)):
        assert run("new", tmp_path / name, "--place", "云溪市", "--year", year, "--content", CONTENT).status == 0
    (tmp_path / "one.txt").unlink()
    done = run("ingest", "--content", CONTENT, "--documents", tmp_path)
    assert done.status == 1 and done.err.startswith(f"{CONTENT}/documents/yunxi-2023-livelihood.yml:")
    assert [name for name in files_at(CONTENT) if name.startswith("registers")] == [
        "registers/yunxi/2024/livelihood.yml"
    ]


def test_refusals_speak_of_the_address(run: Run, there: Path) -> None:
    missing = run("check", "--content", f"{BUCKET}/nothing")
    assert missing.status == 1 and missing.err.startswith(f"{BUCKET}/nothing: [content-missing]")
    put_file(f"{CONTENT}/registers/stray.yml", b"x")
    stray = run("check", "--content", CONTENT)
    assert stray.status == 1 and stray.err.count(CONTENT) == 2 and "duixian-scratch" not in stray.err
    put_file(f"{CONTENT}/places.yml", b"- {zh: x")
    broken = run("check", "--content", CONTENT)
    assert broken.status == 1 and broken.err.startswith(f"{CONTENT}/places.yml:")
    unknown = run("check", "--content", "nothing-of-that-name://x")
    assert unknown.status == 1 and unknown.err.startswith("nothing-of-that-name://x: [address-unknown]")
    assert len(unknown.err.splitlines()) == 1


def test_what_cannot_be_sent_is_one_message(run: Run, there: Path, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(DOCUMENT, encoding="utf-8")
    with disturbed(fail_at(1)):
        new = run(
            "new", tmp_path / "notice.txt", "--place", "云溪市", "--year", 2024, "--content", f"{FAILING}/content"
        )
    assert new.status == 1 and len(new.err.splitlines()) == 1 and "[address-unsent] the line is dead;" in new.err
    assert files_at(CONTENT) == files_in(there)


def test_sarif_of_content_at_an_address_has_relative_paths(run: Run, tmp_path: Path) -> None:
    content = fixture_content(tmp_path)
    shutil.copytree(FIXTURES / "content" / "registers", content / "registers")
    put(content, CONTENT)
    here, elsewhere = (run("check", "--format", "sarif", "--content", where) for where in (content, CONTENT))
    assert here == elsewhere and here.status == 0 and json.loads(here.out)["runs"][0]["results"]
