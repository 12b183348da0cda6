"""Tables → Frictionless data packages on disk, validated before they replace anything.

``datapackage/<place>/<year>/`` and ``datapackage/all/`` hold ``datapackage.json``, CSV and JSON; the other formats go
to a folder of their own, since binary files have no history worth keeping. Same registers, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.lookups import Places
from generator.package.archive import README
from generator.package.dates import refuse_undated
from generator.package.descriptor import TableFile, package_descriptor
from generator.package.formats import Made, check_downloads, make_downloads
from generator.package.plain import table_to_csv, table_to_json
from generator.package.readme import readme_text
from generator.package.subsets import Subset
from generator.package.swap import (
    keep_others,
    refuse_blocked,
    refuse_strangers,
    restore_folders,
    staging_prefix,
    swap_in,
)
from generator.package.validate import read_published, validate_packages
from generator.schemas import TableSchema
from generator.steps import step
from generator.tables import assessed_to_tables


@step("packages")
def write_packages(
    subsets: Sequence[Subset],
    places: Places,
    schemas: Sequence[TableSchema],
    out: Path,
    downloads: Path,
    site_url: str = "",
) -> tuple[Path, ...]:
    """Write every package under ``out`` and its other formats under ``downloads``; return the package folders.

    ``site_url`` is where the site is published, with a slash at its end; the README of the zip cites it, no other file.

    All of it is made and validated beside ``out`` and ``downloads`` first, every format included. Raises BuildError,
    and replaces nothing, when a package does not validate, its documents carry no date, or a file is in the way.
    Unchanged files are not touched.
    """
    restore_folders([out, downloads])
    refuse_strangers(out)
    refuse_undated(subsets, places.path.with_name("documents"))
    with _staging(out) as staged, _staging(downloads) as fresh:
        made = [_write_package(staged, subset, places, schemas, site_url) for subset in subsets]
        changed = [one.subset.folder for one in made if not _is_old(one.subset.folder, staged, out)]
        _refuse(validate_packages(staged, only=changed).problems if changed else (), staged, out)
        for one in made:
            _write_files(fresh / one.subset.folder, make_downloads(one))
        refuse_blocked(fresh, downloads)
        changed += [one.subset.folder for one in made if not _is_old(one.subset.folder, fresh, downloads)]
        for folder in dict.fromkeys(changed):
            with step("validation"):
                _refuse(check_downloads(fresh / folder, read_published(staged / folder)), fresh, downloads)
        keep_others(fresh, downloads)
        swap_in({out: staged, downloads: fresh})
    return tuple(out / subset.folder for subset in subsets)


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder beside another, on the same disk, that can be renamed to it; what is left of it goes at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{staging_prefix(target)}{os.getpid()}.") as name:
        staged = Path(name) / "new"
        staged.mkdir()
        yield staged


def _is_old(folder: str, new: Path, old: Path) -> bool:
    """Whether a folder is byte for byte the one that was validated before."""
    return (old / folder).is_dir() and _read_all(new / folder).items() <= _read_all(old / folder).items()


def _refuse(problems: Iterable[Problem], staged: Path, out: Path) -> None:
    """Raise BuildError where there is a problem, told of the folder that the user knows and not of a temporary one."""
    told = [
        replace(problem, path=out / Path(problem.path).relative_to(staged))
        if Path(problem.path).is_relative_to(staged)
        else problem
        for problem in problems
    ]
    if told:
        raise BuildError(*told)


def _write_package(staged: Path, subset: Subset, places: Places, schemas: Sequence[TableSchema], site_url: str) -> Made:
    """Write CSV, JSON and descriptor; return what the other formats are made of."""
    tables, files = assessed_to_tables(subset.registers, places), dict[str, bytes]()
    written = []
    for schema in schemas:
        data = table_to_csv(tables[schema.name], schema)
        files |= {f"{schema.name}.csv": data, f"{schema.name}.json": table_to_json(tables[schema.name])}
        written.append(TableFile(schema, hashlib.sha256(data).hexdigest(), len(data)))
    descriptor = package_descriptor(subset, written)
    files["datapackage.json"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    _write_files(staged / subset.folder, files)
    files[README] = readme_text(subset, site_url).encode("utf-8")
    return Made(subset, tables, schemas, descriptor, files)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        try:
            (folder / name).write_bytes(data)
        except OSError as error:
            error.filename = error.filename or str(folder / name)  # a full disk does not say of which file
            raise


def _read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
