"""The version of the rules: thresholds and words cannot change without it."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import generator.assess as assess_package
from generator import model
from generator.assess import CHECKS, RULES_VERSION, describe_rules
from tests.assess_examples import WORDS

FINGERPRINTS = {"2.2.0": "bf6f83033793ef63", "2.1.0": "d4ab4f6b6318b44a", "2.0.0": "8dd8f0e20b839267"}
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


#: The reasons that published columns may hold, in the order of the method page. One that was published stays.
REASONS = [
    "no_target",
    "no_report",
    "not_mentioned",
    "no_result",
    "shown_only",
    "rate_only",
    "forecast_only",
    "area_only",
    "several_results",
    "unit_differs",
    "unit_missing",
    "direction_differs",
    "limit_unclear",
    "result_not_exact",
    "magnitude_doubtful",
    "rate_disagrees",
    "rate_other_base",
    "tie_doubtful",
    "stage_of_work",
    "part_of_measure",
    "earlier_year",
    "later_year",
    "date_doubtful",
    "documents_disagree",
    "partial_period",
    "written_earlier",
    "announced_for_later",
    "striven_for",
    "no_official_milestone",
    "no_milestone_passed",
    "milestones_disagree",
    "numbers_only",
    "partly_computable",
    "no_single_reason",
    "ceiling",
    "target_is_percentage",
    "result_is_the_rate",
    "two_counts",
    "several_rates",
    "rate_not_exact",
    "base_not_printed",
    "physical_progress",
    "share",
    "base_unnamed",
    "operand_precision",
    "zero_base",
]


def test_every_code_that_is_published_has_its_words_in_both_languages() -> None:
    rules = describe_rules()
    codes = {
        model.DueState: rules.due_states,
        model.ReportedState: rules.reported_states,
        model.ScheduleState: rules.schedule_states,
        model.Status: rules.statuses,
        model.EvidenceGrade: rules.grades,
        model.Verdict: rules.verdicts,
        model.Severity: rules.severities,
        model.Change: rules.changes_of_wording,
    }
    assert {kind: get_args(kind) for kind in codes} == {
        kind: tuple(term.code for term in terms) for kind, terms in codes.items()
    }
    assert [term.code for term in rules.reasons] == REASONS
    for term in (*rules.reasons, *rules.garbles, *(term for terms in codes.values() for term in terms)):
        assert re.search(r"[\u4e00-\u9fff]", term.zh) and re.search(r"[A-Za-z]{2}", term.en), term.code


def test_every_reason_that_has_words_is_given_by_some_rule() -> None:
    folder = Path(assess_package.__path__[0])
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "terms.py"]
    given = {node.value for one in sources for node in ast.walk(ast.parse(one)) if isinstance(node, ast.Constant)}
    assert [reason for reason in REASONS if reason not in given] == []


def test_every_version_of_the_rules_is_told_the_newest_first() -> None:
    assert [change.version for change in describe_rules().changes] == [*FINGERPRINTS, "1.0.0"]
    assert describe_rules().version == RULES_VERSION == next(iter(FINGERPRINTS))


def test_every_check_is_described_in_its_own_words_and_order() -> None:
    told = [(rule.name, rule.zh, rule.en, rule.rule_zh, rule.rule_en) for rule in describe_rules().checks]
    assert told == [(check.name, check.zh, check.en, check.rule_zh, check.rule_en) for check in CHECKS]


#: Numbers that decide nothing that a reader could dispute: none, one, two of something, a whole of 100 %.
PLAIN = {0, 1, 2, 100}
#: Named numbers that shorten a quotation or keep arithmetic exact; none of them decides anything.
KEPT = {"_AROUND", "_DIGITS", "_HUNDRED", "_IMPLIED_DIGITS", "_QUOTE_LENGTH", "_SHARE", "_WAN", "_WIDE"}


def numbers_that_decide(source: str) -> list[str]:
    """The comparisons with a number in a module, and its named numbers, that are not known to be harmless."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [side.value for side in (node.left, *node.comparators) if isinstance(side, ast.Constant)]
            found += [
                ast.unparse(node)
                for side in sides
                if isinstance(side, int | float) and not isinstance(side, bool) and side not in PLAIN
            ]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            called = value.args[0] if isinstance(value, ast.Call) and value.args else value
            said = str(called.value) if isinstance(called, ast.Constant) else ""
            number = re.fullmatch(r"-?\d[\d_]*(?:\.\d+)?", said) is not None and float(said) not in PLAIN
            found += [name] if number and name.isupper() and name not in KEPT else []
    return found


def test_no_threshold_stands_outside_the_rules() -> None:
    folder = Path(assess_package.__path__[0])
    files = [path for path in folder.rglob("*.py") if path.name not in {"rules.py", "rule_changes.py"}]
    found = {path.name: numbers_that_decide(path.read_text(encoding="utf-8")) for path in files}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("x = y > 5", "y > 5"),
        ("x = 0.2 <= y", "0.2 <= y"),
        ("_NEAR = 8", "_NEAR"),
        ('_NEAR = Decimal("0.9")', "_NEAR"),
    ],
)
def test_a_planted_threshold_is_found(planted: str, found: str) -> None:
    assert numbers_that_decide(planted) == [found]
