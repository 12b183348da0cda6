"""What reading made of a document, stage by stage, as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator.ingest.account import account
from generator.ingest.blocks import document_to_blocks
from generator.ingest.pipeline import PartRead, content_blocks, open_document, read_parts
from generator.ingest.rows import AreaRow, Reading, Row
from generator.model import Commitment

STAGES = ("blocks", "rows", "commitments", "account")
_WIDTH = 100


def explain(sidecar_path: Path, content: Path, documents: Path, stage: str) -> Iterator[str]:
    """The lines of one stage: ``blocks``, ``rows`` (with the layout and why), ``commitments`` or ``account``.

    Raises what ingest_document raises.
    """
    document, reading = open_document(sidecar_path, content, documents)
    blocks = content_blocks(document_to_blocks(document), reading)
    if stage == "blocks":
        for block in blocks:
            cells = " ¦ ".join(cell.text for cell in block.cells) if block.kind == "row" else block.text.text
            yield f"{document.path.name}:{block.line}: {block.kind}{block.level or ''} {_short(cells)}"
        return
    for part in read_parts(document, blocks, reading):
        yield f"== {part.part.programme}: {part.part.title}"
        if stage == "rows":
            yield from _rows(part, document.path.name)
        elif stage == "commitments":
            for commitment in part.read.commitments:
                yield from _commitment(commitment)
        else:
            numbers = account(part.blocks, part.read.commitments, part.read.skipped, part.source.id, reading)
            yield from (f"{document.path.name}:{one.line}: [{one.reason}] {one.text}" for one in numbers)
            yield from _tally(part, reading, Counter(one.reason for one in numbers))


def _rows(part: PartRead, name: str) -> Iterator[str]:
    for segment in part.segments:
        chosen = segment.detection.layout.name if segment.detection.layout else "none"
        yield f"-- lines {segment.blocks[0].line}-{segment.blocks[-1].line}: {chosen} {segment.detection.score:.2f}"
        yield from (f"   {layout} {score:.2f}: {why}" for layout, score, why in segment.detection.candidates)
        for row in segment.rows:
            yield f"{name}:{row.line}: {_short(_row(row))}"


def _row(row: Row | AreaRow) -> str:
    if isinstance(row, AreaRow):
        shares = " ".join(f"{area}={cell.text}" for area, cell in row.shares)
        return f"{row.number.text} ¦ {row.text.text} ¦ {row.total.text} ¦ {shares} {row.note.text}"
    return " ¦ ".join(f"{field}={row.get(field).text}" for field in row.fields)


def _commitment(commitment: Commitment) -> Iterator[str]:
    units = "、".join(f"{one.unit}" for one in commitment.responsibilities)
    yield f"{commitment.position}. {_short(commitment.text or commitment.section)}"
    yield f"    {commitment.leader} ¦ {units} ¦ {commitment.due or ''}"
    for target in commitment.targets:
        yield f"    {target.id} {target.comparator} {target.value:f} {target.unit} ¦ {target.measure} ¦ {target.kind}"
        if target.allocations:
            yield "       " + " ".join(f"{one.area}={one.value:f}" for one in target.allocations)
    for step in commitment.milestones:
        value = f"{step.comparator} {step.value:f} {step.unit}" if step.value is not None else ""
        yield f"    {step.id} {step.due} {step.target} {step.basis} {value} ¦ {_short(step.text)}"
    for report in commitment.reports:
        for result in report.results:
            tie = f" → {result.target}" if result.target else ""
            yield f"    {result.id} {result.comparator} {result.value:f} {result.unit} ¦ {result.measure}{tie}"
        for rate in report.rates:
            yield f"    {rate.id} {rate.published:f}% ¦ {rate.result} {rate.target} ¦ {rate.basis}"


def _tally(part: PartRead, reading: Reading, reasons: Counter[str]) -> Iterator[str]:
    total = sum(len(reading.grammar.read(block.text.text)) for block in part.blocks)
    listed = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    yield f"-- about {total} numbers; in no record: {listed or 'none'}"


def _short(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= _WIDTH else flat[: _WIDTH - 1] + "…"
