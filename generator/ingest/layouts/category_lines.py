"""A line that names a category, and a line that lists its projects: between ； each a commitment of its own.

类别:养老服务                       or 养老服务 alone, or 【养老服务】 before the projects on one line
新增老年助餐服务点60个;培训养老护理员1.2万人次;新增认知障碍照护床位120张。

The category names a field and promises nothing, so what is listed under it are the promises. A piece without a
quantity goes on with the one before. Where nothing is parallel (one piece alone counts something), the line is one
commitment with all its targets. Units at the end of the line answer for every project of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import Line, blocks_to_lines, is_title, labelled_pieces, take_mark
from generator.ingest.rows import AreaRow, Reading, Row, clean
from generator.ingest.units import names_units
from generator.text import Traced

NAME = "category_lines"
SUREST = 0.9

#: A category is a word or two.
_CATEGORY = 14
#: A sentence that is one of several projects is no longer than this; longer ones explain each other.
_PROJECT = 60
_INLINE = re.compile(
    r"[【\[](?P<bracketed>[^【】\[\]\d]{2,14})[】\]]\s*[:：]?|(?P<plain>[\u4e00-\u9fff“”、]{2,14})[:：](?=.{10})"
)


@dataclass(frozen=True)
class _Listed:
    """A category with a line of its projects, and the title above."""

    category: Traced
    line: Line
    text: Traced
    section: Traced


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when most lines of text stand under categories and are lists of projects that count something."""
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    listed = _blocks_to_listed(blocks, reading)
    reported = sum(reports(one.text.text, reading) for one in listed)
    if len(listed) < 2 or reported > 0.3 * len(listed):
        return 0.0, f"{len(listed)} categories with a line below, {reported} of them report"
    parallel = [one for one in listed if len(_projects(one.text, reading)) >= 2]
    prose = sum(len(block.text) for block in blocks if len(block.text) > _CATEGORY)
    share = sum(len(one.text) for one in listed) / prose if prose else 0.0
    why = f"{len(parallel)} of {len(listed)} categories list several projects, in {share:.0%} of the text"
    if len(parallel) < 0.6 * len(listed) or share < 0.6:
        return 0.3, why
    return SUREST, why


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each project."""
    return [row for one in _blocks_to_listed(blocks, reading) for row in _listed_to_rows(one, reading)]


def _blocks_to_listed(blocks: Sequence[Block], reading: Reading) -> list[_Listed]:
    listed: list[_Listed] = []
    used: set[int] = set()
    category = section = Traced("", ())
    for line in blocks_to_lines(blocks, reading):
        pieces = labelled_pieces(line.text, reading)
        inline = _INLINE.match(line.text.text)
        if pieces and pieces[0][0] == "category":
            category = pieces[0][2]
        elif _is_category(line):
            section = category if category and category.start not in used else section
            category = line.text
        elif inline and not pieces and counted(line.text.text[inline.end() :], reading):
            name = "bracketed" if inline["bracketed"] else "plain"
            own = line.text[inline.start(name) : inline.end(name)]
            listed.append(_Listed(own, line, line.text[inline.end() :].strip(), category or section))
            used.add(own.start)
        elif category and counted(line.text.text, reading):
            listed.append(_Listed(category, line, line.text, section))
            used.add(category.start)
    return listed


def _is_category(line: Line) -> bool:
    return is_title(line) and len(line.text) <= _CATEGORY and not re.search(r"\d|[,，]", line.text.text)


def _projects(text: Traced, reading: Reading) -> list[Traced]:
    """The projects of a line: between ；, or sentences where all are short and count something; else the whole line."""
    pieces = _pieces(text, reading) if ";" in text.text or "；" in text.text else []
    if len(pieces) > 1:
        return pieces
    sentences = [one for one in text.split(r"(?<=。)") if one.strip()]
    if all(len(one) <= _PROJECT and counted(one.text, reading) for one in sentences):
        return [one.strip() for one in sentences]
    return [text]


def _pieces(text: Traced, reading: Reading) -> list[Traced]:
    """The pieces between the ； outside brackets; one without a quantity is joined to the one before."""
    depth, cuts = 0, [0]
    for index, character in enumerate(text.text):
        depth = max(0, depth + (character in "(（《“") - (character in ")）》”"))
        if not depth and character in ";；":
            cuts.append(index + 1)
    spans: list[tuple[int, int]] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if spans and not counted(text.text[start:end], reading):
            spans[-1] = (spans[-1][0], end)
        elif text.text[start:end].strip():
            spans.append((start, end))
    return [text[start:end].strip(" ;；\n") for start, end in spans]


def _listed_to_rows(one: _Listed, reading: Reading) -> list[Row]:
    projects = _projects(one.text, reading)
    shared: tuple[Traced, ...] = ()
    if len(projects) > 1 and [names_units(project.text, reading) for project in projects[-2:]] == [False, True]:
        shared = (_units_at_end(projects[-1]),)
    rows: list[Row] = []
    for index, project in enumerate(projects):
        _, number, text = (
            take_mark(project) if len(projects) > 1 or not one.line.number else (0, one.line.number, project)
        )
        fields: dict[str, tuple[Traced, ...]] = {"category": (clean(one.category),), "text": (clean(text),)}
        if number:
            fields["number"] = (number,)
        if shared and index < len(projects) - 1:
            fields["text"] = (clean(text), *shared)
        rows.append(Row(fields=fields, line=one.line.line, section=one.section))
    return rows


def _units_at_end(project: Traced) -> Traced:
    """The bracket with the units at the end of a line."""
    start = max(project.text.rfind("("), project.text.rfind("（"))
    return project[start:] if start >= 0 else Traced("", ())
