"""Who publishes the data, and under what licence: ``content/publication.yml``, read and made sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Publication

FILE = "publication.yml"
BETWEEN = " · "
"""What stands between the two languages of a title."""
LINES = {
    "name": "name: duixian",
    "title": "title: {zh: 政府承诺与兑现, en: Government commitments and what became of them}",
    "description": "description: {zh: 逐条登记的政府承诺, en: Commitments of governments}",
    "publisher": "publisher: {name: {zh: 发布者的名称, en: Name of the publisher}}",
    "licenses": "licenses: [{name: CC-BY-4.0, path: https://creativecommons.org/licenses/by/4.0/, "
    "title: {zh: 知识共享署名 4.0 国际许可协议, en: Creative Commons Attribution 4.0 International}}]",
    "schema_version": "schema_version: 1.0.0",
}
"""What the file must say, each with a line that would say it."""

_CODES = {"licenses": "licence", "schema_version": "schema-version"}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*\Z")
_SEMVER = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}\Z", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\"]+\Z")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+\Z")


def load_publication(content: Path) -> Publication:
    """Read ``content/publication.yml``.

    Raises ContentError, which names the line to add, when the file or one of its entries is missing or empty, and
    when a value is not what it must be.
    """
    path = content / FILE
    if not path.is_file():
        raise ContentError(*(_missing(path, key, "no such file") for key in LINES))
    stated = yamlfile.load(path, dict[str, Any])
    lacking = [key for key in LINES if not stated.get(key)]
    if lacking:
        raise ContentError(*(_missing(path, key, f"no {key!r}") for key in lacking))
    publication = yamlfile.load(path, Publication)
    problems = list(_wrong_values(path, publication))
    if problems:
        raise ContentError(*problems)
    return publication


def _missing(path: Path, key: str, found: str) -> Problem:
    code = f"publication-{_CODES.get(key, key)}"
    return Problem(path, 0, code, found, f"expected {key!r}", f'add the line "{LINES[key]}"')


def _wrong_values(path: Path, publication: Publication) -> Iterator[Problem]:
    publisher = publication.publisher
    checks = [
        ("name", publication.name, _NAME, "lower-case ASCII letters, digits and single hyphens"),
        ("schema_version", publication.schema_version, _SEMVER, "three numbers as in 1.0.0"),
        ("publisher", publisher.url, re.compile(rf"\Z|{_WEB.pattern}"), "an address that begins with https://"),
        ("publisher", publisher.email, re.compile(rf"\Z|{_MAIL.pattern}"), "a mail address"),
    ]
    for licence in publication.licenses:
        checks.append(("licenses", licence.name, _SPDX, "an SPDX identifier as CC-BY-4.0"))
        checks.append(("licenses", licence.path, _WEB, "the address of the licence's text"))
    for key, value, pattern, expected in checks:
        if not pattern.match(value):
            yield _wrong(path, key, repr(value), expected)
    texts = {"title": publication.title, "description": publication.description, "publisher": publisher.name}
    for key, text in texts.items():
        if not (text.zh.strip() and text.en.strip()):
            yield _wrong(path, key, "an empty text", "words in Chinese and in English")
    # Descriptors hold both languages in one text, and releases are told apart into them again.
    titles = [("title", publication.title), *(("licenses", one.title) for one in publication.licenses)]
    for key, text in titles:
        if BETWEEN in text.zh or BETWEEN in text.en:
            yield _wrong(path, key, repr(BETWEEN), "a title without it: it stands between the languages")
    if "\n\n" in publication.description.zh.strip() or "\n\n" in publication.description.en.strip():
        yield _wrong(path, "description", "an empty line", "one paragraph: an empty line stands between the languages")


def _wrong(path: Path, key: str, found: str, expected: str) -> Problem:
    code = f"publication-{_CODES.get(key, key)}"
    return Problem(path, _line_of(path, key), code, f"{key}: {found}", f"expected {expected}", "correct the value")


def _line_of(path: Path, key: str) -> int:
    """The line on which a top-level entry begins; 0 where it is written in another way."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 0)
