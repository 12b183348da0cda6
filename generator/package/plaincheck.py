"""Plain checks of a published package, for what frictionless lets pass: keys, BOM, full-width digits, lost files.

Everything is checked against the package's own ``datapackage.json``, so a package can be checked anywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import Problem

BESIDE = ("README.txt", "SHA256SUMS")
"""What an unpacked download or a release has beside its tables."""

_REMEDY = "build again; if it stays, correct the register or the schema"
_FIELD_LIMIT = 10**9
_VALUE = {
    "integer": re.compile(r"-?[0-9]+\Z"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?\Z"),
    "boolean": re.compile(r"(true|false)\Z"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
}
_KEYS = {
    "schema": {"$schema", "fields", "missingValues", "primaryKey", "foreignKeys"},
    "field": {"name", "type", "title", "description", "constraints", "categories", "deprecated"},
    "constraints": {"required", "unique", "minimum", "pattern", "enum"},
}


@dataclass(frozen=True)
class _Sheet:
    """A table as read back: its file, its descriptor, and its rows with the line on which each ends."""

    path: Path
    schema: dict[str, Any]
    rows: tuple[tuple[int, dict[str, str]], ...]


def check_package(folder: Path, descriptor: dict[str, Any]) -> list[Problem]:
    """Everything that is wrong with the files of a package, as its descriptor describes them."""
    resources = descriptor.get("resources") or []
    problems: list[Problem] = []
    sheets: dict[str, _Sheet] = {}
    for resource in resources:
        path = folder / str(resource.get("path", ""))
        found = list(_check_file(path, resource))
        problems += found
        if not found:
            sheets[resource["name"]] = _read_sheet(path, resource["schema"])
    for sheet in sheets.values():
        problems += _check_rows(sheet)
        problems += _check_keys(sheet, sheets)
        problems += _check_twin(sheet)
    return problems + list(_check_left_over(folder, resources))


def _check_file(path: Path, resource: dict[str, Any]) -> Iterator[Problem]:
    """File, digest, encoding and header. Rows are looked at only when these are in order."""
    if not path.is_file():
        yield _problem(path, 0, "file-missing", "no such file", "the file that datapackage.json names")
        return
    data = path.read_bytes()
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if resource.get("hash") != digest or resource.get("bytes") != len(data):
        yield _problem(path, 0, "hash", f"{len(data)} bytes, {digest}", "bytes and hash of datapackage.json")
    if data.startswith(b"\xef\xbb\xbf"):
        yield _problem(path, 1, "bom", "a byte order mark", "UTF-8 without one")
    if b"\r\n" in data:
        yield _problem(path, 1, "line-end", "CR LF", "LF alone")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield _problem(path, 0, "not-utf-8", f"byte {error.start} is not UTF-8", "UTF-8")
        return
    schema = resource.get("schema") or {}
    yield from (
        _problem(path, 0, "schema-key", f"unknown key {key!r} in its schema", "keys of Table Schema")
        for key in _unknown_keys(schema)
    )
    header, names = next(csv.reader(io.StringIO(text)), []), [field.get("name") for field in schema.get("fields", [])]
    if header != names:
        yield _problem(path, 1, "header", ",".join(header), f"the columns {','.join(map(str, names))}")


def _unknown_keys(schema: dict[str, Any]) -> Iterator[str]:
    yield from sorted(set(schema) - _KEYS["schema"])
    for field in schema.get("fields", []):
        yield from sorted(set(field) - _KEYS["field"])
        yield from sorted(set(field.get("constraints", {})) - _KEYS["constraints"])


def _read_sheet(path: Path, schema: dict[str, Any]) -> _Sheet:
    csv.field_size_limit(_FIELD_LIMIT)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return _Sheet(path, schema, tuple((reader.line_num, dict(row)) for row in reader))


def _check_rows(sheet: _Sheet) -> Iterator[Problem]:
    for field in sheet.schema["fields"]:
        name, constraints, seen = field["name"], field.get("constraints", {}), set[str]()
        for line, row in sheet.rows:
            value = row.get(name)
            wrong = _wrong_value(value, field["type"], constraints)
            if wrong:
                yield _problem(sheet.path, line, "value", f"{name}: {value!r}", wrong)
            if constraints.get("unique") and value in seen:
                yield _problem(sheet.path, line, "unique", f"{name}: {value!r} stands twice", "each value once")
            seen.add(value or "")
    yield from (
        _problem(sheet.path, line, "columns", "more or fewer cells than columns", "one cell a column")
        for line, row in sheet.rows
        if None in row or None in row.values()
    )


def _wrong_value(value: str | None, kind: str, constraints: dict[str, Any]) -> str:
    """What was expected instead of a cell, or ``""``."""
    if not value:
        return "a value" if constraints.get("required") else ""
    if kind in _VALUE and not _VALUE[kind].match(value):
        return f"a {kind} in ASCII digits, plainly written"
    if "enum" in constraints and value not in constraints["enum"]:
        return f"one of {', '.join(constraints['enum'])}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        return f"the pattern {constraints['pattern']}"
    if "minimum" in constraints and Decimal(value) < Decimal(str(constraints["minimum"])):
        return f"{constraints['minimum']} or more"
    return ""


def _check_keys(sheet: _Sheet, sheets: dict[str, _Sheet]) -> Iterator[Problem]:
    primary, seen = sheet.schema["primaryKey"], set[tuple[str, ...]]()
    for line, row in sheet.rows:
        key = tuple(row[column] for column in primary)
        if not all(key) or key in seen:
            yield _problem(sheet.path, line, "primary-key", f"{key} is empty or stands twice", "a key of its own")
        seen.add(key)
    for foreign in sheet.schema.get("foreignKeys", []):
        yield from _check_foreign_key(sheet, foreign, sheets)


def _check_foreign_key(sheet: _Sheet, foreign: dict[str, Any], sheets: dict[str, _Sheet]) -> Iterator[Problem]:
    """An empty reference is no reference; any other must be there."""
    target = sheets.get(foreign["reference"]["resource"])
    columns = foreign["reference"]["fields"]
    known = {tuple(row[column] for column in columns) for _, row in target.rows} if target else set()
    for line, row in sheet.rows:
        key = tuple(row[column] for column in foreign["fields"])
        if any(key) and key not in known:
            name = foreign["reference"]["resource"]
            yield _problem(sheet.path, line, "foreign-key", f"{', '.join(key)} is not in {name}", f"a row of {name}")


def _check_twin(sheet: _Sheet) -> Iterator[Problem]:
    """The JSON file beside a CSV file: the same rows with the same columns."""
    path = sheet.path.with_suffix(".json")
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield _problem(path, 0, "json", str(error).partition("\n")[0], "an array of objects")
        return
    names = [field["name"] for field in sheet.schema["fields"]]
    if len(rows) != len(sheet.rows) or any(list(row) != names for row in rows):
        yield _problem(path, 0, "json", f"{len(rows)} rows", f"the {len(sheet.rows)} rows and columns of the CSV file")


def _check_left_over(folder: Path, resources: list[dict[str, Any]]) -> Iterator[Problem]:
    stems = {Path(str(resource.get("path", ""))).stem for resource in resources}
    expected = {"datapackage.json", *BESIDE} | {f"{stem}.{kind}" for stem in stems for kind in ("csv", "json")}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in expected:
            yield _problem(path, 0, "left-over", "a file that the package does not name", "only files of the package")


def _problem(path: Path, line: int, code: str, found: str, expected: str) -> Problem:
    return Problem(path, line, f"package-{code}", found, f"expected {expected}", _REMEDY)
