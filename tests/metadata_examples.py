"""Descriptions of the example city's data sets, with plain words or with words that try to break out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from generator.assess import load_catalogue, sort_registers
from generator.metadata.describe import History, describe_catalogue
from generator.metadata.described import DescribedCatalogue
from generator.metadata.files import SiteFile
from generator.model import Catalogue, DataChange, DataRelease, Place, Publication, Publisher, Register, Remark, Source
from generator.package.releases import Release
from generator.publication import load_publication
from generator.schemas import load_schemas
from tests import page_examples as examples
from tests.assess_examples import CONTENT, WORDS
from tests.conftest import FIXTURES
from tests.packed import packages_of

SITE = "https://example.org/sub/"
HOSTILE = (
    '"quote" \\back\\u0022 \\" <b>&amp;</b> </script><!-- ]]> \n@prefix x: <y> . \r\t \x00\x07\x1f\x7f\x85 '
    "\ud800 \U0001f600 \u2028 \u202e {{7*7}} ''' \"\"\" > <urn:x> ^^xsd:int @en"
)
HOSTILE_URL = 'https://example.org/a b>"<c>{d}|e\\f^g`h\n?x=1&y="2"#[z]%41%'


HOSTILE_PLACE = Place(zh='"市"\n> .', en="</script>\\", slug="testville", kind="city", code="990000")
UNCODED_PLACE = Place(zh="某区", en="An area", slug="testville", kind="functional")


def site_files(folder: str, name: str) -> list[SiteFile]:
    """Some files of a package, of every kind, with sizes and digests of their own."""
    names = ["datapackage.json", f"{name}.zip", f"{name}.xlsx"]
    names += [f"{table}{suffix}" for table in ("commitments", "sources", "targets") for suffix in (".csv", ".json")]
    names += [f"{name}.sqlite", "commitments.parquet"] if folder == "all" else []
    return [
        SiteFile(f"data/{folder}/{one}", 100 + index, hashlib.sha256(f"{folder}{one}".encode()).hexdigest())
        for index, one in enumerate(names)
    ]


def make_publication(**publisher: str) -> Publication:
    """The publication of the fixtures; ``url`` and ``email`` of the publisher as given."""
    publication = load_publication(FIXTURES / "content")
    who = Publisher(name=Remark(zh="某发布者", en="A publisher"), **publisher)
    return msgspec.structs.replace(publication, publisher=who)


def hostile_register() -> Register:
    """The example register with hostile titles, issuers and addresses. Half characters do not get as far as this."""
    words = HOSTILE.replace("\ud800", "")
    register = examples.make_register(examples.Words(text=words, other=words))
    source: Source = msgspec.structs.replace(register.sources[0], url=HOSTILE_URL)
    return msgspec.structs.replace(register, sources=(source,))


def make_catalogue(
    register: Register | None = None,
    publication: Publication | None = None,
    site_url: str = SITE,
    place: Place = examples.PLACE,
    kept: Sequence[Release] = (),
) -> DescribedCatalogue:
    """The example city's year, everything, and what was kept, described."""
    assessed = examples.assess(register or examples.make_register(examples.Words()), WORDS, place)
    catalogue = load_catalogue(CONTENT)
    sorted_by_theme = sort_registers([assessed], Catalogue(themes=catalogue.themes), CONTENT)
    subsets = packages_of(sorted_by_theme, publication or make_publication())
    files = [file for subset in subsets for file in site_files(subset.folder, subset.name)]
    files += [file for one in kept for file in site_files(f"releases/{one.day}", one.name)]
    return describe_catalogue(site_url, subsets, files, load_schemas(CONTENT), History((), kept))


def keep(folder: Path, day: date, licence: str = "https://example.org/old-licence/") -> Release:
    """A release of the example city as it was, under a licence of its time."""
    document = {
        "source_id": "testville-2021-livelihood-plan",
        "place_code": "990000",
        "place": "测试市",
        "year": 2021,
        "title": "旧的通知",
        "issuer": "市政府",
        "document_number": None,
        "written_on": "2021-02-03",
        "published_on": None,
        "url": None,
    }
    (folder / "sources.json").write_text(json.dumps([document]), encoding="utf-8")
    descriptor = {
        "name": f"duixian-{day}",
        "title": f"旧题 · Old title · {day}",
        "description": "当时的说明。\n\nWhat was said then.",
        "version": f"{day.year}.{day.month}.{day.day}",
        "licenses": [{"name": "OLD-1.0", "path": licence, "title": "旧许可 · Old licence"}],
    }
    return Release(day, folder, descriptor)


def release(day: date, commitment: str) -> DataRelease:
    """A recorded change of one commitment's data."""
    change = DataChange(table="commitments", record=commitment, commitment=commitment, column="status", new="met")
    return DataRelease(day=day, since=date(2020, 1, 1), reason=Remark(zh="试", en="try"), changes=(change,))
