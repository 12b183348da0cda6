"""The areas behind a target: how many reach their own share, and what is done when no surplus fills a gap elsewhere."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from generator.assess.compare import is_percentage, unit_relation
from generator.assess.numbers import share
from generator.assess.subject import Subject
from generator.model import Allocation, AreaTally, Commitment, Report, Result, Target


def area_results(report: Report, total: Result | None, target: str) -> tuple[Result, ...]:
    """The figures of single areas in a report that are of one target, and of one total where that is given.

    The one place that says how an area's figure is tied: to the target of its total, with the measure of the total.
    """
    return tuple(
        result
        for result in report.results
        if result.area
        and not result.forecast
        and result.target == target
        and (total is None or (result.id != total.id and result.measure == total.measure))
    )


def area_share(commitment: Commitment, result: Result) -> Allocation | None:
    """The share of a target that the area of a figure is asked for; None where it has none, or two."""
    target = next((target for target in commitment.targets if target.id == result.target), None)
    return single_shares(target.allocations).get(result.area) if target and result.area else None


def area_tally(subject: Subject, target: Target) -> AreaTally | None:
    """How the areas stand, by the newest report that gives their figures; None where fewer than two can be compared.

    An area with two numbers (5(4)) is left out, and so is one that is asked for nothing.
    """
    shares = single_shares(target.allocations)
    for report in subject.reports():
        results = [
            result for result in area_results(report, None, target.id) if result.comparator in {"eq", "ge", "gt"}
        ]
        given = Counter(result.area for result in results)
        found = {result.area: result for result in results if given[result.area] == 1}
        pairs = [
            (shares[area], result)
            for area, result in found.items()
            if area in shares and unit_relation(shares[area].unit, result.unit, subject.words) == "same"
        ]
        if len(pairs) >= 2:
            return _tally(target, pairs, silent=len(shares) - len(pairs))
    return None


def single_shares(allocations: tuple[Allocation, ...]) -> dict[str, Allocation]:
    """Area → its one share above zero."""
    counted = Counter(allocation.area for allocation in allocations)
    return {one.area: one for one in allocations if counted[one.area] == 1 and one.value > 0 and not one.part}


def _tally(target: Target, pairs: list[tuple[Allocation, Result]], *, silent: int) -> AreaTally | None:
    if target.comparator in {"le", "lt"}:
        return None
    asked = sum((allocation.value for allocation, _ in pairs), Decimal(0))
    done = sum((min(allocation.value, max(result.value, Decimal(0))) for allocation, result in pairs), Decimal(0))
    return AreaTally(
        areas=len(pairs),
        at_target=sum(result.value >= allocation.value for allocation, result in pairs),
        silent=silent,
        capped=None if is_percentage(target.unit) else share(done, asked),
    )
