"""The themes, and one theme: the commitments of every place and year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.api.kept import decode_lines, line_to_builtins
from generator.api.lines import commitment_line
from generator.api.shapes import COUNT, HREF, TEXT, YEAR, Shape, closed, links, many, ref, said, some
from generator.api.summary import counts_to_summary
from generator.model import Catalogue, Theme
from generator.pages.addresses import TWIN
from generator.pages.byslug import MOST_ROWS, BySlug, KeptRows, read_by_slug, rows_to_bytes
from generator.pages.document import digest_parts
from generator.pages.occurrences import Promised, measures_by_slug
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef, named_years
from generator.pages.themes import Years, sum_theme, year_by_theme
from generator.tables import Row
from generator.tables.catalogued import theme_rows

_COLUMNS = ("theme_id", "zh", "en", "cofog_code")

THEME_LINE = Shape(
    "ThemeLine",
    "一个主题 A theme, in short.",
    "themes",
    _COLUMNS,
    {
        "commitments": said(COUNT, "多少条承诺 How many commitments have it; one may have two themes, or none."),
        "href": said(HREF, "这个主题的 JSON The theme, relative to this file."),
    },
)

THEMES = Shape(
    "Themes",
    "主题 All themes.",
    own={
        "commitments": said(COUNT, "承诺总数 All commitments."),
        "commitments_without": said(COUNT, "没有主题的承诺 Those without any theme."),
        "themes": many(ref("ThemeLine")),
        "links": links(page="网页 The page.", site="所有地区 All places."),
    },
)

_HREF = said(HREF, "这一年的 JSON The year, relative to this file.")
_OF = said(COUNT, "这一年的承诺总数 All commitments of that year.")
_MEASURES = said(many(closed({"measure_id": TEXT, "href": HREF})), "这个主题下的指标 The measures that stand under it.")
_LINKS = links(page="网页 The page.", themes="所有主题 All themes.")

THEME = Shape(
    "ThemeRecord",
    "一个主题 A theme, with the commitments of every place and year that has any.",
    "themes",
    (*_COLUMNS, "cofog_zh", "cofog_en", "cofog_also", "reason_zh", "reason_en"),
    {
        "summary": ref("Summary"),
        "years": many(
            closed(
                {
                    "place": ref("Place"),
                    "year": YEAR,
                    "href": _HREF,
                    "of": _OF,
                    "commitments": many(ref("CommitmentLine")),
                }
            )
        ),
        "measures": _MEASURES,
        "links": _LINKS,
    },
)

THEME_SUMS = Shape(
    "ThemeSums",
    f"一个主题，承诺超过 {MOST_ROWS} 条：每年的合计 A theme of more than {MOST_ROWS} commitments: the sums of every "
    "place and year that has any, each with the table that says which commitments these are (`theme_id`).",
    THEME.table,
    THEME.columns,
    {
        "summary": ref("Summary"),
        "years": some(
            closed(
                {
                    "place": ref("Place"),
                    "year": YEAR,
                    "href": _HREF,
                    "of": _OF,
                    "table": said(
                        HREF,
                        "这一年的 commitment_themes 表 The table of themes of the commitments of that year, "
                        "relative to this file.",
                    ),
                    "summary": ref("Summary"),
                }
            )
        ),
        "measures": _MEASURES,
        "links": _LINKS,
    },
)


def year_to_lines(published: PublishedYear) -> BySlug:
    """The commitments of a year by theme, as lines of its record."""
    return rows_to_bytes(
        {
            slug: [line_to_builtins(commitment_line(published, item, "../../")) for _, item in found]
            for slug, found in year_by_theme(published.year).items()
        }
    )


THEME_LINES = Summary("theme-lines", BySlug, year_to_lines)
"""Slug of a theme → the commitments of a year, as its record lists them."""


def themes_record(catalogue: Catalogue, years: Years) -> Row:
    """The record of all themes."""
    return {
        "commitments": sum(counts.commitments for _, counts in years),
        "commitments_without": sum(counts.untold for _, counts in years),
        "themes": [
            {
                **THEME_LINE.pick(row),
                "commitments": sum_theme(theme, years).commitments,
                "href": f"{theme.slug}/{TWIN}",
            }
            for theme, row in zip(catalogue.themes, theme_rows(catalogue), strict=True)
        ],
        "links": {"page": "./", "site": f"../{TWIN}"},
    }


def theme_records(
    summaries: Summaries, years: Years, promised: Promised
) -> Iterator[tuple[str, Callable[[], Row], str]]:
    """Slug of each theme, what makes its record, and the digest of what that is made of.

    One of more than ``MOST_ROWS`` commitments has sums alone.
    """
    catalogue, counted = summaries.catalogue, digest_parts(named_years(years))
    known = measures_by_slug(catalogue)
    small = [theme for theme in catalogue.themes if sum_theme(theme, years).commitments <= MOST_ROWS]
    listed = {theme.slug: {year.path for year, counts in years if theme.slug in counts.themes} for theme in small}
    kept = read_by_slug(summaries, THEME_LINES, listed)
    for theme, row in zip(catalogue.themes, theme_rows(catalogue), strict=True):
        slugs = [slug for slug in promised.spreads if known[slug].theme == theme.slug]
        lines = kept.pop(theme.slug) if theme.slug in listed else None
        make = partial(_theme_record, theme, row, years, lines, slugs)
        yield theme.slug, make, digest_parts(counted, named_years(lines or ()), slugs)


def _theme_record(theme: Theme, row: Row, years: Years, lines: KeptRows | None, measures: Sequence[str]) -> Row:
    return {
        **THEME.pick(row),
        "summary": counts_to_summary(sum_theme(theme, years)),
        "years": _year_sums(theme, years) if lines is None else _years(lines, years),
        "measures": [{"measure_id": slug, "href": f"../../measures/{slug}/{TWIN}"} for slug in measures],
        "links": {"page": "./", "themes": f"../{TWIN}"},
    }


def _years(kept: KeptRows, years: Years) -> list[Row]:
    totals = {year.path: counts.commitments for year, counts in years}
    return [{**_year(year, totals[year.path]), "commitments": decode_lines(data)} for year, data in kept]


def _year_sums(theme: Theme, years: Years) -> list[Row]:
    return [
        {
            **_year(year, counts.commitments),
            "table": f"../../data/{year.path}/commitment_themes.json",
            "summary": counts_to_summary(counts.themes[theme.slug]),
        }
        for year, counts in years
        if theme.slug in counts.themes
    ]


def _year(year: YearRef, commitments: int) -> Row:
    return {"place": year.place, "year": year.year, "href": f"../../{year.path}/{TWIN}", "of": commitments}
