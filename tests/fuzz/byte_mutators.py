"""What happens to bytes on their way: flipped, cut, doubled, lost, mixed with another document's."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

BytesMutator = Callable[[bytes, bytes, Random], bytes]
_INTERESTING = (
    0,
    1,
    9,
    10,
    13,
    0x1C,
    0x20,
    0x22,
    0x2D,
    0x30,
    0x39,
    0x3C,
    0x3E,
    0x7C,
    0x7F,
    0x80,
    0x85,
    0xA0,
    0xFE,
    0xFF,
)


def span(size: int, draw: Random, most: int = 0) -> tuple[int, int]:
    """The start and end of a random stretch of something of a size, of at most so many items."""
    start = draw.randint(0, size)
    longest = draw.choice((1, 4, 16, 64, 256, size or 1))
    return start, min(size, start + draw.randint(0, min(longest, most or longest)))


def flip_bits(data: bytes, _: bytes, draw: Random) -> bytes:
    """A few bits, anywhere."""
    changed = bytearray(data)
    for _again in range(draw.choice((1, 1, 2, 8, 64)) if data else 0):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def set_bytes(data: bytes, _: bytes, draw: Random) -> bytes:
    """A few bytes become such as mean something."""
    changed = bytearray(data)
    for _again in range(draw.choice((1, 2, 8)) if data else 0):
        changed[draw.randrange(len(changed))] = draw.choice(_INTERESTING)
    return bytes(changed)


def cut(data: bytes, _: bytes, draw: Random) -> bytes:
    """The end is missing."""
    return data[: draw.randint(0, len(data))]


def lose(data: bytes, _: bytes, draw: Random) -> bytes:
    """A stretch is missing."""
    start, end = span(len(data), draw)
    return data[:start] + data[end:]


def double(data: bytes, _: bytes, draw: Random) -> bytes:
    """A stretch stands there again."""
    start, end = span(len(data), draw)
    return data[:end] + data[start:end] * draw.choice((1, 1, 3)) + data[end:]


def splice(data: bytes, other: bytes, draw: Random) -> bytes:
    """The beginning of one document, the end of another."""
    return data[: draw.randint(0, len(data))] + other[draw.randint(0, len(other)) :]


def insert(data: bytes, other: bytes, draw: Random) -> bytes:
    """A stretch of another document in the middle of one."""
    at, (start, end) = draw.randint(0, len(data)), span(len(other), draw)
    return data[:at] + other[start:end] + data[at:]


def scatter(data: bytes, _: bytes, draw: Random) -> bytes:
    """Random bytes in the middle."""
    at = draw.randint(0, len(data))
    return data[:at] + draw.randbytes(draw.choice((1, 2, 16, 300))) + data[at:]


MUTATORS: tuple[BytesMutator, ...] = (flip_bits, set_bytes, cut, lose, double, splice, insert, scatter)
