"""Tables → one SQLite database with types, keys and its own dictionary; and such a database read back.

Same tables, same bytes: the database is made in memory, vacuumed, and the header field that says which version of the
library wrote it, which nothing reads, is set to the oldest version that can open it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import BuildError, Problem
from generator.package.compare import Held, compare_tables
from generator.package.sheets import STATED, Published, Sheet, package_problem
from generator.package.values import Value, Values, double_to_decimal, fits_double, normal_value
from generator.schemas import Column, TableSchema
from generator.tables import Row

OLDEST = (3, 37, 0)
"""The first version of SQLite with STRICT tables."""

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_STORAGE_ZH = (
    "数值列为 REAL，15 位有效数字以内与原值完全一致；超过 15 位的，另在 _exact 表中以文字给出精确值（通常没有）。"
    "日期为 ISO 文字，是非为 1 和 0，没有值的为 NULL。"
)
_STORAGE_EN = (
    "Columns of numbers are REAL, exact up to 15 significant digits; a number with more is given as exact text in "
    "_exact as well (there are usually none). Dates are ISO text, booleans 1 and 0, no value is NULL."
)
_DICTIONARY = {
    "_package": "name TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, "
    "version TEXT NOT NULL, schema_version TEXT NOT NULL, licence TEXT NOT NULL, licence_url TEXT NOT NULL, "
    "as_of TEXT, created TEXT, storage_zh TEXT NOT NULL, storage_en TEXT NOT NULL",
    "_tables": "table_name TEXT PRIMARY KEY NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL, "
    "description_zh TEXT NOT NULL, description_en TEXT NOT NULL, row_count INTEGER NOT NULL",
    "_columns": "table_name TEXT NOT NULL REFERENCES _tables, position INTEGER NOT NULL, column_name TEXT NOT NULL, "
    "type TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL, description_zh TEXT NOT NULL, "
    "description_en TEXT NOT NULL, PRIMARY KEY (table_name, column_name)",
    "_codes": "table_name TEXT NOT NULL REFERENCES _tables, column_name TEXT NOT NULL, code TEXT NOT NULL, "
    "zh TEXT NOT NULL, en TEXT NOT NULL, PRIMARY KEY (table_name, column_name, code)",
    "_exact": "table_name TEXT NOT NULL REFERENCES _tables, row_key TEXT NOT NULL, column_name TEXT NOT NULL, "
    "value TEXT NOT NULL, PRIMARY KEY (table_name, row_key, column_name)",
}
_STATED = "name, version, schema_version"
_VERSION_FIELD = slice(96, 100)


def tables_to_sqlite(
    tables: Mapping[str, Sequence[Row]],
    schemas: Sequence[TableSchema],
    descriptor: Mapping[str, Any],
    as_of: date | None,
) -> bytes:
    """The whole package as one database.

    Raises BuildError where SQLite is too old for STRICT tables, and for rows that break their schema.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        found, remedy = f"SQLite {sqlite3.sqlite_version}", "use a Python with a newer SQLite"
        raise BuildError(Problem("sqlite3", 0, "sqlite-old", found, "expected 3.37 or newer", remedy))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;")
        for statement in (*map(_create_table, schemas), *_create_dictionary(), *_create_indexes(schemas)):
            database.execute(statement)
        database.execute("BEGIN")
        _fill_dictionary(database, tables, schemas, descriptor, as_of)
        for schema in schemas:
            _fill_table(database, schema, tables[schema.name])
        database.execute("COMMIT")
        database.execute("VACUUM")
        data = bytearray(database.serialize())
    major, minor, patch = OLDEST
    data[_VERSION_FIELD] = (major * 1_000_000 + minor * 1000 + patch).to_bytes(4, "big")
    return bytes(data)


def _create_table(schema: TableSchema) -> str:
    keys = [f"PRIMARY KEY ({_names(schema.primary_key)})"]
    keys += [
        f"FOREIGN KEY ({_names(key.fields)}) REFERENCES {_name(key.table)} ({_names(key.references)})"
        for key in schema.foreign_keys
    ]
    columns = [_create_column(column, schema) for column in schema.columns]
    return f"CREATE TABLE {_name(schema.name)} (\n  " + ",\n  ".join([*columns, *keys]) + "\n) STRICT"


def _create_column(column: Column, schema: TableSchema) -> str:
    name = _name(column.name)
    parts = [name, _TYPES[column.type]]
    if column.required or column.name in schema.primary_key:
        parts.append("NOT NULL")
    if column.unique and schema.primary_key != (column.name,):
        parts.append("UNIQUE")
    if column.enum:
        parts.append(f"CHECK ({name} IN ({', '.join(map(_literal, column.enum))}))")
    if column.minimum is not None:
        parts.append(f"CHECK ({name} >= {column.minimum})")
    if column.type == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    if column.type == "date":
        parts.append(f"CHECK ({name} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')")
    return " ".join(parts)


def _create_dictionary() -> Iterator[str]:
    for name, columns in _DICTIONARY.items():
        yield f"CREATE TABLE {name} ({columns}) STRICT"


def _create_indexes(schemas: Sequence[TableSchema]) -> Iterator[str]:
    """An index for each foreign key that the primary key does not begin with."""
    for schema in schemas:
        for fields in dict.fromkeys(key.fields for key in schema.foreign_keys):
            if schema.primary_key[: len(fields)] != fields:
                index = _name("_".join((schema.name, *fields)))
                yield f"CREATE INDEX {index} ON {_name(schema.name)} ({_names(fields)})"


def _fill_table(database: sqlite3.Connection, schema: TableSchema, rows: Sequence[Row]) -> None:
    try:
        _insert(database, schema.name, map(_stored_row, rows))
    except (sqlite3.IntegrityError, OverflowError) as error:
        found = f"{schema.name}: {error}"
        raise BuildError(package_problem(Path("sqlite"), 0, "sqlite", found, "rows that keep the schema")) from error
    _insert(database, "_exact", _exact_rows(schema, rows))


def _fill_dictionary(
    database: sqlite3.Connection,
    tables: Mapping[str, Sequence[Row]],
    schemas: Sequence[TableSchema],
    descriptor: Mapping[str, Any],
    as_of: date | None,
) -> None:
    licences, newest = descriptor["licenses"], as_of.isoformat() if as_of else None
    package = [descriptor[key] for key in ("name", "title", "description", "version", "schemaVersion")]
    package += [", ".join(one[key] for one in licences) for key in ("name", "path")]
    package += [newest, descriptor.get("created"), _STORAGE_ZH, _STORAGE_EN]
    _insert(database, "_package", [package])
    for schema in schemas:
        said = [schema.title.zh, schema.title.en, schema.description.zh, schema.description.en]
        _insert(database, "_tables", [[schema.name, *said, len(tables[schema.name])]])
        _insert(database, "_columns", (_describe(schema, *numbered) for numbered in enumerate(schema.columns, start=1)))
        codes = ((column.name, code) for column in schema.columns for code in column.labels)
        _insert(database, "_codes", ([schema.name, name, code.value, code.zh, code.en] for name, code in codes))


def _describe(schema: TableSchema, position: int, column: Column) -> list[Any]:
    said = [column.title.zh, column.title.en, column.description.zh, column.description.en]
    return [schema.name, position, column.name, column.type, *said]


def _insert(database: sqlite3.Connection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    width = len(database.execute(f"PRAGMA table_info({_name(name)})").fetchall())
    database.executemany(f"INSERT INTO {_name(name)} VALUES ({', '.join('?' * width)})", rows)


def _stored_row(row: Row) -> list[Any]:
    return [_stored(normal_value(value)) for value in row.values()]


def _stored(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _exact_rows(schema: TableSchema, rows: Sequence[Row]) -> Iterator[list[str]]:
    """Numbers that a double would round, as text."""
    for row in rows:
        for name, value in row.items():
            if isinstance(value, Decimal) and not fits_double(value):
                key = "/".join(str(row[column]) for column in schema.primary_key)
                yield [schema.name, key, name, format(value, "f")]


def _name(name: str) -> str:
    """A name of a column or table; several are words of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def check_sqlite(path: Path, published: Published) -> Iterator[Problem]:
    """What is wrong with a database: damage, broken references, and rows that are not those of the package."""
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            # A copy, since SQLite does not look at CHECK constraints of a database that is opened to be read only.
            database.deserialize(path.read_bytes())
            yield from _check_itself(path, database, published.descriptor)
            held = dict(_read_tables(database, published))
    except (sqlite3.Error, ArithmeticError, TypeError, ValueError) as error:
        yield package_problem(path, 0, "sqlite", str(error), "a whole SQLite database")
        return
    yield from compare_tables(Held(path, held), published)


def _check_itself(path: Path, database: sqlite3.Connection, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    for (found,) in database.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield package_problem(path, 0, "sqlite", found, "a database without damage")
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        yield package_problem(path, 0, "foreign-key", f"{table} row {row} is not in {parent}", f"a row of {parent}")
    stated, found = [descriptor[key] for key in STATED], database.execute(f"SELECT {_STATED} FROM _package").fetchall()
    if found != [tuple(stated)]:
        yield package_problem(path, 0, "stated", f"it says that it is {found}", f"{' '.join(stated)}")


def _read_tables(database: sqlite3.Connection, published: Published) -> Iterator[tuple[str, list[Values]]]:
    """Tables that have the columns of a published one, and the names of tables that are not published."""
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    exact = {tuple(row[:3]): Decimal(row[3]) for row in database.execute("SELECT * FROM _exact")}
    for name in (name for name in names if name not in _DICTIONARY):
        sheet = published.sheets.get(name)
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({_name(name)})")]
        if sheet is None:
            yield name, []
        elif columns == list(sheet.kinds):
            yield name, list(_read_rows(database, name, sheet, exact))


def _read_rows(
    database: sqlite3.Connection, name: str, sheet: Sheet, exact: Mapping[tuple[Any, ...], Decimal]
) -> Iterator[Values]:
    for cells in database.execute(f"SELECT * FROM {_name(name)} ORDER BY rowid"):
        row = tuple(_read_value(cell, kind) for cell, kind in zip(cells, sheet.kinds.values(), strict=True))
        key = sheet.key_of(row)
        yield tuple(exact.get((name, key, column), value) for column, value in zip(sheet.kinds, row, strict=True))


def _read_value(cell: Any, kind: str) -> Value:
    """A cell as a value of its column; one of another type stays as it is, and is found different."""
    if kind == "number" and isinstance(cell, float):
        return double_to_decimal(cell)
    if kind == "boolean" and cell in (0, 1):
        return bool(cell)
    if kind == "date" and isinstance(cell, str):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    return cell  # type: ignore[no-any-return]  # what SQLite gives: text, a whole number, or nothing
