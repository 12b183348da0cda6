"""Tables → CSV and JSON, the two forms that are kept in git, and JSON read back. Same rows, same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import BuildError, Problem
from generator.inert import FORMULA_STARTS, guard_text
from generator.package.compare import Held, compare_tables
from generator.package.sheets import Published, Sheet, package_problem
from generator.schemas import TableSchema
from generator.tables import Row, render_cell

_NEEDS_QUOTES = re.compile(r"[,\"\r\n]")
_JSON = msgspec.json.Encoder(decimal_format="number")

JSON_HEAD, JSON_BETWEEN, JSON_TAIL = b"[\n", b",\n", b"\n]\n"
"""What stands before, between and after the lines of a JSON file, one a row."""


def rows_to_columns(rows: Sequence[Row], schema: TableSchema) -> list[list[str]]:
    """The cells of a table as text, column by column. Raises BuildError for a row that has other columns."""
    names, path = schema.column_names(), Path(f"{schema.name}.csv")
    for line, row in enumerate(rows, start=2):
        if tuple(row) != names:
            raise BuildError(package_problem(path, line, "columns", ", ".join(row), f"the columns {', '.join(names)}"))
    columns = zip(*map(dict.values, rows), strict=True) if rows else [()] * len(names)
    return [_render_column(values, column.type) for values, column in zip(columns, schema.columns, strict=True)]


def _render_column(values: Sequence[object], kind: str) -> list[str]:
    if kind == "string":
        return [value if value.__class__ is str else render_cell(value) for value in values]
    return ["" if value is None else render_cell(value) for value in values]


def guard_columns(columns: Sequence[Sequence[str]], schema: TableSchema) -> list[Sequence[str]]:
    """The cells as a CSV file has them.

    Text that a spreadsheet would run as a formula has an apostrophe before it (``generator.inert``).
    """
    return [
        [guard_text(cell) if cell[:1] in FORMULA_STARTS else cell for cell in cells]
        if column.type == "string"
        else cells
        for column, cells in zip(schema.columns, columns, strict=True)
    ]


def columns_to_csv(guarded: Sequence[Sequence[str]], schema: TableSchema) -> bytes:
    """A table as UTF-8 CSV without BOM, LF, quoted only where needed; its cells are guarded already."""
    rows = zip(*map(_quoted, guarded), strict=True)
    return ("\n".join([",".join(schema.column_names()), *map(",".join, rows)]) + "\n").encode("utf-8")


def _quoted(cells: Sequence[str]) -> Sequence[str]:
    """Cells between quotes where they need them; the csv module forgets a lone carriage return."""
    if not _NEEDS_QUOTES.search("".join(cells)):
        return cells
    return ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell for cell in cells]


def table_to_json(rows: Sequence[Row]) -> bytes:
    """A table as a JSON array, one object a line; decimals are exact numbers."""
    # No text of JSON holds a line break, so each ends a row.
    lines = _JSON.encode_lines(rows).removesuffix(b"\n").replace(b"\n", JSON_BETWEEN)
    return JSON_HEAD + lines + JSON_TAIL


def split_file(name: str, data: bytes) -> tuple[bytes, bytes, bytes]:
    """Head, rows and tail of a file of a package; what is no table is all rows."""
    if name.endswith(".csv"):
        end = data.index(b"\n") + 1  # no name of a column holds a line break
        return data[:end], data[end:], b""
    if name.endswith(".json") and data.startswith(JSON_HEAD):
        return JSON_HEAD, data[len(JSON_HEAD) : -len(JSON_TAIL)], JSON_TAIL
    return b"", data, b""


def check_json(sheet: Sheet, published: Published) -> Iterator[Problem]:
    """What is wrong with the JSON file beside a CSV file: damage, and rows that are not the same."""
    path, name = sheet.path.with_suffix(".json"), sheet.path.stem
    try:
        rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as error:
        yield package_problem(path, 0, "json", str(error).partition("\n")[0], "an array of objects")
        return
    columns = list(sheet.kinds)
    if not isinstance(rows, list) or any(not isinstance(row, dict) or list(row) != columns for row in rows):
        yield package_problem(
            path, 0, "json", "other rows", f"an array of objects with the columns {', '.join(columns)}"
        )
        return
    read = [tuple(_json_value(row[column], kind) for column, kind in sheet.kinds.items()) for row in rows]
    alone = Published(published.folder, published.descriptor, {name: sheet})
    yield from compare_tables(Held(path, {name: read}, first_line=2), alone)


def _json_value(value: Any, kind: str) -> Any:
    """A value of JSON as one of its column; one of another type stays as it is, and is found different."""
    if kind == "number" and type(value) is int:
        return Decimal(value)
    if kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return None if value == "" else value
