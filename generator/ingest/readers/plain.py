"""Plain text and Markdown: UTF-8, or the Chinese encodings before it (all read as GB 18030, which contains them)."""

from __future__ import annotations

import re
import unicodedata

from generator.ingest.limits import MAX_BYTES
from generator.ingest.refusals import refuse

#: What turns the direction of the text behind it: a number would be read from right to left. No Chinese text needs it.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def decode(data: bytes) -> str | None:
    """The text of the bytes; None when they are text in no encoding that this knows. A BOM is dropped.

    So are characters that turn the direction of text; places are counted without them. Raises DocumentError for a file
    that is too large to be a document.
    """
    if len(data) > MAX_BYTES:
        raise refuse("too-large", f"{len(data)} bytes", f"expected at most {MAX_BYTES}", "keep the part that matters")
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _TURNING.sub("", text) if _is_text(text) else None
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")


def _is_text(text: str) -> bool:
    """Whether there are no control or unassigned characters beyond white space, as there are in binary files."""
    return not any(
        unicodedata.category(character) in {"Cc", "Cn"} and character not in "\t\n\r\f\v\x1c\x85"
        for character in set(text)
    )
