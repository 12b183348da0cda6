"""Layouts: the forms in which documents print their commitments. One small file each; none imports another.

A layout has a ``NAME``, a ``detect`` that says from 0 to 1 how sure it is that blocks are of its form and why (never
more than its ``SUREST``), and a ``read`` that turns them into rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.ingest.blocks import Block
from generator.ingest.layouts import (
    alternating,
    area_progress,
    area_table,
    category_lines,
    field_rows,
    headed_narrative,
    headed_paragraphs,
    headed_results,
    items_in_paragraph,
    labelled_blocks,
    numbered_list,
    pipe_table,
    promise_in_line,
    target_then_progress,
    transposed_table,
    vertical_cells,
)
from generator.ingest.rows import AreaRow, Reading, Row

#: Below this no layout is sure enough, and the document is refused.
SURE = 0.5


@dataclass(frozen=True)
class Layout:
    """One form: its name, how sure it is at the most, how it is told, how it is read."""

    name: str
    surest: float
    detect: Callable[[Sequence[Block], Reading], tuple[float, str]]
    read: Callable[[Sequence[Block], Reading], Sequence[Row | AreaRow]]


LAYOUTS = tuple(
    Layout(module.NAME, module.SUREST, module.detect, module.read)
    for module in (
        area_table,
        area_progress,
        transposed_table,
        field_rows,
        pipe_table,
        vertical_cells,
        labelled_blocks,
        target_then_progress,
        promise_in_line,
        numbered_list,
        category_lines,
        headed_results,
        headed_paragraphs,
        headed_narrative,
        items_in_paragraph,
        alternating,
    )
)


@dataclass(frozen=True)
class Detection:
    """Which layout reads a run of blocks, how sure that is, and why."""

    layout: Layout | None
    score: float
    reason: str
    blocks: Sequence[Block]
    reading: Reading

    @cached_property
    def candidates(self) -> tuple[tuple[str, float, str], ...]:
        """Every layout with its score and the reason."""
        return tuple((layout.name, *layout.detect(self.blocks, self.reading)) for layout in LAYOUTS)


def detect_layout(blocks: Sequence[Block], reading: Reading, wanted: str = "") -> Detection:
    """The layout that fits best. ``wanted`` names one that a person chose; then detection only explains."""
    if wanted:
        layout = next((layout for layout in LAYOUTS if layout.name == wanted), None)
        return Detection(layout, 1.0, "named by the sidecar", blocks, reading)
    rank, reason = (-1.0, 0), ""
    for surest, at in _BY_SUREST:
        if rank >= (surest, at):
            break
        score, why = LAYOUTS[-at].detect(blocks, reading)
        if (score, at) > rank:
            rank, reason = (score, at), why
    score, at = rank
    return Detection(LAYOUTS[-at] if score >= SURE else None, score, reason, blocks, reading)


#: (how sure at the most, −index) of each layout, the surest first: of two that are as sure, the first in ``LAYOUTS``
#: reads. A layout that could not be surer than the best so far is not asked.
_BY_SUREST = sorted(((layout.surest, -index) for index, layout in enumerate(LAYOUTS)), reverse=True)
