"""What was checked and what came of it, added up over registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.model import AssessedRegister, AssessedTarget, CheckTally
from generator.pages.words import CHECKS, STATE_TONES, word_of


def registers_to_tallies(registers: Iterable[AssessedRegister]) -> list[dict[str, Any]]:
    """The tallies of these registers, as ``add_tallies`` says."""
    return add_tallies(tally for register in registers for tally in register.tallies)


def sum_tallies(tallies: Iterable[CheckTally]) -> tuple[CheckTally, ...]:
    """One tally a check, with the sums."""
    return tuple(
        CheckTally(check=check, looked_at=row[0], clear=row[1], found=row[2], not_computable=row[3])
        for check, row in _sum_up(tallies).items()
    )


def _sum_up(tallies: Iterable[CheckTally]) -> dict[str, list[int]]:
    sums: dict[str, list[int]] = {}
    for tally in tallies:
        row = sums.setdefault(tally.check, [0, 0, 0, 0])
        for index, value in enumerate(_numbers(tally)):
            row[index] += value
    return sums


def add_tallies(tallies: Iterable[CheckTally]) -> list[dict[str, Any]]:
    """One row a check, in the order of the list of checks; a check that looked at nothing is left out."""
    sums = _sum_up(tallies)
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


_OTHERS = (
    ("on_schedule", "按进度"),
    ("short", "落后或未达"),
    ("open", "有数字，未作判定"),
    ("none", "没有可比的数字"),
)


def target_tally(targets: Iterable[AssessedTarget]) -> dict[str, int]:
    """How many targets were met, are on schedule, fall short, have a number that decides nothing, have none."""
    tally = dict.fromkeys(("met", "on_schedule", "short", "open", "none"), 0)
    for target in targets:
        tone = STATE_TONES[target.schedule_state]
        if tone != "under_way":
            tally[tone if tone in tally else "short"] += 1
        else:
            tally["none" if target.attained is None and target.points is None else "open"] += 1
    return tally


def targets_in_words(tally: Mapping[str, int]) -> dict[str, str]:
    """The targets that were met, and what became of the others, so that none is taken for a failure in silence.

    ``tally`` is that of ``target_tally``, in which every target is counted once.
    """
    total = sum(tally.values())
    if not total:
        return {"reached": "—", "reached_note": "文件没有写出数字目标"}
    if tally["none"] == total:
        return {"reached": "—", "reached_note": f"{total} 个目标都还没有可比的数字"}
    said = [f"占 {total} 个目标", *others_in_words(tally)]
    return {"reached": str(tally["met"]), "reached_note": "；".join(said)}


def others_in_words(tally: Mapping[str, int]) -> list[str]:
    """What became of the targets that were not met, kind by kind."""
    return [f"{tally[code]} 个{word}" for code, word in _OTHERS if tally[code]]
