"""The text of a report → its results and the completion rates that it publishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from generator.ingest.appraisals import appraisal_kind
from generator.ingest.measured import Measured
from generator.ingest.measures import measure_numbers
from generator.ingest.rates import rates_of_report
from generator.ingest.rows import Reading
from generator.ingest.shares import areas_of_figures
from generator.ingest.skipped import Skipped, skip, skip_excluded
from generator.ingest.ties import Tie, tie_by_rate, tie_results
from generator.ingest.told_apart import sentence_start, tell_apart
from generator.model import Rate, Result, Target
from generator.quantities import find_as_of
from generator.text import Traced


def text_to_results(
    text: Traced, targets: Sequence[Target], reading: Reading
) -> tuple[tuple[Result, ...], tuple[Rate, ...], list[Skipped]]:
    """The numbers that a report gives, the completion rates that it publishes, and the numbers that are neither."""
    numbers = reading.grammar.read(text.text)
    measured = [single for one in measure_numbers(text.text, reading) for single in _each(one)]
    found = tell_apart(text, measured, targets, reading)
    found.skipped.extend(skip_excluded(text, numbers))
    said = [text.text[: one.number.start].rpartition("\n")[2] for one in found.results]
    ties = tie_results(found.results, said, targets, reading)
    results = _with_areas(
        [
            _result(index, one, tie, text, reading)
            for index, (one, tie) in enumerate(zip(found.results, ties, strict=True), 1)
        ],
        found.results,
        reading,
    )
    rates = rates_of_report(found, results, targets, text, reading)
    bases = {rate.base.start for rate in rates if rate.base}
    unused = [skip(text, one.number, "quoted-plan") for one in found.plans]
    found.skipped.extend(one for one in unused if one.start not in bases)
    return (*_ties_told_by_rates(results, rates, targets, reading), found.skipped)


def _each(one: Measured) -> list[Measured]:
    """A figure for each of the measures that share it: A率、B率均保持100%."""
    return [replace(one, measure=measure, shared=()) for measure in one.shared] or [one]


def _ties_told_by_rates(
    results: list[Result], rates: list[Rate], targets: Sequence[Target], reading: Reading
) -> tuple[tuple[Result, ...], tuple[Rate, ...]]:
    """Results that no wording ties and whose published rate fits one unanswered target, tied to that."""
    told: dict[str, str] = {}
    answered = {result.target for result in results if result.relation != "related"}
    for rate in rates:
        result = next((one for one in results if one.id == rate.result and one.id not in told), None)
        if result is None or rate.target or (result.target and result.relation != "related"):
            continue
        digits = len(re.sub(r"[^\d.]", "", rate.printed).partition(".")[2])
        left = [target for target in targets if target.id not in answered | set(told.values())]
        if target_id := tie_by_rate(rate.published, digits, result.value, result.unit, left, reading):
            told[result.id] = target_id
    return (
        tuple(replace(one, target=told[one.id], relation="same") if one.id in told else one for one in results),
        tuple(replace(one, target=told[one.result]) if one.result in told else one for one in rates),
    )


def _result(index: int, one: Measured, tie: Tie, text: Traced, reading: Reading) -> Result:
    number = one.number
    span = text[number.start : number.end]
    sentence = text.text[sentence_start(text.text, number.start) : number.start]
    return Result(
        id=f"v{index}",
        measure=one.measure,
        comparator=number.comparator,
        value=number.value if number.value is not None else Decimal(0),
        unit=number.unit,
        printed=text.text[number.span[0] : number.span[1]],
        start=span.start,
        end=span.end,
        target=tie.target,
        relation=tie.relation,
        as_of=_as_of(text.text, number.start, reading.year),
        forecast=any(word in sentence for word in reading.lookups.words("forecast")),
        appraisal=appraisal_kind(one.measure, number.unit, reading),
    )


#: A sentence of more characters has lost its full stops: what stands farther away is not about its figures.
_SENTENCE = 1000


def _as_of(text: str, position: int, year: int) -> date | None:
    """The end of the period that the sentence of a number speaks of.

    A year gone by holds for its own part of the sentence alone: 完成2020年度审核;举办培训两次.
    """
    start = max(text.rfind("。", 0, position), text.rfind("\n", 0, position), position - _SENTENCE) + 1
    found = find_as_of(text[start:position], year)
    if found and found.year < year:
        return find_as_of(text[sentence_start(text, position) : position], year)
    return found


def _with_areas(results: list[Result], measured: list[Measured], reading: Reading) -> list[Result]:
    """Results of single areas (其中:越城区122个、柯桥区106个) get the area and the measure of the total."""
    done: list[Result] = []
    total: Result | None = None
    areas = areas_of_figures(measured, reading)
    for result, named in zip(results, areas, strict=True):
        area = named[0] if len(named) == 1 else ""
        if area and total is not None and total.unit == result.unit:
            one = Result(
                id=result.id,
                measure=total.measure,
                comparator=result.comparator,
                value=result.value,
                unit=result.unit,
                printed=result.printed,
                start=result.start,
                end=result.end,
                area=area,
                part_of=total.id,
                as_of=total.as_of,
            )
        else:
            one = result
            total = total if area else result
        done.append(one)
    return done
