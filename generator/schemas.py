"""The schemas of the published tables: what ``content/schemas/*.yml`` says, loaded and made sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from generator import yamlfile
from generator.assess import describe_rules
from generator.defaults import find_content_file
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


class Code(Record, frozen=True):
    """A code that a column may hold, with its words."""

    value: str
    zh: str
    en: str


class Deprecated(Record, frozen=True):
    """A column that is to go. It stays, filled, until the day ``until``, a year or more after ``since``.

    ``use`` is the column that says the same from now on, ``table.column``; empty where none does.
    """

    since: date
    until: date
    reason: Words
    use: str = ""


class Column(Record, frozen=True):
    """One published column. ``pattern`` must match the whole value.

    ``codes`` names a list of ``load_codes``; from it come ``labels``, the codes with their words, and ``enum``, the
    codes alone. A file states neither of the two.
    """

    name: str
    type: ColumnType
    title: Words
    description: Words
    required: bool = False
    unique: bool = False
    minimum: int | None = None
    pattern: str = ""
    codes: str = ""
    deprecated: Deprecated | None = None
    labels: tuple[Code, ...] = ()
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
    """Read ``content/schemas/*.yml`` in the order of ``TABLES``, and the words of their codes.

    Raises ContentError when one is missing or broken, when a key or a column names a column, table or list of codes
    that is not there, and when a column is to go sooner than a year after it was said.
    """
    codes = load_codes(content)
    stated = tuple(yamlfile.load(find_content_file(content, f"schemas/{name}.yml"), TableSchema) for name in TABLES)
    columns = {name: set(schema.column_names()) for name, schema in zip(TABLES, stated, strict=True)}
    problems = [
        Problem(
            find_content_file(content, f"schemas/{name}.yml"),
            0,
            "schema-key",
            wrong,
            "expected names of columns, tables and codes that exist",
            "correct the name",
        )
        for name, schema in zip(TABLES, stated, strict=True)
        for wrong in (*_wrong_names(name, schema, columns), *_wrong_columns(schema, columns, codes))
    ]
    if problems:
        raise ContentError(*problems)
    return tuple(_with_codes(schema, codes) for schema in stated)


def load_codes(content: Path) -> dict[str, tuple[Code, ...]]:
    """The lists of codes by their names: those of the assessment, then those of ``content/lookups/codes.yml``.

    Raises ContentError when the file states a list of the assessment, a code twice, or a code without words.
    """
    path = find_content_file(content, "lookups/codes.yml")
    ruled, lists = _assessment_codes(), yamlfile.load(path, dict[str, tuple[Code, ...]])
    problems = [
        Problem(
            path,
            0,
            "codes-invalid",
            f"{name}: {code.value!r} ({code.zh!r}, {code.en!r})",
            "expected each code once, with words in Chinese and in English",
            "correct the entry",
        )
        for name, codes in lists.items()
        for index, code in enumerate(codes)
        if not (code.value and code.zh and code.en) or code.value in {other.value for other in codes[:index]}
    ]
    found, expected = "is a list of the assessment", "expected its words in generator/assess alone"
    problems += [
        Problem(path, 0, "codes-invalid", f"{name} {found}", expected, "remove it here")
        for name in lists
        if name in ruled
    ]
    if problems:
        raise ContentError(*problems)
    return {**ruled, **lists}


def _assessment_codes() -> dict[str, tuple[Code, ...]]:
    rules = describe_rules()
    terms = {
        "due_state": rules.due_states,
        "reported_state": rules.reported_states,
        "schedule_state": rules.schedule_states,
        "status": rules.statuses,
        "evidence_grade": rules.grades,
        "verdict": rules.verdicts,
        "severity": rules.severities,
        "reason": rules.reasons,
    }
    codes = {name: tuple(Code(value=one.code, zh=one.zh, en=one.en) for one in group) for name, group in terms.items()}
    return {**codes, "check": tuple(Code(value=one.name, zh=one.zh, en=one.en) for one in rules.checks)}


def _with_codes(schema: TableSchema, lists: Mapping[str, tuple[Code, ...]]) -> TableSchema:
    return msgspec.structs.replace(schema, columns=tuple(_fill_codes(column, lists) for column in schema.columns))


def _fill_codes(column: Column, lists: Mapping[str, tuple[Code, ...]]) -> Column:
    if not column.codes:
        return column
    labels = lists[column.codes]
    return msgspec.structs.replace(column, labels=labels, enum=tuple(code.value for code in labels))


def _wrong_columns(
    schema: TableSchema, columns: Mapping[str, set[str]], lists: Mapping[str, tuple[Code, ...]]
) -> Iterator[str]:
    for column in schema.columns:
        if column.enum or column.labels:
            yield f"column {column.name!r} lists its codes itself, and not under codes"
        if column.codes and column.codes not in lists:
            yield f"no list of codes {column.codes!r} for column {column.name!r}"
        if column.deprecated:
            yield from _wrong_deprecation(column.name, column.deprecated, columns)


def _wrong_deprecation(name: str, said: Deprecated, columns: Mapping[str, set[str]]) -> Iterator[str]:
    table, _, other = said.use.partition(".")
    if said.use and other not in columns.get(table, set()):
        yield f"no column {said.use!r} to use in place of {name!r}"
    # A year later on the same day; 29 February ends with 1 March.
    if (said.until.year - 1, said.until.month, said.until.day) < (said.since.year, said.since.month, said.since.day):
        yield f"column {name!r} is to go on {said.until}, less than a year after {said.since}"


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
