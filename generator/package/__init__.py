"""Assessed registers → Frictionless data packages: descriptors, files of every format, validation, replacement."""

from generator.package.dates import refuse_undated
from generator.package.freeze import release_package
from generator.package.releases import check_releases, find_releases, refuse_changed
from generator.package.report import ValidationReport, render_report, render_report_as_json
from generator.package.stage import PackageStage, Runner, stage_packages
from generator.package.subsets import Subset, join_subsets, year_to_subset
from generator.package.validate import validate_packages
from generator.package.whole import WholeNotes
from generator.package.year import PackedYear, pack_tables

__all__ = [
    "PackageStage",
    "PackedYear",
    "Runner",
    "Subset",
    "ValidationReport",
    "WholeNotes",
    "check_releases",
    "find_releases",
    "join_subsets",
    "pack_tables",
    "refuse_changed",
    "refuse_undated",
    "release_package",
    "render_report",
    "render_report_as_json",
    "stage_packages",
    "validate_packages",
    "year_to_subset",
]
