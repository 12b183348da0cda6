"""The packages of all places and years, as they lie on disk → the package of everything, a year at a time in memory.

CSV and JSON are the rows of the years one after another, the zip has them as they were deflated for those of the years;
the other formats are made of the CSV files that come out. Themes and measures, which every year has, stand once.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import BuildError, Problem, naming
from generator.model import Record
from generator.package.archive import README, Member, ZippedMember, ZipWriter, find_members
from generator.package.compare import first_few
from generator.package.deflated import deflate_file, deflate_part, store_end, store_part, take_body
from generator.package.descriptor import TableFile, package_descriptor, render_descriptor
from generator.package.formats import formats_of, left_out
from generator.package.parquet import parquet_key, write_parquet
from generator.package.plain import JSON_BETWEEN, split_file
from generator.package.readme import readme_text
from generator.package.sheets import package_problem
from generator.package.sqlite import Stated, write_sqlite
from generator.package.subsets import Subset
from generator.package.swap import link_or_copy
from generator.package.texts import read_texts
from generator.package.workbook import write_workbook
from generator.package.year import CATALOGUED, DOCUMENTED
from generator.schemas import TableSchema
from generator.steps import step

Digests = Mapping[str, str]
"""Name of a file of a package → SHA-256 of it."""


@dataclass(frozen=True)
class YearFolder:
    """The package of a place's year on disk: its files, and its zip. ``digests`` are those of the files."""

    package: Path
    archive: Path
    digests: Digests

    @property
    def folder(self) -> str:
        """Its folder under that of the packages."""
        return "/".join(self.package.parts[-2:])

    @cached_property
    def members(self) -> Mapping[str, ZippedMember]:
        """The members of its zip. Raises BuildError for what is none."""
        return find_members(self.archive)

    def read(self, name: str) -> bytes:
        """A file of the package. Raises BuildError where the zip has other bytes: one of the two is damaged."""
        data, path = (self.package / name).read_bytes(), self.package / name
        zipped = self.members.get(name)
        if zipped is None or zipped.member != Member(name, len(data), zlib.crc32(data)):
            found = "other bytes than in the zip of the package"
            raise BuildError(package_problem(path, 0, "year-damaged", found, "a package as it was made"))
        return data


class JoinedFile(Record, frozen=True):
    """A file of the package of everything: digest of what it was joined from, size, checksums, rows, head and tail."""

    key: str
    size: int
    crc: int
    sha256: str
    rows: int
    head: bytes
    tail: bytes


class WholeNotes(Record, frozen=True):
    """What a package of everything was made from, with which the next one takes over what has not changed.

    ``joined`` are its CSV and JSON files by name, ``parquet`` the digests of what each Parquet file was made from.
    """

    joined: dict[str, JoinedFile] = msgspec.field(default_factory=dict)
    parquet: dict[str, str] = msgspec.field(default_factory=dict)


@dataclass(frozen=True)
class LastWhole:
    """The last package of everything, untouched since: its two folders, and what was noted of it."""

    package: Path
    downloads: Path
    notes: WholeNotes


def open_year(package: Path, downloads: Path, name: str, digests: Digests) -> YearFolder:
    """The package of a year by its two folders, with the digests of its files. ``name`` is that of the package."""
    return YearFolder(package, downloads / f"{name}.zip", digests)


def write_whole(
    years: Sequence[YearFolder],
    whole: Subset,
    schemas: Sequence[TableSchema],
    folders: tuple[Path, Path],
    site_url: str = "",
    last: LastWhole | None = None,
) -> WholeNotes:
    """The package of everything, from those of all years in their order, into two empty folders: package, downloads.

    Files that would be those of the ``last`` one are linked. Raises BuildError where a year is damaged, has other
    columns, themes or measures than the first, or an id of a document that another year has, and where a format cannot
    hold the rows; OSError where the disk is full.
    """
    package, downloads = folders
    with step("packages"):
        joins = {
            name: _Join(name, years[:1] if schema.name in CATALOGUED else years)
            for schema in schemas
            for name in (f"{schema.name}.csv", f"{schema.name}.json")
        }
        joined = {name: join.link_or_write(package / name, last) for name, join in joins.items()}
        descriptor = package_descriptor(whole, [_table_file(one, joined[f"{one.name}.csv"]) for one in schemas])
        data = render_descriptor(descriptor)
        _write(package / "datapackage.json", [data])
    with step("validation"):
        _refuse_unlike(years, schemas)
        _refuse_doubled(package, schemas)
    with step("formats"):
        counts = {schema.name: joined[f"{schema.name}.json"].rows for schema in schemas}
        missing = {one.title: one.most_rows or 0 for one in left_out(whole.folder, sum(counts.values()))}
        streams = {name: join.stream(joined[name], whole.name, last) for name, join in joins.items()}
        others = {"datapackage.json": data, README: readme_text(whole, site_url, missing).encode()}
        _write_zip(downloads / f"{whole.name}.zip", joined, streams, others)
        made = _Whole(whole, schemas, {name: one.sha256 for name, one in joined.items()}, counts, descriptor)
        return WholeNotes(joined=joined, parquet=_write_formats(made, package, downloads, last))


@dataclass(frozen=True)
class _Whole:
    """The package of everything, as far as the formats that are made of its CSV files have to know it."""

    subset: Subset
    schemas: Sequence[TableSchema]
    digests: Digests
    counts: Mapping[str, int]
    descriptor: Mapping[str, Any]


def _write_formats(made: _Whole, package: Path, downloads: Path, last: LastWhole | None) -> dict[str, str]:
    """The formats that packages of so many rows have, beside the zip. Returned is what Parquet files were made from."""
    subset, names = made.subset, {one.name for one in formats_of(made.subset.folder, sum(made.counts.values()))}
    read = _reader(package)
    if "xlsx" in names:
        path = downloads / f"{subset.name}.xlsx"
        with naming(path):
            write_workbook(path, read, made.counts, made.schemas, subset)
    if "sqlite" in names:
        stated = Stated(made.descriptor, subset.as_of())
        write_sqlite(downloads / f"{subset.name}.sqlite", read, made.counts, made.schemas, stated)
    keys = {}
    for schema in made.schemas:
        name = f"{schema.name}.parquet"
        keys[name] = parquet_key(made.digests[f"{schema.name}.csv"], schema, made.descriptor)
        path = downloads / name
        with naming(path):
            if last and last.notes.parquet.get(name) == keys[name]:
                link_or_copy(last.downloads / name, path)
            else:
                write_parquet(path, package / f"{schema.name}.csv", schema, made.descriptor)
    return keys


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with naming(path), path.open("wb") as file:
        file.writelines(parts)


def _reader(package: Path) -> Callable[[TableSchema], Iterator[list[str]]]:
    return lambda schema: read_texts(package / f"{schema.name}.csv", schema)


@dataclass(frozen=True)
class _Join:
    """One file of everything: the rows of each year between one head and one tail."""

    name: str
    years: Sequence[YearFolder]

    @cached_property
    def key(self) -> str:
        """What it is made from, as a digest."""
        told = "".join(f"{year.folder} {year.digests[self.name]}\n" for year in self.years)
        return hashlib.sha256(told.encode()).hexdigest()

    def link_or_write(self, path: Path, last: LastWhole | None) -> JoinedFile:
        """The file of the last package where it is made from the same, else a new one."""
        kept = self._kept(last)
        if last is None or kept is None:
            return self._write(path)
        with naming(path):
            link_or_copy(last.package / self.name, path)
        return kept

    def _kept(self, last: LastWhole | None) -> JoinedFile | None:
        kept = last.notes.joined.get(self.name) if last else None
        return kept if kept and kept.key == self.key else None

    def _write(self, path: Path) -> JoinedFile:
        """Rows are counted in JSON."""
        digest, crc, size, rows = hashlib.sha256(), 0, 0, 0
        head = tail = b""
        with naming(path), path.open("wb") as file:
            for number, year in enumerate(self.years):
                before, body, tail = split_file(self.name, year.read(self.name))
                if number and before != head:
                    expected = f"the first line of {self.years[0].folder}/{self.name}"
                    place = year.package / self.name
                    raise BuildError(package_problem(place, 1, "header", "other columns", expected))
                head = before
                between = JSON_BETWEEN if tail and rows and body else b""
                part = (head if not number else b"") + between + body
                rows += body.count(b"\n") + 1 if tail and body else 0
                file.write(part)
                crc, size = zlib.crc32(part, crc), size + len(part)
                digest.update(part)
            file.write(tail)
            digest.update(tail)
        size, crc = size + len(tail), zlib.crc32(tail, crc)
        return JoinedFile(key=self.key, size=size, crc=crc, sha256=digest.hexdigest(), rows=rows, head=head, tail=tail)

    def stream(self, joined: JoinedFile, package: str, last: LastWhole | None) -> Iterator[bytes]:
        """It as a stream of deflate: that in the zip of the last package, or one of the streams of the years."""
        if last and self._kept(last):
            yield find_members(last.downloads / f"{package}.zip")[self.name].read()
            return
        yield store_part(joined.head)
        some = False
        for year in self.years:
            body = take_body(year.members[self.name].read(), joined.head, joined.tail)
            if body is None:  # it was deflated in another way
                body = deflate_part(split_file(self.name, year.read(self.name))[1])
            if some and body and joined.tail:
                yield store_part(JSON_BETWEEN)
            some = some or bool(body)
            yield body
        yield store_end(joined.tail)


def _table_file(schema: TableSchema, joined: JoinedFile) -> TableFile:
    return TableFile(schema, joined.sha256, joined.size)


def _write_zip(
    path: Path,
    joined: Mapping[str, JoinedFile],
    streams: Mapping[str, Iterable[bytes]],
    others: Mapping[str, bytes],
) -> None:
    with naming(path), path.open("wb") as file:
        archive = ZipWriter(file)
        for name in sorted({*joined, *others}):
            if name in joined:
                archive.add(Member(name, joined[name].size, joined[name].crc), streams[name])
            else:
                data = others[name]
                archive.add(Member(name, len(data), zlib.crc32(data)), [deflate_file(b"", data)])
        archive.close()


def _refuse_unlike(years: Sequence[YearFolder], schemas: Sequence[TableSchema]) -> None:
    """Raise BuildError where a year has other themes or measures than the first: it was made from other lookups."""
    first = years[0]
    problems = [
        package_problem(year.package / name, 0, "parts", f"another {name} than in {first.folder}", "the same in all")
        for schema in schemas
        for name in (f"{schema.name}.csv",)
        if schema.name in CATALOGUED
        for year in years
        if year.digests[name] != first.digests[name]
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
