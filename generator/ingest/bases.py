"""The plan that a report quotes and publishes a rate of: 年度计划投资167.8亿元, … 完成全年计划的103.9%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.ingest.ties import same_unit
from generator.model import Base, Result
from generator.text import Traced

_SENTENCE = re.compile(r"[。;；\n]")


def find_base(
    text: Traced, rate: Measured, result: Result | None, plans: Sequence[Measured], reading: Reading
) -> Base | None:
    """The quoted plan that a rate is a rate of, None where the text does not print it.

    It is the last plan before the rate in its sentence, in the unit of the rate's result. A rate of progress
    (平均进度) is none of a number; one of a total (总投资) only of a total, and the other way round.
    """
    said = text.text[rate.clause[0] : rate.number.span[0]]
    if result is None or any(word in said for word in reading.lookups.words("progress_rates")):
        return None
    sentence = max((end.end() for end in _SENTENCE.finditer(text.text, 0, rate.number.start)), default=0)
    before = [
        plan
        for plan in plans
        if sentence <= plan.number.start < rate.number.start
        and plan.number.value is not None
        and plan.number.reason == ""
        and same_unit(plan.number.unit, result.unit, reading)
        and _of_total(text.text[plan.clause[0] : plan.number.start], reading) == _of_total(said, reading)
    ]
    return _base(text, before[-1]) if before else None


def _of_total(words: str, reading: Reading) -> bool:
    """Whether words speak of the whole of a work (总投资) and not of a year of it."""
    return any(word in words for word in reading.lookups.words("total_bases"))


def _base(text: Traced, plan: Measured) -> Base | None:
    number = plan.number
    if number.value is None:
        return None
    span = text[number.start : number.end]
    printed = text.text[number.span[0] : number.span[1]]
    return Base(value=number.value, unit=number.unit, printed=printed, start=span.start, end=span.end)
