"""The checks: each a function of a commitment, or of a register, to what it found. The list is this tuple."""

from __future__ import annotations

from generator.assess.checks import (
    allocation,
    annex,
    claim,
    count,
    duplicate,
    garbled,
    magnitude,
    milestone,
    orphan,
    rate,
    silence,
    step,
    unit,
    wording,
)
from generator.assess.outcome import Check

CHECKS: tuple[Check, ...] = (
    rate.CHECK,
    allocation.CHECK,
    milestone.CHECK,
    silence.CHECK,
    orphan.CHECK,
    claim.CHECK,
    step.CHECK,
    magnitude.CHECK,
    unit.CHECK,
    wording.CHECK,
    garbled.CHECK,
    annex.CHECK,
    duplicate.CHECK,
    count.CHECK,
)
