"""What happens to PDF files: objects, streams, references and the table of them damaged."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

PdfMutator = Callable[[bytes, Random], bytes]

_OBJECT = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z]+")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483648",
    b"99999999999999999999",
    b"1e9",
    b"-0.0001",
    b"1.7976931348623157e309",
    b"--5",
    b"null",
)
_NAMES = (
    b"/Kids", b"/Count", b"/Parent", b"/Pages", b"/Page", b"/Contents", b"/Length", b"/Filter", b"/FlateDecode",
    b"/ASCII85Decode",
    b"/LZWDecode", b"/DCTDecode", b"/Type0", b"/Font", b"/Encoding", b"/ToUnicode", b"/MediaBox", b"/Rotate",
    b"/XObject", b"/ObjStm",
    b"/Encrypt", b"/W", b"/DW", b"/Resources", b"/Prev", b"/Root", b"/Size", b"/UniGB-UCS2-H", b"/Identity-H", b"/Nope",
)  # fmt: skip
_PIECES = (
    b"[" * 400, b"<<" * 400, b"(" * 400, b"<<>>", b"[]", b"null", b"(\\", b"<4e00", b"stream", b"endstream",
    b"endobj", b"1 0 obj", b"2 0 R",
    b"9999 0 R", b"%", b"BT", b"ET", b"q " * 300, b"Q " * 30, b"0 0 0 0 0 0 cm", b"1e9 0 0 1e9 0 0 cm", b"/F 0 Tf",
    b"/F 1e9 Tf", b"0 0 m 1e9 1e9 l S",
    b"<ffff0041> Tj", b"[(a) -1e9 (b)] TJ", b"BI ID EI", b"/X Do", b"re S", b"0 0 1e12 1e12 re S",
)  # fmt: skip


def _choose(pattern: re.Pattern[bytes], data: bytes, draw: Random) -> re.Match[bytes] | None:
    found = [*pattern.finditer(data)]
    return draw.choice(found) if found else None


def _replaced(pattern: re.Pattern[bytes], words: tuple[bytes, ...]) -> PdfMutator:
    def replace(data: bytes, draw: Random) -> bytes:
        for _again in range(draw.choice((1, 1, 3, 20))):
            if found := _choose(pattern, data, draw):
                data = data[: found.start()] + draw.choice(words) + data[found.end() :]
        return data

    return replace


def lose_object(data: bytes, draw: Random) -> bytes:
    """An object is missing."""
    found = _choose(_OBJECT, data, draw)
    return data[: found.start()] + data[found.end() :] if found else data


def swap_objects(data: bytes, draw: Random) -> bytes:
    """An object has the content of another, or stands there twice."""
    one, other = _choose(_OBJECT, data, draw), _choose(_OBJECT, data, draw)
    if not one or not other:
        return data
    return data[: one.start()] + other[0] * draw.choice((1, 2)) + data[one.end() :]


def refer_to_another(data: bytes, draw: Random) -> bytes:
    """A reference leads to another object: pages that are their own parents, fonts that are pages."""
    found = _choose(re.compile(rb"\d+ 0 R"), data, draw)
    return data[: found.start()] + f"{draw.randint(0, 12)} 0 R".encode() + data[found.end() :] if found else data


def cut_stream(data: bytes, draw: Random) -> bytes:
    """A stream ends early."""
    found = _choose(_STREAM, data, draw)
    if not found:
        return data
    return data[: found.start(1) + draw.randint(0, len(found[1]))] + b"\nendstream" + data[found.end() :]


def pack_stream(data: bytes, draw: Random) -> bytes:
    """A stream is packed, as it is or with a damage, and says so or not."""
    found = _choose(_STREAM, data, draw)
    if not found:
        return data
    packed = zlib.compress(found[1] * draw.choice((1, 1, 50)))
    packed = packed[: draw.choice((len(packed), len(packed) // 2))]
    head = data[: found.start()]
    head = re.sub(rb"<<(?=[^<]*$)", b"<</Filter/FlateDecode", head) if draw.random() < 0.8 else head
    return head + b"stream\n" + packed + b"\nendstream" + data[found.end() :]


def insert_piece(data: bytes, draw: Random) -> bytes:
    """Something of the language of PDF, anywhere."""
    at = draw.randint(0, len(data))
    return data[:at] + b" " + draw.choice(_PIECES) + b" " + data[at:]


def change_words(data: bytes, draw: Random) -> bytes:
    """Characters of a shown text become others."""
    found = _choose(re.compile(rb"<([0-9a-f]{8,})>"), data, draw)
    if not found:
        return data
    text = bytearray(bytes.fromhex(found[1].decode())) if len(found[1]) % 2 == 0 else bytearray(b"1")
    for _again in range(draw.choice((1, 3, 10))):
        at = draw.randrange(len(text) // 2 or 1) * 2
        text[at : at + 2] = draw.choice(("1", "一", "|", "\n", "万", "%", "\u202e", "\ue000", "⺠")).encode("utf-16-be")
    return data[: found.start(1)] + bytes(text).hex().encode() + data[found.end(1) :]


MUTATORS: tuple[PdfMutator, ...] = (
    _replaced(_NUMBER, _NUMBERS),
    _replaced(_NUMBER, _NUMBERS),
    _replaced(_NAME, _NAMES),
    lose_object,
    swap_objects,
    refer_to_another,
    refer_to_another,
    cut_stream,
    pack_stream,
    insert_piece,
    insert_piece,
    change_words,
    change_words,
)
