"""The Markdown of what speaks of all places, written group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import charts
from generator.pages.documents import Site, list_documents
from generator.steps import step


@dataclass(frozen=True)
class DocumentsJob:
    """One group of pages, the folder that they go to, and the one in which drawings are kept.

    ``kept``: path → key of those that lie there as the last build made them.
    """

    group: str
    site: Site
    docs: Path
    charts: Path
    kept: Mapping[str, str]


@step("pages")
def write_documents(job: DocumentsJob) -> dict[str, str]:
    """Write the pages of a group, and return the key of each by its path; what would be the same is not touched."""
    draw = partial(charts.render_chart, cache=job.charts)
    keys = {}
    for page in list_documents(job.site, draw, [job.group]):
        if not page.key or job.kept.get(page.path) != page.key:
            keep_file(job.docs / page.path, page.render().encode())
        keys[page.path] = page.key
    return keys


def keep_file(path: Path, data: bytes) -> None:
    """Write a file unless it holds these bytes already."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
