"""The data sets for programs: catalogues beside the data, and JSON-LD in the pages that are about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import stamp
from generator.errors import BuildError, Problem
from generator.metadata import croissant, datajson, dcat, rdf, schemaorg
from generator.metadata.describe import History, describe_catalogue
from generator.metadata.described import DescribedCatalogue
from generator.metadata.files import SiteFile
from generator.package import Subset
from generator.package.releases import RELEASES
from generator.package.subsets import EVERYTHING, MOST_IN_FULL
from generator.pages.data import Download
from generator.publish.digests import digest_file
from generator.publish.folder import Folder
from generator.schemas import TableSchema
from generator.steps import step

_WHOLE = (".zip", ".xlsx", "/datapackage.json")
_JSON_LD = b'<script type="application/ld+json">dx-json-ld</script>'


@dataclass(frozen=True)
class DescriptionsJob:
    """The data sets, the files that are told of, as they lie now, and the folder of the site that catalogues go to.

    ``digests``: address of a file → SHA-256, where it is known.
    """

    root: Path
    site_url: str
    subsets: tuple[Subset, ...]
    files: Mapping[Download, str]
    schemas: Sequence[TableSchema]
    history: History
    digests: Mapping[str, str]


@dataclass(frozen=True)
class PagesDescribed:
    """Path of a page → the JSON-LD of the data sets that it is about; and address of each file told of → SHA-256."""

    json_ld: dict[str, str]
    digests: dict[str, str]


@step("descriptions")
def describe_pages(job: DescriptionsJob) -> PagesDescribed:
    """What the pages say of data sets, which wait for it."""
    catalogue = _describe(job)
    digests = {file.file.address: file.file.sha256 for dataset in catalogue.datasets for file in dataset.files}
    return PagesDescribed(dict(render_pages_json_ld(catalogue)), digests)


@step("descriptions")
def write_catalogues(job: DescriptionsJob) -> list[str]:
    """The data sets for programs, beside the data, for which nothing waits. Returned are the paths."""
    catalogues = render_catalogues(_describe(job))
    return list(Folder(job.root).write((path, text.encode()) for path, text in catalogues))


def _describe(job: DescriptionsJob) -> DescribedCatalogue:
    measured = [
        SiteFile(file.path, file.size, job.digests.get(file.path) or digest_file(path))
        for file, path in job.files.items()
    ]
    return describe_catalogue(job.site_url, job.subsets, measured, job.schemas, job.history)


def described_files(files: Mapping[Download, str], datasets: int) -> dict[Download, str]:
    """Those of the files of so many data sets that the catalogues tell of."""
    in_full = ("data/" + EVERYTHING + "/", f"data/{RELEASES}/")
    return {
        file: path
        for file, path in files.items()
        if datasets <= MOST_IN_FULL or file.path.startswith(in_full) or file.path.endswith(_WHOLE)
    }


def render_catalogues(catalogue: DescribedCatalogue) -> Iterator[tuple[str, str]]:
    """The catalogues, by their paths in the site."""
    nodes = dcat.catalogue_to_dcat(catalogue)
    yield "data/catalog.ttl", rdf.render_turtle(nodes)
    yield "data/catalog.jsonld", rdf.render_json_ld(nodes)
    yield "data.json", datajson.render_data_json(catalogue)
    if catalogue.datasets:
        yield f"data/{EVERYTHING}/croissant.json", croissant.render_croissant(catalogue, catalogue.whole)


def render_pages_json_ld(catalogue: DescribedCatalogue) -> Iterator[tuple[str, str]]:
    """Path of a page in the site → the JSON-LD of the data sets that it is about."""
    yield "index.html", schemaorg.render_catalogue_page(catalogue)
    yield "data/index.html", schemaorg.render_data_page(catalogue)
    for dataset in (one for one in catalogue.current if one.folder != EVERYTHING):
        yield f"{dataset.page}index.html", schemaorg.render_dataset_page(catalogue, dataset)


def fill_json_ld(path: str, page: bytes, text: str) -> bytes:
    """The page with JSON-LD where the theme left room for it. Words of documents can not look like that room."""
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
    return page.replace(_JSON_LD, _JSON_LD.replace(b"dx-json-ld", stamp.json_slot(text).encode()))
