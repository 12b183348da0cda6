"""Rows of themes and shared measures, and of the commitments that have them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.lookups import Places
from generator.model import AssessedRegister, Catalogue
from generator.tables.cells import Row


def commitment_theme_rows(assessed: AssessedRegister, places: Places) -> Iterator[Row]:
    """One row for each theme of a commitment."""
    for one in assessed.commitments:
        for position, theme in enumerate(one.themes, start=1):
            yield {
                "commitment_id": one.commitment.id,
                "position": position,
                "theme_id": theme.theme,
                "words": "、".join(theme.words),
                "reason": theme.reason,
            }


def theme_rows(catalogue: Catalogue) -> Iterator[Row]:
    """All themes, whether a commitment has them or not."""
    for theme in catalogue.themes:
        yield {
            "theme_id": theme.slug,
            "zh": theme.zh,
            "en": theme.en,
            "cofog_code": theme.cofog.code,
            "cofog_zh": theme.cofog.zh,
            "cofog_en": theme.cofog.en,
            "cofog_also": ";".join(division.code for division in theme.cofog_also),
            "reason_zh": theme.reason.zh,
            "reason_en": theme.reason.en,
        }


def measure_rows(catalogue: Catalogue) -> Iterator[Row]:
    """All shared measures, whether a target has them or not."""
    for measure in catalogue.measures:
        yield {
            "measure_id": measure.slug,
            "zh": measure.zh,
            "en": measure.en,
            "unit": measure.unit,
            "measure_kind": measure.kind,
            "aspects": "；".join(f"{aspect.code} {aspect.zh}" for aspect in measure.aspects),
            "note_zh": measure.note.zh,
            "note_en": measure.note.en,
            "theme_id": measure.theme,
        }
