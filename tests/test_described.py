"""One description of the data sets: schema.org, DCAT, Croissant and data.json are written from it and agree."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rdflib import Graph, Namespace, URIRef

from generator import stamp
from generator.errors import BuildError
from generator.metadata import croissant, datajson, dcat, rdf, schemaorg
from generator.metadata.describe import History, describe_catalogue
from generator.metadata.described import DescribedCatalogue
from generator.metadata.filekinds import FILE_KINDS, NAMED, kind_of
from generator.metadata.files import SiteFile
from generator.model import Place
from generator.package.subsets import Subset
from generator.schemas import load_schemas
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.metadata_examples import (
    HOSTILE,
    HOSTILE_PLACE,
    HOSTILE_URL,
    SITE,
    hostile_register,
    keep,
    make_catalogue,
    make_publication,
    release,
)
from tests.packed import packages_of

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
Listed = dict[str, dict[str, tuple[int, str]]]
"""By data set and address: size and digest of each file."""


def in_schema_org(catalogue: DescribedCatalogue) -> Listed:
    found: Listed = {}
    for dataset in catalogue.datasets:
        said = schemaorg.dataset_to_schema_org(catalogue, dataset)
        found[said["@id"]] = {
            one["contentUrl"]: (int(one["contentSize"].removesuffix(" B")), one["sha256"])
            for one in said["distribution"]
        }
    return found


def in_dcat(catalogue: DescribedCatalogue) -> Listed:
    graph = Graph().parse(data=rdf.render_turtle(dcat.catalogue_to_dcat(catalogue)))
    found: Listed = {}
    for dataset, file in graph.subject_objects(DCAT.distribution):
        digest = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        size = graph.value(file, DCAT.byteSize)
        address = graph.value(file, DCAT.downloadURL)
        found.setdefault(str(dataset), {})[str(address)] = (int(str(size)), str(digest))
    return found


def in_data_json(catalogue: DescribedCatalogue) -> Listed:
    said = json.loads(datajson.render_data_json(catalogue))
    return {
        one["identifier"]: {
            file["downloadURL"]: (file["byteSize"], file["checksum"]["checksumValue"]) for file in one["distribution"]
        }
        for one in said["dataset"]
    }


def in_croissant(catalogue: DescribedCatalogue) -> dict[str, tuple[int, str]]:
    said = json.loads(croissant.render_croissant(catalogue, catalogue.whole))
    return {
        one["contentUrl"]: (int(one["contentSize"].removesuffix(" B")), one["sha256"]) for one in said["distribution"]
    }


@pytest.mark.parametrize("site_url", [SITE, "https://example.org/a b>/"])
def test_all_catalogues_name_the_same_files_with_the_same_sizes_and_digests(site_url: str, tmp_path: Path) -> None:
    catalogue = make_catalogue(site_url=site_url, kept=[keep(tmp_path, date(2025, 1, 1))])
    listed = in_schema_org(catalogue)
    assert listed == in_dcat(catalogue) == in_data_json(catalogue)
    assert [len(files) for files in listed.values()] == [9, 11, 9]
    whole = listed[catalogue.address("data/")]
    assert in_croissant(catalogue) == {name: said for name, said in whole.items() if name.endswith(".csv")}
    assert all(address.startswith(catalogue.address("data/")) for files in listed.values() for address in files)


def test_a_file_of_an_unknown_kind_is_refused_and_files_elsewhere_are_no_ones() -> None:
    subsets = subsets_of()
    with pytest.raises(BuildError, match=r"data/all/x\.odd: \[file-kind-unknown\] .*filekinds\.py"):
        describe_catalogue(SITE, subsets, [SiteFile("data/all/x.odd", 1, "0" * 64)], load_schemas(CONTENT), History())
    elsewhere = [SiteFile("data/x.odd", 1, "0" * 64), SiteFile("data/all/deeper/x.csv", 1, "0" * 64)]
    assert [one.files for one in describe_catalogue(SITE, subsets, elsewhere, (), History()).datasets] == [(), ()]


def subsets_of() -> tuple[Subset, ...]:
    return packages_of([examples.assess(examples.make_register(examples.Words()), WORDS)], make_publication())


def test_kinds_of_files_have_registered_names() -> None:
    kinds = [*FILE_KINDS.values(), *NAMED.values()]
    for kind in kinds:
        assert re.fullmatch(r"(text|application)/[a-z0-9.+-]+", kind.media_type)
        assert kind.media_type_iri.endswith(kind.media_type)
    assert kind_of("x/datapackage.json") is FILE_KINDS[".json"] and kind_of("x") is None


def test_a_recorded_change_is_the_day_of_the_data_that_it_is_about() -> None:
    def modified(commitment: str) -> list[date | None]:
        changes = History([release(date(2025, 3, 1), commitment)])
        catalogue = describe_catalogue(SITE, subsets_of(), [], (), changes)
        return [one.modified for one in catalogue.datasets]

    assert modified("testville-2024-livelihood-001") == [date(2025, 3, 1)] * 2
    assert modified("elsewhere-2024-livelihood-001") == [date(2024, 12, 31), date(2025, 3, 1)]
    assert make_catalogue().issued == date(2024, 12, 31)


def test_a_release_says_what_it_was_published_with(tmp_path: Path) -> None:
    for day in ("2025-01-01", "2026-01-01"):
        (tmp_path / day).mkdir()
    old, new = keep(tmp_path / "2025-01-01", date(2025, 1, 1)), keep(tmp_path / "2026-01-01", date(2026, 1, 1))
    catalogue = make_catalogue(kept=[new, old])
    assert [one.name for one in catalogue.releases] == ["duixian-2026-01-01", "duixian-2025-01-01"]
    assert catalogue.current == catalogue.datasets[:2] and catalogue.whole is catalogue.current[-1]
    said = schemaorg.dataset_to_schema_org(catalogue, catalogue.releases[1])
    assert said["name"] == "旧题 · 2025-01-01" and said["alternateName"] == "Old title · 2025-01-01"
    assert said["description"] == "当时的说明。\n\nWhat was said then."
    assert said["license"] == "https://example.org/old-licence/" and said["version"] == "2025.1.1"
    assert said["datePublished"] == said["dateModified"] == "2025-01-01"
    assert said["temporalCoverage"] == "2021-01-01/2021-12-31" and said["creator"][0]["name"] == "市政府"
    assert said["@id"] == f"{SITE}data/#release-2025-01-01" and said["exampleOfWork"]["@id"] == f"{SITE}data/"
    assert said["isBasedOn"][0]["datePublished"] == "2021-02-03"
    whole = schemaorg.dataset_to_schema_org(catalogue, catalogue.whole)
    archives = [one["distribution"][0]["contentUrl"] for one in whole["workExample"]]
    assert archives == [f"{SITE}data/releases/{day}/duixian-{day}.zip" for day in ("2026-01-01", "2025-01-01")]
    assert whole["license"] == "https://creativecommons.org/licenses/by/4.0/"
    graph = Graph().parse(data=rdf.render_turtle(dcat.catalogue_to_dcat(catalogue)))
    iris = {name: URIRef(f"{SITE}data/#release-{name}") for name in ("2026-01-01", "2025-01-01")}
    assert set(graph.objects(URIRef(f"{SITE}data/"), DCAT.hasVersion)) == set(iris.values())
    assert dict(graph.subject_objects(DCAT.previousVersion)) == {iris["2026-01-01"]: iris["2025-01-01"]}
    assert graph.value(iris["2025-01-01"], DCAT.isVersionOf) == URIRef(f"{SITE}data/")


def test_a_release_is_about_its_own_places_even_when_they_are_gone(tmp_path: Path) -> None:
    kept = keep(tmp_path, date(2025, 1, 1))
    other = Place(zh="别市", en="Elsewhere", slug="elsewhere", kind="city", code="990100")
    (release,) = make_catalogue(place=other, kept=[kept]).releases
    assert [(one.zh, one.en, one.slug, one.code) for one in release.places] == [
        ("测试市", "testville", "testville", "990000")
    ]
    (release,) = make_catalogue(kept=[kept]).releases
    assert [one.en for one in release.places] == ["Test City"]


def test_a_project_in_which_nothing_was_read_yet_has_an_empty_catalogue() -> None:
    catalogue = describe_catalogue(SITE, packages_of([], make_publication()), [], load_schemas(CONTENT), History())
    assert catalogue.datasets == () and catalogue.issued is None
    home = json.loads(schemaorg.render_catalogue_page(catalogue))
    assert home["dataset"] == [] and "datePublished" not in home
    assert len(json.loads(schemaorg.render_data_page(catalogue))["@graph"]) == 1
    assert json.loads(datajson.render_data_json(catalogue))["dataset"] == []
    graph = Graph().parse(data=rdf.render_turtle(dcat.catalogue_to_dcat(catalogue)))
    assert not list(graph.subject_objects(DCAT.dataset)) and list(graph.subject_objects(DCAT.contactPoint))


# --- schema.org ----------------------------------------------------------------------------------------------------


def schema_org() -> dict[str, Any]:
    catalogue = make_catalogue()
    return schemaorg.dataset_to_schema_org(catalogue, catalogue.datasets[0])


def test_a_data_set_says_what_search_engines_ask_for() -> None:
    said = schema_org()
    assert said["@type"] == "Dataset" and said["@id"] == said["url"] == f"{SITE}testville/2024/"
    assert said["name"] == "测试市2024年政府承诺与兑现"
    assert said["alternateName"] == "Test City 2024: government commitments and what became of them"
    assert 50 <= len(said["description"]) <= 5000
    assert said["identifier"] == "testville-2024"
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["creator"] == [{"@type": "GovernmentOrganization", "name": "市民政局"}]
    assert said["publisher"]["name"] == "某发布者" and said["publisher"]["url"] == SITE
    assert said["temporalCoverage"] == "2024-01-01/2024-12-31"
    (place,) = said["spatialCoverage"]
    assert place["identifier"] == {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": "990000"}
    assert said["datePublished"] == said["dateModified"] == "2024-12-31"
    assert said["includedInDataCatalog"]["@id"] == f"{SITE}data/#catalogue"
    assert said["isPartOf"]["@id"] == f"{SITE}data/"
    assert said["version"] in said["citation"] and said["url"] in said["citation"]
    (document,) = said["isBasedOn"]
    assert document["url"] == "https://example.org/?a=1&b=2" and document["datePublished"] == "2024-02-04"
    assert {"测试市", "Test City", "养老", "Elderly care"} <= set(said["keywords"])


def test_what_is_measured_is_no_key_and_no_position() -> None:
    named = {one["propertyID"] for one in schema_org()["variableMeasured"]}
    assert {"targets.value", "rates.published", "rates.verdict", "commitments.status"} <= named
    assert not {"commitments.start", "commitments.commitment_id", "targets.position", "commitments.text"} & named


def test_every_file_says_where_it_is_and_what_it_is() -> None:
    files = {one["contentUrl"].rpartition("/")[2]: one for one in schema_org()["distribution"]}
    assert files["testville-2024.zip"]["encodingFormat"] == "application/zip"
    assert files["commitments.csv"]["name"] == "承诺 · Commitments (commitments.csv)"
    assert files["testville-2024.xlsx"]["encodingFormat"].endswith("spreadsheetml.sheet")


def test_the_page_of_a_data_set_names_its_files_as_a_whole() -> None:
    catalogue = make_catalogue()
    whole, page = schema_org(), json.loads(schemaorg.render_dataset_page(catalogue, catalogue.datasets[0]))
    names = [one["contentUrl"].rpartition("/")[2] for one in page["distribution"]]
    assert {"testville-2024.zip", "testville-2024.xlsx", "datapackage.json"} == set(names)
    assert all(one in whole["distribution"] for one in page["distribution"])
    left = whole.keys() - {"variableMeasured", "distribution"}
    assert {key: page[key] for key in left} == {key: whole[key] for key in left}
    assert "variableMeasured" not in page


def test_pages_about_all_data_name_the_catalogue_and_what_it_lists() -> None:
    catalogue = make_catalogue()
    home = json.loads(schemaorg.render_catalogue_page(catalogue))
    assert home["@type"] == "DataCatalog"
    assert [one["@id"] for one in home["dataset"]] == [f"{SITE}testville/2024/", f"{SITE}data/"]
    assert all(one["name"] and 50 <= len(one["description"]) <= 5000 and one["license"] for one in home["dataset"])
    listed, whole = json.loads(schemaorg.render_data_page(catalogue))["@graph"]
    assert listed["@id"] == home["@id"] and whole["@id"] == f"{SITE}data/"
    assert [one["@id"] for one in whole["hasPart"]] == [f"{SITE}testville/2024/"]


def test_where_no_document_names_its_issuer_the_publisher_made_the_data() -> None:
    register = examples.make_register(examples.Words())
    nameless = msgspec.structs.replace(register, sources=(msgspec.structs.replace(register.sources[0], issuer=""),))
    catalogue = make_catalogue(nameless)
    said = schemaorg.dataset_to_schema_org(catalogue, catalogue.whole)
    assert [one["name"] for one in said["creator"]] == ["某发布者"]


def test_a_mail_address_is_a_way_to_ask() -> None:
    catalogue = make_catalogue(publication=make_publication(email="a@example.org"))
    said = schemaorg.dataset_to_schema_org(catalogue, catalogue.whole)
    assert said["publisher"]["contactPoint"]["email"] == "mailto:a@example.org"
    assert json.loads(datajson.render_data_json(catalogue))["dataset"][0]["contactPoint"]["hasEmail"] == (
        "mailto:a@example.org"
    )


# --- Croissant and data.json ---------------------------------------------------------------------------------------


def test_croissant_describes_every_column_of_every_table() -> None:
    catalogue = make_catalogue()
    said = json.loads(croissant.render_croissant(catalogue, catalogue.whole))
    assert said["@type"] == "sc:Dataset" and said["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert {"name", "description", "license", "url", "creator", "datePublished", "version", "citeAs"} <= set(said)
    assert {"@language", "@vocab", "cr", "sc", "dct", "data", "dataType", "recordSet", "field"} <= set(said["@context"])
    schemas = {schema.name: schema for schema in load_schemas(CONTENT)}
    files = {one["@id"]: one for one in said["distribution"]}
    assert [one["@id"] for one in said["recordSet"]] == ["commitments", "sources", "targets"]
    for table in said["recordSet"]:
        schema = schemas[table["@id"]]
        assert [one["name"] for one in table["field"]] == list(schema.column_names())
        keys = table["key"] if isinstance(table["key"], list) else [table["key"]]
        assert [one["@id"] for one in keys] == [f"{schema.name}/{name}" for name in schema.primary_key]
        for field, column in zip(table["field"], schema.columns, strict=True):
            assert field["source"]["extract"] == {"column": column.name}
            assert files[field["source"]["fileObject"]["@id"]]["encodingFormat"] == "text/csv"
            assert field["dataType"] == f"sc:{TYPES[column.type]}"
    fields = {one["@id"]: one["description"] for table in said["recordSet"] for one in table["field"]}
    assert fields["targets/commitment_id"].endswith(" Refers to commitments/commitment_id.")
    identifiers = [one["@id"] for kind in ("distribution", "recordSet") for one in said[kind]] + list(fields)
    assert len(identifiers) == len(set(identifiers))


TYPES = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}


def test_data_json_has_what_project_open_data_requires() -> None:
    said = json.loads(datajson.render_data_json(make_catalogue()))
    assert said["@type"] == "dcat:Catalog" and said["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    required = ["title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel"]
    for one in said["dataset"]:
        assert all(one[name] for name in required)
        assert one["accessLevel"] == "public" and re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", one["temporal"])
        assert one["describedBy"].endswith("/datapackage.json") and one["license"].startswith("https://")
        assert all({"downloadURL", "mediaType", "format", "title"} <= set(file) for file in one["distribution"])
    year, whole = said["dataset"]
    assert year["isPartOf"] == whole["identifier"] and "isPartOf" not in whole


# --- hostile words -------------------------------------------------------------------------------------------------


def test_hostile_words_are_text_in_every_description() -> None:
    catalogue = make_catalogue(hostile_register(), make_publication(url=HOSTILE_URL), place=HOSTILE_PLACE)
    for text in (
        schemaorg.render_catalogue_page(catalogue),
        schemaorg.render_data_page(catalogue),
        schemaorg.render_dataset_page(catalogue, catalogue.datasets[0]),
    ):
        slot = stamp.json_slot(text)
        assert "<" not in slot and ">" not in slot and json.loads(slot) == json.loads(text)
    for text in (croissant.render_croissant(catalogue, catalogue.whole), datajson.render_data_json(catalogue)):
        assert json.loads(text)
    whole = schemaorg.dataset_to_schema_org(catalogue, catalogue.whole)
    (creator,) = whole["creator"]
    assert (
        "\n" not in creator["name"] and creator["name"].startswith('"quote" \\back') and "\x00" not in creator["name"]
    )
    (document,) = whole["isBasedOn"]
    assert not set(document["url"]) & set(' <>"\n') and URIRef(document["url"]).n3()
    assert HOSTILE.partition(" ")[0] in creator["name"]
