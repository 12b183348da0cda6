"""A release, everything as it was published on a day → its description. It says what its own files say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from generator.metadata.described import DescribedDataset, DescribedSource
from generator.metadata.files import SiteFile, describe_files
from generator.metadata.texts import both_clean, both_lines, to_line
from generator.model import License, Place, Remark
from generator.package.releases import RELEASES, Release
from generator.publication import BETWEEN
from generator.schemas import TableSchema


def describe_release(
    release: Release, whole: DescribedDataset, files: Sequence[SiteFile], schemas: Sequence[TableSchema]
) -> DescribedDataset:
    """The description of a release.

    Words for places that are there still, themes and keywords are those of everything as it is now. Title, version,
    licences and documents are those that the release was published with.
    """
    said = release.descriptor
    documents = json.loads((release.folder / "sources.json").read_text(encoding="utf-8"))
    years = [int(document["year"]) for document in documents]
    folder = f"{RELEASES}/{release.day}"
    return replace(
        whole,
        name=release.name,
        folder=folder,
        page=f"data/#release-{release.day}",
        title=both_lines(_parted(str(said["title"]), BETWEEN, f"{BETWEEN}{release.day}")),
        description=both_clean(_parted(str(said["description"]), "\n\n")),
        version=str(said["version"]),
        issued=release.day,
        modified=release.day,
        first_year=min(years),
        last_year=max(years),
        places=_places(documents, whole.places),
        issuers=tuple(dict.fromkeys(to_line(one["issuer"]) for one in documents if one["issuer"])),
        sources=tuple(dict.fromkeys(map(_source, documents))),
        licences=tuple(_licence(licence) for licence in said["licenses"]),
        files=describe_files(folder, files, schemas),
        released=release.day,
    )


def _places(documents: Sequence[Mapping[str, Any]], known: Sequence[Place]) -> tuple[Place, ...]:
    """The places that its documents are of; one that is gone by now is called as its documents call it."""
    current = {place.code or place.zh: place for place in known}
    stated = {document["place_code"] or document["place"]: document for document in documents}
    gone = (_gone_place(document) for key, document in stated.items() if key not in current)
    return (*(place for key, place in current.items() if key in stated), *gone)


def _gone_place(document: Mapping[str, Any]) -> Place:
    slug = str(document["source_id"]).partition(f"-{document['year']}-")[0]
    return Place(zh=document["place"], en=slug, slug=slug, kind="city", code=document["place_code"] or "")


def _parted(text: str, between: str, end: str = "") -> Remark:
    """Words that a descriptor says in both languages, Chinese first, and perhaps with a day at the end of both."""
    zh, _, en = text.removesuffix(end).partition(between)
    return Remark(zh=f"{zh}{end}", en=f"{en or zh}{end}")


def _licence(said: Mapping[str, Any]) -> License:
    return License(name=said["name"], path=said["path"], title=_parted(said["title"], BETWEEN))


def _source(row: Mapping[str, Any]) -> DescribedSource:
    day = row["published_on"] or row["written_on"]
    return DescribedSource(
        title=to_line(row["title"]),
        issuer=to_line(row["issuer"] or ""),
        number=to_line(row["document_number"] or ""),
        url=row["url"] or "",
        day=date.fromisoformat(day) if day else None,
    )
