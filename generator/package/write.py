"""Tables → Frictionless data packages on disk, validated before they replace anything.

``datapackage/<place>/<year>/`` and ``datapackage/all/`` hold ``datapackage.json``, CSV and JSON; zip and XLSX go
to a folder of their own, since binary files have no history worth keeping. Same registers, same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import BuildError, Problem
from generator.lookups import Places
from generator.package.archive import files_to_zip
from generator.package.dates import refuse_undated
from generator.package.descriptor import TableFile, package_descriptor
from generator.package.plain import table_to_csv, table_to_json
from generator.package.readme import readme_text
from generator.package.subsets import Subset
from generator.package.swap import merge_downloads, refuse_strangers, restore_packages, swap_in
from generator.package.validate import validate_package
from generator.package.workbook import tables_to_workbook
from generator.schemas import TableSchema
from generator.tables import Tables, assessed_to_tables


def write_packages(
    subsets: Sequence[Subset],
    places: Places,
    schemas: Sequence[TableSchema],
    out: Path,
    downloads: Path,
    site_url: str = "",
) -> tuple[Path, ...]:
    """Write every package under ``out`` and its zip and XLSX under ``downloads``; return the package folders.

    All of it is made and validated beside ``out`` first. Raises BuildError, and replaces nothing, when a package
    does not validate, its documents carry no date, or ``out`` holds a file that is not a package's. Unchanged files
    are not touched.
    """
    restore_packages(out)
    refuse_strangers(out)
    refuse_undated(subsets, places.path.with_name("documents"))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.new.{os.getpid()}.") as name:
        staged, staged_downloads = Path(name) / "packages", Path(name) / "downloads"
        staged.mkdir()
        for subset in subsets:
            tables = assessed_to_tables(subset.registers, places)
            _write_package(staged / subset.folder, subset, tables, schemas, site_url)
            files = {"README.txt": readme_text(subset, site_url).encode("utf-8"), **_read_all(staged / subset.folder)}
            workbook = tables_to_workbook(tables, schemas, subset)
            _write_downloads(staged_downloads / subset.folder, subset, files, workbook)
        problems = [problem for subset in subsets for problem in _staged_problems(staged, out, subset.folder)]
        if problems:
            raise BuildError(*(_relocated(problem, staged, out) for problem in problems))
        swap_in(staged, out)
        merge_downloads(staged_downloads, downloads)
    return tuple(out / subset.folder for subset in subsets)


def _staged_problems(staged: Path, out: Path, folder: str) -> list[Problem]:
    """What is wrong with a new package; nothing is where it is byte for byte the one that was validated before."""
    if (out / folder).is_dir() and _read_all(staged / folder) == _read_all(out / folder):
        return []
    return validate_package(staged / folder / "datapackage.json", keys=False)


def _relocated(problem: Problem, staged: Path, out: Path) -> Problem:
    """The same problem under the folder that the user knows, and not under a temporary one."""
    path = Path(problem.path)
    shown = out / path.relative_to(staged) if path.is_relative_to(staged) else path
    return Problem(shown, problem.line, problem.code, problem.found, problem.expected, problem.remedy)


def _write_package(folder: Path, subset: Subset, tables: Tables, schemas: Sequence[TableSchema], site_url: str) -> None:
    folder.mkdir(parents=True)
    files = []
    for schema in schemas:
        data = table_to_csv(tables[schema.name], schema)
        (folder / f"{schema.name}.csv").write_bytes(data)
        (folder / f"{schema.name}.json").write_bytes(table_to_json(tables[schema.name]))
        files.append(TableFile(schema, hashlib.sha256(data).hexdigest(), len(data)))
    descriptor = package_descriptor(subset, files, site_url)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_bytes(text.encode("utf-8"))


def _write_downloads(folder: Path, subset: Subset, files: Mapping[str, bytes], workbook: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / f"{subset.name}.zip").write_bytes(files_to_zip(files))
    (folder / f"{subset.name}.xlsx").write_bytes(workbook)


def _read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
