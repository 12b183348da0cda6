"""All Markdown that MkDocs renders, as paths and texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import stamp
from generator.changes import load_releases
from generator.defaults import find_content_file
from generator.lookups import load_places
from generator.pages.changes import render_changes
from generator.pages.city import render_city
from generator.pages.city_year import render_city_year
from generator.pages.data import Download, render_data
from generator.pages.departments import render_departments
from generator.pages.due import render_due
from generator.pages.english import ENGLISH, render_english
from generator.pages.environment import render
from generator.pages.figure import Draw
from generator.pages.findings import render_findings
from generator.pages.home import render_home
from generator.pages.listparts import Rendered
from generator.pages.measures import render_measures, shared_measures
from generator.pages.method import render_method
from generator.pages.openness import render_openness
from generator.pages.outline import City
from generator.pages.parts import part_note, render_parts, render_sections
from generator.pages.plain import render_plain
from generator.pages.silence import render_silence
from generator.pages.summaries import YearsInMemory, years_to_cities
from generator.pages.themes import render_themes, theme_cards
from generator.parts import HOME, load_split, read_part_records
from generator.schemas import load_schemas


def render_documents(
    content: Path, cities: Sequence[City], downloads: Sequence[Download], draw: Draw
) -> dict[str, str]:
    """Every Markdown page by its path under ``build/docs``, the shells and the English dictionary among them.

    The further parts of long lists are HTML files beside them, which MkDocs copies as they are.
    """
    places = load_places(content)
    summaries, split = YearsInMemory(cities, places), load_split(content, places)
    part = part_note(split, places) if split and split.here not in ("", HOME) else None
    pages = {
        ENGLISH: render_english(content),
        "index.md": render_home(summaries, theme_cards(summaries), shared_measures(summaries), part),
        **_with_parts("findings.md", render_findings(summaries)),
        **_with_parts("due.md", render_due(summaries)),
        **_with_parts("silence.md", render_silence(summaries)),
        "changes.md": render_changes(summaries, load_releases(content), load_schemas(content)),
        "data.md": render_data(content, summaries, downloads),
        "method.md": render_method(content, summaries),
        "openness.md": render_openness(summaries, draw),
        "about.md": render_plain(find_content_file(content, "pages/about.md"), {}),
        "adopt.md": render_plain(find_content_file(content, "pages/adopt.md"), {}),
        **{kind.markdown: render(kind.template, folder=kind.folder) for kind in stamp.KINDS},
        **dict(render_themes(summaries)),
        **dict(render_measures(summaries, draw)),
    }
    for one in years_to_cities(summaries.years):
        pages[f"{one.place.slug}/index.md"] = render_city(summaries, one)
        pages |= render_departments(summaries, one)
    for city in cities:
        for year in city.years:
            pages |= _with_parts(f"{year.path}/index.md", render_city_year(year, draw))
    if split and split.here == HOME:
        pages |= {name: pages[name] + section for name, section in render_sections(split, places).items()}
        pages |= render_parts(split, places, read_part_records(content, split, places))
    return pages


def _with_parts(path: str, rendered: Rendered) -> dict[str, str]:
    return {path: rendered.markdown, **{part.path: part.render() for part in rendered.parts}}
