"""Tables → CSV and JSON, the two forms that are kept in git, and JSON read back. Same rows, same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from generator.errors import Problem
from generator.inert import guard_text
from generator.package.compare import Held, compare_tables
from generator.package.sheets import Published, Sheet, package_problem
from generator.schemas import TableSchema
from generator.tables import Row, json_value, render_cell

_NEEDS_QUOTES = re.compile(r"[,\"\r\n]")


def table_to_csv(rows: Sequence[Row], schema: TableSchema) -> bytes:
    """A table as UTF-8 CSV without BOM, LF, quoted only where needed.

    Text that a spreadsheet would run as a formula has an apostrophe before it (``generator.inert``).
    """
    texts = {column.name for column in schema.columns if column.type == "string"}
    lines = [",".join(schema.column_names())]
    for row in rows:
        cells = {name: render_cell(value) for name, value in row.items()}
        lines.append(",".join(_quoted(guard_text(cell) if name in texts else cell) for name, cell in cells.items()))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _quoted(cell: str) -> str:
    """The cell between quotes where it needs them; the csv module forgets a lone carriage return."""
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def table_to_json(rows: Sequence[Row]) -> bytes:
    """A table as a JSON array, one object a line; decimals are exact numbers."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    lines = [encoder.encode({name: json_value(value) for name, value in row.items()}) for row in rows]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


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
