"""Publishing to a folder or a server: what arrives, what is left alone, what is refused, what an interruption leaves.

Every test that takes ``place`` runs on a folder, at an address of fsspec, on an rsync daemon of this machine, and
through a remote shell.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.mirror import (
    AddressDestination,
    Destination,
    FolderDestination,
    Plan,
    RsyncDestination,
    is_remote,
    mirror_site,
    open_destination,
)
from generator.mirror.manifest import MANIFEST
from tests.conftest import Run

FILES = {
    "index.html": '<link rel="canonical" href="https://example.org/a/">',
    "hangzhou/index.html": "city",
    "hangzhou/2024/index.html": "year",
    "hangzhou/2024/livelihood-001.html": "one",
    "assets/style.css": "css",
    "changes/feed.xml": "feed",
    "search/pages.json": "[]",
    "data/all/names with [marks] *.csv": "a,b\n",
}
#: What a remote shell does with what it is given: it reads it as a command line.
SHELL = '#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\nexec sh -c "$*"\n'
#: A folder that means something to a shell.
TRAP = "site $(touch TRAP); `touch TRAP`"


@dataclass(frozen=True)
class Place:
    """A destination by the name that a user gives it, and the folder that it is."""

    address: str
    folder: Path
    site: Path

    def open(self) -> Destination:
        return open_destination(self.address, self.site)

    def publish(self, **options: bool) -> Plan:
        return mirror_site(self.site, self.open(), **options)

    def published(self) -> dict[str, str]:
        return read_tree(self.folder)


def read_tree(folder: Path) -> dict[str, str]:
    """Every file but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def write_tree(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_tree(tmp_path / "site", FILES)
    return tmp_path / "site"


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a module of an rsync daemon, and its folder."""
    require_rsync()
    base = tmp_path_factory.mktemp("daemon")
    (base / "module").mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    root = f"uid = {os.getuid()}\ngid = {os.getgid()}\n" if os.getuid() == 0 else ""
    settings = f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\n[m]\npath = {base}/module\nread only = no\n{root}"
    (base / "rsyncd.conf").write_text(settings, encoding="utf-8")
    command = ["rsync", "--daemon", "--no-detach", f"--config={base}/rsyncd.conf"]
    running = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        _wait_for_port(port)
        yield f"rsync://127.0.0.1:{port}/m", base / "module"
    finally:
        running.kill()
        running.wait()


def _wait_for_port(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the rsync daemon does not listen")


def require_rsync() -> None:
    if not shutil.which("rsync"):
        complain = pytest.fail if os.environ.get("CI") else pytest.skip
        complain("no rsync: install it (.ci/run does)")


@pytest.fixture(params=["folder", "address", pytest.param("daemon", marks=pytest.mark.journey), "shell"])
def place(request: pytest.FixtureRequest, tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    if request.param == "folder":
        return Place(str(tmp_path / "there"), tmp_path / "there", site)
    if request.param == "address":
        pytest.importorskip("fsspec", reason="fsspec is in the extra duixian[cluster]")
        return Place(f"file://{tmp_path}/there", tmp_path / "there", site)
    require_rsync()
    if request.param == "daemon":
        address, module = request.getfixturevalue("daemon")
        return Place(f"{address}/{tmp_path.name}", module / tmp_path.name, site)
    shell = tmp_path / "shell"
    shell.write_text(SHELL, encoding="utf-8")
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    monkeypatch.chdir(tmp_path)
    return Place(f"someone@example.org:{tmp_path}/{TRAP}", tmp_path / TRAP, site)


def test_what_arrives_is_the_site_and_the_next_run_finds_nothing_to_do(place: Place) -> None:
    plan = place.publish()
    assert place.published() == FILES
    assert set(plan.new) == set(FILES) and (plan.changed, plan.removed, plan.unchanged) == ((), (), 0)
    for path in (place.folder, *place.folder.rglob("*")):
        assert path.stat().st_mode & (0o755 if path.is_dir() else 0o644) == (0o755 if path.is_dir() else 0o644), path
    manifest = json.loads((place.folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["complete"] and set(manifest["files"]) == set(FILES)
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")}
    assert place.publish() == Plan((), (), (), (), len(FILES))
    assert {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")} == before
    assert not list(Path.cwd().glob("TRAP")) and not list(place.site.parent.glob("TRAP"))


def test_only_what_has_changed_is_touched_and_what_is_gone_goes(place: Place) -> None:
    place.publish()
    style = (place.folder / "assets/style.css").stat()
    write_tree(place.folder, {"notes/mine.txt": "of somebody else", "hangzhou/2023/theirs.txt": "too"})
    shutil.rmtree(place.site / "hangzhou" / "2024")
    write_tree(place.site, {"index.html": "later", "huzhou/index.html": "new"})
    plan = place.publish()
    assert (plan.new, plan.changed) == (("huzhou/index.html",), ("index.html",))
    assert plan.removed == ("hangzhou/2024/index.html", "hangzhou/2024/livelihood-001.html")
    foreign = {"notes/mine.txt": "of somebody else", "hangzhou/2023/theirs.txt": "too"}
    assert place.published() == {**read_tree(place.site), **foreign}
    assert not (place.folder / "hangzhou" / "2024").exists()
    now = (place.folder / "assets/style.css").stat()
    assert (now.st_ino, now.st_mtime_ns) == (style.st_ino, style.st_mtime_ns)


def test_a_folder_of_somebody_else_is_refused(place: Place) -> None:
    write_tree(place.folder, {"photos/cat.txt": "cat"})
    with pytest.raises(BuildError, match=r"\[publish-not-empty\] 1 files .*photos/cat\.txt.*name an empty folder"):
        place.publish()
    assert place.published() == {"photos/cat.txt": "cat"} and not (place.folder / MANIFEST).exists()


def test_a_file_of_somebody_else_in_the_place_of_ours_is_refused(place: Place) -> None:
    place.publish()
    write_tree(place.site, {"robots.txt": "ours", "about/index.html": "ours"})
    write_tree(place.folder, {"robots.txt": "theirs", "about": "theirs"})
    before = place.published()
    with pytest.raises(BuildError) as refused:
        place.publish()
    assert [problem.code for problem in refused.value.problems] == ["publish-stranger"] * 2
    assert place.published() == before


def test_what_was_changed_there_is_not_removed(place: Place) -> None:
    place.publish()
    (place.site / "assets/style.css").unlink()
    (place.folder / "assets/style.css").write_text("theirs", encoding="utf-8")
    plan = place.publish()
    assert (plan.removed, plan.kept) == ((), ("assets/style.css",))
    assert place.published()["assets/style.css"] == "theirs"
    assert place.publish().kept == ()


def test_a_dry_run_does_nothing(place: Place) -> None:
    plan = place.publish(dry_run=True)
    assert set(plan.new) == set(FILES) and not place.folder.exists()
    place.publish()
    (place.site / "index.html").write_text("later", encoding="utf-8")
    (place.site / "changes/feed.xml").unlink()
    plan = place.publish(dry_run=True)
    assert (plan.changed, plan.removed) == (("index.html",), ("changes/feed.xml",))
    assert place.published() == FILES


class Interrupted:
    """A destination that is cut off after so many files."""

    def __init__(self, there: Destination, left: int) -> None:
        self._there, self._left = there, left

    def __getattr__(self, name: str) -> object:
        return getattr(self._there, name)

    def send(self, root: Path, names: Sequence[str]) -> None:
        for name in names:
            if name != MANIFEST and self._left == 0:
                raise KeyboardInterrupt
            self._there.send(root, [name])
            self._left -= name != MANIFEST


def test_an_interrupted_run_goes_on_with_the_next(place: Place) -> None:
    place.publish()
    changed = {name: f"{text} again" for name, text in FILES.items() if name != "changes/feed.xml"}
    shutil.rmtree(place.site)
    write_tree(place.site, changed)
    with pytest.raises(KeyboardInterrupt):
        mirror_site(place.site, Interrupted(place.open(), 3))  # type: ignore[arg-type]
    half = place.published()
    assert sum(text.endswith(" again") for text in half.values()) == 3 and "changes/feed.xml" in half
    assert half["index.html"] == FILES["index.html"]
    assert not json.loads((place.folder / MANIFEST).read_text(encoding="utf-8"))["complete"]
    write_tree(place.folder, {"..duixian-manifest.json.duixian-part": "of a run that was killed"})
    plan = place.publish()
    assert len(plan.changed) == len(changed) - 3 and plan.removed == ("changes/feed.xml",)
    manifest = json.loads((place.folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["complete"] and "before" not in manifest and set(manifest["files"]) == set(changed)
    assert {name: text for name, text in place.published().items() if not name.startswith(".")} == changed


def test_halves_of_files_that_are_sent_no_more_go(site: Path, tmp_path: Path) -> None:
    there = Place(str(tmp_path / "there"), tmp_path / "there", site)
    there.publish()
    write_tree(there.folder, {"hangzhou/.gone.html.duixian-part": "half"})
    assert there.publish().left == ("hangzhou/.gone.html.duixian-part",)
    assert there.published() == FILES and there.publish().left == ()


class Twice(Interrupted):
    """A destination to which another site is published while this one is."""

    def __init__(self, place: Place, other: Path) -> None:
        super().__init__(place.open(), -1)
        self._place, self._other = place, other

    def send(self, root: Path, names: Sequence[str]) -> None:
        self._there.send(root, names)
        if "index.html" in names and self._other.exists():
            mirror_site(self._other, self._place.open())
            shutil.rmtree(self._other)


def test_two_runs_at_once_are_told_apart_and_nothing_is_forgotten(place: Place, tmp_path: Path) -> None:
    place.publish()
    other = tmp_path / "other"
    write_tree(other, {**FILES, "index.html": "other", "only/there.html": "other"})
    write_tree(place.site, {"index.html": "ours", "only/here.html": "ours"})
    with pytest.raises(BuildError, match=r"\[publish-twice\].*publish again"):
        mirror_site(place.site, Twice(place, other))  # type: ignore[arg-type]
    place.publish()
    assert place.published() == {**FILES, "index.html": "ours", "only/here.html": "ours"}


class Damaging(Interrupted):
    """A destination that loses the end of a style sheet."""

    def send(self, root: Path, names: Sequence[str]) -> None:
        self._there.send(root, names)
        for name in names:
            if name.endswith(".css"):
                (Path(self._there.label) / name).write_text("c", encoding="utf-8")


def test_what_arrived_otherwise_than_it_was_sent_is_noticed(site: Path, tmp_path: Path) -> None:
    there = FolderDestination(tmp_path / "there", site)
    with pytest.raises(BuildError, match=r"\[publish-differs\] 1 files .*assets/style\.css"):
        mirror_site(site, Damaging(there, -1))  # type: ignore[arg-type]
    assert not json.loads((tmp_path / "there" / MANIFEST).read_text(encoding="utf-8"))["complete"]


def test_what_leads_to_others_comes_after_them() -> None:
    plan = Plan(tuple(sorted(FILES)), (), (), (), 0)
    order = [name for names in plan.sent for name in names]
    assert sorted(order) == sorted(FILES)
    assert order[:2] == ["data/all/names with [marks] *.csv", "assets/style.css"]
    assert order[2] == "hangzhou/2024/livelihood-001.html"
    assert order[3] == "changes/feed.xml"
    assert order[4:7] == ["hangzhou/2024/index.html", "hangzhou/index.html", "index.html"]
    assert order[7:] == ["search/pages.json"]


def test_the_list_of_the_search_comes_after_all_that_it_leads_to() -> None:
    """Pages that are found, records that are compared, grams: in the middle of publishing nothing leads nowhere."""
    large = ("search/fold-0a.bin", "search/grams/0.bin", "search/records/hangzhou/2024/0.bin")
    found = ("hangzhou/2024/livelihood-001.html", "hangzhou/index.html", "index.html")
    names = ("search/pages.json", "search/search_index.json", *large, *found)
    order = [name for group in Plan((), names, (), (), 0).sent for name in group]
    assert order[0] == "search/search_index.json", "every page reads it"
    assert set(order[1:4]) == set(found) and set(order[4:7]) == set(large)
    assert order[7:] == ["search/pages.json"]


@pytest.mark.parametrize(
    "text",
    ["{}", "no json", '{"format": "duixian-manifest", "version": 2, "complete": true, "files": {}}']
    + [
        json.dumps({"format": "duixian-manifest", "version": 1, "complete": True, "files": {name: "0" * 64}})
        for name in ("../outside.txt", "/etc/passwd", "a/../../outside.txt", "", "./index.html")
    ],
)
def test_a_manifest_that_is_none_is_refused(site: Path, tmp_path: Path, text: str) -> None:
    write_tree(tmp_path, {"outside.txt": "x", f"there/{MANIFEST}": text})
    with pytest.raises(BuildError, match=r"\[publish-manifest\]"):
        mirror_site(site, FolderDestination(tmp_path / "there", site))
    assert (tmp_path / "outside.txt").exists() and read_tree(tmp_path / "there") == {}


def test_a_link_to_another_folder_is_not_written_through(site: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, {"elsewhere/style.css": "theirs"})
    there = FolderDestination(tmp_path / "there", site)
    shutil.rmtree(site / "assets")
    mirror_site(site, there)
    (tmp_path / "there/assets").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    write_tree(site, {"assets/style.css": "ours"})
    with pytest.raises(BuildError, match=r"there/assets: \[publish-stranger\]"):
        mirror_site(site, there)
    assert (tmp_path / "elsewhere/style.css").read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("/srv/www", False),
        ("relative/folder", False),
        ("./a:b/c", False),
        ("C:\\www", False),
        ("host:path", True),
        ("me@host:/srv/www", True),
        ("host::module/path", True),
        ("rsync://host:873/module", True),
        ("s3://bucket/site", False),
        ("simplecache::s3://bucket/site", False),
        ("sftp://me@host/srv/www", False),
        ("host:path/s3://bucket", True),
        ("./s3://bucket", False),
    ],
)
def test_a_colon_before_the_first_slash_is_another_machine(text: str, remote: bool) -> None:
    assert is_remote(text) is remote


@pytest.mark.parametrize(
    "address",
    [
        "-oProxyCommand=touch x:path",
        "me@-oProxyCommand=x:path",
        "a b:path",
        "host:",
        "host:/",
        "host:a\nb",
        "$(x):path",
        "rsync://host/",
        "rsync://host",
        "rsync://-x/m",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BuildError, match=r"\[publish-address\]"):
        RsyncDestination(address)


@pytest.fixture
def bucket() -> str:
    """An address of memory, of which nothing stays."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is in the extra duixian[cluster]")
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = ["", "/bucket"]
    return "memory://bucket/site"


def test_object_storage_holds_the_site_and_what_it_says_of_files_is_enough(
    site: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Storage that tells the MD5 of a file, as most does, is not read again to see that it is the same."""
    from fsspec.implementations.memory import MemoryFileSystem

    listed, read, asked = MemoryFileSystem.find, MemoryFileSystem.cat_file, list[str]()
    sent, put = list[str](), MemoryFileSystem.put_file

    def with_digests(self: MemoryFileSystem, path: str, **options: object) -> dict[str, dict[str, object]]:
        found = listed(self, path, **options)
        return {name: {**told, "ETag": f'"{md5(read(self, name)).hexdigest()}"'} for name, told in found.items()}

    def noted(self: MemoryFileSystem, path: str) -> bytes:
        asked.append(path)
        return bytes(read(self, path))

    def put_noted(self: MemoryFileSystem, lpath: str, rpath: str) -> None:
        sent.append(Path(lpath).name)
        put(self, lpath, rpath)

    monkeypatch.setattr(MemoryFileSystem, "put_file", put_noted)
    monkeypatch.setattr(MemoryFileSystem, "find", with_digests)
    monkeypatch.setattr(MemoryFileSystem, "cat_file", noted)
    there = open_destination(bucket, site)
    assert isinstance(there, AddressDestination) and there.label == bucket
    assert set(mirror_site(site, there).new) == set(FILES)
    assert {name: there.read_file(name) for name in FILES} == {name: text.encode() for name, text in FILES.items()}
    assert set(sent) == {MANIFEST, *(Path(name).name for name in FILES)}, (
        "as files, of whose names storage tells the media type"
    )
    asked.clear()
    (site / "index.html").write_text(FILES["index.html"].upper(), encoding="utf-8")  # of the same size
    assert mirror_site(site, there) == Plan((), ("index.html",), (), (), len(FILES) - 1)
    assert {path.rpartition("/")[2] for path in asked} == {MANIFEST, "index.html"}


def test_a_bucket_that_is_not_there_is_not_made(site: Path, bucket: str) -> None:
    with pytest.raises(BuildError, match=r"memory://no/such/site: \[publish-missing\].*create it, or correct"):
        open_destination("memory://no/such/site", site)


def test_the_site_is_not_published_onto_itself_by_its_address(site: Path, bucket: str) -> None:
    with pytest.raises(BuildError, match=r"\[publish-overlap\]"):
        open_destination(f"file://{site}", site)


def test_without_rsync_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BuildError, match=r"\[rsync-missing\].*install rsync"):
        RsyncDestination("host:path")


def test_what_rsync_cannot_reach_is_said(site: Path, daemon: tuple[str, Path]) -> None:
    with pytest.raises(BuildError, match=r"\[publish-rsync\] rsync refused \(status \d+\): .*no-such-module"):
        mirror_site(site, RsyncDestination(f"{daemon[0].removesuffix('/m')}/no-such-module/a"))


def test_the_command_says_what_it_did_and_what_it_refuses(run: Run, site: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    said = run("publish", there, "--site", site, "--dry-run")
    assert said.status == 0 and "+ index.html\n" in said.out and "would write 8, remove 0" in said.out
    said = run("publish", there, "--site", site)
    assert (said.status, said.err) == (0, "")
    assert "8 files written and verified, 0 removed, 0 unchanged" in said.out
    assert "built for https://example.org/a/" in said.out
    (site / "assets/style.css").unlink()
    (there / "assets/style.css").write_text("theirs", encoding="utf-8")
    assert "[publish-kept]" in run("publish", there, "--site", site).err
    for wrong, code in (
        (site, "publish-overlap"),
        (site / "assets", "publish-overlap"),
        (tmp_path, "publish-overlap"),
        (tmp_path / "no" / "such", "publish-missing"),
        (there / "index.html", "publish-file"),
        ("a b:c", "publish-address"),
        ("nothing-of-that-name://x", "address-unknown"),
    ):
        refused = run("publish", wrong, "--site", site)
        assert refused.status == 1 and f"[{code}]" in refused.err, wrong
    assert "[site-missing]" in run("publish", there, "--site", tmp_path / "no-site").err
