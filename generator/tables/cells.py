"""What the cells of published tables hold: ids, numbers, names, and how a value is written in CSV and JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.assess.numbers import plain
from generator.lookups import Places
from generator.model import AssessedCommitment, AssessedRegister, Commitment, Responsibility

Row = dict[str, object]
Tables = dict[str, list[Row]]


def published_id(one: AssessedCommitment, *local: str) -> str:
    """The published id of a record inside a commitment; ``""`` where the local id is empty."""
    return ".".join((one.commitment.id, *local)) if all(local) else ""


def published_number(value: Decimal | None) -> Decimal | None:
    """The same number without exponent and trailing zeros."""
    return None if value is None else Decimal(plain(value))


def place_and_year(assessed: AssessedRegister) -> Row:
    """The columns of place, year and programme that several tables share."""
    return {
        "place_code": assessed.place.code,
        "place": assessed.place.zh,
        "year": assessed.register.year,
        "programme": assessed.register.programme,
    }


def area_code(area: str, place: str, places: Places) -> str:
    """The code of an area by the name that a document of a place prints; ``""`` where it has none or is unknown.

    Only areas of that place are looked at: 市本级 is the place's own level and no area, and names recur elsewhere.
    """
    for candidate in places.areas_of(place):
        if area == candidate.zh or area in candidate.short:
            return candidate.code
    return ""


def unit_name(unit: Responsibility) -> str:
    """The one normal name of a unit, to group by; as printed in a register that states none."""
    return unit.department or unit.unit


def leading_names(commitment: Commitment) -> tuple[str, ...]:
    """The normal names of the units that lead a commitment, each once."""
    return tuple(dict.fromkeys(unit_name(unit) for unit in commitment.responsibilities if unit.role == "lead"))


def render_cell(value: object) -> str:
    """A value as its CSV cell: ISO dates, plain decimals, ``true``/``false``, empty for no value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
