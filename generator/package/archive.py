"""Files → zip, and such a zip read back. Same files, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import Problem
from generator.package.sheets import Published, package_problem

README = "README.txt"
"""The file of a zip that is no file of the package."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def files_to_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, sorted, all of one fixed date: same files, same bytes.

    How small ``ZIP_DEFLATED`` gets them depends on the version of zlib; with ``ZIP_STORED`` nothing does.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()


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
