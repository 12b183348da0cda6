"""The themes, and one theme: the commitments of every place and year."""

from __future__ import annotations

from generator.api.lines import commitment_line, year_of, years_of
from generator.api.published import Published
from generator.api.shapes import COUNT, HREF, TEXT, YEAR, Shape, closed, links, many, ref, said
from generator.api.summary import items_to_summary
from generator.model import Theme
from generator.pages.addresses import TWIN
from generator.pages.occurrences import cities_to_catalogue, cities_to_occurrences, measures_by_slug
from generator.pages.outline import CityYear
from generator.pages.themes import has_theme
from generator.tables import Row

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
                    "href": said(HREF, "这一年的 JSON The year, relative to this file."),
                    "of": said(COUNT, "这一年的承诺总数 All commitments of that year."),
                    "commitments": many(ref("CommitmentLine")),
                }
            )
        ),
        "measures": said(
            many(closed({"measure_id": TEXT, "href": HREF})), "这个主题下的指标 The measures that stand under it."
        ),
        "links": links(page="网页 The page.", themes="所有主题 All themes."),
    },
)


def themes_record(published: Published) -> Row:
    """The record of all themes."""
    items = [item for city in published.cities for item in city.commitments]
    themes = cities_to_catalogue(published.cities).themes
    return {
        "commitments": len(items),
        "commitments_without": sum(not item.themes for item in items),
        "themes": [
            {
                **THEME_LINE.pick(row),
                "commitments": sum(has_theme(item, theme) for item in items),
                "href": f"{theme.slug}/{TWIN}",
            }
            for theme, row in zip(themes, published.catalogue["themes"], strict=True)
        ],
        "links": {"page": "./", "site": f"../{TWIN}"},
    }


def theme_records(published: Published) -> dict[str, Row]:
    """Slug → the record of a theme."""
    themes = cities_to_catalogue(published.cities).themes
    rows = published.catalogue["themes"]
    return {theme.slug: _theme_record(published, theme, row) for theme, row in zip(themes, rows, strict=True)}


def _theme_record(published: Published, theme: Theme, row: Row) -> Row:
    items = [item for city in published.cities for item in city.commitments if has_theme(item, theme)]
    years = [_year(published, theme, year) for year in years_of(published.cities)]
    known = measures_by_slug(cities_to_catalogue(published.cities))
    return {
        **THEME.pick(row),
        "summary": items_to_summary(items),
        "years": [year for year in years if year["commitments"]],
        "measures": [
            {"measure_id": slug, "href": f"../../measures/{slug}/{TWIN}"}
            for slug in cities_to_occurrences(published.cities)
            if known[slug].theme == theme.slug
        ],
        "links": {"page": "./", "themes": f"../{TWIN}"},
    }


def _year(published: Published, theme: Theme, year: CityYear) -> Row:
    rows = year_of(published, year)
    return {
        "place": year.place,
        "year": year.year,
        "href": f"../../{year.path}/{TWIN}",
        "of": len(year.commitments),
        "commitments": [commitment_line(rows, item, "../../") for item in year.commitments if has_theme(item, theme)],
    }
