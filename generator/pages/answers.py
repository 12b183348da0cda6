"""The four answers at the head of a commitment: reported beside computed, when, how well documented."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.model import AssessedCommitment
from generator.pages.tallies import others_in_words, target_tally
from generator.pages.texts import render_share
from generator.pages.words import DUE_STATES, GRADES, REASONS, REPORTED_STATES, SCHEDULE_STATES, STATE_TONES, word_of

Row = dict[str, Any]


def _quotation(item: AssessedCommitment) -> str:
    """The words that the reported state rests on, with an ellipsis where the report goes on in the same clause."""
    words = item.reported_words
    if not words:
        return "没有可引用的说法"
    behind = (report.text.partition(words)[2] for report in item.commitment.reports)
    return f"“{words}{'…' if any(rest[:1].isalnum() for rest in behind) else ''}”"


def answer_rows(item: AssessedCommitment, at: date | None) -> list[Row]:
    """Reported beside computed, then when, how well documented. Each with its reason in words.

    ``at`` is the day that the due date is held against; "not due" without it would be false to whoever reads it later.
    """
    return [
        {
            "label": "政府自报",
            "word": word_of(REPORTED_STATES, item.reported_state).zh,
            "note": _quotation(item),
            "tone": "",
        },
        {
            "label": "按数字核算",
            "word": _computed_word(item),
            "note": _computed_note(item),
            "tone": STATE_TONES.get(item.schedule_state, "plain"),
        },
        {
            "label": "期限",
            "word": _due_word(item, at),
            "note": _due_note(item),
            "tone": "",
        },
        {
            "label": "证据",
            "word": f"{item.evidence_grade} 级",
            "note": word_of(GRADES, item.evidence_grade).zh,
            "tone": "",
        },
    ]


def _computed_word(item: AssessedCommitment) -> str:
    word = word_of(SCHEDULE_STATES, item.schedule_state).zh
    if item.schedule_state == "not_computable":
        met = target_tally(item.targets)["met"]
        return f"{met} 个达到，共 {len(item.targets)} 个目标" if met else word
    return word if item.attained is None else f"{word} {render_share(item.attained)}"


def _computed_note(item: AssessedCommitment) -> str:
    """What stands behind the word. A number that decides nothing is no part of “the lowest”, and is named."""
    tally = target_tally(item.targets)
    decided = item.schedule_state != "not_computable"
    if tally["met"] and not decided:
        return "；".join(others_in_words(tally))
    counted = sum(target.schedule_state != "not_computable" for target in item.targets)
    parts = [f"{len(item.targets)} 个目标中 {counted} 个可核算"] if item.targets else []
    if len(item.targets) > 1 and item.attained is not None and decided:
        parts.append(f"其中最低 {render_share(item.attained)}")
    if tally["open"]:
        parts.append(f"{tally['open']} 个有数字，未作判定")
    if item.schedule_reason:
        parts.append(word_of(REASONS, item.schedule_reason).zh)
    return "；".join(parts) or "按目标与报告中的数字计算"


def _due_word(item: AssessedCommitment, at: date | None) -> str:
    word = word_of(DUE_STATES, item.due_state).zh
    return f"截至 {at.isoformat()} {word}" if at and item.commitment.due else word


def _due_note(item: AssessedCommitment) -> str:
    due = item.commitment.due
    parts = [f"期限 {due.isoformat()}"] if due else []
    if item.commitment.due_text:
        parts.append(f"原文“{item.commitment.due_text}”")
    return "；".join(parts) or "文件没有写明期限"
