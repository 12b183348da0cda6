"""The rules as plain records, for the method page: what is decided by what, in the words that are published."""

from __future__ import annotations

from dataclasses import dataclass

from generator.assess import rules, terms
from generator.assess.checks import CHECKS
from generator.assess.rule_changes import RULE_CHANGES, RULES_VERSION, RuleChange
from generator.assess.rules import Threshold
from generator.assess.terms import Term


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
        due_states=terms.DUE_STATES,
        reported_states=terms.REPORTED_STATES,
        schedule_states=terms.SCHEDULE_STATES,
        statuses=terms.STATUSES,
        grades=terms.GRADES,
        verdicts=terms.VERDICTS,
        severities=terms.SEVERITIES,
        changes_of_wording=terms.CHANGES,
        reasons=terms.REASONS,
        garbles=terms.GARBLES,
        checks=tuple(CheckRule(check.name, check.zh, check.en, check.rule_zh, check.rule_en) for check in CHECKS),
    )
