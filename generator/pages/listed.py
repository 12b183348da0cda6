"""Lines of lists of commitments as they are kept: what they say in codes, numbers and texts, without the words."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.model import AssessedCommitment
from generator.pages.city_year import commitment_row
from generator.pages.outline import CityYear
from generator.pages.words import PROGRAMMES, STATUSES, word_of

Row = dict[str, Any]


class Listed(msgspec.Struct, frozen=True):
    """A commitment as one line of a list: what ``commitment_row`` says, of which ``listed_to_row`` makes the same."""

    id: str
    href: str
    position: int
    title: str
    context: str
    status: str
    programme: str
    leads: str
    due: str
    share: str
    findings: int
    targets: str


def list_commitment(item: AssessedCommitment, programme: str, year: CityYear) -> Listed:
    """The line of a commitment."""
    return msgspec.convert(commitment_row(item, programme, year), Listed)


def listed_to_row(listed: Listed) -> Row:
    """The line with its words, as templates take it."""
    return {
        **msgspec.structs.asdict(listed),
        "word": word_of(STATUSES, listed.status),
        "programme_zh": word_of(PROGRAMMES, listed.programme).zh,
    }
