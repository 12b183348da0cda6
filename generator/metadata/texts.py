"""Words of documents and of ours, as descriptions say them: without characters that no catalogue shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from generator.model import Remark


def to_line(text: str) -> str:
    """A title as one line: no line ends, no runs of spaces, no control characters."""
    return " ".join(clean(text).split())


def both_lines(words: Remark) -> Remark:
    """A title in both languages, each as one line."""
    return Remark(zh=to_line(words.zh), en=to_line(words.en))


def clean(text: str) -> str:
    """A text of several lines without other control characters."""
    return "".join(char for char in text if char in "\n\t" or (char >= " " and not "\x7f" <= char <= "\x9f"))


def both_clean(words: Remark) -> Remark:
    """A text of several lines in both languages."""
    return Remark(zh=clean(words.zh), en=clean(words.en))


def render_json(said: Mapping[str, Any]) -> str:
    """A catalogue as JSON that people can read, too: of thousands of files it is several megabytes."""
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"
