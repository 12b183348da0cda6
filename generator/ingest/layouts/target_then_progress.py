"""A target, and below it a line that begins with 进展情况: (完成情况, 推进情况 …), with or without list numbers.

1.新增老年助餐服务点60个以上。(责任单位:市民政局)
进展情况:已新增老年助餐服务点66个,完成年度目标的110%。

What a report needs further lines for goes on until the next target: the next line of the same numbering, or without
numbers the paragraph right above the next label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.ingest.blocks import Block
from generator.ingest.lines import UNRANKED, Line, blocks_to_lines, is_title, labelled_pieces
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.text import Traced

NAME = "target_then_progress"
SUREST = 0.92

_NOTHING = Traced("", ())


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when two lines or more begin with a label of progress, with targets above, and none with another label."""
    lines = blocks_to_lines(blocks, reading)
    fields = Counter(field for line in lines for field, _, _ in labelled_pieces(line.text, reading)[:1])
    labels = fields["report"]
    if labels < 2:
        return 0.0, f"{labels} lines that begin with a label of progress"
    if len(fields) > 1:
        return 0.4, f"lines that begin with labels of {', '.join(sorted(fields))}"
    targets = sum(bool(row.fields.get("text")) and "report" in row.fields for row in _lines_to_rows(lines, reading))
    if targets < 0.8 * labels:
        return 0.3, f"{targets} targets above {labels} labels of progress"
    return SUREST, f"{labels} lines that begin with a label of progress, {targets} with a target above"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each target; one without a line of progress has no report."""
    return _lines_to_rows(blocks_to_lines(blocks, reading), reading)


def _lines_to_rows(lines: Sequence[Line], reading: Reading) -> list[Row]:
    rank = _rank_of_targets(lines, reading)
    rows: list[Row] = []
    pending: list[Line] = []
    section = _NOTHING
    for line in lines:
        pieces = labelled_pieces(line.text, reading)
        if not pieces or pieces[0][0] != "report":
            pending.append(line)
            continue
        targets, section = _take_targets(pending, rank, rows, section)
        rows += targets
        pending = []
        if rows and "report" not in rows[-1].fields:
            rows[-1] = _with(rows[-1], {"report": (clean(pieces[0][2]),)})
            for field, _, value in pieces[1:]:
                rows[-1] = _with(rows[-1], {field: (clean(value),)})
    return rows + _last_targets(pending, rank, rows)


def _rank_of_targets(lines: Sequence[Line], reading: Reading) -> int:
    """The numbering of the lines right above the labels of progress."""
    above = [
        one.rank
        for one, other in pairwise(lines)
        if (pieces := labelled_pieces(other.text, reading)) and pieces[0][0] == "report"
    ]
    return Counter(above).most_common(1)[0][0] if above else UNRANKED


def _take_targets(pending: list[Line], rank: int, rows: list[Row], section: Traced) -> tuple[list[Row], Traced]:
    """The targets among the lines between two reports; what stands before them goes on with the report or entitles."""
    starts = [index for index, line in enumerate(pending) if line.rank == rank]
    if rank == UNRANKED:
        starts = [len(pending) - 1] if pending else []
    first = starts[0] if starts else len(pending)
    for line in pending[:first]:
        if is_title(line):
            section = line.text
        elif rows and "report" in rows[-1].fields:
            rows[-1] = _with(rows[-1], {"report": (*rows[-1].fields["report"], clean(line.whole))})
    ends = [*starts[1:], len(pending)] if starts else []
    return [_target(pending[start:end], section) for start, end in zip(starts, ends, strict=True)], section


def _last_targets(pending: list[Line], rank: int, rows: list[Row]) -> list[Row]:
    """After the last report: paragraphs go on with it, numbered lines are targets that nothing is said of."""
    if rank == UNRANKED:
        pending = [line for line in pending if not is_title(line)]
        rest = [clean(line.whole) for line in pending]
        if rest and rows:
            rows[-1] = _with(rows[-1], {"report": (*rows[-1].fields.get("report", ()), *rest)})
        return []
    targets, _ = _take_targets(
        [line for line in pending if line.rank == rank or not is_title(line)], rank, rows, _NOTHING
    )
    section = rows[-1].section if rows else _NOTHING
    return [replace(row, section=section) for row in targets]


def _target(lines: Sequence[Line], section: Traced) -> Row:
    first, *rest = lines
    fields = {"text": (clean(first.text), *(clean(line.whole) for line in rest))}
    if first.number:
        fields["number"] = (first.number,)
    return Row(fields=fields, line=first.line, section=section)


def _with(row: Row, fields: dict[str, tuple[Traced, ...]]) -> Row:
    return replace(row, fields={**row.fields, **fields})
