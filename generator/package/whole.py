"""The packages of all places and years, as they lie on disk → the package of everything, a year at a time in memory.

CSV and JSON are the rows of the years one after another, the zip has them as they were deflated for those of the years;
the other formats are made of the CSV files that come out. Themes and measures, which every year has, stand once.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import BuildError, Problem
from generator.package.archive import README, Member, ZippedMember, ZipWriter, find_members
from generator.package.compare import first_few
from generator.package.deflated import deflate_file, deflate_part, store_end, store_part, take_body
from generator.package.descriptor import TableFile, package_descriptor, render_descriptor
from generator.package.formats import formats_of, left_out
from generator.package.parquet import write_parquet
from generator.package.plain import JSON_BETWEEN, split_file
from generator.package.readme import readme_text
from generator.package.sheets import package_problem
from generator.package.sqlite import Stated, write_sqlite
from generator.package.subsets import Subset
from generator.package.texts import read_texts
from generator.package.workbook import write_workbook
from generator.package.year import CATALOGUED, DOCUMENTED
from generator.schemas import TableSchema
from generator.steps import step


@dataclass(frozen=True)
class YearFolder:
    """The package of a place's year on disk: its files, and the members of its zip."""

    package: Path
    members: Mapping[str, ZippedMember]

    @property
    def folder(self) -> str:
        """Its folder under that of the packages."""
        return "/".join(self.package.parts[-2:])

    def read(self, name: str) -> bytes:
        """A file of the package. Raises BuildError where the zip has other bytes: one of the two is damaged."""
        data, path = (self.package / name).read_bytes(), self.package / name
        zipped = self.members.get(name)
        if zipped is None or zipped.member != Member(name, len(data), zlib.crc32(data)):
            found = "other bytes than in the zip of the package"
            raise BuildError(package_problem(path, 0, "year-damaged", found, "a package as it was made"))
        return data


@dataclass(frozen=True)
class _Joined:
    """A file of the package of everything: what the zip says of it, digest, rows, head, tail, and whose rows it has."""

    member: Member
    sha256: str
    rows: int
    head: bytes
    tail: bytes
    years: Sequence[YearFolder]


def open_year(package: Path, downloads: Path, name: str) -> YearFolder:
    """The package of a year by its two folders. ``name`` is that of the package.

    Raises BuildError where its files are not those of its zip. The zip is not unpacked for that: ``validate`` does.
    """
    year = YearFolder(package, find_members(downloads / f"{name}.zip"))
    year.read("datapackage.json")
    return year


def write_whole(
    years: Sequence[YearFolder],
    whole: Subset,
    schemas: Sequence[TableSchema],
    folders: tuple[Path, Path],
    site_url: str = "",
) -> None:
    """The package of everything, from those of all years in their order, into two empty folders: package, downloads.

    Raises BuildError where a year is damaged, has other columns, themes or measures than the first, or an id of a
    document that another year has, and where a format cannot hold the rows; OSError where the disk is full.
    """
    package, downloads = folders
    with step("packages"):
        joined = {
            name: _join_files(name, years[:1] if schema.name in CATALOGUED else years, package / name)
            for schema in schemas
            for name in (f"{schema.name}.csv", f"{schema.name}.json")
        }
        descriptor = package_descriptor(whole, [_table_file(one, joined[f"{one.name}.csv"]) for one in schemas])
        data = render_descriptor(descriptor)
        _write(package / "datapackage.json", [data])
    with step("validation"):
        _refuse_unlike(years, schemas)
        _refuse_doubled(package, schemas)
    with step("formats"):
        counts = {schema.name: joined[f"{schema.name}.json"].rows for schema in schemas}
        missing = {one.title: one.most_rows or 0 for one in left_out(whole.folder, sum(counts.values()))}
        others = {"datapackage.json": data, README: readme_text(whole, site_url, missing).encode()}
        _write_zip(downloads / f"{whole.name}.zip", joined, others)
        _write_formats(_Whole(whole, schemas, counts, descriptor), package, downloads)


@dataclass(frozen=True)
class _Whole:
    """The package of everything, as far as the formats that are made of its CSV files have to know it."""

    subset: Subset
    schemas: Sequence[TableSchema]
    counts: Mapping[str, int]
    descriptor: Mapping[str, Any]


def _write_formats(made: _Whole, package: Path, downloads: Path) -> None:
    """The formats that packages of so many rows have, beside the zip."""
    subset, names = made.subset, {one.name for one in formats_of(made.subset.folder, sum(made.counts.values()))}
    read = _reader(package)
    if "xlsx" in names:
        with naming(downloads / f"{subset.name}.xlsx") as path:
            write_workbook(path, read, made.counts, made.schemas, subset)
    if "sqlite" in names:
        stated = Stated(made.descriptor, subset.as_of())
        write_sqlite(downloads / f"{subset.name}.sqlite", read, made.counts, made.schemas, stated)
    for schema in made.schemas:
        with naming(downloads / f"{schema.name}.parquet") as path:
            write_parquet(path, package / f"{schema.name}.csv", schema, made.descriptor)


@contextmanager
def naming(path: Path) -> Iterator[Path]:
    """A full disk does not say of which file: it is named here."""
    try:
        yield path
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with naming(path), path.open("wb") as file:
        file.writelines(parts)


def _reader(package: Path) -> Callable[[TableSchema], Iterator[list[str]]]:
    return lambda schema: read_texts(package / f"{schema.name}.csv", schema)


def _join_files(name: str, years: Sequence[YearFolder], path: Path) -> _Joined:
    """One file of everything: the rows of each year between one head and one tail. Rows are counted in JSON."""
    digest, crc, size, rows = hashlib.sha256(), 0, 0, 0
    head = tail = b""
    with naming(path), path.open("wb") as file:
        for number, year in enumerate(years):
            data = year.read(name)
            before, body, tail = split_file(name, data)
            if number and before != head:
                expected = f"the first line of {years[0].folder}/{name}"
                raise BuildError(package_problem(year.package / name, 1, "header", "other columns", expected))
            head = before
            between = JSON_BETWEEN if tail and rows and body else b""
            part = (head if not number else b"") + between + body
            rows += body.count(b"\n") + 1 if tail and body else 0
            file.write(part)
            crc, size = zlib.crc32(part, crc), size + len(part)
            digest.update(part)
        file.write(tail)
        digest.update(tail)
    return _Joined(Member(name, size + len(tail), zlib.crc32(tail, crc)), digest.hexdigest(), rows, head, tail, years)


def _table_file(schema: TableSchema, joined: _Joined) -> TableFile:
    return TableFile(schema, joined.sha256, joined.member.size)


def _write_zip(path: Path, joined: Mapping[str, _Joined], others: Mapping[str, bytes]) -> None:
    with naming(path), path.open("wb") as file:
        archive = ZipWriter(file)
        for name in sorted({*joined, *others}):
            if name in joined:
                archive.add(joined[name].member, _stream(joined[name]))
            else:
                data = others[name]
                archive.add(Member(name, len(data), zlib.crc32(data)), [deflate_file(b"", data)])
        archive.close()


def _stream(joined: _Joined) -> Iterator[bytes]:
    """A file of everything as a stream of deflate, of the streams of the years."""
    yield store_part(joined.head)
    some = False
    for year in joined.years:
        body = take_body(year.members[joined.member.name].read(), joined.head, joined.tail)
        if body is None:  # it was deflated in another way
            body = deflate_part(split_file(joined.member.name, year.read(joined.member.name))[1])
        if some and body and joined.tail:
            yield store_part(JSON_BETWEEN)
        some = some or bool(body)
        yield body
    yield store_end(joined.tail)


def _refuse_unlike(years: Sequence[YearFolder], schemas: Sequence[TableSchema]) -> None:
    """Raise BuildError where a year has other themes or measures than the first: it was made from other lookups."""
    first = years[0]
    problems = [
        package_problem(year.package / name, 0, "parts", f"another {name} than in {first.folder}", "the same in all")
        for schema in schemas
        for name in (f"{schema.name}.csv",)
        if schema.name in CATALOGUED
        for year in years
        if year.members[name].member != first.members[name].member
    ]
    if problems:
        raise BuildError(*first_few(problems, first.package, "themes and measures"))


def _refuse_doubled(package: Path, schemas: Sequence[TableSchema]) -> None:
    """Raise BuildError where two years have a document of one id. Every other id begins with its place and year."""
    problems: list[Problem] = []
    for schema in (one for one in schemas if one.name in DOCUMENTED):
        names, seen = schema.column_names(), set[tuple[str, ...]]()
        keys = [names.index(name) for name in schema.primary_key]
        for row in read_texts(package / f"{schema.name}.csv", schema):
            key = tuple(row[index] for index in keys)
            if key in seen:
                found = f"{key} is empty or stands twice"
                problems.append(
                    package_problem(package / f"{schema.name}.csv", 0, "primary-key", found, "a key of its own")
                )
            seen.add(key)
    if problems:
        raise BuildError(*first_few(problems, package, "ids of documents"))
