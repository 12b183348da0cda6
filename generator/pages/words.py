"""The words of the interface: every code of the model in Chinese and English, and the shape of its badge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.assess import describe_rules, terms
from generator.assess.states import STATUS_OF_SCHEDULE


@dataclass(frozen=True)
class Word:
    """One code as people read it. ``shape`` is a character that tells the badge without its colour."""

    zh: str
    en: str
    shape: str = ""


_STATUS_SHAPES = {
    "met": "✓",
    "on_schedule": "▶",
    "behind": "▼",
    "missed": "✕",
    "claimed": "◆",
    "under_way": "◐",
    "no_report": "○",
}
_SCHEDULE_SHAPES = {
    "exceeded": "▲",
    "met": "✓",
    "met_late": "✓",
    "ahead": "▶",
    "on_schedule": "▶",
    "behind": "▼",
    "far_behind": "▼",
    "missed": "✕",
    "not_computable": "◐",
}


def _terms_to_words(given: Iterable[terms.Term], shapes: dict[str, str] | None = None) -> dict[str, Word]:
    return {term.code: Word(term.zh, term.en, (shapes or {}).get(term.code, "")) for term in given}


STATUSES = _terms_to_words(terms.STATUSES, _STATUS_SHAPES)
DUE_STATES = _terms_to_words(terms.DUE_STATES)
REPORTED_STATES = _terms_to_words(terms.REPORTED_STATES)
SCHEDULE_STATES = _terms_to_words(terms.SCHEDULE_STATES, _SCHEDULE_SHAPES)
GRADES = _terms_to_words(terms.GRADES)
VERDICTS = _terms_to_words(terms.VERDICTS)
SEVERITIES = _terms_to_words(terms.SEVERITIES)
CHANGES = _terms_to_words(terms.CHANGES)
REASONS = _terms_to_words(terms.REASONS)
STATE_TONES = {**STATUS_OF_SCHEDULE, "not_computable": "under_way"}
PROGRAMMES = {
    "livelihood": Word("民生实事", "Livelihood projects"),
    "key-work": Word("重点工作", "Key tasks"),
    "feedback": Word("社会评价意见整改", "Answers to residents’ opinions"),
}
KINDS = {
    "plan": Word("计划", "Plan"),
    "quarter": Word("季度报告", "Quarterly report"),
    "half_year": Word("半年度报告", "Half-year report"),
    "annual": Word("年度报告", "Annual report"),
}
CHECKS = {check.name: Word(check.zh, check.en) for check in describe_rules().checks}
COMPARATORS = {"eq": "", "ge": "≥", "gt": "＞", "le": "≤", "lt": "＜", "approx": "约"}
RELATIONS = {
    "same": Word("同一指标", "Same measure"),
    "part": Word("其中一部分，不作比较", "A part, not compared"),
    "related": Word("相关，口径、单位或阶段不同，不作比较", "Related, not compared"),
}
APPRAISALS = {
    "vote": Word("票决", "Vote"),
    "satisfaction": Word("满意度", "Satisfaction"),
    "evaluation": Word("评价", "Appraisal"),
}
UNIT_KINDS = {
    "unit": Word("单位", "Unit"),
    "areas": Word("各区县等整体", "Areas as one"),
    "others": Word("未列名的单位", "Unnamed units"),
}
TARGET_KINDS = {
    "level": Word("数量", "Level"),
    "growth": Word("增幅", "Growth"),
    "rate": Word("比率", "Rate"),
}


SHORT_STATUSES = {code: word.zh.partition("（")[0] for code, word in STATUSES.items()}
"""Statuses without their bracketed remark, for charts and narrow places."""


def word_of(table: dict[str, Word], code: str) -> Word:
    """The word for a code; a code that the table does not know stands for itself."""
    return table.get(code) or Word(code, code)
