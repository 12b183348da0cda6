"""Files elsewhere: below an address ``protocol://…`` of fsspec, be it object storage, ssh, or a folder as ``file://``.

What an address is, is said here, and only here fsspec is imported. Whatever a file system raises, and they raise
anything, leaves here as an OSError with the address in it.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from generator.errors import BuildError, Problem

Item = TypeVar("Item")
Result = TypeVar("Result")

PART = ".duixian-part"
"""The end of the name of a file that is being written, beside its place."""

_ADDRESS = re.compile(r"[^/]+://")
_PASSWORD = re.compile(r"(://[^/@:]*:)[^/@]+@")
_AT_ONCE = 16
"""Files that are asked for at the same time, where a file system can do that: each is a way to a server and back."""
_TOLD_OF_READING = frozenset(("time", "atime", "last_accessed"))
"""What a file system says of a file that changes when somebody reads it."""


@dataclass(frozen=True)
class Found:
    """A file as its file system tells of it without reading it: its bytes, -1 where it does not say, and its state.

    ``state`` is another one after every change; ``words`` are what it says, among them the MD5 where it knows it.
    """

    size: int
    state: str
    words: frozenset[str]

    def is_surely(self, data: bytes) -> bool:
        """Whether the file is known to have these bytes; where this is not so, it may have them all the same."""
        digest = hashlib.md5(data, usedforsecurity=False)
        return bool(self.words & {digest.hexdigest(), base64.b64encode(digest.digest()).decode()})


def is_address(text: str) -> bool:
    """Whether a place is named as ``protocol://…``: two slashes after a colon, and none before."""
    return _ADDRESS.match(text) is not None


def join(address: str, name: str) -> str:
    """The address of what has a name below an address."""
    return f"{address.rstrip('/')}/{name}" if name else address


def hide_password(address: str) -> str:
    """An address as it may be printed, into logs too: without the password of ``sftp://name:password@host``."""
    return _PASSWORD.sub(r"\1…@", address, count=1)


class Elsewhere:
    """The files below an address. Names are paths below it, with ``/``. Every method raises OSError."""

    def __init__(self, address: str) -> None:
        """Raises BuildError where fsspec is missing, where it does not know the protocol, and where that is refused."""
        self.address = address if address.endswith("://") else address.rstrip("/")
        try:
            import fsspec  # noqa: PLC0415  an extra
        except ImportError:
            found, expected = "fsspec is not installed", "expected it for addresses with ://"
            remedy = "install duixian[cluster], or name a folder"
            raise BuildError(Problem(self.at(""), 0, "fsspec-missing", found, expected, remedy)) from None
        try:
            self._files, root = fsspec.core.url_to_fs(self.address)
        except (ValueError, ImportError) as error:
            remedy = "correct it, or install what it needs"
            raise _refusal(self.at(""), "address-unknown", error, "an address that fsspec knows", remedy) from None
        except Exception as error:
            remedy = "check the address, the network and your rights"
            raise _refusal(self.at(""), "address-unreachable", error, "to reach it", remedy) from None
        self._root = str(root).rstrip("/")
        self._made = set[str]()

    def at(self, name: str) -> str:
        """The address of a file, for messages."""
        return hide_password(join(self.address, name))

    def has_room(self) -> bool:
        """Whether there is what the address lies in: the bucket, or the folder above. It is not made by writing."""
        above = str(PurePosixPath(self._root).parent) if self._root.startswith("/") else self._root.partition("/")[0]
        with self._naming():
            return not self._root or bool(self._files.exists(above))

    @property
    def folder(self) -> Path | None:
        """The folder of this machine that it is, where it is one."""
        protocols = self._files.protocol
        return Path(self._root) if "file" in ((protocols,) if isinstance(protocols, str) else protocols) else None

    def files(self, below: str = "") -> dict[str, Found]:
        """Every file by its name; none where nothing is there."""
        top = f"{self._root}/{below}".rstrip("/")
        with self._naming(below):
            self._files.invalidate_cache()
            try:
                found = self._walk(top) if self._walks() else self._files.find(top, detail=True)
            except FileNotFoundError:
                if self._files.exists(top):  # what was there when it was listed is not when it is looked at
                    raise
                return {}
        root = f"{self._root}/".lstrip("/")
        return {
            path.lstrip("/").removeprefix(root): _found(details)
            for path, details in found.items()
            if path.lstrip("/").startswith(root) and details.get("type") != "directory"
        }

    def _walks(self) -> bool:
        """Whether it lists folder by folder. fsspec's own walk leaves out in silence what it cannot list."""
        from fsspec.asyn import AsyncFileSystem  # noqa: PLC0415
        from fsspec.spec import AbstractFileSystem  # noqa: PLC0415

        kind = type(self._files)
        if issubclass(kind, AsyncFileSystem):
            return bool(kind._find is AsyncFileSystem._find)
        return bool(kind.find is AbstractFileSystem.find)

    def _walk(self, top: str) -> dict[str, dict[str, Any]]:
        found, folders = dict[str, dict[str, Any]](), [top]
        while folders:
            below = list[str]()
            for folder, listed in zip(folders, self.each(self._list, folders), strict=True):
                for details in listed:
                    path = details["name"].rstrip("/")
                    if details["type"] != "directory":
                        found[path] = details
                    elif path.strip("/") != folder.strip("/"):
                        below.append(path)
            folders = below
        return found

    def _list(self, folder: str) -> list[dict[str, Any]]:
        return list(self._files.ls(folder, detail=True))

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError where there is none."""
        with self._naming(name):
            return bytes(self._files.cat_file(self._path(name)))

    def write(self, name: str, data: bytes | Path) -> None:
        """Put a file there, of these bytes or as it lies here, whole or not at all.

        Beside its place and renamed, where the file system renames; one that cannot (object storage) shows what is
        sent when all of it has arrived, and to copy it there would be slower and no safer. Of a file that lies here
        storage learns the media type, with which it is sent to browsers.
        """
        path = self._path(name)
        folder = str(PurePosixPath(path).parent)
        with self._naming(name):
            try:
                if folder in self._made:
                    self._put(path, data)
                    return
            except FileNotFoundError:  # somebody took the folder away
                self._made.discard(folder)
            self._files.makedirs(folder, exist_ok=True)
            self._made.add(folder)
            self._put(path, data)

    def _put(self, path: str, data: bytes | Path) -> None:
        if not self._renames():
            self._bring(path, data)
            return
        beside = _beside(path)
        try:
            self._bring(beside, data)
            self._files.mv(beside, path)
        except BaseException:
            with suppress(Exception):
                self._files.rm_file(beside)
            raise

    def _bring(self, path: str, data: bytes | Path) -> None:
        if isinstance(data, Path):
            self._files.put_file(str(data), path)
        else:
            self._files.pipe_file(path, data)

    def _renames(self) -> bool:
        from fsspec.spec import AbstractFileSystem  # noqa: PLC0415

        return type(self._files).mv is not AbstractFileSystem.mv

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that are empty then; one that is gone already is no error."""
        with self._naming(name):
            with suppress(FileNotFoundError):
                self._files.rm_file(self._path(name))
            for folder in PurePosixPath(name).parents[:-1]:
                try:
                    self._files.invalidate_cache()
                    if self._files.ls(self._path(str(folder)), detail=False):
                        return
                    self._files.rmdir(self._path(str(folder)))
                except Exception:  # object storage has no folders
                    return

    def each(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """A function of single files over many, several at the same time where the file system can do that."""
        if not getattr(self._files, "async_impl", False):
            yield from map(function, items)
            return
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            try:
                yield from threads.map(function, items)
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _naming(self, name: str = "") -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, "no such file", self.at(name)) from None
        except Exception as error:
            number = getattr(error, "errno", None)
            known = isinstance(number, int) and number > 0
            raise OSError(number if known else errno.EIO, _said(error), self.at(name)) from None


def is_part(name: str) -> bool:
    """Whether a file is what a run that was killed left beside the place of another."""
    return name.endswith(PART)


def is_below(name: str) -> bool:
    """Whether a name leads below the place that it is a name in, and nowhere else: anybody may have written it."""
    path = PurePosixPath(name)
    return bool(path.parts) and path.as_posix() == name and not path.is_absolute() and ".." not in path.parts


def _beside(place: str) -> str:
    path = PurePosixPath(place)
    return str(path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}"))


def _found(details: dict[str, Any]) -> Found:
    state = repr(sorted((key, repr(value)) for key, value in details.items() if key not in _TOLD_OF_READING))
    words = [value.strip('"') for value in details.values() if isinstance(value, str)]
    size = details.get("size")
    return Found(size if isinstance(size, int) else -1, state, frozenset([*words, *map(str.lower, words)]))


def _said(error: Exception) -> str:
    """What an error says, on one line: file systems of fsspec do not agree on where."""
    told = getattr(error, "strerror", None) or str(error)
    return str(told).partition("\n")[0] or type(error).__name__


def _refusal(address: str, code: str, error: Exception, expected: str, remedy: str) -> BuildError:
    return BuildError(Problem(address, 0, code, _said(error), f"expected {expected}", remedy))
