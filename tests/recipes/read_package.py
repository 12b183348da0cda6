"""Reads unpacked data packages with one tool, as a reader would, and prints as JSON what does not fit the descriptor.

``python read_package.py pandas|duckdb|frictionless FOLDER …`` runs in the readers' environment and knows nothing of the
repository: what is expected stands in ``datapackage.json`` and in the JSON beside each CSV.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]
Resource = dict[str, Any]

_FORMULA = tuple("=+-@＝＋－＠'")


def read_with_pandas(folder: Path, resource: Resource) -> Rows:
    """The rows of a table; every column has the type that the schema says, missing or not."""
    import pandas as pd

    kinds = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    fields = resource["schema"]["fields"]
    frame = pd.read_csv(
        folder / resource["path"],
        dtype={field["name"]: kinds[field["type"]] for field in fields if field["type"] in kinds},
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
        keep_default_na=False,
        na_values=[""],
    )
    for field in fields:
        if field["type"] == "date" and len(frame):
            assert frame[field["name"]].dropna().empty or frame[field["name"]].dtype.kind == "M", field["name"]
    rows: Rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def read_with_duckdb(folder: Path, resource: Resource) -> Rows:
    """The rows of a table, with numbers as exact decimals."""
    import duckdb

    kinds = {
        "string": "VARCHAR",
        "integer": "BIGINT",
        "number": "DECIMAL(38, 12)",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    columns = {field["name"]: kinds[field["type"]] for field in resource["schema"]["fields"]}
    found = duckdb.execute(
        "SELECT * FROM read_csv(?, header = true, types = ?)", [str(folder / resource["path"]), columns]
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def read_with_frictionless(folder: Path, resource: Resource) -> Rows:
    """The rows of a table, with numbers as exact decimals. Raises ValueError with what frictionless says of a row."""
    rows = _open_with_frictionless(folder).get_resource(resource["name"]).read_rows()
    wrong = [error.message for row in rows for error in row.errors]
    if wrong:
        raise ValueError("; ".join(wrong))
    return [row.to_dict() for row in rows]


@cache
def _open_with_frictionless(folder: Path) -> Any:
    from frictionless import Package

    return Package(str(folder / "datapackage.json"))


READERS: dict[str, Callable[[Path, Resource], Rows]] = {
    "pandas": read_with_pandas,
    "duckdb": read_with_duckdb,
    "frictionless": read_with_frictionless,
}


def find_problems(tool: str, folder: Path) -> Iterator[str]:
    """What does not fit: columns, counts, values beside the JSON, primary and foreign keys."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {one["name"]: one for one in descriptor["resources"] if one["path"].endswith(".csv")}
    if not tables:
        yield "no tables"
    try:
        rows = {name: READERS[tool](folder, resource) for name, resource in tables.items()}
    except ValueError as error:
        yield str(error)
        return
    for name, resource in tables.items():
        yield from (f"{name}: {problem}" for problem in _wrong_rows(folder, resource, rows[name]))
        yield from (f"{name}: {problem}" for problem in _wrong_keys(resource["schema"], name, rows))


def _wrong_rows(folder: Path, resource: Resource, rows: Rows) -> Iterator[str]:
    text = (folder / resource["path"]).with_suffix(".json").read_text(encoding="utf-8")
    twin = json.loads(text, parse_float=Decimal)
    names = [field["name"] for field in resource["schema"]["fields"]]
    if len(rows) != len(twin):
        yield f"{len(rows)} rows, the JSON has {len(twin)}"
    for number, (row, other) in enumerate(zip(rows, twin, strict=False), 1):
        if list(row) != names:
            yield f"columns {list(row)}, the descriptor has {names}"
            return
        yield from (
            f"row {number}: {name} is {row[name]!r}, the JSON has {other[name]!r}"
            for name in names
            if not _same(row[name], other[name])
        )


def _same(value: object, expected: Any) -> bool:
    """Whether a cell is what the JSON has: no text is empty there, a date is text, a float is the nearest one.

    Text that a spreadsheet would run has an apostrophe before it in CSV.
    """
    if value is None or value == "":
        return expected in (None, "")
    if isinstance(value, float):
        return value == float(expected)
    if isinstance(value, date):
        return value.isoformat()[:10] == str(expected)
    if isinstance(value, str) and isinstance(expected, str):
        return value == expected or (value == f"'{expected}" and expected.startswith(_FORMULA))
    return not isinstance(expected, str) and bool(value == expected)


def _wrong_keys(schema: dict[str, Any], name: str, rows: dict[str, Rows]) -> Iterator[str]:
    primary = _keys(rows[name], schema["primaryKey"])
    if len(set(primary)) != len(primary) or any(None in key for key in primary):
        yield "the primary key is not unique"
    for foreign in schema.get("foreignKeys", []):
        target = foreign["reference"].get("resource") or name
        known = set(_keys(rows[target], foreign["reference"]["fields"]))
        dangling = sorted({key for key in _keys(rows[name], foreign["fields"]) if None not in key} - known)
        yield from (f"{key} is not in {target}" for key in dangling)


def _keys(rows: Rows, fields: Sequence[str] | str) -> list[tuple[Any, ...]]:
    names = [fields] if isinstance(fields, str) else fields
    return [tuple(row[name] or None for name in names) for row in rows]


if __name__ == "__main__":
    found = {folder: list(find_problems(sys.argv[1], Path(folder))) for folder in sys.argv[2:]}
    print(json.dumps(found, ensure_ascii=False))
