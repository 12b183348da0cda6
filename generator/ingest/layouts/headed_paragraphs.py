"""A plan in prose: a heading, and below it a passage that promises, with its items (一是 …, (1) …, …;) inside.

一、实施老年助餐提升工程
新增老年助餐服务点60个以上。一是建设街道食堂20个;二是发展村级助餐点40个。(责任单位:市民政局)

Each heading that has text of its own is one commitment with all the targets of its text: the heading names the promise.
A heading that states a quantity is part of the wording, any other is the category. Told from a narrative of what was
done by the cue words of promising and reporting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import UNRANKED, Line, blocks_to_lines, is_title, other_than_prose
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.text import Traced

NAME = "headed_paragraphs"
SUREST = 0.8

#: A passage is longer than this; shorter lines are remarks, dates and signatures.
_PASSAGE = 24
#: … but a sentence that ends with a full stop is one from this length on.
_SENTENCE = 7


@dataclass(frozen=True)
class _Subject:
    """A heading with the lines below it, and the wider heading above."""

    heading: Line
    body: tuple[Line, ...]
    section: Traced

    @property
    def text(self) -> str:
        return "\n".join(line.whole.text for line in self.body)


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when two headings or more stand above passages that promise, most of them quantities."""
    if other := other_than_prose(blocks, reading):
        return other
    subjects = _lines_to_subjects(blocks_to_lines(blocks, reading))
    promised = sum(counted(one.text, reading) and not reports(one.text, reading) for one in subjects)
    why = f"{promised} of {len(subjects)} headings stand above a passage that promises quantities"
    if len(subjects) < 2 or promised < 0.6 * len(subjects):
        return 0.2, why
    numbered = sum(line.rank < UNRANKED for one in subjects for line in one.body)
    if numbered > 2 * len(subjects):
        return 0.4, f"{numbered} numbered lines below {len(subjects)} headings"
    marked = sum(one.heading.titled or one.heading.rank < UNRANKED for one in subjects)
    return (SUREST if marked >= 0.5 * len(subjects) else 0.6), f"{why}, {marked} of them numbered or marked"


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each heading with a passage; what stands before the first heading is no row."""
    return [_subject_to_row(one, reading) for one in _lines_to_subjects(blocks_to_lines(blocks, reading))]


def _lines_to_subjects(lines: Sequence[Line]) -> list[_Subject]:
    subjects: list[_Subject] = []
    open_headings: list[Line] = []
    body: list[Line] = []

    def close() -> None:
        if open_headings and (sum(len(line.text) for line in body) > _PASSAGE or any(map(_is_passage, body))):
            section = open_headings[-2].text if len(open_headings) > 1 else Traced("", ())
            subjects.append(_Subject(open_headings[-1], tuple(body), section))
        body.clear()

    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _is_heading(line, following):
            close()
            width = _width(line)
            open_headings = [one for one in open_headings if _width(one) < width] + [line]
        elif _is_passage(line) or line.rank < UNRANKED or (body and re.match(r"[(（]|.{4}[:：]", line.text.text)):
            body.append(line)
    close()
    return subjects


def _is_heading(line: Line, following: Line | None) -> bool:
    """A title above something: with a list number or a mark, or short and above a passage."""
    if not is_title(line) or following is None:
        return False
    if line.titled or line.rank < UNRANKED:
        return _is_passage(following) or is_title(following)
    return len(line.text) <= _PASSAGE and len(following.text) > _PASSAGE


def _is_passage(line: Line) -> bool:
    """Whether a line says something: a long one, or a short sentence that ends."""
    return len(line.text) > _PASSAGE or (len(line.text) > _SENTENCE and line.text.text.endswith(("。", "；", ";")))


def _width(line: Line) -> int:
    return line.block.level if line.block.kind == "heading" else 10 + line.rank


def _subject_to_row(one: _Subject, reading: Reading) -> Row:
    name = "name" if counted(one.heading.text.text, reading) else "category"
    fields = {name: (clean(one.heading.text),), "text": tuple(clean(line.whole) for line in one.body)}
    if one.heading.number:
        fields["number"] = (one.heading.number,)
    return Row(fields=fields, line=one.heading.line, section=one.section)
