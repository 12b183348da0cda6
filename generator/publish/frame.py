"""The frame of the site: what MkDocs makes once for all pages, and the shells that pages are stamped into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from generator import stamp
from generator.pages.environment import render
from generator.publish.entries import read_entry
from generator.publish.fingerprint import digest_of
from generator.publish.mkdocs import Setup, render_pages
from generator.publish.shared import fetch_files, has_files, keep_files
from generator.store import Store, open_store

FOLDER = "frames"
"""Where the entries that name frames are in the store."""
_LEFT_OUT = ("sitemap",)
"""Made by us."""


def keep_frame(setup: Setup, stubs: Sequence[str], store: Store) -> str:
    """Make the frame where it is not kept, and return its digest."""
    name = frame_name(setup, stubs)
    known = read_entry(store, name, str)
    if known is not None and has_files(store, known):
        return known
    made = render_pages(setup, _shells(), stubs)
    digest = keep_files(store, ((path, data) for path, data in made.items() if not path.startswith(_LEFT_OUT)))
    store.write(name, msgspec.msgpack.encode(digest))
    return digest


def frame_name(setup: Setup, stubs: Sequence[str]) -> str:
    """The entry with the digest of the frame."""
    return f"{FOLDER}/{digest_of(setup.digest, *stubs, *(part for pair in _shells().items() for part in pair))}"


def _shells() -> dict[str, bytes]:
    return {kind.markdown: render(kind.template, folder=kind.folder).encode() for kind in stamp.KINDS}


@lru_cache(maxsize=2)
def fetch_frame(address: str, digest: str) -> dict[str, bytes]:
    """Every file of the frame by its path in the site, the shells among them."""
    return fetch_files(open_store(address), digest)


@lru_cache(maxsize=2)
def fetch_shells(address: str, digest: str) -> tuple[stamp.Shell, stamp.Shell]:
    """The shells of commitments and of departments."""
    frame = fetch_frame(address, digest)
    commitment, department = (
        stamp.parse_shell(frame[kind.page].decode(), Path(kind.page), kind) for kind in stamp.KINDS
    )
    return commitment, department


def frame_files(address: str, digest: str) -> Iterator[tuple[str, bytes]]:
    """What of the frame is published: all but the shells."""
    files = fetch_frame(address, digest)
    return ((path, data) for path, data in files.items() if not path.startswith(f"{stamp.SHELLS}/"))
