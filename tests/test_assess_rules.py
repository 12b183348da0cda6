"""The version of the rules: thresholds and words cannot change without it."""

from __future__ import annotations

import hashlib

import msgspec

from generator.assess import RULES_VERSION, describe_rules
from tests.assess_examples import WORDS

FINGERPRINTS = {"2.1.0": "d4ab4f6b6318b44a", "2.0.0": "8dd8f0e20b839267"}
"""Of the thresholds and the words of each version, from 2.0.0 on."""


def fingerprint() -> str:
    thresholds = [(threshold.code, str(threshold.value), threshold.unit) for threshold in describe_rules().thresholds]
    own = msgspec.structs.replace(WORDS.garbled, units=(), measures=(), signs=(), action_verbs=())
    return hashlib.sha256(
        msgspec.json.encode([thresholds, msgspec.structs.replace(WORDS, garbled=own)], order="sorted")
    ).hexdigest()[:16]


def test_thresholds_and_words_change_with_the_version_of_the_rules() -> None:
    assert FINGERPRINTS.get(RULES_VERSION) == fingerprint(), (
        "the rules changed: put a RuleChange before the others in generator/assess/rule_changes.py, and here its "
        f"version with {fingerprint()!r}"
    )
