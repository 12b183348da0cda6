"""The address that the site is built for: canonical addresses, feeds, calendars and the 404 page begin with it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from generator.errors import BuildError, Problem
from generator.yamlfile import Setting, load_setting

_PATH = re.compile(r"(?:/[A-Za-z0-9._~%+,=-]+)*/?\Z")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z|[0-9A-Fa-f:.]+\Z")
_EXPECTED = "expected an address like https://example.org/duixian/"


def require_site_url(config: Path) -> str:
    """``site_url`` of ``mkdocs.yml``, with a slash at its end. Raises BuildError, with the line, when it is no address.

    Without it, or with half of one, MkDocs builds a site whose feeds and whose page for missing addresses lead
    nowhere, and says nothing.
    """
    setting = load_setting(config, "site_url")
    if setting is None or not setting.value:
        named = setting is not None and setting.variable
        found = f"{named} is empty" if named else "no site_url"
        remedy = f"set {named}, or unset it" if named else "add the line `site_url: https://…/` with your address"
        raise BuildError(Problem(config, setting.line if setting else 0, "site-url", found, _EXPECTED, remedy))
    wrong = _wrong(setting.value)
    if wrong:
        raise _refusal(config, setting, *wrong)
    return setting.value.rstrip("/") + "/"


def load_repository(config: Path) -> str:
    """``extra.repository`` of ``mkdocs.yml``: where program and content are; empty where nothing says so."""
    setting = load_setting(config, "extra.repository")
    return setting.value if setting else ""


def _refusal(config: Path, setting: Setting, what: str, remedy: str) -> BuildError:
    found = f"{setting.variable or 'site_url'} is {setting.value!r}, {what}"
    return BuildError(Problem(config, setting.line, "site-url", found, _EXPECTED, remedy))


def _wrong(url: str) -> tuple[str, str] | None:
    """What is wrong with an address, and what to do; None where nothing is."""
    if not url.isascii():
        return "with letters beyond ASCII", "copy it from a browser, which writes them as xn--… and %E4…"
    if any(char.isspace() or not char.isprintable() for char in url):
        return "with a space", "remove it"
    if not url.lower().startswith(("http://", "https://")):
        return "without http:// or https://", "put https:// before it"
    if {"?", "#", "@"} & set(url):
        return "with a query, an anchor or a user", "leave only host and folder"
    try:
        return _wrong_parts(urlsplit(url), urlsplit(url).port)
    except ValueError:
        return "with a port or host that is none", "correct it"


def _wrong_parts(parts: SplitResult, port: int | None) -> tuple[str, str] | None:
    if not _HOST.match(parts.hostname or "") or port == 0:
        return "without the name of a host", "write the name of the host after https://"
    if not _PATH.match(parts.path):
        return "with a folder that has empty parts or marks", "name folders with letters, digits and - . _ ~"
    return None
