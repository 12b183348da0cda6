"""The Markdown of every page that speaks of more than one place, as paths and texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.changes import load_releases
from generator.defaults import PROGRAM_MARK, find_content_file
from generator.lookups import load_places
from generator.pages.changes import render_changes
from generator.pages.data import Download, render_data
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
    *("about.md", "adopt.md", "themes/index.md", "measures/index.md"),
)
"""The pages that every site has, to which the nav and hand-written pages lead."""


@dataclass(frozen=True)
class SiteSaid:
    """Where the site will be, with a slash at its end, and where others get the program that makes it."""

    address: str
    program: str = PROGRAM_MARK


def render_documents(
    content: Path, summaries: Summaries, downloads: Sequence[Download], draw: Draw, said: SiteSaid
) -> Iterator[tuple[str, str]]:
    """Every Markdown page by its path under ``build/docs``, one after the other, and the English dictionary.

    The further parts of long lists are HTML files beside them.
    """
    places = load_places(content)
    split = load_split(content, places)
    home = split if split and split.here == HOME else None
    instead = render_parts(home, places, read_part_records(content, home, places)) if home else {}
    sections = render_sections(home, places) if home else {}
    note = part_note(split, places) if split and split.here and not home else None
    yield ENGLISH, render_english(content)
    if "index.md" not in instead:
        yield "index.md", render_home(summaries, theme_cards(summaries), shared_measures(summaries), note)
    for path, text in _pages(content, summaries, downloads, draw, said):
        if path not in instead:
            yield path, text + sections.get(path, "")
    yield from instead.items()


def _pages(
    content: Path, summaries: Summaries, downloads: Sequence[Download], draw: Draw, said: SiteSaid
) -> Iterator[tuple[str, str]]:
    yield from with_parts("findings.md", render_findings(summaries))
    yield from with_parts("due.md", render_due(summaries))
    yield from with_parts("silence.md", render_silence(summaries))
    yield "changes.md", render_changes(summaries, load_releases(content), load_schemas(content))
    yield "data.md", render_data(content, summaries, downloads, said.address)
    yield "method.md", render_method(content, summaries)
    yield "openness.md", render_openness(summaries, draw)
    yield "about.md", render_plain(find_content_file(content, "pages/about.md"), {})
    guide = render_plain(find_content_file(content, "pages/adopt.md"), {})
    yield "adopt.md", guide.replace(PROGRAM_MARK, said.program)
    yield from render_themes(summaries)
    yield from render_measures(summaries, draw)


def with_parts(path: str, rendered: Rendered) -> Iterator[tuple[str, str]]:
    """A page with a long list, and the files of the further parts of the list."""
    yield path, rendered.markdown
    for part in rendered.parts:
        yield part.path, part.render()
