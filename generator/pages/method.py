"""The parts of the method page that are made from the rules themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from generator.assess import Threshold, describe_rules
from generator.pages.environment import render
from generator.pages.plain import render_plain
from generator.pages.texts import render_number

_UNITS = {"points": "个百分点", "times": "倍", "characters": "个字", "share": ""}


def render_method(content: Path) -> str:
    """The Markdown of ``/method/``: prose of ``content/pages/method.md``, tables from ``describe_rules``."""
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
        "changes": render("method_terms.html", title="规则的版本", terms=rules.changes),
        "verdicts": render("method_terms.html", title="重算结论", terms=rules.verdicts),
    }
    return render_plain(content / "pages" / "method.md", parts)


def render_threshold(threshold: Threshold) -> str:
    """A threshold with its unit; a share as percent."""
    if threshold.unit == "share":
        return f"{render_number(threshold.value * Decimal(100))}%"
    return f"{render_number(threshold.value)} {_UNITS.get(threshold.unit, '')}".strip()
