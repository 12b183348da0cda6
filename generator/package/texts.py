"""Rows of a table as text, cell by cell, without the apostrophes of CSV: what every other format is made of."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.inert import unguard_text
from generator.package.sheets import FIELD_LIMIT
from generator.schemas import TableSchema

TextRows = Iterable[Sequence[str]]
"""Rows in their order; a cell of no value is empty."""


def read_texts(path: Path, schema: TableSchema) -> Iterator[list[str]]:
    """The rows of a CSV file of a package, one at a time."""
    csv.field_size_limit(FIELD_LIMIT)
    texts = [index for index, column in enumerate(schema.columns) if column.type == "string"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            if "'" in "".join(row):  # hardly any has one
                for index in texts:
                    if row[index].startswith("'"):
                        row[index] = unguard_text(row[index])
            yield row
