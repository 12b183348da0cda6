"""What is mutated: the fixtures of every layout, the same in every format, synthetic documents, the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator import yamlfile
from generator.bench import formats
from generator.bench.documents import LAYOUTS, PLACE, TITLE, YEAR, synthesize
from generator.bench.documents import Typed as Plain
from generator.ingest import find_sidecars
from generator.ingest.readers import plain
from generator.lookups import Lookups
from generator.model import DocumentKind, Part, Sidecar
from tests import documents
from tests.golden import FIXTURES

_SYNTHETIC = 2500


@dataclass(frozen=True)
class Seed:
    """A document that is read without a fault, and what its sidecar says. ``real`` ones are large.

    ``companions`` are other documents of the same programme: with them its register is read.
    """

    name: str
    suffix: str
    data: bytes
    place: str
    year: int
    kind: DocumentKind
    programmes: tuple[Part, ...]
    content: Path
    real: bool = False
    companions: tuple[Seed, ...] = ()

    @property
    def text(self) -> str:
        """Its characters, where it is text."""
        return plain.decode(self.data) or ""


def find_seeds(content: Path, repository: Path, sources: Path) -> list[Seed]:
    """Every seed, in a fixed order. ``content`` is the folder of the fixtures; real documents may be missing."""
    fixtures = [*_with_companions([*_documents(content, FIXTURES / "documents")])]
    made = [seed for one in fixtures if one.suffix in {".txt", ".md"} for seed in _formats(one)]
    real = [*_documents(repository / "content", sources, real=True)] if sources.is_dir() else []
    return [*fixtures, *made, *_synthetic(content), *real]


def _documents(content: Path, folder: Path, *, real: bool = False) -> Iterator[Seed]:
    for path in find_sidecars(content):
        sidecar = yamlfile.load(path, Sidecar)
        document = folder / sidecar.document
        if document.is_file():
            parts = tuple(Part(programme=one.programme, title=one.title) for one in sidecar.programmes)
            data = document.read_bytes()
            yield Seed(
                sidecar.document, document.suffix, data, sidecar.place, sidecar.year, sidecar.kind, parts, content, real
            )


def _with_companions(seeds: list[Seed]) -> Iterator[Seed]:
    for seed in seeds:
        programmes = {part.programme for part in seed.programmes}
        same = [one for one in seeds if one is not seed and (one.place, one.year) == (seed.place, seed.year)]
        others = (one for one in same if programmes & {part.programme for part in one.programmes})
        yield replace(seed, companions=tuple(others))


def _formats(seed: Seed) -> Iterator[Seed]:
    """The same lines as HTML, DOCX, XLSX, XLS and PDF: lines with bars as a table below the others."""
    lines = [line.strip().lstrip("# ") for line in seed.text.splitlines() if line.strip()]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if "|" in line]
    rows = [row for row in rows if not all(set(cell) <= set(":- ") for cell in row)]
    width = max(map(len, rows), default=0)
    table = tuple(row + ("",) * (width - len(row)) for row in rows)
    paragraphs = tuple(line for line in lines if "|" not in line)
    for suffix, write in formats.FORMATS.items():
        if suffix != "txt":
            yield _as(seed, suffix, write(Plain(paragraphs, table)))
    if table:
        for suffix in ("xls", "docx", "xlsx", "pdf"):
            yield _as(seed, suffix, documents.FORMATS[suffix](documents.Typed(paragraphs, table)))


def _as(seed: Seed, suffix: str, data: bytes) -> Seed:
    name = f"{seed.name}.{suffix}"
    return Seed(name, f".{suffix}", data, seed.place, seed.year, seed.kind, seed.programmes, seed.content)


def _synthetic(content: Path) -> Iterator[Seed]:
    lookups = Lookups(content)
    parts = (Part(programme="livelihood", title=TITLE),)
    for layout in LAYOUTS:
        typed = synthesize(layout, _SYNTHETIC, lookups)
        for suffix, write in formats.FORMATS.items():
            yield Seed(f"{layout}.{suffix}", f".{suffix}", write(typed), PLACE, YEAR, "annual", parts, content)
