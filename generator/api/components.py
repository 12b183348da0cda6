"""The components of the description: a JSON Schema for every record, from shapes, record types and table schemas."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import msgspec

from generator.api import commitment, departments, lines, measures, places, summary, themes, years
from generator.api.shapes import DECIMAL_PATTERN, TEXT, JsonSchema, Shape, closed, many, said, shape_to_schema
from generator.api.shapes import table_to_schema as table_to_row_schema
from generator.model import AssessedCommitment, Place, Source
from generator.schemas import TableSchema

_SHAPES = (
    summary.SUMMARY,
    lines.COMMITMENT_LINE,
    lines.TARGET_LINE,
    places.YEAR_LINE,
    places.PLACE_LINE,
    places.SITE,
    places.PLACE,
    years.YEAR_RECORD,
    commitment.COMMITMENT,
    commitment.COMMITMENT_CHANGE,
    commitment.RETIRED,
    departments.DEPARTMENT_LINE,
    departments.DEPARTMENTS,
    departments.DUTY,
    departments.DEPARTMENT,
    departments.MOVED,
    measures.MEASURE_LINE,
    measures.MEASURES,
    measures.MEASURE_TARGET,
    measures.MEASURE,
    measures.MEASURE_SUMS,
    themes.THEME_LINE,
    themes.THEMES,
    themes.THEME,
    themes.THEME_SUMS,
)
_WHOLE_ROWS = {"SourceRow": "sources", "FindingRow": "findings"}
_RECORDS = (AssessedCommitment, Source, Place)
_REF = "#/components/schemas/{name}"

_WHEN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT00:00:00Z$"}
_URL = {"type": "string", "format": "uri"}
CHANGES_FEED: JsonSchema = {
    "description": "数据变动，JSON Feed 1.1 格式 Changes in the data, as JSON Feed 1.1; its addresses are absolute.",
    **closed(
        {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": TEXT,
            "home_page_url": _URL,
            "feed_url": _URL,
            "language": TEXT,
            "authors": many(closed({"name": TEXT, "url": _URL})),
            "items": many(
                closed(
                    {
                        "id": _URL,
                        "url": _URL,
                        "title": TEXT,
                        "content_html": TEXT,
                        "content_text": said(TEXT, "改了什么、原来的、现在的、原因 What changed, old, new, and why."),
                        "date_published": _WHEN,
                        "date_modified": _WHEN,
                    }
                )
            ),
        }
    ),
}


def make_components(schemas: Sequence[TableSchema]) -> dict[str, JsonSchema]:
    """Name → schema, of everything that the description refers to."""
    tables = {schema.name: schema for schema in schemas}
    shapes = (*_SHAPES, *(_whole_row(name, tables[table]) for name, table in _WHOLE_ROWS.items()))
    return {
        **_record_components(),
        **{shape.name: shape_to_schema(shape, tables) for shape in shapes},
        **{table_component(name): table_to_row_schema(schema) for name, schema in tables.items()},
        "ChangesFeed": CHANGES_FEED,
    }


def table_component(table: str) -> str:
    """The name of the component of a row in a table's own file."""
    return f"Table_{table}"


def _whole_row(name: str, table: TableSchema) -> Shape:
    description = f"{table.title.zh} {table.title.en}: {table.description.zh} {table.description.en}"
    return Shape(name, description, table.name, table.column_names())


def _record_components() -> dict[str, JsonSchema]:
    """The record types of the model, as they stand in a commitment's record."""
    _, found = msgspec.json.schema_components(_RECORDS, ref_template=_REF)
    return {name: _tidied(schema) for name, schema in found.items()}


def _tidied(schema: Any) -> Any:
    """The same schema; decimals keep to their pattern, descriptions stand on lines of their own length."""
    if isinstance(schema, list):
        return [_tidied(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": "string", "pattern": DECIMAL_PATTERN}
    if isinstance(schema.get("description"), str):
        schema = {**schema, "description": inspect.cleandoc(schema["description"])}
    return {name: _tidied(value) for name, value in schema.items()}
