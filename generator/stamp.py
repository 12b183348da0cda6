"""Pages from a shell that MkDocs rendered once: the shell is cut once, each page fills its slots.

A shell lies as deep as its pages do, so that the relative links of the theme are right in all of them. Slots are
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

SHELLS = "shell"
"""The folder of all shells under the site; none of it is published."""


@dataclass(frozen=True)
class ShellKind:
    """A kind of page that is stamped: the folder of its shell under the site, and the slots of that shell.

    ``slots`` must be there, ``more`` may be. ``template`` is the Markdown that the shell is rendered from.
    """

    folder: str
    template: str
    slots: frozenset[str]
    more: frozenset[str] = frozenset()

    @property
    def markdown(self) -> str:
        """Where its Markdown is, for MkDocs."""
        return f"{self.folder}/index.md"

    @property
    def page(self) -> str:
        """Where it is in the site that MkDocs made."""
        return f"{self.folder}/index.html"


_HEAD = {"body", "canonical", "crumbs", "description", "heading", "title"}

COMMITMENT = ShellKind(
    f"{SHELLS}/commitment",
    "shell_commitment.md",
    frozenset({*_HEAD, "json", "jsonld", "status"}),
    more=frozenset({"report_body", "report_page", "report_place", "report_title", "report_words"}),
)
"""As deep as ``<city>/<year>/<file>.html``. The address at which errors are reported may have any of its slots."""

DEPARTMENT = ShellKind(f"{SHELLS}/department/page", "shell_department.md", frozenset({*_HEAD, "toc"}))
"""As deep as ``<city>/departments/<slug>/index.html``."""

KINDS = (COMMITMENT, DEPARTMENT)

_SLOT = re.compile(r"dx-slot-([a-z]+(?:_[a-z]+)*)")
_BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
_INDENT = re.compile(r"\n\s*")
_BLOCK = r"</?(?:[dou]l|d[dt]|li|t(?:able|body|foot|head)|t[dhr]|h\d|p|pre|section|div|details|nav)\b"
_LINE_END = re.compile(r"(?<=>)\n(?=" + _BLOCK + ")")
_OPTIONAL_END = re.compile(
    r"</(?:li|dt|dd|td|th|tr|thead|tbody|tfoot)>(?=<)"
    r"|</p>(?=</?(?:p|[dou]l|li|dd|td|div|section|article|blockquote|details|table|h\d|nav|pre)\b)"
)
_MADE_BY_SCRIPT = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>|<div data-md-component="announce"></div>'
    r'|<div class="md-dialog"[^>]*><div class="[^"]*"></div></div>'
)
"""What ``frame.js`` makes where it is not there, and room for announcements, of which there are none."""
_QUOTED = re.compile(r'="(?![^"]*dx-slot-)([\w.:#/-]*[\w.:#-])"([ >])', re.ASCII)
_SITE_NAME = re.compile(r'<meta property="og:site_name" content="([^"]*)">')
_TO_ENCODE = re.compile(r"[^\w/:(),.~-]")


@dataclass(frozen=True)
class Shell:
    """A rendered shell, cut at its slots: text, slot, text, slot, …, text."""

    pieces: tuple[str, ...]
    site_url: str
    site_name: str

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with every slot filled. Values are markup already; text must be escaped before (``text_slot``)."""
        pieces = [*self.pieces]
        pieces[1::2] = [values[slot] for slot in pieces[1::2]]
        return "".join(pieces)


def parse_shell(rendered: str, path: Path, kind: ShellKind = COMMITMENT) -> Shell:
    """The shell that was rendered, without what it does not need, cut. ``path`` is named in messages.

    Raises BuildError when a slot is missing or unknown.
    """
    html = _INDENT.sub("\n", _BETWEEN_TAGS.sub("", rendered))
    canonical = re.search(r'<link rel="canonical" href="([^"]*)' + re.escape(kind.folder) + r'/">', html)
    name = _SITE_NAME.search(html)
    if canonical is None or name is None:
        raise _shell_error(
            path, kind, "no canonical address or no site name", "expected site_url and site_name in mkdocs.yml"
        )
    site_url = canonical.group(1)
    html = _MADE_BY_SCRIPT.sub("", html.replace(f"{site_url}{kind.folder}/", "dx-slot-canonical"))
    pieces = _SLOT.split(compact(html))
    found = set(pieces[1::2])
    if found - kind.more != kind.slots:
        wrong = ", ".join(sorted((found - kind.more) ^ kind.slots))
        expected = f"expected {', '.join(sorted(kind.slots))}"
        raise _shell_error(path, kind, f"slots missing or unknown: {wrong}", expected)
    return Shell(tuple(pieces), site_url, name.group(1))


def compact(html: str) -> str:
    """The same page without what HTML lets be left out: end tags, line ends between blocks, quotes of plain values.

    Text is not touched: in text a quotation mark is escaped, and so is what begins a tag. Values with a slot keep
    their quotes.
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
    return _TO_ENCODE.sub(_encode_match, text)


def _encode_match(match: re.Match[str]) -> str:
    return _encode_char(match.group())


@cache
def _encode_char(char: str) -> str:
    return char if ord(char) > 0xA0 and char.isprintable() else quote(char, safe="")


def json_slot(text: str) -> str:
    """JSON for a slot in a ``<script>``: nothing in it can end the element."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _shell_error(path: Path, kind: ShellKind, found: str, expected: str) -> BuildError:
    remedy = f"restore generator/templates/{kind.template} and the theme"
    return BuildError(Problem(path, 0, "shell", found, expected, remedy))
