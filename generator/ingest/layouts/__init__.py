"""Layouts: the forms in which documents print their commitments. One small file each; none imports another.

A layout has a ``NAME``, a ``detect`` that says from 0 to 1 how sure it is that blocks are of its form and why, and
a ``read`` that turns them into rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    """One form: its name, how it is told, how it is read."""

    name: str
    detect: Callable[[Sequence[Block], Reading], tuple[float, str]]
    read: Callable[[Sequence[Block], Reading], Sequence[Row | AreaRow]]


LAYOUTS = tuple(
    Layout(module.NAME, module.detect, module.read)
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
    """Which layout reads a run of blocks, how sure that is, and why; every candidate with its score."""

    layout: Layout | None
    score: float
    reason: str
    candidates: tuple[tuple[str, float, str], ...]


def detect_layout(blocks: Sequence[Block], reading: Reading, wanted: str = "") -> Detection:
    """The layout that fits best. ``wanted`` names one that a person chose; then detection only explains."""
    scored = [(layout, *layout.detect(blocks, reading)) for layout in LAYOUTS]
    candidates = tuple((layout.name, score, reason) for layout, score, reason in scored)
    if wanted:
        layout = next((layout for layout in LAYOUTS if layout.name == wanted), None)
        return Detection(layout, 1.0, "named by the sidecar", candidates)
    layout, score, reason = max(scored, key=lambda candidate: candidate[1])
    return Detection(layout if score >= SURE else None, score, reason, candidates)
