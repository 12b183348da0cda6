"""Lines of lists: a commitment or a target in short, with the address of all about it."""

from __future__ import annotations

from generator.api.shapes import HREF, TEXT, Shape, said
from generator.model import AssessedCommitment
from generator.pages.published import PublishedYear
from generator.pages.texts import commitment_to_title
from generator.tables import Row

_COMMITMENT_HREF = said(HREF, "这条承诺的 JSON All about the commitment, relative to this file.")
_TITLE = said(TEXT, "承诺的简称 Short name of the commitment; its wording is at `href`.")

COMMITMENT_LINE = Shape(
    "CommitmentLine",
    "一条承诺的摘要 A commitment in short.",
    "commitments",
    (
        "commitment_id",
        "programme",
        "position",
        "number",
        "category",
        "theme",
        "due",
        "due_state",
        "reported_state",
        "schedule_state",
        "schedule_reason",
        "status",
        "attained",
        "evidence_grade",
        "as_of",
        "finding_count",
    ),
    {"title": _TITLE, "href": _COMMITMENT_HREF},
)

TARGET_LINE = Shape(
    "TargetLine",
    "一个目标 A target, with what became of it.",
    "targets",
    (
        "target_id",
        "commitment_id",
        "measure",
        "measure_aspect",
        "comparator",
        "value",
        "unit",
        "kind",
        "part",
        "printed",
        "attained",
        "points",
        "schedule_state",
        "reason",
        "as_of",
    ),
    {"title": _TITLE, "href": _COMMITMENT_HREF},
)


def commitment_line(published: PublishedYear, item: AssessedCommitment, to_root: str) -> Row:
    """A commitment in short. ``to_root`` leads from the folder of the record to the root of the site."""
    identifier = item.commitment.id
    return {
        **COMMITMENT_LINE.pick(published.commitments[identifier]),
        "title": commitment_to_title(item.commitment),
        "href": to_root + published.addresses[identifier],
    }


def target_line(published: PublishedYear, item: AssessedCommitment, local: str, to_root: str) -> Row:
    """A target in short, by its local id."""
    identifier = item.commitment.id
    return {
        **TARGET_LINE.pick(published.targets[f"{identifier}.{local}"]),
        "title": commitment_to_title(item.commitment),
        "href": to_root + published.addresses[identifier],
    }
