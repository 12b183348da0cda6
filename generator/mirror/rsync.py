"""A server that rsync reaches, through ssh or as a daemon. Nothing that anybody wrote goes through a shell.

Files are compared by their bytes (checksums), replaced one at a time, and times are not carried over: a file that
has not changed stays the file that browsers and proxies have kept.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path, PurePosixPath

from generator.elsewhere import is_address
from generator.mirror.destination import refusal
from generator.scratch import scratch_folder

_USER = r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?"
_HOST = r"(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])"
_SHELL = re.compile(rf"{_USER}{_HOST}::?[^\x00-\x1f\x7f:][^\x00-\x1f\x7f]*\Z")
_DAEMON = re.compile(rf"rsync://{_USER}{_HOST}(?::\d+)?/[^\x00-\x1f\x7f]+\Z")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_ITEM = re.compile(r"(?P<what>\S{11,}|\*deleting) +(?P<name>.+)")
_VANISHED = 24
#: What this side says once the other has stopped, whatever it stopped for.
_AFTERMATH = re.compile(r"(?:read|write) error|connection unexpectedly closed")
_ABSENT = frozenset([3, 23])
#: Readable by a web server whatever the rights here; times stay those of the server.
_RIGHTS = ("--perms", "--chmod=D755,F644")


def is_remote(text: str) -> bool:
    """Whether rsync is to reach a destination: its own rule, a colon before the first slash.

    What else begins with ``protocol://`` is an address of fsspec.
    """
    if is_address(text):
        return text.startswith("rsync://")
    return ":" in text.split("/", maxsplit=1)[0] and not _DRIVE.match(text)


class RsyncDestination:
    """``user@host:path``, ``host::module/path`` or ``rsync://host/module/path``."""

    def __init__(self, address: str) -> None:
        """Raises BuildError when this is no such address, or when there is no rsync here."""
        self._address = address.rstrip("/")
        form = _DAEMON if self._address.startswith("rsync:") else _SHELL
        if not form.match(self._address):
            expected = "expected user@host:path, host::module/path or rsync://host/module/path"
            raise refusal(repr(address), "publish-address", "not an address that rsync takes", expected, "correct it")
        if not shutil.which("rsync"):
            remedy = "install rsync, or publish to a folder and bring it to the server yourself"
            raise refusal(
                self.label, "rsync-missing", "no rsync on this machine", "expected rsync 3.1 or newer", remedy
            )

    @property
    def label(self) -> str:
        """The address."""
        return self._address

    def held(self) -> AbstractContextManager[None]:
        """Nothing: rsync has no lock. Two runs at once are told apart by the manifest at their ends."""
        return nullcontext()

    def list_files(self) -> frozenset[str]:
        """Every file and link there; none where the folder does not exist yet."""
        with scratch_folder("rsync") as empty:
            done = self._run(
                ["--recursive", "--links", "--dry-run", "--out-format=%i %n"], [f"{self._address}/", str(empty)]
            )
        if _is_absent(done):
            return frozenset()
        self._require(done)
        return frozenset(name for what, name in _items(done.stdout) if what[1] != "d")

    def read_file(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""
        with scratch_folder("rsync") as folder:
            self._fetch([name], folder)
            path = folder / name
            return path.read_bytes() if path.is_file() else None

    def digests(self, names: Iterable[str]) -> dict[str, str]:
        """Name → SHA-256 of those of these files that are there: they are fetched to be read."""
        names = list(names)
        with scratch_folder("rsync") as folder:
            self._fetch(names, folder)
            found = {name: folder / name for name in names}
            return {
                name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if path.is_file()
            }

    def _fetch(self, names: Sequence[str], folder: Path) -> None:
        """Those of these files that are there; one that is not is no failure.

        By patterns: from a folder of a daemon without chroot, rsync 3.5 does not find files that are listed.
        """
        if names:
            parents = {f"{parent.as_posix()}/" for name in names for parent in PurePosixPath(name).parents[:-1]}
            patterns = [_as_pattern(name) for name in (*sorted(parents), *names)]
            options = ["--recursive", "--from0", "--include-from=-", "--exclude=*"]
            done = self._run(options, [f"{self._address}/", str(folder)], patterns)
            if not _is_absent(done):
                self._require(done)

    def different(self, root: Path, names: Iterable[str]) -> frozenset[str]:
        """Those that are not there with the bytes that they have below ``root``."""
        options = [*_LISTED, "--checksum", "--dry-run", "--out-format=%i %n"]
        done = self._require(self._run(options, [f"{root}/", f"{self._address}/"], list(names)))
        return frozenset(name for what, name in _items(done) if what[0] in "<>" and what[1] == "f")

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Send files, each written beside its place and renamed there by rsync."""
        self._require(self._run([*_LISTED, *_RIGHTS, "--checksum"], [f"{root}/", f"{self._address}/"], names))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, then the folders that nothing is left in."""
        gone = frozenset(names)
        if not gone:
            return
        self._delete(sorted(gone))
        left = {parent for name in self.list_files() for parent in PurePosixPath(name).parents}
        empty = {parent for name in gone for parent in PurePosixPath(name).parents} - left - {PurePosixPath()}
        # rsync goes through a list from the top, and a folder that still has folders in it is not empty.
        for folder in sorted(empty, key=lambda path: -len(path.parts)):
            self._delete([folder.as_posix()])

    def _delete(self, names: Sequence[str]) -> None:
        """Remove what is listed and not in the folder that is sent, which is empty; nothing else."""
        with scratch_folder("rsync") as empty:
            done = self._run([*_LISTED, "--delete-missing-args"], [f"{empty}/", f"{self._address}/"], names)
        if done.returncode != _VANISHED:
            self._require(done)

    def _run(
        self, options: Sequence[str], places: Sequence[str], names: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run rsync. Arguments reach the other side as they are (``--secluded-args``), the list through a pipe."""
        return subprocess.run(
            ["rsync", "-s", "--8-bit-output", *options, "--", *places],
            input="\0".join(names),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )

    def _require(self, done: subprocess.CompletedProcess[str]) -> str:
        if done.returncode:
            said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            found = f"rsync refused (status {done.returncode}): {' / '.join(said[:3]) or 'it said nothing'}"
            remedy = "try `rsync` with this address yourself, then publish again: it goes on where it stopped"
            raise refusal(self.label, "publish-rsync", found, "expected rsync to reach and to write the folder", remedy)
        return done.stdout


_LISTED = ("--from0", "--files-from=-")


def _is_absent(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether all that rsync complains of is that something is not there."""
    said = [line for line in done.stderr.splitlines() if line.startswith("rsync: ") and not _AFTERMATH.search(line)]
    return done.returncode in _ABSENT and bool(said) and all("No such file or directory" in line for line in said)


def _as_pattern(name: str) -> str:
    """A pattern that this name alone fits, from the root."""
    return "/" + (re.sub(r"([*?\[\\])", r"\\\1", name) if re.search(r"[*?\[]", name) else name)


def _items(printed: str) -> list[tuple[str, str]]:
    """What rsync says of each file: eleven letters of what happens to it, and its name."""
    found = [_ITEM.match(line) for line in printed.splitlines()]
    return [(item["what"], item["name"]) for item in found if item]
