"""A table → a Parquet file with exact types and its own dictionary; and such a file read back.

Same rows, same bytes. Compressed with gzip, which every reader knows and which does not depend on the processor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import BuildError, Problem
from generator.package.compare import Held, compare_tables
from generator.package.sheets import STATED, Published, Sheet, package_problem
from generator.package.values import Value, Values, normal_value
from generator.schemas import Column, TableSchema
from generator.tables import Row

SCALE = 6
"""Decimal places of every column of numbers; a column that needs more has more, so nothing is rounded."""

_STATED = ("package", "version", "schema_version")
_PRECISION = 38
_ROW_GROUP = 1_000_000


def table_to_parquet(rows: Sequence[Row], schema: TableSchema, descriptor: Mapping[str, Any]) -> bytes:
    """One table. Raises BuildError for a number with more digits than Parquet can hold."""
    import pyarrow
    from pyarrow import parquet

    columns = [[normal_value(row[column.name]) for row in rows] for column in schema.columns]
    fields = [_field(column, values, schema.name) for column, values in zip(schema.columns, columns, strict=True)]
    arrays = [pyarrow.array(values, type=field.type) for values, field in zip(columns, fields, strict=True)]
    said = pyarrow.schema(fields, metadata=_metadata(schema, descriptor))
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.Table.from_arrays(arrays, schema=said)
    parquet.write_table(table, sink, compression="gzip", row_group_size=_ROW_GROUP, version="2.6")
    return bytes(sink.getvalue().to_pybytes())


def _metadata(schema: TableSchema, descriptor: Mapping[str, Any]) -> dict[str, str]:
    """What the table is, what package it is of, and its Table Schema, as a reader finds them in the footer."""
    resource = next(one for one in descriptor["resources"] if one["name"] == schema.name)
    said = {
        "title": resource["title"],
        "description": resource["description"],
        "package": descriptor["name"],
        "version": descriptor["version"],
        "schema_version": descriptor["schemaVersion"],
        "licence": ", ".join(one["name"] for one in descriptor["licenses"]),
        "licence_url": ", ".join(one["path"] for one in descriptor["licenses"]),
        "table_schema": json.dumps(resource["schema"], ensure_ascii=False),
    }
    return said | {key: descriptor[key] for key in ("created",) if key in descriptor}


def _field(column: Column, values: Sequence[Value], table: str) -> Any:
    import pyarrow

    said = {
        "title_zh": column.title.zh,
        "title_en": column.title.en,
        "description_zh": column.description.zh,
        "description_en": column.description.en,
    }
    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    kind = kinds.get(column.type) or pyarrow.decimal128(_PRECISION, _scale(column, values, table))
    return pyarrow.field(column.name, kind, nullable=not column.required, metadata=said)


def _scale(column: Column, values: Sequence[Value], table: str) -> int:
    """The decimal places of a column of numbers."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    scale = max([SCALE, *(-int(value.as_tuple().exponent) for value in numbers)])
    for value in numbers:
        if value and value.adjusted() + 1 + scale > _PRECISION:
            expected = f"expected {_PRECISION} digits, {scale} of them decimals, or fewer"
            remedy = "correct the register"
            raise BuildError(
                Problem(f"{table}.parquet", 0, "parquet-number", f"{column.name}: {value}", expected, remedy)
            )
    return scale


def check_parquet(path: Path, published: Published, name: str) -> Iterator[Problem]:
    """What is wrong with the Parquet file of one table: damage, types, and rows that are not those of the package."""
    from pyarrow import parquet

    try:
        with path.open("rb") as file:
            table = parquet.read_table(file)
    except Exception as error:  # whatever pyarrow trips over in a damaged file
        yield package_problem(path, 0, "parquet", str(error).partition("\n")[0], "a whole Parquet file")
        return
    sheet = published.sheets[name]
    alone = Published(published.folder, published.descriptor, {name: sheet})
    if table.column_names != list(sheet.kinds):
        found, expected = ", ".join(table.column_names), f"the columns {', '.join(sheet.kinds)}"
        yield package_problem(path, 0, "columns", found, expected)
        return
    yield from _check_types(path, table, sheet)
    stated = {key: published.descriptor[name] for key, name in zip(_STATED, STATED, strict=True)}
    said = {key: (table.schema.metadata or {}).get(key.encode(), b"").decode(errors="replace") for key in _STATED}
    if said != stated:
        yield package_problem(
            path, 0, "stated", f"it says that it is {' '.join(said.values())}", " ".join(stated.values())
        )
    yield from compare_tables(Held(path, {name: _rows(table)}), alone)


def _check_types(path: Path, table: Any, sheet: Sheet) -> Iterator[Problem]:
    expected = {"string": "string", "integer": "int64", "boolean": "bool", "date": "date32", "number": "decimal128"}
    for name, kind in sheet.kinds.items():
        found = str(table.schema.field(name).type)
        if not found.startswith(expected[kind]):
            yield package_problem(path, 0, "type", f"{name}: {found}", expected[kind])


def _rows(table: Any) -> list[Values]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
