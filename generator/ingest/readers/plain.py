"""Plain text and Markdown: UTF-8, or the Chinese encodings before it (all read as GB 18030, which contains them)."""

from __future__ import annotations

import re
import unicodedata

from generator.ingest.limits import MAX_BYTES
from generator.ingest.refusals import refuse

#: What nobody sees: characters without width, which hide in a number or a name from whoever looks for it, and those
#: that turn the text behind them, so that a number is read from right to left. No Chinese text needs any.
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]")


def decode(data: bytes) -> str | None:
    """The text of the bytes; None when they are text in no encoding that this knows. A BOM is dropped.

    So are characters that nobody sees; places are counted without them, and a number that one stood in is whole.
    Raises DocumentError for a file that is too large to be a document.
    """
    if len(data) > MAX_BYTES:
        raise refuse("too-large", f"{len(data)} bytes", f"expected at most {MAX_BYTES}", "keep the part that matters")
    for encoding in _encodings(data):
        try:
            text = _UNSEEN.sub("", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        return text if _is_text(text) else None
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
