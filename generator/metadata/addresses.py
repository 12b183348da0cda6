"""Addresses that stand in descriptions: made safe for every syntax that they are written in."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_ALLOWED = "!#$%&'()*+,/:;=?@[]~-._"


def to_url(text: str) -> str:
    """An address in ASCII, in which whatever an address may not hold is percent-encoded: spaces, quotes, ``<>{}|\\^``.

    What is encoded already stays as it is. So it cannot end an IRI of Turtle, an attribute, or a line.
    """
    return quote(text, safe=_ALLOWED, errors="replace")


def web_address(text: str) -> str:
    """A web address (http, https) made safe; ``""`` where a text is none, as ``javascript:`` is none."""
    return to_url(text.strip()) if _WEB.match(text.strip()) else ""


def mail_address(text: str) -> str:
    """``mailto:`` and an address made safe; ``""`` for an empty one."""
    return f"mailto:{quote(text, safe='@.+-_')}" if text else ""
