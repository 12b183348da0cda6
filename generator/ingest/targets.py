"""The wording of a commitment → its targets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.ingest.measured import Measured
from generator.ingest.measures import measure_numbers
from generator.ingest.rows import Reading
from generator.ingest.shares import areas_of_figures
from generator.ingest.skipped import Skipped, skip, skip_excluded
from generator.ingest.ties import same_unit
from generator.model import Allocation, Target
from generator.text import Traced

_OTHER = re.compile(r"(?:其他|这|上述|该)$")
_AREAS = re.compile(r"\s*(?:区、县|区县|县区|县\(市|区\(县|市、区)")


def text_to_targets(text: Traced, reading: Reading) -> tuple[tuple[Target, ...], list[Skipped]]:
    """The numbers that a commitment promises, in order, and those of its wording that it does not promise."""
    if not text:
        return (), []
    numbers = reading.grammar.read(text.text)
    targets: list[Target] = []
    skipped = skip_excluded(text, numbers)
    previous = ""
    measured_numbers = measure_numbers(text.text, reading)
    shares = areas_of_figures(measured_numbers, reading)
    for measured, areas in zip(measured_numbers, shares, strict=True):
        if reason := _no_target(measured):
            skipped.append(skip(text, measured.number, reason))
            continue
        if targets and areas and _is_share(measured, targets[-1], reading):
            targets[-1] = _with_shares(targets[-1], areas, measured, text)
            continue
        for measure, part in _measures(measured, previous):
            targets.append(_target(len(targets) + 1, measure, part, measured, text))
        previous = targets[-1].measure
    return tuple(targets), skipped


def _is_share(measured: Measured, whole: Target, reading: Reading) -> bool:
    """Whether a figure of an area counts the things of the target before it."""
    return same_unit(whole.unit, measured.number.unit, reading) and measured.number.kind != "share"


def _with_shares(whole: Target, areas: Sequence[str], measured: Measured, text: Traced) -> Target:
    """The target with the share of each area, printed once for all of them where it is the same (各5个)."""
    number = measured.number
    if number.value is None:
        raise ValueError("a quantity has a value")
    span = text[number.start : number.end]
    shares = [
        Allocation(
            id=f"a{index}",
            area=area,
            value=number.value,
            unit=number.unit,
            printed=text.text[number.span[0] : number.span[1]],
            start=span.start,
            end=span.end,
        )
        for index, area in enumerate(areas, len(whole.allocations) + 1)
    ]
    return replace(whole, allocations=(*whole.allocations, *shares))


def with_split(
    targets: tuple[Target, ...], split: Traced, reading: Reading
) -> tuple[tuple[Target, ...], list[Skipped]]:
    """The targets with the shares that a cell beside them gives areas: 东塘区45个、南汀区52个.

    They are of the target of their unit; of several that of the value that they add up to, else of none.
    """
    numbers = reading.grammar.read(split.text)
    skipped = skip_excluded(split, numbers)
    figures = measure_numbers(split.text, reading)
    shares = list(zip(figures, areas_of_figures(figures, reading), strict=True))
    skipped += [skip(split, one.number, "areas") for one, areas in shares if not areas]
    shares = [(one, areas) for one, areas in shares if areas]
    unit = shares[0][0].number.unit if shares else ""
    total = sum((one.number.value or 0) * len(areas) for one, areas in shares)
    alike = [index for index, one in enumerate(targets) if shares and same_unit(one.unit, unit, reading)]
    exact = [index for index in alike if targets[index].value == total]
    chosen = exact or alike
    if len(chosen) != 1 or any(one.number.unit != unit for one, _ in shares):
        return targets, [*skipped, *(skip(split, one.number, "areas") for one, _ in shares)]
    whole = targets[chosen[0]]
    for one, areas in shares:
        whole = _with_shares(whole, areas, one, split)
    return tuple(whole if index == chosen[0] else one for index, one in enumerate(targets)), skipped


def named_targets(
    name: Traced, text: Traced, total: Traced, reading: Reading
) -> tuple[tuple[Target, ...], list[Skipped]]:
    """The targets of a wording with those of the project's name above it and of a column of totals beside it.

    A number that is printed again makes one target. The first figure of the wording and
    those of the total are of what the name says where they name nothing (建成40家, 60个).
    """
    targets, skipped = text_to_targets(text, reading)
    words = name or text
    found = [_of_name(target, name, reading) if name and not index else target for index, target in enumerate(targets)]
    for cell, before in ((name, True), (total, False)):
        more, left = text_to_targets(cell, reading)
        skipped += left
        new = [target for target in more if not any(_same(target, other, reading) for other in found)]
        skipped += [Skipped(one.start, one.end, "repeated") for one in more if one not in new]
        if not before:
            new = [_of_name(target, words, reading) for target in new]
        found = [*new, *found] if before else [*found, *new]
    return tuple(replace(target, id=f"t{index}") for index, target in enumerate(found, 1)), skipped


def _same(one: Target, other: Target, reading: Reading) -> bool:
    """Whether a figure is printed again: the same value of the same unit, or with its unit left to the heading."""
    return one.value == other.value and (not one.unit or same_unit(one.unit, other.unit, reading))


def _of_name(target: Target, name: Traced, reading: Reading) -> Target:
    """A target whose measure is a verb or nothing, with what the name of the project says it is of."""
    verbs = reading.lookups.words("action_verbs") + reading.lookups.words("bare_verbs")
    verb = target.measure if target.measure in verbs else ""
    if target.measure and not verb and target.measure not in reading.lookups.words("states_plan"):
        return target
    noun = re.sub(
        r"(?<=..)(?:建设|项目|工程|行动|任务)+$|[(（][^()（）]*[)）]$", "", re.sub(r"[\s。;；]+", "", name.text)
    )
    return replace(target, measure=verb + noun.removeprefix(verb))


def _no_target(measured: Measured) -> str:
    if measured.describes or _OTHER.search(measured.before):
        return "describes"
    counts_areas = measured.number.unit == "个" and _AREAS.match(measured.after)
    if counts_areas and not re.search(r"(?:争取|至少|力争)有?$|有$", measured.before):
        return "areas"
    return ""


def _measures(measured: Measured, previous: str) -> list[tuple[str, str]]:
    """(measure, part) of each target that a number is for."""
    if measured.shared:
        return [(measure, "") for measure in measured.shared]
    return [(measured.measure or previous, measured.part)]


def _target(index: int, measure: str, part: str, measured: Measured, text: Traced) -> Target:
    number = measured.number
    span = text[number.start : number.end]
    if number.value is None:
        raise ValueError("a quantity has a value")
    return Target(
        id=f"t{index}",
        measure=measure,
        comparator=number.comparator,
        value=number.value,
        unit=number.unit,
        kind=measured.kind,
        printed=text.text[number.span[0] : number.span[1]],
        start=span.start,
        end=span.end,
        part=part,
    )
