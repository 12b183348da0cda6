"""Bytes of a file → text. One small file a format; a format is told by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from generator.errors import DocumentError, Problem
from generator.ingest.readers import plain

READERS = {".txt": plain.decode, ".md": plain.decode, ".markdown": plain.decode}


def bytes_to_text(data: bytes, path: Path) -> str:
    """The text of a document. Raises DocumentError for a format that no reader knows and for bytes that are no text."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(
            Problem(
                path,
                0,
                "format-unknown",
                f"suffix {path.suffix!r}",
                f"expected one of {', '.join(READERS)}",
                "convert the document to one of these",
            )
        )
    text = reader(data)
    if text is None:
        raise DocumentError(
            Problem(
                path, 0, "not-text", "bytes of no known encoding", "expected UTF-8 or GB 18030", "convert it to UTF-8"
            )
        )
    return text
