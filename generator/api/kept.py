"""Lines of records as summaries of years keep them: in the form in which they are published."""

from __future__ import annotations

import msgspec

from generator.api.render import value_to_builtins
from generator.tables import Row

_LINES = msgspec.msgpack.Decoder(list[dict[str, object]])


def line_to_builtins(line: Row) -> Row:
    """The line with decimals and days as they are published, so that it is the same when it has been kept."""
    return {name: value_to_builtins(value) for name, value in line.items()}


def decode_lines(data: bytes) -> list[Row]:
    """Lines that were kept."""
    return [dict(line) for line in _LINES.decode(data)]
