"""What a table by areas reports → results and rates of a report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.ingest.rows import Figure, Reading, Row, is_blank
from generator.ingest.skipped import Skipped
from generator.model import Rate, Result, Target
from generator.quantities import Number
from generator.text import similarity

#: A figure is of a target whose measure is worded this much like the project of the table.
_ALIKE = 0.6


def figures_to_text(figures: Sequence[Figure]) -> tuple[str, int, int]:
    """(text, start, end) of the cells that report, each after its area, as a report quotes them."""
    told = [one for one in figures if one.kind in {"done", "rate"} and one.cell]
    if not told:
        return "", 0, 0
    several = len({one.subject for one in told}) > 1
    whole = "合计" if any(one.area for one in told) else ""
    text = ";".join(f"{one.subject if several else ''}{one.area or whole}{one.heading}{one.cell.text}" for one in told)
    return text, min(one.cell.start for one in told), max(one.cell.end for one in told)


def figures_to_results(
    row: Row, targets: Sequence[Target], told: tuple[Sequence[Result], Sequence[Rate]], reading: Reading
) -> tuple[tuple[Result, ...], tuple[Rate, ...], list[Skipped]]:
    """The figures of areas as results and rates, numbered on from those that the text of the report has told.

    The rate of an area is of that area's share, so that it is tied to the area's result and to no target. A figure of
    the whole place that the text gives too is no result again.
    """
    results: list[Result] = []
    rates: list[Rate] = []
    skipped: list[Skipped] = []
    of_figure: dict[tuple[str, str, str], str] = {}
    for figure in row.figures:
        number = _only_number(figure, reading)
        stage = _stage(figure, reading)
        target = _target(figure.subject, row, targets, reading)
        target = None if target and stage not in target.measure else target
        if number is None or figure.kind != "done":
            continue
        if _is_told(figure, number, target, told[0]):
            skipped.append(Skipped(figure.cell.start, figure.cell.end, "repeated"))
            continue
        results.append(_result(f"v{len(told[0]) + len(results) + 1}", figure, number, target))
        of_figure[figure.subject, figure.area, stage] = results[-1].id
    for figure in row.figures:
        number = _only_number(figure, reading)
        target = _target(figure.subject, row, targets, reading)
        stage = _stage(figure, reading)
        of = of_figure.get((figure.subject, figure.area, stage), "")
        if figure.kind == "rate" and not figure.area and not of:
            rates += _rates_of_text(figure, targets, told, len(rates), reading)
        elif number is None:
            reason = "row-number" if figure.kind == "row-number" else "note"
            skipped.append(Skipped(figure.cell.start, figure.cell.end, reason))
        elif figure.kind == "rate":
            tied = target.id if target and not figure.area and stage in target.measure else ""
            rates.append(_rate(f"p{len(told[1]) + len(rates) + 1}", figure, number, tied, of))
    return tuple(results), tuple(rates), skipped


def _rates_of_text(
    figure: Figure,
    targets: Sequence[Target],
    told: tuple[Sequence[Result], Sequence[Rate]],
    count: int,
    reading: Reading,
) -> list[Rate]:
    """The rates of a column (103.8%;104%) beside a text: one each for what the text says of the targets, in order.

    Where there are fewer or more they are of nothing that is known.
    """
    numbers = [number for number in reading.grammar.quantities(figure.cell.text) if number.unit == "%"]
    answers = [
        next((one.id for one in told[0] if one.target == target.id and one.relation == "same" and not one.area), "")
        for target in targets
    ]
    pairs = [("", "")] * len(numbers)
    if len(numbers) == len(targets):
        pairs = [(target.id, answer) for target, answer in zip(targets, answers, strict=True)]
    return [
        _rate(f"p{len(told[1]) + count + index}", figure, number, target, answer)
        for index, (number, (target, answer)) in enumerate(zip(numbers, pairs, strict=True), 1)
    ]


def _stage(figure: Figure, reading: Reading) -> str:
    """The stage of a work that a column says its figures are of (已开工, 开工率); empty for what was done."""
    return next((word for word in reading.lookups.words("stage_words") if word in figure.heading), "")


def _only_number(figure: Figure, reading: Reading) -> Number | None:
    """The quantity of a cell that holds one; None for signs, notes and the numbers of rows."""
    numbers = reading.grammar.quantities(figure.cell.text)
    counts = figure.kind != "row-number" and not is_blank(figure.cell, reading) and len(numbers) == 1
    return numbers[0] if counts else None


def _is_told(figure: Figure, number: Number, target: Target | None, told: Sequence[Result]) -> bool:
    """Whether the text of the report gives a figure of the whole place already."""
    return (
        not figure.area
        and target is not None
        and any(one.value == number.value and one.target == target.id and not one.area for one in told)
    )


def _target(subject: str, row: Row, targets: Sequence[Target], reading: Reading) -> Target | None:
    """The target that a figure is of: the one of the row's total, the only one, or the one that it is worded like."""
    totals = {number.value for number in reading.grammar.quantities(row.get("total").text)}
    of_total = [target for target in targets if target.value in totals]
    if len(of_total) == 1 or len(targets) == 1:
        return (of_total or list(targets))[0]
    scored = [(similarity(target.measure, subject), target) for target in targets]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _result(local_id: str, figure: Figure, number: Number, target: Target | None) -> Result:
    span = figure.cell[number.start : number.end]
    return Result(
        id=local_id,
        measure=target.measure if target else figure.subject + figure.heading,
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
