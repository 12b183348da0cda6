"""``data.json``: the index that harvesters of open data know (Project Open Data / DCAT-US 1.1).

Size and digest of a file are no words of DCAT-US 1.1; they stand there in those of DCAT, which it is a form of.
"""

from __future__ import annotations

from typing import Any

from generator.metadata.addresses import mail_address, to_url, web_address
from generator.metadata.dcat import PROFILE
from generator.metadata.described import DescribedCatalogue, DescribedDataset
from generator.metadata.filekinds import DESCRIPTOR
from generator.metadata.files import DescribedFile
from generator.metadata.texts import render_json

Said = dict[str, Any]

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"


def render_data_json(catalogue: DescribedCatalogue) -> str:
    """The index of all data sets with every file."""
    data = {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": catalogue.address("data.json"),
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [_dataset(catalogue, dataset) for dataset in catalogue.datasets],
    }
    return render_json(data)


def _dataset(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> Said:
    first, last = dataset.period
    whole = catalogue.whole
    said: Said = {
        "@type": "dcat:Dataset",
        "identifier": catalogue.dataset_address(dataset),
        "title": f"{dataset.title.zh} · {dataset.title.en}",
        "description": f"{dataset.description.zh}\n\n{dataset.description.en}",
        "keyword": [*dataset.keywords.zh, *dataset.keywords.en],
        "publisher": _publisher(catalogue),
        "contactPoint": _contact(catalogue),
        "accessLevel": "public",
        "license": dataset.licence,
        "spatial": "; ".join(f"{place.zh} {place.en} {place.code}".rstrip() for place in dataset.places),
        "temporal": f"{first.isoformat()}/{last.isoformat()}",
        "accrualPeriodicity": "irregular",
        "language": ["zh-Hans", "en"],
        "landingPage": catalogue.dataset_address(dataset),
        "conformsTo": PROFILE,
        "describedBy": catalogue.address(f"data/{dataset.folder}/{DESCRIPTOR}"),
        "describedByType": "application/json",
        "distribution": [_distribution(catalogue, file) for file in dataset.files],
    }
    if dataset.issued:
        said["issued"] = dataset.issued.isoformat()
    if dataset.modified:
        said["modified"] = dataset.modified.isoformat()
    references = dict.fromkeys(web_address(source.url) for source in dataset.sources if web_address(source.url))
    if references:
        said["references"] = list(references)
    return said if dataset is whole else {**said, "isPartOf": catalogue.dataset_address(whole)}


def _publisher(catalogue: DescribedCatalogue) -> Said:
    name = catalogue.publication.publisher.name
    return {"@type": "org:Organization", "name": f"{name.zh} · {name.en}"}


def _contact(catalogue: DescribedCatalogue) -> Said:
    publisher = catalogue.publication.publisher
    said = {"@type": "vcard:Contact", "fn": f"{publisher.name.zh} · {publisher.name.en}"}
    return {**said, "hasEmail": mail_address(publisher.email)} if publisher.email else said


def _distribution(catalogue: DescribedCatalogue, file: DescribedFile) -> Said:
    return {
        "@type": "dcat:Distribution",
        "title": f"{file.title.zh} · {file.title.en} ({file.name})",
        "downloadURL": to_url(catalogue.site_url + file.file.address),
        "mediaType": file.kind.media_type,
        "format": file.kind.label,
        "byteSize": file.file.size,
        "checksum": {"@type": "spdx:Checksum", "algorithm": "sha256", "checksumValue": file.file.sha256},
    }
