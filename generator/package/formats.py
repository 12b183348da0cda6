"""The formats of a package beside CSV and JSON: what each is called, which packages have it, how it is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Problem
from generator.model import Remark
from generator.package.archive import check_archive
from generator.package.parquet import check_parquet
from generator.package.sheets import Published, package_problem
from generator.package.sqlite import check_sqlite
from generator.package.subsets import EVERYTHING
from generator.package.workbook import check_workbook

MOST_WORKBOOK_ROWS = 200_000
"""Rows of all sheets together beyond which a workbook takes spreadsheets, and its making, too long.

Excel itself ends at 1,048,576 rows a sheet.
"""

MOST_DATABASE_ROWS = 500_000
"""Rows of all tables together beyond which a database is not made: no part of it can be kept for the next build.

At 1,340,000 rows it has 410 MB, and takes longer than all the rest of the package. Parquet holds the same.
"""


@dataclass(frozen=True)
class Format:
    """A format of the downloads. ``check`` yields what is wrong with its files in a folder, where they all are.

    ``whole_only``: only the package of everything has it. ``per_table``: one file a table instead of one a package.
    ``most_rows``: a package of everything of more rows has it not, and ``reason`` tells readers why not.
    """

    name: str
    title: str
    check: Callable[[Path, Published], Iterator[Problem]]
    whole_only: bool = False
    per_table: bool = False
    most_rows: int | None = None
    reason: Remark | None = None

    def files(self, published: Published) -> list[str]:
        """The names of the files that a package has in this format."""
        stems = published.sheets if self.per_table else [published.name]
        return [f"{stem}.{self.name}" for stem in stems]

    def is_of(self, folder: str, rows: int) -> bool:
        """Whether the package in a folder of this name, with so many rows, has this format."""
        if folder != EVERYTHING:
            return not self.whole_only
        return self.most_rows is None or rows <= self.most_rows


def _check_zip(folder: Path, published: Published) -> Iterator[Problem]:
    return check_archive(folder / f"{published.name}.zip", published)


def _check_xlsx(folder: Path, published: Published) -> Iterator[Problem]:
    return check_workbook(folder / f"{published.name}.xlsx", published)


def _check_sqlite(folder: Path, published: Published) -> Iterator[Problem]:
    return check_sqlite(folder / f"{published.name}.sqlite", published)


def _check_parquet(folder: Path, published: Published) -> Iterator[Problem]:
    for name in published.sheets:
        yield from check_parquet(folder / f"{name}.parquet", published, name)


_SLOW = Remark(
    zh="电子表格打开太慢；各地区各年度的包里有，也可以打开单张表的 CSV",
    en="spreadsheets would take too long to open it; the package of each year has one, and each table a CSV file",
)
_LARGE = Remark(
    zh="文件太大，而且每次更正都要全部重做；单张表的 Parquet 可以在 DuckDB 里用同样的 SQL 查询",
    en="it would be too large, and made anew with every correction; the Parquet files answer the same SQL in DuckDB",
)

FORMATS = (
    Format("zip", "zip", _check_zip),
    Format("xlsx", "XLSX", _check_xlsx, most_rows=MOST_WORKBOOK_ROWS, reason=_SLOW),
    Format("sqlite", "SQLite", _check_sqlite, whole_only=True, most_rows=MOST_DATABASE_ROWS, reason=_LARGE),
    Format("parquet", "Parquet", _check_parquet, whole_only=True, per_table=True),
)
"""In the order in which a reader meets them."""


def formats_of(folder: str, rows: int) -> tuple[Format, ...]:
    """The formats of the package in a folder of this name, with so many rows of all tables together."""
    return tuple(one for one in FORMATS if one.is_of(folder, rows))


def left_out(folder: str, rows: int) -> tuple[Format, ...]:
    """Formats that a package would have if it had fewer rows."""
    return tuple(one for one in FORMATS if one.is_of(folder, 0) and not one.is_of(folder, rows))


def check_downloads(folder: Path, published: Published) -> Iterator[Problem]:
    """What is wrong with the downloads of a package: files missing, files too many, and what they hold."""
    expected: set[str] = set()
    for one in formats_of(published.folder.name, published.rows()):
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
