"""``allocation``: the areas' shares against the total, and the components of a total against it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.assess.areas import parts_of
from generator.assess.compare import is_percentage, unit_relation
from generator.assess.numbers import amount, half_step, printed_digits
from generator.assess.outcome import Check, Message, Outcome, Quoted, make_finding
from generator.assess.rules import APPROXIMATE
from generator.assess.subject import Subject
from generator.model import Allocation, Finding, Report, Result, Target


def check_allocation(subject: Subject) -> Outcome:
    """Each split of a target by area or into components: clear when it adds up to what is promised."""
    outcome = Outcome("allocation")
    for target in subject.commitment.targets:
        if target.allocations:
            _check_areas(subject, target, outcome)
    _check_components(subject, outcome)
    for report in subject.commitment.reports:
        _check_reported(subject, report, outcome)
    return outcome


def _check_reported(subject: Subject, report: Report, outcome: Outcome) -> None:
    """The figures of areas in a report (其中…) against the one figure of the whole place that they belong to."""
    for total in report.results:
        if total.area or total.forecast:
            continue
        areas = parts_of(report, total)
        if len(areas) < 2:
            continue
        percent = is_percentage(total.unit)
        alike = all(unit_relation(total.unit, area.unit, subject.words) == "same" for area in areas)
        exact = all(one.comparator == "eq" for one in (total, *areas))
        summed = _total(areas)
        slack = sum((half_step(area.value, area.printed) for area in areas), half_step(total.value, total.printed))
        if percent or not alike or not exact or summed < total.value - slack:
            outcome.not_computable += 1  # figures of some areas only are less than the whole
        elif summed <= total.value + slack:
            outcome.clear += 1
        else:
            outcome.findings.append(_reported_finding(subject, report, total, areas))


def _reported_finding(subject: Subject, report: Report, total: Result, areas: Sequence[Result]) -> Finding:
    summed, whole = amount(_total(areas), total.unit), amount(total.value, total.unit)
    gap = amount(_total(areas) - total.value, total.unit)
    message = Message(
        found=summed,
        expected=whole,
        zh=f"进展中{len(areas)}个地方的数字相加为{summed}，比同一处的总数{whole}多{gap}",
        en=f"The figures of {len(areas)} areas in the report add up to {summed}, {gap} more than the total of {whole} "
        "printed with them",
        cause_zh="各地的数字有重叠，或口径与总数不同",
        cause_en="the areas overlap, or differ from the total in scope",
        severity="notice",
    )
    local_id = f"{report.id}.{total.id}-areas"
    return make_finding(
        subject, "allocation", local_id, message, Quoted(total.start, total.end), target_id=total.target
    )


def _check_areas(subject: Subject, target: Target, outcome: Outcome) -> None:
    if target.kind != "level" or any(
        unit_relation(target.unit, allocation.unit, subject.words) != "same" for allocation in target.allocations
    ):
        outcome.not_computable += 1
        return
    groups = _by_part(target.allocations)
    if len(groups) > 1:
        _check_parts(target, groups, outcome)
        return
    if _adds_up(target, target.allocations):
        outcome.clear += 1
    else:
        outcome.findings.append(_finding(subject, target, target.allocations, "areas"))


def _by_part(allocations: Sequence[Allocation]) -> dict[str, list[Allocation]]:
    groups: dict[str, list[Allocation]] = {}
    for allocation in allocations:
        groups.setdefault(allocation.part, []).append(allocation)
    return groups


def _check_parts(target: Target, groups: dict[str, list[Allocation]], outcome: Outcome) -> None:
    """Two numbers in a cell: clear when all of them, or those of one kind, give the total; else left open."""
    everything = [allocation for group in groups.values() for allocation in group]
    if any(_adds_up(target, group) for group in (everything, *groups.values())):
        outcome.clear += 1
    else:
        outcome.not_computable += 1


def _check_components(subject: Subject, outcome: Outcome) -> None:
    """Targets that name a component (``part``) against the one total of the commitment with the same unit."""
    parts = [target for target in subject.commitment.targets if target.part and target.kind == "level"]
    totals = [target for target in subject.commitment.targets if not target.part and target.kind == "level"]
    if len(parts) < 2:
        return
    matching = [t for t in totals if all(unit_relation(t.unit, p.unit, subject.words) == "same" for p in parts)]
    if len(matching) != 1:
        outcome.not_computable += 1
    elif _adds_up(matching[0], parts):
        outcome.clear += 1
    elif _total(parts) < matching[0].value:
        outcome.not_computable += 1  # "of which" names some components, not all
    else:
        outcome.findings.append(_finding(subject, matching[0], parts, "components"))


def _total(shares: Sequence[Allocation | Target | Result]) -> Decimal:
    return sum((share.value for share in shares), Decimal(0))


def _adds_up(target: Target, shares: Sequence[Allocation | Target]) -> bool:
    """Whether shares give the target as its comparator asks, within the digits to which they are printed."""
    total = _total(shares)
    slack = sum((_rounding(share) for share in shares), _rounding(target))
    if target.comparator == "approx":
        slack += APPROXIMATE.value * abs(target.value)
    enough = total >= target.value - slack
    not_too_much = total <= target.value + slack
    if target.comparator in {"ge", "gt"}:
        return enough
    return not_too_much if target.comparator in {"le", "lt"} else enough and not_too_much


def _rounding(number: Allocation | Target) -> Decimal:
    """What rounding may hide in a number with decimals (85.8万). A plan's whole number, 1万 too, is meant exactly."""
    return half_step(number.value, number.printed) if printed_digits(number.printed, number.value) else Decimal(0)


def _finding(subject: Subject, target: Target, shares: Sequence[Allocation | Target], of: str) -> Finding:
    total, areas = _total(shares), of == "areas"
    whole, summed = amount(target.value, target.unit), amount(total, target.unit)
    gap = amount(abs(total - target.value), target.unit)
    more_zh, more_en = ("多", "more") if total > target.value else ("少", "less")
    noun_zh, noun_en = ("各地分解数", "areas") if areas else ("分项", "components")
    message = Message(
        found=summed,
        expected=whole,
        zh=f"{len(shares)}个{noun_zh}相加为{summed}，比目标{whole}{more_zh}{gap}",
        en=f"The {len(shares)} {noun_en} add up to {summed}, {gap} {more_en} than the target of {whole}",
        cause_zh="有的数未列入分解，或留有余量" if areas else "分项有重叠",
        cause_en="a share is not listed, or a margin is planned" if areas else "the components overlap",
        severity="warning" if total < target.value else "notice",
    )
    return make_finding(
        subject,
        "allocation",
        f"{target.id}-{of}",
        message,
        Quoted(target.start, target.end),
        target_id=target.id,
    )


CHECK = Check(
    name="allocation",
    run=check_allocation,
    zh="区县分解相加",
    en="Areas add up to the total",
    rule_zh="各地分解数之和与目标相比（“以上”只要求不少于）；比率不相加；一格两数时，两数之和或其中一类之和相符即可。"
    "进展中各地的数字之和与同一处的总数相比，少于总数的可能只列了部分地方，不作判断。",
    rule_en="The areas' shares are added and compared with the target ('or more' asks for no less); "
    "rates are not added; where a cell holds two numbers, all of them or those of one kind may give the total. "
    "Figures of areas in a report are added and compared with the total printed with them; less may be a list of some "
    "areas only, and is not judged.",
)
