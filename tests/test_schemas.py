"""The schemas of the published tables: the contract's columns first, codes as the model has them, both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from markupsafe import escape

from generator import model
from generator.assess import describe_rules
from generator.errors import ContentError
from generator.package.descriptor import table_schema
from generator.pages import words
from generator.pages.audit import JUDGEMENTS
from generator.pages.environment import render
from generator.schemas import TABLES, Column, TableSchema, load_codes, load_schemas
from tests.assess_examples import CONTENT

SCHEMAS = {schema.name: schema for schema in load_schemas(CONTENT)}

CONTRACT = {
    "sources": "source_id, place_code, place, year, programme, title, issuer, document_number, index_number, "
    "written_on, published_on, kind, as_of, url, sha256, script, note",
    "commitments": "commitment_id, source_id, place_code, place, year, programme, position, number, section, category, "
    "theme, text, leader, due, due_state, reported_state, schedule_state, status, attained, evidence_grade, as_of, "
    "finding_count, start, end",
    "responsibilities": "commitment_id, role, position, unit, official",
    "targets": "target_id, commitment_id, position, measure, measure_id, comparator, value, unit, kind, part, printed, "
    "start, end, attained, schedule_state, reason",
    "milestones": "milestone_id, commitment_id, target_id, due, comparator, value, unit, basis, text, start, end",
    "allocations": "allocation_id, target_id, area_code, area, part, value, unit, printed, start, end",
    "reports": "report_id, commitment_id, source_id, as_of, text, start, end",
    "results": "result_id, report_id, commitment_id, target_id, measure, comparator, value, unit, area, as_of, "
    "forecast, printed, start, end",
    "rates": "rate_id, report_id, commitment_id, target_id, result_id, published, recomputed, difference, verdict, "
    "basis, start, end",
    "restatements": "restatement_id, commitment_id, source_id, text, due, due_text, changes, start, end",
    "restated_targets": "restated_target_id, restatement_id, commitment_id, target_id, measure, comparator, value, "
    "unit, kind, part, printed, change, start, end",
    "appraisals": "appraisal_id, source_id, appraisal_kind, text, value, unit, printed, start, end",
    "findings": "finding_id, commitment_id, target_id, check, severity, found, expected, message_zh, message_en, "
    "start, end",
    "commitment_themes": "commitment_id, position, theme_id, words, reason",
    "themes": "theme_id, zh, en, cofog_code, cofog_zh, cofog_en, cofog_also, reason_zh, reason_en",
    "measures": "measure_id, zh, en, unit, measure_kind, aspects, note_zh, note_en, theme_id",
}
REASONS = tuple(reason.code for reason in describe_rules().reasons)
CODES: dict[tuple[str, str], Any] = {
    ("rates", "base_kind"): model.BaseKind,
    ("sources", "programme"): model.Programme,
    ("sources", "kind"): model.DocumentKind,
    ("sources", "script"): model.Script,
    ("commitments", "programme"): model.Programme,
    ("commitments", "due_state"): model.DueState,
    ("commitments", "reported_state"): model.ReportedState,
    ("commitments", "schedule_state"): model.ScheduleState,
    ("commitments", "schedule_reason"): REASONS,
    ("commitments", "status"): model.Status,
    ("commitments", "evidence_grade"): model.EvidenceGrade,
    ("responsibilities", "role"): model.Role,
    ("responsibilities", "kind"): model.UnitKind,
    ("targets", "comparator"): model.Comparator,
    ("targets", "kind"): model.TargetKind,
    ("targets", "schedule_state"): model.ScheduleState,
    ("targets", "reason"): REASONS,
    ("milestones", "comparator"): model.Comparator,
    ("milestones", "basis"): model.MilestoneBasis,
    ("results", "comparator"): model.Comparator,
    ("results", "relation"): model.Relation,
    ("rates", "verdict"): model.Verdict,
    ("rates", "reason"): REASONS,
    ("results", "appraisal"): model.AppraisalKind,
    ("restated_targets", "comparator"): model.Comparator,
    ("restated_targets", "kind"): model.TargetKind,
    ("appraisals", "appraisal_kind"): model.AppraisalKind,
    ("findings", "severity"): model.Severity,
    ("findings", "check"): tuple(check.name for check in describe_rules().checks),
    ("measures", "measure_kind"): model.TargetKind,
    ("commitments", "judgement"): model.Judgement,
    ("responsibilities", "judgement"): model.Judgement,
    ("targets", "judgement"): model.Judgement,
    ("milestones", "judgement"): model.Judgement,
    ("allocations", "judgement"): model.Judgement,
    ("reports", "judgement"): model.Judgement,
    ("results", "judgement"): model.Judgement,
    ("rates", "judgement"): model.Judgement,
}


def columns() -> list[tuple[TableSchema, Column]]:
    return [(schema, column) for schema in SCHEMAS.values() for column in schema.columns]


@pytest.mark.parametrize("table", TABLES)
def test_the_contracts_columns_come_first_and_in_order(table: str) -> None:
    names = CONTRACT[table].split(", ")
    assert list(SCHEMAS[table].column_names()[: len(names)]) == names


def test_codes_are_those_of_the_model_and_no_coded_column_is_left_out() -> None:
    found = {(schema.name, column.name): column.enum for schema, column in columns() if column.enum}
    assert found == {place: get_args(literal) or literal for place, literal in CODES.items()}


def test_titles_and_descriptions_are_in_both_languages() -> None:
    for schema, column in columns():
        for said in (schema.title, schema.description, column.title, column.description):
            assert re.search(r"[\u4e00-\u9fff]|SHA", said.zh), (schema.name, column.name)
            assert not re.search(r"[\u4e00-\u9fff]", said.en.replace("万", "").replace("亿", "").replace("人次", ""))


def test_every_table_has_a_key_that_is_required_and_ids_are_unique() -> None:
    for schema in SCHEMAS.values():
        by_name = {column.name: column for column in schema.columns}
        assert all(by_name[name].required for name in schema.primary_key), schema.name
        if len(schema.primary_key) == 1:
            assert by_name[schema.primary_key[0]].unique, schema.name


#: Columns that point to another row of their own table.
WITHIN = {"results": {"part_of": "results"}}


def test_every_reference_to_another_table_is_a_foreign_key() -> None:
    own = {schema.primary_key[0]: schema.name for schema in SCHEMAS.values() if len(schema.primary_key) == 1}
    for schema in SCHEMAS.values():
        keys = {key.fields[0]: key.table for key in schema.foreign_keys}
        expected = {name: own[name] for name in schema.column_names() if name in own and own[name] != schema.name}
        expected |= WITHIN.get(schema.name, {})
        assert keys == expected, schema.name


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("primary_key: [report_id]", "primary_key: [nothing]", "no column 'nothing' for the primary key"),
        ("table: sources", "table: sauces", "no column sauces.source_id"),
        ("name: reports", "name: report", "calls itself 'report'"),
        ("  - name: as_of", "  - name: text", "column 'text' stands twice"),
        ("type: date", "type: day", "Invalid enum value 'day'"),
    ],
)
def test_a_broken_schema_is_refused_with_its_name(content: Path, old: str, new: str, message: str) -> None:
    path = content / "schemas" / "reports.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(message)) as refused:
        load_schemas(content)
    assert all(str(problem.path).endswith("reports.yml") for problem in refused.value.problems)


def test_fields_of_records_are_published_or_known_to_be_left_out() -> None:
    """A field that is added to the model must be published, or named here."""
    left_out: dict[Any, set[str]] = {
        model.Commitment: {
            "id",
            "source",
            "responsibilities",
            "targets",
            "listed",
            "milestones",
            "reports",
            "restated",
        },
        model.Target: {"id", "allocations"},
        model.Milestone: {"id", "target"},
        model.Allocation: {"id"},
        model.Report: {"id", "source", "results", "rates"},
        model.Result: {"id", "target"},
        model.Rate: {"id", "target", "result"},
        model.Source: {"id", "stated", "appraisals"},
        model.Restatement: {"id", "source", "targets", "milestones"},
        model.Finding: {"id"},
        model.Responsibility: set(),
    }
    tables = (
        "commitments",
        "targets",
        "milestones",
        "allocations",
        "reports",
        "results",
        "rates",
        "sources",
        "restatements",
        "findings",
        "responsibilities",
    )
    for (record, names), table in zip(left_out.items(), tables, strict=True):
        assert set(record.__struct_fields__) - names <= set(SCHEMAS[table].column_names()), table


# --- the words of codes -------------------------------------------------------------------------


def test_every_code_has_words_in_both_languages_and_every_list_is_used() -> None:
    lists = load_codes(CONTENT)
    assert set(lists) == {column.codes for _, column in columns() if column.codes}
    for schema, column in columns():
        assert [code.value for code in column.labels] == list(column.enum), (schema.name, column.name)
        for code in column.labels:
            assert re.search(r"[\u4e00-\u9fff]", code.zh) and re.match(r"[A-Za-z']", code.en), code


#: The words that the pages show for the same codes.
SHOWN: dict[str, Mapping[Any, words.Word]] = {
    "programme": words.PROGRAMMES,
    "document_kind": words.KINDS,
    "target_kind": words.TARGET_KINDS,
    "unit_kind": words.UNIT_KINDS,
    "relation": words.RELATIONS,
    "appraisal_kind": words.APPRAISALS,
    "judgement": JUDGEMENTS,
}


@pytest.mark.parametrize("name", SHOWN)
def test_packages_and_pages_use_the_same_words(name: str) -> None:
    published = {code.value: (code.zh, code.en) for code in load_codes(CONTENT)[name]}
    assert published == {code: (word.zh, word.en) for code, word in SHOWN[name].items()}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{value: lead, zh: 牵头, en: leads}", "{value: lead, zh: 牵头, en: ''}", "codes-invalid"),
        ("{value: support,", "{value: lead,", "codes-invalid"),
        ("role:", "roles:", "no list of codes 'role'"),
        ("role:", "verdict:", "verdict is a list of the assessment"),
    ],
)
def test_codes_without_words_are_refused(content: Path, old: str, new: str, message: str) -> None:
    path = content / "lookups" / "codes.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(message)):
        load_schemas(content)


def test_a_column_that_lists_its_codes_itself_is_refused(content: Path) -> None:
    path = content / "schemas" / "responsibilities.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("codes: role", "enum: [lead, support]"), encoding="utf-8")
    with pytest.raises(ContentError, match="lists its codes itself"):
        load_schemas(content)


# --- columns that are to go ---------------------------------------------------------------------

DEPRECATED = (
    "    deprecated: {{since: 2027-01-01, until: {until}, use: {use}, reason: {{zh: 合并, en: merged with another}}}}\n"
)


def deprecate(content: Path, until: str, use: str) -> None:
    """Mark the leader of a commitment as a column that is to go."""
    path = content / "schemas" / "commitments.yml"
    text = path.read_text(encoding="utf-8")
    marked = text.replace("  - name: leader\n", f"  - name: leader\n{DEPRECATED.format(until=until, use=use)}", 1)
    assert marked != text
    path.write_text(marked, encoding="utf-8")


@pytest.mark.parametrize(
    ("until", "use", "message"),
    [
        ("2027-12-31", "''", "less than a year after 2027-01-01"),
        ("2028-01-01", "responsibilities.boss", "no column 'responsibilities.boss'"),
        ("2028-01-01", "leader", "no column 'leader'"),
    ],
)
def test_a_column_goes_after_a_year_and_names_what_is_there(content: Path, until: str, use: str, message: str) -> None:
    deprecate(content, until, use)
    with pytest.raises(ContentError, match=message):
        load_schemas(content)


def test_descriptor_and_dictionary_say_that_a_column_is_to_go(content: Path) -> None:
    deprecate(content, "2028-01-01", "responsibilities.leader")
    schemas = load_schemas(content)
    (schema,) = [one for one in schemas if one.name == "commitments"]
    (field,) = [one for one in table_schema(schema)["fields"] if one["name"] == "leader"]
    assert field["deprecated"] == {"since": "2027-01-01", "until": "2028-01-01", "use": "responsibilities.leader"}
    assert "改用 responsibilities.leader：合并" in field["description"]
    assert "it stays until 2028-01-01; use responsibilities.leader: merged" in field["description"]
    page = render("data_tables.html", schemas=schemas)
    assert "将停用，保留到 2028-01-01，改用 responsibilities.leader：合并" in page
    assert "To go; stays until 2028-01-01" in page


def test_the_dictionary_shows_each_code_with_its_words() -> None:
    page = render("data_tables.html", schemas=load_schemas(CONTENT))
    for _, column in columns():
        for code in column.labels:
            assert f"<li><code>{code.value}</code> {escape(code.zh)}</li>" in page
            assert f"<li><code>{code.value}</code> {escape(code.en)}</li>" in page


def test_the_descriptor_has_each_code_with_its_words() -> None:
    fields = {field["name"]: field for field in table_schema(SCHEMAS["responsibilities"])["fields"]}
    assert fields["role"]["categories"] == [
        {"value": "lead", "label": "牵头 · leads"},
        {"value": "support", "label": "配合 · supports"},
    ]
    assert fields["role"]["constraints"]["enum"] == ["lead", "support"]
