"""How to cite a commitment, and the data as they were published on a day."""

from __future__ import annotations

from typing import Any

from generator.model import Publication
from generator.package.releases import RELEASES, Release
from generator.pages.commitment_page import CommitmentPage
from generator.pages.outline import newest_date

Row = dict[str, Any]


def cite_commitment(page: CommitmentPage, address: str, site_name: str) -> str:
    """The page in GB/T 7714. ``cite.js`` makes BibTeX of it, which therefore knows this form."""
    day = newest_date(page.sources)
    updated, number = f" ({day.isoformat()})" if day else " ", page.commitment.id
    return f"{site_name}. {page.place_and_year}：{page.title} ({number})[DB/OL].{updated}[引用日期]. {address}"


def release_citations(release: Release, publication: Publication, site_url: str) -> list[Row]:
    """A release in GB/T 7714 and BibTeX, with its permanent address."""
    day, publisher, title = release.day.isoformat(), publication.publisher.name, publication.title
    address = f"{site_url}data/{RELEASES}/{day}/datapackage.json"
    version = str(release.descriptor["version"])
    fields = {
        "title": f"{title.zh} ({title.en})",
        "author": f"{{{_bibtex_text(publisher.en, '')}}}",
        "year": str(release.day.year),
        "version": version,
        "url": address,
        "note": "Data set",
    }
    return [
        {
            "label": "GB/T 7714—2015",
            "text": f"{publisher.zh}. {title.zh}：{version} 版[DS/OL]. ({day})[引用日期]. {address}",
        },
        {"label": "BibTeX", "text": _bibtex_entry(release.name, fields)},
    ]


def _bibtex_entry(key: str, fields: dict[str, str]) -> str:
    lines = ",\n".join(f"{name} = {{{_bibtex_text(value, name)}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"


def _bibtex_text(value: str, name: str) -> str:
    """Characters that mean something to TeX, escaped; the fields that we wrote as TeX stay."""
    if name in ("author", "url"):
        return value
    return "".join(f"\\{char}" if char in "&%$#_{}" else char for char in value if char != "\\")
