"""The one description of the data sets and their files, from which every catalogue of the site is written.

It holds facts alone: what a data set is called, what it covers, who is behind it, and each file with its size and
digest as it lies on the site. How schema.org, DCAT, Croissant and data.json say them stands in files of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from generator.errors import BuildError, Problem
from generator.metadata.addresses import to_url
from generator.metadata.filekinds import DESCRIPTOR, FileKind, kind_of
from generator.model import DataRelease, Keywords, Place, Publication, Remark, Source, Theme
from generator.package import Subset
from generator.package.descriptor import description_of
from generator.schemas import TableSchema

WHOLE = "all"
"""The folder of the data set that holds everything."""


@dataclass(frozen=True)
class SiteFile:
    """A file of the site: its address from the root, its size in bytes, its digest in hexadecimal."""

    address: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DescribedFile:
    """A file in which a data set comes. ``schema`` is that of its table, None for a file of several tables."""

    file: SiteFile
    kind: FileKind
    title: Remark
    schema: TableSchema | None

    @property
    def name(self) -> str:
        """Its name without a folder."""
        return PurePosixPath(self.file.address).name


@dataclass(frozen=True)
class DescribedSource:
    """A document that the data were read from, as it names itself."""

    title: str
    issuer: str
    number: str
    url: str
    day: date | None


@dataclass(frozen=True)
class DescribedDataset:
    """A data set: the year of a place, or everything. ``page`` is the address of its page from the root of the site.

    ``issued`` is the newest day of its documents, the data's own time; ``modified`` the newest recorded change, too.
    """

    name: str
    folder: str
    page: str
    title: Remark
    description: Remark
    version: str
    issued: date | None
    modified: date | None
    first_year: int
    last_year: int
    places: tuple[Place, ...]
    issuers: tuple[str, ...]
    sources: tuple[DescribedSource, ...]
    themes: tuple[Theme, ...]
    keywords: Keywords
    files: tuple[DescribedFile, ...]

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day that its commitments are about."""
        return date(self.first_year, 1, 1), date(self.last_year, 12, 31)


@dataclass(frozen=True)
class DescribedCatalogue:
    """All data sets of a site, the one that holds everything last."""

    site_url: str
    publication: Publication
    datasets: tuple[DescribedDataset, ...]
    schemas: tuple[TableSchema, ...]

    def address(self, path: str = "") -> str:
        """The whole address of a path from the root of the site."""
        return to_url(f"{self.site_url}{path}")

    def dataset_address(self, dataset: DescribedDataset) -> str:
        """What a data set is called by all catalogues: the address of its page."""
        return self.address(dataset.page)

    @property
    def home(self) -> str:
        """What the catalogue itself is called."""
        return self.address("data/#catalogue")

    @property
    def licence(self) -> str:
        """The address of the text of the first licence, which a catalogue that knows one alone is told."""
        return to_url(self.publication.licenses[0].path)

    @cached_property
    def whole(self) -> DescribedDataset:
        """The data set that holds everything."""
        return next(one for one in self.datasets if one.folder == WHOLE)

    @cached_property
    def modified(self) -> date | None:
        """The newest day of any data set."""
        return max((one.modified for one in self.datasets if one.modified), default=None)

    @cached_property
    def issued(self) -> date | None:
        """The first day of any data set."""
        return min((one.issued for one in self.datasets if one.issued), default=None)

    def citation(self, dataset: DescribedDataset) -> str:
        """How to cite a data set: who, what, which version, where."""
        title, who = dataset.title, self.publication.publisher.name
        return (
            f"{who.zh} ({who.en}). {title.zh} ({title.en}) [Data set]. "
            f"Version {dataset.version}. {self.dataset_address(dataset)}"
        )


def describe_catalogue(
    site_url: str,
    subsets: Sequence[Subset],
    files: Sequence[SiteFile],
    schemas: Sequence[TableSchema],
    releases: Sequence[DataRelease],
) -> DescribedCatalogue:
    """The description of these packages. Raises BuildError for a file of a package of which the kind is not known."""
    datasets = tuple(_describe(subset, files, schemas, releases) for subset in subsets)
    return DescribedCatalogue(site_url, subsets[-1].publication, datasets, tuple(schemas))


def _describe(
    subset: Subset, files: Sequence[SiteFile], schemas: Sequence[TableSchema], releases: Sequence[DataRelease]
) -> DescribedDataset:
    years = [assessed.register.year for assessed in subset.registers]
    newest = subset.newest_date()
    places = tuple({assessed.place.slug: assessed.place for assessed in subset.registers}.values())
    themes = _themes(subset)
    days = [day for day in (newest, _last_change(subset, releases)) if day]
    return DescribedDataset(
        name=subset.name,
        folder=subset.folder,
        page="data/" if subset.folder == WHOLE else f"{subset.folder}/",
        title=_line(Remark(zh=subset.title_zh, en=subset.title_en)),
        description=_clean_both(description_of(subset)),
        version=subset.version(),
        issued=newest,
        modified=max(days, default=None),
        first_year=min(years),
        last_year=max(years),
        places=places,
        issuers=tuple(dict.fromkeys(_to_line(source.issuer) for source in subset.sources() if source.issuer)),
        sources=tuple(dict.fromkeys(_describe_source(source) for source in subset.sources())),
        themes=themes,
        keywords=_keywords(subset.publication, places, themes),
        files=tuple(_describe_file(file, schemas) for file in files if _is_of(file, subset)),
    )


def _is_of(file: SiteFile, subset: Subset) -> bool:
    return PurePosixPath(file.address).parent.as_posix() == f"data/{subset.folder}"


def _describe_file(file: SiteFile, schemas: Sequence[TableSchema]) -> DescribedFile:
    path = PurePosixPath(file.address)
    known = kind_of(path.name)
    if known is None:
        raise BuildError(
            Problem(
                file.address,
                0,
                "file-kind-unknown",
                f"a file {path.suffix or path.name!r}",
                "expected a kind of file that the catalogues know",
                "add it to FILE_KINDS in generator/metadata/filekinds.py",
            )
        )
    schema = next((one for one in schemas if one.name == path.stem), None) if path.name != DESCRIPTOR else None
    title = Remark(zh=schema.title.zh, en=schema.title.en) if schema else known.title
    return DescribedFile(file, known, title, schema)


def _describe_source(source: Source) -> DescribedSource:
    return DescribedSource(
        title=_to_line(source.title),
        issuer=_to_line(source.issuer),
        number=_to_line(source.document_number),
        url=source.url,
        day=source.published_on or source.written_on,
    )


def _last_change(subset: Subset, releases: Iterable[DataRelease]) -> date | None:
    """The newest day on which something of this data set is recorded to have changed."""
    prefix = "" if subset.folder == WHOLE else f"{subset.name}-"
    days = [
        release.day
        for release in releases
        if any((change.commitment or change.record).startswith(prefix) for change in release.changes)
    ]
    return max(days, default=None)


def _themes(subset: Subset) -> tuple[Theme, ...]:
    """The themes that its commitments have, in the order of the catalogue of themes."""
    found = {one.theme for assessed in subset.registers for item in assessed.commitments for one in item.themes}
    known = {theme.slug: theme for assessed in subset.registers for theme in assessed.catalogue.themes}
    return tuple(theme for slug, theme in known.items() if slug in found)


def _keywords(publication: Publication, places: Sequence[Place], themes: Sequence[Theme]) -> Keywords:
    """The words of the publication, then the names of places and themes, each once."""
    said = publication.keywords
    zh = (*said.zh, *(place.zh for place in places), *(theme.zh for theme in themes))
    en = (*said.en, *(place.en for place in places), *(theme.en for theme in themes))
    return Keywords(zh=tuple(dict.fromkeys(map(_to_line, zh))), en=tuple(dict.fromkeys(map(_to_line, en))))


def _line(words: Remark) -> Remark:
    return Remark(zh=_to_line(words.zh), en=_to_line(words.en))


def _to_line(text: str) -> str:
    """A title as one line: no line ends and no control characters, which no catalogue shows."""
    return " ".join(_clean(text).split())


def _clean_both(words: Remark) -> Remark:
    return Remark(zh=_clean(words.zh), en=_clean(words.en))


def _clean(text: str) -> str:
    return "".join(char for char in text if char in "\n\t" or (char >= " " and not "\x7f" <= char <= "\x9f"))
