"""Shared measures: the index, and one page a measure with what every city and year promised."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from generator.assess.measures import same_unit
from generator.model import Catalogue, Measure, ScheduleState
from generator.pages.byslug import MOST_ROWS, BySlug, KeptRows, read_by_slug, rows_to_bytes
from generator.pages.counts import add_counts
from generator.pages.document import Document, digest_parts
from generator.pages.environment import render
from generator.pages.figure import Draw
from generator.pages.measure_figure import MOST_BARS, Bar, measure_figures
from generator.pages.occurrences import (
    Occurrence,
    Promised,
    Spread,
    comparable_aspects,
    count_places,
    count_spread,
    measures_by_slug,
    newest_years,
    read_occurring,
    read_promised,
    sum_targets,
    themes_by_slug,
    year_to_occurrences,
)
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summaries, Summary, YearRef, named_years
from generator.pages.targets import target_to_row
from generator.pages.texts import render_target
from generator.pages.words import PROGRAMMES, REASONS, SCHEDULE_STATES, STATE_TONES, TARGET_KINDS, word_of

Row = dict[str, Any]

_MOST_NAMED = 30
"""The index names the years that promise a measure; of more it says how many there are."""


class MeasureRow(msgspec.Struct, frozen=True):
    """A target on the page of its measure. ``path`` is from the root of the site; codes are those of the tables."""

    path: str
    programme: str
    aspect: str
    comparator: str
    value: Decimal
    unit: str
    measure: str
    printed: str
    reached: str
    as_of: str
    compared: str
    state: ScheduleState
    reason: str


def year_to_rows(published: PublishedYear) -> BySlug:
    """The targets of a year by the measure that they promise."""
    found = year_to_occurrences(published.year)
    return rows_to_bytes({slug: [_to_row(one) for one in occurrences] for slug, occurrences in found.items()})


def _to_row(one: Occurrence) -> MeasureRow:
    target, shown = one.assessed.target, target_to_row(one.assessed, one.item.commitment)
    return MeasureRow(
        path=one.path,
        programme=one.programme,
        aspect=one.assessed.measure_aspect,
        comparator=target.comparator,
        value=target.value,
        unit=target.unit,
        measure=shown["measure"],
        printed=target.printed,
        reached=shown["reached"],
        as_of=shown["as_of"],
        compared=shown["compared"],
        state=one.assessed.schedule_state,
        reason=one.assessed.reason,
    )


MEASURE_ROWS = Summary("measure-rows", BySlug, year_to_rows)
"""Slug of a measure → the targets of a year, each as a ``MeasureRow``."""

_ROWS = msgspec.msgpack.Decoder(list[MeasureRow])
_PlacedRow = tuple[YearRef, MeasureRow]


def render_measures(summaries: Summaries, draw: Draw) -> Iterator[Document]:
    """The Markdown of ``/measures/`` and of ``/measures/<slug>/`` for each measure that a city promises."""
    catalogue, promised = summaries.catalogue, read_promised(summaries)
    known, spreads = measures_by_slug(catalogue), promised.spreads
    yield Document("measures/index.md", partial(_render_index, catalogue, promised))
    kept = read_by_slug(summaries, MEASURE_ROWS, {slug: _needed_years(spread) for slug, spread in spreads.items()})
    for slug, spread in spreads.items():
        rows = kept.pop(slug)
        made = partial(_render_measure, known[slug], spread, rows, catalogue, draw)
        yield Document(f"measures/{slug}.md", made, digest_parts(named_years(spread), named_years(rows)))


def _render_index(catalogue: Catalogue, promised: Promised) -> str:
    spreads = promised.spreads
    return render(
        "measures.md",
        groups=_groups(catalogue, spreads),
        total=promised.targets,
        matched=sum(map(sum_targets, spreads.values())),
        found=len(spreads),
        shared=sum(count_spread(spread) > 1 for spread in spreads.values()),
        waiting=[measure.zh for measure in catalogue.measures if measure.slug not in spreads],
    )


def shared_measures(summaries: Summaries) -> list[Row]:
    """The measures that two places or more promise, most places first, as links from the root of the site."""
    occurring = read_occurring(summaries)
    rows: list[Row] = [
        {"zh": measure.zh, "href": f"measures/{measure.slug}/", "cities": count_places(occurring[measure.slug])}
        for measure in summaries.catalogue.measures
        if measure.slug in occurring
    ]
    return sorted((row for row in rows if row["cities"] > 1), key=lambda row: -row["cities"])


def _groups(catalogue: Catalogue, spreads: Mapping[str, Spread]) -> list[Row]:
    """The measures by theme, those of several places apart; what no city has promised yet is left out."""
    groups = []
    for theme in catalogue.themes:
        found = [measure for measure in catalogue.measures if measure.theme == theme.slug and measure.slug in spreads]
        rows = [_index_row(measure, spreads[measure.slug]) for measure in found]
        if rows:
            shared = sorted((row for row in rows if row["cities"] > 1), key=lambda row: -row["cities"])
            groups.append({"theme": theme, "shared": shared, "single": [row for row in rows if row["cities"] == 1]})
    return groups


def _index_row(measure: Measure, spread: Spread) -> Row:
    cities, named = count_spread(spread), [f"{year.place.zh} {year.year}" for year, _ in spread]
    return {
        "zh": measure.zh,
        "en": measure.en,
        "href": f"{measure.slug}/",
        "unit": measure.unit,
        "cities": cities,
        "where": named if len(named) <= _MOST_NAMED else [f"{cities} 个市、区", f"{len(named)} 个城市年份"],
        "comparable": bool(comparable_aspects(spread)),
    }


def _needed_years(spread: Spread) -> Collection[str]:
    """The years whose rows are shown: all of them, or, where they are too many, those that are drawn."""
    if sum_targets(spread) <= MOST_ROWS:
        return {year.path for year, _ in spread}
    aspects = comparable_aspects(spread).values()
    return {year.path for years in aspects for year in newest_years(years, MOST_BARS)}


def _render_measure(measure: Measure, spread: Spread, kept: KeptRows, catalogue: Catalogue, draw: Draw) -> str:
    rows = [(year, row) for year, data in kept for row in _ROWS.decode(data)]
    targets, cities = sum_targets(spread), count_spread(spread)
    listed = targets <= MOST_ROWS
    return render(
        "measure.md",
        measure=measure,
        theme=themes_by_slug(catalogue)[measure.theme],
        kind=word_of(TARGET_KINDS, measure.kind),
        cities=cities,
        targets=targets,
        most=MOST_ROWS,
        rows=[_target_row(measure, year, row) for year, row in rows] if listed else [],
        places=[] if listed else _place_rows(measure, spread),
        figures=measure_figures(measure, spread, _rows_to_bars(measure, rows), draw),
        description=f"{measure.zh}：{cities} 个市、区公开承诺的目标与完成情况，并列比较。",
    )


def _target_row(measure: Measure, year: YearRef, row: MeasureRow) -> Row:
    aspects = {aspect.code: aspect.zh for aspect in measure.aspects}
    remark = "" if same_unit(measure, row.unit) else ("原文缺单位" if not row.unit else "单位不同，不并列")
    return {
        "measure": row.measure,
        "wanted": render_target(row.comparator, row.value, row.unit),
        "printed": row.printed,
        "reached": row.reached,
        "compared": row.compared,
        "word": word_of(SCHEDULE_STATES, row.state),
        "tone": STATE_TONES.get(row.state, "plain"),
        "reason": word_of(REASONS, row.reason).zh if row.reason else "",
        "as_of": row.as_of,
        "place": year.place.zh,
        "year": year.year,
        "programme": word_of(PROGRAMMES, row.programme).zh,
        "aspect": aspects.get(row.aspect, ""),
        "remark": remark,
        "href": f"../../{row.path}",
    }


def _rows_to_bars(measure: Measure, rows: Sequence[_PlacedRow]) -> dict[str, list[Bar]]:
    """Aspect → the numbers that may be laid side by side."""
    found: dict[str, list[Bar]] = {}
    for year, row in rows:
        if same_unit(measure, row.unit):
            bar = Bar(year, row.programme, row.comparator, row.value, row.unit, row.path)
            found.setdefault(row.aspect, []).append(bar)
    return found


def _place_rows(measure: Measure, spread: Spread) -> list[Row]:
    """The sums of each place. Its years lead to their lists, by theme where all these commitments have that theme."""
    rows = []
    for _, group in groupby(spread, key=lambda one: one[0].place.slug):
        years = list(group)
        rows.append(
            {
                "zh": years[0][0].place.zh,
                "sums": add_counts(count.counts for _, count in years),
                "years": [
                    {
                        "year": year.year,
                        "count": count.counts.targets,
                        "href": f"../../{year.path}/{f'?theme={measure.theme}' if count.themed else ''}#commitments",
                    }
                    for year, count in years
                ],
            }
        )
    return rows
