"""What a validation looked at and what it found, as a table for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.errors import Problem


@dataclass
class Checked:
    """One package, as far as it was looked at. ``skipped`` says what was not, each with its reason."""

    folder: Path
    name: str = ""
    tables: int = 0
    rows: int = 0
    formats: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    released: bool = False


@dataclass(frozen=True)
class ValidationReport:
    """The packages under a folder. ``downloads`` is None where there were none to look at."""

    folder: Path
    downloads: Path | None
    packages: Sequence[Checked]
    general: Sequence[Problem] = ()

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, package by package."""
        return [*self.general, *(problem for package in self.packages for problem in package.problems)]

    def shown(self, package: Checked) -> str:
        """The folder of a package under the one that was looked at."""
        return package.folder.relative_to(self.folder).as_posix()


CHECKS = {
    "profile": "the Data Package 2.0 profile",
    "words": "licence, sources, who and when; titles, descriptions and codes in Chinese and English",
    "hashes": "sizes and hashes",
    "values": "types, enums and patterns",
    "keys": "primary and unique keys",
    "references": "references between tables",
    "formats": "the same rows in every format",
    "frictionless": "frictionless",
    "parts": "the packages of places and years are together the package of everything",
}
"""What is checked, in the order in which it is."""


def render_report(report: ValidationReport) -> str:
    """A line a package, then what was looked at and what was not, then the sum. Problems are printed elsewhere."""
    head = ("package", "tables", "rows", "formats", "problems")
    lines = [head, *(_line(report, package) for package in report.packages)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(head))]
    text = [
        "  ".join(
            cell.ljust(width) if index in {0, 3} else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([*(text if report.packages else ()), *_looked_at(report), *_not_looked_at(report), _sum(report)])


def _line(report: ValidationReport, package: Checked) -> tuple[str, ...]:
    formats = " ".join(package.formats)
    return (report.shown(package), str(package.tables), str(package.rows), formats, str(len(package.problems)))


def _looked_at(report: ValidationReport) -> Iterator[str]:
    for check, said in CHECKS.items():
        folders = [report.shown(package) for package in report.packages if check in package.checks]
        if folders:
            yield f"checked: {said}{_of(report, folders)}"


def _not_looked_at(report: ValidationReport) -> Iterator[str]:
    """One line for what was left out of several packages for one reason."""
    whose: dict[str, list[str]] = {}
    for package in report.packages:
        for reason in package.skipped:
            whose.setdefault(reason, []).append(report.shown(package))
    for reason, folders in whose.items():
        what, _, why = reason.partition(": ")
        yield f"not looked at: {what}{_of(report, folders)}: {why}"


def _of(report: ValidationReport, folders: Sequence[str]) -> str:
    return "" if len(folders) == len(report.packages) else f" ({', '.join(folders)})"


def _sum(report: ValidationReport) -> str:
    found, packages = len(report.problems), len(report.packages)
    said = f"{found} problem{'s' if found > 1 else ''}" if found else "valid"
    return f"{report.folder}: {said} ({packages} package{'' if packages == 1 else 's'})"


def render_report_as_json(report: ValidationReport) -> str:
    """The same for programs: every package, what was looked at and what not, every problem with its place."""
    said = {
        "folder": report.folder.as_posix(),
        "downloads": report.downloads.as_posix() if report.downloads else None,
        "valid": not report.problems,
        "packages": [_package_to_json(report, package) for package in report.packages],
        "problems": [_problem_to_json(problem) for problem in report.problems],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _package_to_json(report: ValidationReport, package: Checked) -> dict[str, Any]:
    return {
        "folder": report.shown(package),
        "name": package.name,
        "tables": package.tables,
        "rows": package.rows,
        "formats": package.formats,
        "checks": package.checks,
        "not_looked_at": package.skipped,
        "problems": len(package.problems),
    }


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "code": problem.code,
        "found": problem.found,
        "expected": problem.expected,
        "remedy": problem.remedy,
    }
