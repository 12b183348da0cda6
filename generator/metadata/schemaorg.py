"""The data sets as schema.org sees them, for the pages that are about them (JSON-LD).

Properties are those that Google's guideline for data sets names; a page says of its own data set everything, and of
others what leads there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.metadata.addresses import mail_address, to_url, web_address
from generator.metadata.described import DescribedCatalogue, DescribedDataset, DescribedSource
from generator.metadata.files import DescribedFile
from generator.model import Place
from generator.schemas import Column, TableSchema

Said = dict[str, Any]

_CONTEXT = "https://schema.org"


def render_catalogue_page(catalogue: DescribedCatalogue) -> str:
    """The JSON-LD of the home page: the catalogue and what it lists."""
    return _render({"@context": _CONTEXT, **_catalogue(catalogue)})


def render_data_page(catalogue: DescribedCatalogue) -> str:
    """The JSON-LD of the data page: the catalogue, and the data set that holds everything, if there is any."""
    whole = [dataset_to_schema_org(catalogue, catalogue.whole)] if catalogue.datasets else []
    return _render({"@context": _CONTEXT, "@graph": [_catalogue(catalogue), *whole]})


def render_dataset_page(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> str:
    """The JSON-LD of the page of one data set: its files as a whole, since single tables would make the page larger.

    Those and what they measure are said by the data page for everything, and by the other catalogues.
    """
    files = [_download(catalogue, file) for file in dataset.files if not file.schema]
    return _render({"@context": _CONTEXT, **_dataset(catalogue, dataset, {"distribution": files})})


def _render(data: Said) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _catalogue(catalogue: DescribedCatalogue) -> Said:
    publication = catalogue.publication
    said = {
        "@type": "DataCatalog",
        "@id": catalogue.home,
        "name": publication.title.zh,
        "alternateName": publication.title.en,
        "description": f"{publication.description.zh}\n\n{publication.description.en}",
        "url": catalogue.address("data/"),
        "license": catalogue.licence,
        "publisher": _publisher(catalogue),
        "dataset": [_reference(catalogue, dataset) for dataset in catalogue.current],
    }
    return _with_days(said, catalogue)


def _reference(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> Said:
    """A data set where another thing speaks of it: its name, and enough to stand alone."""
    return {
        "@type": "Dataset",
        "@id": catalogue.dataset_address(dataset),
        "name": dataset.title.zh,
        "alternateName": dataset.title.en,
        "description": _description(dataset),
        "url": catalogue.dataset_address(dataset),
        "license": dataset.licence,
        "creator": _creators(catalogue, dataset),
    }


def dataset_to_schema_org(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> Said:
    """Everything that is known of a data set and its files."""
    files = [_download(catalogue, file) for file in dataset.files]
    return _dataset(catalogue, dataset, {"variableMeasured": list(_variables(catalogue)), "distribution": files})


def _dataset(catalogue: DescribedCatalogue, dataset: DescribedDataset, held: Said) -> Said:
    """What is known of a data set, with what is said of that which it holds."""
    first, last = dataset.period
    said = {
        **_reference(catalogue, dataset),
        "identifier": dataset.name,
        "version": dataset.version,
        "inLanguage": ["zh-Hans", "en"],
        "isAccessibleForFree": True,
        "publisher": _publisher(catalogue),
        "keywords": [*dataset.keywords.zh, *dataset.keywords.en],
        "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
        "spatialCoverage": [_place(place) for place in dataset.places],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": catalogue.home,
            "name": catalogue.publication.title.zh,
            "url": catalogue.address("data/"),
        },
        "citation": catalogue.citation(dataset),
        "isBasedOn": [_document(source) for source in dataset.sources],
        **held,
    }
    said |= _relations(catalogue, dataset)
    return _with_days(said, dataset)


def _relations(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> Said:
    """A year is a part of everything, a release one state of it."""
    whole = catalogue.whole
    if dataset is not whole:
        relation = "exampleOfWork" if dataset.released else "isPartOf"
        return {relation: {"@type": "Dataset", "@id": catalogue.dataset_address(whole)}}
    parts = [one for one in catalogue.current if one is not whole]
    said: Said = {"hasPart": [{"@type": "Dataset", "@id": catalogue.dataset_address(one)} for one in parts]}
    if catalogue.releases:
        said["workExample"] = [_release(catalogue, one) for one in catalogue.releases]
    return said


def _release(catalogue: DescribedCatalogue, release: DescribedDataset) -> Said:
    archives = [_download(catalogue, file) for file in release.files if file.kind.packed]
    said = {**_reference(catalogue, release), "version": release.version, "distribution": archives}
    return _with_days(said, release)


def _description(dataset: DescribedDataset) -> str:
    return f"{dataset.description.zh}\n\n{dataset.description.en}"


def _with_days(said: Said, dated: DescribedCatalogue | DescribedDataset) -> Said:
    if dated.issued:
        said["datePublished"] = dated.issued.isoformat()
    if dated.modified:
        said["dateModified"] = dated.modified.isoformat()
    return said


def _creators(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> list[Said]:
    """Whose words and numbers they are; where no document says it, who publishes them."""
    issuers = [{"@type": "GovernmentOrganization", "name": issuer} for issuer in dataset.issuers]
    return issuers or [_publisher(catalogue)]


def _publisher(catalogue: DescribedCatalogue) -> Said:
    publisher = catalogue.publication.publisher
    said: Said = {"@type": "Organization", "name": publisher.name.zh, "alternateName": publisher.name.en}
    said["url"] = web_address(publisher.url) or catalogue.address()
    if publisher.email:
        contact = {"@type": "ContactPoint", "contactType": "data", "email": mail_address(publisher.email)}
        said["contactPoint"] = contact
    return said


def _place(place: Place) -> Said:
    said: Said = {"@type": "Place", "name": place.zh, "alternateName": place.en}
    if place.code:
        said["identifier"] = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": place.code}
    return said


def _document(source: DescribedSource) -> Said:
    said: Said = {"@type": "CreativeWork", "name": source.title}
    if source.issuer:
        said["publisher"] = {"@type": "GovernmentOrganization", "name": source.issuer}
    if source.number:
        said["identifier"] = source.number
    if source.day:
        said["datePublished"] = source.day.isoformat()
    address = web_address(source.url)
    return {**said, "url": address} if address else said


def _variables(catalogue: DescribedCatalogue) -> Iterator[Said]:
    """What the tables measure: numbers, and states from a list; no keys and no positions."""
    for schema in catalogue.schemas:
        for column in schema.columns:
            if _is_measured(schema, column):
                name = f"{schema.title.zh}：{column.title.zh} · {schema.title.en}: {column.title.en}"
                yield {"@type": "PropertyValue", "name": name, "propertyID": f"{schema.name}.{column.name}"}


def _is_measured(schema: TableSchema, column: Column) -> bool:
    keys = {*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields)}
    return (column.type == "number" or bool(column.enum)) and column.name not in {*schema.incidental, *keys}


def _download(catalogue: DescribedCatalogue, file: DescribedFile) -> Said:
    return {
        "@type": "DataDownload",
        "name": f"{file.title.zh} · {file.title.en} ({file.name})",
        "contentUrl": to_url(catalogue.site_url + file.file.address),
        "encodingFormat": file.kind.media_type,
        "contentSize": f"{file.file.size} B",
        "sha256": file.file.sha256,
    }
