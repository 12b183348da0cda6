"""What was checked and what came of it, added up over registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.model import AssessedRegister, CheckTally
from generator.pages.words import CHECKS, word_of


def registers_to_tallies(registers: Iterable[AssessedRegister]) -> list[dict[str, Any]]:
    """One row a check, in the order of the list of checks; a check that looked at nothing is left out."""
    sums: dict[str, list[int]] = {}
    for register in registers:
        for tally in register.tallies:
            row = sums.setdefault(tally.check, [0, 0, 0, 0])
            for index, value in enumerate(_numbers(tally)):
                row[index] += value
    order = {code: index for index, code in enumerate(CHECKS)}
    return [
        {
            "check": word_of(CHECKS, code),
            "code": code,
            "looked_at": row[0],
            "right": row[1],
            "found": row[2],
            "not_computable": row[3],
        }
        for code, row in sorted(sums.items(), key=lambda entry: (order.get(entry[0], 99), entry[0]))
        if row[0]
    ]


def _numbers(tally: CheckTally) -> tuple[int, int, int, int]:
    return tally.looked_at, tally.clear, tally.found, tally.not_computable


def total_of_tallies(tallies: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """All checks together: what was looked at, right, found and not computable."""
    rows = list(tallies)
    return {name: sum(row[name] for row in rows) for name in ("looked_at", "right", "found", "not_computable")}
