"""A source document on disk, made sure of (sha256), decoded, in Simplified characters, with its corrections made."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator import yamlfile
from generator.errors import DocumentError, Problem
from generator.ingest.limits import MAX_CHARACTERS, MAX_COLUMNS, MAX_PARAGRAPH
from generator.ingest.readers import bytes_to_text
from generator.lookups import Lookups
from generator.model import Script, Sidecar
from generator.text import LINE_END, Traced, is_traditional, to_simplified
from generator.yamlfile import ReadFile


@dataclass(frozen=True)
class Document:
    """A document as it is read. ``body`` is Simplified and corrected; its offsets are those of ``source``."""

    name: str
    path: Path
    sidecar_path: Path
    sidecar: Sidecar
    sidecar_text: str
    source: str
    body: Traced
    script: Script

    @cached_property
    def _line_starts(self) -> list[int]:
        # The same ends as those of Traced.lines: two lines of one number would be taken for one another.
        return [0, *(match.end() for match in LINE_END.finditer(self.source))]

    def line_of(self, offset: int) -> int:
        """The line of a source offset, counted from 1."""
        return bisect_right(self._line_starts, offset)

    def sidecar_line(self, words: str) -> int:
        """The line of the sidecar on which ``words`` first stand; 0 when they are on none."""
        return _line_with(words, self.sidecar_text)

    def refuse(self, line: int, code: str, found: str, expected: str, remedy: str) -> DocumentError:
        """The error that says what is wrong at a line of this document."""
        return DocumentError(Problem(self.path, line, code, found, expected, remedy))


def find_sidecars(content: Path) -> tuple[Path, ...]:
    """The sidecars of a content folder, in the order of their names."""
    return tuple(sorted((content / "documents").glob("*.yml")))


def load_document(sidecar_path: Path, documents: Path, lookups: Lookups, read: ReadFile = Path.read_bytes) -> Document:
    """Read the document that a sidecar names.

    Raises ContentError for a broken sidecar, DocumentError when the document is missing, is another one than the
    sidecar's sha256 says, or cannot be decoded, and when a correction or an ignored text does not occur in it.
    """
    told = yamlfile.read_text(sidecar_path, read)
    sidecar = yamlfile.parse(told, sidecar_path, Sidecar)
    path = documents / sidecar.document
    data = _read_bytes(path, read, sidecar_path, told)
    _check_sha256(data, sidecar, sidecar_path, told)
    source = bytes_to_text(data, path)
    _check_size(source, path)
    script: Script = "Hant" if is_traditional(source) else "Hans"
    text = to_simplified(source, lookups.phrases.characters) if script == "Hant" else source
    body = _correct(Traced.of(text), sidecar, sidecar_path, told)
    return Document(sidecar_path.stem, path, sidecar_path, sidecar, told, source, body, script)


def _line_with(words: str, sidecar_text: str) -> int:
    return next((number for number, line in enumerate(sidecar_text.splitlines(), 1) if words in line), 0)


def _read_bytes(path: Path, read: ReadFile, sidecar_path: Path, sidecar_text: str) -> bytes:
    try:
        return read(path)
    except OSError as error:
        raise DocumentError(
            Problem(
                sidecar_path,
                _line_with("document:", sidecar_text),
                "document-missing",
                f"{path}: {error.strerror or 'unreadable'}",
                "expected the document that this sidecar names",
                "put it there, or give its folder with --documents",
            )
        ) from None


def _check_sha256(data: bytes, sidecar: Sidecar, sidecar_path: Path, sidecar_text: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != sidecar.sha256.lower():
        raise DocumentError(
            Problem(
                sidecar_path,
                _line_with("sha256:", sidecar_text),
                "sha256-mismatch",
                f"{sidecar.document} has {found}",
                f"expected {sidecar.sha256}",
                "restore the document, or state the new sha256 and review the register",
            )
        )


def _check_size(source: str, path: Path) -> None:
    """Raises DocumentError for a text, a paragraph or a row that no document has, and that would take hours to read."""
    line, said, most = next(_too_large(source), (0, "", ""))
    if said:
        remedy = "break it into its lines, or keep the part that has the commitments"
        raise DocumentError(Problem(path, line, "too-large", said, f"expected at most {most}", remedy))


def _too_large(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, what is there, and how much there may be, of all that is too large."""
    if len(source) > MAX_CHARACTERS:
        yield 0, f"{len(source)} characters", f"{MAX_CHARACTERS}"
    for number, line in enumerate(LINE_END.split(source), 1):
        cells = line.split("|") if len(line) > MAX_COLUMNS else [line]
        longest = max(map(len, cells))
        if longest > MAX_PARAGRAPH:
            yield number, f"{longest} characters in one paragraph", f"{MAX_PARAGRAPH}"
        if len(cells) > MAX_COLUMNS + 2:
            yield number, f"{len(cells)} cells in one row", f"{MAX_COLUMNS}"


def _correct(body: Traced, sidecar: Sidecar, sidecar_path: Path, sidecar_text: str) -> Traced:
    """The body with the sidecar's corrections made and its ignored texts taken out."""
    problems = []
    changes: list[tuple[str, str, int | None]] = [(c.found, c.replace, c.count) for c in sidecar.corrections]
    changes += [(ignored.text, "", None) for ignored in sidecar.ignore]
    changes += [(public.text, public.text, None) for public in sidecar.public]
    for found, replacement, count in changes:
        times = body.text.count(found)
        if times == 0 or (count is not None and times != count):
            problems.append(
                Problem(
                    sidecar_path,
                    _line_with(found, sidecar_text),
                    "correction-unused",
                    f"{found!r} occurs {times} times in the document",
                    f"expected {count or 'at least 1'}",
                    "remove the entry, or state the wording and count that the document has",
                )
            )
        body = body.replace(found, replacement)
    if problems:
        raise DocumentError(*problems)
    return body
