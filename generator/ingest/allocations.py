"""The split by areas → allocations of the targets of the commitments that were read from the main table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from generator.ingest.documents import Document
from generator.ingest.rows import AreaRow, Reading, is_blank
from generator.ingest.skipped import Skipped
from generator.ingest.ties import same_unit
from generator.model import Allocation, Commitment, Listed, Target
from generator.quantities import Number
from generator.text import Traced, containment, similarity, squash

_PART = re.compile(r"[(（]([^()（）]{1,20})[)）]")


#: A wording is long enough to be found again in a longer line.
_WORDED = 8


@dataclass(frozen=True)
class _Project:
    """A commitment with the area rows that split its targets."""

    index: int
    rows: tuple[AreaRow, ...]


def allocate(
    commitments: Sequence[Commitment], rows: Sequence[AreaRow], document: Document, reading: Reading
) -> list[Commitment]:
    """The commitments with the shares of the areas added to their targets.

    A total that no target has (one of the kinds that a target is made of) becomes a target of its own with a part.
    Raises DocumentError when a row belongs to no commitment, or a cell holds no number or one of an unknown unit.
    """
    changed = list(commitments)
    projects = _rows_to_projects(changed, rows, document)
    for project in projects:
        for row in project.rows:
            changed[project.index] = _allocate_row(changed[project.index], row, document, reading)
    return _with_own_numbers(_only_other_lists(changed, rows), projects)


def _only_other_lists(commitments: Sequence[Commitment], rows: Sequence[AreaRow]) -> list[Commitment]:
    """Where nothing but the split is printed, commitments were read from it, and it is no second list."""
    own = {row.text.start for row in rows if row.text}
    return [replace(one, listed=()) if one.start in own else one for one in commitments]


def _with_own_numbers(commitments: list[Commitment], projects: Sequence[_Project]) -> list[Commitment]:
    """The numbers of the area table, where the main table numbers groups and the area table each project."""
    numbers = {project.index: row.number.text for project in projects for row in project.rows if row.number}
    grouped = len({one.number for one in commitments}) < len(commitments)
    own = len(numbers) == len(commitments) == len(set(numbers.values()))
    if not (grouped and own):
        return commitments
    return [replace(one, number=numbers[index]) for index, one in enumerate(commitments)]


def repeated(rows: Sequence[AreaRow]) -> list[Skipped]:
    """The numbers of area rows that repeat those of the main table: number, wording and total."""
    cells = [(row.number, "row-number") for row in rows]
    cells += [(cell, "repeated") for row in rows for cell in (row.text, row.total)]
    cells += [(row.note, "note") for row in rows]
    return [Skipped(cell.start, cell.end, reason) for cell, reason in cells if cell]


def _rows_to_projects(commitments: Sequence[Commitment], rows: Sequence[AreaRow], document: Document) -> list[_Project]:
    """Each row with the commitment that it splits: the one of its wording, or that of the row above."""
    projects: list[_Project] = []
    current: int | None = None
    for row in rows:
        if row.text:
            current = _find_commitment(row, commitments, current)
        if current is None:
            raise document.refuse(
                row.line,
                "area-row-unmatched",
                f"{row.text.text or row.note.text!r} splits no commitment",
                "expected the wording of a commitment of the main table",
                "correct the wording in the sidecar",
            )
        projects.append(_Project(current, (row,)))
    return projects


def _find_commitment(row: AreaRow, commitments: Sequence[Commitment], current: int | None) -> int | None:
    wanted = squash(row.text.text)
    scored = []
    for index, commitment in enumerate(commitments):
        text = squash(commitment.text)
        likeness = 1.0 if text == wanted else max(similarity(text, wanted), containment(wanted, text) - 0.05)
        if commitment.reports and len(text) >= _WORDED:  # the line above the table says what is promised and done
            likeness = max(likeness, containment(text, wanted) - 0.05)
        near = 0.01 if current is not None and index in {current, current + 1} else 0.0
        scored.append((likeness + near, index))
    best = max(scored, default=None)
    return best[1] if best and best[0] >= 0.7 else None


def _allocate_row(commitment: Commitment, row: AreaRow, document: Document, reading: Reading) -> Commitment:
    if not row.shares:
        note = "。".join(filter(None, [commitment.note, row.note.text]))
        return replace(commitment, note=note)
    if is_blank(row.total, reading):
        return _allocate_alone(commitment, row, document, reading)
    total = _only_number(row.total, document, row.line, reading)
    targets = list(commitment.targets)
    position = _find_target(targets, total, row, reading)
    own = position is None
    if position is None:
        targets.append(_component(len(targets) + 1, commitment, row, total))
        position = len(targets) - 1
    same = squash(row.text.text) in squash(commitment.text)  # a project may be split over several lines
    listed = _listed(row, total, targets[position].id, "" if same else row.text.text, own=own)
    shares = list(targets[position].allocations)
    paired = any(re.search(r"\d\s*[(（]\s*\d", cell.text) for _, cell in row.shares)
    for area, cell in row.shares:
        if not is_blank(cell, reading):
            number = _only_number(cell, document, row.line, reading)
            words = row.text.text or targets[position].measure
            shares += _cell_to_allocations(cell, area, targets[position], number, words if paired else "")
    shares = [replace(share, id=f"a{index}") for index, share in enumerate(shares, 1)]
    targets[position] = replace(targets[position], allocations=tuple(shares))
    return replace(commitment, targets=tuple(targets), listed=(*commitment.listed, listed))


def _allocate_alone(commitment: Commitment, row: AreaRow, document: Document, reading: Reading) -> Commitment:
    """A split without a total is of the only target that counts the same; of several, or none, it is of nothing."""
    cells = [(area, cell) for area, cell in row.shares if not is_blank(cell, reading)]
    numbers = [_only_number(cell, document, row.line, reading) for _, cell in cells]
    alike = [
        index
        for index, target in enumerate(commitment.targets)
        if numbers and not target.allocations and all(same_unit(target.unit, one.unit, reading) for one in numbers)
    ]
    if len(alike) != 1:
        return commitment
    target = commitment.targets[alike[0]]
    shares = [
        share
        for (area, cell), number in zip(cells, numbers, strict=True)
        for share in _cell_to_allocations(cell, area, target, number, "")
    ]
    split = replace(target, allocations=tuple(replace(one, id=f"a{at}") for at, one in enumerate(shares, 1)))
    changed = tuple(split if index == alike[0] else one for index, one in enumerate(commitment.targets))
    return replace(commitment, targets=changed)


def _listed(row: AreaRow, total: Number, target: str, text: str, *, own: bool) -> Listed:
    """What the split prints of the project itself, so that a check can hold it beside the first list."""
    span = row.total[total.start : total.end]
    return Listed(
        text=text,
        value=total.value or Decimal(0),
        unit=total.unit,
        printed=row.total.text,
        target=target,
        start=span.start,
        end=span.end,
        own=own,
    )


def _find_target(targets: Sequence[Target], total: Number, row: AreaRow, reading: Reading) -> int | None:
    """The target of the same amount; where several have it, the one whose measure the row is worded like."""
    same = [
        (similarity(target.measure, row.text.text + row.total.text), -index, index)
        for index, target in enumerate(targets)
        if target.value == total.value
        and (same_unit(target.unit, total.unit, reading) or not total.unit)
        and not target.allocations
    ]
    exact = [one for one in same if targets[one[2]].unit == total.unit]
    return max(exact or same, default=(0.0, 0, None))[2] if same else None


def _component(index: int, commitment: Commitment, row: AreaRow, total: Number) -> Target:
    """A target for a total that only the split prints: 20条(城乡公交) of 100条."""
    part = _PART.search(row.total.text)
    span = row.total[total.start : total.end]
    measure = part[1] if part else row.text.text or commitment.text
    return Target(
        id=f"t{index}",
        measure=measure,
        comparator=total.comparator,
        value=total.value or Decimal(0),
        unit=total.unit,
        kind="rate" if total.kind == "share" else "level",
        printed=row.total.text,
        start=span.start,
        end=span.end,
        part=part[1] if part else "",
    )


def _cell_to_allocations(cell: Traced, area: str, target: Target, number: Number, words: str) -> list[Allocation]:
    """One allocation, or two where a cell holds two numbers: 5(4)个 of 新增(提升).

    ``words`` are those of the project where a cell of its row holds two; then a single number is of the first part.
    """
    parts = _part_names(words) if words else ("", "")
    values = [(number.value, parts[0])] + ([(number.bracket, parts[1])] if number.bracket is not None else [])
    span = cell[number.start : number.end]
    return [
        Allocation(
            id="",
            area=area,
            value=value,
            unit=number.unit or target.unit,
            printed=cell.text,
            start=span.start,
            end=span.end,
            part=part,
        )
        for value, part in values
        if value is not None
    ]


def _part_names(text: str) -> tuple[str, str]:
    """The two things that 5(4) counts, from the words of the project: 新增(提升)."""
    match = re.search(r"([\u4e00-\u9fff]{1,4})[(（]([\u4e00-\u9fff]{1,6})[)）]", text)
    return (match[1], match[2]) if match else ("", "括号内")


def _only_number(cell: Traced, document: Document, line: int, reading: Reading) -> Number:
    """The one number of a cell that must be a quantity. Raises DocumentError for none, and for an unknown unit."""
    numbers = reading.grammar.quantities(cell.text)
    if len(numbers) != 1:
        raise document.refuse(
            line,
            "cell-not-a-number",
            f"{cell.text!r}",
            "expected one quantity or a sign for none",
            "add the sign to empty_cell in content/lookups/phrases.yml, or correct the cell in the sidecar",
        )
    rest = _PART.sub("", cell.text[numbers[0].end :]).strip()
    if rest and not re.fullmatch(r"以上|左右|以内|[,，。;；]", rest):
        raise document.refuse(
            line,
            "unit-unknown",
            f"{rest!r} in {cell.text!r}",
            "expected a unit of content/lookups/units.yml",
            "add it there",
        )
    return numbers[0]
