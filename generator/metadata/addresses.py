"""Addresses that stand in descriptions: made safe for every syntax that they are written in."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_HOST = re.compile(r"([a-z][a-z0-9+.-]*://)([^/?#]*)(.*)\Z", re.IGNORECASE | re.DOTALL)
_ENCODED = re.compile(r"(%[0-9A-Fa-f]{2})")
_ALLOWED = "!#$&'()*+,/:;=?@~"
#: Nothing in it is encoded, or to be encoded: almost all of our own addresses, of which a large site has a million.
_SAFE = re.compile(rf"[A-Za-z0-9_.\-{re.escape(_ALLOWED)}]*\Z")


def to_url(text: str) -> str:
    """An address in ASCII, in which whatever an address may not hold is encoded: spaces, quotes, angle brackets.

    What is encoded already stays as it is; a host in other letters is written as the network knows it. So an address
    can end no IRI of Turtle, no attribute and no line.
    """
    if _SAFE.match(text):
        return text
    parts = _HOST.match(text)
    if not parts:
        return _encode(text, _ALLOWED)
    return f"{parts[1]}{_encode(_to_ascii(parts[2]), f'{_ALLOWED}[]')}{_encode(parts[3], _ALLOWED)}"


def _encode(text: str, safe: str) -> str:
    pieces = _ENCODED.split(text)
    return "".join(
        piece if index % 2 else quote(piece, safe=safe, errors="replace") for index, piece in enumerate(pieces)
    )


def _to_ascii(host: str) -> str:
    """A host as the network knows it; what can be none stays, to be encoded."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def web_address(text: str) -> str:
    """A web address (http, https) made safe; ``""`` where a text is none, as ``javascript:`` is none."""
    return to_url(text.strip()) if _WEB.match(text.strip()) else ""


def mail_address(text: str) -> str:
    """``mailto:`` and an address made safe; ``""`` for an empty one."""
    return f"mailto:{quote(text, safe='@.+-_')}" if text else ""
