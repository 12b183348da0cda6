"""Two packages → what is otherwise in the second one.

A row that stands in both packages word for word has not changed, whatever its number is now: keys that count
positions (the third unit, the second finding) move when another row comes or goes. Of the rows that are left, those
with one key are compared column by column. Columns that a schema calls incidental (positions in the source) are no
news. Of a commitment that came or went only the commitment itself is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.changes.packages import PublishedData, TextRow
from generator.model import DataChange
from generator.schemas import TableSchema


def compare_packages(old: PublishedData, new: PublishedData, schemas: Sequence[TableSchema]) -> tuple[DataChange, ...]:
    """Every change, in the order of the tables and of their rows; tables without ``summary`` are not compared.

    A table that the older package does not have yet is new, and no change of the data, as a new column is none.
    """
    owners = {**_owners(old), **_owners(new)}
    both = _commitments(old) & _commitments(new)
    return tuple(
        change
        for schema in schemas
        if schema.summary and schema.name not in old.missing
        for change in _compare_table(old.tables[schema.name], new.tables[schema.name], schema, owners)
        if schema.name == "commitments" or not change.commitment or change.commitment in both
    )


def changed_departments(
    old: PublishedData, new: PublishedData, changes: Sequence[DataChange]
) -> dict[str, tuple[str, ...]]:
    """Commitment → the slugs of the departments that answer for it in either package, where it changed."""
    changed = sorted({change.commitment for change in changes if change.commitment})
    found: dict[str, set[str]] = {identifier: set() for identifier in changed}
    for row in (*old.tables["responsibilities"], *new.tables["responsibilities"]):
        slug = row.get("department_slug", "")
        if slug and row["commitment_id"] in found:
            found[row["commitment_id"]].add(slug)
    return {identifier: tuple(sorted(slugs)) for identifier, slugs in found.items() if slugs}


def _commitments(data: PublishedData) -> set[str]:
    return {row["commitment_id"] for row in data.tables["commitments"]}


def _owners(data: PublishedData) -> dict[str, str]:
    """Target → its commitment, for tables whose rows name a target alone."""
    return {row["target_id"]: row["commitment_id"] for row in data.tables["targets"]}


def _compare_table(
    old: Sequence[TextRow], new: Sequence[TextRow], schema: TableSchema, owners: dict[str, str]
) -> Iterator[DataChange]:
    gone, come = _unlike(old, new, schema), _unlike(new, old, schema)
    before = {_key(row, schema): row for row in gone}
    after = {_key(row, schema): row for row in come}
    for key, row in before.items():
        if key not in after:
            yield _change(row, schema, owners, old=_summary(row, schema))
    for key, row in after.items():
        if key not in before:
            yield _change(row, schema, owners, new=_summary(row, schema))
        else:
            yield from _compare_rows(before[key], row, schema, owners)


def _unlike(rows: Sequence[TextRow], others: Sequence[TextRow], schema: TableSchema) -> list[TextRow]:
    """The rows that do not stand among the others word for word."""
    there = Counter(_content(row, schema) for row in others)
    left = []
    for row in rows:
        content = _content(row, schema)
        if there[content]:
            there[content] -= 1
        else:
            left.append(row)
    return left


def _content(row: TextRow, schema: TableSchema) -> tuple[str, ...]:
    """What a row says, in the columns that both packages could have; whose row it is counts too."""
    skipped = {*schema.incidental, *_numbered_key(schema)}
    return tuple(f"{name}={row[name]}" for name in schema.column_names() if row.get(name) and name not in skipped)


def _numbered_key(schema: TableSchema) -> set[str]:
    """The columns of the key that say nothing but which row of its owner it is."""
    return {name for name in schema.primary_key if name == "position" or name == f"{schema.name[:-1]}_id"} - {
        "commitment_id",
        "source_id",
    }


def _compare_rows(old: TextRow, new: TextRow, schema: TableSchema, owners: dict[str, str]) -> Iterator[DataChange]:
    for name in schema.column_names():
        before, after = old.get(name, ""), new.get(name, "")
        # A column that the older package does not have yet is new, not changed.
        if name in old and before != after and name not in schema.incidental:
            yield _change(new, schema, owners, column=name, old=before, new=after)


def _change(row: TextRow, schema: TableSchema, owners: dict[str, str], **said: str) -> DataChange:
    commitment = row.get("commitment_id") or owners.get(row.get("target_id", ""), "")
    return DataChange(table=schema.name, record=_key(row, schema), commitment=commitment, **said)


def _key(row: TextRow, schema: TableSchema) -> str:
    return "/".join(row.get(name, "") for name in schema.primary_key)


def _summary(row: TextRow, schema: TableSchema) -> str:
    return " ".join(row[name] for name in schema.summary if row.get(name))
