"""The plan of a commitment → its dated steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.ingest.measured import Measured
from generator.ingest.measures import measure_numbers
from generator.ingest.rows import Reading
from generator.ingest.skipped import Skipped
from generator.ingest.ties import same_unit
from generator.model import Milestone, MilestoneBasis, Target
from generator.quantities import find_due
from generator.text import Traced, containment, similarity

_BRACKET = re.compile(r"[\[【]([^\[\]【】]{2,60})[\]】]")
_MONTHLY = re.compile(r"每(?:个)?[月季周日]|平均每")
_PREAMBLE = re.compile(r"(?:计划|安排|进度)(?:为|如下)$")
_DATED = re.compile(r"\d{1,2}\s*月|年底|年末|季度|[上下]半年|全年")


@dataclass(frozen=True)
class _Clause:
    text: Traced
    heading: str


def plan_to_milestones(
    plan: Traced, targets: tuple[Target, ...], reading: Reading
) -> tuple[tuple[Milestone, ...], str, list[Skipped]]:
    """(milestones, note, numbers of headings) of a plan. One milestone a clause, or one for each number that it states.

    A clause without a date that says what the dates depend on is the note.
    """
    found: list[Milestone] = []
    notes: list[str] = []
    for clause in _clauses(plan):
        if _PREAMBLE.search(clause.text.text) or (
            not _DATED.search(clause.text.text) and (not found or "为准" in clause.text.text)
        ):
            notes.append(clause.text.text)
            continue
        found += _clause_to_milestones(clause, targets, reading, len(found))
    headings = [Skipped(span.start, span.end, "heading") for span in _headings(plan)]
    return tuple(found), "。".join(notes), headings


def _headings(plan: Traced) -> Iterator[Traced]:
    """The bracketed headings of a plan: they repeat the promise."""
    for match in _BRACKET.finditer(plan.text):
        yield plan[match.start() : match.end()]


def _clauses(plan: Traced) -> Iterator[_Clause]:
    """The clauses between ; and 。, each with the bracketed heading that it stands under."""
    heading = ""
    for piece in plan.split(r"[;；。\n]|(?=[\[【])|(?<=推进计划为)[:：]|(?<=计划如下)[:：]"):
        text = piece.strip()
        if match := _BRACKET.match(text.text):
            heading = match[1]
            text = text[match.end() :].strip()
        if text:
            yield _Clause(text, heading)


def _clause_to_milestones(
    clause: _Clause, targets: tuple[Target, ...], reading: Reading, count: int
) -> Iterator[Milestone]:
    text = clause.text
    numbers = [m for m in measure_numbers(text.text, reading) if not m.describes]
    if not numbers:
        target = _target_of(clause, None, targets, reading)
        yield Milestone(
            id=f"m{count + 1}",
            text=text.text,
            start=text.start,
            end=text.end,
            due=find_due(text.text, reading.year),
            target=target.id if target else "",
        )
    steps = [_due(text.text, measured.number.start, reading.year) for measured in numbers]
    first = find_due(text.text, reading.year)
    if numbers and first and not any(steps):
        target = _target_of(clause, None, targets, reading)
        yield Milestone(
            id=f"m{count + 1}",
            text=text.text,
            start=text.start,
            end=text.end,
            due=first,
            target=target.id if target else "",
        )
        count += 1
    for index, measured in enumerate(numbers, count + 1):
        number = measured.number
        target = _target_of(clause, measured, targets, reading)
        span = text[number.start : number.end] if len(numbers) > 1 else text
        yield Milestone(
            id=f"m{index}",
            text=text.text,
            start=span.start,
            end=span.end,
            due=_due(text.text, number.start, reading.year),
            target=target.id if target else "",
            comparator=number.comparator,
            value=number.value,
            unit=number.unit,
            basis=_basis(measured, target, targets, text.text, reading),
        )


def _due(text: str, position: int, year: int) -> date | None:
    """The date that a number stands under: that of its own part of the clause, or the last one before it."""
    due = None
    for part in re.finditer(r"[^,，]+", text):
        if part.start() > position:
            break
        monthly = _MONTHLY.search(part[0]) and not re.search(r"\d{1,2}\s*月", part[0])
        due = None if monthly and part.end() > position else find_due(part[0], year) or due
    return due


def _target_of(
    clause: _Clause, measured: Measured | None, targets: tuple[Target, ...], reading: Reading
) -> Target | None:
    """The target that a clause is about; None where it is about several or none."""
    if clause.heading:
        return max(targets, key=lambda target: similarity(target.measure, clause.heading), default=None)
    if len(targets) == 1:
        return targets[0]
    if measured is None or measured.number.kind == "share":
        return None
    scored = [
        (
            containment(target.measure, measured.measure) + (0.5 if target.value == measured.number.value else 0.0),
            target,
        )
        for target in targets
        if same_unit(target.unit, measured.number.unit, reading)
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 0.4 else None


def _is_of_a_part(words: str, measure: str, reading: Reading) -> bool:
    """Whether words name one of the two ways in which a target may be reached: 提升完成率 of 新增(提升)点位100个."""
    named = [way in words for way in _ways(measure, reading)]
    return any(named) and not all(named)


#: What stands between two ways, and two ways whose common end is said once: 新(改)建.
_OR = ("(", "（", "/", "、", "和", "及", "或")
_ONE_END = re.compile(r"(?P<one>[\u4e00-\u9fff])[(（/、](?P<other>[\u4e00-\u9fff]{1,2})[)）]?(?P<end>[\u4e00-\u9fff])")


def _ways(measure: str, reading: Reading) -> tuple[str, ...]:
    """The two verbs of a target that may be reached in two ways; empty for others."""
    shared = _ONE_END.match(measure)
    if shared and shared["one"] + shared["end"] in reading.lookups.words("action_verbs"):
        return shared["one"] + shared["end"], shared["other"] + shared["end"]
    one = reading.lookups.beginning("action_verbs", measure)
    rest = measure.removeprefix(one)
    other = reading.lookups.beginning("action_verbs", rest[1:]) if one and rest.startswith(_OR) else ""
    return (one, other) if other else ()


def _basis(
    measured: Measured, target: Target | None, targets: tuple[Target, ...], text: str, reading: Reading
) -> MilestoneBasis:
    """What the number of a milestone is of: an amount of the target, a share of it, a level of its rate, or none."""
    if _MONTHLY.search(text[: measured.number.start].rsplit("，", maxsplit=1)[-1].rsplit(",", maxsplit=1)[-1]):
        return "none"
    if measured.number.kind == "share":
        begun = re.search(r"(?:启动|开工|进场)$", measured.before.strip())
        if begun or (target and _is_of_a_part(measured.before, target.measure, reading)):
            return "none"
        rates = [t for t in targets if t.unit == measured.number.unit]
        return "level" if rates and len(rates) == len(targets) else "share"
    if target is None or not same_unit(target.unit, measured.number.unit, reading):
        return "none"
    words = measured.before + measured.after
    for stage in reading.lookups.words("stage_words"):
        if stage in words and stage not in target.measure:
            return "none"
    return "amount"
