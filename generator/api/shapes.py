"""Shapes: what the records of the API hold, field by field, and the JSON Schema that follows from them.

A field that means the same as a column of a published table has its name, and takes its meaning, codes and pattern
from the table's schema. Numbers that are not counts are decimal strings, so that no reader rounds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.schemas import Column, TableSchema
from generator.tables import Row

JsonSchema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMAL_PATTERN = r"^-?(0|[1-9]\d*)(\.\d+)?$"

TEXT: JsonSchema = {"type": "string"}
COUNT: JsonSchema = {"type": "integer", "minimum": 0}
YEAR: JsonSchema = {"type": "integer"}
FLAG: JsonSchema = {"type": "boolean"}
DAY: JsonSchema = {"type": "string", "format": "date"}
DAY_OR_NONE: JsonSchema = {"type": ["string", "null"], "format": "date"}
HREF: JsonSchema = {"type": "string", "format": "uri-reference"}
HREF_OR_NONE: JsonSchema = {"type": ["string", "null"], "format": "uri-reference"}

_TYPES: dict[str, JsonSchema] = {
    "string": TEXT,
    "integer": {"type": "integer"},
    "number": {"type": "string", "pattern": DECIMAL_PATTERN},
    "boolean": FLAG,
    "date": DAY,
}


@dataclass(frozen=True)
class Shape:
    """A kind of record: ``columns`` of a published table and fields of its ``own``, all of them always there."""

    name: str
    description: str
    table: str = ""
    columns: tuple[str, ...] = ()
    own: Mapping[str, JsonSchema] = field(default_factory=dict)

    def pick(self, row: Row) -> Row:
        """The columns of this shape from a row of its table."""
        return {name: row[name] for name in self.columns}


def ref(name: str) -> JsonSchema:
    """A record of another shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema: JsonSchema) -> JsonSchema:
    """A list of these."""
    return {"type": "array", "items": schema}


def some(schema: JsonSchema) -> JsonSchema:
    """A list of these, of one at least."""
    return {**many(schema), "minItems": 1}


def said(schema: JsonSchema, description: str) -> JsonSchema:
    """The same field with what it means."""
    return {**schema, "description": description}


def links(**meanings: str) -> JsonSchema:
    """References relative to the record's own address; null where there is no such thing."""
    return closed({name: said(HREF_OR_NONE, meaning) for name, meaning in meanings.items()})


def closed(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    """An object with these fields, all of them, and no other."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def shape_to_schema(shape: Shape, tables: Mapping[str, TableSchema]) -> JsonSchema:
    """The JSON Schema of a shape."""
    columns = {column.name: column for column in tables[shape.table].columns} if shape.table else {}
    fields = {name: column_to_schema(columns[name]) for name in shape.columns}
    return {"description": shape.description, **closed({**fields, **shape.own})}


def column_to_schema(column: Column) -> JsonSchema:
    """A column as a field of the API. A text that is not printed is empty; any other value that is missing is null."""
    schema = dict(_TYPES[column.type])
    if column.type == "string":
        return {**schema, **_allowed(column), **_words(column)}
    if not column.required:
        schema["type"] = [schema["type"], "null"]
    return {**schema, **_words(column)}


def table_to_schema(table: TableSchema) -> JsonSchema:
    """A row of a published table in its ``.json`` file, where numbers are JSON numbers."""
    return {
        "description": f"{table.title.zh} {table.title.en}: {table.description.zh} {table.description.en}",
        **closed({column.name: _table_column(column) for column in table.columns}),
    }


def _table_column(column: Column) -> JsonSchema:
    schema = column_to_schema(column)
    if column.type == "number":
        schema.pop("pattern")
        schema["type"] = "number" if column.required else ["number", "null"]
    return schema


def _allowed(column: Column) -> JsonSchema:
    """The codes or the pattern that a text keeps to; an empty one stands for "none" where the column may be empty."""
    if column.enum:
        return {"enum": [*column.enum, *([] if column.required else [""])]}
    if column.pattern:
        return {"pattern": f"^(?:{column.pattern})$" if column.required else f"^(?:{column.pattern})?$"}
    return {}


def _words(column: Column) -> JsonSchema:
    meaning = f"{column.description.zh} {column.description.en}"
    codes = "; ".join(f"`{code.value}` {code.zh} {code.en}" for code in column.labels)
    return {
        "title": f"{column.title.zh} {column.title.en}",
        "description": f"{meaning}\n\n{codes}" if codes else meaning,
        **({"deprecated": True} if column.deprecated else {}),
    }
