"""What all years of a build share, kept once in the store: files of the content, and the frame of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.assess import ReportedWords, load_catalogue, load_reported_words
from generator.elsewhere import hide_password
from generator.errors import BuildError, ContentError, Problem
from generator.lookups import Places, load_places
from generator.model import Catalogue, Publication
from generator.publication import load_publication
from generator.publish.entries import read_entry
from generator.publish.fingerprint import files_digest
from generator.schemas import TableSchema, load_schemas
from generator.scratch import scratch_folder
from generator.store import Store, open_store

T = TypeVar("T")

FOLDER = "shared"
"""Where the entries of files that years share are in the store."""
STORE_FAILED = ("store-lost", "store-unwritable")
"""Problems of the store itself."""


@dataclass(frozen=True)
class Shared:
    """The words, places and schemas that every year is made with."""

    places: Places
    words: ReportedWords
    catalogue: Catalogue
    schemas: tuple[TableSchema, ...]
    publication: Publication


def load_shared(content: Path) -> Shared:
    """The shared words, places and schemas of a content folder. Raises ContentError when one is broken."""
    return Shared(
        load_places(content),
        load_reported_words(content),
        load_catalogue(content),
        load_schemas(content),
        load_publication(content),
    )


@lru_cache(maxsize=2)
def fetch_shared(address: str, digest: str) -> Shared:
    """The same, of the files with this digest in the store at this address; loaded once a process."""
    with unpacked(fetch_files(open_store(address), digest).items()) as content:
        return load_shared(content)


def keep_files(store: Store, files: Iterable[tuple[str, bytes]]) -> str:
    """Keep files under their digest, which is returned. Raises BuildError where the store takes nothing."""
    kept = dict(files)
    digest = files_digest(kept.items())
    if not has_files(store, digest) and not store.write(shared_name(digest), msgspec.msgpack.encode(kept)):
        raise unkept(store)
    return digest


def fetch_files(store: Store, digest: str) -> dict[str, bytes]:
    """Files that were kept. Raises BuildError where they are gone or damaged."""
    found = _read_files(store, digest)
    if found is None:
        lost, expected = f"{shared_name(digest)} is gone or damaged", "expected what this build wrote there"
        raise BuildError(Problem(hide_password(store.address), 0, STORE_FAILED[0], lost, expected, "build again"))
    return found


def has_files(store: Store, digest: str) -> bool:
    """Whether files are kept under this digest, whole."""
    return _read_files(store, digest) is not None


def shared_name(digest: str) -> str:
    """The entry with the files of this digest."""
    return f"{FOLDER}/{digest}"


def _read_files(store: Store, digest: str) -> dict[str, bytes] | None:
    found = read_entry(store, shared_name(digest), dict[str, bytes])
    return found if found is not None and files_digest(found.items()) == digest else None


def unkept(store: Store) -> BuildError:
    """The refusal where a store that a build rests on takes nothing."""
    found, expected = "nothing can be written there", "expected a place for what the build makes"
    remedy = "make room, check permissions, or name another place with --store"
    return BuildError(Problem(hide_password(store.address), 0, STORE_FAILED[1], found, expected, remedy))


def read_or_make(store: Store, name: str, form: type[T], make: Callable[[], None]) -> T:
    """What an entry holds; one that was lost or damaged since it was made is made again.

    Raises BuildError where it cannot be kept.
    """
    found = read_entry(store, name, form)
    if found is None:
        make()
        found = read_entry(store, name, form)
    if found is None:
        raise unkept(store)
    return found


@contextmanager
def unpacked(files: Iterable[tuple[str, bytes]], told: str = "") -> Iterator[Path]:
    """The files in a folder of their own; a ContentError about one of them tells of its path below ``told``."""
    with scratch_folder("content") as folder:
        for path, data in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        try:
            yield folder
        except ContentError as error:
            raise ContentError(*(_told(problem, folder, told) for problem in error.problems)) from None


def _told(problem: Problem, folder: Path, told: str) -> Problem:
    path = Path(problem.path)
    return replace(problem, path=Path(told) / path.relative_to(folder)) if path.is_relative_to(folder) else problem
