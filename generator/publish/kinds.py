"""Every kind of summary that a build makes of a year."""

from __future__ import annotations

from typing import Any

from generator.api.departments import LINES
from generator.api.measures import MEASURE_LINES
from generator.api.themes import THEME_LINES
from generator.metadata.sitemap import STAMPED_PAGES
from generator.pages.addresses import EXAMPLES
from generator.pages.audit import AUDITS
from generator.pages.changes import TITLES
from generator.pages.due import DUE, DUE_ITEMS, DUE_PIECES
from generator.pages.findings import FINDING_PIECES, FINDINGS
from generator.pages.loading import ANSWERS
from generator.pages.measures import MEASURE_ROWS
from generator.pages.occurrences import MEASURE_COUNTS, MEASURE_TARGETS
from generator.pages.openness import OPENNESS
from generator.pages.silence import SILENCE, SILENCE_PIECES
from generator.pages.summaries import Summary
from generator.pages.sums import SUMS
from generator.pages.themes import THEME_COUNTS, THEME_ROWS
from generator.pages.unit_lines import DUTIES

CITY_KINDS: tuple[Summary[Any], ...] = (SUMS, DUTIES, LINES, TITLES)
"""Those that the pages and records of one place are made of."""

KINDS: tuple[Summary[Any], ...] = (
    *CITY_KINDS,
    *(
        ANSWERS,
        AUDITS,
        DUE,
        DUE_ITEMS,
        DUE_PIECES,
        EXAMPLES,
        FINDING_PIECES,
        FINDINGS,
        OPENNESS,
        SILENCE,
        SILENCE_PIECES,
        STAMPED_PAGES,
    ),
    *(MEASURE_COUNTS, MEASURE_LINES, MEASURE_ROWS, MEASURE_TARGETS, THEME_COUNTS, THEME_LINES, THEME_ROWS),
)
