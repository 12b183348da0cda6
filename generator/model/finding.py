"""What a check found, and how many things it looked at."""

from __future__ import annotations

from generator.model.codes import Severity
from generator.model.record import Record


class Finding(Record):
    """What a check found, with its operands. Start and end are those of the text that it quotes.

    ``commitment_id`` is empty where it is about a register as a whole.
    """

    id: str
    check: str
    severity: Severity
    commitment_id: str
    found: str
    expected: str
    message_zh: str
    message_en: str
    target_id: str = ""
    start: int | None = None
    end: int | None = None


class CheckTally(Record):
    """How many things one check looked at, found right, found doubtful, and could not judge."""

    check: str
    looked_at: int
    clear: int
    found: int
    not_computable: int
