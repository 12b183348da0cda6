"""The decoded text of the documents of a register, for reading beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import yamlfile
from generator.errors import DocumentError, Problem
from generator.ingest.documents import find_sidecars, load_document
from generator.lookups import Lookups
from generator.model import Sidecar, Source


def read_source_texts(sources: Sequence[Source], content: Path, documents: Path) -> dict[str, str]:
    """Source id → its text as offsets count it.

    Raises DocumentError when a document is missing or is not the one that the register was read from.
    """
    sidecars = {yamlfile.load(path, Sidecar).document: path for path in find_sidecars(content)}
    lookups = Lookups(content)
    texts: dict[str, str] = {}
    for source in sources:
        path = sidecars.get(source.document)
        if path is None:
            found, expected = f"no sidecar of {source.document}", "expected the one that it was read with"
            raise DocumentError(Problem(content / "documents", 0, "sidecar-missing", found, expected, "restore it"))
        document = load_document(path, documents, lookups)
        if document.sidecar.sha256.lower() != source.sha256.lower():
            expected = f"expected {source.sha256}, as the register says"
            raise DocumentError(Problem(path, 0, "sha256-mismatch", document.sidecar.sha256, expected, "run ingest"))
        texts[source.id] = document.source
    return texts
