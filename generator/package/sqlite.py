"""Tables → one SQLite database with types, keys and its own dictionary; and such a database read back.

Same tables, same bytes: the database is filled beside its place, row by row, and written again without gaps. Fields of
the header that nothing reads, how often it was written and by which version of the library, are set to nought and to
the oldest version that can open it.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import BuildError, Problem
from generator.package.compare import Held, compare_tables
from generator.package.sheets import STATED, Published, Sheet, package_problem
from generator.package.texts import TextRows
from generator.package.values import DOUBLE_DIGITS, Value, Values, double_to_decimal, fits_double
from generator.schemas import Column, TableSchema

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
_CHANGES, _VALID_FOR, _VERSION = 24, 92, 96
"""Fields of the header: how often the file was written, when its writer was noted, and which version that was."""
_EMPTY = "NULLIF(?, '')"


@dataclass(frozen=True)
class Stated:
    """What a database says of its package: the descriptor, and as of when its newest progress speaks."""

    descriptor: Mapping[str, Any]
    as_of: date | None


def write_sqlite(
    path: Path,
    read: Callable[[TableSchema], TextRows],
    counts: Mapping[str, int],
    schemas: Sequence[TableSchema],
    stated: Stated,
) -> None:
    """The whole package as one database at ``path``, where nothing is yet, of rows that were checked.

    ``read`` gives the rows of a table, ``counts`` how many they are. Raises BuildError where SQLite is too old for
    STRICT tables, and for rows that break their schema; OSError where the disk does not hold it.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        found, remedy = f"SQLite {sqlite3.sqlite_version}", "use a Python with a newer SQLite"
        raise BuildError(Problem("sqlite3", 0, "sqlite-old", found, "expected 3.37 or newer", remedy))
    filled = path.with_name(f"{path.name}.filled")
    try:
        with closing(sqlite3.connect(filled, isolation_level=None)) as database:
            _fill(database, read, counts, schemas, stated)
            database.execute("VACUUM INTO ?", [str(path)])
    except sqlite3.OperationalError as error:  # it does not say what kept it from writing
        raise OSError(errno.ENOSPC, str(error), str(path)) from error
    filled.unlink()
    major, minor, patch = OLDEST
    with path.open("r+b") as file:
        for place, value in ((_CHANGES, 0), (_VALID_FOR, 0), (_VERSION, major * 1_000_000 + minor * 1000 + patch)):
            file.seek(place)
            file.write(value.to_bytes(4, "big"))


def _fill(
    database: sqlite3.Connection,
    read: Callable[[TableSchema], TextRows],
    counts: Mapping[str, int],
    schemas: Sequence[TableSchema],
    stated: Stated,
) -> None:
    # What is lost when the machine stops is made again; codes and dates were checked, three times as fast.
    database.executescript(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = OFF;"
        "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA cache_size = -32768;"
    )
    for statement in (*map(_create_table, schemas), *_create_dictionary()):
        database.execute(statement)
    database.execute("BEGIN")
    _fill_dictionary(database, counts, schemas, stated)
    for schema in schemas:
        _fill_table(database, schema, read(schema))
    for statement in _create_indexes(schemas):
        database.execute(statement)
    database.execute("COMMIT")


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


def _fill_table(database: sqlite3.Connection, schema: TableSchema, rows: TextRows) -> None:
    exact: list[list[str]] = []
    values = ", ".join(f"{_EMPTY} = 'true'" if column.type == "boolean" else _EMPTY for column in schema.columns)
    try:
        database.executemany(f"INSERT INTO {_name(schema.name)} VALUES ({values})", _stored_rows(schema, rows, exact))
    except (sqlite3.IntegrityError, OverflowError) as error:
        found = f"{schema.name}: {error}"
        raise BuildError(package_problem(Path("sqlite"), 0, "sqlite", found, "rows that keep the schema")) from error
    _insert(database, "_exact", exact)


def _fill_dictionary(
    database: sqlite3.Connection, counts: Mapping[str, int], schemas: Sequence[TableSchema], stated: Stated
) -> None:
    descriptor = stated.descriptor
    licences, newest = descriptor["licenses"], stated.as_of.isoformat() if stated.as_of else None
    package = [descriptor[key] for key in ("name", "title", "description", "version", "schemaVersion")]
    package += [", ".join(one[key] for one in licences) for key in ("name", "path")]
    package += [newest, descriptor.get("created"), _STORAGE_ZH, _STORAGE_EN]
    _insert(database, "_package", [package])
    for schema in schemas:
        said = [schema.title.zh, schema.title.en, schema.description.zh, schema.description.en]
        _insert(database, "_tables", [[schema.name, *said, counts[schema.name]]])
        _insert(database, "_columns", (_describe(schema, *numbered) for numbered in enumerate(schema.columns, start=1)))
        codes = ((column.name, code) for column in schema.columns for code in column.labels)
        _insert(database, "_codes", ([schema.name, name, code.value, code.zh, code.en] for name, code in codes))


def _describe(schema: TableSchema, position: int, column: Column) -> list[Any]:
    said = [column.title.zh, column.title.en, column.description.zh, column.description.en]
    return [schema.name, position, column.name, column.type, *said]


def _insert(database: sqlite3.Connection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    width = len(database.execute(f"PRAGMA table_info({_name(name)})").fetchall())
    database.executemany(f"INSERT INTO {_name(name)} VALUES ({', '.join('?' * width)})", rows)


def _stored_rows(schema: TableSchema, rows: TextRows, exact: list[list[str]]) -> Iterator[Sequence[Any]]:
    """The rows as they are bound; to ``exact`` come, as text, the numbers that a double would round."""
    numbers = [index for index, column in enumerate(schema.columns) if column.type == "number"]
    keys = [schema.column_names().index(name) for name in schema.primary_key]
    for row in rows:
        if not numbers:
            yield row
            continue
        bound: list[Any] = list(row)
        for index in numbers:
            cell = row[index]
            if cell:
                bound[index] = float(cell)
                if len(cell) > DOUBLE_DIGITS and not fits_double(Decimal(cell)):
                    key = "/".join(row[at] for at in keys)
                    exact.append([schema.name, key, schema.columns[index].name, cell])
        yield bound


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
