"""Does a file hold the same rows as the CSV files of its package? Every format is asked this in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from generator.errors import Problem
from generator.package.sheets import Published, Sheet, package_problem
from generator.package.values import Value, Values, same_value

MOST = 5
"""Problems that are told of one table in one file; of the rest only the number."""

_LONGEST = 60


@dataclass(frozen=True)
class Held:
    """What a file holds, as far as it could be read. ``first_line``: where row 1 stands, 0 where there are no lines."""

    path: Path
    tables: Mapping[str, Sequence[Values]]
    first_line: int = 0


def unchanged(value: Value) -> Value:
    """For a format that holds every value as it is."""
    return value


def compare_tables(held: Held, published: Published, stored: Callable[[Value], Value] = unchanged) -> Iterator[Problem]:
    """Tables missing or too many, rows missing or too many, values that differ.

    ``stored`` says how the format holds a value that it cannot hold as it is.
    """
    for name in (one for one in published.sheets if one not in held.tables):
        found = f"no table {name} with the columns of {name}.csv"
        yield package_problem(held.path, 0, "table-missing", found, "every table of datapackage.json")
    for name in (one for one in held.tables if one not in published.sheets):
        yield package_problem(held.path, 0, "table-unknown", f"a table {name}", "the tables of datapackage.json alone")
    for name, sheet in published.sheets.items():
        if name in held.tables:
            yield from first_few(_compare_rows(held, name, sheet, stored), held.path, name)


def first_few(problems: Iterable[Problem], path: Path, name: str) -> Iterator[Problem]:
    """The first problems, and how many more there are: one mistake can be in every row."""
    remaining = iter(problems)
    yield from islice(remaining, MOST)
    more = sum(1 for _ in remaining)
    if more:
        yield package_problem(path, 0, "more", f"{more} more problems in {name}", "none")


def _compare_rows(held: Held, name: str, sheet: Sheet, stored: Callable[[Value], Value]) -> Iterator[Problem]:
    yield from compare_rows(held, name, sheet, [tuple(map(stored, row)) for row in sheet.values], sheet.path.name)


def compare_rows(held: Held, name: str, sheet: Sheet, expected: Sequence[Values], source: str) -> Iterator[Problem]:
    """The rows that a file holds of a table against those that it should hold, as ``source`` has them."""
    rows = held.tables[name]
    keys, right = [sheet.key_of(row) for row in rows], [sheet.key_of(row) for row in expected]
    if len(keys) != len(right):
        yield package_problem(held.path, 0, "rows", f"{len(keys)} rows in {name}", f"the {len(right)} of {source}")
    if keys != right:
        yield from _compare_keys(held, name, (keys, right), source)
        return
    for index, (row, other) in enumerate(zip(rows, expected, strict=True)):
        line = held.first_line + index if held.first_line else 0
        for column, value, wanted in zip(sheet.kinds, row, other, strict=True):
            if not same_value(value, wanted):
                found = f"{name} {right[index]} {column}: {shown(value)}"
                yield package_problem(held.path, line, "differs", found, f"{shown(wanted)} as in {source}")


def _compare_keys(held: Held, name: str, keys: tuple[list[str], list[str]], source: str) -> Iterator[Problem]:
    found, right = map(Counter, keys)
    missing, extra = right - found, found - right
    for key in missing:
        yield package_problem(held.path, 0, "row-missing", f"no row {key} in {name}", f"every row of {source}")
    for key in extra:
        yield package_problem(held.path, 0, "row-unknown", f"a row {key} in {name}", f"the rows of {source} alone")
    if not missing and not extra:
        yield package_problem(held.path, 0, "row-order", f"rows of {name} in another order", f"that of {source}")


def shown(value: Value) -> str:
    """A value in a message: short, on one line."""
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
