"""The registers that this repository was made with, for the tests of facts about them.

Whoever adopts the project publishes other registers, and `make check` must pass there, too: a test of the machinery
runs on fixtures or on whatever the repository holds; only a test of facts about one of these is marked ``own``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from generator.registers import find_registers

OWN_REGISTERS = (
    "gongshu-2019-feedback",
    "hangzhou-2024-livelihood",
    "huzhou-2023-key-work",
    "huzhou-2023-livelihood",
    "jiande-2021-feedback",
    "shaoxing-2021-key-work",
)

CONTENT = Path(__file__).resolve().parent.parent / "content"
HELD = frozenset("-".join((*path.parts[-3:-1], path.stem)) for path in find_registers(CONTENT))


def missing(names: tuple[str, ...]) -> str:
    """Why tests of facts about these registers are left out here; empty where all of them are held."""
    lost = [name for name in names if name not in HELD]
    return f"this repository does not hold the register {', '.join(lost)}" if lost else ""


def leave_out(what: str) -> NoReturn:
    """End a test of something that this repository's registers have no example of.

    Where our own registers are held they have one, and its absence is a failure.
    """
    (pytest.skip if missing(OWN_REGISTERS) else pytest.fail)(f"the registers of this repository have no {what}")
