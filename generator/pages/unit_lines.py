"""Which units the commitments of a year name, and as what: what is kept of a year for the pages of units."""

from __future__ import annotations

from collections import Counter

import msgspec

from generator.model import AssessedCommitment, Finding, Responsibility
from generator.pages.counts import Counts, count_commitments
from generator.pages.listed import Listed, list_commitment
from generator.pages.outline import CityYear
from generator.pages.published import PublishedYear
from generator.pages.summaries import Summary
from generator.pages.words import STATE_TONES
from generator.tables import leading_names, unit_name


class UnitLine(msgspec.Struct, frozen=True):
    """A line of a document that names a unit, as printed; ``scope`` is the part of the wording that it is about."""

    unit: str
    official: str
    leader: str
    scope: str


class UnitPart(msgspec.Struct, frozen=True):
    """The part of a unit in one commitment, by one role. ``name`` is its normal name."""

    name: str
    kind: str
    role: str
    lines: tuple[UnitLine, ...]


class Answered(msgspec.Struct, frozen=True):
    """A commitment that names units. ``leading`` counts those that lead.

    ``outcomes``: what a target came to → targets, those under ``under_way`` could not be computed.
    """

    id: str
    line: Listed
    counts: Counts
    outcomes: dict[str, int]
    findings: tuple[Finding, ...]
    leading: int
    parts: tuple[UnitPart, ...]


class YearDuties(msgspec.Struct, frozen=True):
    """The commitments of a year that name units, of how many; and the roles in which it names any, sorted."""

    commitments: int
    roles: tuple[str, ...]
    answered: tuple[Answered, ...]


def year_to_duties(year: CityYear) -> YearDuties:
    """What a year says of units."""
    entries = (entry for item in year.commitments for entry in item.commitment.responsibilities)
    return YearDuties(
        commitments=len(year.commitments),
        roles=tuple(sorted({entry.role for entry in entries})),
        answered=tuple(
            _answered(item, register.register.programme, year)
            for register in year.registers
            for item in register.commitments
            if item.commitment.responsibilities
        ),
    )


def _published_to_duties(published: PublishedYear) -> YearDuties:
    return year_to_duties(published.year)


DUTIES = Summary("duties", YearDuties, _published_to_duties)
"""The duties of units in each year."""


def _answered(item: AssessedCommitment, programme: str, year: CityYear) -> Answered:
    return Answered(
        id=item.commitment.id,
        line=list_commitment(item, programme, year),
        counts=count_commitments([item]),
        outcomes=dict(Counter(STATE_TONES[target.schedule_state] for target in item.targets)),
        findings=item.findings,
        leading=len(leading_names(item.commitment)),
        parts=_unit_parts(item),
    )


def _unit_parts(item: AssessedCommitment) -> tuple[UnitPart, ...]:
    """A unit that leads a commitment is not counted among its supporters, too."""
    found: dict[tuple[str, str], list[Responsibility]] = {}
    for entry in item.commitment.responsibilities:
        found.setdefault((unit_name(entry), entry.role), []).append(entry)
    return tuple(
        UnitPart(name, entries[0].kind, role, tuple(map(_entry_to_line, entries)))
        for (name, role), entries in found.items()
        if role == "lead" or (name, "lead") not in found
    )


def _entry_to_line(entry: Responsibility) -> UnitLine:
    return UnitLine(unit=entry.unit, official=entry.official, leader=entry.leader, scope=entry.scope)
