"""Numbered headings, below each a paragraph that promises and one or more that report, without labels.

(一)新增公办学位
新改扩建学校12所,新增公办学位1.5万座。
截至2023年12月31日,建成学校13所,新增公办学位16230座。
责任单位:区教育局

Lines that begin with labels of units, leaders or dates answer for the heading above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import UNRANKED, Line, blocks_to_lines, is_title, labelled_pieces, other_than_prose
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.text import Traced

NAME = "headed_results"
SUREST = 0.93


@dataclass
class _Subject:
    """A numbered heading, what is promised and told below it, the other fields, the wider heading above."""

    heading: Line
    section: Traced
    promises: list[Line] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)
    fields: dict[str, tuple[Traced, ...]] = field(default_factory=dict)


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when two numbered headings or more, and most of them, stand above a promise with a report below it."""
    if other := other_than_prose(blocks, reading):
        return other
    subjects = _lines_to_subjects(blocks_to_lines(blocks, reading), reading)
    both = sum(bool(one.promises and one.told) and counted(one.promises[0].text.text, reading) for one in subjects)
    why = f"{both} of {len(subjects)} numbered headings stand above a promise and a report on it"
    return (SUREST if both >= 2 and both >= 0.75 * len(subjects) else 0.2), why


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each numbered heading; what stands before the first one is no row."""
    return [_subject_to_row(one, reading) for one in _lines_to_subjects(blocks_to_lines(blocks, reading), reading)]


def _lines_to_subjects(lines: Sequence[Line], reading: Reading) -> list[_Subject]:
    rank = _rank_of_headings(lines)
    subjects: list[_Subject] = []
    section = Traced("", ())
    for line in lines:
        pieces = labelled_pieces(line.text, reading)
        if is_title(line) and line.rank == rank < UNRANKED:
            subjects.append(_Subject(line, section))
        elif is_title(line) and line.rank < rank:
            section = line.text
        elif subjects and pieces:
            for name, _, value in pieces:
                subjects[-1].fields[name] = (*subjects[-1].fields.get(name, ()), value)
        elif subjects:
            told = subjects[-1].told or _tells(line, reading)
            (subjects[-1].told if told and subjects[-1].promises else subjects[-1].promises).append(line)
    return subjects


def _rank_of_headings(lines: Sequence[Line]) -> int:
    """The numbering of the titles that most often stand right above a line that is none."""
    above = Counter(
        one.rank for one, other in pairwise(lines) if one.rank < UNRANKED and is_title(one) and not is_title(other)
    )
    return above.most_common(1)[0][0] if above else UNRANKED


def _tells(line: Line, reading: Reading) -> bool:
    """Whether a paragraph reports: it begins as reports do, or has clearly the words of one."""
    begins = "|".join(reading.lookups.words("begins_report"))
    return re.match(rf"\s*(?:{begins})", line.text.text) is not None or reports(line.text.text, reading)


def _subject_to_row(one: _Subject, reading: Reading) -> Row:
    name = "name" if counted(one.heading.text.text, reading) else "category"
    fields = {
        **one.fields,
        "number": (one.heading.number,),
        name: (clean(one.heading.text),),
        "text": tuple(clean(line.whole) for line in one.promises),
        "report": tuple(clean(line.whole) for line in one.told),
    }
    fields = {field: cells for field, cells in fields.items() if cells}
    return Row(fields=fields, line=one.heading.line, section=one.section)
