"""The tables of a place's year → the files of its package and its downloads, checked. Pure: nothing is written."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.model import Record
from generator.package.archive import README, package_to_zip
from generator.package.compare import first_few
from generator.package.descriptor import TableFile, package_descriptor, render_descriptor, table_schema
from generator.package.plain import columns_to_csv, guard_columns, rows_to_columns, table_to_json
from generator.package.readme import readme_text
from generator.package.sheets import package_problem
from generator.package.subsets import Subset
from generator.package.tablecheck import Columns, check_keys, check_values
from generator.package.wordcheck import check_words
from generator.package.workbook import write_workbook
from generator.schemas import TableSchema
from generator.steps import step
from generator.tables import Tables

CATALOGUED = frozenset(["themes", "measures"])
"""Tables that are the same in every package."""

_CATALOGUED_FILES = frozenset(f"{name}.{suffix}" for name in CATALOGUED for suffix in ("csv", "json"))

DOCUMENTED = frozenset(["sources", "appraisals"])
"""Tables whose ids come with the documents: nothing keeps those of two years apart but that they are compared."""

_LINE_END = re.compile(r"\r\n|\r|\n")


class PackedYear(Record, frozen=True):
    """The package of a place's year: the files of its folder, and those of its folder of downloads, by their names."""

    subset: Subset
    files: dict[str, bytes]
    downloads: dict[str, bytes]


def pack_tables(
    subset: Subset,
    tables: Tables,
    schemas: Sequence[TableSchema],
    site_url: str = "",
    out: Path = Path("datapackage"),
) -> PackedYear:
    """Everything that is published of a place's year, of its tables.

    ``site_url`` is where the site is published, with a slash at its end; the README of the zip cites it, no other file.
    Raises BuildError where a row breaks the schema of its table, an id is of another year, or the descriptor leaves out
    what it must say. Problems are told of the files as they would stand under ``out``.
    """
    with step("packages"):
        columns = {schema.name: rows_to_columns(tables[schema.name], schema) for schema in schemas}
        guarded = {schema.name: guard_columns(columns[schema.name], schema) for schema in schemas}
        files = _plain_files(tables, guarded, schemas)
        sizes = [_describe(schema, files[f"{schema.name}.csv"]) for schema in schemas]
        descriptor = package_descriptor(subset, sizes)
        files["datapackage.json"] = render_descriptor(descriptor)
    with step("validation"):
        folder = out / subset.folder
        problems = list(_check_tables(guarded, schemas, subset, folder))
        problems += first_few(check_words(folder / "datapackage.json", descriptor), folder, "what it says")
        if problems:
            raise BuildError(*problems)
    with step("formats"):
        downloads = _downloads(subset, columns, schemas, {**files, README: readme_text(subset, site_url).encode()})
    return PackedYear(subset=subset, files=files, downloads=downloads)


def _plain_files(
    tables: Tables, guarded: Mapping[str, Sequence[Sequence[str]]], schemas: Sequence[TableSchema]
) -> dict[str, bytes]:
    files = {}
    for schema in schemas:
        files[f"{schema.name}.csv"] = columns_to_csv(guarded[schema.name], schema)
        files[f"{schema.name}.json"] = table_to_json(tables[schema.name])
    return files


def _describe(schema: TableSchema, data: bytes) -> TableFile:
    return TableFile(schema, hashlib.sha256(data).hexdigest(), len(data))


def _downloads(
    subset: Subset,
    columns: Mapping[str, Sequence[Sequence[str]]],
    schemas: Sequence[TableSchema],
    files: Mapping[str, bytes],
) -> dict[str, bytes]:
    workbook, counts = io.BytesIO(), {name: len(cells[0]) for name, cells in columns.items()}
    write_workbook(workbook, lambda schema: zip(*columns[schema.name], strict=True), counts, schemas, subset)
    return {f"{subset.name}.zip": package_to_zip(files, _CATALOGUED_FILES), f"{subset.name}.xlsx": workbook.getvalue()}


def _check_tables(
    guarded: Mapping[str, Sequence[Sequence[str]]], schemas: Sequence[TableSchema], subset: Subset, folder: Path
) -> Iterator[Problem]:
    tables = {schema.name: _to_columns(guarded[schema.name], schema, folder) for schema in schemas}
    for name, table in tables.items():
        yield from first_few(check_values(table), table.path, name)
        yield from first_few(check_keys(table, tables), table.path, name)
        if name not in CATALOGUED | DOCUMENTED:
            yield from first_few(_check_ids(table, subset), table.path, name)


def _to_columns(guarded: Sequence[Sequence[str]], schema: TableSchema, folder: Path) -> Columns:
    cells = dict(zip(schema.column_names(), guarded, strict=True))

    def line_of(index: int) -> int:
        before = zip(*(column[: index + 1] for column in guarded), strict=True)
        return 1 + sum(1 + sum(len(_LINE_END.findall(cell)) for cell in row) for row in before)

    return Columns(folder / f"{schema.name}.csv", table_schema(schema), cells, line_of)


def _check_ids(table: Columns, subset: Subset) -> Iterator[Problem]:
    """Ids of another year: in the package of everything they could be those of a row of that year."""
    name, prefix = table.schema["primaryKey"][0], f"{subset.name}-"
    for index, cell in enumerate(table.cells[name]):
        if not cell.startswith(prefix):
            yield package_problem(
                table.path, table.line_of(index), "id", f"{name}: {cell!r}", f"an id that begins with {prefix}"
            )
