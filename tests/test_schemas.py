"""The schemas of the published tables: the contract's columns first, codes as the model has them, both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from generator import model
from generator.errors import ContentError
from generator.schemas import TABLES, Column, TableSchema, load_schemas
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
CODES = {
    ("rates", "base_kind"): model.BaseKind,
    ("sources", "programme"): model.Programme,
    ("sources", "kind"): model.DocumentKind,
    ("sources", "script"): model.Script,
    ("commitments", "programme"): model.Programme,
    ("commitments", "due_state"): model.DueState,
    ("commitments", "reported_state"): model.ReportedState,
    ("commitments", "schedule_state"): model.ScheduleState,
    ("commitments", "status"): model.Status,
    ("commitments", "evidence_grade"): model.EvidenceGrade,
    ("responsibilities", "role"): model.Role,
    ("responsibilities", "kind"): model.UnitKind,
    ("targets", "comparator"): model.Comparator,
    ("targets", "kind"): model.TargetKind,
    ("targets", "schedule_state"): model.ScheduleState,
    ("milestones", "comparator"): model.Comparator,
    ("milestones", "basis"): model.MilestoneBasis,
    ("results", "comparator"): model.Comparator,
    ("results", "relation"): model.Relation,
    ("rates", "verdict"): model.Verdict,
    ("results", "appraisal"): model.AppraisalKind,
    ("restated_targets", "comparator"): model.Comparator,
    ("restated_targets", "kind"): model.TargetKind,
    ("appraisals", "appraisal_kind"): model.AppraisalKind,
    ("findings", "severity"): model.Severity,
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
    assert found == {place: get_args(literal) for place, literal in CODES.items()}


def test_titles_and_descriptions_are_in_both_languages() -> None:
    for schema, column in columns():
        for words in (schema.title, schema.description, column.title, column.description):
            assert re.search(r"[\u4e00-\u9fff]|SHA", words.zh), (schema.name, column.name)
            assert not re.search(r"[\u4e00-\u9fff]", words.en.replace("万", "").replace("亿", "").replace("人次", ""))


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
