"""Plain checks of a table whose cells are text: types, codes, patterns, keys, references, as its Table Schema says.

A build asks them of every table before it writes it, ``validate`` of every CSV file that it reads. A column is looked
at by its distinct values first; rows are only gone through where one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.inert import FORMULA_STARTS, guard_text, unguard_text
from generator.package.sheets import package_problem

VALUE_FORMS = {
    "integer": re.compile(r"-?[0-9]+\Z"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?\Z"),
    "boolean": re.compile(r"(true|false)\Z"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
}
"""How values of each type but text are written."""


@dataclass(frozen=True)
class Columns:
    """A table as its CSV file has it: path, Table Schema, cells by column; ``line_of`` tells where a row ends."""

    path: Path
    schema: Mapping[str, Any]
    cells: Mapping[str, Sequence[str]]
    line_of: Callable[[int], int]

    def keys(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """These columns of each row."""
        return list(zip(*(self.cells[name] for name in names), strict=True))


def check_values(table: Columns) -> Iterator[Problem]:
    """Cells that are none of their column's values, and values that stand twice where each may stand once."""
    for field in table.schema["fields"]:
        name, constraints = field["name"], field.get("constraints", {})
        cells = table.cells[name]
        distinct = set(cells)
        wrong = {cell: said for cell in distinct if (said := _wrong_value(cell, field["type"], constraints))}
        twice = bool(constraints.get("unique")) and len(distinct) < len(cells)
        if wrong or twice:
            yield from _tell_values(table, name, wrong, twice=twice)


def _tell_values(table: Columns, name: str, wrong: Mapping[str, str], *, twice: bool) -> Iterator[Problem]:
    seen = set[str]()
    for index, cell in enumerate(table.cells[name]):
        if cell in wrong:
            yield package_problem(table.path, table.line_of(index), "value", f"{name}: {cell!r}", wrong[cell])
        if twice and cell in seen:
            found = f"{name}: {cell!r} stands twice"
            yield package_problem(table.path, table.line_of(index), "unique", found, "each value once")
        seen.add(cell)


def _wrong_value(value: str, kind: str, constraints: Mapping[str, Any]) -> str:
    """What was expected instead of a cell, or ``""``."""
    if not value:
        return "a value" if constraints.get("required") else ""
    return _wrong_form(value, kind) or _wrong_content(value, constraints)


def _wrong_form(value: str, kind: str) -> str:
    if kind in VALUE_FORMS and not _is_value(value, kind):
        return f"a {kind} in ASCII digits, plainly written"
    if kind == "string" and value[0] in FORMULA_STARTS and guard_text(unguard_text(value)) != value:
        return "an apostrophe before it, since a spreadsheet would run it as a formula"
    return ""


def _wrong_content(value: str, constraints: Mapping[str, Any]) -> str:
    if "enum" in constraints and value not in constraints["enum"]:
        return f"one of {', '.join(constraints['enum'])}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
        return f"the pattern {constraints['pattern']}"
    if "minimum" in constraints and Decimal(value) < Decimal(str(constraints["minimum"])):
        return f"{constraints['minimum']} or more"
    return ""


def _is_value(cell: str, kind: str) -> bool:
    if not VALUE_FORMS[kind].match(cell):
        return False
    if kind != "date":
        return True
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:  # the 31st of February
        return False


def check_keys(
    table: Columns, tables: Mapping[str, Columns], unread: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Primary keys that are empty or stand twice, and references to rows that are not there.

    ``unread`` are tables of the package whose own problems are told: what refers to them cannot be judged.
    """
    keys = table.keys(table.schema["primaryKey"])
    distinct = set(keys)
    if len(distinct) < len(keys) or not all(map(all, distinct)):
        seen = set[tuple[str, ...]]()
        for index, key in enumerate(keys):
            if not all(key) or key in seen:
                found = f"{key} is empty or stands twice"
                yield package_problem(table.path, table.line_of(index), "primary-key", found, "a key of its own")
            seen.add(key)
    for foreign in table.schema.get("foreignKeys", []):
        if foreign["reference"]["resource"] not in unread:
            yield from _check_reference(table, foreign, tables)


def _check_reference(table: Columns, foreign: Mapping[str, Any], tables: Mapping[str, Columns]) -> Iterator[Problem]:
    """An empty reference is no reference; any other must be there."""
    name, columns = foreign["reference"]["resource"], foreign["reference"]["fields"]
    target = tables.get(name)
    if target and not set(columns) <= set(target.cells):
        found = f"{name} has no columns {', '.join(columns)}"
        yield package_problem(table.path, 0, "schema", found, "columns that are there")
        return
    keys = table.keys(foreign["fields"])
    strangers = {key for key in set(keys) - set(target.keys(columns) if target else ()) if any(key)}
    for index, key in enumerate(keys) if strangers else ():
        if key in strangers:
            found = f"{', '.join(key)} is not in {name}"
            yield package_problem(table.path, table.line_of(index), "foreign-key", found, f"a row of {name}")
