"""What the last build left untouched has a second name in the new site; all else is made again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.publish.digests import KnownDigests, digest_file
from generator.publish.folder import SITE, SiteFolder
from generator.publish.lastbuild import LastBuild, Owned
from generator.publish.placed import PlacedFiles

FILES = {"a/1.html": b"one", "a/2.html": b"two", "b.json": b"{}"}


def begin(folder: Path) -> SiteFolder:
    """The site of a next build."""
    last = LastBuild(folder / "cache", {SITE: folder / "site", "docs": folder / "docs"})
    return SiteFolder(folder / "new", last)


def end(site: SiteFolder, folder: Path) -> None:
    """Put the new site in the place of the old one."""
    if (folder / "site").exists():
        (folder / "site").rename(folder / f"old-{len(list(folder.iterdir()))}")
    (folder / "new").rename(folder / "site")
    site.last.keep()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a build has put the files of one owner, with what is said of them."""
    site = begin(tmp_path)
    assert site.take("owner") is None
    site.put("owner", FILES.items(), b"said")
    end(site, tmp_path)
    return tmp_path


def end_and_spare(site: SiteFolder, folder: Path) -> None:
    """The same, and the old one is what the next is made in."""
    (folder / "site").rename(folder / "old")
    (folder / "new").rename(folder / "site")
    (folder / "old").rename(folder / "new")
    site.last.keep()


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_site_is_made_in_the_one_before_the_last(folder: Path) -> None:
    """Nothing of a site ever changes in another: the three have the same files, and others under the same names."""
    (folder / "new").mkdir()
    made: list[dict[str, bytes]] = [{**FILES}]
    for number in range(4):
        site, live = begin(folder), files_of(folder / "site")
        assert site.take("owner") is not None
        site.put(f"number {number}", [("n/index.html", b"%d" % number), (f"only/{number}/x.html", b"")])
        site.write([("loose.txt", b"%d" % number)])
        (folder / "new" / "there.txt").write_bytes(b"%d" % number) if number % 2 else None
        there = site.find(["there.txt"]) if number % 2 else {}
        size = site.settle()
        made.append(
            FILES
            | {"n/index.html": b"%d" % number, f"only/{number}/x.html": b"", "loose.txt": b"%d" % number}
            | ({"there.txt": b"%d" % number} if there else {})
        )
        assert files_of(folder / "new") == made[-1]
        assert files_of(folder / "site") == live == made[-2]
        assert (size.files, size.bytes) == (len(made[-1]), sum(map(len, made[-1].values())))
        end_and_spare(site, folder)
    assert not (folder / "site" / "only" / "1").exists() and (folder / "site" / "only" / "3").exists()


@pytest.mark.parametrize("harm", ["text", "gone", "stray", "folder", "file", "link"])
def test_a_spare_that_somebody_changed_shows_nowhere(folder: Path, harm: str) -> None:
    (folder / "new").mkdir()
    for _ in range(2):  # the second is made in a copy of itself
        site = begin(folder)
        assert site.take("owner") is not None
        site.settle()
        end_and_spare(site, folder)
    spare = folder / "new"
    if harm in {"text", "gone"}:
        (spare / "a/1.html").unlink()
    if harm == "text":
        (spare / "a/1.html").write_bytes(b"ONE")
    if harm == "stray":
        (spare / "stray/deep").mkdir(parents=True)
        (spare / "stray/deep/x.html").write_bytes(b"x")
    if harm == "folder":
        (spare / "b.json").unlink()
        (spare / "b.json").mkdir()
    if harm == "file":
        shutil.rmtree(spare / "a")
        (spare / "a").touch()
    if harm == "link":
        (spare / "elsewhere").symlink_to(folder)
    site = begin(folder)
    assert site.take("owner") is not None
    site.settle()
    assert files_of(spare) == FILES == files_of(folder / "site")
    assert {path.name for path in spare.iterdir()} == {"a", "b.json"}


def inode(path: Path) -> int:
    return path.stat().st_ino


def test_untouched_files_are_linked_build_after_build(folder: Path) -> None:
    before = {path: inode(folder / "site" / path) for path in FILES}
    for _ in range(2):
        site = begin(folder)
        owned = site.take("owner")
        assert owned is not None and owned.said == b"said" and set(owned.files[SITE]) == set(FILES)
        assert site.pages == 2
        end(site, folder)
        assert {path: inode(folder / "site" / path) for path in FILES} == before
        assert {path: (folder / "site" / path).read_bytes() for path in FILES} == FILES


def test_notes_that_a_killed_build_left_half_written_go(folder: Path) -> None:
    left = folder / "cache" / "last" / ".build.17.left"
    left.write_bytes(b"half")
    site = begin(folder)
    assert site.take("owner") is not None
    end(site, folder)
    assert [path.name for path in left.parent.iterdir()] == ["build"]


def touch_text(path: Path) -> None:
    path.write_bytes(b"ONE")  # of the same size


def touch_time(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def replace_file(path: Path) -> None:
    status = path.stat()
    path.unlink()
    path.with_name("taken").write_bytes(b"")  # takes the inode that became free
    path.write_bytes(FILES["a/1.html"])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("touch", [touch_text, touch_time, replace_file, Path.unlink])
def test_what_was_touched_is_made_again_whole(folder: Path, touch: object) -> None:
    assert callable(touch)
    touch(folder / "site" / "a" / "1.html")
    site = begin(folder)
    assert site.take("owner") is None
    assert site.take("another") is None


def test_the_old_site_stays_when_a_linked_file_is_written_again(folder: Path) -> None:
    site = begin(folder)
    assert site.take("owner")
    site.write([("a/1.html", b"new")])
    source = folder / "source"
    source.write_bytes(b"copied")
    site.copy([("a/2.html", str(source))])
    assert (folder / "new" / "a" / "1.html").read_bytes() == b"new"
    assert (folder / "new" / "a" / "2.html").read_bytes() == b"copied"
    assert {path: (folder / "site" / path).read_bytes() for path in FILES} == FILES


def test_a_disk_that_cannot_link_gets_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    site = begin(folder)
    assert site.take("owner")
    end(site, folder)
    assert {path: (folder / "site" / path).read_bytes() for path in FILES} == FILES
    assert begin(folder).take("owner") is None, "copies are other files than those that were noted"


def test_copies_are_linked_as_long_as_their_sources_are_the_same(folder: Path) -> None:
    source = folder / "source.csv"
    source.write_bytes(b"1")
    for said in ("made", "linked"):
        site = begin(folder)
        PlacedFiles("copies", site).put_copies({"data/source.csv": str(source)})
        end(site, folder)
        if said == "made":
            before = inode(folder / "site" / "data" / "source.csv")
    assert inode(folder / "site" / "data" / "source.csv") == before
    source.write_bytes(b"2")
    site = begin(folder)
    PlacedFiles("copies", site).put_copies({"data/source.csv": str(source)})
    assert (folder / "new" / "data" / "source.csv").read_bytes() == b"2"
    assert (folder / "site" / "data" / "source.csv").read_bytes() == b"1"


def test_some_of_an_owner_may_be_untouched(folder: Path) -> None:
    (folder / "site" / "b.json").write_bytes(b"[]")
    found = begin(folder).last.find_some("owner")
    assert set(found.files[SITE]) == {"a/1.html", "a/2.html"} and found.said == b"said"
    assert begin(folder).last.find_some("another") == Owned({})


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_without_whole_notes_all_is_made(folder: Path, damage: bytes | None) -> None:
    (notes,) = (path for path in (folder / "cache").rglob("*") if path.is_file())
    if damage is None:
        notes.unlink()
    else:
        notes.write_bytes(damage)
    assert begin(folder).take("owner") is None


def test_notes_that_cannot_be_kept_do_not_stay_for_another_site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = begin(folder)
    site.put("other", FILES.items())
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    end(site, folder)
    monkeypatch.undo()
    assert begin(folder).take("owner") is None


def test_digests_are_known_of_files_that_nobody_touched(folder: Path) -> None:
    files = {f"data/{name}": f"{folder}/{name}" for name in ("a.zip", "b.zip")}
    for number, path in enumerate(files.values()):
        Path(path).write_bytes(b"%d" % number)
    site = begin(folder)
    assert KnownDigests(site.last).find(files) == {}
    told = {address: digest_file(path) for address, path in files.items()}
    KnownDigests(site.last).note(told, files)
    site.put("owner", FILES.items())
    end(site, folder)
    touch_text(Path(files["data/b.zip"]))
    assert KnownDigests(begin(folder).last).find({**files, "data/c.zip": f"{folder}/c.zip"}) == {
        "data/a.zip": "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"
    }


def test_a_spare_that_was_linked_is_made_into_the_next_site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = begin(folder)
    site.put("new", [("c/3.html", b"three"), ("c/d/4.html", b"four")])
    assert not site.is_like_last
    site.link_spare(folder / "spare")
    site.settle()
    end(site, folder)
    assert inode(folder / "spare/c/d/4.html") == inode(folder / "site/c/d/4.html")
    (folder / "spare").rename(folder / "new")
    monkeypatch.setattr(os, "link", lambda *_, **__: pytest.fail("it has its name already"))
    site = begin(folder)
    assert site.take("new") is not None and site.is_like_last
    site.settle()
    assert files_of(folder / "new") == files_of(folder / "site") == {"c/3.html": b"three", "c/d/4.html": b"four"}


def test_a_disk_that_cannot_link_has_no_spare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    site = begin(folder)
    site.put("owner", FILES.items())
    monkeypatch.setattr(os, "link", refuse)
    site.link_spare(folder / "spare")
    assert files_of(folder / "spare") == {} and files_of(folder / "new") == FILES


def test_a_site_from_which_a_file_went_is_refused(folder: Path) -> None:
    site = begin(folder)
    site.put("new", [("c/3.html", b"three"), ("c/4.html", b"four")])
    (folder / "new/c/4.html").unlink()
    with pytest.raises(BuildError, match=r"\[site-changed\] 1 files are gone"):
        site.settle()


def test_of_a_site_that_is_given_up_no_spare_stays(folder: Path) -> None:
    site = begin(folder)
    site.put("new", [("c/3.html", b"three")])
    site.link_spare(folder / "spare")
    assert files_of(folder / "spare") == {"c/3.html": b"three"}
    site.give_up()
    assert not (folder / "spare").exists()
