"""The one description of the data sets and their files, from which every catalogue of the site is written.

It holds facts alone: what a data set is called, what it covers, who is behind it, and each file with its size and
digest as it lies on the site. How schema.org, DCAT, Croissant and data.json say them stands in files of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.metadata.addresses import to_url
from generator.metadata.files import DescribedFile
from generator.model import Keywords, License, Place, Publication, Remark, Theme
from generator.package.subsets import EVERYTHING
from generator.schemas import TableSchema


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

    ``issued`` is the newest day of its documents, the data's own time; ``modified`` the newest recorded change, too. A
    data set with a day ``released`` is everything as it was published then: it never changes.
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
    licences: tuple[License, ...]
    files: tuple[DescribedFile, ...]
    released: date | None = None

    @property
    def licence(self) -> str:
        """The address of the text of its first licence, for catalogues that know one alone."""
        return to_url(self.licences[0].path)

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day that its commitments are about."""
        return date(self.first_year, 1, 1), date(self.last_year, 12, 31)


@dataclass(frozen=True)
class DescribedCatalogue:
    """All data sets of a site: each place's year, everything, and then the releases of everything, newest first."""

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

    @cached_property
    def whole(self) -> DescribedDataset:
        """The data set that holds everything: there is one wherever there is any."""
        return next(one for one in self.datasets if one.folder == EVERYTHING)

    @property
    def licence(self) -> str:
        """The address of the text of the first licence of what is published now."""
        return to_url(self.publication.licenses[0].path)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place that a data set is about."""
        return tuple({place.slug: place for dataset in self.datasets for place in dataset.places}.values())

    @property
    def current(self) -> tuple[DescribedDataset, ...]:
        """The data sets as they are now."""
        return tuple(one for one in self.datasets if not one.released)

    @property
    def releases(self) -> tuple[DescribedDataset, ...]:
        """The data sets that never change, newest first."""
        return tuple(one for one in self.datasets if one.released)

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
