"""Paragraphs that each say what was promised and, in the same line, what became of it.

1.城镇新增就业。年度目标3.8万人,1-6月完成2.35万人,完成率61.8%。(市人社局)
二、实施健康惠民工程。计划建设村卫生室30个。截至12月底,建成32个,完成率106.7%。
3.改造小区150个。(目前,已开工142个,责任单位:市住建局)

The promise is stated by a word of planning (计划, 年度目标, 目标任务). It ends where a clause begins to report, or
where the bracket at the end of the line does.
What stands before that word is the name. Told only where most numbered lines are so: a plan that a report quotes is
no promise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.blocks import Block
from generator.ingest.leanings import counted, reports
from generator.ingest.lines import UNRANKED, Line, blocks_to_lines, is_title, labelled_pieces
from generator.ingest.rows import AreaRow, Reading, Row, clean, is_units
from generator.lookups import Lookups
from generator.text import Traced

NAME = "promise_in_line"
SUREST = 0.95

_NOTHING = Traced("", ())
#: The units at the end of a line, in a bracket without a label: (市卫健委、市妇联).
_UNITS = re.compile(r"[(（]([^()（）:：]{2,60})[)）][。;；]?$")
#: The first sentence names the work and states nothing.
_NAME = re.compile(r"[^。:：,，;；]{2,40}[。:：]")


def detect(blocks: Sequence[Block], reading: Reading) -> tuple[float, str]:
    """Sure when three numbered lines or more, and most of them, state a plan and then report on it."""
    if any(block.kind == "row" for block in blocks):
        return 0.1, "rows of tables"
    lines = blocks_to_lines(blocks, reading)
    if any(labelled_pieces(line.text, reading)[:1] for line in lines if line.rank == UNRANKED):
        return 0.2, "lines that begin with labels"
    numbered = [line for line in lines if line.rank < UNRANKED and not is_title(line)]
    both = sum(
        _bracket_start(line.text.text, reading) is not None or _report_start(line.text.text, reading) is not None
        for line in numbered
    )
    why = f"{both} of {len(numbered)} numbered lines state a plan and report on it"
    return (SUREST if both >= 3 and both >= 0.75 * len(numbered) else 0.2), why


def read(blocks: Sequence[Block], reading: Reading) -> Sequence[Row | AreaRow]:
    """One row for each numbered line; a line without number goes on with the report, unless the list has ended."""
    rows: list[Row] = []
    section = _NOTHING
    for line in blocks_to_lines(blocks, reading):
        if is_title(line):
            section = line.text
        elif line.rank < UNRANKED:
            rows.append(_line_to_row(line, section, reading))
    return rows


def _line_to_row(line: Line, section: Traced, reading: Reading) -> Row:
    text, fields = line.text, dict[str, tuple[Traced, ...]]()
    if line.number:
        fields["number"] = (line.number,)
    if (match := _UNITS.search(text.text)) and is_units(match[1], reading):
        fields["lead_units"] = (text[match.start(1) : match.end(1)],)
        text = text[: match.start()]
    bracket = _bracket_start(text.text, reading)
    start = bracket
    if start is None:
        start = _report_start(text.text, reading) or _next_report(text.text, reading)
    if bracket is not None:
        text = text[: max(text.text.rfind(")"), text.text.rfind("）"))]
    told = len(text) if start is None else start
    promise = text[:told].strip(" ,，;；(（")
    name = _NAME.match(promise.text)
    if name and not counted(name[0], reading) and len(name[0]) < len(promise):
        fields["name"] = (clean(promise[: name.end() - 1]),)
        promise = promise[name.end() :].strip()
    fields["text"] = (clean(promise),)
    if report := text[told:].strip(" ,，;；。"):
        fields["report"] = (clean(report),)
    return Row(fields=fields, line=line.line, section=section)


def _bracket_start(text: str, reading: Reading) -> int | None:
    """Where the bracket that ends a line begins to report on the promise before it; None where none does."""
    if not text.rstrip(" \t。;；").endswith((")", "）")):
        return None
    match = reading.bracketed_report.search(text)
    closed = match is not None and re.search(r"[)）][。;；]?\s*$", text) is not None
    if match is None or not closed:
        return None
    told = text[match.end() :]
    both = counted(told, reading) and reports(told, reading) and counted(text[: match.start()], reading)
    return match.end() if both else None


def _next_report(text: str, reading: Reading) -> int | None:
    """The same for a line of the list that promises without a word of planning: the sentence that begins to report."""
    _, surest, *_ = reading.lookups.once(_patterns)
    for match in surest.finditer(text):
        ended = match[0] in "。;；"
        if ended and counted(text[: match.start()], reading) and counted(text[match.end() :], reading):
            return match.end()
    return None


def _report_start(text: str, reading: Reading) -> int | None:
    """Where a text that states a plan with a quantity begins to report on it; None where it does not do both.

    At a clause that begins as reports do, else at the sentence after the plan, else at 完成 behind the figure.
    """
    plan, *reports = reading.lookups.once(_patterns)
    stated = plan.search(text)
    if stated is None:
        return None
    for report in reports:
        for match in report.finditer(text, stated.end()):
            if counted(text[stated.start() : match.start()], reading) and counted(text[match.end() :], reading):
                return match.end()
    return None


def _patterns(lookups: Lookups) -> tuple[re.Pattern[str], ...]:
    """A word of planning at the beginning of a clause; ends of clauses before a report, the surest first."""
    plan, report = lookups.words("states_plan"), lookups.words("begins_report")
    return (
        re.compile(rf"(?:^|[,，。;；:：]|全市|全区|全县)\s*(?:{'|'.join(plan)})"),
        re.compile(rf"[,，。;；](?=\s*(?:{'|'.join(report)}))"),
        re.compile(r"。"),
        re.compile(r"[,，;；](?=\s*完成)"),
    )
