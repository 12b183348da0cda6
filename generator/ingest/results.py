"""The text of a report → its results and the completion rates that it publishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from generator.ingest.appraisals import appraisal_kind
from generator.ingest.bases import find_base
from generator.ingest.measured import Measured
from generator.ingest.measures import measure_numbers
from generator.ingest.rows import Reading
from generator.ingest.shares import areas_of_figures
from generator.ingest.skipped import Skipped, skip, skip_excluded
from generator.ingest.ties import Tie, best_target, tie_by_rate, tie_results
from generator.lookups import Lookups
from generator.model import Rate, Result, Target
from generator.quantities import Number, find_as_of
from generator.text import Traced, containment, similarity


@dataclass
class _Found:
    """What was told apart so far: numbers that are results, and groups of rates with the results before them.

    ``both`` maps the place of a rate that is itself a result to the index of that result. ``plans`` are quoted
    plans and yardsticks: no results, but a rate may be one of them.
    """

    results: list[Measured] = field(default_factory=list)
    groups: list[tuple[list[Measured], list[int], str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    both: dict[int, int] = field(default_factory=dict)
    plans: list[Measured] = field(default_factory=list)


def text_to_results(
    text: Traced, targets: Sequence[Target], reading: Reading
) -> tuple[tuple[Result, ...], tuple[Rate, ...], list[Skipped]]:
    """The numbers that a report gives, the completion rates that it publishes, and the numbers that are neither."""
    numbers = reading.grammar.read(text.text)
    measured = [single for one in measure_numbers(text.text, reading) for single in _each(one)]
    found = _sort_out(text, measured, targets, reading)
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
    rates = _rates(found, results, targets, text, reading)
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


def _rate_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lookups.words('rate_words'))})[^%％。;；]{{0,12}}$")


def _plan_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(lookups.words('quoted_plan'))})[^,，。;；]{{0,6}}$|(?<![按度全总])(?<!全年)计划(?=完成|实施|新|建|启动|举办|推出|开展|引进|于|在|今年|年底|下半年|总投资|投资|到)[^,，。;；]{{0,24}}$"
    )


#: A clause of more characters has lost its commas: what stands farther away says nothing of its figures.
_CLAUSE = 200


def _sort_out(text: Traced, measured: list[Measured], targets: Sequence[Target], reading: Reading) -> _Found:
    found = _Found()
    rate_words = reading.lookups.once(_rate_pattern)
    plan_words = reading.lookups.once(_plan_pattern)
    pending: list[int] = []
    previous: Measured | None = None
    group: list[Measured] = []
    for index, one in enumerate(measured):
        following = measured[index + 1] if index + 1 < len(measured) else None
        before = text.text[max(one.clause[0], one.number.span[0] - _CLAUSE) : one.number.span[0]]
        joined = bool(group) and previous is group[-1] and re.fullmatch(r"[\s、,，和]*(?:以上|左右)?", one.before or "")
        told = joined or rate_words.search(before) or _is_ratio(text.text, one, found.results, pending)
        if one.number.unit == "%" and told:
            if joined:
                group.append(one)
            else:
                group = [one]
                found.groups.append((group, list(pending), before))
            if _is_also_result(one, targets) or not (joined or rate_words.search(before)):
                found.results.append(one)
                found.both[one.number.start] = len(found.results) - 1
                pending = [len(found.results) - 1]
            previous = one
            continue
        if _quotes_plan(plan_words.search(before), targets) or _is_base(one, following):
            found.plans.append(one)
        else:
            if group and previous is group[-1]:
                pending = []
            if _begins_item(text.text, one, found.results):
                pending = []
            found.results.append(one)
            pending.append(len(found.results) - 1)
        previous = one
    return found


#: What follows a number that is a yardstick: 5%控制目标, 800户…实际完成825户, 足球场10个平均进度36%, 30个完成1个,
#: 占全年任务500张的60%.
_IS_BASE = re.compile(r"^\s*(?:[)）]?\s*的\s*$|控制目标|的?目标值|要求|[^,，。;；\d]{0,12}进度|已?完成\s*$)|实际完成$")


def _is_base(one: Measured, following: Measured | None) -> bool:
    """Whether a number is a yardstick and no result. What has come all of the way (6家…进度已达100%) is a result."""
    match = _IS_BASE.search(one.after)
    if match is None:
        return False
    whole = following is not None and following.number.unit == "%" and following.number.value == _WHOLE
    return not (whole and match[0].endswith("进度"))


_WHOLE = Decimal(100)


def _quotes_plan(match: re.Match[str] | None, targets: Sequence[Target]) -> bool:
    """Whether a number stands behind words of a yardstick (补助标准) that are not what is promised itself."""
    return match is not None and not any(match[0][:_STANDARD] in target.measure for target in targets)


#: Length of 补助标准: where a target is of such words, a figure behind them answers it.
_STANDARD = 4


def _begins_item(text: str, one: Measured, results: list[Measured]) -> bool:
    """Whether an item of a list begins between the last result and this one: its rates are not those of that one."""
    return bool(results) and re.search(r"[。\n]", text[results[-1].number.end : one.number.start]) is not None


def _is_ratio(text: str, one: Measured, results: list[Measured], pending: list[int]) -> bool:
    """Whether a …率 is the quotient of the two counts printed before it: 收集286个,办结284个,办结率99.3%."""
    if not one.measure.endswith("率") or len(pending) < 2:
        return False
    whole, part = (results[index].number for index in pending[-2:])
    if re.search(r"[。;；\n]", text[part.end : one.number.start]):
        return False
    if not whole.value or part.value is None or one.number.value is None:
        return False
    if whole.unit != part.unit or whole.kind == "share":
        return False
    return part.value <= whole.value and abs(part.value / whole.value * 100 - one.number.value) < _NEAR


#: Two counts and their quotient: printed to one digit and perhaps cut off, it differs by less than this many points.
_NEAR = Decimal("0.11")


def _is_also_result(one: Measured, targets: Sequence[Target]) -> bool:
    """A rate of doing that is itself what was promised (问题办结率99%) is a result too."""
    return any(
        target.kind == "rate"
        and (
            similarity(target.measure, one.measure) >= 0.4 or (len(one.measure) >= 3 and one.measure in target.measure)
        )
        for target in targets
    )


def _result(index: int, one: Measured, tie: Tie, text: Traced, reading: Reading) -> Result:
    number = one.number
    span = text[number.start : number.end]
    sentence = text.text[_sentence(text.text, number.start) : number.start]
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
        return find_as_of(text[_sentence(text, position) : position], year)
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


def _rates(
    found: _Found, results: list[Result], targets: Sequence[Target], text: Traced, reading: Reading
) -> list[Rate]:
    """The rates of all groups, tied to the results before them: in order where there are several of both."""
    rates: list[Rate] = []
    answered = {result.target for result in results}
    left = [target for target in targets if target.id not in answered]
    for group, pending, words in found.groups:
        sentence = _sentence(text.text, group[0].number.start)
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
    found: _Found,
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
    return abs(result.value / target.value * 100 - rate.number.value) < _NEAR


def _subject_target(
    subject: str, words: str, found: _Found, results: list[Result], targets: Sequence[Target], sentence: int
) -> str:
    """The target that the sentence of a rate is about, unless a figure of the sentence answers it already.

    A rate that is set for all alike (全省统一进度) is of that figure all the same.
    """
    target = best_target(subject, targets)
    answered = {
        result.target for result, one in zip(results, found.results, strict=True) if one.number.start >= sentence
    }
    return target if target not in answered or re.search(r"统一|省定", words) else ""


def _sentence(text: str, position: int) -> int:
    """Where the sentence or the item of a number begins."""
    return max(text.rfind(mark, 0, position) + 1 for mark in "。;；\n")


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
