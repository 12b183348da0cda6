"""The data page: what can be downloaded, how to load it, what every column means."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.defaults import find_content_file
from generator.jsonschemas import TYPES, schema_file
from generator.package.formats import FORMATS
from generator.package.releases import RELEASES, SUMS, Release, find_releases
from generator.package.sbom import SBOM
from generator.package.subsets import EVERYTHING, MOST_IN_FULL
from generator.pages.addresses import ADDRESS_KINDS, example_addresses
from generator.pages.citations import release_citations
from generator.pages.environment import render
from generator.pages.loading import render_loading
from generator.pages.plain import render_plain
from generator.pages.summaries import Summaries
from generator.publication import load_publication
from generator.schemas import TABLES, load_schemas

_WHOLE = (".zip", ".xlsx", ".sqlite")
_KINDS = {".parquet": "Parquet"}

_MACHINES = (
    ("catalog.ttl", "DCAT 3 数据目录（Turtle），依 DCAT-AP 3", "DCAT 3 catalogue (Turtle), after DCAT-AP 3"),
    ("catalog.jsonld", "同一份目录的 JSON-LD 写法", "The same catalogue in JSON-LD"),
    ("../data.json", "数据索引（Project Open Data / DCAT-US 1.1）", "Index of data (Project Open Data / DCAT-US 1.1)"),
    (
        "all/croissant.json",
        "全部表格的 Croissant 1.0 描述，供机器学习工具使用",
        "All tables in Croissant 1.0, for ML tools",
    ),
    ("all/datapackage.json", "全部数据的 Data Package 2.0 描述", "Data Package 2.0 descriptor of all data"),
    ("../sitemap.xml", "全部页面的网站地图", "Sitemap of all pages"),
    ("../robots.txt", "给爬虫的说明：全部可读", "For crawlers: everything may be read"),
)
"""What programs read, by its address from the data page, in Chinese and English."""


@dataclass(frozen=True)
class Download:
    """A file that readers can fetch: its address from the root of the site, and its size."""

    path: str
    size: int


def render_data(content: Path, summaries: Summaries, downloads: Sequence[Download], site_url: str) -> str:
    """The Markdown of ``/data/``. ``downloads`` are the files under ``data/`` of the finished site.

    ``site_url`` is the address of the site, with a slash at its end, with which examples begin.
    """
    packages = [(EVERYTHING, "全部", "Everything")]
    packages += [
        (year.path, f"{year.place.zh} {year.year} 年", f"{year.place.en} {year.year}") for year in summaries.years
    ]
    of_folder = _by_folder(downloads)
    brief = len(packages) > MOST_IN_FULL
    rows = [
        _package_row(folder, zh, en, of_folder.get(f"data/{folder}", ()), in_full=folder == EVERYTHING or not brief)
        for folder, zh, en in packages
    ]
    publication = load_publication(content)
    releases = find_releases(content)
    examples = example_addresses(summaries)
    parts = {
        "releases": render(
            "data_releases.html", releases=[_release_row(one, downloads) for one in releases], sums=SUMS
        ),
        "schema": render("data_schema.html", version=publication.schema_version),
        "cite": render(
            "data_cite.html",
            publication=publication,
            cited=release_citations(releases[0], publication, site_url) if releases else (),
        ),
        "packages": render("data_packages.html", packages=[row for row in rows if row["files"]], brief=brief),
        "addresses": render(
            "data_addresses.html", rows=_address_rows(examples), curl=_curl_address(examples, site_url)
        ),
        "loading": render_loading(
            summaries, site_url, f"{publication.name}-all", database=not _lacks("sqlite", downloads)
        ),
        "files": render("data_files.html", files=_file_schemas()),
        "machines": render("data_machines.html", rows=_machine_rows(downloads)),
        "tables": render("data_tables.html", schemas=load_schemas(content)),
    }
    return render_plain(find_content_file(content, "pages/data.md"), parts)


def _release_row(release: Release, downloads: Sequence[Download]) -> dict[str, Any]:
    archive = f"data/{RELEASES}/{release.day}/{release.name}.zip"
    (found,) = [item for item in downloads if item.path == archive]
    return {
        "day": release.day.isoformat(),
        "archive": _file_row(found),
        "sbom": (release.folder / SBOM).is_file(),
        "schema_version": release.descriptor["schemaVersion"],
        "rules_version": release.descriptor["rulesVersion"],
    }


def _address_rows(examples: Mapping[str, str]) -> list[dict[str, Any]]:
    """The kinds of JSON addresses, each with a real example where there is one."""
    rows: list[dict[str, Any]] = []
    for kind in ADDRESS_KINDS:
        example = examples.get(kind.code, "")
        href = f"../{example}" if example else ""
        rows.append({"pattern": f"/{kind.pattern}", "what": kind.what, "example": f"/{example}", "href": href})
    return rows


def _curl_address(examples: Mapping[str, str], site_url: str) -> str:
    """The address of an example that says much in little: a year, or the root where there is none."""
    return site_url + examples.get("year", examples["site"]) if examples else ""


def _file_schemas() -> list[dict[str, str]]:
    """The JSON Schemas of the files below ``content/``: what each is for, and where it is, from the data page."""
    return [
        {"name": name, "for": f"content/{files}", "href": f"schemas/{schema_file(name)}"}
        for name, (files, _) in TYPES.items()
    ]


def _machine_rows(downloads: Sequence[Download]) -> list[dict[str, str]]:
    """What there is for programs; descriptions of everything only where there are data."""
    return [
        {"href": href, "name": posixpath.normpath(f"data/{href}"), "zh": zh, "en": en}
        for href, zh, en in _MACHINES
        if downloads or not href.startswith("all/")
    ]


def _by_folder(downloads: Sequence[Download]) -> dict[str, list[Download]]:
    """Folder → its files, in their order."""
    found: dict[str, list[Download]] = {}
    for item in downloads:
        found.setdefault(posixpath.dirname(item.path), []).append(item)
    return found


def _package_row(folder: str, zh: str, en: str, files: Sequence[Download], *, in_full: bool) -> dict[str, Any]:
    """A package; its single tables are told ``in_full`` only."""
    whole = [item for item in files if item.path.endswith((*_WHOLE, "/datapackage.json"))]
    return {
        "zh": zh,
        "en": en,
        "id": folder.replace("/", "-"),
        "files": [_file_row(item) for item in sorted(whole, key=_file_order)],
        "tables": _table_rows([item for item in files if item not in whole]) if in_full else [],
        "missing": [one for one in FORMATS if folder == EVERYTHING and one.most_rows and _lacks(one.name, files)],
    }


def _lacks(suffix: str, downloads: Sequence[Download]) -> bool:
    """Whether there is a package of everything, but not in this format."""
    whole = {Path(item.path).suffix for item in downloads if item.path.startswith(f"data/{EVERYTHING}/")}
    return bool(whole) and f".{suffix}" not in whole


def _table_rows(files: Sequence[Download]) -> list[dict[str, Any]]:
    """Single tables in the order in which a reader meets them, each in every format that there is."""
    by_name: dict[str, list[Download]] = {}
    for item in files:
        by_name.setdefault(Path(item.path).stem, []).append(item)
    order = [*(name for name in TABLES if name in by_name), *sorted(by_name.keys() - set(TABLES))]
    return [
        {"name": name, "files": [_file_row(item) for item in sorted(by_name[name], key=lambda item: item.path)]}
        for name in order
    ]


def _file_order(item: Download) -> tuple[int, str]:
    suffix = Path(item.path).suffix
    return (_WHOLE.index(suffix) if suffix in _WHOLE else len(_WHOLE), item.path)


def _file_row(item: Download) -> dict[str, str]:
    path = Path(item.path)
    return {
        "href": item.path.removeprefix("data/"),
        "name": path.name,
        "kind": _KINDS.get(path.suffix, path.suffix.removeprefix(".").upper()),
        "size": render_size(item.size),
    }


def render_size(size: int) -> str:
    """Bytes as people read them, in KB or MB of a thousand."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"
