"""Publishing a release: the package of everything as it is now → ``content/releases/<day>``, recorded for good."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from generator.changes import compare_packages, load_releases, make_release, read_package, write_release
from generator.errors import BuildError, ContentError, Problem
from generator.model import DataRelease, Publication, Remark
from generator.package.contract import check_contract, check_filled
from generator.package.readme import release_readme
from generator.package.releases import (
    RELEASES,
    SUMS,
    Release,
    find_releases,
    refuse_changed,
    release_digest,
    render_sums,
)
from generator.package.sbom import SBOM, release_sbom
from generator.package.subsets import EVERYTHING
from generator.package.validate import validate_package
from generator.publication import BETWEEN, FILE, load_publication
from generator.schemas import TableSchema, load_schemas
from generator.swap import staging

_FIRST = ("第一次公布。", "First release.")


def release_package(content: Path, datapackage: Path, day: date, reason: tuple[str, str]) -> Path:
    """Keep the data of this day for good, and return their folder. ``reason`` is in Chinese and English.

    What changed since the last release is written to ``content/changes/<day>.yml`` where it is not there yet; the
    digest of the release is added to it. Raises BuildError or ContentError, and writes nothing, when the day is not
    after the last release, when a release was changed, when a published column went without notice or the version of
    the schema does not say so, when the record is of other data, and when the package is not valid.
    """
    records = load_releases(content)
    refuse_changed(content, records)
    last = next(iter(find_releases(content)), None)
    if last and day <= last.day:
        raise BuildError(_wrong_day(day, last))
    publication, schemas = load_publication(content), load_schemas(content)
    if last:
        _refuse_breach(last, datapackage, schemas, publication, day, content)
    record = _record_of(records, last, datapackage, schemas, day, reason)
    folder = _freeze(datapackage / EVERYTHING, content, publication, day)
    write_release(content, msgspec.structs.replace(record, sha256=release_digest(folder)))
    return folder


def _wrong_day(day: date, last: Release) -> Problem:
    expected = f"expected a day after the last release, {last.day}: what is published never changes"
    return Problem("DAY", 0, "release-day", day.isoformat(), expected, "give a later day")


def _half_reason() -> Problem:
    expected = "expected --reason and --reason-en, or neither for the first release"
    return Problem("--reason", 0, "release-reason", "one language alone", expected, "give both")


def _refuse_breach(
    last: Release, datapackage: Path, schemas: Sequence[TableSchema], publication: Publication, day: date, content: Path
) -> None:
    old, new = read_package(last.folder), read_package(datapackage / EVERYTHING)
    problems = [
        *check_contract(last.descriptor, schemas, publication.schema_version, day, content / FILE),
        *check_filled(old, new, schemas, content / "schemas"),
    ]
    if problems:
        raise ContentError(*problems)


def _record_of(
    records: Sequence[DataRelease],
    last: Release | None,
    datapackage: Path,
    schemas: Sequence[TableSchema],
    day: date,
    reason: tuple[str, str],
) -> DataRelease:
    """What is otherwise than in the last release: as it was written down for this day, or compared now."""
    stated = next((record for record in records if record.day == day), None)
    if last is None:
        first = Remark(*(reason if any(reason) else _FIRST))
        if not all((first.zh, first.en)):
            raise ContentError(_half_reason())
        return stated or DataRelease(day=day, since=day, reason=first)
    old, new = read_package(last.folder), read_package(datapackage / EVERYTHING)
    found = compare_packages(old, new, schemas)
    if stated and stated.since == last.day and stated.changes != found:
        where = f"content/changes/{day}.yml"
        expected = f"expected what is otherwise than in {last.folder} ({len(found)} changes)"
        remedy = f"run `duixian changes {last.folder} --date {day} --since {last.day}` with the reason again"
        raise ContentError(Problem(where, 0, "release-record", f"{len(stated.changes)} changes", expected, remedy))
    return stated or make_release(old, new, found, (day.isoformat(), last.day.isoformat()), reason)


def _freeze(package: Path, content: Path, publication: Publication, day: date) -> Path:
    """Write the folder of a release, whole and valid or not at all."""
    files = _release_files(package, publication, day)
    folder = content / RELEASES / day.isoformat()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with staging(content / "release") as waiting:
        staged = waiting / folder.name
        staged.mkdir()
        for path, data in {**files, SUMS: render_sums(files).encode()}.items():
            (staged / path).write_bytes(data)
        problems = validate_package(staged / "datapackage.json")
        if problems:
            raise BuildError(*problems)
        staged.rename(folder)
    return folder


def _release_files(package: Path, publication: Publication, day: date) -> dict[str, bytes]:
    """Descriptor, CSV, JSON and README of a release, and what it was made with, by their names.

    What a build makes of them is left out.
    """
    descriptor = _release_descriptor(package, day)
    files = {"datapackage.json": (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()}
    for resource in descriptor["resources"]:
        path = package / resource["path"]
        for file in (path, path.with_suffix(".json")):
            files[file.name] = file.read_bytes()
    return {**files, "README.txt": release_readme(descriptor, publication, day).encode(), SBOM: release_sbom()}


def _release_descriptor(package: Path, day: date) -> dict[str, Any]:
    """The descriptor of everything under the name, title and version of the release; its address is the site's to say.

    Raises BuildError where there is no package.
    """
    path = package / "datapackage.json"
    if not path.is_file():
        raise BuildError(Problem(path, 0, "package-none", "no data package", "expected one", "run `make site` first"))
    stated: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    own = {
        "name": f"{str(stated['name']).removesuffix(EVERYTHING)}{day}",
        "title": f"{stated['title']}{BETWEEN}{day}",
        "version": f"{day.year}.{day.month}.{day.day}",
        "released": day.isoformat(),
        "resources": [one for one in stated["resources"] if str(one["path"]).endswith(".csv")],
    }
    return {**stated, **own}
