"""Plain checks of a published package, for what frictionless lets pass: keys, BOM, full-width digits, lost files.

Everything is checked against the package's own ``datapackage.json``, so a package can be checked anywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.inert import guard_text, unguard_text
from generator.package.archive import README
from generator.package.compare import first_few
from generator.package.sheets import Published, Sheet, package_problem, read_sheet

BESIDE = (README, "SHA256SUMS")
"""What an unpacked download or a release has beside its tables."""

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
    unread = {str(resource["name"]) for resource in resources} - sheets.keys()
    for sheet in sheets.values():
        problems += first_few(_check_rows(sheet), sheet.path, sheet.path.stem)
        problems += first_few(_check_keys(sheet, sheets, unread), sheet.path, sheet.path.stem)
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
        if kind not in {"string", *_VALUE}:
            yield f"{name} is of type {kind}", f"one of string, {', '.join(_VALUE)}"
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
    for field in sheet.schema["fields"]:
        name, constraints, seen = field["name"], field.get("constraints", {}), set[str]()
        for line, row in sheet.rows:
            value = row.get(name)
            wrong = _wrong_value(value, field["type"], constraints)
            if wrong:
                yield package_problem(sheet.path, line, "value", f"{name}: {value!r}", wrong)
            if constraints.get("unique") and value in seen:
                yield package_problem(sheet.path, line, "unique", f"{name}: {value!r} stands twice", "each value once")
            seen.add(value or "")


def _wrong_value(value: str | None, kind: str, constraints: dict[str, Any]) -> str:
    """What was expected instead of a cell, or ``""``."""
    if not value:
        return "a value" if constraints.get("required") else ""
    return _wrong_form(value, kind) or _wrong_content(value, constraints)


def _wrong_form(value: str, kind: str) -> str:
    if kind in _VALUE and not _is_value(value, kind):
        return f"a {kind} in ASCII digits, plainly written"
    if kind == "string" and guard_text(unguard_text(value)) != value:
        return "an apostrophe before it, since a spreadsheet would run it as a formula"
    return ""


def _wrong_content(value: str, constraints: dict[str, Any]) -> str:
    if "enum" in constraints and value not in constraints["enum"]:
        return f"one of {', '.join(constraints['enum'])}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        return f"the pattern {constraints['pattern']}"
    if "minimum" in constraints and Decimal(value) < Decimal(str(constraints["minimum"])):
        return f"{constraints['minimum']} or more"
    return ""


def _is_value(cell: str, kind: str) -> bool:
    if not _VALUE[kind].match(cell):
        return False
    if kind != "date":
        return True
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:  # the 31st of February
        return False


def _check_keys(sheet: Sheet, sheets: dict[str, Sheet], unread: set[str]) -> Iterator[Problem]:
    """``unread`` are tables of the package whose own problems are told: what refers to them cannot be judged."""
    primary, seen = sheet.schema["primaryKey"], set[tuple[str, ...]]()
    for line, row in sheet.rows:
        key = tuple(row[column] for column in primary)
        if not all(key) or key in seen:
            yield package_problem(
                sheet.path, line, "primary-key", f"{key} is empty or stands twice", "a key of its own"
            )
        seen.add(key)
    for foreign in sheet.schema.get("foreignKeys", []):
        if foreign["reference"]["resource"] in unread:
            continue
        yield from _check_foreign_key(sheet, foreign, sheets)


def _check_foreign_key(sheet: Sheet, foreign: dict[str, Any], sheets: dict[str, Sheet]) -> Iterator[Problem]:
    """An empty reference is no reference; any other must be there."""
    target = sheets.get(foreign["reference"]["resource"])
    columns = foreign["reference"]["fields"]
    if target and not set(columns) <= set(target.kinds):
        found = f"{foreign['reference']['resource']} has no columns {', '.join(columns)}"
        yield package_problem(sheet.path, 0, "schema", found, "columns that are there")
        return
    known = {tuple(row[column] for column in columns) for _, row in target.rows} if target else set()
    for line, row in sheet.rows:
        key = tuple(row[column] for column in foreign["fields"])
        if any(key) and key not in known:
            name = foreign["reference"]["resource"]
            yield package_problem(
                sheet.path, line, "foreign-key", f"{', '.join(key)} is not in {name}", f"a row of {name}"
            )


def _check_left_over(folder: Path, resources: list[dict[str, Any]]) -> Iterator[Problem]:
    stems = {Path(str(resource.get("path", ""))).stem for resource in resources}
    expected = {"datapackage.json", *BESIDE} | {f"{stem}.{kind}" for stem in stems for kind in ("csv", "json")}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in expected:
            yield package_problem(
                path, 0, "left-over", "a file that the package does not name", "only files of the package"
            )
