"""The schemas of the published tables: what ``content/schemas/*.yml`` says, loaded and made sure of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from generator import yamlfile
from generator.errors import ContentError, Problem
from generator.model import Record

ColumnType = Literal["string", "integer", "number", "boolean", "date"]

TABLES = (
    "sources",
    "commitments",
    "responsibilities",
    "targets",
    "milestones",
    "allocations",
    "reports",
    "results",
    "rates",
    "restatements",
    "restated_targets",
    "appraisals",
    "findings",
    "commitment_themes",
    "themes",
    "measures",
)
"""The published tables in the order in which a reader meets them."""


class Words(Record, frozen=True):
    """A text in the two languages of the site."""

    zh: str
    en: str


class Column(Record, frozen=True):
    """One published column. ``enum`` lists the codes that it may hold; ``pattern`` must match the whole value."""

    name: str
    type: ColumnType
    title: Words
    description: Words
    required: bool = False
    unique: bool = False
    minimum: int | None = None
    pattern: str = ""
    enum: tuple[str, ...] = ()


class ForeignKey(Record, frozen=True):
    """Columns whose values, where there are any, stand in ``references`` of another table."""

    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


class TableSchema(Record, frozen=True):
    """One published table (``content/schemas/<name>.yml``).

    ``summary`` are the columns that tell a reader which row it is; ``incidental`` those whose change is no news of the
    data (positions in the source). Changes of a table without summary are not recorded.
    """

    name: str
    title: Words
    description: Words
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    summary: tuple[str, ...] = ()
    incidental: tuple[str, ...] = ()

    def column_names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(column.name for column in self.columns)


def load_schemas(content: Path) -> tuple[TableSchema, ...]:
    """Read ``content/schemas/*.yml`` in the order of ``TABLES``.

    Raises ContentError when one is missing or broken, or when a key names a column or table that is not there.
    """
    schemas = tuple(yamlfile.load(content / "schemas" / f"{name}.yml", TableSchema) for name in TABLES)
    columns = {name: set(schema.column_names()) for name, schema in zip(TABLES, schemas, strict=True)}
    problems = [
        Problem(
            content / "schemas" / f"{name}.yml",
            0,
            "schema-key",
            wrong,
            "expected names of columns and tables that exist",
            "correct the name",
        )
        for name, schema in zip(TABLES, schemas, strict=True)
        for wrong in _wrong_names(name, schema, columns)
    ]
    if problems:
        raise ContentError(*problems)
    return schemas


def _wrong_names(name: str, schema: TableSchema, columns: dict[str, set[str]]) -> Iterator[str]:
    if schema.name != name:
        yield f"the schema calls itself {schema.name!r}"
    names = schema.column_names()
    yield from (f"column {column!r} stands twice" for column in sorted({n for n in names if names.count(n) > 1}))
    yield from (f"no column {column!r} for the primary key" for column in schema.primary_key if column not in names)
    told = (*schema.summary, *schema.incidental)
    yield from (f"no column {column!r} for summary or incidental" for column in told if column not in names)
    for key in schema.foreign_keys:
        yield from (f"no column {column!r} for a foreign key" for column in key.fields if column not in names)
        missing = [column for column in key.references if column not in columns.get(key.table, set())]
        yield from (f"no column {key.table}.{column} for a foreign key" for column in missing)
