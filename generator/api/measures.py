"""The measures that places share, and one measure: the targets of every place and year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.api.kept import decode_lines, line_to_builtins
from generator.api.lines import TARGET_LINE, target_line
from generator.api.shapes import (
    COUNT,
    FLAG,
    HREF,
    HREF_OR_NONE,
    TEXT,
    YEAR,
    Shape,
    closed,
    links,
    many,
    ref,
    said,
    some,
)
from generator.api.summary import TARGET_COUNTS, counts_to_targets
from generator.assess.measures import same_unit
from generator.model import Catalogue, Measure
from generator.pages.addresses import TWIN
from generator.pages.byslug import MOST_ROWS, BySlug, KeptRows, read_by_slug, rows_to_bytes
from generator.pages.counts import add_counts
from generator.pages.document import digest_parts
from generator.pages.occurrences import (
    Promised,
    Spread,
    count_spread,
    measures_by_slug,
    sum_targets,
    year_to_occurrences,
)
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef, named_years
from generator.tables import Row
from generator.tables.catalogued import measure_rows

_COLUMNS = ("measure_id", "zh", "en", "unit", "measure_kind", "theme_id")
_PLACES = said(COUNT, "多少个地区 In how many places it was promised.")

MEASURE_LINE = Shape(
    "MeasureLine",
    "一项指标 A measure, in short. One that no place promises has no address.",
    "measures",
    _COLUMNS,
    {
        "targets": said(COUNT, "多少个目标 How many targets."),
        "places": _PLACES,
        "href": said(HREF_OR_NONE, "这项指标的 JSON The measure, relative to this file."),
    },
)

MEASURES = Shape(
    "Measures",
    "指标 All measures.",
    own={"measures": many(ref("MeasureLine")), "links": links(page="网页 The page.", site="所有地区 All places.")},
)

MEASURE_TARGET = Shape(
    "MeasureTarget",
    TARGET_LINE.description,
    TARGET_LINE.table,
    TARGET_LINE.columns,
    {
        **TARGET_LINE.own,
        "same_unit": said(FLAG, "单位与指标相同 Whether its unit is the measure's, so that numbers compare."),
    },
)

_ASPECTS = said(
    many(closed({"code": TEXT, "zh": TEXT, "en": TEXT})),
    "所数的是什么 What its number may count; `measure_aspect` of a target is one of these codes or empty.",
)
_LINKS = links(page="网页 The page.", measures="所有指标 All measures.", theme="所属主题 Its theme.")
_HREF = said(HREF, "这一年的 JSON The year, relative to this file.")

MEASURE = Shape(
    "MeasureRecord",
    "一项指标 A measure, with the targets of every place and year.",
    "measures",
    (*_COLUMNS, "note_zh", "note_en"),
    {
        "aspects": _ASPECTS,
        "places": _PLACES,
        "summary": closed(TARGET_COUNTS),
        "years": many(
            closed({"place": ref("Place"), "year": YEAR, "href": _HREF, "targets": many(ref("MeasureTarget"))})
        ),
        "links": _LINKS,
    },
)

MEASURE_SUMS = Shape(
    "MeasureSums",
    f"一项指标，目标超过 {MOST_ROWS} 个：每年的合计 A measure of more than {MOST_ROWS} targets: the sums of every "
    "place and year, each with the table that has its targets (`measure_id`).",
    MEASURE.table,
    MEASURE.columns,
    {
        "aspects": _ASPECTS,
        "places": _PLACES,
        "summary": closed(TARGET_COUNTS),
        "years": some(
            closed(
                {
                    "place": ref("Place"),
                    "year": YEAR,
                    "href": _HREF,
                    "table": said(
                        HREF, "这一年的 targets 表 The table of targets of that year, relative to this file."
                    ),
                    "summary": closed(TARGET_COUNTS),
                }
            )
        ),
        "links": _LINKS,
    },
)


def year_to_lines(published: PublishedYear) -> BySlug:
    """The targets of a year by the measure that they promise, as lines of its record."""
    known = measures_by_slug(published.year.catalogue)
    return rows_to_bytes(
        {
            slug: [
                line_to_builtins(
                    {
                        **target_line(published, one.item, one.assessed.target.id, "../../"),
                        "same_unit": same_unit(known[slug], one.assessed.target.unit),
                    }
                )
                for one in occurrences
            ]
            for slug, occurrences in year_to_occurrences(published.year).items()
        }
    )


MEASURE_LINES = Summary("measure-lines", BySlug, year_to_lines)
"""Slug of a measure → the targets of a year, as its record lists them."""


def measures_record(catalogue: Catalogue, promised: Promised) -> Row:
    """The record of all measures."""
    spreads = promised.spreads
    return {
        "measures": [_measure_line(row, spreads.get(str(row["measure_id"]), ())) for row in measure_rows(catalogue)],
        "links": {"page": "./", "site": f"../{TWIN}"},
    }


def _measure_line(row: Row, spread: Spread) -> Row:
    return {
        **MEASURE_LINE.pick(row),
        "targets": sum_targets(spread),
        "places": count_spread(spread),
        "href": f"{row['measure_id']}/{TWIN}" if spread else None,
    }


def measure_records(summaries: Summaries, promised: Promised) -> Iterator[tuple[str, Callable[[], Row], str]]:
    """Slug of each measure that a place promises, what makes its record, and the digest of what that is made of.

    One of more than ``MOST_ROWS`` targets has sums alone.
    """
    spreads, known = promised.spreads, measures_by_slug(summaries.catalogue)
    rows = {str(row["measure_id"]): row for row in measure_rows(summaries.catalogue)}
    listed = {
        slug: {year.path for year, _ in spread} for slug, spread in spreads.items() if sum_targets(spread) <= MOST_ROWS
    }
    kept = read_by_slug(summaries, MEASURE_LINES, listed)
    for slug, spread in spreads.items():
        lines = kept.pop(slug) if slug in listed else None
        make = partial(_measure_record, known[slug], rows[slug], spread, lines)
        yield slug, make, digest_parts(named_years(spread), named_years(lines or ()))


def _measure_record(measure: Measure, row: Row, spread: Spread, lines: KeptRows | None) -> Row:
    years = _year_sums(spread) if lines is None else _years(lines)
    return {
        **MEASURE.pick(row),
        "aspects": [{"code": one.code, "zh": one.zh, "en": one.en} for one in measure.aspects],
        "places": count_spread(spread),
        "summary": counts_to_targets(add_counts(count.counts for _, count in spread)),
        "years": years,
        "links": {"page": "./", "measures": f"../{TWIN}", "theme": f"../../themes/{measure.theme}/{TWIN}"},
    }


def _years(kept: KeptRows) -> list[Row]:
    return [{**_year(year), "targets": decode_lines(data)} for year, data in kept]


def _year_sums(spread: Spread) -> list[Row]:
    return [
        {
            **_year(year),
            "table": f"../../data/{year.path}/targets.json",
            "summary": counts_to_targets(count.counts),
        }
        for year, count in spread
    ]


def _year(year: YearRef) -> Row:
    return {"place": year.place, "year": year.year, "href": f"../../{year.path}/{TWIN}"}
