"""MkDocs, which renders Markdown: a few pages at a time, each kept under the digest of what it was made from.

The HTML of a page rests on its own Markdown, the theme and the configuration, and on no other page. So pages are
rendered in batches, by as many workers as there are, and a page that has not changed is never rendered again. Links
between pages written in Markdown are made sure of by ``--strict``, which needs the pages they lead to beside them:
those of the nav stand in every batch, with a heading and nothing else where they are not in it themselves.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.defaults import THEME
from generator.errors import BuildError, Problem
from generator.pages.texts import shorten
from generator.publish.fingerprint import digest_of, program_digest
from generator.publish.searched import encode_searched, read_searched, searched_name
from generator.publish.shared import unkept
from generator.publish.slots import blocks_to_slots, fill_slots
from generator.scratch import scratch_folder
from generator.steps import step
from generator.store import open_store

FOLDER = "pages"
"""Where the entries of rendered pages are in the store."""

_STUB = b"---\nsearch: {exclude: true}\n---\n# -\n"
_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]+\b")


@dataclass(frozen=True)
class Setup:
    """The configuration of MkDocs. ``variables`` are those of the environment that it names."""

    config: str
    text: bytes
    variables: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """Of the configuration and of the program, with which MkDocs and its theme come."""
        told = (part for pair in self.variables for part in pair)
        return digest_of(program_digest(), self.text, *told)


@dataclass(frozen=True)
class Batch:
    """Pages to render together: path of the Markdown, its text, and the name of the entry that the HTML goes to."""

    pages: tuple[tuple[str, bytes, str], ...]
    stubs: tuple[str, ...]
    setup: Setup
    store: str


def load_setup(config: Path) -> Setup:
    """The configuration and what it takes from the environment. Raises BuildError where there is none."""
    try:
        text = config.read_bytes()
    except OSError:
        expected, remedy = "the configuration of MkDocs", "run it in the repository"
        raise BuildError(Problem(config, 0, "file-missing", "no such file", expected, remedy)) from None
    names = sorted(set(_VARIABLE.findall(text.decode("utf-8", "replace"))) & os.environ.keys() - {"DUIXIAN_DOCS"})
    return Setup(str(config.absolute()), text, tuple((name, os.environ[name]) for name in names))


def page_entry(setup: Setup, path: str, text: bytes) -> str:
    """The entry of a page's HTML."""
    return f"{FOLDER}/{digest_of(setup.digest, path, text)}"


def html_path(markdown: str) -> str:
    """Where MkDocs puts a page: ``data.md`` is ``data/index.html``."""
    stem = markdown.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{stem}/index.html" if stem else "index.html"


class RenderedPage(msgspec.Struct, frozen=True):
    """The HTML of a page, and its title as it can be read."""

    html: bytes
    title: str


def render_batch(batch: Batch) -> None:
    """Render the pages and keep each, and what can be read in it. Raises BuildError when MkDocs refuses one."""
    store = open_store(batch.store)
    with _rendering(batch.setup, {path: text for path, text, _ in batch.pages}, batch.stubs) as made:
        for path, _, entry in batch.pages:
            html = made.read(html_path(path))
            page = read_searched(html_path(path), html)
            kept = store.write(searched_name(entry), encode_searched([page])) and store.write(
                entry, msgspec.msgpack.encode(RenderedPage(html, page.page.title))
            )
            if not kept:
                raise unkept(store)


def render_pages(setup: Setup, pages: Mapping[str, bytes], stubs: Iterable[str]) -> dict[str, bytes]:
    """Everything that ``mkdocs build --strict`` makes of these pages, by path; what it makes of stubs is left out."""
    with _rendering(setup, pages, stubs) as made:
        return {path: made.read(path) for path in made.files}


@dataclass(frozen=True)
class _Made:
    """What MkDocs made: path → file, and the blocks that wait outside of it. Each file is read when it is asked for."""

    setup: Setup
    files: Mapping[str, Path]
    blocks: Mapping[str, Sequence[memoryview]]

    @step("mkdocs")
    def read(self, path: str) -> bytes:
        """A file as it is published."""
        data, blocks = self.files[path].read_bytes(), self.blocks.get(path)
        try:
            return fill_slots(data, blocks) if blocks else data
        except ValueError as error:
            raise BuildError(_refusal(self.setup, f"{self.files[path].name}: {error}")) from None


@contextmanager
def _rendering(setup: Setup, pages: Mapping[str, bytes], stubs: Iterable[str]) -> Iterator[_Made]:
    """What MkDocs makes of pages, in a folder that is gone afterwards."""
    with scratch_folder("mkdocs") as folder:
        yield _render(setup, pages, [path for path in stubs if path not in pages], folder)


@step("mkdocs")
def _render(setup: Setup, pages: Mapping[str, bytes], missing: Iterable[str], folder: Path) -> _Made:
    docs, out = folder / "docs", folder / "site"
    blocks: dict[str, Sequence[memoryview]] = {}
    for path, text in {**pages, **dict.fromkeys(missing, _STUB)}.items():
        slotted, blocks[html_path(path)] = blocks_to_slots(text)
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(slotted)
    _run(setup, docs, out, folder)
    left_out = set(map(html_path, missing))
    made = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if path.is_file()}
    for path in pages:
        if html_path(path) not in made:
            raise BuildError(_refusal(setup, f"no page of {path}"))
    return _Made(setup, {path: file for path, file in made.items() if path not in left_out}, blocks)


def _run(setup: Setup, docs: Path, out: Path, work: Path) -> None:
    config = Path(setup.config)
    if not _is_here(setup):
        config = work / config.name
        config.write_bytes(setup.text)
    environment = {
        **os.environ,
        **dict(setup.variables),
        "DUIXIAN_DOCS": str(docs),
        "DUIXIAN_THEME": str(THEME),
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONUTF8": "1",
    }
    # Not --quiet: it would keep the warnings from --strict.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    command += ["--config-file", str(config), "--site-dir", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise BuildError(_refusal(setup, f"{done.stderr}{done.stdout}"))


def _is_here(setup: Setup) -> bool:
    """Whether this is the machine that the configuration is of, and not one of a cluster."""
    try:
        return Path(setup.config).read_bytes() == setup.text
    except OSError:
        return False


def _refusal(setup: Setup, told: str) -> Problem:
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    # What it does not tell itself is a traceback, of which the last line says what happened: a full disk, say.
    said = " / ".join([line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines[-1:])
    expected, remedy = "a strict build without warnings", "correct the page it names"
    return Problem(setup.config, 0, "mkdocs", shorten(said, 1000), expected, remedy)
