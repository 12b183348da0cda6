"""Rows → commitments: wording, units, targets, milestones, reports. Identifiers come later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.ingest.documents import Document
from generator.ingest.figures import figures_to_results, figures_to_text
from generator.ingest.milestones import plan_to_milestones
from generator.ingest.persons import leader_names
from generator.ingest.private import find_private
from generator.ingest.results import text_to_results
from generator.ingest.rows import Reading, Row
from generator.ingest.skipped import Skipped
from generator.ingest.steps import last_due, read_dates
from generator.ingest.targets import named_targets, with_split
from generator.ingest.units import (
    Answer,
    Labelled,
    cells_to_answer,
    heading_leader,
    names_units,
    person,
    responsibilities,
    split_labels,
)
from generator.lookups import Lookups
from generator.model import Commitment, Milestone, Report, Source, Target
from generator.quantities import find_due
from generator.text import Traced


@dataclass(frozen=True)
class Read:
    """Commitments as read, and the numbers of their rows that are in none of their records."""

    commitments: list[Commitment]
    skipped: list[Skipped]


def rows_to_commitments(rows: Sequence[Row], source: Source, document: Document, reading: Reading) -> Read:
    """One commitment for each row, in order. ``id`` is empty. Raises DocumentError for a promise of an unknown unit."""
    commitments: list[Commitment] = []
    skipped: list[Skipped] = []
    for position, row in enumerate(rows, 1):
        commitment, left = row_to_commitment(position, row, source, document, reading)
        commitments.append(commitment)
        skipped += left
    return Read(commitments, skipped)


def row_to_commitment(
    position: int, row: Row, source: Source, document: Document, reading: Reading
) -> tuple[Commitment, list[Skipped]]:
    """The commitment of a row, without an id, and the numbers of the row that are in none of its records."""
    labelled = split_labels(row.get("text"), reading)
    row, told_below = _without_units_below(row, labelled, reading)
    row, told_above = _without_units_above(row, (*labelled.answers, *told_below.answers), reading)
    report = row.get("report")
    text = Traced.join([row.get("name"), labelled.text], glue="\n")
    milestones: tuple[Milestone, ...] = ()
    if not text and report and row.section:
        text, milestones = _stated_plan(report, reading)
    _refuse_unknown_units(text, document, reading)
    due_text = row.get("due").text or labelled.due
    dates = read_dates(labelled.text or text, last_due(due_text, reading.year), reading)
    targets, skipped = named_targets(row.get("name"), dates.promised, row.get("total"), reading)
    if split := row.get("areas"):
        targets, more = with_split(targets, split, reading)
        skipped += more
    skipped += [Skipped(cell.start, cell.end, "row-number") for cell in row.fields.get("number", ())]
    for name in ("contact", "means"):
        skipped += [Skipped(cell.start, cell.end, name) for cell in row.fields.get(name, ())]
    note = ""
    if not milestones and (plan := row.get("plan") or dates.plan):
        milestones, note, more = plan_to_milestones(plan, targets, reading)
        skipped += more
    reports: tuple[Report, ...] = ()
    if report or row.figures:
        told, more = row_to_report(row, 1, targets, source, reading)
        reports = (told,)
        skipped += more
    place = text or report
    commitment = Commitment(
        id="",
        position=position,
        text=text.text,
        start=place.start,
        end=place.end,
        source=source.id,
        number=row.get("number").text.rstrip(".、"),
        section=row.section.text,
        category=row.get("category").text,
        leader=_leader(row, (*labelled.leaders, *told_below.leaders), reading),
        due=dates.due if row.get("text") else max((one.due for one in milestones if one.due), default=dates.due),
        due_text=due_text,
        note="。".join(filter(None, [note, *_corrections(row, document, reading.lookups)])),
        responsibilities=responsibilities(
            (*labelled.answers, *told_below.answers, *told_above, _answer_of_columns(row, reading)),
            person(row.get("lead_official").text),
            reading,
        ),
        targets=targets,
        milestones=milestones,
        reports=reports,
    )
    return commitment, skipped


#: A naming of units at the end of a report is no longer than this.
_TAIL = 200


def _without_units_below(row: Row, labelled: Labelled, reading: Reading) -> tuple[Row, Labelled]:
    """The row with the naming of units at the end of its report taken out, where nothing else names those who answer.

    完成情况:建成学校56所。(市教育局): who did it answers for it.
    """
    report = row.get("report")
    named = labelled.answers or row.get("lead_units") or row.get("support_units")
    ends = not named and names_units(report.text.rstrip()[-_TAIL:], reading)
    below = split_labels(report, reading) if ends else Labelled(report)
    if not below.answers or below.due or not report.text.startswith(below.text.text):
        return row, Labelled(report)
    return replace(row, fields={**row.fields, "report": (below.text,)}), below


def _without_units_above(row: Row, named: tuple[Answer, ...], reading: Reading) -> tuple[Row, tuple[Answer, ...]]:
    """The row with the units in a bracket behind its heading taken out, where nothing else names those who answer."""
    if named or row.get("lead_units") or row.get("support_units"):
        return row, ()
    cells = {
        name: split_labels(row.get(name), reading)
        for name in ("category", "name")
        if names_units(row.get(name).text, reading)
    }
    fields = {name: (cell.text,) for name, cell in cells.items()}
    answers = tuple(answer for cell in cells.values() for answer in cell.answers)
    return (replace(row, fields={**row.fields, **fields}), answers) if answers else (row, ())


def row_to_report(
    row: Row, number: int, targets: Sequence[Target], source: Source, reading: Reading
) -> tuple[Report, list[Skipped]]:
    """What a row says about the progress of a commitment with these targets, as its report of this number."""
    text = row.get("report")
    results, rates, skipped = text_to_results(text, targets, reading)
    told, start, end = figures_to_text(row.figures)
    more, more_rates, left = figures_to_results(row, targets, (results, rates), reading)
    report = Report(
        id=f"r{number}",
        source=source.id,
        text="\n".join(filter(None, [text.text, told])),
        start=text.start if text else start,
        end=text.end if text else end,
        as_of=source.as_of,
        results=(*results, *more),
        rates=(*rates, *more_rates),
    )
    skipped += left
    return report, skipped


def _corrections(row: Row, document: Document, lookups: Lookups) -> list[str]:
    """The corrections of the sidecar that changed the text of a row, as a note that quotes what was printed.

    What was withheld because it is private is not quoted.
    """
    if not document.sidecar.corrections:
        return []
    cells = [cell for cells in row.fields.values() for cell in cells if cell]
    printed = [document.source[cell.start : cell.end] for cell in cells]
    return [
        f"更正：{_quoted(one.found, lookups)}读作“{one.replace}”，{one.reason.rstrip('。')}"
        for one in document.sidecar.corrections
        if any(one.found in text for text in printed)
    ]


def _quoted(printed: str, lookups: Lookups) -> str:
    return "原文一处" if any(find_private(printed, lookups)) else f"原文“{printed}”"


def _answer_of_columns(row: Row, reading: Reading) -> Answer:
    return cells_to_answer(row.fields.get("lead_units", ()), row.fields.get("support_units", ()), reading)


def _leader(row: Row, labelled: tuple[str, ...], reading: Reading) -> str:
    """The leaders, apart by 、: those of the column and of the labels in the cell, or else of the section heading."""
    named = dict.fromkeys([*leader_names(row.get("leader").text, reading.lookups), *labelled])
    return "、".join(named) or heading_leader(row.section.text, reading)


def _stated_plan(report: Traced, reading: Reading) -> tuple[Traced, tuple[Milestone, ...]]:
    """The clauses of a narrative that state what is planned and by when, and their milestones; empty where none do."""
    match = reading.lookups.once(_plan_pattern).search(report.text)
    if match is None:
        return Traced("", ()), ()
    plan = report[match.start() : match.end()].strip(" 。")
    steps: list[Milestone] = []
    for piece in plan.split(r"[,，]"):
        if due := find_due(piece.text, reading.year):
            steps.append(Milestone(id=f"m{len(steps) + 1}", text=piece.text, start=piece.start, end=piece.end, due=due))
    return plan, tuple(steps)


def _plan_pattern(lookups: Lookups) -> re.Pattern[str]:
    dated = r"[^,，。;；]*?\d{1,2}\s*月[^。;；]*"
    return re.compile(rf"(?<=[,，。;；\n])(?:{'|'.join(lookups.words('stated_plan'))}){dated}")


def _refuse_unknown_units(text: Traced, document: Document, reading: Reading) -> None:
    """A promised number that is followed by one or two characters and the clause's end has a unit: it must be known."""
    if not may_name_unknown_unit(text.text, reading.lookups):
        return
    for number in reading.grammar.unitless(text.text):
        match = re.match(r"[ \t]*([\u4e00-\u9fff]{1,2})(?=[,，。;；、]|$)", text.text[number.end :])
        if match and not re.match(r"以上|左右|以内|以下|和|及|上下", match[1]):
            raise document.refuse(
                document.line_of(text[number.start : number.end].start),
                "unit-unknown",
                f"{match[1]!r} in {text.text[number.start : number.end + 3]!r}",
                "expected a unit of content/lookups/units.yml",
                "add it there",
            )


@dataclass(frozen=True)
class _Behind:
    """A word at the end of a clause behind what may be a number, the units that it may be, signs of spelled numbers."""

    word: re.Pattern[str]
    units: tuple[str, ...]
    spelled: str


def may_name_unknown_unit(text: str, lookups: Lookups) -> bool:
    """A quick look, before the numbers are read: False is certain. A figure's word is none if it begins with a unit."""
    behind = lookups.once(_behind_numbers)
    return any(
        text[match.start() - 1] in behind.spelled or not match["word"].startswith(behind.units)
        for match in behind.word.finditer(text)
    )


def _behind_numbers(lookups: Lookups) -> _Behind:
    spelled = "零〇一二两三四五六七八九十百千万亿半数" + "".join(lookups.numerals.characters)
    inside = "".join(word[-1:] for words in lookups.comparators.inside.values() for word in words)
    before = re.escape(spelled + inside)
    # 分别 and 方案 begin like units.
    units = tuple(unit for unit in lookups.units.kinds if unit not in {"分", "方"})
    return _Behind(
        re.compile(rf"(?<=[\d)）{before}])[ \t\u3000]*(?P<word>[\u4e00-\u9fff]{{1,2}})(?=[,，。;；、]|$)"),
        units,
        spelled,
    )
