"""Streams of deflate that can be put together from parts that were deflated before (RFC 1951).

A file of a package is a head, a body and a tail: the header of a CSV file and its rows, the brackets of a JSON array
and its lines. Head and tail stand in the stream as they are. The body is deflated and flushed, so that it ends with a
whole byte and refers to nothing before it. The file of everything has the bodies of all years between one head and one
tail, and none of them is deflated again. Every reader of deflate reads such a stream.
"""

from __future__ import annotations

import zlib

_MOST_STORED = 0xFFFF


def deflate_file(head: bytes, body: bytes, tail: bytes = b"") -> bytes:
    """A whole stream: head, deflated body, tail. How small zlib gets the body depends on its version."""
    return store_part(head) + deflate_part(body) + store_end(tail)


def deflate_part(body: bytes) -> bytes:
    """A part of a stream that can stand anywhere in one."""
    if not body:
        return b""
    deflating = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflating.compress(body) + deflating.flush(zlib.Z_FULL_FLUSH)


def store_part(data: bytes) -> bytes:
    """A short part as it is, nothing for nothing."""
    return _block(0, data) if data else b""


def store_end(data: bytes = b"") -> bytes:
    """The last part of a stream, as it is."""
    return _block(1, data)


def take_body(stream: bytes, head: bytes, tail: bytes = b"") -> bytes | None:
    """The deflated body of a stream of ``deflate_file``; None of one that was put together in another way."""
    begin, end = store_part(head), store_end(tail)
    if not stream.startswith(begin) or not stream.endswith(end) or len(stream) < len(begin) + len(end):
        return None
    body = stream[len(begin) : len(stream) - len(end)]
    return body if not body or body.endswith(b"\0\0\xff\xff") else None


def _block(last: int, data: bytes) -> bytes:
    """A stored block. It begins with a whole byte wherever the part before it ends with one."""
    if len(data) > _MOST_STORED:
        raise ValueError(f"{len(data)} bytes; a stored block holds {_MOST_STORED}")
    size = len(data)
    return bytes([last]) + size.to_bytes(2, "little") + (size ^ _MOST_STORED).to_bytes(2, "little") + data
