"""The Markdown of every page that speaks of more than one place, as paths and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.changes import load_releases
from generator.defaults import PROGRAM_MARK, find_content_file
from generator.lookups import load_places
from generator.pages.changes import render_changes
from generator.pages.data import Download, render_data
from generator.pages.document import Document
from generator.pages.due import render_due
from generator.pages.english import ENGLISH, render_english
from generator.pages.figure import Draw
from generator.pages.findings import render_findings
from generator.pages.home import render_home
from generator.pages.listparts import Rendered
from generator.pages.measures import render_measures, shared_measures
from generator.pages.method import render_method
from generator.pages.openness import render_openness
from generator.pages.parts import part_note, render_parts, render_sections
from generator.pages.plain import render_plain
from generator.pages.silence import render_silence
from generator.pages.summaries import Summaries
from generator.pages.themes import render_themes, theme_cards
from generator.parts import HOME, load_split, read_part_records
from generator.schemas import load_schemas

ALWAYS = (
    *("index.md", "findings.md", "due.md", "silence.md", "changes.md", "data.md", "method.md", "openness.md"),
    *("about.md", "adopt.md", "performance.md", "themes/index.md", "measures/index.md"),
)
"""The pages that every site has, to which the nav and hand-written pages lead."""


OF_FILES = "data"
"""The group of pages that tell of the files that readers can fetch; all others are made of summaries alone."""
GROUPS = ("site", OF_FILES, "findings", "due", "silence", "themes", "drawn")
"""What pages may be made apart from the others, each group of them by itself.

All with charts are one group: what draws them takes longer to begin than to draw most of them.
"""


@dataclass(frozen=True)
class SiteSaid:
    """Where the site will be, with a slash at its end, and where others get the program that makes it."""

    address: str
    program: str = PROGRAM_MARK


@dataclass(frozen=True)
class Site:
    """What the pages of a site are made of. ``downloads`` are its files under ``data/``."""

    content: Path
    summaries: Summaries
    downloads: Sequence[Download]
    said: SiteSaid


def list_documents(site: Site, draw: Draw, groups: Iterable[str] = GROUPS) -> Iterator[Document]:
    """Every Markdown page, one after the other, and the English dictionary.

    The further parts of long lists are HTML files beside them. ``groups`` are some of ``GROUPS``.
    """
    places = load_places(site.content)
    split = load_split(site.content, places)
    home = split if split and split.here == HOME else None
    instead = render_parts(home, places, read_part_records(site.content, home, places)) if home else {}
    sections = render_sections(home, places) if home else {}
    note = part_note(split, places) if split and split.here and not home else None
    for group in groups:
        pages = _site_pages(site, note) if group == "site" else _GROUPS[group](site, draw)
        for page in (page for page in pages if page.path not in instead):
            yield _with_section(page, sections[page.path]) if page.path in sections else page
        if group == "site":
            yield from (_written(path, text) for path, text in instead.items())


def _with_section(page: Document, section: str) -> Document:
    return Document(page.path, lambda: page.render() + section)


def _written(path: str, text: str) -> Document:
    return Document(path, lambda: text)


def _site_pages(site: Site, note: dict[str, Any] | None) -> Iterator[Document]:
    yield from (_written(path, text) for path, text in _render_site_pages(site, note))


def _render_site_pages(site: Site, note: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    content, summaries = site.content, site.summaries
    yield ENGLISH, render_english(content)
    yield "index.md", render_home(summaries, theme_cards(summaries), shared_measures(summaries), note)
    yield "changes.md", render_changes(summaries, load_releases(content), load_schemas(content))
    yield "method.md", render_method(content, summaries)
    yield "about.md", render_plain(find_content_file(content, "pages/about.md"), {})
    yield "performance.md", render_plain(find_content_file(content, "pages/performance.md"), {})
    guide = render_plain(find_content_file(content, "pages/adopt.md"), {})
    yield "adopt.md", guide.replace(PROGRAM_MARK, site.said.program)


def _data_page(site: Site) -> Iterator[Document]:
    yield _written("data.md", render_data(site.content, site.summaries, site.downloads, site.said.address))


def _drawn_pages(site: Site, draw: Draw) -> Iterator[Document]:
    yield _written("openness.md", render_openness(site.summaries, draw))
    yield from render_measures(site.summaries, draw)


_GROUPS: dict[str, Callable[[Site, Draw], Iterable[Document]]] = {
    OF_FILES: lambda site, _: _data_page(site),
    "findings": lambda site, _: with_parts("findings.md", render_findings(site.summaries)),
    "due": lambda site, _: with_parts("due.md", render_due(site.summaries)),
    "silence": lambda site, _: with_parts("silence.md", render_silence(site.summaries)),
    "themes": lambda site, _: render_themes(site.summaries),
    "drawn": _drawn_pages,
}


def with_parts(path: str, rendered: Rendered) -> Iterator[Document]:
    """A page with a long list, and the files of the further parts of the list."""
    yield _written(path, rendered.markdown)
    yield from rendered.parts
