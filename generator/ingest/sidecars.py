"""A first sidecar for a new document: its sha256, and what its text says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator import yamlfile
from generator.errors import ContentError, DocumentError, Problem
from generator.ingest.readers import bytes_to_text
from generator.lookups import Lookups
from generator.model import DocumentKind, Part, Programme, Sidecar
from generator.text import is_traditional, to_simplified

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\s*\d+\s*号")
_INDEX = re.compile(r"索引号\s*[:：]\s*\|?\s*([\w/-]+)")
_WRITTEN = re.compile(r"成文日期\s*[:：]\s*\|?\s*(\d{4}-\d{2}-\d{2})")
_PUBLISHED = re.compile(r"发布(?:日期|时间)\s*[:：]\s*\|?\s*(\d{4}-\d{2}-\d{2})")
_ISSUER = re.compile(r"发[布文](?:单位|机构|机关)\s*[:：]\s*\|?\s*([\u4e00-\u9fff]{3,20})")


def new_sidecar(document: Path, content: Path, place: str, year: int, programmes: Sequence[Programme] = ()) -> Path:
    """Write the sidecar of a document and return its path: sha256, and what the text says of itself.

    A second document of the same programme and year gets its kind in its name. Titles, kind and programmes are
    read from the text as far as it names them; a person corrects them. Raises DocumentError when the document
    cannot be read, ContentError when the place is unknown or the sidecar exists.
    """
    lookups = Lookups(content)
    if place not in lookups.places.by_name:
        raise ContentError(
            Problem(
                lookups.places.path,
                0,
                "place-unknown",
                f"{place!r}",
                "expected a place of this file",
                "add it with its GB/T 2260 code",
            )
        )
    text = _read(document, lookups)
    titles = _titles(text, lookups)
    parts = tuple(Part(programme=one, title=titles.get(one, _first_line(text))) for one in programmes) or tuple(
        Part(programme=one, title=title) for one, title in titles.items()
    )
    if not parts:
        raise ContentError(
            Problem(
                document,
                1,
                "programme-unknown",
                "no title names a programme",
                "expected livelihood, key-work or feedback",
                "say which with --programme",
            )
        )
    slug = lookups.places.by_name[place].slug
    sidecar = _sidecar(document, text, place, year, parts, lookups)
    name = f"{slug}-{year}-{'-and-'.join(part.programme for part in parts)}"
    path = content / "documents" / f"{name}.yml"
    if path.exists() and sidecar.sha256 not in yamlfile.read_text(path):
        path = path.with_name(f"{name}-{sidecar.kind.replace('_', '-')}.yml")
    if path.exists():
        raise ContentError(
            Problem(
                path,
                0,
                "sidecar-exists",
                "this sidecar is there",
                "expected a new document",
                "edit it, or remove it first",
            )
        )
    yamlfile.dump(sidecar, path)
    return path


def _read(document: Path, lookups: Lookups) -> str:
    try:
        text = bytes_to_text(document.read_bytes(), document)
    except OSError as error:
        raise DocumentError(
            Problem(
                document, 0, "document-missing", error.strerror or "unreadable", "expected a document", "check the path"
            )
        ) from None
    return to_simplified(text, lookups.phrases.characters) if is_traditional(text) else text


def _sidecar(document: Path, text: str, place: str, year: int, parts: tuple[Part, ...], lookups: Lookups) -> Sidecar:
    number, index, issuer = _NUMBER.search(text), _INDEX.search(text), _ISSUER.search(text)
    return Sidecar(
        document=document.name,
        sha256=hashlib.sha256(document.read_bytes()).hexdigest(),
        place=place,
        year=year,
        kind=_kind(parts[0].title, lookups),
        programmes=parts,
        title=parts[0].title,
        issuer=issuer[1] if issuer else "",
        document_number=number[0] if number else "",
        index_number=index[1] if index else "",
        written_on=_date(_WRITTEN, text),
        published_on=_date(_PUBLISHED, text),
    )


def _date(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _titles(text: str, lookups: Lookups) -> dict[Programme, str]:
    """The first short line without a full stop that names each programme."""
    words: dict[Programme, tuple[str, ...]] = {
        "livelihood": lookups.words("livelihood_titles"),
        "key-work": lookups.words("key_work_titles"),
        "feedback": lookups.words("feedback_titles"),
    }
    titles: dict[Programme, str] = {}
    for line in (line.lstrip("#").strip() for line in text.splitlines()):
        if not 6 <= len(line) <= 60 or re.search(r"[。;；:：>|]", line) or not re.search(r"\d{4}", line):
            continue
        programme = next((name for name, found in words.items() if any(word in line for word in found)), None)
        if programme and programme not in titles:
            titles[programme] = line
    return titles


def _first_line(text: str) -> str:
    return next((line.lstrip("#").strip() for line in text.splitlines() if line.strip()), "")


def _kind(title: str, lookups: Lookups) -> DocumentKind:
    if any(word in title for word in lookups.words("half_year_titles")):
        return "half_year"
    return "plan" if any(word in title for word in lookups.words("plan_titles")) else "annual"
