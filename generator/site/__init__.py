"""Registers → the finished site: packages, Markdown, MkDocs, stamped pages, and what stands beside them."""

from generator.site.build import BuildReport, assess_content, build_site
from generator.site.markdown import write_tree
from generator.site.swap import restore_site

__all__ = ["BuildReport", "assess_content", "build_site", "restore_site", "write_tree"]
