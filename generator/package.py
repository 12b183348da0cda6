"""Tables → Frictionless data packages on disk, validated before they replace anything. The only user of frictionless.

``datapackage/<place>/<year>/`` and ``datapackage/all/`` hold ``datapackage.json``, CSV and JSON; zip and XLSX go
to a folder of their own, since binary files have no history worth keeping. Same registers, same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator.descriptor import Subset, TableFile, package_descriptor, readme_text
from generator.errors import BuildError, Problem
from generator.lookups import Places
from generator.model import AssessedRegister
from generator.packagecheck import check_package
from generator.schemas import TableSchema
from generator.tables import Row, Tables, assessed_to_tables, json_value, render_cell
from generator.workbook import tables_to_workbook

_PROFILE = Path(__file__).parent / "profiles" / "datapackage-2.0.json"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PACKAGE_SUFFIXES = {".csv", ".json"}
_DOWNLOAD_SUFFIXES = {".zip", ".xlsx"}


def write_packages(
    registers: Sequence[AssessedRegister],
    places: Places,
    schemas: Sequence[TableSchema],
    out: Path,
    downloads: Path,
    site_url: str = "",
) -> tuple[Path, ...]:
    """Write every package under ``out`` and its zip and XLSX under ``downloads``; return the package folders.

    All of it is made and validated beside ``out`` first. Raises BuildError, and replaces nothing, when a package
    does not validate or ``out`` holds a file that is not a package's. Unchanged files are not touched.
    """
    _restore(out)
    _refuse_strangers(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    subsets = packages_of(registers)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.new.{os.getpid()}.") as name:
        staged, staged_downloads = Path(name) / "packages", Path(name) / "downloads"
        staged.mkdir()
        for subset in subsets:
            tables = assessed_to_tables(subset.registers, places)
            _write_package(staged / subset.folder, subset, tables, schemas, site_url)
            files = {"README.txt": readme_text(subset, site_url).encode("utf-8"), **_read_all(staged / subset.folder)}
            workbook = tables_to_workbook(tables, schemas, subset.title_zh)
            _write_downloads(staged_downloads / subset.folder, subset, files, workbook)
        problems = [problem for subset in subsets for problem in _staged_problems(staged, out, subset.folder)]
        if problems:
            raise BuildError(*(_relocated(problem, staged, out) for problem in problems))
        _swap(staged, out)
        _merge(staged_downloads, downloads)
    return tuple(out / subset.folder for subset in subsets)


def packages_of(registers: Sequence[AssessedRegister]) -> tuple[Subset, ...]:
    """One package a place and year, in their order, then one of everything."""
    ordered = sorted(registers, key=lambda a: (a.register.place, a.register.year, a.register.programme))
    groups: dict[tuple[str, int], list[AssessedRegister]] = {}
    for assessed in ordered:
        groups.setdefault((assessed.register.place, assessed.register.year), []).append(assessed)
    subsets = [
        Subset(
            name=f"{slug}-{year}",
            folder=f"{slug}/{year}",
            registers=tuple(group),
            title_zh=f"{group[0].place.zh}{year}年政府承诺与兑现",
            title_en=f"{group[0].place.en} {year}: government commitments and what became of them",
        )
        for (slug, year), group in groups.items()
    ]
    everything = Subset(
        name="duixian-all",
        folder="all",
        registers=tuple(ordered),
        title_zh="政府承诺与兑现（全部地区和年度）",
        title_en="Government commitments and what became of them, all places and years",
    )
    return (*subsets, everything)


def validate_packages(folder: Path) -> list[Problem]:
    """Everything that is wrong with the packages under a folder: the 2.0 profile, plain checks, then frictionless.

    Frictionless takes seconds, most of them for foreign keys, so a build asks it for all but those: the plain
    checks, which are stricter about keys, have looked at them.
    """
    descriptors = sorted(folder.glob("**/datapackage.json"))
    if not descriptors:
        return [_problem(folder, "package-none", "no datapackage.json", "at least one package", "build first")]
    return [problem for path in descriptors for problem in _validate_package(path, keys=True)]


# --- Validating ---------------------------------------------------------------------------------


def _staged_problems(staged: Path, out: Path, folder: str) -> list[Problem]:
    """What is wrong with a new package; nothing is where it is byte for byte the one that was validated before."""
    if (out / folder).is_dir() and _read_all(staged / folder) == _read_all(out / folder):
        return []
    return _validate_package(staged / folder / "datapackage.json", keys=False)


def _validate_package(path: Path, *, keys: bool) -> list[Problem]:
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [_problem(path, "package-json", str(error).partition("\n")[0], "a JSON object", "build again")]
    problems = list(_profile_problems(path, descriptor))
    if problems:
        return problems
    problems = check_package(path.parent, descriptor)
    if problems:
        return problems
    if not keys:
        for resource in descriptor["resources"]:
            resource["schema"].pop("foreignKeys", None)
    return list(_frictionless_problems(path, descriptor))


def _profile_problems(path: Path, descriptor: Any) -> Iterator[Problem]:
    found = list(_profile_errors(_without_schemas(descriptor)))
    for resource in _resources(descriptor):
        errors = _schema_errors(json.dumps(resource.get("schema", {})))
        found += [f"{resource.get('name')}: {error}" for error in errors]
    for error in found:
        yield _problem(path, "package-profile", error, "what the Data Package 2.0 profile asks for", "build again")


def _resources(descriptor: Any) -> list[dict[str, Any]]:
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    return [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []


def _without_schemas(descriptor: Any) -> Any:
    """The descriptor with empty schemas: they are nine tenths of the work, and the same in every package."""
    if not _resources(descriptor):
        return descriptor
    bare = [
        {**one, "schema": {"fields": [{"name": "x"}]}} if isinstance(one, dict) else one
        for one in descriptor["resources"]
    ]
    return {**descriptor, "resources": bare}


@cache
def _schema_errors(schema: str) -> tuple[str, ...]:
    """What the profile finds wrong with one table's schema, given as JSON."""
    resource = {"name": "x", "path": "x.csv", "schema": json.loads(schema)}
    return tuple(_profile_errors({"resources": [resource]}))


def _profile_errors(descriptor: Any) -> Iterator[str]:
    for error in sorted(_profile().iter_errors(descriptor), key=lambda error: error.json_path):
        yield f"{error.json_path}: {error.message[:200]}"


@cache
def _profile() -> Any:
    """The published profile, kept with the code so that validating needs no network."""
    from jsonschema import Draft7Validator

    return Draft7Validator(json.loads(_PROFILE.read_text(encoding="utf-8")))


def _frictionless_problems(path: Path, descriptor: dict[str, Any]) -> Iterator[Problem]:
    from frictionless import FrictionlessException, Package

    try:
        report = Package.from_descriptor(descriptor, basepath=str(path.parent)).validate()
        found = [f"{title}: {message}" for title, message in report.flatten(["title", "message"])]
    except FrictionlessException as error:
        found = [str(error.error.message)]
    for message in found:
        yield _problem(path, "package-frictionless", message, "a valid package", "build again")


def _problem(path: Path, code: str, found: str, expected: str, remedy: str) -> Problem:
    return Problem(path, 0, code, found, f"expected {expected}", remedy)


def _relocated(problem: Problem, staged: Path, out: Path) -> Problem:
    """The same problem under the folder that the user knows, and not under a temporary one."""
    path = Path(problem.path)
    shown = out / path.relative_to(staged) if path.is_relative_to(staged) else path
    return Problem(shown, problem.line, problem.code, problem.found, problem.expected, problem.remedy)


# --- Writing ------------------------------------------------------------------------------------


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


def table_to_csv(rows: Sequence[Row], schema: TableSchema) -> bytes:
    """A table as UTF-8 CSV without BOM, LF, quoted only where needed; text stands exactly as it is."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(schema.column_names())
    writer.writerows([render_cell(value) for value in row.values()] for row in rows)
    return buffer.getvalue().encode("utf-8")


def table_to_json(rows: Sequence[Row]) -> bytes:
    """A table as a JSON array, one object a line; decimals are exact numbers."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    lines = [encoder.encode({name: json_value(value) for name, value in row.items()}) for row in rows]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def _write_downloads(folder: Path, subset: Subset, files: Mapping[str, bytes], workbook: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / f"{subset.name}.zip").write_bytes(files_to_zip(files))
    (folder / f"{subset.name}.xlsx").write_bytes(workbook)


def _read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def files_to_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, sorted, all of one fixed date: same files, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()


# --- Swapping in --------------------------------------------------------------------------------


def _aside(out: Path) -> Path:
    """Where the old packages stand for the moment between two renames."""
    return out.parent / f".{out.name}.old"


def _restore(out: Path) -> None:
    """After a build that was killed: what it left goes, and the old packages come back if they had been moved away."""
    aside = _aside(out)
    prefix = f".{out.name}.new."
    for staging in out.parent.glob(f"{prefix}*"):
        if not _is_running(staging.name.removeprefix(prefix).partition(".")[0]):
            shutil.rmtree(staging, ignore_errors=True)
    if aside.exists() and not out.exists():
        aside.rename(out)
    elif aside.exists():
        shutil.rmtree(aside)


def _is_running(process: str) -> bool:
    """Whether the build that named its staging folder after its process is still at work: then the folder stays."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _refuse_strangers(out: Path) -> None:
    """A folder that holds anything but packages is not ours to replace. Raises BuildError."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file()] if out.exists() else []
    strangers = [
        path
        for path in files
        if path.suffix not in _PACKAGE_SUFFIXES or not (path.parent / "datapackage.json").is_file()
    ]
    if strangers or (out.exists() and not out.is_dir()):
        raise BuildError(
            *(
                _problem(
                    path,
                    "package-stranger",
                    "not a file of a package",
                    "nothing but packages here",
                    "move it elsewhere, or name another folder",
                )
                for path in strangers or [out]
            )
        )


def _swap(staged: Path, out: Path) -> None:
    """Put the new folder in place of the old; a file that has not changed is the old file itself."""
    for path in staged.rglob("*"):
        old = out / path.relative_to(staged)
        if path.is_file() and old.is_file() and old.read_bytes() == path.read_bytes():
            path.unlink()
            _link_or_copy(old, path)
    aside = _aside(out)
    if out.exists():
        out.rename(aside)
    staged.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


def _link_or_copy(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _merge(staged: Path, downloads: Path) -> None:
    """Write downloads that differ, and remove those of packages that are gone. Other files are left alone."""
    fresh = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    for name in sorted(fresh):
        target, data = downloads / name, (staged / name).read_bytes()
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.part")
            part.write_bytes(data)
            part.replace(target)
    for path in sorted(downloads.rglob("*")):
        if path.suffix in _DOWNLOAD_SUFFIXES and path.relative_to(downloads) not in fresh:
            path.unlink()
