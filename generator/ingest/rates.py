"""The completion rates that a report publishes, each with the result and the target that it is a rate of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from generator.ingest.bases import find_base
from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.ingest.ties import best_target, tie_by_rate
from generator.ingest.told_apart import NEAR, Found, sentence_start
from generator.model import Rate, Result, Target
from generator.quantities import Number
from generator.text import Traced, containment


def rates_of_report(
    found: Found, results: list[Result], targets: Sequence[Target], text: Traced, reading: Reading
) -> list[Rate]:
    """The rates of all groups, tied to the results before them: in order where there are several of both."""
    rates: list[Rate] = []
    answered = {result.target for result in results}
    left = [target for target in targets if target.id not in answered]
    for group, pending, words in found.groups:
        sentence = sentence_start(text.text, group[0].number.start)
        usable = [index for index in pending if found.results[index].number.start >= sentence]
        if not re.search(r"目标|任务|计划", words):
            usable = [index for index in usable if not found.results[index].describes]
        for one, paired in _pairs(group, usable, words, results, reading):
            index = found.both.get(one.number.start, _whole_before(one, paired, usable, found, results, targets))
            if index is not None and index == paired and not results[index].target:
                index = _told_by_arithmetic(one.number, index, usable, results, left, reading)
            result = results[index] if index is not None else None
            span = text[one.number.start : one.number.end]
            subject = text.text[sentence : one.number.start]
            own = best_target(words, targets) or _subject_target(subject, words, found, results, targets, sentence)
            rates.append(
                Rate(
                    id=f"p{len(rates) + 1}",
                    published=one.number.value if one.number.value is not None else Decimal(0),
                    printed=text.text[one.number.span[0] : one.number.span[1]],
                    start=span.start,
                    end=span.end,
                    target=own if result is None else result.target if result.relation == "same" else "",
                    result=result.id if result else "",
                    basis=words.strip(" ,，、"),
                    base=find_base(text, one, result, found.plans, reading) if len(group) == 1 else None,
                )
            )
    return rates


def _whole_before(
    rate: Measured,
    paired: int | None,
    usable: list[int],
    found: Found,
    results: list[Result],
    targets: Sequence[Target],
) -> int | None:
    """The figure that a rate is of, where it stands behind a part: 建成3.12万个,其中公共1.35万个,完成任务的62.4%."""
    if paired is None or not found.results[paired].before.strip().startswith("其中"):
        return paired
    if _follows(rate, results[paired], targets):
        return paired
    wholes = [index for index in usable if index < paired and _follows(rate, results[index], targets)]
    return wholes[-1] if wholes else paired


def _told_by_arithmetic(
    rate: Number, paired: int, usable: list[int], results: list[Result], left: Sequence[Target], reading: Reading
) -> int:
    """The one figure of several that no wording ties of which a rate is the share: 完工163个,在建37个,完成率81.5%."""
    published = rate.value or Decimal(0)
    digits = max(0, -int(published.normalize().as_tuple().exponent))
    fits = [
        index
        for index in usable
        if not results[index].target
        and tie_by_rate(published, digits, results[index].value, results[index].unit, left, reading)
    ]
    return fits[0] if len(fits) == 1 else paired


def _follows(rate: Measured, result: Result, targets: Sequence[Target]) -> bool:
    """Whether a rate is that of a result against its target."""
    target = next((one for one in targets if one.id == result.target), None)
    if target is None or not target.value or rate.number.value is None:
        return False
    return abs(result.value / target.value * 100 - rate.number.value) < NEAR


def _subject_target(
    subject: str, words: str, found: Found, results: list[Result], targets: Sequence[Target], sentence: int
) -> str:
    """The target that the sentence of a rate is about, unless a figure of the sentence answers it already.

    A rate that is set for all alike (全省统一进度) is of that figure all the same.
    """
    target = best_target(subject, targets)
    answered = {
        result.target for result, one in zip(results, found.results, strict=True) if one.number.start >= sentence
    }
    return target if target not in answered or re.search(r"统一|省定", words) else ""


#: What says of what a rate is needs as many characters: 督导完成率, and not 投资完成率.
_NAMED = 3


def _is_of_another_thing(rate: Measured, result: Result, reading: Reading) -> bool:
    """Whether a …率 names what it is of, and a figure before it is of something else: 活动90场,“两员”配备率100%."""
    name = rate.measure.removesuffix("率")
    of_any = "|".join(reading.lookups.longest("rate_of_any"))
    own = re.sub(rf"{of_any}|[^\u4e00-\u9fff]", "", name)
    return name != rate.measure and len(own) >= _NAMED and not containment(own, result.measure)


def _pairs(
    group: list[Measured], usable: list[int], words: str, results: list[Result], reading: Reading
) -> list[tuple[Measured, int | None]]:
    """Each rate with the index of its result: the last ones in order; all of them for 均; None where there is none.

    What has been done of a plan of several years is a running total, where one is given: 今年开通40座,累计120座,
    完成5年规划任务的65%.
    """
    if re.search(r"总体|总工程量|统一|省定", words):
        return [(one, None) for one in group]
    usable = [index for index in usable if not _is_of_another_thing(group[0], results[index], reading)]
    whole = [index for index in usable if not results[index].area]
    if re.search("|".join(reading.lookups.words("plans_of_years")), words):
        totals = reading.lookups.words("running_totals")
        whole = [index for index in whole if any(word in results[index].measure for word in totals)] or whole
    if "分别" not in words or len(group) == 1:
        whole = [index for index in whole if results[index].unit != "%"]
    if re.search(r"(?:形象|平均)进度", words):
        whole = [index for index in whole if not results[index].unit.endswith("元")]
    if len(group) == 1 and re.search(r"均", words) and whole:
        return [(group[0], index) for index in whole]
    if len(group) == 1:
        tied = [index for index in whole if results[index].target]
        last = tied or whole
        return [(group[0], last[-1] if last else None)]
    if len(whole) >= len(group):
        return list(zip(group, whole[-len(group) :], strict=True))
    return [(one, None) for one in group]
