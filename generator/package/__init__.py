"""Assessed registers → Frictionless data packages: descriptors, files of every format, validation, replacement."""

from generator.package.freeze import release_package
from generator.package.releases import check_releases, find_releases, refuse_changed
from generator.package.report import ValidationReport, render_report, render_report_as_json
from generator.package.subsets import Subset, packages_of
from generator.package.validate import validate_packages
from generator.package.write import write_packages

__all__ = [
    "Subset",
    "ValidationReport",
    "check_releases",
    "find_releases",
    "packages_of",
    "refuse_changed",
    "release_package",
    "render_report",
    "render_report_as_json",
    "validate_packages",
    "write_packages",
]
