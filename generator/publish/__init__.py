"""Registers → the finished site: packages, Markdown, MkDocs, stamped pages, and what stands beside them."""

from generator.publish.build import BuildReport, assess_content, build_site
from generator.publish.markdown import write_tree
from generator.publish.swap import restore_site

__all__ = ["BuildReport", "assess_content", "build_site", "restore_site", "write_tree"]
