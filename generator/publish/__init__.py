"""Registers → the finished site: packages, Markdown, MkDocs, stamped pages, and what stands beside them."""

from generator.publish.assessed import assess_content
from generator.publish.build import BuildReport, How, build_site
from generator.publish.partcontent import check_part_address, write_part_content
from generator.publish.size import Limits, Size, measure_folder, render_bytes

__all__ = [
    "BuildReport",
    "How",
    "Limits",
    "Size",
    "assess_content",
    "build_site",
    "check_part_address",
    "measure_folder",
    "render_bytes",
    "write_part_content",
]
