"""The rules as plain records, for the method page: what is decided by what, in the words that are published."""

from __future__ import annotations

from dataclasses import dataclass

from generator.assess import rules
from generator.assess.checks import CHECKS
from generator.assess.rule_changes import RULE_CHANGES, RULES_VERSION, RuleChange
from generator.assess.rules import Term, Threshold


@dataclass(frozen=True)
class CheckRule:
    """A check in words."""

    name: str
    zh: str
    en: str
    rule_zh: str
    rule_en: str


@dataclass(frozen=True)
class Rules:
    """Everything that the method page prints about the assessment. Tables come in the order they are read in."""

    version: str
    thresholds: tuple[Threshold, ...]
    due_states: tuple[Term, ...]
    reported_states: tuple[Term, ...]
    schedule_states: tuple[Term, ...]
    statuses: tuple[Term, ...]
    grades: tuple[Term, ...]
    verdicts: tuple[Term, ...]
    severities: tuple[Term, ...]
    changes_of_wording: tuple[Term, ...]
    reasons: tuple[Term, ...]
    garbles: tuple[Term, ...]
    checks: tuple[CheckRule, ...]
    changes: tuple[RuleChange, ...]


def describe_rules() -> Rules:
    """The rules that ``assess_register`` applies, with their version, thresholds, codes and checks."""
    return Rules(
        version=RULES_VERSION,
        changes=RULE_CHANGES,
        thresholds=rules.THRESHOLDS,
        due_states=rules.DUE_STATES,
        reported_states=rules.REPORTED_STATES,
        schedule_states=rules.SCHEDULE_STATES,
        statuses=rules.STATUSES,
        grades=rules.GRADES,
        verdicts=rules.VERDICTS,
        severities=rules.SEVERITIES,
        changes_of_wording=rules.CHANGES,
        reasons=rules.REASONS,
        garbles=rules.GARBLES,
        checks=tuple(CheckRule(check.name, check.zh, check.en, check.rule_zh, check.rule_en) for check in CHECKS),
    )
