"""Sums over commitments, each with what it is of and what could not be computed."""

from __future__ import annotations

from collections.abc import Iterable

from generator.api.shapes import COUNT, JsonSchema, Shape, closed, said
from generator.model import AssessedCommitment
from generator.pages.counts import Counts, count_commitments
from generator.pages.words import STATUSES
from generator.tables import Row

TARGET_COUNTS: dict[str, JsonSchema] = {
    "targets": said(COUNT, "目标总数 Targets: what the three that follow are of."),
    "targets_computable": said(COUNT, "可核算的目标 Targets of which a number could be compared with a number."),
    "targets_not_computable": said(COUNT, "不可核算的目标 Targets that could not be computed."),
    "targets_reached": said(COUNT, "达到的目标 Of the computable ones, those met, met late or exceeded."),
}

SUMMARY = Shape(
    "Summary",
    "一组承诺的合计 Sums over commitments; every count is of `commitments` or of `targets`.",
    own={
        "commitments": said(COUNT, "承诺总数 Commitments: the denominator."),
        "reported": said(COUNT, "有进展报告的承诺 Commitments that a report speaks of."),
        "computable": said(COUNT, "可核算的承诺 Commitments whose schedule state could be computed."),
        "not_computable": said(COUNT, "不可核算的承诺 Commitments whose schedule state could not be computed."),
        "statuses": closed({code: said(COUNT, f"{word.zh} {word.en}") for code, word in STATUSES.items()}),
        **TARGET_COUNTS,
        "findings": said(COUNT, "针对这些承诺的核查发现 Findings about these commitments."),
    },
)


def counts_to_summary(counts: Counts) -> Row:
    """These sums as a record."""
    return {
        "commitments": counts.commitments,
        "reported": counts.reported,
        "computable": counts.computable,
        "not_computable": counts.commitments - counts.computable,
        "statuses": {code: counts.statuses.get(code, 0) for code in STATUSES},
        "targets": counts.targets,
        "targets_computable": counts.computed,
        "targets_not_computable": counts.targets - counts.computed,
        "targets_reached": counts.reached,
        "findings": counts.findings,
    }


def items_to_summary(items: Iterable[AssessedCommitment]) -> Row:
    """The sums over these commitments."""
    return counts_to_summary(count_commitments(items))


def counts_to_targets(counts: Counts) -> Row:
    """The sums of targets among them, as a record."""
    summary = counts_to_summary(counts)
    return {name: summary[name] for name in TARGET_COUNTS}
