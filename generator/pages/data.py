"""The data page: what can be downloaded, how to load it, what every column means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.pages.environment import render
from generator.pages.outline import City
from generator.pages.plain import render_plain
from generator.tables import load_schemas

_KINDS = {".zip": "打包 zip", ".xlsx": "Excel", ".parquet": "Parquet", ".sqlite": "SQLite"}

SITE_URL_MARK = "https://site-url.invalid/"
"""Stands for the address of the site until MkDocs has said what it is."""


@dataclass(frozen=True)
class Download:
    """A file that readers can fetch: its address from the root of the site, and its size."""

    path: str
    size: int


def render_data(content: Path, cities: Sequence[City], downloads: Sequence[Download]) -> str:
    """The Markdown of ``/data/``. ``downloads`` are the files under ``data/`` of the finished site.

    The examples hold ``SITE_URL_MARK``, since only ``mkdocs.yml`` knows the address.
    """
    packages = [("all", "全部", "Everything")]
    packages += [
        (year.path, f"{city.place.zh} {year.year} 年", f"{city.place.en} {year.year}")
        for city in cities
        for year in city.years
    ]
    rows = [_package_row(folder, zh, en, downloads) for folder, zh, en in packages]
    parts = {
        "packages": render("data_packages.html", packages=[row for row in rows if row["files"]]),
        "loading": render("data_loading.html", site_url=SITE_URL_MARK),
        "tables": render("data_tables.html", schemas=load_schemas(content)),
    }
    return render_plain(content / "pages" / "data.md", parts)


def _package_row(folder: str, zh: str, en: str, downloads: Sequence[Download]) -> dict[str, Any]:
    files = [item for item in downloads if Path(item.path).parent.as_posix() == f"data/{folder}"]
    return {
        "zh": zh,
        "en": en,
        "id": folder.replace("/", "-"),
        "files": [_file_row(item) for item in sorted(files, key=_file_order)],
    }


def _file_order(item: Download) -> tuple[int, str]:
    """Whole packages first, then their description, then single tables."""
    suffix = Path(item.path).suffix
    order = [*_KINDS, ".json", ".csv"]
    if item.path.endswith("datapackage.json"):
        return (len(_KINDS), item.path)
    return (order.index(suffix) + 1 if suffix in order else 99, item.path)


def _file_row(item: Download) -> dict[str, str]:
    return {"href": item.path.removeprefix("data/"), "name": Path(item.path).name, "size": render_size(item.size)}


def render_size(size: int) -> str:
    """Bytes as people read them, in KB or MB of a thousand."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
