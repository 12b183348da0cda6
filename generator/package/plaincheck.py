"""Plain checks of a published package, for what frictionless lets pass: keys, BOM, full-width digits, lost files.

Everything is checked against the package's own ``datapackage.json``, so a package can be checked anywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.archive import README
from generator.package.compare import first_few
from generator.package.sbom import SBOM
from generator.package.sheets import Published, Sheet, package_problem, read_sheet
from generator.package.tablecheck import VALUE_FORMS, Columns, check_keys, check_values

BESIDE = (README, SBOM, "SHA256SUMS")
"""What an unpacked download or a release has beside its tables."""

_KEYS = {
    "schema": {"$schema", "fields", "missingValues", "primaryKey", "foreignKeys"},
    "field": {"name", "type", "title", "description", "constraints", "categories", "deprecated"},
    "constraints": {"required", "unique", "minimum", "pattern", "enum"},
}


def check_package(folder: Path, descriptor: dict[str, Any], *, alone: bool) -> tuple[Published, list[Problem]]:
    """The package as it could be read, and everything that is wrong with its CSV files.

    ``alone``: nothing but the package lies in the folder.
    """
    resources = descriptor.get("resources") or []
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    for resource in resources:
        path = folder / str(resource.get("path", ""))
        found = list(_check_file(path, resource))
        problems += found
        if not found:
            sheets[resource["name"]] = read_sheet(path, resource["schema"])
    unread = frozenset({str(resource["name"]) for resource in resources} - sheets.keys())
    tables = {name: _to_columns(sheet) for name, sheet in sheets.items()}
    for name, table in tables.items():
        found_in_rows = (*_check_rows(sheets[name]), *check_values(table))
        problems += first_few(found_in_rows, table.path, table.path.stem)
        problems += first_few(check_keys(table, tables, unread), table.path, table.path.stem)
    if alone:
        problems += _check_left_over(folder, resources)
    return Published(folder, descriptor, sheets), problems


def _check_file(path: Path, resource: dict[str, Any]) -> Iterator[Problem]:
    """File, digest, encoding and header. Rows are looked at only when these are in order."""
    if not path.is_file():
        yield package_problem(path, 0, "file-missing", "no such file", "the file that datapackage.json names")
        return
    data = path.read_bytes()
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if resource.get("hash") != digest or resource.get("bytes") != len(data):
        yield package_problem(path, 0, "hash", f"{len(data)} bytes, {digest}", "bytes and hash of datapackage.json")
    if data.startswith(b"\xef\xbb\xbf"):
        yield package_problem(path, 1, "bom", "a byte order mark", "UTF-8 without one")
    if data.partition(b"\n")[0].endswith(b"\r"):
        yield package_problem(path, 1, "line-end", "CR LF", "LF alone")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield package_problem(path, 0, "not-utf-8", f"byte {error.start} is not UTF-8", "UTF-8")
        return
    schema = resource.get("schema") or {}
    yield from (
        package_problem(path, 0, "schema-key", f"unknown key {key!r} in its schema", "keys of Table Schema")
        for key in _unknown_keys(schema)
    )
    yield from (package_problem(path, 0, "schema", *wrong) for wrong in _wrong_schema(schema))
    yield from _check_header(path, text, [str(field.get("name")) for field in schema.get("fields", [])])


def _check_header(path: Path, text: str, names: list[str]) -> Iterator[Problem]:
    try:
        header = next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error as error:  # a cell without end
        yield package_problem(path, 1, "header", str(error), "a line of column names")
        return
    if header != names:
        yield package_problem(path, 1, "header", ",".join(header), f"the columns {','.join(names)}")


def _unknown_keys(schema: dict[str, Any]) -> Iterator[str]:
    yield from sorted(set(schema) - _KEYS["schema"])
    for field in schema.get("fields", []):
        yield from sorted(set(field) - _KEYS["field"])
        yield from sorted(set(field.get("constraints", {})) - _KEYS["constraints"])


def _wrong_schema(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the profile allows and our packages do not have: types of other kinds, keys that are no list of columns."""
    kinds = {field.get("name"): field.get("type") for field in schema.get("fields", [])}
    for name, kind in kinds.items():
        if kind not in {"string", *VALUE_FORMS}:
            yield f"{name} is of type {kind}", f"one of string, {', '.join(VALUE_FORMS)}"
    foreign = [key.get("fields") for key in schema.get("foreignKeys", [])]
    foreign += [key.get("reference", {}).get("fields") for key in schema.get("foreignKeys", [])]
    if not all(isinstance(fields, list) for fields in foreign):
        yield "a foreign key whose columns are no list", "lists of columns"
    for fields in (schema.get("primaryKey"), *foreign[: len(foreign) // 2]):
        if not isinstance(fields, list) or not fields or not set(fields) <= set(kinds):
            yield f"a key of {fields}", "a list of columns of the table"


def _check_rows(sheet: Sheet) -> Iterator[Problem]:
    for line, row in sheet.rows:
        if None in row or None in row.values():
            yield package_problem(sheet.path, line, "columns", "more or fewer cells than columns", "one cell a column")


def _to_columns(sheet: Sheet) -> Columns:
    """The cells of a sheet by column; one that is not there is empty."""
    cells = {name: [row.get(name) or "" for _, row in sheet.rows] for name in sheet.kinds}
    return Columns(sheet.path, sheet.schema, cells, lambda index: sheet.rows[index][0])


def _check_left_over(folder: Path, resources: list[dict[str, Any]]) -> Iterator[Problem]:
    stems = {Path(str(resource.get("path", ""))).stem for resource in resources}
    expected = {"datapackage.json", *BESIDE} | {f"{stem}.{kind}" for stem in stems for kind in ("csv", "json")}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in expected:
            yield package_problem(
                path, 0, "left-over", "a file that the package does not name", "only files of the package"
            )
