"""A mutated document read as deep as is asked, in this process, and what came of it."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from generator import yamlfile
from generator.assess import assess_register, load_reported_words
from generator.errors import BuildError, DuixianError
from generator.ingest import ingest_document, readers
from generator.ingest.blocks import document_to_blocks
from generator.ingest.pipeline import content_blocks, open_document
from generator.ingest.readers import READERS, bytes_to_text
from generator.model import Part, Sidecar, Stated
from generator.publication import load_publication
from generator.schemas import load_schemas
from generator.text import squash
from tests.fuzz.invariants import check_refusal, check_registers, check_text
from tests.fuzz.mutate import Mutated
from tests.fuzz.seeds import Seed
from tests.golden import FIXTURES
from tests.packed import write_packages


class Depth(StrEnum):
    """How far a document goes: its text and its blocks; its registers; the data package of these."""

    BLOCKS = "blocks"
    REGISTERS = "registers"
    PACKAGE = "package"


@dataclass(frozen=True)
class Outcome:
    """What came of a document: ``read``, or the code of its refusal; ``faults`` are what does not hold."""

    reached: str
    faults: tuple[str, ...] = ()
    commitments: int = 0


def read_in_this_process() -> None:
    """Readers of libraries without a process of their own: this process is watched itself."""
    readers.read_apart = _read_here  # type: ignore[assignment, attr-defined]


@lru_cache(2)
def _read_here(suffix: str, data: bytes) -> str | None:
    return READERS[suffix](data)


def read(mutated: Mutated, depth: Depth, folder: Path) -> Outcome:
    """Read a document in a folder of this worker's own. Whatever is raised beside a refusal is a fault."""
    path = folder / "documents" / f"mutated{mutated.seed.suffix}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(mutated.data)
    try:
        text = bytes_to_text(mutated.data, path)
        faults = [*check_text(text, mutated.seed.suffix)]
        sidecar = _write_sidecar(mutated, text, path, folder)
        reached, found, count = _read_on(sidecar, path.parent, depth, folder)
        return Outcome(reached, (*faults, *found), count)
    except BuildError as error:
        return Outcome("package", (f"package: {error!s:.400}",))
    except DuixianError as error:
        return Outcome(error.problems[0].code if error.problems else "none", tuple(check_refusal(error)))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome("crash", (f"crash: {type(error).__name__}: {error!s:.200} ({last.filename}:{last.lineno})",))


def _write_sidecar(mutated: Mutated, text: str, path: Path, folder: Path) -> Path:
    """A sidecar that names what the mutated document holds: its title where that is left, else its first line."""
    seed = mutated.seed
    # Lookups and places are those of the seed, read where they are; documents and registers are this worker's own.
    content = folder / f"content-{hashlib.sha256(str(seed.content).encode()).hexdigest()[:8]}"
    if not content.is_dir():
        (content / "documents").mkdir(parents=True)
        for name in ("lookups", "places.yml", "schemas"):
            (content / name).symlink_to((seed.content / name).resolve())
    for old in (content / "documents").iterdir():
        old.unlink()
    told = squash(text)
    parts = tuple(part for part in seed.programmes if squash(part.title) in told)
    if not parts:
        first = next((line.strip().lstrip("# ") for line in text.splitlines() if squash(line)), "")
        title = "".join(filter(str.isprintable, first))[:200] or "无"
        parts = (Part(programme=seed.programmes[0].programme, title=title),)
    for number, one in enumerate(seed.companions, 1):
        beside = path.with_name(f"companion-{number}{one.suffix}")
        beside.write_bytes(one.data)
        _dump_sidecar(one, beside, one.programmes, content / "documents" / f"companion-{number}.yml")
    return _dump_sidecar(seed, path, parts, content / "documents" / "mutated.yml")


def _dump_sidecar(seed: Seed, document: Path, parts: tuple[Part, ...], path: Path) -> Path:
    sidecar = Sidecar(
        document=document.name,
        sha256=hashlib.sha256(document.read_bytes()).hexdigest(),
        place=seed.place,
        year=seed.year,
        kind=seed.kind,
        programmes=parts,
        title=parts[0].title,
        as_of=Stated(value=f"{seed.year}-12-31", reason="fuzz"),
    )
    yamlfile.dump(sidecar, path)
    return path


def _read_on(sidecar: Path, documents: Path, depth: Depth, folder: Path) -> tuple[str, list[str], int]:
    content = sidecar.parent.parent
    document, reading = open_document(sidecar, content, documents)
    content_blocks(document_to_blocks(document), reading)
    if depth == Depth.BLOCKS:
        return "blocks", [], 0
    registers = ingest_document(sidecar, content, documents)
    faults = [*check_registers(registers, document, reading)]
    places = reading.lookups.places
    assessed = [assess_register(one, places.find(one.place), _reported_words(content), registers) for one in registers]
    if depth == Depth.PACKAGE:
        folders = (folder / "datapackage", folder / "downloads")
        write_packages(assessed, load_publication(FIXTURES / "content"), places, _schemas(content), folders)
    return depth.value, faults, sum(len(one.commitments) for one in registers)


_reported_words = cache(load_reported_words)
_schemas = cache(load_schemas)
