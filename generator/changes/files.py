"""The record of changes on disk: ``content/changes/<day>.yml``, written by ``duixian changes --write``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator import yamlfile
from generator.changes.compare import changed_departments
from generator.changes.packages import PublishedData
from generator.errors import ContentError, Problem
from generator.model import DataChange, DataRelease, Remark
from generator.patterns import IDENTIFIER

CHANGES = "changes"


def release_path(content: Path, release: DataRelease) -> Path:
    """Where the record of a day lives."""
    return content / CHANGES / f"{release.day.isoformat()}.yml"


def load_releases(content: Path) -> tuple[DataRelease, ...]:
    """All records, newest first; none where there is no folder.

    Raises ContentError for a broken file, for one whose name is not its date, and for ids that are none.
    """
    releases: list[DataRelease] = []
    problems: list[Problem] = []
    for path in sorted((content / CHANGES).glob("*.y*ml"), reverse=True):
        try:
            release = yamlfile.load(path, DataRelease)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if path != release_path(content, release):
            found, expected = f"is of {release.day}", f"expected {release_path(content, release).name}"
            problems.append(Problem(path, 1, "changes-name", found, expected, "rename the file"))
        problems.extend(_form_problems(release, path))
        releases.append(release)
    if problems:
        raise ContentError(*problems)
    return tuple(releases)


def _form_problems(release: DataRelease, path: Path) -> Iterator[Problem]:
    """Ids of commitments and slugs of departments: both are part of addresses."""
    named = [(f".changes[{n}].commitment", one.commitment) for n, one in enumerate(release.changes) if one.commitment]
    named += [(".departments", name) for one in release.departments.items() for name in (one[0], *one[1])]
    for where, name in named:
        if not IDENTIFIER.match(name):
            line = yamlfile.find_line(yamlfile.read_text(path), where)
            expected = "expected letters and digits of ASCII, joined by hyphens"
            yield Problem(path, line, "changes-id", repr(name), expected, "correct the id")


def make_release(
    old: PublishedData,
    new: PublishedData,
    changes: Sequence[DataChange],
    days: tuple[str, str],
    reason: tuple[str, str],
) -> DataRelease:
    """The record of these changes.

    ``days`` are those of the newer and of the older data, the latter empty where the older data know theirs;
    ``reason`` is in Chinese and English.

    Raises ContentError for a day that is none or stands before the older one, and without a reason.
    """
    day, since = _parse_day(days[0], "--date"), old.day or _parse_day(days[1], "--since")
    if since > day:
        raise ContentError(_wrong("--date", f"{day} is before {since}", "expected a day not before the older data"))
    if not all(reason):
        raise ContentError(_wrong("--reason", "no reason", "expected what led to the changes, in both languages"))
    rules = (old.rules, new.rules) if old.rules != new.rules else ()
    return DataRelease(
        day=day,
        since=since,
        reason=Remark(*reason),
        rules=rules,
        departments=changed_departments(old, new, changes),
        changes=tuple(changes),
    )


def _parse_day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ContentError(_wrong(option, repr(text), "expected a date like 2024-02-29")) from None


def _wrong(option: str, found: str, expected: str) -> Problem:
    return Problem(option, 0, "changes-option", found, expected, "give it again, corrected")


def write_release(content: Path, release: DataRelease) -> Path:
    """Write a record, whole or not at all, and return its path. A record of the same day is replaced.

    Raises ContentError where the data of that day are published: what was said about them stays.
    """
    path = release_path(content, release)
    if path.is_file() and yamlfile.load(path, DataRelease).sha256:
        found, expected = "the data of this day are published", "expected a day without a release"
        raise ContentError(Problem(path, 0, "release-published", found, expected, "give a later --date"))
    path.parent.mkdir(parents=True, exist_ok=True)
    yamlfile.dump(release, path)
    return path
