"""Office files are zip archives of XML: what is in one, made sure of before a library reads it."""

from __future__ import annotations

import io
import zipfile

from generator.ingest.refusals import damage_refused, refuse, refuse_format

#: Bytes that an archive may hold unpacked, and how many times its own size that may be once it is large.
MAX_UNPACKED = 200_000_000
_MAX_RATIO = 200
_LARGE = 10_000_000
_MAX_PARTS = 10_000
_STEP = 1 << 20
#: Office writes no document types; an entity bomb or a reference to elsewhere needs one.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")


def check_archive(data: bytes, name: str, part: str) -> None:
    """Raises DocumentError when bytes are no office archive with ``part`` in it, or one that is not safe to unpack.

    The sizes that an archive declares are checked first, then those that it has.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(
            f"not-{name}",
            "an OLE2 file (older format, or protected by a password)",
            f"expected {name.upper()}",
            f"save it as {name.upper()} without a password",
        )
    if not data.startswith(b"PK"):
        raise refuse_format(name, "no zip archive")
    with damage_refused(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if part not in {info.filename for info in parts}:
            raise refuse_format(name, f"an archive without {part}")
        _check_size(sum(info.file_size for info in parts), len(parts), len(data))
        _unpack(archive, parts, len(data))


def _check_size(unpacked: int, parts: int, packed: int) -> None:
    if parts > _MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > max(_LARGE, packed * _MAX_RATIO):
        raise refuse(
            "too-large",
            f"an archive of {packed} bytes unpacks to {unpacked} bytes in {parts} parts",
            f"expected at most {MAX_UNPACKED} bytes, {_MAX_RATIO} times the archive and {_MAX_PARTS} parts",
            "remove pictures and attachments from the document",
        )


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = 0
    for info in parts:
        last = b""
        with archive.open(info) as part:
            while piece := part.read(_STEP):
                unpacked += len(piece)
                _check_size(unpacked, len(parts), packed)
                if info.filename.lower().endswith(_XML) and any(word in last + piece for word in _DOCTYPES):
                    raise refuse(
                        "damaged",
                        f"{info.filename} declares a document type",
                        "expected XML without entities and references",
                        "open the document and save it anew",
                    )
                last = piece[-32:]
