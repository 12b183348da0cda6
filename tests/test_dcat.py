"""The DCAT catalogue: both syntaxes say the same and have the shape of DCAT-AP 3; planted defects are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node as Term

from generator.metadata.dcat import catalogue_to_dcat
from generator.metadata.described import DescribedCatalogue
from generator.metadata.rdf import render_json_ld, render_turtle
from tests.metadata_examples import (
    HOSTILE_PLACE,
    HOSTILE_URL,
    SITE,
    UNCODED_PLACE,
    hostile_register,
    keep,
    make_catalogue,
    make_publication,
)

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SH = Namespace("http://www.w3.org/ns/shacl#")

YEAR = URIRef(f"{SITE}testville/2024/")
WHOLE = URIRef(f"{SITE}data/")
CATALOGUE = URIRef(f"{SITE}data/#catalogue")
SERVICE = URIRef(f"{SITE}data/#addresses")
CSV = URIRef(f"{SITE}data/testville/2024/commitments.csv#distribution")
ZIP = URIRef(f"{SITE}data/testville/2024/testville-2024.zip#distribution")


@cache
def shapes() -> Graph:
    return Graph().parse(Path(__file__).parent / "shapes" / "dcat-ap.ttl")


def check_shapes(graph: Graph) -> tuple[bool, Graph]:
    """Whether a graph has no violation, and the report, in which warnings stand, too."""
    conforms, report, _ = validate(graph, shacl_graph=shapes(), allow_warnings=True)
    assert isinstance(report, Graph)
    return conforms, report


def both(catalogue: DescribedCatalogue) -> tuple[Graph, Graph]:
    nodes = catalogue_to_dcat(catalogue)
    turtle = Graph().parse(data=render_turtle(nodes), format="turtle")
    return turtle, Graph().parse(data=render_json_ld(nodes), format="json-ld")


@cache
def plain() -> Graph:
    return both(make_catalogue())[0]


def fresh() -> Graph:
    """A copy of the plain catalogue, to be damaged."""
    graph = Graph()
    graph += plain()
    return graph


CASES: dict[str, Callable[[], DescribedCatalogue]] = {
    "plain": make_catalogue,
    "no code": lambda: make_catalogue(place=UNCODED_PLACE),
    "contact": lambda: make_catalogue(
        publication=make_publication(url="https://example.org/who", email="a@example.org")
    ),
    "hostile": lambda: make_catalogue(hostile_register(), make_publication(url=HOSTILE_URL), place=HOSTILE_PLACE),
    "hostile site": lambda: make_catalogue(site_url="https://example.org/a b>/"),
}


@pytest.mark.parametrize("case", CASES)
def test_both_syntaxes_say_the_same_and_conform_without_a_warning(case: str) -> None:
    turtle, json_ld = both(CASES[case]())
    assert isomorphic(turtle, json_ld)
    for graph in (turtle, json_ld):
        conforms, report = check_shapes(graph)
        assert conforms and not list(report.subjects(RDF.type, SH.ValidationResult)), report.serialize()


def test_releases_conform_too(tmp_path: Path) -> None:
    turtle, json_ld = both(make_catalogue(kept=[keep(tmp_path, date(2025, 1, 1), HOSTILE_URL)]))
    assert isomorphic(turtle, json_ld)
    conforms, report = check_shapes(turtle)
    assert conforms and not list(report.subjects(RDF.type, SH.ValidationResult)), report.serialize()


def test_what_the_catalogue_says() -> None:
    graph = fresh()
    assert set(graph.objects(CATALOGUE, DCAT.dataset)) == {YEAR, WHOLE}
    assert graph.value(YEAR, DCT.isPartOf) == WHOLE and graph.value(WHOLE, DCT.hasPart) == YEAR
    assert set(graph.objects(YEAR, DCT.title)) == {
        Literal("测试市2024年政府承诺与兑现", lang="zh"),
        Literal("Test City 2024: government commitments and what became of them", lang="en"),
    }
    assert graph.value(CATALOGUE, DCAT.service) == SERVICE
    assert graph.value(SERVICE, DCAT.endpointDescription) == URIRef(f"{SITE}data/openapi.json")
    period = graph.value(YEAR, DCT.temporal)
    assert graph.value(period, DCAT.startDate) == Literal("2024-01-01", datatype=XSD.date)
    assert graph.value(period, DCAT.endDate) == Literal("2024-12-31", datatype=XSD.date)
    assert graph.value(YEAR, DCT.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    place = graph.value(YEAR, DCT.spatial)
    assert "990000" in {str(one) for one in graph.objects(None, SKOS.notation)}
    assert Literal("Test City", lang="en") in set(graph.objects(place, SKOS.prefLabel))
    document = graph.value(YEAR, PROV.wasDerivedFrom)
    assert graph.value(document, FOAF.page) == URIRef("https://example.org/?a=1&b=2")
    assert graph.value(URIRef(f"{SITE}data/#contact"), VCARD.hasURL) == URIRef(f"{SITE}about/")


def test_what_it_says_of_a_file() -> None:
    graph = fresh()
    assert graph.value(CSV, DCAT.downloadURL) == URIRef(f"{SITE}data/testville/2024/commitments.csv")
    assert graph.value(CSV, DCAT.mediaType) == URIRef("https://www.iana.org/assignments/media-types/text/csv")
    assert graph.value(CSV, DCAT.compressFormat) is None
    zipped = URIRef("https://www.iana.org/assignments/media-types/application/zip")
    assert graph.value(ZIP, DCAT.compressFormat) == graph.value(ZIP, DCAT.packageFormat) == zipped
    descriptor = URIRef(f"{SITE}data/all/datapackage.json#distribution")
    assert graph.value(descriptor, DCT.conformsTo) == graph.value(WHOLE, DCT.conformsTo)


# --- planted defects -----------------------------------------------------------------------------------------------

Damage = Callable[[Graph], object]


def without(subject: Term, predicate: URIRef) -> Damage:
    return lambda graph: graph.remove((subject, predicate, None))


def added(subject: Term, predicate: URIRef, value: Term) -> Damage:
    return lambda graph: graph.add((subject, predicate, value))


def replaced(subject: Term, predicate: URIRef, value: Term) -> Damage:
    return lambda graph: graph.set((subject, predicate, value))


def of_kind(kind: URIRef, damage: Callable[[Term], Damage]) -> Damage:
    """Damage the first thing of a kind, which may have no name."""
    return lambda graph: damage(next(iter(graph.subjects(RDF.type, kind))))(graph)


DEFECTS: dict[str, Damage] = {
    "catalogue without publisher": without(CATALOGUE, DCT.publisher),
    "catalogue without title": without(CATALOGUE, DCT.title),
    "catalogue without licence": without(CATALOGUE, DCT.license),
    "catalogue without data sets": without(CATALOGUE, DCAT.dataset),
    "data set without licence": without(YEAR, DCT.license),
    "data set without description": without(YEAR, DCT.description),
    "data set without files": without(YEAR, DCAT.distribution),
    "data set without theme": without(YEAR, DCAT.theme),
    "data set without EU theme": lambda graph: graph.remove(
        (YEAR, DCAT.theme, URIRef("http://publications.europa.eu/resource/authority/data-theme/GOVE"))
    ),
    "data set without period": without(YEAR, DCT.temporal),
    "data set in no catalogue": lambda graph: graph.remove((CATALOGUE, DCAT.dataset, YEAR)),
    "two titles in one language": added(YEAR, DCT.title, Literal("另一个", lang="zh")),
    "title in one language": lambda graph: graph.remove((YEAR, DCT.title, graph.value(YEAR, DCT.title))),
    "title without language": added(YEAR, DCT.title, Literal("x")),
    "title in French": added(YEAR, DCT.title, Literal("x", lang="fr")),
    "two versions": added(YEAR, DCAT.version, Literal("2")),
    "two publishers": added(YEAR, DCT.publisher, BNode()),
    "publisher that is text": replaced(YEAR, DCT.publisher, Literal("某")),
    "issued in words": replaced(YEAR, DCT.issued, Literal("2024年")),
    "issued after modified": replaced(YEAR, DCT.issued, Literal("2099-01-01", datatype=XSD.date)),
    "landing page that is text": replaced(YEAR, DCAT.landingPage, Literal("https://example.org/")),
    "language that is text": added(YEAR, DCT.language, Literal("zh")),
    "keyword without language": added(YEAR, DCAT.keyword, Literal("x")),
    "file without address": without(CSV, DCAT.accessURL),
    "file without licence": without(CSV, DCT.license),
    "file without digest": without(CSV, SPDX.checksum),
    "file of two data sets": added(WHOLE, DCAT.distribution, CSV),
    "byteSize as text": replaced(CSV, DCAT.byteSize, Literal("100")),
    "byteSize below nothing": replaced(CSV, DCAT.byteSize, Literal("-1", datatype=XSD.nonNegativeInteger)),
    "media type as text": replaced(CSV, DCAT.mediaType, Literal("text/csv")),
    "media type not of IANA": replaced(CSV, DCAT.mediaType, URIRef("https://example.org/csv")),
    "address that is no web address": replaced(CSV, DCAT.downloadURL, URIRef("javascript:alert(1)")),
    "digest of another kind": of_kind(SPDX.Checksum, lambda one: replaced(one, SPDX.checksumValue, Literal("abc"))),
    "digest by another algorithm": of_kind(
        SPDX.Checksum, lambda one: replaced(one, SPDX.algorithm, SPDX.checksumAlgorithm_md5)
    ),
    "service without address": without(SERVICE, DCAT.endpointURL),
    "service of no data": without(SERVICE, DCAT.servesDataset),
    "service without title": without(SERVICE, DCT.title),
    "agent without name": of_kind(FOAF.Agent, lambda one: without(one, FOAF.name)),
    "period that ends before it starts": of_kind(
        DCT.PeriodOfTime, lambda one: replaced(one, DCAT.endDate, Literal("1999-01-01", datatype=XSD.date))
    ),
    "place without name": of_kind(DCT.Location, lambda one: without(one, SKOS.prefLabel)),
    "document without title": of_kind(FOAF.Document, lambda one: without(one, DCT.title)),
    "theme in no scheme": of_kind(SKOS.Concept, lambda one: without(one, SKOS.inScheme)),
    "contact without address": without(URIRef(f"{SITE}data/#contact"), VCARD.hasURL),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_planted_defects_are_found(defect: str) -> None:
    graph = fresh()
    before = len(graph), set(graph)
    DEFECTS[defect](graph)
    assert (len(graph), set(graph)) != before, "nothing was damaged"
    assert not check_shapes(graph)[0]


def test_what_is_recommended_is_a_warning() -> None:
    for predicate, subject in ((DCAT.contactPoint, YEAR), (DCT.spatial, CATALOGUE), (DCT.language, CATALOGUE)):
        graph = fresh()
        graph.remove((subject, predicate, None))
        conforms, report = check_shapes(graph)
        assert conforms and list(report.objects(None, SH.resultPath)) == [predicate]
