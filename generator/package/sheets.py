"""The tables of a published package as its CSV files hold them, and what else a file has to agree with."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.values import Values, parse_cell

FIELD_LIMIT = 10**9
"""Most characters of a cell that the csv module is to read."""

STATED = ("name", "version", "schemaVersion")
"""What of the descriptor every format that can say it says of itself."""

REMEDY = "build again; if it stays, correct the register or the schema"


@dataclass(frozen=True)
class Sheet:
    """A table as read back: its file, its Table Schema, and its rows with the line on which each ends."""

    path: Path
    schema: dict[str, Any]
    rows: tuple[tuple[int, dict[str, str]], ...]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Column → type."""
        return {field["name"]: field["type"] for field in self.schema["fields"]}

    @cached_property
    def values(self) -> list[Values]:
        """The rows with typed values. Only for a sheet whose cells are in order."""
        kinds = self.kinds
        return [tuple(parse_cell(row[name], kind) for name, kind in kinds.items()) for _, row in self.rows]

    @cached_property
    def _key(self) -> list[int]:
        names = list(self.kinds)
        return [names.index(name) for name in self.schema["primaryKey"]]

    def key_of(self, row: Values) -> str:
        """The primary key of a row, as it is shown."""
        return "/".join(str(row[index]) for index in self._key)


@dataclass(frozen=True)
class Published:
    """A package as it lies on disk, its CSV files read: what every other format must agree with."""

    folder: Path
    descriptor: dict[str, Any]
    sheets: Mapping[str, Sheet]

    @property
    def name(self) -> str:
        """The name that its downloads bear."""
        return str(self.descriptor["name"])

    @property
    def released(self) -> bool:
        """Whether it is a release: plain files, with digests of their own and no other formats."""
        return "released" in self.descriptor

    def rows(self) -> int:
        """Rows of all tables."""
        return sum(len(sheet.rows) for sheet in self.sheets.values())


def read_sheet(path: Path, schema: dict[str, Any]) -> Sheet:
    """A CSV file whose encoding and header are in order."""
    csv.field_size_limit(FIELD_LIMIT)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return Sheet(path, schema, tuple((reader.line_num, dict(row)) for row in reader))


def package_problem(path: Path, line: int, code: str, found: str, expected: str) -> Problem:
    """A problem of a published file; ``line`` 0 is the whole file."""
    return Problem(path, line, f"package-{code}", found, f"expected {expected}", REMEDY)
