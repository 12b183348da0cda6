"""Names of tables, columns and codes are a contract: what breaks it is refused with the version to state."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.changes import PublishedData, load_releases
from generator.errors import ContentError, Problem
from generator.package import find_releases, release_package
from generator.package import validate as validate_module
from generator.package.contract import check_contract, check_filled
from generator.package.descriptor import table_schema
from generator.publication import load_publication
from generator.schemas import Code, Column, Deprecated, TableSchema, Words, load_schemas
from tests.assess_examples import CONTENT
from tests.conftest import REPOSITORY
from tests.own import leave_out
from tests.package_examples import PLACES, example
from tests.packed import write_packages

SCHEMAS = load_schemas(CONTENT)
DAY = date(2027, 6, 1)
WHERE = Path("content/publication.yml")
Change = Callable[[Sequence[TableSchema]], Sequence[TableSchema]]


def published(schemas: Sequence[TableSchema] = SCHEMAS, version: str = "1.2.3") -> dict[str, Any]:
    """The descriptor of a release with these schemas, as JSON gives it back."""
    resources = [{"name": schema.name, "schema": table_schema(schema)} for schema in schemas]
    made: dict[str, Any] = json.loads(json.dumps({"schemaVersion": version, "resources": resources}))
    return made


def check(change: Change, version: str, day: date = DAY) -> list[Problem]:
    return check_contract(published(), change(SCHEMAS), version, day, WHERE)


def in_table(name: str, change: Callable[[TableSchema], TableSchema]) -> Change:
    return lambda schemas: [change(one) if one.name == name else one for one in schemas]


def in_column(table: str, name: str, **values: Any) -> Change:
    """The same schemas with one column otherwise."""

    def change(schema: TableSchema) -> TableSchema:
        columns = [msgspec.structs.replace(one, **values) if one.name == name else one for one in schema.columns]
        assert tuple(columns) != schema.columns, "the change is none"
        return msgspec.structs.replace(schema, columns=tuple(columns))

    return in_table(table, change)


def without_column(table: str, name: str) -> Change:
    return in_table(
        table,
        lambda schema: msgspec.structs.replace(
            schema, columns=tuple(one for one in schema.columns if one.name != name)
        ),
    )


def with_column(table: str, name: str) -> Change:
    words = Words(zh="新", en="new")
    column = Column(name=name, type="string", title=words, description=words)
    return in_table(table, lambda schema: msgspec.structs.replace(schema, columns=(*schema.columns, column)))


def one_code_less(column: str) -> Change:
    (found,) = [
        one for schema in SCHEMAS if schema.name == "commitments" for one in schema.columns if one.name == column
    ]
    return in_column("commitments", column, labels=found.labels[:-1], enum=found.enum[:-1])


def one_code_more(column: str) -> Change:
    (found,) = [
        one for schema in SCHEMAS if schema.name == "commitments" for one in schema.columns if one.name == column
    ]
    more = Code(value="paused", zh="暂停", en="paused")
    return in_column("commitments", column, labels=(*found.labels, more), enum=(*found.enum, more.value))


def same(schemas: Sequence[TableSchema]) -> Sequence[TableSchema]:
    return schemas


BREAKS: list[tuple[Change, str]] = [
    (in_column("targets", "value", type="string"), "column targets.value was number and is string"),
    (in_column("targets", "value", required=False), "column targets.value is required no more"),
    (in_column("targets", "target_id", unique=False), "column targets.target_id is unique no more"),
    (in_table("rates", lambda one: msgspec.structs.replace(one, primary_key=("report_id",))), "rates has another key"),
    (one_code_less("status"), "column commitments.status has no code no_report any more"),
    (in_column("commitments", "status", codes="", labels=(), enum=()), "status has no list of codes any more"),
]
ADDS: list[tuple[Change, str]] = [
    (with_column("targets", "note"), "column targets.note is new"),
    (one_code_more("status"), "column commitments.status has new codes: paused"),
]


@pytest.mark.parametrize(("change", "said"), BREAKS)
def test_what_breaks_programs_needs_the_next_major_version(change: Change, said: str) -> None:
    for version in ("1.2.3", "1.9.0"):
        (problem,) = check(change, version)
        assert problem.code == "schema-version" and said in problem.found
        assert 'write the line "schema_version: 2.0.0"' in problem.remedy
    assert check(change, "2.0.0") == []


@pytest.mark.parametrize(("change", "said"), ADDS)
def test_what_is_added_needs_the_next_minor_version(change: Change, said: str) -> None:
    (problem,) = check(change, "1.2.4")
    assert said in problem.found and "schema_version: 1.3.0" in problem.remedy
    assert check(change, "1.3.0") == check(change, "2.0.0") == []


def test_nothing_changed_needs_nothing_and_a_version_never_goes_back() -> None:
    assert check(same, "1.2.3") == check(same, "1.2.4") == []
    assert [problem.code for problem in check(same, "1.2.2")] == ["schema-version"]


def test_a_table_that_is_new_or_gone_is_told() -> None:
    assert "table rates is gone" in check(lambda schemas: [s for s in schemas if s.name != "rates"], "1.2.3")[-1].found
    fewer = published([schema for schema in SCHEMAS if schema.name != "rates"])
    (problem,) = check_contract(fewer, SCHEMAS, "1.2.3", DAY, WHERE)
    assert "table rates is new" in problem.found


def test_a_column_that_goes_without_notice_is_refused_whatever_the_version() -> None:
    for version in ("1.2.3", "2.0.0"):
        problem = check(without_column("commitments", "leader"), version)[0]
        assert (problem.code, str(problem.path)) == ("schema-deprecated", "content/schemas/commitments.yml")
        assert "'leader' is gone" in problem.found and "put it back, with deprecated" in problem.remedy


@pytest.mark.parametrize(("day", "codes"), [(date(2028, 1, 1), []), (date(2027, 12, 31), ["schema-deprecated"])])
def test_a_column_goes_on_the_day_that_was_said_and_not_before(day: date, codes: list[str]) -> None:
    said = Deprecated(since=date(2027, 1, 1), until=date(2028, 1, 1), reason=Words(zh="并入", en="merged"))
    last = published(in_column("commitments", "leader", deprecated=said)(SCHEMAS))
    now = without_column("commitments", "leader")(SCHEMAS)
    assert [problem.code for problem in check_contract(last, now, "2.0.0", day, WHERE)] == codes
    assert "schema-version" in {problem.code for problem in check_contract(last, now, "1.9.0", day, WHERE)}


def test_a_column_that_is_to_go_stays_filled() -> None:
    said = Deprecated(since=date(2027, 1, 1), until=date(2028, 1, 1), reason=Words(zh="并入", en="merged"))
    schemas = in_column("commitments", "leader", deprecated=said)(SCHEMAS)

    def data(leader: str) -> PublishedData:
        rows = {schema.name: list[dict[str, str]]() for schema in SCHEMAS}
        return PublishedData({**rows, "commitments": [{"commitment_id": "c", "leader": leader}]}, "1.0.0")

    (problem,) = check_filled(data("某某"), data(""), schemas, Path("content/schemas"))
    assert problem.code == "schema-deprecated" and "2028-01-01" in problem.expected
    assert (
        check_filled(data("某某"), data("某"), schemas, Path("x"))
        == check_filled(data(""), data(""), schemas, Path("x"))
        == []
    )
    assert check_filled(data("某某"), data(""), SCHEMAS, Path("x")) == []


def test_a_release_that_breaks_the_contract_is_refused(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate_module, "_frictionless_problems", lambda path, descriptor: [])
    folders = tmp_path / "datapackage", tmp_path / "downloads"
    write_packages((example(),), load_publication(content), PLACES, load_schemas(content), folders)
    release_package(content, tmp_path / "datapackage", date(2026, 3, 1), ("", ""))
    path = content / "schemas" / "commitments.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - name: note\n"), text.index("  - name: checked\n")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        release_package(content, tmp_path / "datapackage", DAY, ("更正", "Corrected"))
    assert {problem.code for problem in refused.value.problems} == {"schema-version", "schema-deprecated"}
    assert len(load_releases(content)) == 1


def test_the_published_columns_keep_the_contract_with_the_last_release() -> None:
    """What a change of content/schemas must heed: put it back, or state the version that the message names."""
    content = REPOSITORY / "content"
    releases = find_releases(content)
    if not releases:
        leave_out("release")
    day = max(record.day for record in load_releases(content))
    version = load_publication(content).schema_version
    problems = check_contract(releases[0].descriptor, SCHEMAS, version, day, content / "publication.yml")
    assert not problems, "\n".join(map(str, problems))
