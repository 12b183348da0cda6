"""The areas behind a target: how many reach their own share, and what is done when no surplus fills a gap elsewhere."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from generator.assess.compare import is_percentage, unit_relation
from generator.assess.numbers import share
from generator.assess.subject import Subject
from generator.model import Allocation, AreaTally, Commitment, Report, Result, Target


def area_results(report: Report, target: str) -> tuple[Result, ...]:
    """The figures of single areas in a report that are of one target: their own, or that of their total."""
    return tuple(
        result
        for result in report.results
        if result.area and not result.forecast and tied_target(report, result) == target
    )


def tied_target(report: Report, result: Result) -> str:
    """The local id of the target that a figure answers; the figure of an area that is part of a total answers its."""
    if not result.part_of:
        return result.target
    return next((total.target for total in report.results if total.id == result.part_of), "")


def parts_of(report: Report, total: Result) -> tuple[Result, ...]:
    """The figures of areas that are printed as parts of one figure of the whole place.

    Where no figure names its total (tables by areas), those of the same target and measure are its parts.
    """
    areas = [result for result in report.results if result.area and not result.forecast]
    named = tuple(result for result in areas if result.part_of == total.id)
    return named or tuple(
        result
        for result in areas
        if total.target and not result.part_of and (result.target, result.measure) == (total.target, total.measure)
    )


def area_share(commitment: Commitment, report: Report, result: Result) -> Allocation | None:
    """The share of a target that the area of a figure is asked for; None where it has none, or two."""
    target = next((target for target in commitment.targets if target.id == tied_target(report, result)), None)
    return single_shares(target.allocations).get(result.area) if target and result.area else None


def area_tally(subject: Subject, target: Target) -> AreaTally | None:
    """How the areas stand, by the newest report that gives their figures; None where fewer than two can be compared.

    An area with two numbers (5(4)) is left out, and so is one that is asked for nothing.
    """
    shares = single_shares(target.allocations)
    for report in subject.reports():
        results = [result for result in area_results(report, target.id) if result.comparator in {"eq", "ge", "gt"}]
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
