"""No test of facts about our registers is left out in silence where they are held."""

from __future__ import annotations

import pytest

from generator.publication import load_publication
from tests import own
from tests.own import CONTENT, HELD, OWN_REGISTERS, leave_out, missing


def test_our_registers_are_all_here_or_the_repository_is_not_ours() -> None:
    """A register that was renamed or lost would leave its tests out: here it fails."""
    held = HELD & set(OWN_REGISTERS)
    ours = load_publication(CONTENT).publisher.name.en == "Duixian contributors"
    assert not held or held == set(OWN_REGISTERS) or not ours, (
        f"content/registers lacks {sorted(set(OWN_REGISTERS) - held)}; whoever publishes other registers under a "
        "name of their own (content/publication.yml) may take them away"
    )


def test_a_register_that_is_not_held_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "HELD", frozenset(OWN_REGISTERS[1:]))
    assert missing(OWN_REGISTERS[1:3]) == ""
    assert missing(OWN_REGISTERS[:2]) == f"this repository does not hold the register {OWN_REGISTERS[0]}"


def test_what_no_register_has_is_left_out_only_where_ours_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "HELD", frozenset())
    with pytest.raises(pytest.skip.Exception, match="have no finding"):
        leave_out("finding")
    monkeypatch.setattr(own, "HELD", frozenset(OWN_REGISTERS))
    with pytest.raises(pytest.fail.Exception, match="have no finding"):
        leave_out("finding")
