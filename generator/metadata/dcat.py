"""The catalogue in DCAT 3, with what DCAT-AP 3 asks for and recommends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from generator.metadata.addresses import mail_address, web_address
from generator.metadata.described import DescribedCatalogue, DescribedDataset, DescribedSource
from generator.metadata.filekinds import DESCRIPTOR
from generator.metadata.files import DescribedFile
from generator.metadata.rdf import Iri, Node, Text
from generator.model import Keywords, License, Place, Remark, Theme
from generator.pages.addresses import DESCRIPTION

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = (Iri(f"{_EU}/language/ZHO"), Iri(f"{_EU}/language/ENG"))
_GOVERNMENT = Iri(f"{_EU}/data-theme/GOVE")
_PUBLIC = Iri(f"{_EU}/access-right/PUBLIC")
_IRREGULAR = Iri(f"{_EU}/frequency/IRREG")
_STABLE = Iri(f"{_EU}/planned-availability/STABLE")

Values = Sequence[Iri | Text | Node]


def catalogue_to_dcat(catalogue: DescribedCatalogue) -> list[Node]:
    """The catalogue, its data sets and their files, and what these speak of: publisher, licences, themes."""
    themes = {theme.slug: theme for dataset in catalogue.datasets for theme in dataset.themes}
    licences = {one.path: one for one in catalogue.publication.licenses}
    licences |= {one.path: one for dataset in catalogue.datasets for one in dataset.licences}
    return [
        _catalogue(catalogue),
        _publisher(catalogue),
        _contact(catalogue),
        *(_licence(licence) for licence in licences.values()),
        *(_place(catalogue, place) for place in catalogue.places),
        _taxonomy(catalogue),
        *(_theme(catalogue, theme) for theme in themes.values()),
        *([_service(catalogue)] if catalogue.datasets else []),
        *(node for dataset in catalogue.datasets for node in _dataset_and_files(catalogue, dataset)),
    ]


def _catalogue(catalogue: DescribedCatalogue) -> Node:
    publication = catalogue.publication
    return Node(
        ("dcat:Catalog",),
        (
            ("dct:title", _both(publication.title)),
            ("dct:description", _both(publication.description)),
            ("dct:publisher", [Iri(_publisher_address(catalogue))]),
            ("dct:license", [Iri(catalogue.licence)]),
            ("dct:language", _LANGUAGES),
            ("dct:issued", _day(catalogue.issued)),
            ("dct:modified", _day(catalogue.modified)),
            ("dct:spatial", _places(catalogue, catalogue.places)),
            ("foaf:homepage", [Iri(catalogue.address("data/"))]),
            ("dcat:themeTaxonomy", [Iri(f"{_EU}/data-theme"), Iri(catalogue.address("themes/"))]),
            ("dcat:contactPoint", [Iri(_contact_address(catalogue))]),
            ("dcat:service", [Iri(_service_address(catalogue))] if catalogue.datasets else []),
            ("dcat:dataset", [Iri(catalogue.dataset_address(dataset)) for dataset in catalogue.datasets]),
        ),
        catalogue.home,
    )


def _dataset_and_files(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> list[Node]:
    files = dataset.files
    return [
        _dataset(catalogue, dataset),
        *(_distribution(catalogue, dataset, file) for file in files),
        *(_checksum(catalogue, file) for file in files),
    ]


def _dataset(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> Node:
    return Node(
        ("dcat:Dataset",),
        (
            ("dct:title", _both(dataset.title)),
            ("dct:description", _both(dataset.description)),
            ("dct:identifier", [Text(dataset.name)]),
            ("dcat:version", [Text(dataset.version)]),
            ("dct:publisher", [Iri(_publisher_address(catalogue))]),
            ("dct:creator", [_agent(issuer) for issuer in dataset.issuers]),
            ("dct:license", [Iri(licence.path) for licence in dataset.licences]),
            ("dct:accessRights", [_PUBLIC]),
            ("dct:language", _LANGUAGES),
            ("dct:issued", _day(dataset.issued)),
            ("dct:modified", _day(dataset.modified)),
            ("dct:accrualPeriodicity", [_IRREGULAR]),
            ("dct:temporal", [_period(dataset)]),
            ("dct:spatial", _places(catalogue, dataset.places)),
            ("dcat:theme", [_GOVERNMENT, *(Iri(_theme_address(catalogue, theme)) for theme in dataset.themes)]),
            ("dcat:keyword", _keywords(dataset.keywords)),
            ("dcat:contactPoint", [Iri(_contact_address(catalogue))]),
            ("dcat:landingPage", [Iri(catalogue.dataset_address(dataset))]),
            ("dct:conformsTo", [Iri(PROFILE)]),
            ("dct:bibliographicCitation", [Text(catalogue.citation(dataset))]),
            ("prov:wasDerivedFrom", [_document(source) for source in dataset.sources]),
            *_relations(catalogue, dataset),
            ("dcat:distribution", [Iri(_distribution_address(catalogue, file)) for file in dataset.files]),
        ),
        catalogue.dataset_address(dataset),
    )


def _relations(catalogue: DescribedCatalogue, dataset: DescribedDataset) -> list[tuple[str, Values]]:
    """A year is a part of everything, a release a version of it, and the release before it an earlier one."""

    def named(datasets: Iterable[DescribedDataset]) -> list[Iri]:
        return [Iri(catalogue.dataset_address(one)) for one in datasets]

    whole, releases = catalogue.whole, catalogue.releases
    if dataset is whole:
        parts = (one for one in catalogue.current if one is not whole)
        return [("dct:hasPart", named(parts)), ("dcat:hasVersion", named(releases))]
    if not dataset.released:
        return [("dct:isPartOf", named([whole]))]
    before = releases[releases.index(dataset) + 1 :][:1]
    return [("dcat:isVersionOf", named([whole])), ("dcat:previousVersion", named(before))]


def _distribution(catalogue: DescribedCatalogue, dataset: DescribedDataset, file: DescribedFile) -> Node:
    known, address = file.kind, catalogue.address(file.file.address)
    media_type, file_type = Iri(known.media_type_iri), known.file_type_iri
    return Node(
        ("dcat:Distribution",),
        (
            ("dct:title", _both(_file_title(file))),
            ("dct:description", _both(known.title)),
            ("dcat:accessURL", [Iri(address)]),
            ("dcat:downloadURL", [Iri(address)]),
            ("dcat:mediaType", [media_type]),
            ("dct:format", [Iri(file_type)] if file_type else []),
            # A zip both packs several files together and compresses them.
            ("dcat:compressFormat", [media_type] if known.packed else []),
            ("dcat:packageFormat", [media_type] if known.packed else []),
            ("dcat:byteSize", [Text(str(file.file.size), datatype="xsd:nonNegativeInteger")]),
            ("spdx:checksum", [Iri(f"{address}#checksum")]),
            ("dct:license", [Iri(dataset.licence)]),
            ("dct:modified", _day(dataset.modified)),
            ("dcatap:availability", [_STABLE]),
            ("dct:conformsTo", [Iri(PROFILE)] if file.name == DESCRIPTOR else []),
        ),
        _distribution_address(catalogue, file),
    )


def _checksum(catalogue: DescribedCatalogue, file: DescribedFile) -> Node:
    properties = (
        ("spdx:algorithm", [Iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")]),
        ("spdx:checksumValue", [Text(file.file.sha256, datatype="xsd:hexBinary")]),
    )
    return Node(("spdx:Checksum",), properties, f"{catalogue.address(file.file.address)}#checksum")


def _file_title(file: DescribedFile) -> Remark:
    return Remark(zh=f"{file.title.zh}（{file.name}）", en=f"{file.title.en} ({file.name})")


def _distribution_address(catalogue: DescribedCatalogue, file: DescribedFile) -> str:
    """A distribution is not its file: it has a name of its own."""
    return f"{catalogue.address(file.file.address)}#distribution"


def _service_address(catalogue: DescribedCatalogue) -> str:
    return catalogue.address("data/#addresses")


def _service(catalogue: DescribedCatalogue) -> Node:
    """The JSON at one address for each thing, with its description in OpenAPI."""
    about = Remark(
        zh="每个地区、年份、承诺、责任单位、指标和主题各有一个 JSON 地址，网址固定，不用密钥。",
        en="One JSON address for each place, year, commitment, department, measure and theme; it stays, no key.",
    )
    return Node(
        ("dcat:DataService",),
        (
            ("dct:title", _both(Remark(zh="按地址取 JSON", en="One JSON address for each thing"))),
            ("dct:description", _both(about)),
            ("dct:publisher", [Iri(_publisher_address(catalogue))]),
            ("dct:license", [Iri(catalogue.licence)]),
            ("dct:accessRights", [_PUBLIC]),
            ("dcat:contactPoint", [Iri(_contact_address(catalogue))]),
            ("dcat:landingPage", [Iri(_service_address(catalogue))]),
            ("dcat:endpointURL", [Iri(catalogue.address())]),
            ("dcat:endpointDescription", [Iri(catalogue.address(DESCRIPTION))]),
            ("dcat:servesDataset", [Iri(catalogue.dataset_address(catalogue.whole))]),
        ),
        _service_address(catalogue),
    )


def _publisher_address(catalogue: DescribedCatalogue) -> str:
    return catalogue.address("data/#publisher")


def _publisher(catalogue: DescribedCatalogue) -> Node:
    publisher = catalogue.publication.publisher
    homepage = web_address(publisher.url) or catalogue.address()
    properties = (
        ("foaf:name", _both(publisher.name)),
        ("foaf:homepage", [Iri(homepage)]),
        ("foaf:mbox", [Iri(mail_address(publisher.email))] if publisher.email else []),
    )
    return Node(("foaf:Agent",), properties, _publisher_address(catalogue))


def _contact(catalogue: DescribedCatalogue) -> Node:
    """Whom to ask: the publisher's page and mail address; where no page is given, the one about the site says how."""
    publisher = catalogue.publication.publisher
    properties = (
        ("vcard:fn", _both(publisher.name)),
        ("vcard:hasEmail", [Iri(mail_address(publisher.email))] if publisher.email else []),
        ("vcard:hasURL", [Iri(web_address(publisher.url) or catalogue.address("about/"))]),
    )
    return Node(("vcard:Organization",), properties, _contact_address(catalogue))


def _contact_address(catalogue: DescribedCatalogue) -> str:
    return catalogue.address("data/#contact")


def _licence(licence: License) -> Node:
    properties = (("dct:title", _both(licence.title)), ("dct:identifier", [Text(licence.name)]))
    return Node(("dct:LicenseDocument",), properties, licence.path)


def _taxonomy(catalogue: DescribedCatalogue) -> Node:
    title = Remark(zh="主题", en="Themes")
    return Node(("skos:ConceptScheme",), (("dct:title", _both(title)),), catalogue.address("themes/"))


def _theme_address(catalogue: DescribedCatalogue, theme: Theme) -> str:
    return catalogue.address(f"themes/{theme.slug}/")


def _theme(catalogue: DescribedCatalogue, theme: Theme) -> Node:
    divisions = (theme.cofog, *theme.cofog_also)
    properties: tuple[tuple[str, Values], ...] = (
        ("skos:prefLabel", _both(Remark(zh=theme.zh, en=theme.en))),
        ("skos:notation", [Text(f"COFOG {division.code}") for division in divisions]),
        ("skos:inScheme", [Iri(catalogue.address("themes/"))]),
    )
    return Node(("skos:Concept",), properties, _theme_address(catalogue, theme))


def _agent(name: str) -> Node:
    return Node(("foaf:Agent",), (("foaf:name", [Text(name, "zh")]),))


def _places(catalogue: DescribedCatalogue, places: Iterable[Place]) -> list[Iri]:
    return [Iri(_place_address(catalogue, place)) for place in places]


def _place_address(catalogue: DescribedCatalogue, place: Place) -> str:
    """A place is not its page: it has a name of its own."""
    return catalogue.address(f"{place.slug}/#place")


def _place(catalogue: DescribedCatalogue, place: Place) -> Node:
    notation = (("skos:notation", [Text(place.code)]), ("adms:schemaAgency", [Text("GB/T 2260")]))
    identifier = [Node(("adms:Identifier",), notation)] if place.code else []
    named = _both(Remark(zh=place.zh, en=place.en))
    properties = (("skos:prefLabel", named), ("adms:identifier", identifier))
    return Node(("dct:Location",), properties, _place_address(catalogue, place))


def _period(dataset: DescribedDataset) -> Node:
    first, last = dataset.period
    return Node(("dct:PeriodOfTime",), (("dcat:startDate", _day(first)), ("dcat:endDate", _day(last))))


def _document(source: DescribedSource) -> Node:
    address = web_address(source.url)
    properties = (
        ("dct:title", [Text(source.title, "zh")]),
        ("dct:identifier", [Text(source.number)] if source.number else []),
        ("dct:issued", _day(source.day)),
        ("dct:publisher", [_agent(source.issuer)] if source.issuer else []),
        ("foaf:page", [Iri(address)] if address else []),
    )
    return Node(("foaf:Document",), properties)


def _keywords(keywords: Keywords) -> list[Text]:
    return [*(Text(word, "zh") for word in keywords.zh), *(Text(word, "en") for word in keywords.en)]


def _both(words: Remark) -> list[Text]:
    return [Text(words.zh, "zh"), Text(words.en, "en")]


def _day(day: date | None) -> list[Text]:
    return [Text(day.isoformat(), datatype="xsd:date")] if day else []
