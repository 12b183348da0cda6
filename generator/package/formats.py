"""The formats that a package is published in beside CSV and JSON: what each is called, how it is made, how checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.package.archive import check_archive, files_to_zip
from generator.package.parquet import check_parquet, table_to_parquet
from generator.package.sheets import Published, package_problem
from generator.package.sqlite import check_sqlite, tables_to_sqlite
from generator.package.subsets import EVERYTHING, Subset
from generator.package.workbook import check_workbook, tables_to_workbook
from generator.schemas import TableSchema
from generator.steps import step
from generator.tables import Tables


@dataclass(frozen=True)
class Made:
    """A package in the making: its tables, its descriptor, and the files that its zip holds."""

    subset: Subset
    tables: Tables
    schemas: Sequence[TableSchema]
    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Format:
    """A format of the downloads.

    ``make`` gives file names and bytes; ``check`` yields what is wrong with its files in a folder, where they all are.
    ``whole_only``: only the package of everything has it. ``per_table``: one file a table instead of one a package.
    """

    name: str
    make: Callable[[Made], Mapping[str, bytes]]
    check: Callable[[Path, Published], Iterator[Problem]]
    whole_only: bool = False
    per_table: bool = False

    def files(self, published: Published) -> list[str]:
        """The names of the files that a package has in this format."""
        stems = published.sheets if self.per_table else [published.name]
        return [f"{stem}.{self.name}" for stem in stems]


def _make_zip(made: Made) -> Mapping[str, bytes]:
    return {f"{made.subset.name}.zip": files_to_zip(made.files)}


def _make_xlsx(made: Made) -> Mapping[str, bytes]:
    return {f"{made.subset.name}.xlsx": tables_to_workbook(made.tables, made.schemas, made.subset)}


def _make_sqlite(made: Made) -> Mapping[str, bytes]:
    data = tables_to_sqlite(made.tables, made.schemas, made.descriptor, made.subset.as_of())
    return {f"{made.subset.name}.sqlite": data}


def _make_parquet(made: Made) -> Mapping[str, bytes]:
    return {
        f"{schema.name}.parquet": table_to_parquet(made.tables[schema.name], schema, made.descriptor)
        for schema in made.schemas
    }


def _check_zip(folder: Path, published: Published) -> Iterator[Problem]:
    return check_archive(folder / f"{published.name}.zip", published)


def _check_xlsx(folder: Path, published: Published) -> Iterator[Problem]:
    return check_workbook(folder / f"{published.name}.xlsx", published)


def _check_sqlite(folder: Path, published: Published) -> Iterator[Problem]:
    return check_sqlite(folder / f"{published.name}.sqlite", published)


def _check_parquet(folder: Path, published: Published) -> Iterator[Problem]:
    for name in published.sheets:
        yield from check_parquet(folder / f"{name}.parquet", published, name)


FORMATS = (
    Format("zip", _make_zip, _check_zip),
    Format("xlsx", _make_xlsx, _check_xlsx),
    Format("sqlite", _make_sqlite, _check_sqlite, whole_only=True),
    Format("parquet", _make_parquet, _check_parquet, whole_only=True, per_table=True),
)
"""In the order in which a reader meets them."""


def formats_of(folder: str) -> tuple[Format, ...]:
    """The formats of the package in a folder of this name."""
    return tuple(one for one in FORMATS if folder == EVERYTHING or not one.whole_only)


@step("formats")
def make_downloads(made: Made) -> dict[str, bytes]:
    """Every file that goes beside a package for download."""
    return {name: data for one in formats_of(made.subset.folder) for name, data in one.make(made).items()}


def check_downloads(folder: Path, published: Published) -> Iterator[Problem]:
    """What is wrong with the downloads of a package: files missing, files too many, and what they hold."""
    expected: set[str] = set()
    for one in formats_of(published.folder.name):
        names = one.files(published)
        missing = [name for name in names if not (folder / name).is_file()]
        for name in missing:
            found = "a folder" if (folder / name).is_dir() else "no such file"
            yield package_problem(folder / name, 0, "file-missing", found, f"the package as .{one.name}")
        if not missing:
            yield from one.check(folder, published)
        expected.update(names)
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in SUFFIXES and path.name not in expected:
            yield package_problem(path, 0, "left-over", "a file that is of no format of the package", "no such file")


SUFFIXES = frozenset(f".{one.name}" for one in FORMATS)
"""How the names of downloads end."""
