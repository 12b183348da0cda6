"""What is otherwise in the published data than before: two packages compared, and the record of it on disk."""

from generator.changes.compare import compare_packages
from generator.changes.files import load_releases, make_release, write_release
from generator.changes.packages import PublishedData, read_package, read_revision
from generator.changes.show import render_changes

__all__ = [
    "PublishedData",
    "compare_packages",
    "load_releases",
    "make_release",
    "read_package",
    "read_revision",
    "render_changes",
    "write_release",
]
