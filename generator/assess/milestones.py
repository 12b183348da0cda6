"""The city's own milestones as shares of a target: what is asked for, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from generator.assess.compare import unit_relation
from generator.assess.words import ReportedWords
from generator.model import Commitment, Milestone, Target


@dataclass(frozen=True)
class Step:
    """A share of the target that is due at a date."""

    due: date
    share: Decimal
    milestone: Milestone


def target_milestones(commitment: Commitment, target: Target) -> tuple[Milestone, ...]:
    """The dated milestones with a number that belong to a target, in the order of their dates.

    A milestone that names no target belongs to it only when the commitment has no other.
    """
    alone = len(commitment.targets) == 1
    mine = [
        milestone
        for milestone in commitment.milestones
        if milestone.due
        and milestone.value is not None
        and milestone.basis != "none"
        and (milestone.target == target.id or (not milestone.target and alone))
    ]
    return tuple(sorted(mine, key=lambda milestone: milestone.due or date.min))


def official_steps(commitment: Commitment, target: Target, words: ReportedWords) -> tuple[Step, ...]:
    """The milestones of a target as cumulative shares of it. Amounts that add up to the target are instalments."""
    if target.value <= 0:
        return ()
    milestones = [m for m in target_milestones(commitment, target) if _same_scope(m, target, words)]
    if are_instalments(target, milestones):
        return _instalment_steps(target, milestones)
    return tuple(Step(m.due, _share(m, target), m) for m in milestones if m.due)


def are_instalments(target: Target, milestones: list[Milestone]) -> bool:
    """Whether the amounts are each period's own: they add up to the target."""
    amounts = [m.value for m in milestones if m.basis == "amount" and m.value is not None]
    if len(amounts) < 2 or len(amounts) != len(milestones):
        return False
    return sum(amounts) == target.value


def agree(steps: tuple[Step, ...]) -> bool:
    """Whether no step asks for less than one before it."""
    return all(later.share >= earlier.share for earlier, later in pairwise(steps))


def expected_share(steps: tuple[Step, ...], at: date) -> Decimal | None:
    """What the last step that has passed by a date asks for; None when none has passed."""
    passed = [step.share for step in steps if step.due <= at]
    return passed[-1] if passed else None


def linear_share(start: date, end: date, at: date) -> Decimal | None:
    """The share of the days of a period that have passed: a straight line, ours, which decides nothing."""
    days = (end - start).days + 1
    passed = (min(at, end) - start).days + 1
    return (Decimal(passed) / days).quantize(Decimal("0.0001")) if passed > 0 else None


def _same_scope(milestone: Milestone, target: Target, words: ReportedWords) -> bool:
    if milestone.basis == "share":
        return True
    return unit_relation(milestone.unit, target.unit, words) == "same"


def _share(milestone: Milestone, target: Target) -> Decimal:
    value = milestone.value or Decimal(0)
    return value / 100 if milestone.basis == "share" else value / target.value


def _instalment_steps(target: Target, milestones: list[Milestone]) -> tuple[Step, ...]:
    steps, total = [], Decimal(0)
    for milestone in milestones:
        total += milestone.value or Decimal(0)
        if milestone.due:
            steps.append(Step(milestone.due, total / target.value, milestone))
    return tuple(steps)
