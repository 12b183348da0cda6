"""Reading timed: bytes of a file → registers in memory, in processor seconds, with the peak of memory."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generator import yamlfile
from generator.bench.documents import PLACE, TITLE, YEAR, synthesize
from generator.bench.formats import CASES, FORMATS
from generator.ingest import find_sidecars, ingest_document, read_document
from generator.lookups import Lookups, forget_lookups
from generator.memory import peak_memory
from generator.model import Part, Place, Sidecar


@dataclass(frozen=True)
class Case:
    """One document that is timed: its format, its layout or name, and where it and what it is read with lie."""

    format: str
    layout: str
    sidecar: Path
    content: Path
    documents: Path


@dataclass(frozen=True)
class Timing:
    """How one document was read. ``text`` and ``memory`` are bytes, ``seconds`` those of the processor, the median.

    ``text`` is what the format's reader gives, in UTF-8. Seconds and memory include the process that a reader runs in.
    ``memory`` is 0 where the system does not tell it.
    """

    format: str
    layout: str
    text: int
    seconds: float
    commitments: int
    memory: int

    @property
    def rate(self) -> float:
        """Megabytes of source text that one core reads in a second."""
        return self.text / 1e6 / self.seconds if self.seconds else 0.0


def bench_ingest(
    content: Path, sizes: Sequence[float], formats: Sequence[str], runs: int, documents: Path | None
) -> list[Timing]:
    """Times the reading of synthetic documents of these sizes (MB of text), and of a folder of real ones.

    The runs of all documents take turns, after one of each that is not counted.
    """
    with _made(content, sizes, formats) as made:
        cases = [*made, *(_real(content, documents) if documents else ())]
        memory = [_peak(case) for case in cases]
        texts = [len(read_document(case.sidecar, case.content, case.documents).encode()) for case in cases]
        counts = [_read(case) for case in cases]
        seconds = [[_seconds(case) for case in cases] for _ in range(runs)]
    return [
        Timing(case.format, case.layout, text, median(taken), commitments, peak)
        for case, text, taken, commitments, peak in zip(
            cases, texts, zip(*seconds, strict=True), counts, memory, strict=True
        )
    ]


@contextmanager
def _made(content: Path, sizes: Sequence[float], formats: Sequence[str]) -> Iterator[list[Case]]:
    """The synthetic documents in a folder of their own, each with a content folder that holds its sidecar alone."""
    with tempfile.TemporaryDirectory() as name:
        cases = []
        for index, (size, (format, layout)) in enumerate(
            (size, case) for size in sizes for case in CASES if not formats or case[0] in formats
        ):
            folder = Path(name) / str(index)
            shutil.copytree(content / "lookups", folder / "lookups")
            (folder / "documents").mkdir()
            yamlfile.dump((Place(zh=PLACE, en="Yunxi", slug="yunxi", kind="city"),), folder / "places.yml")
            data = FORMATS[format](synthesize(layout, int(size * 1e6), Lookups(folder)))
            (folder / "documents" / f"made.{format}").write_bytes(data)
            sidecar = folder / "documents" / "made.yml"
            yamlfile.dump(_sidecar(f"made.{format}", data), sidecar)
            cases.append(Case(format, layout, sidecar, folder, folder / "documents"))
        yield cases


def _sidecar(document: str, data: bytes) -> Sidecar:
    return Sidecar(
        document=document,
        sha256=hashlib.sha256(data).hexdigest(),
        place=PLACE,
        year=YEAR,
        kind="annual",
        programmes=(Part(programme="livelihood", title=TITLE),),
        title=TITLE,
    )


def _real(content: Path, documents: Path) -> list[Case]:
    return [
        Case(Path(yamlfile.load(path, Sidecar).document).suffix[1:], path.stem, path, content, documents)
        for path in find_sidecars(content)
    ]


def _read(case: Case) -> int:
    registers = ingest_document(case.sidecar, case.content, case.documents)
    return sum(len(register.commitments) for register in registers)


def _seconds(case: Case) -> float:
    forget_lookups()  # and with them all that was told of the texts of this document before
    before = _processor_seconds()
    _read(case)
    return _processor_seconds() - before


def _processor_seconds() -> float:
    """Of this process, to the microsecond, and of those that it has waited for, which the system counts less finely."""
    own = os.times()
    return time.process_time() + own.children_user + own.children_system


def _peak(case: Case) -> int:
    """The most memory that reading takes, measured in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        return pool.submit(_own_peak, case).result()


def _own_peak(case: Case) -> int:
    _read(case)
    return peak_memory()
