"""Packages, their files and their history → the one description of the data sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.metadata.described import DescribedCatalogue, DescribedDataset, DescribedSource
from generator.metadata.files import SiteFile, describe_files
from generator.metadata.released import describe_release
from generator.metadata.texts import both_clean, both_lines, to_line
from generator.model import DataRelease, Keywords, Place, Publication, Remark, Theme
from generator.package import Subset
from generator.package.descriptor import description_of
from generator.package.releases import Release
from generator.package.subsets import EVERYTHING, SubsetSource
from generator.schemas import TableSchema


@dataclass(frozen=True)
class History:
    """What is recorded to have changed, and the data that were kept, newest first."""

    records: Sequence[DataRelease] = ()
    releases: Sequence[Release] = ()


def describe_catalogue(
    site_url: str,
    subsets: Sequence[Subset],
    files: Sequence[SiteFile],
    schemas: Sequence[TableSchema],
    history: History,
) -> DescribedCatalogue:
    """The description of these packages; of a project in which nothing was read yet, that there are none.

    Raises BuildError for a file of a package of which the kind is not known.
    """
    of_folder: dict[str, list[SiteFile]] = {}
    for file in files:
        of_folder.setdefault(file.address.rpartition("/")[0], []).append(file)
    current = tuple(
        _describe(subset, of_folder.get(f"data/{subset.folder}", ()), schemas, history.records)
        for subset in subsets
        if subset.years
    )
    whole = [one for one in current if one.folder == EVERYTHING]
    released = tuple(describe_release(release, whole[0], files, schemas) for release in history.releases if whole)
    return DescribedCatalogue(site_url, subsets[-1].publication, (*current, *released), tuple(schemas))


def _describe(
    subset: Subset, files: Sequence[SiteFile], schemas: Sequence[TableSchema], releases: Sequence[DataRelease]
) -> DescribedDataset:
    newest, places, themes = subset.newest_date(), subset.places, tuple(subset.themes.values())
    days = [day for day in (newest, _last_change(subset, releases)) if day]
    return DescribedDataset(
        name=subset.name,
        folder=subset.folder,
        page="data/" if subset.folder == EVERYTHING else f"{subset.folder}/",
        title=both_lines(Remark(zh=subset.title_zh, en=subset.title_en)),
        description=both_clean(description_of(subset)),
        version=subset.version(),
        issued=newest,
        modified=max(days, default=None),
        first_year=min(subset.years),
        last_year=max(subset.years),
        places=places,
        issuers=tuple(dict.fromkeys(to_line(source.issuer) for source in subset.sources if source.issuer)),
        sources=tuple(dict.fromkeys(_describe_source(source) for source in subset.sources)),
        themes=themes,
        keywords=_keywords(subset.publication, places, themes),
        licences=subset.publication.licenses,
        files=describe_files(subset.folder, files, schemas),
    )


def _describe_source(source: SubsetSource) -> DescribedSource:
    return DescribedSource(
        title=to_line(source.title),
        issuer=to_line(source.issuer),
        number=to_line(source.document_number),
        url=source.url,
        day=source.published_on or source.written_on,
    )


def _last_change(subset: Subset, releases: Iterable[DataRelease]) -> date | None:
    """The newest day on which something of this data set is recorded to have changed."""
    prefix = "" if subset.folder == EVERYTHING else f"{subset.name}-"
    days = [
        release.day
        for release in releases
        if any((change.commitment or change.record).startswith(prefix) for change in release.changes)
    ]
    return max(days, default=None)


def _keywords(publication: Publication, places: Sequence[Place], themes: Sequence[Theme]) -> Keywords:
    """The words of the publication, then the names of places and themes, each once."""
    said = publication.keywords
    zh = (*said.zh, *(place.zh for place in places), *(theme.zh for theme in themes))
    en = (*said.en, *(place.en for place in places), *(theme.en for theme in themes))
    return Keywords(zh=tuple(dict.fromkeys(map(to_line, zh))), en=tuple(dict.fromkeys(map(to_line, en))))
