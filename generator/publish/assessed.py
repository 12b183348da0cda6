"""Registers, assessed, with their audits and sorted by theme: of one year, or of a whole content folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.assess import assess_register, sort_registers
from generator.assess.department_slugs import refuse_shared_slugs, unit_names
from generator.audits import apply_audit, load_audits, register_name
from generator.model import AssessedRegister, Audit, Register
from generator.publish.shared import Shared, load_shared
from generator.registers import find_registers, load_registers
from generator.steps import step


@step("assess")
def assess_content(content: Path) -> tuple[AssessedRegister, ...]:
    """All registers under a content folder, assessed and sorted by theme.

    A project in which nothing is stated yet has none. Raises ContentError when sidecars are there and no register.
    """
    if not has_registers(content):
        return ()
    registers, shared = load_registers(content), load_shared(content)
    assessed = assess_registers(registers, load_audits(content, registers), shared, content)
    refuse_shared_slugs(unit_names(assessed), shared.catalogue.slugs, content)
    return assessed


def has_registers(content: Path) -> bool:
    """Whether there are registers, or should be: documents are stated."""
    return bool(find_registers(content)) or any((content / "documents").glob("*.yml"))


def assess_registers(
    registers: Sequence[Register], audits: Mapping[str, Audit], shared: Shared, content: Path
) -> tuple[AssessedRegister, ...]:
    """These registers, which hold all of their place and year. Raises ContentError, about files of ``content``."""
    assessed = [
        apply_audit(
            assess_register(one, shared.places.find(one.place), shared.words, registers), audits.get(register_name(one))
        )
        for one in registers
    ]
    return sort_registers(assessed, shared.catalogue, content)
