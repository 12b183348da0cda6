"""Names are a contract: what may change between two releases, and by which version of the schema it is announced.

A table, column or code that comes raises the second number of the schema version, one that goes or becomes something
else the first; a column goes only after it was marked ``deprecated``, and not before the day named there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.changes import PublishedData
from generator.errors import Problem
from generator.package.descriptor import table_schema
from generator.schemas import TableSchema

_Schemas = Mapping[str, Mapping[str, Any]]


def check_contract(
    published: Mapping[str, Any], schemas: Sequence[TableSchema], version: str, day: date, path: Path
) -> list[Problem]:
    """What breaks the contract with those who use the last release, whose descriptor ``published`` is.

    ``version`` is the schema version that ``path`` (``content/publication.yml``) states, ``day`` that of the data.
    """
    last = str(published["schemaVersion"])
    old: _Schemas = {resource["name"]: resource["schema"] for resource in published["resources"]}
    new: _Schemas = {schema.name: table_schema(schema) for schema in schemas}
    gone, come = list(_differences(old, new)), list(_additions(old, new))
    wanted = _next_version(last, 0 if gone else 1 if come else None)
    problems = list(_too_soon(old, new, day, path))
    if _numbers(version) < _numbers(wanted):
        what = "; ".join([*gone, *come]) or f"the schema is that of {last}"
        problems.append(
            Problem(
                path,
                0,
                "schema-version",
                f"schema_version {version}: {what}",
                f"expected {wanted} or higher, since {last} was published",
                f'put back what is gone, or write the line "schema_version: {wanted}" and say so in CHANGELOG.md',
            )
        )
    return problems


def check_filled(old: PublishedData, new: PublishedData, schemas: Sequence[TableSchema], path: Path) -> list[Problem]:
    """Columns that are to go and are empty already. ``path`` is the folder of the schemas."""
    return [
        Problem(
            path / f"{schema.name}.yml",
            0,
            "schema-deprecated",
            f"column {column.name!r} is empty",
            f"expected it to be filled until {column.deprecated.until}",
            "fill it as before",
        )
        for schema in schemas
        for column in schema.columns
        if column.deprecated
        and any(row.get(column.name) for row in old.tables[schema.name])
        and not any(row.get(column.name) for row in new.tables[schema.name])
    ]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _next_version(version: str, place: int | None) -> str:
    """The version with one of its numbers raised and those after it at 0; itself where nothing is to be raised."""
    if place is None:
        return version
    numbers = _numbers(version)
    return ".".join(map(str, [*numbers[:place], numbers[place] + 1, *([0] * (2 - place))]))


def _fields(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {field["name"]: field for field in schema["fields"]}


def _codes(field: Mapping[str, Any]) -> set[str]:
    return set(field.get("constraints", {}).get("enum", ()))


def _differences(old: _Schemas, new: _Schemas) -> Iterator[str]:
    """What a program written for the old tables would stumble over in the new ones."""
    for table, before in old.items():
        if table not in new:
            yield f"table {table} is gone"
            continue
        if before["primaryKey"] != new[table]["primaryKey"]:
            yield f"table {table} has another key"
        after = _fields(new[table])
        for name, field in _fields(before).items():
            yield from _field_differences(f"{table}.{name}", field, after.get(name))


def _field_differences(name: str, old: Mapping[str, Any], new: Mapping[str, Any] | None) -> Iterator[str]:
    if new is None:
        yield f"column {name} is gone"
        return
    if old["type"] != new["type"]:
        yield f"column {name} was {old['type']} and is {new['type']}"
    for rule in ("required", "unique"):
        if old.get("constraints", {}).get(rule) and not new.get("constraints", {}).get(rule):
            yield f"column {name} is {rule} no more"
    if _codes(old) and not _codes(new):
        yield f"column {name} has no list of codes any more"
    else:
        yield from (f"column {name} has no code {code} any more" for code in sorted(_codes(old) - _codes(new)))


def _additions(old: _Schemas, new: _Schemas) -> Iterator[str]:
    for table, after in new.items():
        if table not in old:
            yield f"table {table} is new"
            continue
        before = _fields(old[table])
        for name, field in _fields(after).items():
            if name not in before:
                yield f"column {table}.{name} is new"
            elif codes := sorted(_codes(field) - _codes(before[name])):
                yield f"column {table}.{name} has new codes: {', '.join(codes)}"


def _too_soon(old: _Schemas, new: _Schemas, day: date, path: Path) -> Iterator[Problem]:
    """Columns that went without notice, or before the day that the notice names."""
    for table, before in old.items():
        after = _fields(new[table]) if table in new else {}
        for name, field in _fields(before).items():
            until = field.get("deprecated", {}).get("until", "")
            if name not in after and not (until and until <= day.isoformat()):
                yield Problem(
                    path.parent / "schemas" / f"{table}.yml",
                    0,
                    "schema-deprecated",
                    f"column {name!r} is gone",
                    f"expected it until {until}" if until else "expected a release that calls it deprecated first",
                    f"put it back{'' if until else ', with deprecated: {since, until, use, reason}'}",
                )
