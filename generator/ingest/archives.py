"""Office files are zip archives of XML: what is in one, made sure of before a library reads it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from generator.ingest.limits import LARGE_ARCHIVE, MAX_PARTS, MAX_RATIO, MAX_TAGS, MAX_UNPACKED, MAX_XML
from generator.ingest.refusals import damage_refused, refuse, refuse_format

_STEP = 1 << 20
#: Office writes no document types; an entity bomb or a reference to elsewhere needs one.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
#: How XML begins, whatever the name of its part: a relation can lead to any.
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\x00\s]*<")
#: Encodings in which the bytes of a document type would be others. Office writes UTF-8, and may write UTF-16.
_ENCODING = re.compile(rb"""^[^>]{0,100}?encoding\s*=\s*["']([^"']{0,60})""")
_ENCODINGS = re.compile(rb"utf-?8|utf-?16(?:[lb]e)?|us-ascii|gb\w+|iso-8859-\d+|windows-125\d", re.IGNORECASE)


@dataclass
class _Unpacked:
    """What has come out of an archive so far."""

    size: int = 0
    xml: int = 0
    tags: int = 0


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
        unpacked = _Unpacked()
        for info in parts:
            _unpack(archive, info, unpacked, len(parts), len(data))


def _check_size(unpacked: int, parts: int, packed: int) -> None:
    if parts > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > max(LARGE_ARCHIVE, packed * MAX_RATIO):
        raise refuse(
            "too-large",
            f"an archive of {packed} bytes unpacks to {unpacked} bytes in {parts} parts",
            f"expected at most {MAX_UNPACKED} bytes, {MAX_RATIO} times the archive and {MAX_PARTS} parts",
            "remove pictures and attachments from the document",
        )


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, unpacked: _Unpacked, parts: int, packed: int) -> None:
    last, is_xml = b"", False
    with archive.open(info) as part:
        while piece := part.read(_STEP):
            unpacked.size += len(piece)
            _check_size(unpacked.size, parts, packed)
            if not last:
                is_xml = _XML.match(piece) is not None
                _check_encoding(piece, info.filename)
            if is_xml:
                _check_xml(piece, last, info.filename, unpacked)
            last = piece[-32:]


def _check_encoding(start: bytes, name: str) -> None:
    declared = _ENCODING.match(start[:200])
    if declared and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and not _ENCODINGS.fullmatch(declared[1]):
        shown = declared[1].decode("ascii", "replace")
        raise _refuse_xml(f"{name} says that it is in {shown!r}", "expected XML in UTF-8 or UTF-16")


def _check_xml(piece: bytes, last: bytes, name: str, unpacked: _Unpacked) -> None:
    unpacked.xml += len(piece)
    unpacked.tags += piece.count(b"<")
    if unpacked.xml > MAX_XML or unpacked.tags > MAX_TAGS:
        raise refuse(
            "too-large",
            f"{unpacked.xml} bytes of XML with {unpacked.tags} tags, and more",
            f"expected at most {MAX_XML} bytes and {MAX_TAGS} tags",
            "save the pages or sheets that matter as a file of their own",
        )
    if any(word in last + piece for word in _DOCTYPES):
        raise _refuse_xml(f"{name} declares a document type", "expected XML without entities and references")


def _refuse_xml(found: str, expected: str) -> Exception:
    return refuse("damaged", found, expected, "open the document and save it anew")
