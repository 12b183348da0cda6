"""The figures of a report told apart: results, completion rates with the results before them, plans that are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.ingest.measured import Measured
from generator.ingest.rows import Reading
from generator.ingest.skipped import Skipped
from generator.lookups import Lookups
from generator.model import Target
from generator.text import Traced, similarity


@dataclass
class Found:
    """What was told apart so far: numbers that are results, and groups of rates with the results before them.

    ``both`` maps the place of a rate that is itself a result to the index of that result. ``plans`` are quoted
    plans and yardsticks: no results, but a rate may be one of them.
    """

    results: list[Measured] = field(default_factory=list)
    groups: list[tuple[list[Measured], list[int], str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    both: dict[int, int] = field(default_factory=dict)
    plans: list[Measured] = field(default_factory=list)


def _rate_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(lookups.words('rate_words'))})[^%％。;；]{{0,12}}$")


def _plan_pattern(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(lookups.words('quoted_plan'))})[^,，。;；]{{0,6}}$|(?<![按度全总])(?<!全年)计划(?=完成|实施|新|建|启动|举办|推出|开展|引进|于|在|今年|年底|下半年|总投资|投资|到)[^,，。;；]{{0,24}}$"
    )


#: A clause of more characters has lost its commas: what stands farther away says nothing of its figures.
_CLAUSE = 200


def tell_apart(text: Traced, measured: list[Measured], targets: Sequence[Target], reading: Reading) -> Found:
    """The numbers of a report told apart. What of them is neither, the caller skips with its reason."""
    found = Found()
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
    return part.value <= whole.value and abs(part.value / whole.value * 100 - one.number.value) < NEAR


#: Two counts and their quotient: printed to one digit and perhaps cut off, it differs by less than this many points.
NEAR = Decimal("0.11")


def _is_also_result(one: Measured, targets: Sequence[Target]) -> bool:
    """A rate of doing that is itself what was promised (问题办结率99%) is a result too."""
    return any(
        target.kind == "rate"
        and (
            similarity(target.measure, one.measure) >= 0.4 or (len(one.measure) >= 3 and one.measure in target.measure)
        )
        for target in targets
    )


def sentence_start(text: str, position: int) -> int:
    """Where the sentence or the item of a number begins."""
    return max(text.rfind(mark, 0, position) + 1 for mark in "。;；\n")
