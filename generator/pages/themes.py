"""Themes: the index, and one page a theme with the commitments of all cities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from generator.model import AssessedCommitment, Catalogue, Cofog, Theme
from generator.pages.byslug import MOST_ROWS, BySlug, KeptRows, read_by_slug, rows_to_bytes
from generator.pages.city_year import commitment_row
from generator.pages.counts import Counts, add_counts, count_commitments
from generator.pages.document import Document, digest_parts
from generator.pages.environment import render
from generator.pages.home import status_mix
from generator.pages.occurrences import count_places, read_occurring
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef, named_years
from generator.pages.texts import render_share
from generator.pages.words import PROGRAMMES, STATUSES, word_of

Row = dict[str, Any]


class ThemeCounts(msgspec.Struct, frozen=True):
    """The commitments of a year: all, those of each theme, those without any (``untold``), those with more than one."""

    commitments: int
    untold: int
    two: int
    themes: dict[str, Counts]


class ThemeRow(msgspec.Struct, frozen=True):
    """A commitment on the page of its theme. ``file`` is that of its page, beside the page of its year."""

    position: int
    file: str
    title: str
    programme: str
    leads: str
    targets: str
    status: str
    share: str


def year_to_counts(published: PublishedYear) -> ThemeCounts:
    """How many commitments of a year have which theme."""
    items = published.year.commitments
    by_theme = year_by_theme(published.year)
    return ThemeCounts(
        commitments=len(items),
        untold=sum(not item.themes for item in items),
        two=sum(len(item.themes) > 1 for item in items),
        themes={slug: count_commitments(item for _, item in found) for slug, found in by_theme.items()},
    )


def year_to_rows(published: PublishedYear) -> BySlug:
    """The commitments of a year by theme."""
    year = published.year
    return rows_to_bytes(
        {slug: [_to_row(year, code, item) for code, item in found] for slug, found in year_by_theme(year).items()}
    )


def year_by_theme(year: CityYear) -> dict[str, list[tuple[str, AssessedCommitment]]]:
    """Theme → its commitments in their order, each with its programme."""
    found: dict[str, list[tuple[str, AssessedCommitment]]] = {}
    for register in year.registers:
        for item in register.commitments:
            for slug in dict.fromkeys(given.theme for given in item.themes):
                found.setdefault(slug, []).append((register.register.programme, item))
    return found


def _to_row(year: CityYear, programme: str, item: AssessedCommitment) -> ThemeRow:
    row = commitment_row(item, programme, year)
    return ThemeRow(
        position=row["position"],
        file=row["href"],
        title=row["title"],
        programme=programme,
        leads=row["leads"],
        targets=row["targets"],
        status=item.status,
        share=row["share"],
    )


THEME_COUNTS = Summary("theme-counts", ThemeCounts, year_to_counts)
"""How many commitments of a year have which theme, and what became of them."""

THEME_ROWS = Summary("theme-rows", BySlug, year_to_rows)
"""Slug of a theme → the commitments of a year, each as a ``ThemeRow``."""

_ROWS = msgspec.msgpack.Decoder(list[ThemeRow])
Years = Sequence[tuple[YearRef, ThemeCounts]]
"""The counts of years, in the order of the site."""


def read_theme_counts(summaries: Summaries) -> list[tuple[YearRef, ThemeCounts]]:
    """The counts of all years."""
    return list(summaries.of(THEME_COUNTS))


def render_themes(summaries: Summaries) -> Iterator[Document]:
    """The Markdown of ``/themes/`` and of ``/themes/<slug>/`` for every theme, empty ones included."""
    catalogue, years = summaries.catalogue, read_theme_counts(summaries)
    counted = digest_parts(named_years(years))
    yield Document("themes/index.md", partial(_render_index, catalogue, years))
    occurring = read_occurring(summaries)
    kept = read_by_slug(summaries, THEME_ROWS, {theme.slug: _listed_years(theme, years) for theme in catalogue.themes})
    for theme in catalogue.themes:
        links = _measure_links(theme, catalogue, occurring)
        rows = kept.pop(theme.slug)
        made = partial(_render_theme, theme, years, rows, links)
        yield Document(f"themes/{theme.slug}.md", made, digest_parts(counted, named_years(rows), links))


def _render_index(catalogue: Catalogue, years: Years) -> str:
    return render(
        "themes.md",
        themes=[theme_card(theme, years) for theme in catalogue.themes],
        total=sum(counts.commitments for _, counts in years),
        untold=sum(counts.untold for _, counts in years),
        two=sum(counts.two for _, counts in years),
    )


def theme_cards(summaries: Summaries) -> list[Row]:
    """Every theme as a card, its address relative to the index of themes."""
    years = read_theme_counts(summaries)
    return [theme_card(theme, years) for theme in summaries.catalogue.themes]


def theme_card(theme: Theme, years: Years) -> Row:
    """A theme with how many commitments it has, in how many places, and their statuses."""
    found = [(year, counts.themes[theme.slug]) for year, counts in years if theme.slug in counts.themes]
    sums = add_counts(counts for _, counts in found)
    return {
        "theme": theme,
        "href": f"{theme.slug}/",
        "count": sums.commitments,
        "cities": len({year.place.slug for year, _ in found}),
        "computable": sums.computable,
        "mix": status_mix(sums),
        "cofog": _cofog(theme),
    }


def sum_theme(theme: Theme, years: Years) -> Counts:
    """The sums over its commitments of all years."""
    return add_counts(counts.themes[theme.slug] for _, counts in years if theme.slug in counts.themes)


def _listed_years(theme: Theme, years: Years) -> set[str]:
    """The years whose commitments the page lists: all that have any, or none where they are too many."""
    if sum_theme(theme, years).commitments > MOST_ROWS:
        return set()
    return {year.path for year, counts in years if theme.slug in counts.themes}


def _render_theme(theme: Theme, years: Years, kept: KeptRows, measures: Sequence[Row]) -> str:
    sums = sum_theme(theme, years)
    entries = {year.path: data for year, data in kept}
    having = [(year, counts) for year, counts in years if theme.slug in counts.themes]
    without = [f"{year.place.zh} {year.year} 年" for year, counts in years if theme.slug not in counts.themes]
    listed = sums.commitments <= MOST_ROWS
    return render(
        "theme.md",
        theme=theme,
        card=theme_card(theme, years),
        total=sum(counts.commitments for _, counts in years),
        most=MOST_ROWS,
        legend=[
            {"tone": code, "text": word.zh, "count": sums.statuses[code]}
            for code, word in STATUSES.items()
            if sums.statuses.get(code)
        ],
        years=[_year_row(theme, year, counts, entries[year.path]) for year, counts in having] if listed else [],
        places=[] if listed else _place_rows(theme, having),
        without=without,
        measures=measures,
        description=f"{theme.zh}：{sums.commitments} 项公开承诺，按城市和年份列出，附完成情况。",
    )


def _year_row(theme: Theme, year: YearRef, counts: ThemeCounts, entries: bytes) -> Row:
    own = counts.themes[theme.slug]
    return {
        "name": f"{year.place.zh} {year.year} 年",
        "id": year.path.replace("/", "-"),
        "path": f"../../{year.path}/",
        "href": _list_href(theme, year),
        "entries": [_entry(row) for row in _ROWS.decode(entries)],
        "count": own.commitments,
        "total": counts.commitments,
        "share": render_share(Decimal(own.commitments) / counts.commitments),
        "reported": own.reported,
        "computable": own.computable,
        "mix": status_mix(own),
    }


def _entry(row: ThemeRow) -> Row:
    return {
        "position": row.position,
        "href": row.file,
        "title": row.title,
        "programme_zh": word_of(PROGRAMMES, row.programme).zh,
        "leads": row.leads,
        "targets": row.targets,
        "status": row.status,
        "word": word_of(STATUSES, row.status),
        "share": row.share,
    }


def _list_href(theme: Theme, year: YearRef) -> str:
    return f"../../{year.path}/?theme={theme.slug}#commitments"


def _place_rows(theme: Theme, years: Years) -> list[Row]:
    """The sums of each place; its years lead to their lists, filtered by the theme."""
    rows = []
    for _, group in groupby(years, key=lambda one: one[0].place.slug):
        of_place = list(group)
        sums = add_counts(counts.themes[theme.slug] for _, counts in of_place)
        rows.append(
            {
                "zh": of_place[0][0].place.zh,
                "sums": sums,
                "mix": status_mix(sums),
                "years": [
                    {
                        "year": year.year,
                        "count": counts.themes[theme.slug].commitments,
                        "href": _list_href(theme, year),
                    }
                    for year, counts in of_place
                ],
            }
        )
    return rows


def _measure_links(theme: Theme, catalogue: Catalogue, occurring: Mapping[str, Sequence[YearRef]]) -> list[Row]:
    """The shared measures that stand under this theme in the index of measures."""
    return [
        {
            "zh": measure.zh,
            "href": f"../../measures/{measure.slug}/",
            "cities": count_places(occurring[measure.slug]),
        }
        for measure in catalogue.measures
        if measure.theme == theme.slug and measure.slug in occurring
    ]


def _cofog(theme: Theme) -> Row:
    def words(divisions: Sequence[Cofog]) -> str:
        return "；".join(f"{division.code} {division.zh} {division.en}" for division in divisions)

    return {"main": words((theme.cofog,)), "also": words(theme.cofog_also)}
