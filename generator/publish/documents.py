"""The Markdown of what speaks of all places, written group by group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import charts
from generator.pages.documents import Site, render_documents
from generator.steps import each_in_step


@dataclass(frozen=True)
class DocumentsJob:
    """One group of pages, the folder that they go to, and the one in which drawings are kept."""

    group: str
    site: Site
    docs: Path
    charts: Path


def write_documents(job: DocumentsJob) -> tuple[str, ...]:
    """Write the pages of a group, and return their paths; one that is there already is not touched."""
    draw = partial(charts.render_chart, cache=job.charts)
    paths = []
    for path, text in each_in_step("pages", render_documents(job.site, draw, [job.group])):
        keep_file(job.docs / path, text.encode())
        paths.append(path)
    return tuple(paths)


def keep_file(path: Path, data: bytes) -> None:
    """Write a file unless it holds these bytes already."""
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
