"""The JSON of places, years, commitments, departments, measures and themes: same data as the tables, as described."""

from __future__ import annotations

import copy
import csv
import json
import posixpath
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import validate

from generator.api import (
    SiteSaid,
    make_description,
    releases_to_records,
    render_record,
    render_retired_twin,
    render_twin,
)
from generator.api.departments import moved_record
from generator.api.render import decimal_names, encode_assessed, encode_value
from generator.assess import load_reported_words
from generator.inert import unguard_text
from generator.model import AssessedTarget, DataChange, DataRelease, Remark, Source, Target
from generator.pages.addresses import ADDRESS_KINDS, example_addresses
from generator.pages.commitment_page import year_to_pages
from generator.pages.data import render_data
from generator.pages.outline import City, registers_to_cities
from generator.publish import assess_content
from generator.schemas import load_schemas
from tests.json_addresses import Description, hrefs, load_description, site_problems
from tests.kept_examples import keep_years, records_of
from tests.own import OWN_REGISTERS
from tests.page_examples import HOSTILE, Words, assess, make_register

CONTENT = Path("content")
SITE = SiteSaid("https://example.org/duixian/", "兑现", ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"))
CsvRow = dict[str, str]


@dataclass(frozen=True)
class Api:
    """All records of some cities by their address, as a reader parses them, and their description."""

    cities: tuple[City, ...]
    records: dict[str, Any]
    description: Description

    def of(self, pattern: str) -> dict[str, Any]:
        """The records whose address matches."""
        return {address: record for address, record in self.records.items() if re.fullmatch(pattern, address)}


def make_api(cities: tuple[City, ...]) -> Api:
    texts = {address: render_record(record) for address, record in records_of(cities, SITE.title)}
    for year in (year for city in cities for year in city.years):
        texts |= {f"{year.path}/{page.file}.json": render_twin(page) for page in year_to_pages(year)}
        start = f"{year.place.slug}-{year.year}-"
        for identifier in (one for register in year.registers for one in register.register.retired):
            texts[f"{year.path}/{identifier.removeprefix(start)}.json"] = render_retired_twin(identifier)
    description = json.loads(render_record(make_description(SITE, keep_years(*cities), load_schemas(CONTENT))))
    return Api(cities, {address: json.loads(text) for address, text in texts.items()}, Description(description))


@pytest.fixture(scope="module")
def api() -> Api:
    """The API of the repository's own registers."""
    return make_api(registers_to_cities(assess_content(CONTENT)))


@pytest.fixture(scope="module")
def hostile() -> Api:
    """The API of a city whose every word tries to break out."""
    register = make_register(Words(text=HOSTILE, other=HOSTILE))
    return make_api(registers_to_cities([assess(register, load_reported_words(CONTENT))]))


@cache
def table(name: str) -> list[CsvRow]:
    """The rows of a published table, with each text as it is: without what keeps spreadsheets from running it."""
    with (Path("datapackage/all") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{column: unguard_text(cell) for column, cell in row.items()} for row in csv.DictReader(file)]


# --- the description ----------------------------------------------------------------------------------------------


def test_the_description_is_valid_openapi(api: Api, hostile: Api) -> None:
    for one in (api, hostile):
        validate(one.description.data)
        assert one.description.data["openapi"] == "3.1.0"
    info = api.description.data["info"]
    assert info["license"]["url"] == SITE.licence[1] and re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert api.description.data["servers"] == [{"url": "https://example.org/duixian"}]


def test_every_kind_of_address_is_described_with_a_real_example(api: Api) -> None:
    examples = example_addresses(keep_years(*api.cities))
    assert set(examples) == {kind.code for kind in ADDRESS_KINDS}
    for kind in ADDRESS_KINDS:
        media = api.description.data["paths"][f"/{kind.pattern}"]["get"]["responses"]["200"]["content"]
        assert media["application/json"]["examples"]["real"]["externalValue"] == SITE.url + examples[kind.code]
        assert "changes" in kind.code or examples[kind.code] in api.records
        assert api.description.path_of(examples[kind.code]) == [f"/{kind.pattern}"]


def test_every_record_is_as_described(api: Api, hostile: Api) -> None:
    for one in (api, hostile):
        wrong = [said for address, record in one.records.items() for said in one.description.problems(address, record)]
        assert wrong == []
    paths = Counter(path for address in api.records for path in api.description.path_of(address))
    assert len(paths) == len([kind for kind in ADDRESS_KINDS if "changes" not in kind.code]), paths


def test_every_plain_field_says_what_it_means(api: Api) -> None:
    """Those of the model are described by their record as a whole (which has a title, as no shape of ours has)."""
    schemas = api.description.data["components"]["schemas"]
    assert all(schema["description"] for schema in schemas.values())
    ours = {name: schema for name, schema in schemas.items() if "title" not in schema and name != "ChangesFeed"}
    assert len(ours) > 30
    without = [
        f"{name}.{field}"
        for name, schema in ours.items()
        for field, said in schema.get("properties", {}).items()
        if said.get("type", "object") not in ("object", "array") and "description" not in said and field != "year"
    ]
    assert without == ["RetiredCommitment.id"]


def _drop(record: dict[str, Any]) -> None:
    del record["summary"]["not_computable"]


def _add(record: dict[str, Any]) -> None:
    record["commitments"][0]["verdict"] = "good"


def _number(record: dict[str, Any]) -> None:
    line = next(line for line in record["commitments"] if line["attained"])
    line["attained"] = float(line["attained"])


def _exponent(record: dict[str, Any]) -> None:
    next(line for line in record["commitments"] if line["attained"])["attained"] = "1E+2"


def _code(record: dict[str, Any]) -> None:
    record["commitments"][0]["status"] = "达到"


def _day(record: dict[str, Any]) -> None:
    record["as_of"] = "2024年12月"


@pytest.mark.parametrize("spoil", [_drop, _add, _number, _exponent, _code, _day])
def test_a_planted_wrong_field_fails(hostile: Api, spoil: Callable[[dict[str, Any]], None]) -> None:
    ((address, record),) = copy.deepcopy(hostile.of(r"[a-z]+/\d{4}/index\.json")).items()
    assert hostile.description.problems(address, record) == []
    spoil(record)
    assert len(hostile.description.problems(address, record)) == 1


def test_a_file_that_no_path_is_for_is_a_problem(api: Api) -> None:
    assert api.description.problems("hangzhou/2024/nobody.json", {}) == ["hangzhou/2024/nobody.json: 0 paths"]


def test_what_is_retired_or_moved_is_as_described(api: Api) -> None:
    retired = json.loads(render_retired_twin("hangzhou-2024-livelihood-999"))
    assert retired["retired"] is True
    assert api.description.problems("hangzhou/2024/livelihood-999.json", retired) == []
    place, _, unit, _ = min(api.of("[a-z]+/departments/[^/]+/index[.]json")).split("/")
    moved = moved_record("old-bureau", unit)
    assert api.description.problems(f"{place}/departments/old-bureau/index.json", moved) == []
    assert posixpath.normpath(posixpath.join(f"{place}/departments/old-bureau", str(moved["moved_to"]))) in api.records


# --- the same data as the tables ----------------------------------------------------------------------------------


def _lines(record: Any) -> Iterator[dict[str, Any]]:
    """Every commitment in short that stands anywhere in a record."""
    if isinstance(record, list):
        for one in record:
            yield from _lines(one)
    elif isinstance(record, dict):
        if "commitment_id" in record and "evidence_grade" in record:
            yield record
        for value in record.values():
            yield from _lines(value)


def _same_cells(line: dict[str, Any], row: CsvRow) -> None:
    for name in line.keys() & row.keys():
        cell = "" if line[name] is None else str(line[name])
        assert cell == row[name], (line.get("commitment_id"), name)


def test_places_and_years_are_those_of_the_tables(api: Api) -> None:
    counts = Counter((row["place_code"], row["year"]) for row in table("commitments"))
    site = api.records["index.json"]
    told = {
        (place["place"].get("code", ""), str(year["year"])): year["summary"]["commitments"]
        for place in site["places"]
        for year in place["years"]
    }
    assert told == counts
    assert site["summary"]["commitments"] == len(table("commitments"))
    assert site["summary"]["statuses"] == Counter(row["status"] for row in table("commitments")) | dict.fromkeys(
        site["summary"]["statuses"].keys() - {row["status"] for row in table("commitments")}, 0
    )
    for place in site["places"]:
        own = api.records[place["href"]]
        assert [year["summary"] for year in own["years"]] == [year["summary"] for year in place["years"]]


def test_a_year_has_the_commitments_sources_and_findings_of_its_tables(api: Api) -> None:
    years = api.of(r"[a-z]+/\d{4}/index\.json")
    by_id = {row["commitment_id"]: row for row in table("commitments")}
    for name, key in (("commitments", "commitment_id"), ("sources", "source_id"), ("findings", "finding_id")):
        told = [row for record in years.values() for row in record[name]]
        assert sorted(row[key] for row in told) == sorted(row[key] for row in table(name))
    for line in (line for record in api.records.values() for line in _lines(record)):
        _same_cells(line, by_id[line["commitment_id"]])
    for rows in (record["findings"] for record in years.values()):
        assert {row["finding_id"]: row["message_zh"] for row in rows}.items() <= {
            row["finding_id"]: row["message_zh"] for row in table("findings")
        }.items()


def test_sums_have_their_denominators(api: Api) -> None:
    for record in api.of(r"[a-z]+/\d{4}/index\.json").values():
        of = record["summary"]
        rows = [
            row
            for row in table("commitments")
            if row["commitment_id"] in {c["commitment_id"] for c in record["commitments"]}
        ]
        targets = [row for row in table("targets") if row["commitment_id"] in {row["commitment_id"] for row in rows}]
        assert of["commitments"] == len(rows) == sum(of["statuses"].values())
        assert of["not_computable"] == sum(row["schedule_state"] == "not_computable" for row in rows)
        assert of["computable"] + of["not_computable"] == of["commitments"]
        assert of["targets"] == len(targets)
        assert of["targets_not_computable"] == sum(row["schedule_state"] == "not_computable" for row in targets)
        for name in ("commitments", "targets"):
            assert sum(part["summary"][name] for part in record["programmes"]) == of[name]
        for check in record["checks"]:
            assert check["looked_at"] == check["right"] + check["found"] + check["not_computable"]


def test_a_commitment_is_that_of_its_table(api: Api) -> None:
    told = api.of(r"[a-z]+/\d{4}/(livelihood|key-work|feedback)-\d+\.json")
    by_id = {row["commitment_id"]: row for row in table("commitments")}
    told = {address: record for address, record in told.items() if "retired" not in record}
    assert sorted(record["id"] for record in told.values()) == sorted(by_id)
    targets = {row["target_id"]: row for row in table("targets")}
    for record in told.values():
        row, assessed = by_id[record["id"]], record["assessed"]
        assert [assessed["commitment"]["text"], assessed["status"]] == [row["text"], row["status"]]
        for target in assessed.get("targets", ()):
            cells = targets[f"{record['id']}.{target['target']['id']}"]
            assert target["target"]["value"] == cells["value"]
            assert target.get("attained", "") == cells["attained"]


def test_a_department_has_the_commitments_of_its_rows(api: Api) -> None:
    led: dict[tuple[str, str], set[str]] = {}
    supported: dict[tuple[str, str], set[str]] = {}
    for row in table("responsibilities"):
        key = (row["commitment_id"].split("-")[0], row["department_slug"])
        (led if row["role"] == "lead" else supported).setdefault(key, set()).add(row["commitment_id"])
    told = api.of(r"[a-z]+/departments/[^/]+/index\.json")
    assert {tuple(address.split("/")[::2][:2]) for address in told} == led.keys() | supported.keys()
    for address, record in told.items():
        key = (address.split("/")[0], record["department_slug"])
        assert {line["commitment_id"] for line in record["led"]} == led.get(key, set())
        assert {line["commitment_id"] for line in record["supported"]} == supported.get(key, set()) - led.get(
            key, set()
        )
        assert record["summary_led"]["commitments"] == len(record["led"])
    for address, record in api.of(r"[a-z]+/departments/index\.json").items():
        for line in record["departments"]:
            own = api.records[posixpath.join(posixpath.dirname(address), line["href"])]
            assert (line["led"], line["supported"]) == (len(own["led"]), len(own["supported"]))


def test_a_measure_has_the_targets_of_its_rows(api: Api) -> None:
    rows: dict[str, dict[str, CsvRow]] = {}
    for row in table("targets"):
        if row["measure_id"]:
            rows.setdefault(row["measure_id"], {})[row["target_id"]] = row
    told = api.of(r"measures/[^/]+/index\.json")
    assert {record["measure_id"] for record in told.values()} == set(rows)
    for record in told.values():
        own = [line for year in record["years"] for line in year["targets"]]
        assert {line["target_id"] for line in own} == set(rows[record["measure_id"]])
        assert record["summary"]["targets"] == len(own)
        for line in own:
            _same_cells(line, rows[record["measure_id"]][line["target_id"]])
    index = {line["measure_id"]: line for line in api.records["measures/index.json"]["measures"]}
    assert list(index) == [row["measure_id"] for row in table("measures")]
    assert all(index[slug]["targets"] == len(rows.get(slug, ())) for slug in index)
    assert all((index[slug]["href"] is None) == (slug not in rows) for slug in index)


def test_a_theme_has_the_commitments_of_its_rows(api: Api) -> None:
    rows: dict[str, set[str]] = {row["theme_id"]: set() for row in table("themes")}
    for row in table("commitment_themes"):
        rows[row["theme_id"]].add(row["commitment_id"])
    told = {record["theme_id"]: record for record in api.of(r"themes/[^/]+/index\.json").values()}
    assert list(told) == list(rows)
    for slug, record in told.items():
        own = [line["commitment_id"] for year in record["years"] for line in year["commitments"]]
        assert (set(own), len(own)) == (rows[slug], record["summary"]["commitments"])


def test_a_commitment_tells_its_changes_in_full_and_why(api: Api) -> None:
    change = DataChange(table="reports", record="x.r1", commitment="x", column="text", old="短", new="长" * 300)
    other = msgspec.structs.replace(change, commitment="y")
    release = DataRelease(
        day=date(2026, 3, 1), since=date(2026, 1, 1), reason=Remark("因", "why"), changes=(change, other)
    )
    records = releases_to_records([release, msgspec.structs.replace(release, day=date(2026, 2, 1))])
    (page, *_) = year_to_pages(api.cities[0].years[0])
    twin = json.loads(render_twin(page, records["x"]))
    address = f"{page.year.path}/{page.file}.json"
    assert api.description.problems(address, twin) == []
    assert [one["day"] for one in twin["history"]] == ["2026-03-01", "2026-02-01"]
    assert twin["history"][0]["reason"] == {"zh": "因", "en": "why"}
    assert twin["history"][0]["changes"] == [
        {"table": "reports", "record": "x.r1", "column": "text", "old": "短", "new": "长" * 300}
    ]


# --- references, sizes, text --------------------------------------------------------------------------------------


def test_references_lead_from_their_file_to_a_record(api: Api, hostile: Api) -> None:
    """Pages, packages, calendars and feeds are looked for in the built site."""
    for one in (api, hostile):
        found = 0
        for address, record in one.records.items():
            for href in hrefs(record):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(address), href))
                found += target in one.records
                if target.endswith(".json") and "changes" not in target and "data" not in target:
                    assert target in one.records, (address, href)
        assert found > len(one.records)


def test_lists_do_not_repeat_whole_commitments(api: Api) -> None:
    assert all("text" not in line for record in api.records.values() for line in _lines(record))


@pytest.mark.own(*OWN_REGISTERS)
def test_lists_are_small_beside_the_commitments(api: Api) -> None:
    sizes = {address: len(render_record(record)) for address, record in api.records.items()}
    whole = sum(size for address, size in sizes.items() if not address.endswith("index.json"))
    assert sum(size for address, size in sizes.items() if address.startswith("measures/")) < whole / 4
    assert sum(size for address, size in sizes.items() if address.startswith("themes/")) < whole / 4


def test_a_number_is_written_out_whatever_its_form() -> None:
    numbers = {"a": Decimal("1E+3"), "b": Decimal("0.50"), "c": Decimal("-0")}
    assert json.loads(render_record(dict(numbers))) == {"a": "1000", "b": "0.5", "c": "0"}


def test_text_stands_as_it_is(hostile: Api) -> None:
    first = hostile.records["testville/2024/livelihood-001.json"]
    assert first["assessed"]["commitment"]["text"] == HOSTILE
    findings = hostile.records["testville/2024/index.json"]["findings"]
    assert HOSTILE in [finding["message_zh"] for finding in findings]


def test_a_site_without_registers_has_an_index_all_the_same() -> None:
    empty = make_api(())
    validate(empty.description.data)
    assert set(empty.records) == {"index.json", "measures/index.json", "themes/index.json"}
    assert [said for address, one in empty.records.items() for said in empty.description.problems(address, one)] == []


def test_the_data_page_lists_the_addresses(api: Api, content: Path) -> None:
    shutil.copytree(CONTENT / "pages", content / "pages")
    text = render_data(content, keep_years(*api.cities), [], "https://example.org/duixian/")
    for code, address in example_addresses(keep_years(*api.cities)).items():
        assert f'<a href="../{address}">/{address}</a>' in text, code
    assert all(f"<code>/{kind.pattern}</code>" in text for kind in ADDRESS_KINDS)
    (curl,) = re.findall(r"<code[^>]*>curl -fsS https://example\.org/duixian/(\S+)</code>", text)
    assert curl in api.records


def test_a_department_that_had_another_slug_is_found_at_the_old_one() -> None:
    assessed = assess(make_register(Words()), load_reported_words(CONTENT))
    unit = assessed.catalogue.slugs
    slugs = msgspec.structs.replace(unit, former={"testville": {"old-bureau": "new-bureau"}})
    changed = msgspec.structs.replace(assessed, catalogue=msgspec.structs.replace(assessed.catalogue, slugs=slugs))
    records = dict(records_of(registers_to_cities([changed]), "兑现"))
    assert records["testville/departments/old-bureau/index.json"]["moved_to"] == "../new-bureau/index.json"


# --- the built site -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_json_file_of_the_site_is_as_described(our_build: Path) -> None:
    assert list(site_problems(our_build / "site")) == []


@pytest.mark.slow
def test_references_and_examples_lead_to_files_of_the_site(our_build: Path) -> None:
    site = our_build / "site"
    description = load_description(site)
    for path in sorted(site.rglob("*.json")):
        address = path.relative_to(site).as_posix()
        if description.path_of(address) and not address.startswith("data/"):
            for href in hrefs(json.loads(path.read_text(encoding="utf-8"))):
                target = path.parent / href
                assert (target / "index.html" if href.endswith("/") else target).is_file(), (address, href)
    server = description.data["servers"][0]["url"]
    examples = re.findall(r'"externalValue":"([^"]+)"', (site / "data" / "openapi.json").read_text(encoding="utf-8"))
    assert len(examples) == len(ADDRESS_KINDS)
    assert all((site / example.removeprefix(f"{server}/")).is_file() for example in examples)


@pytest.mark.slow
def test_a_page_says_where_its_json_is_where_there_is_one(our_build: Path) -> None:
    site = our_build / "site"
    link = re.compile(r'<link rel="alternate describedby" type="?application/json"? href="?index.json"?>')
    pages = sorted(site.rglob("index.html"))
    assert pages
    for page in pages:
        assert bool(link.search(page.read_text(encoding="utf-8"))) == page.with_name("index.json").is_file(), page


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=8), one, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=8), _JSON, max_size=4))
def test_records_have_the_bytes_of_the_json_module_without_spaces(record: dict[str, object]) -> None:
    assert render_record(record).decode() == json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def test_an_assessed_commitment_is_encoded_as_every_other_record(api: Api, hostile: Api) -> None:
    items = [item for one in (api, hostile) for city in one.cities for item in city.commitments]
    assert len(items) > 3
    for item in items:
        assert json.loads(encode_assessed(item)) == json.loads(encode_value(item)), item.commitment.id


def test_decimals_are_exact_and_plain_and_texts_stay(api: Api) -> None:
    (item, *_) = api.cities[0].commitments
    text = '"value":1.50,"attained":2}'
    target = Target(
        id="t1",
        measure=text,
        comparator="eq",
        value=Decimal("1.50E+3"),
        unit="",
        kind="level",
        printed=text,
        start=10,
        end=20,
    )
    assessed = AssessedTarget(target=target, schedule_state="met", attained=Decimal("0.7000"), points=Decimal("-0.00"))
    encoded = encode_assessed(msgspec.structs.replace(item, targets=(assessed,)))
    (found,) = json.loads(encoded)["targets"]
    assert found["target"] | {"value": "1500", "measure": text, "start": 10} == found["target"]
    assert (found["attained"], found["points"]) == ("0.7", "0")


def test_a_name_that_is_a_decimal_here_and_a_whole_number_there_is_refused() -> None:
    with pytest.raises(TypeError, match="value"):
        decimal_names(Source)
