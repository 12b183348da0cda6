"""A table → a Parquet file with exact types and its own dictionary; and such a file read back.

Same rows, same bytes. Compressed with gzip, which every reader knows and which does not depend on the processor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import BuildError, Problem
from generator.package.compare import Held, compare_tables
from generator.package.sheets import STATED, Published, Sheet, package_problem
from generator.package.texts import read_texts
from generator.package.values import Values
from generator.schemas import Column, TableSchema

SCALE = 6
"""Decimal places of every column of numbers; a column that needs more has more, so nothing is rounded."""

_STATED = ("package", "version", "schema_version")
_PRECISION = 38
_LEVEL = 6
"""Of gzip; 9 takes five times as long for two hundredths of the size."""
_BLOCK = 1 << 20
_GUARDED = r"^'('*[=+\-@＝＋－＠\t\r\n\x00])"
ROW_GROUP = 25_000
"""Rows that are in memory at a time, and that a reader can take alone."""


def write_parquet(path: Path, source: Path, schema: TableSchema, descriptor: Mapping[str, Any]) -> None:
    """One table of a package, from its CSV file ``source``, a part of the rows at a time.

    Raises BuildError for a number with more digits than Parquet can hold, OSError where the disk does not hold it.
    """
    import pyarrow

    scales = dict.fromkeys((column.name for column in schema.columns if column.type == "number"), SCALE)
    try:
        _write_rows(path, source, schema, descriptor, scales)
    except pyarrow.ArrowInvalid:  # a number with more decimals, or too many digits
        _write_rows(path, source, schema, descriptor, _find_scales(source, schema))


def parquet_key(sha256: str, schema: TableSchema, descriptor: Mapping[str, Any]) -> str:
    """What a file would be made from, as a digest: ``sha256`` is that of the CSV file with its rows."""
    told = msgspec.json.encode([sha256, schema.columns, _metadata(schema, descriptor)], order="sorted")
    return hashlib.sha256(told).hexdigest()


def _write_rows(
    path: Path, source: Path, schema: TableSchema, descriptor: Mapping[str, Any], scales: Mapping[str, int]
) -> None:
    import pyarrow
    from pyarrow import parquet

    fields = [_field(column, scales.get(column.name, SCALE)) for column in schema.columns]
    said = pyarrow.schema(fields, metadata=_metadata(schema, descriptor))
    with parquet.ParquetWriter(path, said, compression="gzip", compression_level=_LEVEL, version="2.6") as writer:
        for table in _read_groups(source, said):
            writer.write_table(table, row_group_size=ROW_GROUP)


def _read_groups(source: Path, said: Any) -> Iterator[Any]:
    """The rows in groups of ``ROW_GROUP``; of a table without rows one group without any."""
    import pyarrow
    from pyarrow import csv

    reading = csv.ReadOptions(use_threads=False, block_size=_BLOCK)
    kinds = {field.name: field.type for field in said}
    converting = csv.ConvertOptions(column_types=kinds, null_values=[""], strings_can_be_null=True)
    reader = csv.open_csv(source, reading, csv.ParseOptions(newlines_in_values=True), converting)
    waiting: list[Any] = []
    count = 0
    for batch in reader:
        waiting.append(_unguarded(batch, said))
        count += batch.num_rows
        while count >= ROW_GROUP:
            rows = pyarrow.Table.from_batches(waiting, said)
            yield rows.slice(0, ROW_GROUP).combine_chunks()
            waiting, count = rows.slice(ROW_GROUP).to_batches(), count - ROW_GROUP
    if count:
        yield pyarrow.Table.from_batches(waiting, said).combine_chunks()


def _unguarded(batch: Any, said: Any) -> Any:
    """The batch with the text as it is, without the apostrophes of CSV."""
    import pyarrow
    from pyarrow import compute

    columns = [
        compute.replace_substring_regex(column, _GUARDED, r"\1")
        if pyarrow.types.is_string(field.type) and compute.any(compute.starts_with(column, "'")).as_py()
        else column
        for column, field in zip(batch.columns, said, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(columns, schema=said)


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


def _field(column: Column, scale: int) -> Any:
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
    kind = kinds.get(column.type) or pyarrow.decimal128(_PRECISION, scale)
    return pyarrow.field(column.name, kind, nullable=not column.required, metadata=said)


def _find_scales(source: Path, schema: TableSchema) -> dict[str, int]:
    """The decimal places of each column of numbers: as many as its longest number has."""
    longest = {column.name: (SCALE, 0) for column in schema.columns if column.type == "number"}
    places = {index: column.name for index, column in enumerate(schema.columns) if column.name in longest}
    for row in read_texts(source, schema):
        for index, name in places.items():
            whole, _, fraction = row[index].lstrip("-").partition(".")
            scale, digits = longest[name]
            longest[name] = max(scale, len(fraction)), max(digits, len(whole.lstrip("0")))
            if sum(longest[name]) > _PRECISION:
                expected = f"expected {_PRECISION} digits, {longest[name][0]} of them decimals, or fewer"
                found, remedy = f"{name}: {row[index]}", "correct the register"
                raise BuildError(Problem(f"{schema.name}.parquet", 0, "parquet-number", found, expected, remedy))
    return {name: scale for name, (scale, _) in longest.items()}


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
