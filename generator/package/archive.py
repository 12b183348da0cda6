"""Files → zip, and such a zip read back. Same files, same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from generator.errors import BuildError, Problem
from generator.package.deflated import deflate_file
from generator.package.plain import split_file
from generator.package.sheets import Published, package_problem

README = "README.txt"
"""The file of a zip that is no file of the package."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _MADE_BY, _DEFLATED, _MODE = 20, 3 << 8 | 20, 8, 0o644 << 16
_MOST = 0xFFFFFFFF


def files_to_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, sorted, stored as they are, all of one fixed date: its bytes depend on no library."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def package_to_zip(files: Mapping[str, bytes], shared: Collection[str] = ()) -> bytes:
    """The files of a package and its README, sorted, deflated so that the rows can be taken out as they are.

    ``shared`` are files that other packages have, too: they are deflated once for all that a process makes.
    """
    buffer = io.BytesIO()
    archive = ZipWriter(buffer)
    for name in sorted(files):
        data = files[name]
        deflate = _deflate_shared if name in shared else deflate_file
        archive.add(Member(name, len(data), zlib.crc32(data)), [deflate(*split_file(name, data))])
    archive.close()
    return buffer.getvalue()


_deflate_shared = lru_cache(maxsize=8)(deflate_file)


@dataclass(frozen=True)
class Member:
    """A file of a zip: its name, its bytes and their CRC-32."""

    name: str
    size: int
    crc: int


@dataclass
class ZipWriter:
    """Writes a zip into a seekable file, member by member, from streams that are deflated already."""

    file: BinaryIO
    _central: list[bytes] = field(default_factory=list)

    def add(self, member: Member, stream: Iterable[bytes]) -> None:
        """The member with its deflated stream. Raises BuildError where it, or the zip, is larger than a zip can be."""
        name, start, deflated = member.name.encode("ascii"), self.file.tell(), 0
        self.file.write(bytes(_LOCAL.size) + name)
        for part in stream:
            self.file.write(part)
            deflated += len(part)
        end = self.file.tell()
        if max(member.size, end) > _MOST:
            found, remedy = f"{member.name}: {max(member.size, end):,} bytes", "publish the places in several projects"
            raise BuildError(Problem("zip", 0, "package-zip-large", found, "expected less than 4 GiB", remedy))
        common = (_DEFLATED, 0, _DATE, member.crc, deflated, member.size, len(name), 0)
        self.file.seek(start)
        self.file.write(_LOCAL.pack(b"PK\3\4", _VERSION, 0, *common))
        self.file.seek(end)
        said = _CENTRAL.pack(b"PK\1\2", _MADE_BY, _VERSION, 0, *common, 0, 0, 0, _MODE, start)
        self._central.append(said + name)

    def close(self) -> None:
        """The directory of the members. The file itself stays open."""
        start, count = self.file.tell(), len(self._central)
        directory = b"".join(self._central)
        self.file.write(directory)
        self.file.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, 0))


@dataclass(frozen=True)
class ZippedMember:
    """Where a member of a zip stands: the file, its place and length in it, and what it is unpacked."""

    path: Path
    offset: int
    length: int
    member: Member

    def read(self) -> bytes:
        """Its stream as it is, still deflated."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            local = _LOCAL.unpack(file.read(_LOCAL.size))
            file.seek(local[-2] + local[-1], io.SEEK_CUR)
            return file.read(self.length)


def find_members(path: Path) -> dict[str, ZippedMember]:
    """The deflated members of a zip by their names. Raises BuildError for what is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [one for one in archive.infolist() if one.compress_type == zipfile.ZIP_DEFLATED]
    except (OSError, zipfile.BadZipFile) as error:
        raise BuildError(package_problem(path, 0, "zip", str(error), "a whole zip")) from error
    return {
        one.filename: ZippedMember(
            path, one.header_offset, one.compress_size, Member(one.filename, one.file_size, one.CRC)
        )
        for one in entries
    }


def check_archive(path: Path, published: Published) -> Iterator[Problem]:
    """What is wrong with a zip: damage, members missing, too many, or other than the files of the package."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception as error:  # whatever the library trips over in a damaged file
        yield package_problem(path, 0, "zip", str(error) or type(error).__name__, "a whole zip")
        return
    expected = {one.name: one.read_bytes() for one in package_files(published)}
    for name in sorted({README, *expected} - members.keys()):
        yield package_problem(path, 0, "member-missing", f"no {name}", "every file of the package, and its README")
    for name in sorted(members.keys() - expected.keys() - {README}):
        yield package_problem(path, 0, "member-unknown", f"a member {name}", "the files of the package alone")
    for name in sorted(name for name, data in expected.items() if members.get(name, data) != data):
        yield package_problem(path, 0, "member-differs", f"another {name}", f"the bytes of {published.folder / name}")


def package_files(published: Published) -> Iterator[Path]:
    """The files of a package in its folder: descriptor, CSV and JSON."""
    yield published.folder / "datapackage.json"
    for sheet in published.sheets.values():
        yield from (sheet.path, sheet.path.with_suffix(".json"))
