"""Targets with their bars, and their split by district."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.model import Allocation, AssessedTarget, Commitment, Report, Result, Target
from generator.pages.texts import (
    render_date,
    render_measure,
    render_number,
    render_quantity,
    render_share,
    render_target,
)
from generator.pages.words import REASONS, SCHEDULE_STATES, STATE_TONES, word_of

Row = dict[str, Any]


def target_to_row(assessed: AssessedTarget, commitment: Commitment) -> Row:
    """A target as it is shown: wanted, reached, share, state with its reason, bar."""
    target = assessed.target
    return {
        "id": target.id,
        "measure": render_measure(target),
        "wanted": render_target(target.comparator, target.value, target.unit),
        "printed": target.printed,
        "reached": _reached(assessed, commitment),
        "compared": _compared(assessed),
        "word": word_of(SCHEDULE_STATES, assessed.schedule_state),
        "tone": STATE_TONES.get(assessed.schedule_state, "plain"),
        "reason": word_of(REASONS, assessed.reason).zh if assessed.reason else "",
        "expected": _expected(assessed),
        "areas": _areas(assessed),
        "linear": render_share(assessed.linear) if assessed.linear is not None else "",
        "bar": attainment_bar(assessed.attained, assessed.expected),
        "as_of": render_date(assessed.as_of),
    }


def _compared(assessed: AssessedTarget) -> str:
    """The result beside the target: a share of an amount, points for a percentage; empty where neither has meaning."""
    if assessed.attained is not None:
        return f"为目标的 {render_share(assessed.attained)}"
    if assessed.points is None:
        return ""
    if not assessed.points:
        return "与目标相同"
    return f"比目标{'高' if assessed.points > 0 else '低'} {render_number(abs(assessed.points))} 个百分点"


def _expected(assessed: AssessedTarget) -> str:
    """What the last official milestone asks for: a share with its amount beside it, a percentage as it is."""
    if assessed.expected_value is None:
        return ""
    value = render_quantity(assessed.expected_value, assessed.target.unit)
    return value if assessed.expected is None else f"目标的 {render_share(assessed.expected)}（合 {value}）"


def _areas(assessed: AssessedTarget) -> str:
    """How the areas stand behind the figure of the whole place."""
    tally = assessed.areas
    if tally is None:
        return ""
    text = f"{tally.areas} 个区县有自己的目标和数字，{tally.at_target} 个达到"
    if tally.capped is not None:
        text += f"；各地超出部分不抵其他地方的缺口，合计完成 {render_share(tally.capped)}"
    return text + (f"；另有 {tally.silent} 个没有数字" if tally.silent else "")


def _reached(assessed: AssessedTarget, commitment: Commitment) -> str:
    """The result that the target was measured by, as people write it; empty where there is none."""
    found = find_result(commitment, assessed)
    if found is None:
        return ""
    _, result = found
    return render_quantity(result.value, result.unit)


def find_result(commitment: Commitment, assessed: AssessedTarget) -> tuple[Report, Result] | None:
    """The result that a target was measured by, with its report; None where there is none."""
    for report in commitment.reports:
        for result in report.results:
            if (report.id, result.id) == (assessed.report, assessed.result):
                return report, result
    return None


def attainment_bar(attained: Decimal | None, expected: Decimal | None) -> Row | None:
    """Where fill, goal and milestone stand on a track, in percent of its width. Over 100 % the goal moves left.

    The bar has no name of its own: the words beside it say the same.
    """
    if attained is None:
        return None
    full = max(Decimal(1), attained, expected or Decimal(0))
    return {
        "fill": _width(max(attained, Decimal(0)) / full),
        "goal": _width(1 / full),
        "due": _width(expected / full) if expected is not None else "",
    }


def _width(share: Decimal) -> str:
    return render_number((share * 100).quantize(Decimal("0.1")))


def district_table(commitment: Commitment) -> Row | None:
    """Areas down, targets across. A sum stands below where all cells of a column are amounts of one unit."""
    columns: list[tuple[str, str]] = []
    cells: dict[str, dict[tuple[str, str], Allocation]] = {}
    for target in commitment.targets:
        for share in target.allocations:
            column = (target.id, share.part)
            if column not in columns:
                columns.append(column)
            cells.setdefault(share.area, {})[column] = share
    if not columns:
        return None
    measures = {target.id: target for target in commitment.targets}
    return {
        "columns": [_district_head(measures[target_id], part) for target_id, part in columns],
        "rows": [
            {"area": area, "cells": [_district_cell(row.get(column)) for column in columns]}
            for area, row in cells.items()
        ],
        "sums": [_district_sum([row.get(column) for row in cells.values()]) for column in columns],
        "targets": [
            render_target(measures[target_id].comparator, measures[target_id].value, measures[target_id].unit)
            if not part
            else "—"
            for target_id, part in columns
        ],
    }


def _district_head(target: Target, part: str) -> str:
    return target.measure + (f"（{part}）" if part else "")


def _district_cell(share: Allocation | None) -> str:
    return render_quantity(share.value, share.unit) if share else "—"


def _district_sum(shares: list[Allocation | None]) -> str:
    found = [share for share in shares if share]
    units = {share.unit for share in found}
    if len(units) != 1 or "%" in units:
        return "—"
    return render_quantity(sum((share.value for share in found), Decimal(0)), units.pop())
