"""What the site has beside its pages: sitemap, feeds, calendars, pictures to share, downloads."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator import stamp
from generator.calendars import render_calendar
from generator.errors import BuildError, Problem
from generator.feeds import releases_to_feeds, render_atom, render_json_feed
from generator.jsonschemas import make_schemas
from generator.metadata import croissant, datajson, dcat, rdf, schemaorg, sitemap
from generator.metadata.described import DescribedCatalogue
from generator.metadata.files import SiteFile
from generator.model import DataRelease
from generator.package.subsets import EVERYTHING
from generator.pages.data import Download
from generator.pages.due import CALENDAR, has_dates
from generator.pages.outline import City
from generator.pages.summaries import Summaries
from generator.publish.markdown import newest_day
from generator.schemas import TableSchema
from generator.shareimages import site_images, year_image
from generator.steps import step

_JSON_LD = '<script type="application/ld+json">dx-json-ld</script>'


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


@step("feeds")
def write_sitemap(
    staged: Path, docs: Path, summaries: Summaries, releases: Sequence[DataRelease], shell: stamp.Shell
) -> None:
    """Every page with the day that its data is of, and ``robots.txt``, which says where they are listed."""
    documents = (path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    pages = sitemap.list_pages(summaries, releases, documents)
    for name, text in sitemap.render_sitemaps(shell.site_url, pages):
        (staged / name).write_text(text, encoding="utf-8")
        (staged / f"{name}.gz").write_bytes(sitemap.compress(text))
    (staged / "robots.txt").write_text(sitemap.render_robots(shell.site_url), encoding="utf-8")


@step("feeds")
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


@step("feeds")
def write_calendars(staged: Path, cities: Sequence[City], shell: stamp.Shell) -> None:
    """Due dates and milestones of each year that has any."""
    for year in (year for city in cities for year in city.years if has_dates(year)):
        (staged / year.path / CALENDAR).write_text(render_calendar(year, shell.site_url), encoding="utf-8", newline="")


@step("downloads")
def copy_downloads(staged: Path, files: Mapping[Download, Path]) -> None:
    """Packages and their zips, where the pages link to them."""
    for download, path in files.items():
        target = staged / download.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


@step("images")
def write_images(staged: Path, cities: Sequence[City]) -> None:
    """The pictures that other sites show beside a link."""
    years = [year for city in cities for year in city.years]
    for name, data in (*site_images(), *map(year_image, years)):
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@step("downloads")
def measure(files: Mapping[Download, Path]) -> list[SiteFile]:
    """Each download with its size and digest as it lies there."""
    return [
        SiteFile(download.path, len(data), hashlib.sha256(data).hexdigest())
        for download, data in ((download, path.read_bytes()) for download, path in files.items())
    ]


@step("descriptions")
def write_descriptions(staged: Path, catalogue: DescribedCatalogue) -> None:
    """The data sets for programs: catalogues beside the data, and JSON-LD in the pages that are about them."""
    nodes = dcat.catalogue_to_dcat(catalogue)
    texts = {
        "data/catalog.ttl": rdf.render_turtle(nodes),
        "data/catalog.jsonld": rdf.render_json_ld(nodes),
        "data.json": datajson.render_data_json(catalogue),
    }
    if catalogue.datasets:
        texts[f"data/{EVERYTHING}/croissant.json"] = croissant.render_croissant(catalogue, catalogue.whole)
    for name, text in texts.items():
        (staged / name).write_text(text, encoding="utf-8")
    _fill_json_ld(staged / "index.html", schemaorg.render_catalogue_page(catalogue))
    _fill_json_ld(staged / "data" / "index.html", schemaorg.render_data_page(catalogue))
    for dataset in (one for one in catalogue.current if one.folder != EVERYTHING):
        _fill_json_ld(staged / dataset.page / "index.html", schemaorg.render_dataset_page(catalogue, dataset))


def _fill_json_ld(path: Path, text: str) -> None:
    """Put JSON-LD into the page, where the theme left room for it. Words of documents can not look like that room."""
    page = path.read_text(encoding="utf-8")
    if page.count(_JSON_LD) != 1:
        raise BuildError(
            Problem(
                path,
                0,
                "page-json-ld",
                f"{page.count(_JSON_LD)} places for JSON-LD",
                "expected one",
                "restore `dataset:` in the front matter of the page and the head of the theme's main.html",
            )
        )
    filled = _JSON_LD.replace("dx-json-ld", stamp.json_slot(text))
    path.write_text(page.replace(_JSON_LD, filled), encoding="utf-8")
