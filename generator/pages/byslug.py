"""Rows of a year kept by theme or measure: each list in bytes of its own, so that one after the other is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from generator.pages.summaries import Summaries, Summary, YearRef

BySlug = dict[str, msgspec.Raw]
"""Slug → the rows of a year, encoded."""

KeptRows = list[tuple[YearRef, bytes]]
"""Years with their rows of one slug, encoded, in the order of the site."""

MOST_ROWS = 2_000
"""A page, or a record, of more rows is of no use to anybody: it shows sums that lead to the lists of each year."""


def rows_to_bytes(rows: Mapping[str, Sequence[object]]) -> BySlug:
    """The rows as they are kept."""
    return {slug: msgspec.Raw(msgspec.msgpack.encode(found)) for slug, found in rows.items()}


def read_by_slug(
    summaries: Summaries, kind: Summary[BySlug], wanted: Mapping[str, Collection[str]]
) -> dict[str, KeptRows]:
    """The rows of each slug. ``wanted``: slug → the paths of the years whose rows are needed; no other is kept."""
    slugs: dict[str, list[str]] = {}
    for slug, path in ((slug, path) for slug, paths in wanted.items() for path in paths):
        slugs.setdefault(path, []).append(slug)
    kept: dict[str, KeptRows] = {slug: [] for slug in wanted}
    for year, rows in summaries.of(kind, [year for year in summaries.years if year.path in slugs]):
        for slug in slugs[year.path]:
            if slug in rows:
                # The bytes alone: a part of the summary would keep all of it in memory.
                kept[slug].append((year, bytes(rows[slug])))
    return kept
