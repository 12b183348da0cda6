"""Tables → CSV and JSON, the two forms that are kept in git. Pure: same rows, same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import msgspec

from generator.schemas import TableSchema
from generator.tables import Row, json_value, render_cell


def table_to_csv(rows: Sequence[Row], schema: TableSchema) -> bytes:
    """A table as UTF-8 CSV without BOM, LF, quoted only where needed; text stands exactly as it is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(schema.column_names())
    writer.writerows([render_cell(value) for value in row.values()] for row in rows)
    return buffer.getvalue().encode("utf-8")


def table_to_json(rows: Sequence[Row]) -> bytes:
    """A table as a JSON array, one object a line; decimals are exact numbers."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    lines = [encoder.encode({name: json_value(value) for name, value in row.items()}) for row in rows]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"
