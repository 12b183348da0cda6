"""The measures that places share, and one measure: the targets of every place and year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from generator.api.lines import TARGET_LINE, target_line, year_of
from generator.api.published import Published
from generator.api.shapes import COUNT, FLAG, HREF, HREF_OR_NONE, TEXT, YEAR, Shape, closed, links, many, ref, said
from generator.api.summary import TARGET_COUNTS, count_targets
from generator.assess.measures import same_unit
from generator.model import Measure
from generator.pages.addresses import TWIN
from generator.pages.occurrences import (
    Occurrence,
    cities_to_catalogue,
    cities_to_occurrences,
    count_cities,
    measures_by_slug,
)
from generator.tables import Row

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

MEASURE = Shape(
    "MeasureRecord",
    "一项指标 A measure, with the targets of every place and year.",
    "measures",
    (*_COLUMNS, "note_zh", "note_en"),
    {
        "aspects": said(
            many(closed({"code": TEXT, "zh": TEXT, "en": TEXT})),
            "所数的是什么 What its number may count; `measure_aspect` of a target is one of these codes or empty.",
        ),
        "places": _PLACES,
        "summary": closed(TARGET_COUNTS),
        "years": many(
            closed(
                {
                    "place": ref("Place"),
                    "year": YEAR,
                    "href": said(HREF, "这一年的 JSON The year, relative to this file."),
                    "targets": many(ref("MeasureTarget")),
                }
            )
        ),
        "links": links(page="网页 The page.", measures="所有指标 All measures.", theme="所属主题 Its theme."),
    },
)


def measures_record(published: Published) -> Row:
    """The record of all measures."""
    found = cities_to_occurrences(published.cities)
    return {
        "measures": [
            _measure_line(row, found.get(str(row["measure_id"]), [])) for row in published.catalogue["measures"]
        ],
        "links": {"page": "./", "site": f"../{TWIN}"},
    }


def _measure_line(row: Row, occurrences: Sequence[Occurrence]) -> Row:
    return {
        **MEASURE_LINE.pick(row),
        "targets": len(occurrences),
        "places": count_cities(occurrences),
        "href": f"{row['measure_id']}/{TWIN}" if occurrences else None,
    }


def measure_records(published: Published) -> dict[str, Row]:
    """Slug → the record of a measure that a place promises."""
    known = measures_by_slug(cities_to_catalogue(published.cities))
    rows = {str(row["measure_id"]): row for row in published.catalogue["measures"]}
    found = cities_to_occurrences(published.cities)
    return {slug: _measure_record(published, known[slug], rows[slug], ones) for slug, ones in found.items()}


def _measure_record(published: Published, measure: Measure, row: Row, occurrences: Sequence[Occurrence]) -> Row:
    return {
        **MEASURE.pick(row),
        "aspects": [{"code": one.code, "zh": one.zh, "en": one.en} for one in measure.aspects],
        "places": count_cities(occurrences),
        "summary": count_targets([one.assessed for one in occurrences]),
        "years": [
            _year(published, measure, list(group)) for _, group in groupby(occurrences, key=lambda one: one.year.path)
        ],
        "links": {"page": "./", "measures": f"../{TWIN}", "theme": f"../../themes/{measure.theme}/{TWIN}"},
    }


def _year(published: Published, measure: Measure, occurrences: Sequence[Occurrence]) -> Row:
    year = occurrences[0].year
    rows = year_of(published, year)
    return {
        "place": year.place,
        "year": year.year,
        "href": f"../../{year.path}/{TWIN}",
        "targets": [
            {
                **target_line(rows, one.item, one.assessed.target.id, "../../"),
                "same_unit": same_unit(measure, one.assessed.target.unit),
            }
            for one in occurrences
        ],
    }
