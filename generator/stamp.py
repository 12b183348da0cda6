"""Commitment pages from one shell page that MkDocs rendered: the shell is cut once, each page fills its slots.

The shell lies as deep as the pages do, so that the relative links of the theme are right in all of them. Slots are
found in the shell only; text that is filled in is never searched, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from markupsafe import escape

from generator.errors import BuildError, Problem

SHELL = "shell/commitment"
"""The shell's folder under the site: as deep as ``<city>/<year>``."""

SLOTS = frozenset({"body", "canonical", "crumbs", "description", "heading", "json", "jsonld", "status", "title"})
REPORT_SLOTS = frozenset({"report_body", "report_page", "report_place", "report_title", "report_words"})
"""Slots of the address at which errors are reported: it may have any of them."""

_SLOT = re.compile(r"dx-slot-([a-z]+(?:_[a-z]+)*)")
_BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
_INDENT = re.compile(r"\n\s*")
_BLOCK = r"</?(?:[dou]l|d[dt]|li|t(?:able|body|foot|head)|t[dhr]|h\d|p|pre|section|div|details|nav)\b"
_LINE_END = re.compile(r"(?<=>)\n(?=" + _BLOCK + ")")
_OPTIONAL_END = re.compile(
    r"</(?:li|dt|dd|td|th|tr|thead|tbody|tfoot)>(?=<)"
    r"|</p>(?=</?(?:p|[dou]l|li|dd|td|div|section|article|blockquote|details|table|h\d|nav|pre)\b)"
)
_QUOTED = re.compile(r'="([\w.:#/-]*[\w.:#-])"([ >])', re.ASCII)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)' + re.escape(SHELL) + r'/">')
_SITE_NAME = re.compile(r'<meta property="og:site_name" content="([^"]*)">')


@dataclass(frozen=True)
class Shell:
    """A rendered shell, cut at its slots: text, slot, text, slot, …, text."""

    pieces: tuple[str, ...]
    site_url: str
    site_name: str

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with every slot filled. Values are markup already; text must be escaped before (``text_slot``)."""
        return compact("".join(values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces)))


def read_shell(path: Path) -> Shell:
    """Read the rendered shell, without indentation, and cut it. Raises BuildError when a slot is missing or unknown."""
    html = _INDENT.sub("\n", _BETWEEN_TAGS.sub("", path.read_text(encoding="utf-8")))
    canonical, name = _CANONICAL.search(html), _SITE_NAME.search(html)
    if canonical is None or name is None:
        raise _shell_error(
            path, "no canonical address or no site name", "expected site_url and site_name in mkdocs.yml"
        )
    site_url = canonical.group(1)
    pieces = _SLOT.split(html.replace(f"{site_url}{SHELL}/", "dx-slot-canonical"))
    found = set(pieces[1::2])
    if found - REPORT_SLOTS != SLOTS:
        wrong = ", ".join(sorted((found - REPORT_SLOTS) ^ SLOTS))
        raise _shell_error(path, f"slots missing or unknown: {wrong}", f"expected {', '.join(sorted(SLOTS))}")
    return Shell(tuple(pieces), site_url, name.group(1))


def compact(html: str) -> str:
    """The same page without what HTML lets be left out: end tags, line ends between blocks, quotes of plain values.

    Text is not touched: in text a quotation mark is escaped, and so is what begins a tag.
    """
    return _QUOTED.sub(r"=\1\2", _OPTIONAL_END.sub("", _LINE_END.sub("", html)))


def text_slot(text: str) -> str:
    """Text for a slot in an element or an attribute."""
    return str(escape(text))


def query_slot(text: str) -> str:
    """Text for a slot in the query of an address, in an attribute.

    Letters beyond ASCII, brackets and commas stay as they are, as the URL standard allows: encoded, they would take
    three times the room.
    """
    return "".join(map(_query_char, text))


@cache
def _query_char(char: str) -> str:
    return char if ord(char) > 0xA0 and char.isprintable() else quote(char, safe="/:(),")


def json_slot(text: str) -> str:
    """JSON for a slot in a ``<script>``: nothing in it can end the element."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _shell_error(path: Path, found: str, expected: str) -> BuildError:
    return BuildError(Problem(path, 0, "shell", found, expected, "restore generator/templates/shell.md and the theme"))
