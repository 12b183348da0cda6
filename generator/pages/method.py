"""The parts of the method page that are made from the rules themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from generator.assess import ReportedWords, Threshold, describe_rules, load_reported_words
from generator.defaults import find_content_file
from generator.pages.audit import render_audits
from generator.pages.environment import render
from generator.pages.plain import render_plain
from generator.pages.summaries import Summaries
from generator.pages.texts import render_number

_UNITS = {"points": "个百分点", "times": "倍", "characters": "个字", "share": ""}


def render_method(content: Path, summaries: Summaries) -> str:
    """The Markdown of ``/method/``: prose of ``content/pages/method.md``, tables from ``describe_rules``.

    ``summaries`` are of those whose registers were audited, or not yet.
    """
    rules = describe_rules()
    states = (
        ("状态", "Status", "status", rules.statuses),
        ("到期", "Due", "due_state", rules.due_states),
        ("政府自报", "Reported", "reported_state", rules.reported_states),
        ("按数字核算", "Computed", "schedule_state", rules.schedule_states),
        ("证据", "Evidence", "evidence_grade", rules.grades),
    )
    parts = {
        "states": render("method_states.html", groups=states, version=rules.version),
        "thresholds": render(
            "method_thresholds.html", rows=[(item, render_threshold(item)) for item in rules.thresholds]
        ),
        "reasons": render("method_terms.html", title="原因代码", terms=rules.reasons),
        "checks": render("method_checks.html", checks=rules.checks, severities=rules.severities),
        "garbles": render("method_terms.html", title="残缺的种类", terms=rules.garbles),
        "wordings": render("method_terms.html", title="前后表述的差别", terms=rules.changes_of_wording),
        "changes": render("method_changes.html", changes=rules.changes),
        "words": render("method_words.html", groups=claim_words(load_reported_words(content))),
        "audit": render_audits(summaries),
        "verdicts": render("method_terms.html", title="重算结论", terms=rules.verdicts),
    }
    return render_plain(find_content_file(content, "pages/method.md"), parts)


def claim_words(words: ReportedWords) -> list[dict[str, object]]:
    """The words of reports by what they claim, strongest first, with what a claim of that strength is held against."""
    composed = tuple(f"{words.claim_verbs[0]}…{scope}…{words.claim_nouns[0]}" for scope in words.claim_scopes[:2])
    groups = (
        ("称超额完成", "More than the whole", words.exceeded, True),
        ("称全部完成", "The whole", (*words.claims, *composed), True),
        ("称某部分完成", "A part is done", words.done, False),
        ("称基本完成", "Nearly done", words.nearly, False),
        ("称进行中", "Under way", words.under_way, False),
        ("称已启动", "Begun", words.begun, False),
        ("称未启动", "Not begun", words.not_started, False),
        ("称延期或调整", "Delayed or changed", (*words.delayed, *words.changed), False),
    )
    return [{"zh": zh, "en": en, "words": listed, "checked": checked} for zh, en, listed, checked in groups]


def render_threshold(threshold: Threshold) -> str:
    """A threshold with its unit; a share as percent."""
    if threshold.unit == "share":
        return f"{render_number(threshold.value * Decimal(100))}%"
    return f"{render_number(threshold.value)} {_UNITS.get(threshold.unit, '')}".strip()
