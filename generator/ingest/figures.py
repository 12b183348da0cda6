"""What a table by areas reports → results and rates of a report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.ingest.rows import Figure, Reading, Row, is_blank
from generator.ingest.skipped import Skipped
from generator.model import Rate, Result, Target
from generator.quantities import Number
from generator.text import similarity


def figures_to_text(figures: Sequence[Figure]) -> tuple[str, int, int]:
    """(text, start, end) of the cells that report, each after its area, as a report quotes them."""
    told = [one for one in figures if one.kind in {"done", "rate"} and one.cell]
    if not told:
        return "", 0, 0
    text = ";".join(f"{one.area or '合计'}{one.heading}{one.cell.text}" for one in told)
    return text, min(one.cell.start for one in told), max(one.cell.end for one in told)


def figures_to_results(
    row: Row, targets: Sequence[Target], counts: tuple[int, int], reading: Reading
) -> tuple[tuple[Result, ...], tuple[Rate, ...], list[Skipped]]:
    """The figures of areas as results and rates, numbered on from ``counts`` (results, rates).

    The rate of an area is of that area's share, so that it is tied to the area's result and to no target.
    """
    target = _target(row, targets, reading)
    results: list[Result] = []
    rates: list[Rate] = []
    skipped: list[Skipped] = []
    for figure in row.figures:
        numbers = reading.grammar.quantities(figure.cell.text)
        if figure.kind == "row-number" or is_blank(figure.cell, reading) or len(numbers) != 1:
            reason = "row-number" if figure.kind == "row-number" else "note"
            skipped.append(Skipped(figure.cell.start, figure.cell.end, reason))
        elif figure.kind == "done":
            results.append(_result(f"v{counts[0] + len(results) + 1}", figure, numbers[0], target, row))
    for figure in row.figures:
        numbers = reading.grammar.quantities(figure.cell.text)
        if figure.kind == "rate" and len(numbers) == 1:
            of = next((one for one in results if one.area == figure.area), None)
            tied = target.id if target and not figure.area else ""
            rates.append(_rate(f"p{counts[1] + len(rates) + 1}", figure, numbers[0], tied, of.id if of else ""))
    return tuple(results), tuple(rates), skipped


def _target(row: Row, targets: Sequence[Target], reading: Reading) -> Target | None:
    """The target that a row is about: the one of its total, the only one, or the one that it is worded like."""
    totals = {number.value for number in reading.grammar.quantities(row.get("total").text)}
    of_total = [target for target in targets if target.value in totals]
    if len(of_total) == 1 or len(targets) == 1:
        return (of_total or list(targets))[0]
    scored = [(similarity(target.measure, row.get("text").text), target) for target in targets]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 0.6 else None


def _result(local_id: str, figure: Figure, number: Number, target: Target | None, row: Row) -> Result:
    span = figure.cell[number.start : number.end]
    return Result(
        id=local_id,
        measure=target.measure if target else row.get("text").text,
        comparator=number.comparator,
        value=number.value if number.value is not None else Decimal(0),
        unit=number.unit or (target.unit if target else ""),
        printed=figure.cell.text,
        start=span.start,
        end=span.end,
        target=target.id if target else "",
        area=figure.area,
    )


def _rate(local_id: str, figure: Figure, number: Number, target: str, result: str) -> Rate:
    span = figure.cell[number.start : number.end]
    return Rate(
        id=local_id,
        published=number.value if number.value is not None else Decimal(0),
        printed=figure.cell.text,
        start=span.start,
        end=span.end,
        target=target,
        result=result,
        basis=f"{figure.area}{figure.heading}",
    )
