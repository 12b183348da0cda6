"""What the site has beside its pages: search index, sitemap, feeds, calendars, pictures to share, downloads."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator import stamp
from generator.calendars import render_calendar
from generator.feeds import releases_to_feeds, render_atom, render_json_feed
from generator.jsonschemas import make_schemas
from generator.metadata import compress, render_sitemap, site_addresses
from generator.model import DataRelease
from generator.pages.commitment_page import CommitmentPage, year_to_pages
from generator.pages.data import Download
from generator.pages.due import CALENDAR, has_dates
from generator.pages.outline import City
from generator.publish.markdown import newest_day
from generator.schemas import TableSchema
from generator.search import INDEX, Searched, read_page, render_index
from generator.shareimages import site_images, year_image


def list_downloads(datapackage: Path, downloads: Path) -> dict[Download, Path]:
    """Every file that readers can fetch, with where it lies now."""
    found = {}
    for root in (datapackage, downloads):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                address = f"data/{path.relative_to(root).as_posix()}"
                found[Download(address, path.stat().st_size)] = path
    return found


def write_schemas(staged: Path) -> None:
    """The JSON Schemas of registers, sidecars and lookups, for editors and for those who write such files."""
    folder = staged / "data" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in make_schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def write_search(staged: Path, cities: Sequence[City], docs: Path) -> None:
    """The index of our worker: every page as it stands, commitments first and in their order.

    A copy beside the Markdown lets ``mkdocs serve`` search, too.
    """
    pages = [page for city in cities for year in city.years for page in year_to_pages(year)]
    ours = {f"{page.year.path}/{page.file}.html": page for page in pages}
    files = {path.relative_to(staged).as_posix(): path for path in sorted(staged.rglob("*.html"))}
    files.pop("404.html", None)
    searched = [
        _to_searched(name, files[name], ours.get(name))
        for name in (*ours, *(name for name in files if name not in ours))
    ]
    index = render_index(searched)
    for folder in (staged, docs):
        path = folder / INDEX
        path.parent.mkdir(exist_ok=True)
        path.write_text(index, encoding="utf-8")


def _to_searched(name: str, path: Path, page: CommitmentPage | None) -> Searched:
    location, text = name.removesuffix("index.html"), read_page(path.read_bytes())
    return Searched(location, text, page.item.status, page.commitment.text) if page else Searched(location, text)


def write_sitemap(staged: Path, cities: Sequence[City], shell: stamp.Shell) -> None:
    """Every page with the day that its data is of."""
    pages = [page for city in cities for year in city.years for page in year_to_pages(year)]
    text = render_sitemap(shell.site_url, site_addresses(cities, pages))
    (staged / "sitemap.xml").write_text(text, encoding="utf-8")
    (staged / "sitemap.xml.gz").write_bytes(compress(text))


def write_feeds(
    staged: Path,
    cities: Sequence[City],
    releases: Sequence[DataRelease],
    shell: stamp.Shell,
    schemas: Sequence[TableSchema],
) -> None:
    """Changes in the data, for everything, for each place and for each department."""
    newest = newest_day(cities)
    for feed in releases_to_feeds(releases, cities, shell.site_name):
        atom = render_atom(feed, shell.site_url, shell.site_name, newest, schemas)
        json_feed = render_json_feed(feed, shell.site_url, shell.site_name, schemas)
        for path in (staged / where for where in (feed.path, *feed.also)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".xml").write_text(atom, encoding="utf-8")
            path.with_suffix(".json").write_text(json_feed, encoding="utf-8")


def write_calendars(staged: Path, cities: Sequence[City], shell: stamp.Shell) -> None:
    """Due dates and milestones of each year that has any."""
    for year in (year for city in cities for year in city.years if has_dates(year)):
        (staged / year.path / CALENDAR).write_text(render_calendar(year, shell.site_url), encoding="utf-8", newline="")


def copy_downloads(staged: Path, files: Mapping[Download, Path]) -> None:
    """Packages and their zips, where the pages link to them."""
    for download, path in files.items():
        target = staged / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def write_images(staged: Path, cities: Sequence[City]) -> None:
    """The pictures that other sites show beside a link."""
    years = [year for city in cities for year in city.years]
    for name, data in (*site_images(), *map(year_image, years)):
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
